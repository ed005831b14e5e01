//! What happened into the records that say so.
//!
//! An exchange becomes one response and one request record for each redirect, then for the answer, or a
//! metadata record that says why there is none. Header fields of ours begin with `X-Onrecord-`; everything
//! that a capture is can be told from its records alone, so the index is never needed.

use jiff::Timestamp;

use super::exchange::{Answer, Exchange, Field};
use super::options::Privacy;
use super::surt::{percent_decode, percent_encode};
use super::warc::record::Record;
use super::warc::write::{Draft, Seed, record_id};
use crate::model::{Failure, Origin};

pub(crate) const ROLE: &str = "X-Onrecord-Role";
pub(crate) const REQUESTED: &str = "X-Onrecord-Requested";
pub(crate) const ORIGIN: &str = "X-Onrecord-Origin";
pub(crate) const MODIFIED: &str = "X-Onrecord-Modified";
pub(crate) const LOCATION: &str = "X-Onrecord-Location";
/// When another archive made the copy that it handed out.
pub(crate) const MEMENTO: &str = "X-Onrecord-Memento-Datetime";
pub(crate) const FINAL: &str = "final";
/// What a host asks of programs.
pub(crate) const ROBOTS: &str = "robots";
pub(crate) const HOP: &str = "hop";
pub(crate) const LOCAL: &str = "local";
pub(crate) const ATTEMPT: &str = "attempt";
pub(crate) const SUPPLIED: &str = "supplied";
/// What a supplied copy was made from.
pub(crate) const ORIGINAL: &str = "original";
pub(crate) const RENDERED: &str = "rendered";
/// What a browser showed of a rendered page.
pub(crate) const SCREENSHOT: &str = "screenshot";
/// How a file came in that was imported whole.
pub(crate) const IMPORT: &str = "import";
pub(crate) const LOCAL_URN: &str = "urn:onrecord:local:";
const ATTEMPT_URN: &str = "urn:onrecord:attempt:";
const HTTP_RESPONSE: &str = "application/http; msgtype=response";
const HTTP_REQUEST: &str = "application/http; msgtype=request";
pub(crate) const FIELDS: &str = "application/warc-fields";

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
    /// The same, and this earlier record has the same payload.
    Same(&'a Earlier),
    /// The server says that this earlier record is still what it would answer.
    Unchanged(&'a Earlier),
    /// It is another archive's copy, from that time.
    Memento(Timestamp),
    /// It is a robots.txt, and no source.
    Robots,
}

/// A record that a revisit refers to: the one with the body.
#[derive(Debug, Clone)]
pub(crate) struct Earlier {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) date: Timestamp,
    /// The digest of its payload, as its header says.
    pub(crate) digest: Option<String>,
}

const SAME_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// An exchange's records. An answer that an earlier record already has is written as a revisit of that.
pub(crate) fn exchange(exchange: &Exchange, told: &Told<'_>, seed: &Seed, privacy: &Privacy) -> Group {
    let mut records = Vec::new();
    let last = exchange.hops.len() * 2;
    let main_id = match &exchange.answer {
        Some(answer) => record_id(seed, last, &[answer.url.as_bytes(), &answer.body]),
        None => record_id(seed, last, &[exchange.requested.as_bytes()]),
    };
    for (number, hop) in exchange.hops.iter().enumerate() {
        let id = record_id(seed, number * 2, &[hop.url.as_bytes(), &hop.body]);
        records.push(
            response(hop, &id, HOP, privacy)
                .field("WARC-Concurrent-To", format!("<{main_id}>"))
                .field_if(LOCATION, hop.location.as_deref().map(|to| privacy.redact(to)))
                .finish(),
        );
        if !privacy.without_requests {
            records.push(request(hop, &record_id(seed, number * 2 + 1, &[hop.url.as_bytes()]), &id, privacy));
        }
    }
    let main = records.len();
    match &exchange.answer {
        Some(answer) => {
            let requested = privacy.redact(&exchange.requested);
            let draft = match told {
                Told::Source => response(answer, &main_id, FINAL, privacy),
                Told::Same(earlier) => revisit(answer, &main_id, SAME_PAYLOAD, earlier, privacy),
                Told::Unchanged(earlier) => revisit(answer, &main_id, NOT_MODIFIED, earlier, privacy),
                Told::Memento(date) => response(answer, &main_id, FINAL, privacy)
                    .field(ORIGIN, Origin::Memento.word())
                    .field(MEMENTO, date.to_string()),
                Told::Robots => response(answer, &main_id, ROBOTS, privacy),
            };
            records.push(draft.field(REQUESTED, requested).finish());
            if !privacy.without_requests {
                let id = record_id(seed, last + 1, &[answer.url.as_bytes()]);
                records.push(request(answer, &id, &main_id, privacy));
            }
        }
        None => records.push(attempt(exchange, &main_id, privacy)),
    }
    Group { records, main }
}

/// Header fields that hold addresses.
const ADDRESSES: [&str; 4] = ["location", "content-location", "referer", "refresh"];

fn response(answer: &Answer, id: &str, role: &str, privacy: &Privacy) -> Draft {
    let mut block = header(answer, privacy);
    block.extend_from_slice(&answer.body);
    answered("response", answer, id, role, block, privacy)
}

