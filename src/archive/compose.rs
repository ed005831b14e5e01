//! What happened into the records that say so.
//!
//! An exchange becomes one response and one request record for each redirect, then for the answer, or a
//! metadata record that says why there is none. Header fields of ours begin with `X-Onrecord-`; everything
//! that a capture is can be told from its records alone, so the index is never needed.

use jiff::Timestamp;

use super::exchange::{Answer, Exchange, Field};
use super::surt::{percent_decode, percent_encode};
use super::warc::record::Record;
use super::warc::write::{Draft, Seed, record_id};
use crate::model::{Failure, Origin};

pub(crate) const ROLE: &str = "X-Onrecord-Role";
pub(crate) const REQUESTED: &str = "X-Onrecord-Requested";
pub(crate) const ORIGIN: &str = "X-Onrecord-Origin";
pub(crate) const MODIFIED: &str = "X-Onrecord-Modified";
pub(crate) const LOCATION: &str = "X-Onrecord-Location";
pub(crate) const MEMENTO: &str = "X-Onrecord-Memento-Datetime";
pub(crate) const SUPPLIED_BY: &str = "X-Onrecord-Supplied-By";
pub(crate) const FINAL: &str = "final";
pub(crate) const ROBOTS: &str = "robots";
pub(crate) const ATTACHED: &str = "attached";
pub(crate) const RENDERED: &str = "rendered";
pub(crate) const PICTURE: &str = "picture";
pub(crate) const SCREENSHOT: &str = "screenshot";
pub(crate) const HOP: &str = "hop";
pub(crate) const LOCAL: &str = "local";
pub(crate) const ATTEMPT: &str = "attempt";
const LOCAL_URN: &str = "urn:onrecord:local:";
const ATTEMPT_URN: &str = "urn:onrecord:attempt:";
const ATTACHED_URN: &str = "urn:onrecord:attached:";
const RENDERED_URN: &str = "urn:onrecord:rendered:";
/// The name that other programs know for a picture of a page.
const VIEW_URN: &str = "urn:view:";
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
const HTTP_RESPONSE: &str = "application/http; msgtype=response";
const HTTP_REQUEST: &str = "application/http; msgtype=request";
const FIELDS: &str = "application/warc-fields";

/// Header fields of a request that never reach the disk.
const SECRET: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// The records of one capture, in the order in which they are written; the last response, resource or metadata
/// record is the capture itself.
pub(crate) struct Group {
    pub(crate) records: Vec<Record>,
    pub(crate) main: usize,
}

/// The record that each file begins with.
pub(crate) fn warcinfo(seed: &Seed, date: Timestamp) -> Record {
    let block = concat!(
        "software: onrecord/",
        env!("CARGO_PKG_VERSION"),
        "\r\nformat: WARC File Format 1.1\r\n",
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    );
    let id = record_id(seed, 0, &[block.as_bytes()]);
    Draft::new("warcinfo", &id, date, FIELDS, block.into()).field("WARC-Filename", seed.file.clone()).finish()
}

/// What is known of an exchange beside its bytes.
pub(crate) enum Told<'a> {
    /// It is what a source answered.
    Source,
    /// It is a robots.txt, and no source.
    Robots,
    /// It is another archive's copy, from that time.
    Memento(Timestamp),
    /// The server says that this earlier record is still what it would answer.
    Unchanged(&'a Unchanged),
}

/// The record that an answer of status 304 refers to.
pub(crate) struct Unchanged {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) date: Timestamp,
    pub(crate) digest: Option<String>,
}

