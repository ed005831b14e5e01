//! Adding to an open archive: what was fetched, what failed, and what people supply.

use jiff::Timestamp;

use super::compose::{self, Earlier, Group};
use super::describe::{Meaning, describe};
use super::error::ArchiveError;
use super::exchange::{Answer, Exchange};
use super::link::{Link, complete};
use super::log;
use super::scan::{Held, entry};
use super::seal::{self, HeadSignature, Key};
use super::segment::Writer;
use super::store::Archive;
use super::supplied::{self, LocalCopy, Rendering, Supplied};
use super::warc::digest::{self, sha256_hex};
use crate::model::{Capture, CaptureId, Completeness, Failure, Origin, Outcome};

impl Archive {
    /// Adds an exchange, with its redirects.
    pub fn append_exchange(&mut self, exchange: &Exchange) -> Result<Capture, ArchiveError> {
        let date = exchange.answer.as_ref().map_or(exchange.began, |answer| answer.asked);
        let seed = self.writer()?.seed(date)?;
        let earlier = self.same_payload(exchange);
        let said = earlier.and_then(|slot| self.earlier(slot));
        let group = compose::exchange(exchange, &seed, &self.options.privacy, said.as_ref());
        self.append(&group, earlier.filter(|_| said.is_some()))
    }

    /// Adds a failed attempt that never became an exchange.
    pub fn append_failure(&mut self, url: &str, failure: Failure, at: Timestamp) -> Result<Capture, ArchiveError> {
        self.append_exchange(&Exchange {
            requested: url.to_owned(),
            began: at,
            hops: Vec::new(),
            answer: None,
            failure: Some(failure),
        })
    }

    /// Adds a local file that is itself a source, under its path as written; once, while its bytes stay the same.
    pub fn append_local(
        &mut self,
        path: &str,
        bytes: &[u8],
        content_type: &str,
        modified: Timestamp,
        now: Timestamp,
    ) -> Result<Capture, ArchiveError> {
        self.append_copy(&LocalCopy { path, bytes, content_type, modified, origin: Origin::Local }, now)
    }

    /// Adds a copy that a person saved, under its path as written; once, while its bytes stay the same.
    pub fn append_imported(
        &mut self,
        path: &str,
        bytes: &[u8],
        content_type: &str,
        modified: Timestamp,
        now: Timestamp,
    ) -> Result<Capture, ArchiveError> {
        self.append_copy(&LocalCopy { path, bytes, content_type, modified, origin: Origin::Imported }, now)
    }

    /// The capture that a local file would be, for archives that cannot be written.
    pub fn local_capture(path: &str, bytes: &[u8], content_type: &str, modified: Timestamp) -> Capture {
        Capture {
            id: CaptureId(format!("local:{path}")),
            requested: path.to_owned(),
            address: path.to_owned(),
            hops: Vec::new(),
            captured: modified,
            origin: Origin::Local,
            status: None,
            content_type: Some(content_type.to_owned()),
            sha256: sha256_hex(bytes),
            completeness: Completeness::Complete,
            outcome: Outcome::Body,
        }
    }

    /// Adds a copy of a source that a person saved elsewhere, with who saw it and when; once, while its bytes and
    /// what is said of them stay the same.
    pub fn append_supplied(&mut self, copy: &Supplied<'_>, now: Timestamp) -> Result<Capture, ArchiveError> {
        let sha256 = sha256_hex(copy.bytes);
        let held = self.captures.iter().find(|capture| {
            capture.origin == Origin::Imported
                && capture.requested == copy.address
                && capture.sha256 == sha256
                && capture.captured == copy.seen
        });
        if let Some(held) = held {
            return Ok(held.clone());
        }
        let seed = self.writer()?.seed(now)?;
        let group = supplied::supplied(copy, now, &seed, &self.options.privacy);
        self.append(&group, None)
    }

    /// Adds a page as a browser rendered it, with what the browser showed.
    pub fn append_rendering(&mut self, rendering: &Rendering<'_>) -> Result<Capture, ArchiveError> {
        let seed = self.writer()?.seed(rendering.at)?;
        let group = supplied::rendering(rendering, &seed, &self.options.privacy);
        self.append(&group, None)
    }

    /// Signs the head of the log: everything that was written so far. Returns the fingerprint of the key.
    pub fn sign(&mut self, key: &Key, now: Timestamp) -> Result<String, ArchiveError> {
        self.writer()?;
        let log = log::read(&self.path)?.unwrap_or_default();
        let nothing =
            || ArchiveError::Damaged { record: log::FILE.to_owned(), message: "nothing was written yet".into() };
        let last = log.entries.last().ok_or_else(nothing)?;
        let signature = HeadSignature::new(&last.hash, last.seq, now, key)
            .map_err(|error| ArchiveError::io("sign", &self.path)(std::io::Error::other(error)))?;
        seal::add(&self.path, &signature)?;
        Ok(key.fingerprint())
    }

