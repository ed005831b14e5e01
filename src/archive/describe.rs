//! One record into what it means for the archive: a capture, a redirect on the way to one, or neither.
//!
//! The only place where a capture is made, for records just written, read again and written by others alike,
//! so that an index can always be thrown away. Pure: the same record gives the same capture.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::compose::{
    ATTEMPT, FINAL, HOP, IMPORT, LOCAL, LOCATION, MEMENTO, MODIFIED, ORIGIN, ORIGINAL, RENDERED, REQUESTED, ROBOTS,
    ROLE, SCREENSHOT, SUPPLIED, local_path,
};
use super::supplied::{ADDRESS, BY, SEEN, STATUS};
use super::warc::coding::{DecodeError, DecodeLimits, Decoded, decode};
use super::warc::digest::sha256_hex;
use super::warc::http::HttpAnswer;
use super::warc::record::{Integrity, Kind, Record, bare};
use crate::model::{Capture, CaptureId, Completeness, Failure, Hop, Origin, Outcome, Reason};

/// What a record means.
pub(crate) enum Meaning {
    /// It is a capture.
    Capture(Box<Described>),
    /// It is a redirect of the capture with that id.
    Hop { of: String, hop: Hop },
    /// It is listed beside a capture, and none itself.
    Beside,
    /// It is about something else.
    Nothing,
}

/// A capture and what only its record tells.
pub(crate) struct Described {
    pub(crate) capture: Capture,
    /// The decoded body.
    pub(crate) body: Vec<u8>,
    /// Whether we wrote it.
    pub(crate) ours: bool,
    pub(crate) revisit: Option<Revisit>,
    /// Where it redirects to, in an archive made by others.
    pub(crate) redirect: Option<String>,
    pub(crate) warnings: Vec<String>,
}

/// What a revisit record says about the record that holds the body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Revisit {
    pub(crate) id: Option<String>,
    pub(crate) digest: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) date: Option<Timestamp>,
}

/// Tells what a record means.
pub(crate) fn describe(record: &Record, limits: &DecodeLimits) -> Meaning {
    let role = record.header.get(ROLE).unwrap_or_default();
    match (record.kind(), role) {
        (Kind::Response, HOP) => hop(record),
        (Kind::Response, ROBOTS) => Meaning::Beside,
        (Kind::Response, _) => response(record, role == FINAL, limits),
        (Kind::Metadata, ATTEMPT) => attempt(record),
        (_, ORIGINAL | SCREENSHOT) => Meaning::Beside,
        (_, IMPORT) => Meaning::Nothing,
        (Kind::Resource | Kind::Conversion, SUPPLIED | RENDERED) => kept(record, role, limits),
        (Kind::Resource | Kind::Conversion, _) => resource(record, role == LOCAL, limits),
        (Kind::Revisit, _) => revisit(record),
        _ => Meaning::Nothing,
    }
}

fn blank(record: &Record, address: String, origin: Origin) -> Capture {
    let cut = record.integrity == Integrity::Cut
        || record.header.get("WARC-Truncated").is_some()
        // a first segment, whose continuations are not joined to it
        || record.header.get("WARC-Segment-Number").is_some();
    Capture {
        id: CaptureId(record.id().to_owned()),
        requested: address.clone(),
        address,
        hops: Vec::new(),
        captured: record.date().unwrap_or(Timestamp::UNIX_EPOCH),
        origin,
        status: None,
        content_type: None,
        sha256: String::new(),
        completeness: if cut { Completeness::Truncated } else { Completeness::Complete },
        outcome: Outcome::Body,
        supplied_by: None,
    }
}

/// A record must be what its digests say, whoever wrote it: what they do not vouch for is no evidence of any words.
fn integrity(record: &Record, ours: bool) -> Option<Failure> {
    match &record.integrity {
        Integrity::Damaged(message) => Some(Failure::new(Reason::Damaged, format!("the record is damaged: {message}"))),
        Integrity::Mismatch(message) if ours => {
            Some(Failure::new(Reason::Damaged, format!("the record was changed after it was written: {message}")))
        }
        Integrity::Mismatch(message) => Some(Failure::new(
            Reason::Damaged,
            format!("the record is not what its writer took the digest of: {message}"),
        )),
        _ => None,
    }
}

