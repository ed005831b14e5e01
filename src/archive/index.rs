//! The index beside the segments: one line per record, so that opening an archive reads no body.
//!
//! The lines are CDXJ (`surt timestamp {json}`, sorted), which other tools read; what a capture has beyond
//! that stands under the key `onrecord`. The first line says how far into each segment the index reaches. It
//! is a cache: where it is missing, damaged or behind, the segments are read instead, and reading a body
//! compares it with its record.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::describe::Revisit;
use super::error::ArchiveError;
use super::scan::{Entry, Held};
use super::surt::surt;
use super::warc::record::Place;
use crate::model::{Capture, CaptureId, Completeness, Failure, Hop, Origin, Outcome};

/// The name of the index in an archive's folder.
pub(crate) const FILE: &str = "index.cdxj";
/// What the index is called while it is being written.
const HALF: &str = "index.cdxj.new";
const FORMAT: &str = "onrecord/index/1";
const META: &str = "!meta 0 ";
const MAX_BYTES: u64 = 1 << 30;

/// An index: how far it reaches, and its entries in the order of the files.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// For each segment, how many of its bytes are indexed.
    pub(crate) reach: BTreeMap<String, u64>,
    pub(crate) entries: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Meta {
    format: String,
    files: BTreeMap<String, u64>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    url: String,
    mime: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    length: String,
    offset: String,
    filename: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    onrecord: Option<Extra>,
}

#[derive(Serialize, Deserialize)]
struct Extra {
    id: String,
    requested: String,
    address: String,
    hops: Vec<Hop>,
    captured: Timestamp,
    origin: Origin,
    status: Option<u16>,
    content_type: Option<String>,
    sha256: String,
    completeness: Completeness,
    failure: Option<Failure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    supplied_by: Option<String>,
    skip: u64,
    ours: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revisit: Option<Revisit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redirect: Option<String>,
}

/// Reads an index; says what is wrong where it cannot be used, and `Ok(None)` where there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Index>, String> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    parse(file.take(MAX_BYTES)).map(Some)
}

/// Reads the lines of an index.
pub(crate) fn parse(from: impl Read) -> Result<Index, String> {
    let mut lines = BufReader::new(from).lines();
    let first = lines.next().ok_or("it is empty")?.map_err(|error| error.to_string())?;
    let meta: Meta = serde_json::from_str(first.strip_prefix(META).ok_or("its first line is another program's")?)
        .map_err(|error| error.to_string())?;
    if meta.format != FORMAT {
        return Err(format!("its format is {}, not {FORMAT}", meta.format));
    }
    let mut entries = Vec::new();
    for line in lines {
        let line = line.map_err(|error| error.to_string())?;
        let mut words = line.splitn(3, ' ').skip(1);
        let date = words.next().and_then(read_date).ok_or("a line has no timestamp")?;
        let json = words.next().ok_or("a line has no data")?;
        let line: Line = serde_json::from_str(json).map_err(|error| error.to_string())?;
        entries.push(line.entry(date).ok_or("a line has no usable place")?);
    }
    entries.sort_by(|a, b| (&a.file, a.place.offset, a.place.skip).cmp(&(&b.file, b.place.offset, b.place.skip)));
    Ok(Index { reach: meta.files, entries })
}

/// The text of an index: the same entries give the same bytes.
pub(crate) fn text(reach: &BTreeMap<String, u64>, entries: &[Entry]) -> Result<String, serde_json::Error> {
    let mut lines = Vec::with_capacity(entries.len());
    for entry in entries {
        let json = serde_json::to_string(&Line::of(entry))?;
        lines.push(format!("{} {} {json}\n", surt(&entry.url), entry.date.strftime("%Y%m%d%H%M%S")));
    }
    lines.sort();
    let meta = serde_json::to_string(&Meta { format: FORMAT.to_owned(), files: reach.clone() })?;
    Ok(format!("{META}{meta}\n{}", lines.concat()))
}

