//! Which addresses may be connected to: a URL comes from a manifest or a server, and both may be hostile.
//!
//! Promises that no packet goes to a loopback, private or otherwise special address unless the settings allow
//! it: literal addresses are checked in their parsed form before each request and each redirect, names after they
//! were resolved, and what was checked is what is connected to. The ranges are those of IANA's registries of
//! special-purpose addresses for IPv4 and IPv6, and every form of an IPv6 address that leads to an IPv4 one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

use super::settings::Settings;
use crate::model::address::shown;
use crate::model::{Failure, Reason};

/// Says why an address is refused; `None` for an ordinary public one.
pub fn refuse(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => refuse_v4(address),
        IpAddr::V6(address) => refuse_v6(address),
    }
}

fn refuse_v4(address: Ipv4Addr) -> Option<&'static str> {
    match address.octets() {
        [0, ..] => Some("is of this network (0.0.0.0/8)"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Some("is private"),
        [100, 64..=127, ..] => Some("is shared by a carrier (100.64.0.0/10)"),
        [127, ..] => Some("is this computer (loopback)"),
        [169, 254, ..] => Some("is link-local, where clouds keep their secrets"),
        [192, 0, 0, ..] => Some("is reserved for protocols"),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Some("is for documentation"),
        [192, 88, 99, _] => Some("is reserved (6to4 relay)"),
        [198, 18..=19, ..] => Some("is for benchmarks"),
        [224..=239, ..] => Some("is multicast"),
        [255, 255, 255, 255] => Some("is broadcast"),
        [240..=255, ..] => Some("is reserved"),
        _ => None,
    }
}

fn refuse_v6(address: Ipv6Addr) -> Option<&'static str> {
    if let Some(embedded) = embedded_v4(address) {
        return refuse_v4(embedded);
    }
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("is unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("is this computer (loopback)"),
        [0xfc00..=0xfdff, ..] => Some("is private (fc00::/7)"),
        [0xfe80..=0xfebf, ..] => Some("is link-local"),
        [0xfec0..=0xfeff, ..] => Some("is site-local"),
        [0xff00..=0xffff, ..] => Some("is multicast"),
        [0x100, 0, 0, ..] => Some("is discarded (100::/64)"),
        [0x2001, 0..=0x1ff, ..] => Some("is reserved for protocols (2001::/23)"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("is for documentation"),
        [0x5f00, ..] => Some("is reserved (5f00::/16)"),
        // everything that was ever given out begins with the bits 001
        [first, ..] if first >> 13 != 1 => Some("is not assigned"),
        _ => None,
    }
}

/// The IPv4 address that an IPv6 address leads to: mapped, compatible, translated (NAT64) or tunnelled (6to4, ISATAP).
/// Teredo's whole range is among the reserved ones.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => Some(v4(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(v4(high, low)),
        // a network's own translation prefix: where the address stands in it is not known, but it is private
        [0x64, 0xff9b, 1, ..] => Some(Ipv4Addr::new(10, 0, 0, 0)),
        [0x2002, high, low, ..] => Some(v4(high, low)),
        // ISATAP (RFC 5214): any prefix, and the address behind a fixed interface identifier
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Some(v4(high, low)),
        _ => None,
    }
}

/// Checks a URL before it is asked: its scheme, its length, and its host where that is an address.
pub(crate) fn check(url: &Url, settings: &Settings) -> Result<(), Failure> {
    if !matches!(url.scheme(), "http" | "https") {
        let detail = format!("{} is no address of the web; only http and https are fetched", shorten(url.as_str()));
        return Err(Failure::new(Reason::BadUrl, detail));
    }
    if url.as_str().len() > settings.max_url {
        let detail = format!("the address {} is longer than {} bytes", shorten(url.as_str()), settings.max_url);
        return Err(Failure::new(Reason::BadUrl, detail));
    }
    let address = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        Some(Host::Domain(name)) if !name.is_empty() => return Ok(()),
        _ => return Err(Failure::new(Reason::BadUrl, format!("{} names no host", shorten(url.as_str())))),
    };
    let port = url.port_or_known_default().unwrap_or(80);
    match refuse(address) {
        Some(why) if !allowed(SocketAddr::new(address, port), settings) => Err(refused(&address.to_string(), why)),
        _ => Ok(()),
    }
}