/// An exchange's records.
pub(crate) fn exchange(exchange: &Exchange, told: &Told<'_>, seed: &Seed) -> Group {
    let mut records = Vec::new();
    let last = exchange.hops.len() * 2;
    let main_id = match &exchange.answer {
        Some(answer) => record_id(seed, last, &[answer.url.as_bytes(), &answer.body]),
        None => record_id(seed, last, &[exchange.requested.as_bytes()]),
    };
    for (number, hop) in exchange.hops.iter().enumerate() {
        let id = record_id(seed, number * 2, &[hop.url.as_bytes(), &hop.body]);
        records.push(
            response(hop, &id, HOP)
                .field("WARC-Concurrent-To", format!("<{main_id}>"))
                .field_if(LOCATION, hop.location.clone())
                .finish(),
        );
        records.push(request(hop, &record_id(seed, number * 2 + 1, &[hop.url.as_bytes()]), &id));
    }
    let main = records.len();
    match &exchange.answer {
        Some(answer) => {
            let draft = match told {
                Told::Source => response(answer, &main_id, FINAL),
                Told::Robots => response(answer, &main_id, ROBOTS),
                Told::Memento(date) => response(answer, &main_id, FINAL)
                    .field(ORIGIN, Origin::Memento.word())
                    .field(MEMENTO, date.to_string()),
                Told::Unchanged(earlier) => answered("revisit", answer, &main_id, FINAL)
                    .field("WARC-Profile", NOT_MODIFIED)
                    .field("WARC-Refers-To", format!("<{}>", earlier.id))
                    .field("WARC-Refers-To-Target-URI", earlier.url.clone())
                    .field("WARC-Refers-To-Date", earlier.date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
                    .field_if("WARC-Payload-Digest", earlier.digest.clone()),
            };
            records.push(draft.field(REQUESTED, exchange.requested.clone()).finish());
            records.push(request(answer, &record_id(seed, last + 1, &[answer.url.as_bytes()]), &main_id));
        }
        None => records.push(attempt(exchange, &main_id)),
    }
    Group { records, main }
}

fn response(answer: &Answer, id: &str, role: &str) -> Draft {
    answered("response", answer, id, role)
}

fn answered(kind: &str, answer: &Answer, id: &str, role: &str) -> Draft {
    let mut block = format!("HTTP/1.1 {} {}\r\n", answer.status, reason_phrase(answer.status)).into_bytes();
    for Field { name, value } in &answer.fields {
        // the body is stored without chunks, and its length is the stored one: a header that says otherwise
        // would make every reader misread it
        let length = name.eq_ignore_ascii_case("content-length");
        if length && value.trim_ascii() == answer.body.len().to_string().as_bytes() {
            continue;
        }
        if length || name.eq_ignore_ascii_case("transfer-encoding") {
            block.extend_from_slice(b"X-Archive-Orig-");
        }
        header_line(&mut block, name, value);
    }
    header_line(&mut block, "Content-Length", answer.body.len().to_string().as_bytes());
    block.extend_from_slice(b"\r\n");
    block.extend_from_slice(&answer.body);
    Draft::new(kind, id, answer.asked, HTTP_RESPONSE, block)
        .field("WARC-Target-URI", answer.url.clone())
        .field_if("WARC-IP-Address", answer.peer.map(|peer| peer.to_string()))
        .field("WARC-Protocol", answer.protocol.word())
        .field_if("WARC-Truncated", answer.truncated.map(|truncated| truncated.word()))
        .field(ROLE, role)
}

fn request(answer: &Answer, id: &str, concurrent_to: &str) -> Record {
    let target = url::Url::parse(&answer.url).map_or_else(
        |_| "/".to_owned(),
        |url| match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        },
    );
    let mut block = format!("GET {target} HTTP/1.1\r\n").into_bytes();
    for Field { name, value } in &answer.request {
        if !SECRET.contains(&name.to_ascii_lowercase().as_str()) {
            header_line(&mut block, name, value);
        }
    }
    block.extend_from_slice(b"\r\n");
    Draft::new("request", id, answer.asked, HTTP_REQUEST, block)
        .field("WARC-Target-URI", answer.url.clone())
        .field("WARC-Concurrent-To", format!("<{concurrent_to}>"))
        .finish()
}

fn attempt(exchange: &Exchange, id: &str) -> Record {
    let unknown = Failure::new(crate::model::Reason::Connect, "no answer came");
    let failure = exchange.failure.as_ref().unwrap_or(&unknown);
    let address = exchange.hops.last().and_then(|hop| hop.location.as_ref()).unwrap_or(&exchange.requested);
    let mut block = Vec::new();
    for (name, value) in [
        ("onrecord-reason", failure.reason.word()),
        ("onrecord-detail", &failure.detail),
        ("onrecord-requested", &exchange.requested),
        ("onrecord-address", address),
    ] {
        header_line(&mut block, name, value.as_bytes());
    }
    // a name of its own: under the page's URL, replay would show the failure instead of an earlier page
    Draft::new("metadata", id, exchange.began, FIELDS, block)
        .field("WARC-Target-URI", format!("{ATTEMPT_URN}{}", percent_encode(&exchange.requested)))
        .field(ROLE, ATTEMPT)
        .finish()
}

/// A file that is itself the source, or a copy that a person saved.
pub(crate) struct LocalCopy<'a> {
    pub(crate) path: &'a str,
    pub(crate) bytes: &'a [u8],
    pub(crate) content_type: &'a str,
    pub(crate) modified: Timestamp,
    pub(crate) origin: Origin,
}

