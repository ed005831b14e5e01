//! A record that was read against the standard, and against the digest of its payload.

use std::io::{Read, Seek};

use super::Reader;
use crate::archive::warc::coding::{DecodeLimits, decode};
use crate::archive::warc::record::{Integrity, Kind, Record};
use crate::archive::warc::{Packing, digest, http};

/// Whether a record's block, and its payload as it stands there, have the digests that its header announces; `None` where
/// it announces none, or one that cannot be compared.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) block: Option<bool>,
    pub(super) payload: Option<bool>,
}

impl<R: Read + Seek> Reader<R> {
    pub(super) fn check_header(&mut self, record: &Record, name: &str, at: &str) {
        if self.arc == Some(true) {
            return;
        }
        if record.id().is_empty() {
            self.warn(at, "has no WARC-Record-ID");
        }
        match record.header.get("WARC-Date") {
            None => self.warn(name, "has no WARC-Date"),
            Some(written) if written.ends_with('Z') && record.date().is_some() => {}
            Some(written) => self.warn(name, format!("its date {written} is not in the form of the standard")),
        }
        if let Some(target) = record.header.get("WARC-Target-URI") {
            let target = target.trim();
            if target.starts_with('<') {
                self.warn(name, "its target URI stands in angle brackets");
            }
            if target.contains(' ') {
                self.warn(name, "its target URI contains spaces");
            }
        }
        match record.kind() {
            Kind::Other(kind) => self.warn(name, format!("its type {kind:?} is not known")),
            Kind::Continuation => self.warn(name, "continues a record of another file, and is not joined to it"),
            _ => {}
        }
    }

    /// Compares the block and the payload as they stand with the digests that the header announces, in one go.
    pub(super) fn compare(&self, record: &Record) -> Compared {
        if !self.limits.digests || record.integrity != Integrity::Whole {
            return Compared::default();
        }
        let block = record.header.get("WARC-Block-Digest").map(|label| (label, &*record.block));
        let payload = record.header.get("WARC-Payload-Digest").zip(payload(record));
        let (block, payload) = match (block, payload) {
            (Some(block), Some(payload)) => digest::both_hold(block, payload),
            (block, payload) => {
                let holds = |(label, bytes)| digest::holds(label, bytes);
                (block.and_then(holds), payload.and_then(holds))
            }
        };
        Compared { block, payload }
    }

    /// Says where a whole block does not have its digest, or has one that is not checked.
    pub(super) fn check_block(&mut self, record: &mut Record, name: &str, compared: Option<bool>) {
        if !self.limits.digests || record.integrity != Integrity::Whole || compared == Some(true) {
            return;
        }
        let Some(label) = record.header.get("WARC-Block-Digest") else { return };
        if compared.is_none() {
            let message = format!("its digest {label} is of a kind that is not checked");
            self.warn(name, message);
        } else {
            let message = "its block does not have the digest that it announces";
            record.integrity = Integrity::Mismatch(message.to_owned());
            self.damage(name, message);
        }
    }

    /// Says where the payload does not have its digest: as stored, without chunks, or decoded, as some tools have it. A
    /// payload that has its digest is whole, whatever the digest of its block was taken of.
    pub(super) fn check_payload(&mut self, record: &mut Record, name: &str, compared: Option<bool>) {
        if !matches!(record.integrity, Integrity::Whole | Integrity::Mismatch(_)) || !self.limits.digests {
            return;
        }
        let Some((label, payload)) = record.header.get("WARC-Payload-Digest").zip(payload(record)) else { return };
        match compared {
            None => {
                let message = format!("its digest {label} is of a kind that is not checked");
                self.warn(name, message);
            }
            Some(true) => record.integrity = Integrity::Whole,
            Some(false) if is_of_answer(record, label, payload) => record.integrity = Integrity::Whole,
            Some(false) => {
                let message = "its payload does not have the digest that it announces";
                record.integrity = Integrity::Mismatch(message.to_owned());
                self.damage(name, message);
            }
        }
    }

    /// Bytes behind a record that are no next one may be its own, where no digest says how long it is and either nothing
    /// else does or they stand in the same packed piece: then nobody knows that it is whole.
    pub(super) fn check_rest(&mut self, record: &mut Record, name: &str, vouched: bool) {
        if vouched || record.integrity != Integrity::Whole || self.arc == Some(true) || self.pending.is_some() {
            return;
        }
        let unmeasured = record.header.get("Content-Length").is_none_or(|length| length.trim().parse::<u64>().is_err());
        let inside = self.packing != Packing::Plain && self.stream.position().skip > 0;
        if !unmeasured && !inside {
            return;
        }
        let goes_on = match self.stream.fill() {
            Ok(bytes) => !b"WARC/".starts_with(&bytes[..bytes.len().min(5)]),
            Err(broken) => {
                self.pending = Some(broken);
                false
            }
        };
        if goes_on {
            let message = "its block goes on behind its announced end";
            record.integrity = Integrity::Damaged(message.to_owned());
            self.damage(name, message);
        }
    }
}

/// The payload of a record, as it stands in its block; `None` where it has none that a digest is compared with.
fn payload(record: &Record) -> Option<&[u8]> {
    match record.kind() {
        Kind::Resource | Kind::Conversion => Some(&record.block),
        Kind::Response | Kind::Request => http::split_head(&record.block).map(|(_, payload)| payload),
        _ => None,
    }
}

/// Whether a digest is that of an answer's body without its chunks, or without its codings.
fn is_of_answer(record: &Record, label: &str, payload: &[u8]) -> bool {
    if !matches!(record.kind(), Kind::Response | Kind::Request) {
        return false;
    }
    let holds = |bytes: &[u8]| digest::holds(label, bytes) == Some(true);
    let decoded = || {
        let answer = http::HttpAnswer::parse(&record.block).ok()?;
        decode(&answer, &DecodeLimits::default()).ok()
    };
    http::dechunk(payload).is_some_and(|data| holds(&data.bytes)) || decoded().is_some_and(|body| holds(&body.bytes))
}
