//! An archive: a folder of segments, or a single file made by anyone, as a list of captures and their bodies.
//!
//! Opening reads the index, and of the segments only what it does not cover. Bodies are read one at a time,
//! by their place, and compared with what the index says of them. One writer at a time; what it appends is
//! on the disk before the capture is returned. Damage is reported, never repaired silently.

mod additions;

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::compose::{self, Group, LocalCopy, Told};
use super::describe::{Meaning, describe};
use super::error::{ArchiveError, Warning};
use super::exchange::Exchange;
use super::index;
use super::link::{Link, Linkable, link, plain};
use super::scan::{Entry, Held, Scan, entry, scan};
use super::segment::{self, Writer};
use super::warc::coding::DecodeLimits;
use super::warc::digest::sha256_hex;
use super::warc::read::{ReadLimits, Reader};
use crate::model::{Capture, CaptureId, Completeness, Failure, Origin, Outcome, Reason};

pub use additions::{Attachment, Validators};

/// What an archive is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To look captures up.
    Read,
    /// To add captures as well. Only one writer can have an archive open.
    Write,
}

/// An open archive.
pub struct Archive {
    path: PathBuf,
    limits: DecodeLimits,
    writer: Option<Writer>,
    /// Everything the index lists; only those with a capture are in `slots`.
    entries: Vec<Entry>,
    /// How far into each segment `entries` reach.
    reach: BTreeMap<String, u64>,
    captures: Vec<Capture>,
    links: Vec<Link>,
    /// For each entry that `links` counts, its number in `entries`.
    slots: Vec<usize>,
    by_id: HashMap<CaptureId, usize>,
    by_address: HashMap<String, Vec<usize>>,
    warnings: Vec<Warning>,
    /// Whether the index on the disk is behind.
    behind: bool,
    /// Whether the archive is one file instead of a folder.
    single: bool,
}

/// The decoded body of a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// `Content-Type` as served.
    pub content_type: Option<String>,
    /// What is odd about its record.
    pub warnings: Vec<Warning>,
}

