//! One WARC record: its header fields, its block, and where in the file it stands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The header of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    fields: Vec<(String, String)>,
}

/// One record, read whole.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its header.
    pub header: Header,
    /// Its block, up to the reader's limit.
    pub block: Vec<u8>,
    /// Where it stands.
    pub place: Place,
    /// Whether it is what it says.
    pub integrity: Integrity,
}

/// Where a record stands in its file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Offset in the file: of the record, or of the gzip member in which it begins.
    pub offset: u64,
    /// Length in the file, compressed; 0 where the record does not begin and end with its gzip member.
    pub length: u64,
    /// How much of the decompressed member stands before the record.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skip: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Whether a record is what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Integrity {
    /// It is there from its first to its last byte, and no checksum speaks against it.
    Whole,
    /// The file ends inside it, or its block passes the reader's limit.
    Cut,
    /// Its bytes do not have a digest that its header announces.
    Mismatch(String),
    /// Its compressed bytes do not decode, or their checksum is wrong.
    Damaged(String),
}

/// The type of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// About the file.
    Warcinfo,
    /// What a server answered.
    Response,
    /// What was asked.
    Request,
    /// Bytes without a protocol.
    Resource,
    /// About another record.
    Metadata,
    /// A further visit with the same answer.
    Revisit,
    /// Another form of a record.
    Conversion,
    /// The rest of a record from another file.
    Continuation,
    /// None of the above, or none given.
    Other(String),
}

impl Header {
    /// Adds a field at the end. Line breaks in the value become spaces: a value never begins a new field.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        let mut value = value.into();
        if value.contains(['\r', '\n', '\0']) {
            value = value.replace(['\r', '\n', '\0'], " ");
        }
        self.fields.push((name.to_owned(), value));
    }

    /// The first field of that name, in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Every field, in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Appends text to the last field's value: a folded line.
    pub(crate) fn continue_last(&mut self, text: &str) {
        if let Some((_, value)) = self.fields.last_mut() {
            value.push(' ');
            value.push_str(text);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.fields.len()
    }
}

impl Record {
    /// The type.
    pub fn kind(&self) -> Kind {
        Kind::of(&self.header)
    }

    /// The `WARC-Record-ID` without angle brackets; empty where there is none.
    pub fn id(&self) -> &str {
        self.header.get("WARC-Record-ID").map_or("", bare)
    }

    /// The `WARC-Target-URI` without angle brackets and with spaces escaped.
    pub fn target(&self) -> Option<String> {
        let target = bare(self.header.get("WARC-Target-URI")?);
        (!target.is_empty()).then(|| target.replace(' ', "%20"))
    }

    /// The `WARC-Date`, also where it has an offset, is fourteen digits, or ends with the day, month or year; `None` where
    /// it cannot be read.
    pub fn date(&self) -> Option<Timestamp> {
        read_date(self.header.get("WARC-Date")?)
    }
}

/// A value without the angle brackets around it.
pub(crate) fn bare(value: &str) -> &str {
    let value = value.trim();
    value.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(value)
}

fn read_date(written: &str) -> Option<Timestamp> {
    let written = written.trim();
    if let Ok(date) = written.parse::<Timestamp>() {
        return Some(date);
    }
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    // WARC 1.1 takes the forms of W3C-DTF, down to the year alone: what is left out is its first moment
    let first = "00000101000000";
    if !(digits.len() >= 14 || matches!(digits.len(), 4 | 6 | 8 | 12) && written.starts_with(digits.get(..4)?)) {
        return None;
    }
    let full = format!("{}{}", digits.get(..digits.len().min(14))?, first.get(digits.len()..).unwrap_or_default());
    let date = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", full).ok()?;
    date.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

impl Kind {
    fn of(header: &Header) -> Self {
        let written = header.get("WARC-Type").unwrap_or_default().trim();
        match written.to_ascii_lowercase().as_str() {
            "warcinfo" => Self::Warcinfo,
            "response" => Self::Response,
            "request" => Self::Request,
            "resource" => Self::Resource,
            "metadata" => Self::Metadata,
            "revisit" => Self::Revisit,
            "conversion" => Self::Conversion,
            "continuation" => Self::Continuation,
            _ => Self::Other(written.to_owned()),
        }
    }
}
