//! A file of records into the entries of an index, reading each record once and keeping no body.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};
use std::sync::Arc;

use jiff::Timestamp;
use smol_str::SmolStr;

use super::describe::{Meaning, Revisit, describe};
use super::error::{ArchiveError, Warning};
use super::surt::surt;
use super::warc::HttpAnswer;
use super::warc::Packing;
use super::warc::coding::DecodeLimits;
use super::warc::read::{ReadLimits, Reader, Tail};
use super::warc::record::{Integrity, Kind, Place, Record};
use crate::model::{Capture, CaptureId, Hop};

/// One record that an index lists.
///
/// An archive holds one for each of its records for as long as it is open: what many have in common they share.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) url: Arc<str>,
    pub(crate) date: Timestamp,
    pub(crate) mime: SmolStr,
    pub(crate) status: Option<u16>,
    pub(crate) digest: Option<Box<str>>,
    pub(crate) file: Arc<str>,
    pub(crate) place: Place,
    /// The capture, where the record is one.
    pub(crate) held: Option<Held>,
}

/// A capture and what it takes to link it to others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Held {
    /// What the record says by itself; `None` where an open archive lists the same.
    pub(crate) own: Option<Box<Capture>>,
    pub(crate) ours: bool,
    pub(crate) revisit: Option<Box<Revisit>>,
    pub(crate) redirect: Option<Box<str>>,
}

/// Gives a text that is often that of the one before it the same memory.
#[derive(Default)]
pub(crate) struct Shared(Option<Arc<str>>);

impl Shared {
    pub(crate) fn of(&mut self, text: &str) -> Arc<str> {
        match &self.0 {
            Some(known) if **known == *text => Arc::clone(known),
            _ => Arc::clone(self.0.insert(Arc::from(text))),
        }
    }
}

/// What reading a file gave.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) entries: Vec<Entry>,
    pub(crate) warnings: Vec<Warning>,
    /// Records of any type.
    pub(crate) records: usize,
    /// Whether the file is a package with a description, which may be empty.
    pub(crate) package: bool,
    /// The unreadable end, if there is one.
    pub(crate) tail: Option<Tail>,
}

/// Reads a file: all of it, or, of a segment of ours, from an offset on.
///
/// Of a segment, a record that the file's end cuts off is left out: its write was interrupted, or is under
/// way. Of other files it is kept, as what is left of it.
pub(crate) fn scan<R: Read + Seek>(
    file: R,
    name: &str,
    segment_from: Option<u64>,
    limits: &DecodeLimits,
) -> Result<Scan, ArchiveError> {
    let mut reader = match segment_from {
        Some(from) => Reader::open_at(file, name, ReadLimits::default(), from, Packing::Gzip)?,
        None => Reader::open(file, name, ReadLimits::default())?,
    };
    let segment = segment_from.is_some();
    let file: Arc<str> = Arc::from(name);
    let mut scan = Scan::default();
    let mut hops: HashMap<String, Vec<Hop>> = HashMap::new();
    let mut derived = Vec::new();
    while let Some(record) = reader.next_record()? {
        scan.warnings.extend(reader.take_warnings());
        if segment && record.integrity == Integrity::Cut {
            continue;
        }
        scan.records += 1;
        take(&record, &file, limits, &mut scan, &mut hops);
        let foreign = scan.entries.last().and_then(|entry| entry.held.as_ref()).is_some_and(|held| !held.ours);
        if record.kind() == Kind::Conversion && foreign {
            derived.push(scan.entries.len() - 1);
        }
    }
    set_back(&derived, &mut scan);
    scan.warnings.extend(reader.take_warnings());
    for (of, _) in hops {
        scan.warnings.push(Warning::new(of, "has redirects in the archive, but no end; it was interrupted"));
    }
    scan.tail = reader.tail();
    Ok(scan)
}

fn take(
    record: &Record,
    name: &Arc<str>,
    limits: &DecodeLimits,
    scan: &mut Scan,
    hops: &mut HashMap<String, Vec<Hop>>,
) {
    let (held, warnings) = match describe(record, limits) {
        Meaning::Nothing => {
            let lost = matches!(record.kind(), Kind::Response | Kind::Resource | Kind::Revisit | Kind::Conversion)
                && record.target().is_none();
            if lost {
                scan.warnings.push(Warning::new(record.id(), "names no address, and is left out"));
            }
            return;
        }
        Meaning::Beside => (None, Vec::new()),
        Meaning::Hop { of, hop } => {
            hops.entry(of).or_default().push(hop);
            (None, Vec::new())
        }
        Meaning::Capture(found) => {
            let mut capture = found.capture;
            if capture.id.0.is_empty() {
                capture.id = CaptureId(format!("{name}@{}+{}", record.place.offset, record.place.skip));
            }
            if found.ours {
                capture.hops = hops.remove(&capture.id.0).unwrap_or_default();
            }
            let (revisit, redirect) = (found.revisit.map(Box::new), found.redirect.map(String::into_boxed_str));
            (Some(Held { own: Some(Box::new(capture)), ours: found.ours, revisit, redirect }), found.warnings)
        }
    };
    scan.warnings.extend(warnings.into_iter().map(|message| Warning::new(record.id(), message)));
    scan.entries.push(entry(record, name, record.place, held));
}

/// Leaves out of the captures what others made of an answer that the file has as it was served.
fn set_back(derived: &[usize], scan: &mut Scan) {
    let served: HashSet<String> = (scan.entries.iter().enumerate())
        .filter(|(number, entry)| entry.held.is_some() && !derived.contains(number))
        .map(|(_, entry)| surt(&entry.url))
        .collect();
    for number in derived {
        let entry = &mut scan.entries[*number];
        if let Some(held) = entry.held.take_if(|_| served.contains(&surt(&entry.url))) {
            let message = "is another form of a page that stands beside it as it was served, and is not read";
            let id = held.own.map(|capture| capture.id.0).unwrap_or_default();
            scan.warnings.push(Warning::new(id, message));
        }
    }
}

/// The index entry of a record.
pub(crate) fn entry(record: &Record, file: &Arc<str>, place: Place, held: Option<Held>) -> Entry {
    let answer = match record.kind() {
        Kind::Response | Kind::Revisit => HttpAnswer::parse(&record.block).ok(),
        _ => None,
    };
    let mime = match record.kind() {
        Kind::Revisit => "warc/revisit",
        Kind::Response => answer.as_ref().and_then(|answer| answer.field("Content-Type")).unwrap_or("unk"),
        _ => record.header.get("Content-Type").unwrap_or("unk"),
    };
    Entry {
        url: record.target().unwrap_or_default().into(),
        date: record.date().unwrap_or(Timestamp::UNIX_EPOCH),
        mime: SmolStr::new(mime.split(';').next().unwrap_or(mime).trim()),
        status: answer.as_ref().map(|answer| answer.status),
        digest: record.header.get("WARC-Payload-Digest").map(Box::from),
        file: Arc::clone(file),
        place,
        held,
    }
}