fn described(capture: Capture, body: Vec<u8>, ours: bool, warnings: Vec<String>) -> Meaning {
    Meaning::Capture(Box::new(Described { capture, body, ours, revisit: None, redirect: None, warnings }))
}

fn hop(record: &Record) -> Meaning {
    let (Some(of), Some(from)) = (record.header.get("WARC-Concurrent-To"), record.target()) else {
        return Meaning::Nothing;
    };
    let status = HttpAnswer::parse(&record.block).map_or(0, |answer| answer.status);
    let to = record.header.get(LOCATION).unwrap_or_default().to_owned();
    Meaning::Hop { of: bare(of).to_owned(), hop: Hop { from, status, to } }
}

fn response(record: &Record, ours: bool, limits: &DecodeLimits) -> Meaning {
    let Some(address) = record.target() else { return Meaning::Nothing };
    let http = record.header.get("Content-Type").is_none_or(|kind| kind.starts_with("application/http"));
    if !http {
        return Meaning::Nothing;
    }
    let mut capture = blank(record, address, Origin::Live);
    if ours && let Some(requested) = record.header.get(REQUESTED) {
        capture.requested = requested.to_owned();
    }
    if ours && let Some(date) = record.header.get(MEMENTO).and_then(|written| written.parse().ok()) {
        capture.origin = Origin::Memento;
        capture.captured = date;
    }
    let answer = match HttpAnswer::parse(&record.block) {
        Ok(answer) => answer,
        Err(message) => {
            capture.outcome = Outcome::Failed(Failure::new(Reason::Damaged, message));
            return described(capture, Vec::new(), ours, Vec::new());
        }
    };
    let mut warnings = answer.warnings.clone();
    capture.status = Some(answer.status);
    capture.content_type = answer.field("Content-Type").map(str::to_owned);
    let redirect = if ours { None } else { redirect_of(&answer, &capture.address) };
    let too_large = ours && record.header.get("WARC-Truncated") == Some("length");
    let body = match decode(&answer, limits) {
        Ok(Decoded { bytes, whole, warnings: odd }) => {
            warnings.extend(odd);
            if !whole {
                capture.completeness = Completeness::Truncated;
            }
            if too_large {
                let detail = format!("the body passes the size limit; {} bytes of it are kept", answer.body.len());
                capture.outcome = Outcome::Failed(Failure::new(Reason::TooLarge, detail));
            }
            bytes
        }
        Err(error @ DecodeError::NotEncoded { .. }) if !ours => {
            // many crawlers decoded the body and left the header
            warnings.push(format!("{error}; its bytes are taken as they are"));
            answer.body.to_vec()
        }
        Err(error) => {
            let reason = match error {
                DecodeError::TooLarge { .. } | DecodeError::Bomb { .. } => Reason::TooLarge,
                _ => Reason::BadEncoding,
            };
            capture.outcome = Outcome::Failed(Failure::new(reason, error.to_string()));
            answer.body.to_vec()
        }
    };
    if !ours && let Some(announced) = announced(&answer).filter(|announced| *announced > answer.body.len() as u64) {
        capture.completeness = Completeness::Truncated;
        let length = answer.body.len();
        warnings.push(format!("its header announces {announced} bytes, and {length} are there: it was cut off"));
    }
    capture.sha256 = sha256_hex(&body);
    if let Some(failure) = integrity(record, ours) {
        capture.outcome = Outcome::Failed(failure);
    }
    Meaning::Capture(Box::new(Described { capture, body, ours, revisit: None, redirect, warnings }))
}

/// How many bytes an answer says that its body has, where that is said of the body as it is stored (RFC 9110, 8.6): not
/// where it was chunked, or has no body.
fn announced(answer: &HttpAnswer<'_>) -> Option<u64> {
    let bodiless = matches!(answer.status, 100..=199 | 204 | 304);
    let coded = answer.field("Transfer-Encoding").is_some() || answer.field("Content-Encoding").is_some();
    answer.field("Content-Length").filter(|_| !bodiless && !coded)?.trim().parse().ok()
}

fn redirect_of(answer: &HttpAnswer<'_>, address: &str) -> Option<String> {
    if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answer.field("Location")?;
    Some(url::Url::parse(address).ok()?.join(location).ok()?.into())
}

