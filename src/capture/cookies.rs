//! A cookie jar as browsers export it, and which of its cookies go with a request.
//!
//! The format is the one of Netscape's `cookies.txt`: seven fields between tabs. Which cookie is sent follows RFC
//! 6265, section 5.4: its domain, its path, whether it is for `https` alone, and whether its time is over. Cookies
//! that servers set are kept for the redirects of one source at most ([`Trail`]): a jar is read, never written.

use std::net::IpAddr;

use jiff::Timestamp;
use url::Url;

use super::secret::Secret;

/// Lines of a jar that are read.
const MAX_LINES: usize = 10_000;

/// One cookie of a jar.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cookie {
    /// Lower case, without a leading dot.
    domain: String,
    /// Whether hosts below the domain get it.
    below: bool,
    path: String,
    secure: bool,
    /// Seconds since 1970; 0 for the length of a session.
    expires: i64,
    name: String,
    value: Secret,
}

/// The cookies of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jar {
    cookies: Vec<Cookie>,
}

impl Jar {
    /// Reads a jar. Cookies whose time is over at `now` are left out.
    ///
    /// # Errors
    ///
    /// A sentence with the number of the line that is no cookie; its content is not repeated, it may be secret.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, String> {
        let mut cookies = Vec::new();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if number >= MAX_LINES {
                return Err(format!("the cookie jar has more than {MAX_LINES} lines"));
            }
            // browsers mark cookies that scripts may not read with a prefix that looks like a comment
            let line = line.strip_prefix("#HttpOnly_").unwrap_or(line);
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let bad = |what: &str| format!("line {} of the cookie jar {what}", number + 1);
            let [domain, below, path, secure, expires, name, value] = fields.as_slice() else {
                return Err(bad("does not have seven fields between tabs"));
            };
            let expires: i64 = expires.trim().parse().map_err(|_| bad("has no number for the time it ends"))?;
            let clean = |text: &str| text.bytes().all(|byte| byte > 0x20 && byte < 0x7f && byte != b';');
            if name.is_empty()
                || !clean(name)
                || !value.bytes().all(|byte| (0x20..0x7f).contains(&byte) && byte != b';')
            {
                return Err(bad("has a name or value that cannot be sent"));
            }
            let flag = |written: &str| written.eq_ignore_ascii_case("TRUE");
            if expires != 0 && expires <= now.as_second() {
                continue;
            }
            cookies.push(Cookie {
                domain: domain.trim_start_matches('.').to_ascii_lowercase(),
                below: flag(below),
                path: if path.starts_with('/') { (*path).to_owned() } else { "/".to_owned() },
                secure: flag(secure),
                expires,
                name: (*name).to_owned(),
                value: Secret::new(*value),
            });
        }
        // more precise paths come first, as RFC 6265 has it; the order is stable
        cookies.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        Ok(Self { cookies })
    }

    /// How many cookies there are.
    pub fn len(&self) -> usize {
        self.cookies.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cookies.is_empty()
    }

    /// The cookies that go with a request.
    pub(crate) fn cookies<'j>(&'j self, url: &Url) -> impl Iterator<Item = (&'j str, &'j Secret)> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let (path, secure) = (url.path().to_owned(), url.scheme() == "https");
        self.cookies
            .iter()
            .filter(move |cookie| cookie.of_host(&host) && cookie.of_path(&path) && (secure || !cookie.secure))
            .map(|cookie| (cookie.name.as_str(), &cookie.value))
    }
}

impl Cookie {
    fn of_host(&self, host: &str) -> bool {
        if self.domain == host {
            return true;
        }
        // one label is no domain to set cookies for, and an address has nothing below it
        self.below
            && self.domain.contains('.')
            && host.parse::<IpAddr>().is_err()
            && host.strip_suffix(self.domain.as_str()).is_some_and(|rest| rest.ends_with('.'))
    }

    fn of_path(&self, path: &str) -> bool {
        path.strip_prefix(self.path.as_str())
            .is_some_and(|rest| rest.is_empty() || self.path.ends_with('/') || rest.starts_with('/'))
    }
}

/// Cookies that servers set on the way of one source: kept in memory until its answer is there, sent back to who set them,
/// and recorded nowhere. Pages that count on them redirect in circles without.
#[derive(Debug, Default)]
pub(crate) struct Trail(Jar);

/// Cookies that are kept on one way, and bytes of one.
const MAX_SET: usize = 50;
const MAX_COOKIE: usize = 4_096;