/// A local file's record.
pub(crate) fn local(copy: &LocalCopy<'_>, now: Timestamp, seed: &Seed) -> Group {
    let id = record_id(seed, 0, &[copy.path.as_bytes(), copy.bytes]);
    let record = Draft::new("resource", &id, now, copy.content_type, copy.bytes.to_vec())
        .field("WARC-Target-URI", format!("{LOCAL_URN}{}", percent_encode(copy.path)))
        .field(ROLE, LOCAL)
        .field(ORIGIN, copy.origin.word())
        .field(MODIFIED, copy.modified.to_string())
        .finish();
    Group { records: vec![record], main: 0 }
}

/// A copy of a source that a person supplied.
pub(crate) struct Attached<'a> {
    pub(crate) source: &'a str,
    pub(crate) bytes: &'a [u8],
    pub(crate) content_type: &'a str,
    pub(crate) seen: Timestamp,
    pub(crate) by: &'a str,
    pub(crate) picture: Option<(&'a [u8], &'a str)>,
}

/// The record of a supplied copy, behind that of the picture that it was typed off. Its name is its own: it never answers for the page's address in a replay.
pub(crate) fn attached(copy: &Attached<'_>, now: Timestamp, seed: &Seed) -> Group {
    let id = record_id(seed, 0, &[copy.source.as_bytes(), copy.by.as_bytes(), copy.bytes]);
    let draft = |id: &str, content_type: &str, bytes: &[u8], role: &str| {
        Draft::new("resource", id, now, content_type, bytes.to_vec())
            .field("WARC-Target-URI", format!("{ATTACHED_URN}{}", percent_encode(copy.source)))
            .field(ROLE, role)
            .field(REQUESTED, percent_encode(copy.source))
            .field(SUPPLIED_BY, percent_encode(copy.by))
            .field(MODIFIED, copy.seen.to_string())
    };
    let mut records = Vec::new();
    if let Some((bytes, content_type)) = copy.picture {
        let picture = draft(&record_id(seed, 1, &[bytes]), content_type, bytes, PICTURE);
        records.push(picture.field("WARC-Concurrent-To", format!("<{id}>")).finish());
    }
    records.push(draft(&id, copy.content_type, copy.bytes, ATTACHED).finish());
    let main = records.len() - 1;
    Group { records, main }
}

/// A page as a browser showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendering {
    /// The URL that was asked for.
    pub requested: String,
    /// Where the browser ended.
    pub address: String,
    /// When.
    pub at: Timestamp,
    /// The document, as HTML.
    pub html: String,
    /// A picture of it, as PNG.
    pub screenshot: Option<Vec<u8>>,
}

/// The records of a rendering: its picture, then the document, which is the capture.
pub(crate) fn rendered(page: &Rendering, seed: &Seed) -> Group {
    let id = record_id(seed, 0, &[page.address.as_bytes(), page.html.as_bytes()]);
    let mut records = Vec::new();
    if let Some(picture) = &page.screenshot {
        let picture_id = record_id(seed, 1, &[picture]);
        records.push(
            Draft::new("resource", &picture_id, page.at, "image/png", picture.clone())
                .field("WARC-Target-URI", format!("{VIEW_URN}{}", page.address))
                .field("WARC-Concurrent-To", format!("<{id}>"))
                .field(ROLE, SCREENSHOT)
                .finish(),
        );
    }
    records.push(
        Draft::new("resource", &id, page.at, "text/html; charset=utf-8", page.html.clone().into_bytes())
            .field("WARC-Target-URI", format!("{RENDERED_URN}{}", percent_encode(&page.address)))
            .field(ROLE, RENDERED)
            .field(ORIGIN, Origin::Rendered.word())
            .field(REQUESTED, page.requested.clone())
            .finish(),
    );
    let main = records.len() - 1;
    Group { records, main }
}

/// The address that the record of a rendering names.
pub(crate) fn rendered_address(target: &str) -> Option<String> {
    target.strip_prefix(RENDERED_URN).map(percent_decode)
}

/// The path that a local file's record names.
pub(crate) fn local_path(target: &str) -> Option<String> {
    target.strip_prefix(LOCAL_URN).map(percent_decode)
}

/// Appends `name: value`, on one line whatever is in it.
fn header_line(block: &mut Vec<u8>, name: &str, value: &[u8]) {
    let clean = |byte: u8| if matches!(byte, b'\r' | b'\n' | 0) { b' ' } else { byte };
    block.extend(name.bytes().map(clean));
    block.extend_from_slice(b": ");
    block.extend(value.iter().copied().map(clean));
    block.extend_from_slice(b"\r\n");
}

/// The text after a status; HTTP/2 has none, and the client does not keep that of HTTP/1.
fn reason_phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Status",
    }
}