impl Archive {
    /// Opens a folder of segments, or a single WARC file for reading.
    ///
    /// A folder that is missing is an empty archive for reading, and is created for writing.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, ArchiveError> {
        Self::open_with(path, mode, DecodeLimits::default())
    }

    /// The same with other limits on decoded bodies.
    pub fn open_with(path: &Path, mode: Mode, limits: DecodeLimits) -> Result<Self, ArchiveError> {
        let file = match fs::metadata(path) {
            Ok(metadata) => metadata.is_file(),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let extension = path.extension().unwrap_or_default();
                if ["warc", "gz", "wacz", "arc"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
                    return Err(ArchiveError::io("open", path)(error));
                }
                false
            }
            Err(error) => return Err(ArchiveError::io("open", path)(error)),
        };
        let mut archive = Self {
            path: path.to_owned(),
            limits,
            writer: None,
            entries: Vec::new(),
            reach: BTreeMap::new(),
            captures: Vec::new(),
            links: Vec::new(),
            slots: Vec::new(),
            by_id: HashMap::new(),
            by_address: HashMap::new(),
            warnings: Vec::new(),
            behind: false,
            single: file,
        };
        if file {
            if mode == Mode::Write {
                return Err(ArchiveError::NotAFolder { path: path.to_owned() });
            }
            archive.open_file()?;
        } else {
            archive.open_folder(mode)?;
        }
        archive.relink();
        Ok(archive)
    }

    /// Every capture, failed attempts included, in the order of the archive.
    pub fn captures(&self) -> &[Capture] {
        &self.captures
    }

    /// The captures of a URL, asked for or arrived at, or of a local path as written.
    pub fn captures_of(&self, address: &str) -> Vec<&Capture> {
        let found = self.by_address.get(&plain(address)).map_or(&[][..], Vec::as_slice);
        found.iter().map(|&number| &self.captures[number]).collect()
    }

    /// The oddities met while opening.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Where the archive is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether captures can be added.
    pub fn is_writable(&self) -> bool {
        self.writer.is_some()
    }

    /// Reads the body of a capture, and compares its record with what is known of it.
    pub fn body(&self, id: &CaptureId) -> Result<Body, ArchiveError> {
        let record = || id.0.clone();
        let number = *self.by_id.get(id).ok_or_else(|| ArchiveError::NoSuchRecord { record: record() })?;
        let capture = &self.captures[number];
        // of what was too large, the beginning is there to look at
        if let Outcome::Failed(failure) = &capture.outcome
            && (failure.reason != Reason::TooLarge || capture.sha256.is_empty())
        {
            return Err(ArchiveError::NoBody { record: record(), message: failure.detail.clone() });
        }
        let entry = &self.entries[self.slots[self.links[number].body]];
        let path = self.file(&entry.file);
        let file = File::open(&path).map_err(ArchiveError::io("open", &path))?;
        let segment = !self.single && segment::number(&entry.file).is_some();
        let mut reader = if segment {
            Reader::open_at(file, &entry.file, ReadLimits::default(), 0, true)?
        } else {
            Reader::open(file, &entry.file, ReadLimits::default())?
        };
        reader.seek_to(entry.place)?;
        let damaged = |message: &str| ArchiveError::Damaged { record: record(), message: message.to_owned() };
        let found = reader.next_record()?.ok_or_else(|| damaged("the file ends before it"))?;
        let mut warnings = reader.take_warnings();
        let Meaning::Capture(described) = describe(&found, &self.limits) else {
            return Err(damaged("there is another record in its place; delete the index, which is made anew"));
        };
        if let Outcome::Failed(failure) = &described.capture.outcome
            && failure.reason != Reason::TooLarge
        {
            return Err(damaged(&failure.detail));
        }
        let known = entry.held.as_ref().map(|held| &held.capture);
        let same = known.is_some_and(|known| {
            let read = &described.capture;
            (read.id.0.is_empty() || read.id.0 == known.id.0 || known.id.0.starts_with(&format!("{}#", read.id.0)))
                && (&read.sha256, read.status, read.captured, read.origin)
                    == (&known.sha256, known.status, known.captured, known.origin)
                && (&read.requested, &read.address, &read.content_type)
                    == (&known.requested, &known.address, &known.content_type)
                && read.completeness == known.completeness
        });
        if !same {
            return Err(damaged("it is not what the index says of it; delete the index, which is made anew"));
        }
        warnings.extend(described.warnings.into_iter().map(|message| Warning::new(id.0.clone(), message)));
        Ok(Body { bytes: described.body, content_type: capture.content_type.clone(), warnings })
    }

    /// Adds an exchange, with its redirects.
    pub fn append_exchange(&mut self, exchange: &Exchange) -> Result<Capture, ArchiveError> {
        let date = exchange.answer.as_ref().map_or(exchange.began, |answer| answer.asked);
        let seed = self.writer()?.seed(date)?;
        let group = compose::exchange(exchange, &Told::Source, &seed);
        self.append(&group)
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

    fn append_copy(&mut self, copy: &LocalCopy<'_>, now: Timestamp) -> Result<Capture, ArchiveError> {
        let sha256 = sha256_hex(copy.bytes);
        let held = self.captures.iter().find(|capture| {
            capture.origin == copy.origin && capture.requested == copy.path && capture.sha256 == sha256
        });
        if let Some(held) = held {
            return Ok(held.clone());
        }
        let seed = self.writer()?.seed(now)?;
        let group = compose::local(copy, now, &seed);
        self.append(&group)
    }

    /// Writes the index. Dropping the archive does the same, but cannot report an error.
    pub fn flush(&mut self) -> Result<(), ArchiveError> {
        if self.writer.is_some() && self.behind {
            let own = |entry: &&Entry| self.reach.contains_key(&entry.file);
            let entries: Vec<Entry> = self.entries.iter().filter(own).cloned().collect();
            index::write(&self.path, &self.reach, &entries)?;
            self.behind = false;
        }
        Ok(())
    }

    fn writer(&mut self) -> Result<&mut Writer, ArchiveError> {
        self.writer.as_mut().ok_or_else(|| ArchiveError::ReadOnly { path: self.path.clone() })
    }

    fn append(&mut self, group: &Group) -> Result<Capture, ArchiveError> {
        let written = self.writer()?.append(group)?;
        self.reach.insert(written.file.clone(), written.length);
        self.behind = true;
        let mut hops = Vec::new();
        let mut added = None;
        for (number, (record, place)) in group.records.iter().zip(&written.places).enumerate() {
            let held = match describe(record, &self.limits) {
                Meaning::Hop { hop, .. } => {
                    hops.push(hop);
                    None
                }
                Meaning::Capture(described) if number == group.main => {
                    let mut capture = described.capture;
                    capture.hops = std::mem::take(&mut hops);
                    added = Some(capture.clone());
                    Some(Held { capture, ours: true, revisit: described.revisit, redirect: None })
                }
                _ => continue,
            };
            self.entries.push(entry(record, &written.file, *place, held));
        }
        let record = group.records.get(group.main).map_or("", |record| record.id());
        let capture = added.ok_or_else(|| ArchiveError::Damaged {
            record: record.to_owned(),
            message: "what was written cannot be read back".to_owned(),
        })?;
        let slot = self.slots.len();
        let number = self.entries.iter().rposition(|entry| entry.held.is_some()).unwrap_or_default();
        self.slots.push(number);
        self.links.push(Link { body: slot, own: slot });
        self.by_id.insert(capture.id.clone(), self.captures.len());
        self.captures.push(capture.clone());
        self.list_addresses(self.captures.len() - 1);
        Ok(capture)
    }

    fn file(&self, name: &str) -> PathBuf {
        if self.single { self.path.clone() } else { self.path.join(name) }
    }

    fn open_file(&mut self) -> Result<(), ArchiveError> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = scan(&self.path, &name, 0, false, &self.limits)?;
        let empty = fs::metadata(&self.path).is_ok_and(|metadata| metadata.len() == 0);
        if found.records == 0 && !empty {
            return Err(ArchiveError::UnsupportedContainer {
                path: self.path.clone(),
                container: "no WARC file, or without a whole record",
            });
        }
        self.entries = found.entries;
        self.warnings = found.warnings;
        Ok(())
    }

    fn open_folder(&mut self, mode: Mode) -> Result<(), ArchiveError> {
        if mode == Mode::Write {
            self.writer = Some(Writer::lock(&self.path)?);
        }
        let mut names = self.list()?;
        names.sort();
        let mut known = match index::read(&self.path.join(index::FILE)) {
            Ok(index) => index.unwrap_or_default(),
            Err(message) => {
                let message = format!("cannot be used ({message}), and is made anew");
                self.warnings.push(Warning::new(index::FILE, message));
                index::Index::default()
            }
        };
        let mut last = None;
        for name in names {
            let path = self.path.join(&name);
            let Some(number) = segment::number(&name) else {
                let found = scan(&path, &name, 0, false, &self.limits)?;
                self.entries.extend(found.entries);
                self.warnings.extend(found.warnings);
                continue;
            };
            let length = fs::metadata(&path).map_err(ArchiveError::io("read", &path))?.len();
            let indexed = known.reach.remove(&name).filter(|reach| *reach <= length).unwrap_or(0);
            if indexed > 0 {
                self.entries.extend(known.entries.iter().filter(|entry| entry.file == name).cloned());
            }
            let mut whole = Some(length);
            if indexed < length {
                self.behind = true;
                let found = scan(&path, &name, indexed, true, &self.limits)?;
                whole = self.repair(&name, &found, length)?;
                self.entries.extend(found.entries);
                self.warnings.extend(found.warnings);
            }
            if let (Some(0), Some(writer)) = (whole, &self.writer) {
                writer.remove_empty(&name)?;
                continue;
            }
            self.reach.insert(name, whole.unwrap_or(length));
            last = Some((number, whole));
        }
        self.behind |= !known.reach.is_empty();
        if let (Some(writer), Some((number, whole))) = (&mut self.writer, last) {
            writer.resume(number, whole)?;
        }
        if let Err(error) = self.flush() {
            self.warnings.push(Warning::new(index::FILE, error.to_string()));
        }
        Ok(())
    }

    /// Cuts off what an interrupted write left; gives the length up to which the segment can be written on.
    fn repair(&mut self, name: &str, found: &Scan, length: u64) -> Result<Option<u64>, ArchiveError> {
        let Some(tail) = found.tail else { return Ok(Some(length)) };
        match &self.writer {
            Some(writer) if tail.interrupted => {
                self.warnings.push(writer.cut(name, tail.offset)?);
                Ok(Some(tail.offset))
            }
            // damage of another kind stays as it is, and nothing is written after it
            _ => Ok(None),
        }
    }

    fn list(&self) -> Result<Vec<String>, ArchiveError> {
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(ArchiveError::io("read", &self.path)(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(ArchiveError::io("read", &self.path))?.file_name();
            if let Some(name) = name.to_str().filter(|name| name.ends_with(".warc") || name.ends_with(".warc.gz")) {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }

    /// Makes the list of captures from the entries.
    fn relink(&mut self) {
        self.distinguish();
        self.slots = (0..self.entries.len()).filter(|&number| self.entries[number].held.is_some()).collect();
        let linkable: Vec<Linkable<'_>> = self
            .entries
            .iter()
            .filter_map(|entry| Some(Linkable { held: entry.held.as_ref()?, digest: entry.digest.as_deref() }))
            .collect();
        let linked = link(&linkable);
        self.by_id.clear();
        for (number, (capture, link)) in linked.iter().enumerate() {
            if link.own == number {
                self.by_id.insert(capture.id.clone(), number);
            }
        }
        (self.captures, self.links) = linked.into_iter().unzip();
        self.by_address.clear();
        for number in 0..self.captures.len() {
            self.list_addresses(number);
        }
    }

    fn list_addresses(&mut self, number: usize) {
        let capture = &self.captures[number];
        let (requested, address) = (plain(&capture.requested), plain(&capture.address));
        if address != requested {
            self.by_address.entry(address).or_default().push(number);
        }
        self.by_address.entry(requested).or_default().push(number);
    }

    /// Gives captures with the same record id names of their own, so that none hides another's body.
    fn distinguish(&mut self) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for held in self.entries.iter_mut().filter_map(|entry| entry.held.as_mut()) {
            let times = seen.entry(held.capture.id.0.clone()).or_default();
            *times += 1;
            if *times > 1 {
                let message = "is the id of several records; the later ones are numbered";
                self.warnings.push(Warning::new(held.capture.id.0.clone(), message));
                held.capture.id.0 = format!("{}#{times}", held.capture.id.0);
            }
        }
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        // the index is a cache: if it cannot be written now, the next opening makes it
        let _ = self.flush();
    }
}
