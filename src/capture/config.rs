//! The configuration file, `onrecord.toml`: what holds for a desk rather than for one article.
//!
//! Secrets are best named, not written: a value `env:NAME` is looked up in the environment, which the caller hands in.
//! Errors name the key and never repeat a value.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use super::cookies::Jar;
use super::hosts::{HostRule, HostRules, Pattern};
use super::secret::Secret;

/// Bytes of a configuration file that are read.
pub const MAX_BYTES: u64 = 1 << 20;

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl ConfigError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// What a configuration says, ready for use.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// How to reach whoever runs the program; part of the user agent.
    pub contact: Option<String>,
    /// The whole user agent, in place of ours.
    pub user_agent: Option<String>,
    /// Time between two requests to a host.
    pub interval: Option<Duration>,
    /// Whether robots.txt is left unasked.
    pub ignore_robots: Option<bool>,
    /// A proxy for everything.
    pub proxy: Option<Url>,
    /// A file with certificates of further authorities (PEM), as written.
    pub authorities: Option<String>,
    /// The certificates of that file, which the caller reads, as DER.
    pub extra_roots: Vec<Vec<u8>>,
    /// Rules for hosts.
    pub hosts: HostRules,
    /// Where other archives are asked for copies.
    pub memento: Memento,
    /// How pages are rendered.
    pub render: Render,
}

/// Where other archives are asked for copies. All of it is off where nothing is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Memento {
    /// A Memento TimeGate (RFC 7089), to which the page's address is appended.
    pub timegate: Option<String>,
    /// A TimeMap (RFC 7089), to which the page's address is appended.
    pub timemap: Option<String>,
    /// The Wayback machine's availability interface (`https://archive.org/wayback/available`).
    pub availability: Option<String>,
    /// A CDX interface (`https://web.archive.org/cdx/search/cdx`).
    pub cdx: Option<String>,
    /// Where a CDX's captures are replayed (`https://web.archive.org/web/`), to which time and address are appended.
    pub replay: Option<String>,
    /// A save service, to which the page's address is appended; used only where a run asks for it.
    pub save: Option<String>,
}

impl Memento {
    /// The public interfaces of the Wayback machine.
    pub fn wayback() -> Self {
        Self {
            timegate: None,
            timemap: None,
            availability: Some("https://archive.org/wayback/available".to_owned()),
            cdx: Some("https://web.archive.org/cdx/search/cdx".to_owned()),
            replay: Some("https://web.archive.org/web/".to_owned()),
            save: Some("https://web.archive.org/save/".to_owned()),
        }
    }

    /// Whether there is anything to ask for copies.
    pub fn is_configured(&self) -> bool {
        self.timegate.is_some() || self.timemap.is_some() || self.availability.is_some() || self.cdx.is_some()
    }
}

/// How pages are rendered.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Render {
    /// The browser's program, where it is not found by itself.
    pub chromium: Option<String>,
    /// Seconds that a page gets.
    pub timeout: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    contact: Option<String>,
    user_agent: Option<String>,
    interval: Option<f64>,
    ignore_robots: Option<bool>,
    proxy: Option<String>,
    authorities: Option<String>,
    cookie_jar: Option<String>,
    hosts: BTreeMap<String, Host>,
    memento: Memento,
    render: Render,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Host {
    headers: BTreeMap<String, String>,
    cookies: BTreeMap<String, String>,
    cookie_jar: Option<String>,
    user_agent: Option<String>,
    interval: Option<f64>,
    ignore_robots: Option<bool>,
    render: Option<bool>,
}

/// What a configuration takes from outside: the reading of it has no files and no environment of its own.
pub struct Outside<'o> {
    /// The value of an environment variable.
    pub variable: &'o dyn Fn(&str) -> Option<String>,
    /// The text of a file that the configuration names, relative to its folder.
    pub file: &'o dyn Fn(&str) -> Result<String, String>,
    /// What time it is.
    pub now: Timestamp,
}

