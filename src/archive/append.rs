//! Adding to an open archive: what was fetched, what failed, and what people supply.

use std::sync::Arc;

use jiff::Timestamp;

use super::compose::{self, Earlier, Group, Told};
use super::describe::{Meaning, describe};
use super::error::ArchiveError;
use super::exchange::{Answer, Exchange};
use super::link::{Link, complete};
use super::log;
use super::scan::{Held, entry};
use super::seal::{self, HeadSignature, Key};
use super::segment::Writer;
use super::store::{Archive, id_of, payload_of};
use super::supplied::{self, LocalCopy, Rendering, Supplied};
use super::warc::HttpAnswer;
use super::warc::digest::{self, sha256_hex};
use crate::model::{Capture, CaptureId, Completeness, Failure, Origin, Outcome};

/// By what a server tells whether a page that is held has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validators {
    /// The capture with the body.
    pub capture: CaptureId,
    /// Where it answered.
    pub url: String,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

impl Archive {
    /// Adds an exchange, with its redirects.
    pub fn append_exchange(&mut self, exchange: &Exchange) -> Result<Capture, ArchiveError> {
        let date = exchange.answer.as_ref().map_or(exchange.began, |answer| answer.asked);
        let seed = self.writer()?.seed(date)?;
        let earlier = self.same_payload(exchange);
        let said = earlier.and_then(|slot| self.earlier(slot));
        let told = said.as_ref().map_or(Told::Source, Told::Same);
        let group = compose::exchange(exchange, &told, &seed, &self.options.privacy);
        self.append(&group, earlier.filter(|_| said.is_some()))
    }

    /// Adds that a server says of an earlier capture that it is unchanged, as a `revisit` record.
    pub fn append_unchanged(&mut self, exchange: &Exchange, earlier: &CaptureId) -> Result<Capture, ArchiveError> {
        let lost = || ArchiveError::NoSuchRecord { record: earlier.0.clone() };
        // what a revisit refers to is the record with the body
        let slot = self.links[self.number(earlier).ok_or_else(lost)?].body;
        let said = self.earlier(slot).ok_or_else(lost)?;
        let seed = self.writer()?.seed(exchange.began)?;
        let group = compose::exchange(exchange, &Told::Unchanged(&said), &seed, &self.options.privacy);
        self.append(&group, Some(slot))
    }

    /// Adds another archive's copy: `exchange` fetched it, and it is of that date.
    pub fn append_memento(&mut self, exchange: &Exchange, date: Timestamp) -> Result<Capture, ArchiveError> {
        let seed = self.writer()?.seed(exchange.began)?;
        let group = compose::exchange(exchange, &Told::Memento(date), &seed, &self.options.privacy);
        self.append(&group, None)
    }

