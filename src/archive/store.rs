//! An archive: a folder of segments, or a single file made by anyone, as a list of captures and their bodies.
//!
//! Opening reads the index, and of the segments only what it does not cover. Bodies are read one at a time,
//! by their place, and compared with what the index says of them. One writer at a time; what it appends is
//! on the disk before the capture is returned. Damage is reported, never repaired silently.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::describe::{Meaning, describe};
use super::error::{ArchiveError, Warning};
use super::index;
use super::link::{Link, Linkable, link, plain};
use super::lookup::Lookup;
use super::options::Options;
use super::parts::{self, PartFile};
use super::scan::Entry;
use super::segment::{self, Writer};
use super::supplied;
use super::warc::Packing;
use super::warc::read::{ReadLimits, Reader};
use super::warc::record::Integrity;
use crate::model::{Capture, CaptureId, Outcome, Reason};

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
    pub(super) path: PathBuf,
    pub(super) options: Options,
    pub(super) writer: Option<Writer>,
    /// Everything the index lists; only those with a capture are in `slots`. A capture that `captures` has as the entry is
    /// by itself stands there alone.
    pub(super) entries: Vec<Entry>,
    /// How far into each segment `entries` reach.
    pub(super) reach: BTreeMap<String, u64>,
    pub(super) captures: Vec<Capture>,
    pub(super) links: Vec<Link>,
    /// For each entry that `links` counts, its number in `entries`.
    pub(super) slots: Vec<usize>,
    /// The number of the capture with an id; asked with `id_of`.
    pub(super) by_id: Lookup,
    pub(super) by_address: HashMap<String, Vec<usize>>,
    /// For each payload digest of a record of ours, the number of the first entry that has it.
    /// Asked with `payload_of`.
    pub(super) by_payload: Lookup,
    pub(super) warnings: Vec<Warning>,
    /// Whether the index on the disk is behind.
    pub(super) behind: bool,
    /// What the index on the disk lacks.
    pub(super) lacking: Lacking,
    /// Whether the log is behind.
    pub(super) interrupted: bool,
    /// Whether the archive is one file instead of a folder.
    pub(super) single: bool,
}

/// What an index on the disk lacks, where it is behind.
#[derive(Debug)]
pub(super) enum Lacking {
    /// There is none that could be used: all entries are in memory, and it is made anew.
    Everything,
    /// Entries, by their numbers; it may have others that are not in memory.
    Entries(Vec<usize>),
}