fn resource(record: &Record, ours: bool, limits: &DecodeLimits) -> Meaning {
    let Some(target) = record.target() else { return Meaning::Nothing };
    let (address, origin) = match local_path(&target).filter(|_| ours) {
        Some(path) if record.header.get(ORIGIN) == Some(Origin::Local.word()) => (path, Origin::Local),
        Some(path) => (path, Origin::Imported),
        None => (target, Origin::Imported),
    };
    let mut capture = blank(record, address, origin);
    if let Some(modified) = record.header.get(MODIFIED).filter(|_| ours).and_then(|written| written.parse().ok()) {
        capture.captured = modified;
    }
    capture.content_type = record.header.get("Content-Type").map(str::to_owned);
    capture.sha256 = sha256_hex(&record.block);
    if record.block.len() > limits.bytes {
        let error = DecodeError::TooLarge { limit: limits.bytes };
        capture.outcome = Outcome::Failed(Failure::new(Reason::TooLarge, error.to_string()));
    }
    if let Some(failure) = integrity(record, ours) {
        capture.outcome = Outcome::Failed(failure);
    }
    described(capture, record.block.clone(), ours, Vec::new())
}

/// A copy that a person supplied, or a page as a browser rendered it: named for the address that it shows.
fn kept(record: &Record, role: &str, limits: &DecodeLimits) -> Meaning {
    let field = |name: &str| record.header.get(name).map(str::to_owned);
    let Some(address) = field(ADDRESS) else { return Meaning::Nothing };
    let origin = if role == RENDERED { Origin::Rendered } else { Origin::Imported };
    let mut capture = blank(record, address, origin);
    if let Some(requested) = field(REQUESTED) {
        capture.requested = requested;
    }
    if let Some(seen) = field(SEEN).and_then(|written| written.parse().ok()) {
        capture.captured = seen;
    }
    if role == SUPPLIED {
        capture.supplied_by = field(BY);
    }
    capture.status = field(STATUS).and_then(|status| status.parse().ok());
    capture.content_type = field("Content-Type");
    capture.sha256 = sha256_hex(&record.block);
    if record.block.len() > limits.bytes {
        let error = DecodeError::TooLarge { limit: limits.bytes };
        capture.outcome = Outcome::Failed(Failure::new(Reason::TooLarge, error.to_string()));
    }
    if let Some(failure) = integrity(record, true) {
        capture.outcome = Outcome::Failed(failure);
    }
    described(capture, record.block.clone(), true, Vec::new())
}

fn attempt(record: &Record) -> Meaning {
    let text = String::from_utf8_lossy(&record.block);
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default().to_owned()
    };
    let mut capture = blank(record, field("onrecord-requested"), Origin::Live);
    capture.address = field("onrecord-address");
    let word = serde_json::Value::String(field("onrecord-reason"));
    let failure = match serde_json::from_value::<Reason>(word) {
        Ok(reason) => Failure::new(reason, field("onrecord-detail")),
        Err(_) => Failure::new(Reason::Damaged, "the record of the failed attempt names no reason"),
    };
    capture.outcome = Outcome::Failed(integrity(record, true).unwrap_or(failure));
    described(capture, Vec::new(), true, Vec::new())
}

fn revisit(record: &Record) -> Meaning {
    let Some(address) = record.target() else { return Meaning::Nothing };
    let ours = record.header.get(ROLE) == Some(FINAL);
    let mut capture = blank(record, address, Origin::Live);
    if let Some(requested) = record.header.get(REQUESTED).filter(|_| ours) {
        capture.requested = requested.to_owned();
    }
    if let Ok(answer) = HttpAnswer::parse(&record.block) {
        capture.status = Some(answer.status);
        capture.content_type = answer.field("Content-Type").map(str::to_owned);
    }
    let field = |name: &str| record.header.get(name).map(|value| bare(value).to_owned());
    let revisit = Revisit {
        id: field("WARC-Refers-To"),
        digest: field("WARC-Payload-Digest"),
        target: field("WARC-Refers-To-Target-URI"),
        date: field("WARC-Refers-To-Date").and_then(|date| date.parse().ok()),
    };
    let missing = Failure::new(Reason::NotCaptured, "the record refers to another one, which this archive lacks");
    capture.outcome = Outcome::Failed(integrity(record, ours).unwrap_or(missing));
    Meaning::Capture(Box::new(Described {
        capture,
        body: Vec::new(),
        ours,
        revisit: Some(revisit),
        redirect: None,
        warnings: Vec::new(),
    }))
}