/// The line of a record for other programs, at another place.
pub(crate) fn plain_line(entry: &Entry, file: &str, offset: u64, length: u64) -> Result<String, serde_json::Error> {
    let place = Place { offset, length, skip: 0 };
    let line = Line { onrecord: None, ..Line::of(&Entry { file: file.to_owned(), place, ..entry.clone() }) };
    let json = serde_json::to_string(&line)?;
    Ok(format!("{} {} {json}\n", surt(&entry.url), entry.date.strftime("%Y%m%d%H%M%S")))
}

/// Writes the index of an archive's folder: whole or not at all.
pub(crate) fn write(dir: &Path, reach: &BTreeMap<String, u64>, entries: &[Entry]) -> Result<(), ArchiveError> {
    let text = text(reach, entries)
        .map_err(|error| ArchiveError::io("write the index of", dir)(std::io::Error::other(error)))?;
    let temporary = dir.join(HALF);
    let path = dir.join(FILE);
    let written = File::create(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, &path));
    if let Err(error) = written {
        let _ = fs::remove_file(&temporary);
        return Err(ArchiveError::io("write", &path)(error));
    }
    sync_dir(dir)
}

fn read_date(digits: &str) -> Option<Timestamp> {
    let date = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
    date.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|date| date.timestamp())
}

/// Makes renamed, created and removed names of a folder durable.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), ArchiveError> {
    // only Unix lets a folder be opened and synchronised
    if cfg!(unix) {
        File::open(dir).and_then(|dir| dir.sync_all()).map_err(ArchiveError::io("synchronise", dir))?;
    }
    Ok(())
}

impl Line {
    fn of(entry: &Entry) -> Self {
        Self {
            url: entry.url.clone(),
            mime: entry.mime.clone(),
            status: entry.status.map(|status| status.to_string()),
            digest: entry.digest.clone(),
            length: entry.place.length.to_string(),
            offset: entry.place.offset.to_string(),
            filename: entry.file.clone(),
            onrecord: entry.held.as_ref().map(|held| Extra::of(held, entry)),
        }
    }

    fn entry(self, date: Timestamp) -> Option<Entry> {
        let place = Place {
            offset: self.offset.parse().ok()?,
            length: self.length.parse().ok()?,
            skip: self.onrecord.as_ref().map_or(0, |extra| extra.skip),
        };
        Some(Entry {
            url: self.url,
            date,
            mime: self.mime,
            status: self.status.and_then(|status| status.parse().ok()),
            digest: self.digest,
            file: self.filename,
            place,
            held: self.onrecord.map(Extra::held),
        })
    }
}

impl Extra {
    fn of(held: &Held, entry: &Entry) -> Self {
        let capture = held.capture.clone();
        Self {
            id: capture.id.0,
            requested: capture.requested,
            address: capture.address,
            hops: capture.hops,
            captured: capture.captured,
            origin: capture.origin,
            status: capture.status,
            content_type: capture.content_type,
            sha256: capture.sha256,
            completeness: capture.completeness,
            failure: match capture.outcome {
                Outcome::Body => None,
                Outcome::Failed(failure) => Some(failure),
            },
            supplied_by: capture.supplied_by,
            skip: entry.place.skip,
            ours: held.ours,
            revisit: held.revisit.clone(),
            redirect: held.redirect.clone(),
        }
    }

    fn held(self) -> Held {
        let capture = Capture {
            id: CaptureId(self.id),
            requested: self.requested,
            address: self.address,
            hops: self.hops,
            captured: self.captured,
            origin: self.origin,
            status: self.status,
            content_type: self.content_type,
            sha256: self.sha256,
            completeness: self.completeness,
            outcome: self.failure.map_or(Outcome::Body, Outcome::Failed),
            supplied_by: self.supplied_by,
        };
        Held { capture, ours: self.ours, revisit: self.revisit, redirect: self.redirect }
    }
}