impl Lacking {
    /// Entries were added.
    pub(super) fn add(&mut self, numbers: impl IntoIterator<Item = usize>) {
        if let Self::Entries(known) = self {
            known.extend(numbers);
        }
    }
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
    /// Opens a folder of segments, or a single WARC, ARC or WACZ file for reading.
    ///
    /// A folder that is missing is an empty archive for reading, and is created for writing.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, ArchiveError> {
        Self::open_with(path, mode, Options::default())
    }

    /// The same with other limits, or with something left out of what is written.
    pub fn open_with(path: &Path, mode: Mode, options: impl Into<Options>) -> Result<Self, ArchiveError> {
        let options = options.into();
        let file = match fs::metadata(path) {
            Ok(metadata) => metadata.is_file(),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let extension = path.extension().unwrap_or_default();
                if ["warc", "gz", "zst", "wacz", "arc"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
                    return Err(ArchiveError::io("open", path)(error));
                }
                false
            }
            Err(error) => return Err(ArchiveError::io("open", path)(error)),
        };
        let mut archive = Self {
            path: path.to_owned(),
            options,
            writer: None,
            entries: Vec::new(),
            reach: BTreeMap::new(),
            captures: Vec::new(),
            links: Vec::new(),
            slots: Vec::new(),
            by_id: Lookup::default(),
            by_address: HashMap::new(),
            by_payload: Lookup::default(),
            warnings: Vec::new(),
            behind: false,
            lacking: Lacking::Entries(Vec::new()),
            interrupted: false,
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

    /// Whether a run was interrupted, or is under way: its log does not tell of all that is there. Opening for
    /// writing puts that in order.
    pub fn is_interrupted(&self) -> bool {
        self.interrupted
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
        let number = self.number(id).ok_or_else(|| ArchiveError::NoSuchRecord { record: record() })?;
        let capture = &self.captures[number];
        let entry = &self.entries[self.slots[self.links[number].body]];
        let foreign = entry.held.as_ref().is_some_and(|held| !held.ours);
        // of what was too large, the beginning is there to look at, and what others wrote with a digest that it does not
        // have: for people, since a check takes no words from what failed
        let shown = |reason: Reason| reason == Reason::TooLarge || foreign && reason == Reason::Damaged;
        if let Outcome::Failed(failure) = &capture.outcome
            && (!shown(failure.reason) || capture.sha256.is_empty())
        {
            return Err(ArchiveError::NoBody { record: record(), message: failure.detail.clone() });
        }
        let mut reader = self.reader_at(entry)?;
        let damaged = |message: &str| ArchiveError::Damaged { record: record(), message: message.to_owned() };
        let found = reader.next_record()?.ok_or_else(|| damaged("the file ends before it"))?;
        let mut warnings = reader.take_warnings();
        let Meaning::Capture(described) = describe(&found, &self.options.decode) else {
            return Err(damaged("there is another record in its place; delete the index, which is made anew"));
        };
        if let Outcome::Failed(failure) = &described.capture.outcome
            && failure.reason != Reason::TooLarge
            && !(foreign && matches!(found.integrity, Integrity::Mismatch(_)))
        {
            return Err(damaged(&failure.detail));
        }
        let known = self.own(self.links[number].body);
        let same = known.is_some_and(|known| {
            let read = &described.capture;
            (read.id.0.is_empty() || read.id.0 == known.id.0 || known.id.0.starts_with(&format!("{}#", read.id.0)))
                && (&read.sha256, read.status, read.captured, read.origin)
                    == (&known.sha256, known.status, known.captured, known.origin)
                && (&read.requested, &read.address, &read.content_type)
                    == (&known.requested, &known.address, &known.content_type)
                && (read.completeness, &read.supplied_by) == (known.completeness, &known.supplied_by)
        });
        if !same {
            return Err(damaged("it is not what the index says of it; delete the index, which is made anew"));
        }
        warnings.extend(described.warnings.into_iter().map(|message| Warning::new(id.0.clone(), message)));
        Ok(Body { bytes: described.body, content_type: capture.content_type.clone(), warnings })
    }

    /// Where the record of a capture stands: its file and its offset there.
    pub fn place(&self, id: &CaptureId) -> Option<String> {
        let number = self.number(id)?;
        let entry = &self.entries[self.slots[self.links[number].own]];
        Some(format!("{} at byte {}", entry.file, entry.place.offset))
    }

    /// What people said of a copy that they supplied: who saved it, where it comes from, what the file was called.
    pub fn statements(&self, id: &CaptureId) -> Vec<(&'static str, String)> {
        let read = || {
            let number = self.number(id)?;
            let entry = &self.entries[self.slots[self.links[number].own]];
            self.reader_at(entry).ok()?.next_record().ok()?
        };
        let Some(record) = read() else { return Vec::new() };
        let named = [("saved by", supplied::BY), ("from", supplied::FROM), ("file", supplied::FILE_NAME)];
        named.into_iter().filter_map(|(name, field)| Some((name, record.header.get(field)?.to_owned()))).collect()
    }

    /// Writes the index. Dropping the archive does the same, but cannot report an error.
    pub fn flush(&mut self) -> Result<(), ArchiveError> {
        if self.writer.is_some() && self.behind {
            let row = |number: usize| {
                let entry = self.entries.get(number)?;
                let listed = || self.captures.get(self.slots.binary_search(&number).ok()?);
                let capture = entry.held.as_ref().and_then(|held| held.own.as_deref().or_else(listed));
                Some(index::Row { entry, capture })
            };
            match &self.lacking {
                Lacking::Everything => {
                    let rows = (0..self.entries.len()).filter_map(row);
                    let own = rows.filter(|row| self.reach.contains_key(&*row.entry.file));
                    index::write(&self.path, &self.reach, own)?;
                }
                Lacking::Entries(new) => {
                    index::extend(&self.path, &self.reach, new.iter().copied().filter_map(row))?;
                }
            }
            self.lacking = Lacking::Entries(Vec::new());
            self.behind = false;
        }
        Ok(())
    }

    /// Opens a file that holds records, by the name that entries call it.
    pub(crate) fn part(&self, name: &str) -> Result<PartFile, ArchiveError> {
        let file = name.split('#').next().unwrap_or(name);
        let path = if self.single { self.path.clone() } else { self.path.join(file) };
        parts::open(&path, name)
    }

    /// A reader that gives the record of an entry next.
    pub(super) fn reader_at(&self, entry: &Entry) -> Result<Reader<PartFile>, ArchiveError> {
        let file = self.part(&entry.file)?;
        let segment = !self.single && segment::number(&entry.file).is_some();
        let mut reader = if segment {
            Reader::open_at(file, &entry.file, ReadLimits::default(), 0, Packing::Gzip)?
        } else {
            Reader::open(file, &entry.file, ReadLimits::default())?
        };
        reader.seek_to(entry.place)?;
        Ok(reader)
    }

    /// The number of the capture with that id.
    pub(super) fn number(&self, id: &CaptureId) -> Option<usize> {
        self.by_id.find(&id.0, id_of(&self.captures))
    }

    /// The capture that the entry of a slot is by itself.
    pub(super) fn own(&self, slot: usize) -> Option<&Capture> {
        let entry = self.entries.get(*self.slots.get(slot)?)?;
        entry.held.as_ref()?.own.as_deref().or_else(|| self.captures.get(slot))
    }

    /// Makes the list of captures from the entries.
    pub(super) fn relink(&mut self) {
        for (number, capture) in self.slots.drain(..).zip(self.captures.drain(..)) {
            if let Some(held) = self.entries[number].held.as_mut().filter(|held| held.own.is_none()) {
                held.own = Some(Box::new(capture));
            }
        }
        self.distinguish();
        let linkable: Vec<Linkable<'_>> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let held = entry.held.as_ref()?;
                Some(Linkable { held, capture: held.own.as_deref()?, digest: entry.digest.as_deref() })
            })
            .collect();
        let linked = link(&linkable);
        self.links.clear();
        self.slots.reserve_exact(linked.len());
        self.links.reserve_exact(linked.len());
        self.captures.reserve_exact(linked.len());
        let entries = self.entries.iter_mut().enumerate();
        let holding = entries.filter_map(|(number, entry)| Some((number, entry.held.as_mut()?)));
        for ((number, held), (complete, link)) in holding.zip(linked) {
            self.slots.push(number);
            self.links.push(link);
            self.captures.extend(complete.or_else(|| held.own.take().map(|capture| *capture)));
        }
        self.by_id.clear();
        for (number, link) in self.links.iter().enumerate() {
            if link.own == number {
                self.by_id.add(number, id_of(&self.captures));
            }
        }
        if self.writer.is_some() {
            for (number, entry) in self.entries.iter().enumerate() {
                let ours = entry.held.as_ref().is_some_and(|held| held.ours && held.revisit.is_none());
                if ours && segment::number(&entry.file).is_some() && entry.digest.is_some() {
                    self.by_payload.add(number, payload_of(&self.entries));
                }
            }
        }
        self.by_address.clear();
        for number in 0..self.captures.len() {
            self.list_addresses(number);
        }
    }

    pub(super) fn list_addresses(&mut self, number: usize) {
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
        for capture in self.entries.iter_mut().filter_map(|entry| entry.held.as_mut()?.own.as_mut()) {
            let times = seen.entry(capture.id.0.clone()).or_default();
            *times += 1;
            if *times > 1 {
                let message = "is the id of several records; the later ones are numbered";
                self.warnings.push(Warning::new(capture.id.0.clone(), message));
                capture.id.0 = format!("{}#{times}", capture.id.0);
            }
        }
    }
}

/// The ids by which captures are found.
pub(super) fn id_of<'a>(captures: &'a [Capture]) -> impl Fn(usize) -> &'a str {
    move |number| captures.get(number).map_or("", |capture| &capture.id.0)
}

/// The digests by which payloads are found.
pub(super) fn payload_of<'a>(entries: &'a [Entry]) -> impl Fn(usize) -> &'a str {
    move |number| entries.get(number).and_then(|entry| entry.digest.as_deref()).unwrap_or_default()
}

impl Drop for Archive {
    fn drop(&mut self) {
        // the index is a cache: if it cannot be written now, the next opening makes it
        let _ = self.flush();
    }
}
