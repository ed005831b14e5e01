//! A record that was read against the standard, and against the digest of its payload.

use std::io::{Read, Seek};

use super::Reader;
use crate::archive::warc::coding::{DecodeLimits, decode};
use crate::archive::warc::record::{Integrity, Kind, Record};
use crate::archive::warc::{Packing, digest, http};

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

    /// Compares the payload with its digest: as stored, without chunks, or decoded, as some tools have it. A payload that
    /// has its digest is whole, whatever the digest of its block was taken of.
    pub(super) fn check_payload(&mut self, record: &mut Record, name: &str) {
        let Some(label) = record.header.get("WARC-Payload-Digest") else { return };
        let label = label.to_owned();
        if !matches!(record.integrity, Integrity::Whole | Integrity::Mismatch(_)) || !self.limits.digests {
            return;
        }
        let holds = match record.kind() {
            Kind::Resource | Kind::Conversion => digest::holds(&label, &record.block),
            Kind::Response | Kind::Request => match http::split_head(&record.block) {
                Some((_, payload)) => digest::holds(&label, payload).map(|holds| {
                    holds
                        || http::dechunk(payload).is_some_and(|data| digest::holds(&label, &data.bytes) == Some(true))
                        || is_of_decoded(&label, &record.block)
                }),
                None => return,
            },
            _ => return,
        };
        match holds {
            None => self.warn(name, format!("its digest {label} is of a kind that is not checked")),
            Some(true) => record.integrity = Integrity::Whole,
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

/// Whether a digest is that of the answer's body without its codings.
fn is_of_decoded(label: &str, block: &[u8]) -> bool {
    let decoded = http::HttpAnswer::parse(block).ok().and_then(|answer| decode(&answer, &DecodeLimits::default()).ok());
    decoded.is_some_and(|decoded| digest::holds(label, &decoded.bytes) == Some(true))
}