    /// Keeps a robots.txt that was asked for. It is a record and no capture: no claim rests on it.
    pub fn append_robots(&mut self, exchange: &Exchange) -> Result<(), ArchiveError> {
        let Some(answer) = &exchange.answer else { return Ok(()) };
        let seed = self.writer()?.seed(answer.asked)?;
        let group = compose::exchange(exchange, &Told::Robots, &seed, &self.options.privacy);
        self.write(&group)?;
        Ok(())
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
            supplied_by: None,
        }
    }

    /// Adds a copy of a source that a person saved elsewhere, with who saw it and when; once, while its bytes, its
    /// date and its person stay the same.
    pub fn append_supplied(&mut self, copy: &Supplied<'_>, now: Timestamp) -> Result<Capture, ArchiveError> {
        let sha256 = sha256_hex(copy.bytes);
        let address = self.options.privacy.redact(copy.address);
        let held = self.captures.iter().find(|capture| {
            capture.origin == Origin::Imported
                && capture.requested == address
                && capture.sha256 == sha256
                && capture.captured == copy.seen
                && capture.supplied_by.as_deref() == copy.by
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

    /// By what a server could tell whether the newest whole capture of a URL is still the page; `None` where there
    /// is no such capture, or the server gave nothing to tell it by.
    pub fn validators(&self, url: &str) -> Option<Validators> {
        let good = |capture: &&Capture| {
            capture.origin == Origin::Live
                && capture.outcome == Outcome::Body
                && capture.completeness == Completeness::Complete
                && capture.status == Some(200)
        };
        let newest = self.captures_of(url).into_iter().filter(good).max_by_key(|capture| capture.captured)?;
        let link = self.links[self.number(&newest.id)?];
        let (own, body) = (&self.entries[self.slots[link.own]], &self.entries[self.slots[link.body]]);
        // "unchanged" need not repeat what the page itself came with; any other answer speaks for itself
        let entry = if own.status == Some(304) && own.url == body.url { body } else { own };
        let record = self.reader_at(entry).ok()?.next_record().ok()??;
        let answer = HttpAnswer::parse(&record.block).ok()?;
        let field = |name: &str| answer.field(name).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
        let (etag, last_modified) = (field("ETag"), field("Last-Modified"));
        if etag.is_none() && last_modified.is_none() {
            return None;
        }
        Some(Validators { capture: newest.id.clone(), url: newest.address.clone(), etag, last_modified })
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
        let number = self.by_payload.find(&digest, payload_of(&self.entries))?;
        let slot = self.slots.binary_search(&number).ok()?;
        let entry = self.entries.get(number)?;
        let capture = self.own(slot)?;
        // a payload means the same only under the same coding: the one decoded body must be the other
        let plain = coding(answer).is_none_or(|coding| coding == b"identity");
        let same = if plain {
            capture.sha256 == sha256_hex(&answer.body)
        } else {
            let mut probe = compose::probe(answer);
            probe.place = entry.place;
            match describe(&probe, &self.options.decode) {
                // what does not decode is kept as it came, and is the same as nothing
                Meaning::Capture(read) => {
                    read.capture.sha256 == capture.sha256 && read.capture.outcome == Outcome::Body
                }
                _ => false,
            }
        };
        let serves = capture.outcome == Outcome::Body
            && capture.completeness == Completeness::Complete
            && capture.status == Some(answer.status);
        (same && serves && entry.mime != "warc/revisit").then_some(slot)
    }

    fn earlier(&self, slot: usize) -> Option<Earlier> {
        let entry = self.entries.get(*self.slots.get(slot)?)?;
        let id = self.own(slot)?.id.0.clone();
        let digest = entry.digest.as_deref().map(str::to_owned);
        Some(Earlier { id, url: entry.url.to_string(), date: entry.date, digest })
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

    /// Writes a group, and lists its records; gives the number of the entry that is its capture, if one is.
    fn write(&mut self, group: &Group) -> Result<Option<usize>, ArchiveError> {
        let written = self.writer()?.append(group)?;
        self.reach.insert(written.file.clone(), written.length);
        self.behind = true;
        // the name that the entry before it has, where it is the same
        let before = self.entries.last().map(|entry| &entry.file).filter(|file| ***file == *written.file);
        let file = before.map_or_else(|| Arc::from(written.file.as_str()), Arc::clone);
        let mut hops = Vec::new();
        let mut main = None;
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
                    main = Some(self.entries.len());
                    let (own, revisit) = (Some(Box::new(capture)), described.revisit.map(Box::new));
                    Some(Held { own, ours: true, revisit, redirect: None })
                }
                _ => continue,
            };
            self.lacking.add([self.entries.len()]);
            self.entries.push(entry(record, &file, *place, held));
        }
        Ok(main)
    }

    /// Adds a group that is a capture, whose body is that of the slot `same_as` where it has none of its own.
    pub(super) fn append(&mut self, group: &Group, same_as: Option<usize>) -> Result<Capture, ArchiveError> {
        let number = self.write(group)?;
        let record = group.records.get(group.main).map_or("", |record| record.id());
        let lost = || ArchiveError::Damaged {
            record: record.to_owned(),
            message: "what was written cannot be read back".to_owned(),
        };
        let number = number.ok_or_else(lost)?;
        let held = self.entries.get_mut(number).and_then(|entry| entry.held.as_mut()).ok_or_else(lost)?;
        let capture = held.own.take().ok_or_else(lost)?;
        let slot = self.slots.len();
        let original = same_as.and_then(|slot| self.own(slot));
        let capture = match original {
            Some(original) => {
                let mut completed = (*capture).clone();
                complete(&mut completed, original);
                if let Some(held) = &mut self.entries[number].held {
                    held.own = Some(capture);
                }
                completed
            }
            None => *capture,
        };
        self.slots.push(number);
        self.links.push(Link { body: same_as.unwrap_or(slot), own: slot });
        self.captures.push(capture.clone());
        self.by_id.add(self.captures.len() - 1, id_of(&self.captures));
        if same_as.is_none() && self.entries[number].digest.is_some() {
            self.by_payload.add(number, payload_of(&self.entries));
        }
        self.list_addresses(self.captures.len() - 1);
        Ok(capture)
    }
}
