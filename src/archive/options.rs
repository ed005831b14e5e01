//! What an archive is opened with: limits on what is read, and what is left out of what is written.

use std::sync::Arc;

use super::warc::coding::DecodeLimits;
use crate::model::address::Addresses;

/// Settings of an open archive.
#[derive(Debug, Clone)]
pub struct Options {
    /// Limits on decoded bodies.
    pub decode: DecodeLimits,
    /// Bytes after which a new segment is begun. Default 256 MiB.
    pub segment: u64,
    /// What is left out of what is written.
    pub privacy: Privacy,
    /// The addresses whose captures are listed, and may be left out of what is written again; `None` for all. For those
    /// who look at one manifest of the many that share an archive: memory grows with the captures of its sources. What
    /// others made, and imports, are listed whole.
    pub addresses: Option<Arc<Addresses>>,
}

/// What is left out of the records of a capture. Nothing, by default, but the request header fields that carry
/// secrets (`Authorization`, `Cookie`, `Proxy-Authorization`), which are never written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Privacy {
    /// Writes no request records: they tell the desk's software and language.
    pub without_requests: bool,
    /// Leaves `Set-Cookie` fields out of answers.
    pub without_cookies: bool,
    /// Names of query parameters, in any case, whose values are replaced wherever a header names an address.
    pub redact: Vec<String>,
}

/// What stands in place of a value that was left out.
const REDACTED: &str = "redacted";

impl Default for Options {
    fn default() -> Self {
        Self { decode: DecodeLimits::default(), segment: 256 << 20, privacy: Privacy::default(), addresses: None }
    }
}

impl From<DecodeLimits> for Options {
    fn from(decode: DecodeLimits) -> Self {
        Self { decode, ..Self::default() }
    }
}

impl Privacy {
    /// Replaces the values of the named parameters in an address; everything else stays byte for byte.
    pub fn redact(&self, address: &str) -> String {
        let (true, Some((before, rest))) = (!self.redact.is_empty(), address.split_once('?')) else {
            return address.to_owned();
        };
        let (query, fragment) = match rest.split_once('#') {
            Some((query, fragment)) => (query, Some(fragment)),
            None => (rest, None),
        };
        let named = |name: &str| {
            let name = super::surt::percent_decode(name);
            self.redact.iter().any(|redacted| redacted.eq_ignore_ascii_case(&name))
        };
        let parts: Vec<String> = query
            .split('&')
            .map(|part| match part.split_once('=') {
                Some((name, _)) if named(name) => format!("{name}={REDACTED}"),
                _ => part.to_owned(),
            })
            .collect();
        let fragment = fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
        format!("{before}?{}{fragment}", parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_parameters_lose_their_values() {
        let privacy = Privacy { redact: vec!["token".into(), "Key".into()], ..Privacy::default() };
        for (address, redacted) in [
            ("https://a.example/?token=abc&b=1", "https://a.example/?token=redacted&b=1"),
            ("https://a.example/?b=1&KEY=x=y#part", "https://a.example/?b=1&KEY=redacted#part"),
            ("https://a.example/?tok%65n=abc", "https://a.example/?tok%65n=redacted"),
            ("https://a.example/token=abc", "https://a.example/token=abc"),
            ("https://a.example/?token", "https://a.example/?token"),
            ("", ""),
        ] {
            assert_eq!(privacy.redact(address), redacted);
        }
        assert_eq!(Privacy::default().redact("https://a.example/?token=1"), "https://a.example/?token=1");
    }
}
