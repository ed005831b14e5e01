//! What the client library reports into the reasons of the contract, with words for people.

use std::error::Error as _;
use std::io;

use super::guard::{self, Refused};
use crate::model::{Capture, Failure, Reason};

/// Says what the HTTP status of a capture means, where it means that the page is not there to read.
///
/// Such a capture still has a body: the words may stand on the page all the same.
pub fn failure_of(capture: &Capture) -> Option<Failure> {
    let status = capture.status?;
    let (reason, meaning) = match status {
        200..=299 => return None,
        404 => (Reason::Gone, "there is no such page"),
        410 => (Reason::Gone, "the page was taken down"),
        401 => (Reason::Login, "the page wants a login"),
        402 => (Reason::Paywall, "the page wants a payment"),
        403 => (Reason::Blocked, "the server refuses us the page"),
        429 => (Reason::Blocked, "the server says that we ask too often"),
        451 => (Reason::Blocked, "the page is withheld for legal reasons"),
        300..=399 => (Reason::HttpError, "the server redirects without saying where to"),
        400..=499 => (Reason::HttpError, "the server does not accept the request"),
        _ => (Reason::HttpError, "the server failed"),
    };
    Some(Failure::new(reason, format!("{} answered with status {status}: {meaning}", capture.address)))
}

/// Tells why a request got no answer.
pub(crate) fn of_request(error: &reqwest::Error, url: &url::Url) -> Failure {
    let host = url.host_str().unwrap_or_default();
    let mut causes = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(Refused { address, why, .. }) = error.downcast_ref() {
            return guard::refused(&format!("{host} ({address})"), why);
        }
        causes.push(error);
        cause = error.source();
    }
    let innermost = causes.last().map(ToString::to_string).unwrap_or_else(|| error.to_string());
    let kind = causes.iter().rev().find_map(|error| error.downcast_ref::<io::Error>()).map(io::Error::kind);
    if error.is_dns() || innermost.contains("lookup address") {
        return Failure::new(Reason::Dns, format!("the name {host} does not resolve: {innermost}"));
    }
    if error.is_timeout() || kind == Some(io::ErrorKind::TimedOut) {
        return Failure::new(Reason::Timeout, format!("no connection to {host} within the time allowed"));
    }
    if error.is_connect() {
        // the handshake reports its errors as invalid data; a plain connection has none to misread
        let tls = url.scheme() == "https"
            && matches!(kind, Some(io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::Other));
        return if tls {
            Failure::new(Reason::Tls, format!("no secure connection to {host}: {innermost}"))
        } else {
            Failure::new(Reason::Connect, format!("no connection to {host}: {innermost}"))
        };
    }
    if innermost.contains("too large") {
        return Failure::new(Reason::TooLarge, format!("the header that {host} sends passes the limit"));
    }
    Failure::new(Reason::HttpError, format!("{host} did not answer in valid HTTP: {innermost}"))
}
