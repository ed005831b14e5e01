//! A record that was read against the standard, and against the digest of its payload.

use std::io::{Read, Seek};

use super::Reader;
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

    /// Compares the payload with its digest: as stored, or without chunks as some tools have it.
    pub(super) fn check_payload(&mut self, record: &mut Record, name: &str) {
        let Some(label) = record.header.get("WARC-Payload-Digest") else { return };
        let label = label.to_owned();
        if record.integrity != Integrity::Whole || !self.limits.digests {
            return;
        }
        let payload = match record.kind() {
            Kind::Resource | Kind::Conversion => Some(record.block.as_slice()),
            Kind::Response | Kind::Request => http::split_head(&record.block).map(|(_, payload)| payload),
            _ => return,
        };
        let Some(payload) = payload else { return };
        let holds = match digest::holds(&label, payload) {
            Some(false) => http::dechunk(payload).is_some_and(|data| digest::holds(&label, &data.bytes) == Some(true)),
            Some(true) => true,
            None => {
                self.warn(name, format!("its digest {label} is of a kind that is not checked"));
                return;
            }
        };
        if !holds {
            let message = "its payload does not have the digest that it announces";
            record.integrity = Integrity::Mismatch(message.to_owned());
            self.damage(name, message);
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
