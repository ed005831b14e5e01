//! What is added to an archive beside what sources answered: robots.txt, other archives' copies, "unchanged",
//! copies that people supplied, pages as a browser showed them.

use std::fs::File;

use jiff::Timestamp;

use super::Archive;
use crate::archive::compose::{self, Attached, Rendering, Told, Unchanged};
use crate::archive::error::ArchiveError;
use crate::archive::exchange::Exchange;
use crate::archive::link::{Link, complete};
use crate::archive::segment;
use crate::archive::warc::HttpAnswer;
use crate::archive::warc::read::{ReadLimits, Reader};
use crate::model::{Capture, CaptureId, Completeness, Origin, Outcome};

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

/// A copy of a source that a person supplies.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// The source, as it is named: a URL or a path.
    pub source: &'a str,
    /// The copy.
    pub bytes: &'a [u8],
    /// Its media type.
    pub content_type: &'a str,
    /// When the person saw it so.
    pub seen: Timestamp,
    /// Who.
    pub by: &'a str,
    /// The picture that the copy was typed off, and its media type.
    pub picture: Option<(&'a [u8], &'a str)>,
}

impl Archive {
    /// Keeps a robots.txt that was asked for. It is a record and no capture: no claim rests on it.
    pub fn append_robots(&mut self, exchange: &Exchange) -> Result<(), ArchiveError> {
        let Some(answer) = &exchange.answer else { return Ok(()) };
        let seed = self.writer()?.seed(answer.asked)?;
        let group = compose::exchange(exchange, &Told::Robots, &seed);
        let written = self.writer()?.append(&group)?;
        self.reach.insert(written.file, written.length);
        self.behind = true;
        Ok(())
    }

    /// Adds another archive's copy: `exchange` fetched it, and it is of that date.
    pub fn append_memento(&mut self, exchange: &Exchange, date: Timestamp) -> Result<Capture, ArchiveError> {
        let seed = self.writer()?.seed(exchange.began)?;
        let group = compose::exchange(exchange, &Told::Memento(date), &seed);
        self.append(&group)
    }

    /// Adds that a server says of an earlier capture that it is unchanged, as a `revisit` record.
    pub fn append_unchanged(&mut self, exchange: &Exchange, earlier: &CaptureId) -> Result<Capture, ArchiveError> {
        let number =
            *self.by_id.get(earlier).ok_or_else(|| ArchiveError::NoSuchRecord { record: earlier.0.clone() })?;
        // what a revisit refers to is the record with the body
        let body = self.links[number].body;
        let entry = &self.entries[self.slots[body]];
        let original = entry
            .held
            .as_ref()
            .map(|held| held.capture.clone())
            .ok_or_else(|| ArchiveError::NoSuchRecord { record: earlier.0.clone() })?;
        let unchanged = Unchanged {
            id: original.id.0.clone(),
            url: entry.url.clone(),
            date: entry.date,
            digest: entry.digest.clone(),
        };
        let seed = self.writer()?.seed(exchange.began)?;
        let group = compose::exchange(exchange, &Told::Unchanged(&unchanged), &seed);
        self.append(&group)?;
        let last = self.captures.len() - 1;
        complete(&mut self.captures[last], &original);
        self.links[last] = Link { body, own: self.links[last].own };
        Ok(self.captures[last].clone())
    }

    /// Adds a copy that a person supplied; once, while its bytes, its date and its person stay the same.
    pub fn append_attached(&mut self, copy: &Attachment<'_>, now: Timestamp) -> Result<Capture, ArchiveError> {
        let sha256 = crate::archive::sha256_hex(copy.bytes);
        let held = self.captures_of(copy.source).into_iter().find(|capture| {
            capture.supplied_by.as_deref() == Some(copy.by) && capture.sha256 == sha256 && capture.captured == copy.seen
        });
        if let Some(held) = held {
            return Ok(held.clone());
        }
        let seed = self.writer()?.seed(now)?;
        let attached = Attached {
            source: copy.source,
            bytes: copy.bytes,
            content_type: copy.content_type,
            seen: copy.seen,
            by: copy.by,
            picture: copy.picture,
        };
        let group = compose::attached(&attached, now, &seed);
        self.append(&group)
    }

    /// Adds a page as a browser showed it, with its picture.
    pub fn append_rendered(&mut self, page: &Rendering) -> Result<Capture, ArchiveError> {
        let seed = self.writer()?.seed(page.at)?;
        let group = compose::rendered(page, &seed);
        self.append(&group)
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
        let number = *self.by_id.get(&newest.id)?;
        let entry = &self.entries[self.slots[self.links[number].body]];
        let path = self.file(&entry.file);
        let file = File::open(path).ok()?;
        let own = !self.single && segment::number(&entry.file).is_some();
        let mut reader = if own {
            Reader::open_at(file, &entry.file, ReadLimits::default(), 0, true).ok()?
        } else {
            Reader::open(file, &entry.file, ReadLimits::default()).ok()?
        };
        reader.seek_to(entry.place).ok()?;
        let record = reader.next_record().ok()??;
        let answer = HttpAnswer::parse(&record.block).ok()?;
        let field = |name: &str| answer.field(name).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
        let (etag, last_modified) = (field("ETag"), field("Last-Modified"));
        if etag.is_none() && last_modified.is_none() {
            return None;
        }
        Some(Validators { capture: newest.id.clone(), url: newest.address.clone(), etag, last_modified })
    }
}