    /// The head of the log; `None` where nothing was written, or the archive is one file.
    pub fn head(&self) -> Result<Option<String>, ArchiveError> {
        if self.single {
            return Ok(None);
        }
        Ok(log::read(&self.path)?.and_then(|log| log.head().map(str::to_owned)))
    }

    /// The slot of a whole answer with the same payload, in a segment of ours, that a revisit can refer to.
    fn same_payload(&self, exchange: &Exchange) -> Option<usize> {
        let answer = exchange.answer.as_ref().filter(|answer| answer.truncated.is_none() && !answer.body.is_empty())?;
        let coding = |answer: &Answer| {
            let field = answer.fields.iter().find(|field| field.name.eq_ignore_ascii_case("content-encoding"));
            field.map(|field| field.value.to_ascii_lowercase())
        };
        let digest = digest::label(&answer.body);
        let number = *self.by_payload.get(&digest)?;
        let slot = self.slots.iter().position(|&entry| entry == number)?;
        let entry = self.entries.get(number)?;
        let held = entry.held.as_ref()?;
        let capture = &held.capture;
        // a payload means the same only under the same coding: the one decoded body must be the other
        let plain = coding(answer).is_none_or(|coding| coding == b"identity");
        let same = if plain {
            capture.sha256 == sha256_hex(&answer.body)
        } else {
            let mut probe = compose::probe(answer);
            probe.place = entry.place;
            matches!(describe(&probe, &self.options.decode), Meaning::Capture(read) if read.capture.sha256 == capture.sha256)
        };
        let serves = capture.outcome == Outcome::Body
            && capture.completeness == Completeness::Complete
            && capture.status == Some(answer.status);
        (same && serves && entry.mime != "warc/revisit").then_some(slot)
    }

    fn earlier(&self, slot: usize) -> Option<Earlier> {
        let entry = self.entries.get(*self.slots.get(slot)?)?;
        let id = entry.held.as_ref()?.capture.id.0.clone();
        Some(Earlier { id, url: entry.url.clone(), date: entry.date })
    }

    fn append_copy(&mut self, copy: &LocalCopy<'_>, now: Timestamp) -> Result<Capture, ArchiveError> {
        let sha256 = sha256_hex(copy.bytes);
        let held = self.captures.iter().find(|capture| {
            capture.origin == copy.origin && capture.requested == copy.path && capture.sha256 == sha256
        });
        if let Some(held) = held {
            return Ok(held.clone());
        }
        let seed = self.writer()?.seed(now)?;
        let group = supplied::local(copy, now, &seed);
        self.append(&group, None)
    }

    pub(super) fn writer(&mut self) -> Result<&mut Writer, ArchiveError> {
        self.writer.as_mut().ok_or_else(|| ArchiveError::ReadOnly { path: self.path.clone() })
    }

    pub(super) fn append(&mut self, group: &Group, same_as: Option<usize>) -> Result<Capture, ArchiveError> {
        let written = self.writer()?.append(group)?;
        self.reach.insert(written.file.clone(), written.length);
        self.behind = true;
        let mut hops = Vec::new();
        let mut added = None;
        for (number, (record, place)) in group.records.iter().zip(&written.places).enumerate() {
            let held = match describe(record, &self.options.decode) {
                Meaning::Hop { hop, .. } => {
                    hops.push(hop);
                    None
                }
                Meaning::Beside => None,
                Meaning::Capture(described) if number == group.main => {
                    let mut capture = described.capture;
                    capture.hops = std::mem::take(&mut hops);
                    let revisit = described.revisit;
                    added = Some(capture.clone());
                    Some(Held { capture, ours: true, revisit, redirect: None })
                }
                _ => continue,
            };
            self.entries.push(entry(record, &written.file, *place, held));
        }
        let record = group.records.get(group.main).map_or("", |record| record.id());
        let mut capture = added.ok_or_else(|| ArchiveError::Damaged {
            record: record.to_owned(),
            message: "what was written cannot be read back".to_owned(),
        })?;
        let slot = self.slots.len();
        let number = self.entries.iter().rposition(|entry| entry.held.is_some()).unwrap_or_default();
        self.slots.push(number);
        if let Some(entry) = self.entries.get(number)
            && let (Some(digest), None) = (&entry.digest, same_as)
        {
            self.by_payload.entry(digest.clone()).or_insert(number);
        }
        if let Some(original) = same_as.and_then(|slot| self.captures_at(slot)) {
            complete(&mut capture, &original);
        }
        self.links.push(Link { body: same_as.unwrap_or(slot), own: slot });
        self.by_id.insert(capture.id.clone(), self.captures.len());
        self.captures.push(capture.clone());
        self.list_addresses(self.captures.len() - 1);
        Ok(capture)
    }

    /// The capture that the entry of a slot is by itself.
    fn captures_at(&self, slot: usize) -> Option<Capture> {
        let entry = self.entries.get(*self.slots.get(slot)?)?;
        entry.held.as_ref().map(|held| held.capture.clone())
    }
}
