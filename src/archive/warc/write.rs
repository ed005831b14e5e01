//! Records into bytes: WARC/1.1, one gzip member per record, digests over the bytes as stored.
//!
//! A record is built whole in memory and handed out as one member, so that the store can write it with one
//! call. The same input gives the same bytes: no clock and no random number is asked.

use std::fmt::Write as _;
use std::io::{self, Write};

use data_encoding::HEXLOWER;
use flate2::{Compression, GzBuilder};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::digest;
use super::http::split_head;
use super::record::{Header, Integrity, Place, Record};

/// What distinguishes the records of one archive that would otherwise be equal.
#[derive(Debug, Clone)]
pub(crate) struct Seed {
    /// The file.
    pub(crate) file: String,
    /// How long the file is before the record.
    pub(crate) offset: u64,
}

/// A record being put together.
pub(crate) struct Draft {
    header: Header,
    block: Vec<u8>,
    content_type: String,
    payload_digest: bool,
}

impl Draft {
    /// Begins a record of that type; `id` as [`record_id`] makes it.
    pub(crate) fn new(kind: &str, id: &str, date: Timestamp, content_type: &str, block: Vec<u8>) -> Self {
        let mut header = Header::default();
        header.push("WARC-Type", kind);
        header.push("WARC-Record-ID", format!("<{id}>"));
        header.push("WARC-Date", date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let payload_digest = matches!(kind, "response" | "resource" | "conversion");
        Self { header, block, content_type: content_type.to_owned(), payload_digest }
    }

    /// Adds a header field.
    pub(crate) fn field(mut self, name: &str, value: impl Into<String>) -> Self {
        self.header.push(name, value);
        self
    }

    /// Adds a header field where there is a value.
    pub(crate) fn field_if(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.field(name, value),
            None => self,
        }
    }

    /// Adds the digests and the length.
    pub(crate) fn finish(mut self) -> Record {
        self.header.push("WARC-Block-Digest", digest::label(&self.block));
        if self.payload_digest {
            let http = self.content_type.starts_with("application/http");
            let payload = if http { split_head(&self.block).map_or(&[][..], |(_, body)| body) } else { &self.block };
            self.header.push("WARC-Payload-Digest", digest::label(payload));
        }
        self.header.push("Content-Type", self.content_type);
        self.header.push("Content-Length", self.block.len().to_string());
        Record { header: self.header, block: self.block, place: Place::default(), integrity: Integrity::Whole }
    }
}

/// Makes the id of a record: a UUID (version 8) from what the record says and where it will stand.
pub(crate) fn record_id(seed: &Seed, number: usize, parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    hash.update(seed.file.as_bytes());
    hash.update(seed.offset.to_be_bytes());
    hash.update((number as u64).to_be_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = HEXLOWER.encode(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The header field that names the stored bytes of the record before, by their SHA-256.
pub(crate) const PREVIOUS: &str = "X-Onrecord-Previous";

/// Writes a record as one gzip member, whose header names neither time nor system; `previous` is the digest of
/// the stored bytes of the record before it.
pub(crate) fn member(record: &Record, previous: Option<&str>) -> io::Result<Vec<u8>> {
    let mut head = String::from("WARC/1.1\r\n");
    for (name, value) in record.header.fields() {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    if let Some(previous) = previous {
        let _ = write!(head, "{PREVIOUS}: sha256:{previous}\r\n");
    }
    head.push_str("\r\n");
    pack(&[head.as_bytes(), &record.block, b"\r\n\r\n"])
}

/// Packs bytes as one gzip member in the only form that we write.
pub(crate) fn pack(pieces: &[&[u8]]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::default());
    for piece in pieces {
        encoder.write_all(piece)?;
    }
    encoder.finish()
}