/// Header fields that are the program's own business.
const RESERVED: [&str; 10] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "accept-encoding",
    "te",
    "upgrade",
    "if-none-match",
    "if-modified-since",
    "range",
];

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    ///
    /// Where a key is unknown, a value is of the wrong kind, or a variable or file that it names is missing.
    pub fn parse(text: &str, outside: &Outside<'_>) -> Result<Self, ConfigError> {
        // the message of the parser shows the line, which may hold a secret
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            ConfigError(format!("line {line}: {}", error.message()))
        })?;
        let mut config = Self {
            contact: file.contact,
            user_agent: agent(file.user_agent, "user_agent")?,
            interval: seconds(file.interval, "interval")?,
            ignore_robots: file.ignore_robots,
            authorities: file.authorities,
            memento: file.memento,
            render: file.render,
            ..Self::default()
        };
        if let Some(written) = file.proxy {
            let value = outside.secret(&written, "proxy")?;
            let url = Url::parse(&value).ok().filter(|url| url.scheme() == "http" && url.has_host());
            let bad = || ConfigError("proxy: not an address of the form http://HOST:PORT".to_owned());
            config.proxy = Some(url.ok_or_else(bad)?);
        }
        if let Some(path) = file.cookie_jar {
            config.hosts.jar = outside.jar(&path, "cookie_jar")?;
        }
        for (name, host) in file.hosts {
            let key = format!("hosts.{name:?}");
            let pattern = Pattern::parse(&name).map_err(|message| ConfigError(format!("{key}: {message}")))?;
            let mut rule = HostRule::new(pattern);
            for (field, value) in host.headers {
                let at = format!("{key}.headers.{field}");
                let lower = field.to_ascii_lowercase();
                let usable = hyper::header::HeaderName::from_bytes(field.as_bytes()).is_ok();
                if !usable || RESERVED.contains(&lower.as_str()) {
                    return Err(ConfigError(format!("{at}: not a field that can be set")));
                }
                rule.headers.push((field, outside.sendable(&value, &at)?));
            }
            for (field, value) in host.cookies {
                let at = format!("{key}.cookies.{field}");
                let name = field.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b'=' | b','));
                let secret = outside.sendable(&value, &at)?;
                if field.is_empty() || !name || secret.reveal().contains(';') {
                    return Err(ConfigError(format!("{at}: not a cookie that can be sent")));
                }
                rule.cookies.push((field, secret));
            }
            if let Some(path) = host.cookie_jar {
                rule.jar = outside.jar(&path, &format!("{key}.cookie_jar"))?;
            }
            rule.user_agent = agent(host.user_agent, &format!("{key}.user_agent"))?;
            rule.interval = seconds(host.interval, &format!("{key}.interval"))?;
            rule.ignore_robots = host.ignore_robots;
            rule.render = host.render;
            config.hosts.rules.push(rule);
        }
        // a star before a name before an origin: the more precise rule comes last and wins
        config.hosts.rules.sort_by_key(|rule| match &rule.pattern {
            Pattern::Below(name) => (0, name.len()),
            Pattern::Host(name) => (1, name.len()),
            Pattern::Origin(_) => (2, 0),
        });
        Ok(config)
    }
}

impl Outside<'_> {
    fn secret(&self, written: &str, key: &str) -> Result<String, ConfigError> {
        match written.strip_prefix("env:") {
            Some(name) => (self.variable)(name)
                .ok_or_else(|| ConfigError(format!("{key}: the environment has no variable {name}"))),
            None => Ok(written.to_owned()),
        }
    }

    /// A value that fits into a header.
    fn sendable(&self, written: &str, key: &str) -> Result<Secret, ConfigError> {
        let value = self.secret(written, key)?;
        if hyper::header::HeaderValue::from_str(&value).is_err() {
            return Err(ConfigError(format!("{key}: the value has characters that cannot be sent")));
        }
        Ok(Secret::new(value))
    }

    fn jar(&self, path: &str, key: &str) -> Result<Jar, ConfigError> {
        let text = (self.file)(path).map_err(|message| ConfigError(format!("{key}: {message}")))?;
        Jar::parse(&text, self.now).map_err(|message| ConfigError(format!("{key}: {message}")))
    }
}

