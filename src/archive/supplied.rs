//! Copies that did not come over the wire, as records: files, what a person saved, what a browser rendered.
//!
//! None of them is ever written as a server's answer, and none stands under the URL that it shows: replay would
//! show it as what the server sent. Who saw it, and when, stands in the record's header.

use jiff::Timestamp;

use super::compose::{
    Group, LOCAL, LOCAL_URN, MODIFIED, ORIGIN, ORIGINAL, RENDERED, REQUESTED, ROLE, SCREENSHOT, SUPPLIED,
};
use super::options::Privacy;
use super::surt::percent_encode;
use super::warc::record::Record;
use super::warc::write::{Draft, Seed, record_id};
use crate::model::Origin;

/// The address that a copy shows.
pub(crate) const ADDRESS: &str = "X-Onrecord-Address";
/// When it was seen.
pub(crate) const SEEN: &str = "X-Onrecord-Seen";
pub(crate) const STATUS: &str = "X-Onrecord-Status";
pub(crate) const BY: &str = "X-Onrecord-By";
pub(crate) const FILE_NAME: &str = "X-Onrecord-File";
pub(crate) const FROM: &str = "X-Onrecord-From";
const SUPPLIED_URN: &str = "urn:onrecord:supplied:";
const ORIGINAL_URN: &str = "urn:onrecord:original:";
const RENDERED_URN: &str = "urn:onrecord:rendered:";
/// The name that other programs know for a picture of a page.
const VIEW_URN: &str = "urn:view:";

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

/// A copy of a source that a person saved.
#[derive(Debug, Clone)]
pub struct Supplied<'a> {
    /// The URL, or the name, of the source that it is a copy of.
    pub address: &'a str,
    /// What is read: the file itself, or the page out of it.
    pub bytes: &'a [u8],
    /// Its media type.
    pub content_type: &'a str,
    /// The file as it was saved, where `bytes` were taken out of it, or typed off it.
    pub original: Option<Original<'a>>,
    /// When the source was seen like this, as the person says.
    pub seen: Timestamp,
    /// Who saved it.
    pub by: Option<&'a str>,
    /// Where it comes from, in the person's words.
    pub from: Option<&'a str>,
    /// What the file was called.
    pub file: &'a str,
}

/// A file that a page was taken out of, or a picture whose words were typed off.
#[derive(Debug, Clone, Copy)]
pub struct Original<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its media type.
    pub content_type: &'a str,
}

/// A supplied copy's records.
pub(crate) fn supplied(copy: &Supplied<'_>, now: Timestamp, seed: &Seed, privacy: &Privacy) -> Group {
    let address = privacy.redact(copy.address);
    let target = |urn: &str| format!("{urn}{}", percent_encode(&address));
    let mut records: Vec<Record> = Vec::new();
    let mut refers_to = None;
    if let Some(original) = copy.original {
        let id = record_id(seed, 0, &[address.as_bytes(), original.bytes]);
        let record = Draft::new("resource", &id, now, original.content_type, original.bytes.to_vec())
            .field("WARC-Target-URI", target(ORIGINAL_URN))
            .field(ROLE, ORIGINAL)
            .field(FILE_NAME, copy.file)
            .finish();
        records.push(record);
        refers_to = Some(format!("<{id}>"));
    }
    let kind = if refers_to.is_some() { "conversion" } else { "resource" };
    let id = record_id(seed, 1, &[address.as_bytes(), copy.bytes]);
    let main = records.len();
    let record = Draft::new(kind, &id, now, copy.content_type, copy.bytes.to_vec())
        .field("WARC-Target-URI", target(SUPPLIED_URN))
        .field_if("WARC-Refers-To", refers_to)
        .field(ROLE, SUPPLIED)
        .field(ADDRESS, address.clone())
        .field(SEEN, copy.seen.to_string())
        .field_if(BY, copy.by)
        .field_if(FROM, copy.from)
        .field(FILE_NAME, copy.file)
        .finish();
    records.push(record);
    Group { records, main }
}

/// A page as a browser rendered it.
#[derive(Debug, Clone)]
pub struct Rendering<'a> {
    /// The URL that was asked for.
    pub requested: &'a str,
    /// The URL that the browser showed in the end.
    pub address: &'a str,
    /// The status of the document's answer.
    pub status: Option<u16>,
    /// The document after its scripts ran, as HTML in UTF-8.
    pub html: &'a [u8],
    /// A picture of it (PNG).
    pub screenshot: Option<&'a [u8]>,
    /// When.
    pub at: Timestamp,
    /// The browser, as it calls itself.
    pub browser: &'a str,
}

/// A rendering's records.
pub(crate) fn rendering(page: &Rendering<'_>, seed: &Seed, privacy: &Privacy) -> Group {
    let address = privacy.redact(page.address);
    let id = record_id(seed, 0, &[address.as_bytes(), page.html]);
    let target = |urn: &str| format!("{urn}{}", percent_encode(&address));
    let mut records = vec![
        Draft::new("resource", &id, page.at, "text/html; charset=utf-8", page.html.to_vec())
            .field("WARC-Target-URI", target(RENDERED_URN))
            .field(ROLE, RENDERED)
            .field(ADDRESS, address.clone())
            .field(REQUESTED, privacy.redact(page.requested))
            .field_if(STATUS, page.status.map(|status| status.to_string()))
            .field(BY, page.browser)
            .finish(),
    ];
    if let Some(picture) = page.screenshot {
        let shot = record_id(seed, 1, &[address.as_bytes(), picture]);
        let record = Draft::new("resource", &shot, page.at, "image/png", picture.to_vec())
            .field("WARC-Target-URI", format!("{VIEW_URN}{address}"))
            .field("WARC-Concurrent-To", format!("<{id}>"))
            .field(ROLE, SCREENSHOT)
            .finish();
        records.push(record);
    }
    Group { records, main: 0 }
}
