//! Addresses as they may be shown and kept: without the secrets that people and servers put into them.

use std::borrow::Cow;

use url::Url;

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