fn revisit(answer: &Answer, id: &str, profile: &str, earlier: &Earlier, privacy: &Privacy) -> Draft {
    answered("revisit", answer, id, FINAL, header(answer, privacy), privacy)
        .field("WARC-Profile", profile)
        .field("WARC-Refers-To", format!("<{}>", earlier.id))
        .field("WARC-Refers-To-Target-URI", earlier.url.clone())
        .field("WARC-Refers-To-Date", earlier.date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .field_if("WARC-Payload-Digest", earlier.digest.clone())
}

/// The status line and the header fields of an answer, up to where the body begins.
fn header(answer: &Answer, privacy: &Privacy) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 {} {}\r\n", answer.status, reason_phrase(answer.status)).into_bytes();
    for Field { name, value } in &answer.fields {
        // the body is stored without chunks, and its length is the stored one: a header that says otherwise
        // would make every reader misread it
        let length = name.eq_ignore_ascii_case("content-length");
        if length && value.trim_ascii() == answer.body.len().to_string().as_bytes() {
            continue;
        }
        if privacy.without_cookies && name.to_ascii_lowercase().starts_with("set-cookie") {
            continue;
        }
        if length || name.eq_ignore_ascii_case("transfer-encoding") {
            block.extend_from_slice(b"X-Archive-Orig-");
        }
        redacted_line(&mut block, name, value, privacy);
    }
    header_line(&mut block, "Content-Length", answer.body.len().to_string().as_bytes());
    block.extend_from_slice(b"\r\n");
    block
}

fn answered(kind: &str, answer: &Answer, id: &str, role: &str, block: Vec<u8>, privacy: &Privacy) -> Draft {
    Draft::new(kind, id, answer.asked, HTTP_RESPONSE, block)
        .field("WARC-Target-URI", privacy.redact(&answer.url))
        .field_if("WARC-IP-Address", answer.peer.map(|peer| peer.to_string()))
        .field("WARC-Protocol", answer.protocol.word())
        .field_if("WARC-Truncated", answer.truncated.map(|truncated| truncated.word()))
        .field(ROLE, role)
}

/// The record that an answer would be, to see what its body is.
pub(crate) fn probe(answer: &Answer) -> Record {
    response(answer, "", FINAL, &Privacy::default()).finish()
}

/// Appends a header line, without the values of redacted parameters.
fn redacted_line(block: &mut Vec<u8>, name: &str, value: &[u8], privacy: &Privacy) {
    let address = !privacy.redact.is_empty() && ADDRESSES.iter().any(|known| name.eq_ignore_ascii_case(known));
    match std::str::from_utf8(value) {
        Ok(text) if address => header_line(block, name, privacy.redact(text).as_bytes()),
        _ => header_line(block, name, value),
    }
}

fn request(answer: &Answer, id: &str, concurrent_to: &str, privacy: &Privacy) -> Record {
    let address = privacy.redact(&answer.url);
    let target = url::Url::parse(&address).map_or_else(
        |_| "/".to_owned(),
        |url| match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        },
    );
    let mut block = format!("GET {target} HTTP/1.1\r\n").into_bytes();
    for Field { name, value } in &answer.request {
        if !SECRET.contains(&name.to_ascii_lowercase().as_str()) {
            redacted_line(&mut block, name, value, privacy);
        }
    }
    block.extend_from_slice(b"\r\n");
    Draft::new("request", id, answer.asked, HTTP_REQUEST, block)
        .field("WARC-Target-URI", address)
        .field("WARC-Concurrent-To", format!("<{concurrent_to}>"))
        .finish()
}

fn attempt(exchange: &Exchange, id: &str, privacy: &Privacy) -> Record {
    let unknown = Failure::new(crate::model::Reason::Connect, "no answer came");
    let failure = exchange.failure.as_ref().unwrap_or(&unknown);
    let address = exchange.hops.last().and_then(|hop| hop.location.as_ref()).unwrap_or(&exchange.requested);
    let (requested, address) = (privacy.redact(&exchange.requested), privacy.redact(address));
    let mut block = Vec::new();
    for (name, value) in [
        ("onrecord-reason", failure.reason.word()),
        ("onrecord-detail", &failure.detail.replace(&exchange.requested, &requested)),
        ("onrecord-requested", &requested),
        ("onrecord-address", &address),
    ] {
        header_line(&mut block, name, value.as_bytes());
    }
    // a name of its own: under the page's URL, replay would show the failure instead of an earlier page
    Draft::new("metadata", id, exchange.began, FIELDS, block)
        .field("WARC-Target-URI", format!("{ATTEMPT_URN}{}", percent_encode(&requested)))
        .field(ROLE, ATTEMPT)
        .finish()
}

/// The path that a local file's record names.
pub(crate) fn local_path(target: &str) -> Option<String> {
    target.strip_prefix(LOCAL_URN).map(percent_decode)
}

/// Appends `name: value`, on one line whatever is in it.
pub(crate) fn header_line(block: &mut Vec<u8>, name: &str, value: &[u8]) {
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
