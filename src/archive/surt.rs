//! The keys of an index: addresses turned around, so that sorting brings together what belongs together.

use std::fmt::Write;

use url::Url;

/// Returns the sort-friendly form of a URL: `com,example)/path?query`; other names in lower case.
pub(crate) fn surt(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return clean(address) };
    if url.scheme() == "urn" {
        // names are compared as what they mean
        return clean(&percent_decode(address));
    }
    let (true, Some(host)) = (matches!(url.scheme(), "http" | "https" | "ftp"), url.host()) else {
        return clean(address);
    };
    let mut key = match host {
        url::Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let name = strip_www(name);
            name.rsplit('.').collect::<Vec<_>>().join(",")
        }
        // other programs turn these around like names
        url::Host::Ipv4(address) => {
            let [a, b, c, d] = address.octets();
            format!("{d},{c},{b},{a}")
        }
        url::Host::Ipv6(address) => format!("[{address}]"),
    };
    if let Some(port) = url.port() {
        let _ = write!(key, ":{port}");
    }
    key.push(')');
    let path = url.path();
    key.push_str(if path.len() > 1 { path.trim_end_matches('/') } else { path });
    if let Some(query) = url.query().filter(|query| !query.is_empty()) {
        let mut parts: Vec<&str> = query.split('&').collect();
        parts.sort_unstable();
        key.push('?');
        key.push_str(&parts.join("&"));
    }
    clean(&key)
}

fn strip_www(name: &str) -> &str {
    match name.strip_prefix("www") {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('.').unwrap_or(name),
        None => name,
    }
}

/// Lower case, and nothing that would end the key.
fn clean(key: &str) -> String {
    key.to_lowercase().replace(|c: char| c.is_whitespace() || c.is_control(), "%20")
}

/// Escapes everything but unreserved characters.
pub(crate) fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Undoes [`percent_encode`]; escapes that are none stay as they are.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_turned_around() {
        for (url, key) in [
            ("https://www.daily.example/Story/?b=2&a=1", "example,daily)/story?a=1&b=2"),
            ("http://daily.example", "example,daily)/"),
            ("http://daily.example:8080/a/", "example,daily:8080)/a"),
            ("http://127.0.0.1:81/x", "1,0,0,127:81)/x"),
            ("urn:onrecord:local:A%20b", "urn:onrecord:local:a%20b"),
            ("not a url", "not%20a%20url"),
        ] {
            assert_eq!(surt(url), key);
        }
    }

    #[test]
    fn paths_survive_escaping() {
        for path in ["notes.txt", "saved/ä b%20c.html", "../x\u{0}y", "100%", "日本.txt"] {
            let escaped = percent_encode(path);
            assert!(escaped.is_ascii() && !escaped.contains(' '));
            assert_eq!(percent_decode(&escaped), path);
        }
    }
}
