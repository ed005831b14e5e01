//! Addresses as they may be shown and kept: without the secrets that people and servers put into them.

use std::borrow::Cow;
use std::collections::HashSet;

use url::Url;

use super::{Capture, Source};

/// Parameters of a query that hold a secret wherever they stand, in lower case. Short and ambiguous names (`key`,
/// `sig`, `sid`) are left out: they number pages as often as they open doors.
const SECRET: [&str; 26] = [
    "access_token",
    "accesstoken",
    "api_key",
    "apikey",
    "auth_token",
    "authtoken",
    "client_secret",
    "id_token",
    "jsessionid",
    "jwt",
    "passwd",
    "password",
    "phpsessid",
    "pwd",
    "refresh_token",
    "secret",
    "session_id",
    "sessionid",
    "sessiontoken",
    "subscription-key",
    "token",
    "x-amz-credential",
    "x-amz-security-token",
    "x-amz-signature",
    "x-goog-credential",
    "x-goog-signature",
];

/// The form in which an address of the web is shown and kept: no user and password, and in place of a secret
/// parameter `redacted-` with a fingerprint of 24 bits, so that addresses which differ there stay different.
///
/// What is no such address comes back as it is.
pub fn shown(address: &str) -> Cow<'_, str> {
    if !address.contains("://") || !address.contains(['@', '?']) {
        return Cow::Borrowed(address);
    }
    let Ok(mut url) = Url::parse(address) else { return Cow::Borrowed(address) };
    let mut changed = false;
    if url.has_authority() && (!url.username().is_empty() || url.password().is_some()) {
        let _ = url.set_username("");
        let _ = url.set_password(None);
        changed = true;
    }
    if let Some(query) = url.query() {
        let parts: Vec<Cow<'_, str>> = query.split('&').map(redacted).collect();
        if parts.iter().any(|part| matches!(part, Cow::Owned(_))) {
            let query = parts.join("&");
            url.set_query(Some(&query));
            changed = true;
        }
    }
    if changed { Cow::Owned(url.into()) } else { Cow::Borrowed(address) }
}

fn redacted(part: &str) -> Cow<'_, str> {
    match part.split_once('=') {
        Some((name, value))
            if !value.is_empty()
                && !value.starts_with("redacted-")
                && SECRET.contains(&name.to_ascii_lowercase().as_str()) =>
        {
            Cow::Owned(format!("{name}=redacted-{:06x}", fingerprint(value)))
        }
        _ => Cow::Borrowed(part),
    }
}

/// Twenty-four bits of FNV-1a: enough to tell two tokens apart, far too little to find one.
fn fingerprint(value: &str) -> u32 {
    let hash = value.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 24) ^ (hash & 0x00ff_ffff)
}

/// An address with its escapes in one form (RFC 3986, section 6.2.2): capital digits, and none for what needs none.
fn unescaped(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut rest = address;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let digits = rest.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(digits) = digits else {
            out.push('%');
            rest = &rest[at + 1..];
            continue;
        };
        match u8::from_str_radix(digits, 16).map(char::from) {
            Ok(plain) if plain.is_ascii_alphanumeric() || matches!(plain, '-' | '.' | '_' | '~') => out.push(plain),
            _ => {
                out.push('%');
                out.push_str(&digits.to_ascii_uppercase());
            }
        }
        rest = &rest[at + 3..];
    }
    out.push_str(rest);
    out
}

/// An address in the form in which addresses are compared; what is no URL (a path) stays as it is.
pub(crate) fn normalized(address: &str) -> Cow<'_, str> {
    // Only what has slashes behind a scheme is a URL: the parser would take `C:\notes.txt` for one.
    if !address.contains("://") {
        return Cow::Borrowed(address);
    }
    match Url::parse(address) {
        Ok(mut url) => {
            url.set_fragment(None);
            // captures are kept without the secrets of their addresses
            Cow::Owned(unescaped(&shown(url.as_str())))
        }
        Err(_) => Cow::Borrowed(address),
    }
}

/// The addresses that the sources of a manifest answer for, to tell the captures that matter to it from the others of an
/// archive that many manifests share.
#[derive(Debug, Clone, Default)]
pub struct Addresses(HashSet<String>);

impl Addresses {
    /// Whether a capture was asked for by one of the addresses, or answered from one.
    pub fn has(&self, capture: &Capture) -> bool {
        [&capture.requested, &capture.address].into_iter().any(|address| self.0.contains(normalized(address).as_ref()))
    }
}

impl<'a> FromIterator<&'a Source> for Addresses {
    fn from_iter<T: IntoIterator<Item = &'a Source>>(sources: T) -> Self {
        let addresses = sources.into_iter().flat_map(of_source);
        Self(addresses.map(|address| normalized(address).into_owned()).collect())
    }
}

impl Extend<String> for Addresses {
    fn extend<T: IntoIterator<Item = String>>(&mut self, addresses: T) {
        self.0.extend(addresses.into_iter().map(|address| normalized(&address).into_owned()));
    }
}

/// What a source may be captured by: its URL, its path, and the copy of it that a person saved.
pub(crate) fn of_source(source: &Source) -> impl Iterator<Item = &str> {
    let copy = source.copy.as_ref().map(|copy| copy.path.as_str());
    [source.url.as_deref(), source.path.as_deref(), copy].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_replaced_and_addresses_stay_apart() {
        let one = shown("https://reader:hunter2@wire.example/a?id=3&Token=hunter2&x=1#p").into_owned();
        assert!(one.starts_with("https://wire.example/a?id=3&Token=redacted-") && one.ends_with("&x=1#p"), "{one}");
        assert_ne!(shown("https://wire.example/?token=a"), shown("https://wire.example/?token=b"));
        assert_eq!(shown(&one), one, "what is shown is shown the same again");
    }

    #[test]
    fn other_addresses_and_paths_stay_as_they_are() {
        for address in [
            "https://wire.example/?key=3&sig=4&token=",
            "saved/a@b?token=x.html",
            "C:\\notes.txt",
            "https://wire.example/@desk",
            "not a url://?token=x y@",
            "",
        ] {
            assert_eq!(shown(address), address);
        }
    }
}
