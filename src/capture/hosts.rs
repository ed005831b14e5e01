//! What holds for single hosts: headers, cookies, user agent, pace, robots.txt, rendering.
//!
//! A rule is named by an origin (`https://wire.example:8443`) or by a host (`wire.example`, `*.wire.example`). What
//! is secret goes only to the origin that it was written for; for a rule that names a host alone that is `https` on
//! its usual port. So nothing secret follows a redirect elsewhere or goes over the wire in the clear unless
//! somebody wrote exactly that down.

use std::time::Duration;

use url::Url;

use super::cookies::Jar;
use super::secret::Secret;

/// Which hosts a rule is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Exactly this scheme, host and port.
    Origin(Url),
    /// This host.
    Host(String),
    /// Every host below this one, and itself.
    Below(String),
}

/// What holds for some hosts.
#[derive(Debug, Clone)]
pub struct HostRule {
    /// For which.
    pub pattern: Pattern,
    /// Header fields that are sent with each request.
    pub headers: Vec<(String, Secret)>,
    /// Cookies that are sent with each request.
    pub cookies: Vec<(String, Secret)>,
    /// A cookie jar for these hosts alone.
    pub jar: Jar,
    /// How the program names itself there.
    pub user_agent: Option<String>,
    /// Time between two requests.
    pub interval: Option<Duration>,
    /// Whether robots.txt is left unasked.
    pub ignore_robots: Option<bool>,
    /// Whether pages are always rendered, or never.
    pub render: Option<bool>,
}

impl HostRule {
    /// A rule that changes nothing yet.
    pub fn new(pattern: Pattern) -> Self {
        Self {
            pattern,
            headers: Vec::new(),
            cookies: Vec::new(),
            jar: Jar::default(),
            user_agent: None,
            interval: None,
            ignore_robots: None,
            render: None,
        }
    }
}

/// All rules, and the jar that is for every host it names.
#[derive(Debug, Clone, Default)]
pub struct HostRules {
    /// The rules; where several fit, the later one wins, and their headers and cookies add up.
    pub rules: Vec<HostRule>,
    /// A cookie jar as a browser keeps it.
    pub jar: Jar,
}

/// What the rules say of one URL.
#[derive(Debug, Clone, Default)]
pub(crate) struct Applied<'r> {
    pub(crate) headers: Vec<(&'r str, &'r Secret)>,
    pub(crate) cookies: Vec<(&'r str, &'r Secret)>,
    pub(crate) user_agent: Option<&'r str>,
    pub(crate) interval: Option<Duration>,
    pub(crate) ignore_robots: Option<bool>,
    pub(crate) render: Option<bool>,
}

impl Pattern {
    /// Reads a pattern as it is written in a configuration file.
    ///
    /// # Errors
    ///
    /// A sentence for people, where it is neither a host nor an origin.
    pub fn parse(written: &str) -> Result<Self, String> {
        if written.contains("://") {
            let url = Url::parse(written).map_err(|error| format!("{written:?} is no address: {error}"))?;
            if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
                return Err(format!("{written:?} is no address of the web"));
            }
            if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
                return Err(format!("{written:?} has more than scheme, host and port"));
            }
            return Ok(Self::Origin(url));
        }
        let (below, host) = match written.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        // the parser lower-cases, and writes names of other scripts as they are sent
        let parsed = url::Host::parse(host).map_err(|error| format!("{written:?} is no host: {error}"))?;
        match parsed {
            url::Host::Domain(name) if below => Ok(Self::Below(name)),
            _ if below => Err(format!("{written:?}: an address has nothing below it")),
            other => Ok(Self::Host(other.to_string())),
        }
    }

    fn fits(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        match self {
            Self::Origin(origin) => origin.origin() == url.origin(),
            Self::Host(name) => name == host,
            Self::Below(name) => {
                host == name || host.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with('.'))
            }
        }
    }

    /// Whether what is secret may go there.
    fn trusts(&self, url: &Url) -> bool {
        match self {
            Self::Origin(_) => true,
            Self::Host(_) | Self::Below(_) => url.scheme() == "https" && url.port().is_none(),
        }
    }
}

impl HostRules {
    pub(crate) fn of(&self, url: &Url) -> Applied<'_> {
        let mut applied = Applied::default();
        if url.port().is_none() {
            applied.cookies.extend(self.jar.cookies(url));
        }
        for rule in self.rules.iter().filter(|rule| rule.pattern.fits(url)) {
            if rule.pattern.trusts(url) {
                applied.headers.extend(rule.headers.iter().map(|(name, value)| (name.as_str(), value)));
                applied.cookies.extend(rule.jar.cookies(url));
                applied.cookies.extend(rule.cookies.iter().map(|(name, value)| (name.as_str(), value)));
            }
            applied.user_agent = rule.user_agent.as_deref().or(applied.user_agent);
            applied.interval = rule.interval.or(applied.interval);
            applied.ignore_robots = rule.ignore_robots.or(applied.ignore_robots);
            applied.render = rule.render.or(applied.render);
        }
        applied
    }

    /// Whether pages of a URL's host are always rendered (`Some(true)`), never (`Some(false)`), or where needed.
    pub fn render(&self, url: &str) -> Option<bool> {
        Url::parse(url).ok().and_then(|url| self.of(&url).render)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(pattern: &str) -> HostRules {
        let rule = HostRule {
            headers: vec![("X-Key".to_owned(), Secret::new("hunter2"))],
            interval: Some(Duration::from_secs(5)),
            ..HostRule::new(Pattern::parse(pattern).unwrap())
        };
        HostRules { rules: vec![rule], jar: Jar::default() }
    }

    /// Whether the rule fits a URL, and whether its secret goes there.
    fn applies(pattern: &str, url: &str) -> (bool, bool) {
        let rules = rules(pattern);
        let applied = rules.of(&Url::parse(url).unwrap());
        (applied.interval.is_some(), !applied.headers.is_empty())
    }

    #[test]
    fn secrets_go_to_their_origin_alone() {
        for (pattern, url, expected) in [
            ("wire.example", "https://wire.example/a", (true, true)),
            ("wire.example", "http://wire.example/a", (true, false)),
            ("wire.example", "https://wire.example:8443/a", (true, false)),
            ("wire.example", "https://www.wire.example/", (false, false)),
            ("wire.example", "https://wire.example.evil.example/", (false, false)),
            ("*.wire.example", "https://www.wire.example/", (true, true)),
            ("*.wire.example", "https://wire.example/", (true, true)),
            ("*.wire.example", "https://notwire.example/", (false, false)),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/x", (true, true)),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8081/x", (false, false)),
            ("http://127.0.0.1:8080", "https://127.0.0.1:8080/x", (false, false)),
        ] {
            assert_eq!(applies(pattern, url), expected, "{pattern} {url}");
        }
        for bad in
            ["", "a b", "ftp://wire.example", "https://wire.example/path", "*.127.0.0.1", "https://u@wire.example"]
        {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert!(!format!("{:?}", rules("wire.example")).contains("hunter2"));
    }
}