impl Trail {
    /// Takes what the answer of a URL sets (`Set-Cookie`; RFC 6265, section 5.2).
    pub(crate) fn take(&mut self, url: &Url, set: &[String]) {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        for line in set.iter().filter(|line| line.len() <= MAX_COOKIE) {
            let mut parts = line.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            let (name, value) = (name.trim(), value.trim());
            let folder = url.path().rfind('/').filter(|at| *at > 0).map_or("/", |at| &url.path()[..at]);
            let mut cookie = Cookie {
                domain: host.clone(),
                below: false,
                path: folder.to_owned(),
                secure: false,
                expires: 0,
                name: name.to_owned(),
                value: Secret::new(value),
            };
            let mut over = false;
            for part in parts {
                let (attribute, value) = part.split_once('=').unwrap_or((part, ""));
                match attribute.trim().to_ascii_lowercase().as_str() {
                    "domain" if !value.trim().is_empty() => {
                        cookie.domain = value.trim().trim_start_matches('.').to_ascii_lowercase();
                        cookie.below = true;
                    }
                    "path" if value.trim().starts_with('/') => cookie.path = value.trim().to_owned(),
                    "secure" => cookie.secure = true,
                    "max-age" => over = value.trim().parse::<i64>().is_ok_and(|seconds| seconds <= 0),
                    _ => {}
                }
            }
            self.0.cookies.retain(|known| {
                (&known.domain, &known.path, &known.name) != (&cookie.domain, &cookie.path, &cookie.name)
            });
            // nobody sets cookies for another site
            if !name.is_empty() && !over && cookie.of_host(&host) && self.0.cookies.len() < MAX_SET {
                self.0.cookies.push(cookie);
            }
        }
    }

    /// The cookies that go with a request, as one field; `None` where there are none.
    pub(crate) fn field(&self, url: &Url) -> Option<Secret> {
        let sent: Vec<String> = self.0.cookies(url).map(|(name, value)| format!("{name}={}", value.reveal())).collect();
        (!sent.is_empty()).then(|| Secret::new(sent.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JAR: &str = "# Netscape HTTP Cookie File\n\
        .wire.example\tTRUE\t/\tTRUE\t0\tsession\tabc\n\
        #HttpOnly_wire.example\tFALSE\t/desk\tFALSE\t4102444800\tdesk\tk=1\n\
        wire.example\tFALSE\t/\tFALSE\t1\told\tgone\n\
        com\tTRUE\t/\tFALSE\t0\tall\tno\n";

    fn sent(url: &str) -> Vec<String> {
        let jar = Jar::parse(JAR, Timestamp::from_second(1_700_000_000).unwrap()).unwrap();
        jar.cookies(&Url::parse(url).unwrap()).map(|(name, value)| format!("{name}={}", value.reveal())).collect()
    }

    #[test]
    fn cookies_go_where_they_belong() {
        assert_eq!(sent("https://wire.example/desk/1"), ["desk=k=1", "session=abc"]);
        assert_eq!(sent("http://wire.example/desk"), ["desk=k=1"]);
        assert_eq!(sent("http://wire.example/desktop"), Vec::<String>::new());
        assert_eq!(sent("https://www.wire.example/desk"), ["session=abc"]);
        for elsewhere in ["https://daily.example/", "https://notwire.example/", "https://wire.example.evil.com/"] {
            assert_eq!(sent(elsewhere), Vec::<String>::new(), "{elsewhere}");
        }
    }

    #[test]
    fn what_is_set_on_the_way_goes_back_to_who_set_it() {
        let url = |address: &str| Url::parse(address).unwrap();
        let mut trail = Trail::default();
        let set = [
            "pass=1; Path=/",
            "desk=2",
            "all=3; Domain=wire.example; Path=/",
            "no=4; Domain=daily.example",
            "locked=5; Secure; Path=/",
        ];
        trail.take(&url("http://www.wire.example/in/door"), &set.map(str::to_owned));
        let sent = |address: &str| trail.field(&url(address)).map(|field| field.reveal().to_owned());
        assert_eq!(sent("http://www.wire.example/page").as_deref(), Some("pass=1; all=3"));
        assert_eq!(sent("https://www.wire.example/in/page").as_deref(), Some("pass=1; desk=2; all=3; locked=5"));
        assert_eq!(sent("http://wire.example/page").as_deref(), Some("all=3"));
        assert_eq!(sent("http://daily.example/page"), None);
        trail.take(&url("http://www.wire.example/"), &["pass=; Max-Age=0; Path=/".to_owned()]);
        assert_eq!(trail.field(&url("http://www.wire.example/")).unwrap().reveal(), "all=3");
    }

    #[test]
    fn a_broken_jar_is_refused_without_showing_it() {
        for line in ["session=hunter2", "a\tTRUE\t/\tTRUE\tsoon\thunter2\tx", "a\tTRUE\t/\tTRUE\t0\tn\thunter2\u{1}"] {
            let error = Jar::parse(line, Timestamp::UNIX_EPOCH).unwrap_err();
            assert!(error.contains("line 1") && !error.contains("hunter2"), "{error}");
        }
    }
}