/// Whether the settings allow a special address.
pub(crate) fn allowed(socket: SocketAddr, settings: &Settings) -> bool {
    settings.allow_private || settings.allow_sockets.contains(&socket)
}

/// The failure for a refused host.
pub(crate) fn refused(host: &str, why: &str) -> Failure {
    let detail = format!("the address {host} {why}, and is not fetched; --allow-private permits it");
    Failure::new(Reason::RefusedAddress, detail)
}

fn shorten(address: &str) -> String {
    let text = shown(address);
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Of the addresses that a name has, those that may be connected to; the port is the one asked for.
///
/// # Errors
///
/// Where none of them may: an attacker's name may have public addresses beside special ones, and only the special
/// ones are dropped then.
pub(crate) fn permitted(
    host: &str,
    port: u16,
    found: &[IpAddr],
    settings: &Settings,
) -> Result<Vec<SocketAddr>, Failure> {
    let mut refused_one = None;
    let mut usable = Vec::new();
    for address in found {
        match refuse(*address).filter(|_| !settings.allow_private) {
            Some(why) => refused_one = Some((address, why)),
            None => usable.push(SocketAddr::new(*address, port)),
        }
    }
    match refused_one {
        Some((address, why)) if usable.is_empty() => Err(refused(&format!("{host} ({address})"), why)),
        _ => Ok(usable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_refused_in_every_dress() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.9.8.7",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2a00:1450::5efe:a00:1",
            "2a00:1450::200:5efe:7f00:1",
            "fe80::5efe:c0a8:101",
            "64:ff9b::a9fe:a9fe",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "5f00::1",
            "4000::1",
        ] {
            assert!(refuse(address.parse().unwrap()).is_some(), "{address}");
        }
    }

    #[test]
    fn public_addresses_are_not() {
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.0.0.1",
            "128.0.0.1",
            "169.253.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "64:ff9b::101:101",
            "2002:101:101::1",
            "::ffff:1.1.1.1",
            "2a00:1450::5efe:101:101",
        ] {
            assert_eq!(refuse(address.parse().unwrap()), None, "{address}");
        }
    }

    #[test]
    fn odd_spellings_are_addresses() {
        let settings = Settings::default();
        for url in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://0/",
            "http://127.1./",
            "http://[::ffff:127.0.0.1]/",
            "http://１２７.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
        ] {
            let failure = check(&Url::parse(url).unwrap(), &settings).unwrap_err();
            assert_eq!(failure.reason, Reason::RefusedAddress, "{url}");
        }
        for url in ["file:///etc/passwd", "ftp://daily.example/", "data:text/html,x", "javascript:alert(1)"] {
            let failure = check(&Url::parse(url).unwrap(), &settings).unwrap_err();
            assert_eq!(failure.reason, Reason::BadUrl, "{url}");
        }
        assert_eq!(check(&Url::parse("https://daily.example/a").unwrap(), &settings), Ok(()));
    }

    #[test]
    fn only_the_exact_socket_is_allowed() {
        let settings = Settings { allow_sockets: vec!["127.0.0.1:8080".parse().unwrap()], ..Settings::default() };
        assert_eq!(check(&Url::parse("http://127.0.0.1:8080/").unwrap(), &settings), Ok(()));
        for url in ["http://127.0.0.1:8081/", "http://127.0.0.2:8080/", "http://127.0.0.1/", "http://[::1]:8080/"] {
            assert!(check(&Url::parse(url).unwrap(), &settings).is_err(), "{url}");
        }
    }

    #[test]
    fn of_mixed_answers_only_the_public_ones_are_used() {
        let settings = Settings::default();
        let list = |written: &[&str]| written.iter().map(|one| one.parse().unwrap()).collect::<Vec<IpAddr>>();
        let mixed = permitted("daily.example", 443, &list(&["10.0.0.1", "1.1.1.1", "::1"]), &settings).unwrap();
        assert_eq!(mixed, [SocketAddr::from(([1, 1, 1, 1], 443))]);
        let failure = permitted("daily.example", 443, &list(&["10.0.0.1", "::1"]), &settings).unwrap_err();
        assert_eq!(failure.reason, Reason::RefusedAddress);
        let open = Settings { allow_private: true, ..settings };
        assert_eq!(permitted("daily.example", 443, &list(&["10.0.0.1"]), &open).unwrap().len(), 1);
    }
}
