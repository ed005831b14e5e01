//! What the status of an answer means, in the reasons of the contract and in words for people.

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
        502..=504 => (Reason::HttpError, "the server is busy or out of order for now; try again later"),
        _ => (Reason::HttpError, "the server failed"),
    };
    Some(Failure::new(reason, format!("{} answered with status {status}: {meaning}", capture.address)))
}