fn agent(written: Option<String>, key: &str) -> Result<Option<String>, ConfigError> {
    match written {
        Some(value) if value.trim().is_empty() || hyper::header::HeaderValue::from_str(&value).is_err() => {
            Err(ConfigError(format!("{key}: not a name that can be sent")))
        }
        other => Ok(other),
    }
}

fn seconds(written: Option<f64>, key: &str) -> Result<Option<Duration>, ConfigError> {
    match written {
        Some(value) if !(0.0..=86_400.0).contains(&value) => {
            Err(ConfigError(format!("{key}: not between 0 and 86400 seconds")))
        }
        value => Ok(value.map(Duration::from_secs_f64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        let outside = Outside {
            variable: &|name| (name == "WIRE_KEY").then(|| "hunter2".to_owned()),
            file: &|path| match path {
                "jar.txt" => Ok("wire.example\tFALSE\t/\tTRUE\t0\tsession\thunter3\n".to_owned()),
                _ => Err(format!("cannot read {path}")),
            },
            now: Timestamp::UNIX_EPOCH,
        };
        Config::parse(text, &outside)
    }

    #[test]
    fn a_configuration_is_read() {
        let config = parse(
            "contact = 'desk@daily.example'\ninterval = 2.5\ncookie_jar = 'jar.txt'\n\
             [hosts.'wire.example']\nheaders = { X-Key = 'env:WIRE_KEY' }\ncookies = { a = 'b' }\ninterval = 5\n\
             [hosts.'*.example']\ninterval = 7\nrender = true\n\
             [memento]\ntimegate = 'http://127.0.0.1:8080/all/'\n",
        )
        .unwrap();
        assert_eq!(config.interval, Some(Duration::from_millis(2500)));
        let applied = config.hosts.of(&Url::parse("https://wire.example/").unwrap());
        let headers: Vec<(&str, &str)> = applied.headers.iter().map(|(name, value)| (*name, value.reveal())).collect();
        let cookies: Vec<(&str, &str)> = applied.cookies.iter().map(|(name, value)| (*name, value.reveal())).collect();
        assert_eq!((headers, cookies), (vec![("X-Key", "hunter2")], vec![("session", "hunter3"), ("a", "b")]));
        assert_eq!((applied.interval, applied.render), (Some(Duration::from_secs(5)), Some(true)));
        assert_eq!(config.memento.timegate.as_deref(), Some("http://127.0.0.1:8080/all/"));
        assert!(!format!("{config:?}").contains("hunter"));
    }

    #[test]
    fn mistakes_are_named_and_no_value_is_repeated() {
        for (text, expected) in [
            ("contacts = 'hunter2'", "line 1: unknown field `contacts`"),
            ("interval = 1\n[hosts.'wire.example'.headers]\nX-Key = 3", "line 3"),
            ("[hosts.'wire.example'.headers]\nX-Key = 'env:NONE'", "no variable NONE"),
            ("[hosts.'wire.example'.headers]\nHost = 'hunter2'", "not a field that can be set"),
            ("[hosts.'wire.example'.headers]\nX-Key = \"hunter2\\n\"", "cannot be sent"),
            ("[hosts.'wire.example'.cookies]\na = 'hunter2;b'", "not a cookie"),
            ("[hosts.'http://wire.example/x']\n", "more than scheme, host and port"),
            ("cookie_jar = 'gone.txt'", "cannot read gone.txt"),
            ("interval = -1", "interval: not between"),
            ("proxy = 'socks5://hunter2'", "proxy: not an address"),
            ("user_agent = ' '", "user_agent: not a name"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(expected) && !error.contains("hunter2"), "{text}: {error}");
        }
    }
}
