//! The index beside the segments: one line per record, so that opening an archive reads no body.
//!
//! The lines are CDXJ (`surt timestamp {json}`, sorted), which other tools read; what a capture has beyond
//! that stands under the key `onrecord`. The first line says how far into each segment the index reaches. It
//! is a cache: where it is missing, damaged or behind, the segments are read instead, and reading a body
//! compares it with its record.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::describe::Revisit;
use super::error::ArchiveError;
use super::scan::{Entry, Held, Shared};
use super::surt::surt;
use super::warc::record::Place;
use crate::model::address::Addresses;
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
    open(path)?.map(parse).transpose()
}

/// Reads of an index the captures of some addresses, and what they refer to. The memory that it takes grows with them, not
/// with the archive.
pub(crate) fn read_of(path: &Path, addresses: &Addresses) -> Result<Option<Index>, String> {
    let (Some(first), Some(second)) = (open(path)?, open(path)?) else { return Ok(None) };
    let mut referred = HashSet::new();
    let mut index = select(first, |held, capture| {
        let wanted = addresses.has(capture);
        if let Some(id) = held.revisit.as_ref().filter(|_| wanted).and_then(|revisit| revisit.id.as_ref()) {
            referred.insert(id.clone());
        }
        wanted
    })?;
    // what a page is the same as stands under its own address, most of the time
    for entry in &index.entries {
        referred.remove(Row::from(entry).capture.map_or("", |capture| capture.id.0.as_str()));
    }
    if !referred.is_empty() {
        index = select(second, |_, capture| addresses.has(capture) || referred.contains(&capture.id.0))?;
    }
    Ok(Some(index))
}

fn open(path: &Path) -> Result<Option<impl Read + use<>>, String> {
    match File::open(path) {
        Ok(file) => Ok(Some(file.take(MAX_BYTES))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

/// Reads the lines of an index.
pub(crate) fn parse(from: impl Read) -> Result<Index, String> {
    collect(from, |_| true)
}

/// Reads the captures of an index that are wanted.
fn select(from: impl Read, mut wanted: impl FnMut(&Held, &Capture) -> bool) -> Result<Index, String> {
    collect(from, |entry| {
        let held = entry.held.as_ref();
        held.zip(Row::from(entry).capture).is_some_and(|(held, capture)| wanted(held, capture))
    })
}

fn collect(from: impl Read, mut wanted: impl FnMut(&Entry) -> bool) -> Result<Index, String> {
    let mut from = BufReader::new(from);
    let reach = read_meta(&mut from)?.files;
    let mut entries = Vec::new();
    let (mut urls, mut files) = (Shared::default(), Shared::default());
    let (mut text, mut before) = (String::new(), String::new());
    while next_line(&mut from, &mut text)? {
        if text < before {
            return Err("its lines are out of order".to_owned());
        }
        let mut words = text.trim_end_matches('\n').splitn(3, ' ').skip(1);
        let date = words.next().and_then(read_date).ok_or("a line has no timestamp")?;
        let json = words.next().ok_or("a line has no data")?;
        let line: Line = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let entry = line.entry(date, &mut urls, &mut files).ok_or("a line has no usable place")?;
        if wanted(&entry) {
            entries.push(entry);
        }
        std::mem::swap(&mut text, &mut before);
    }
    entries.sort_unstable_by(|a: &Entry, b: &Entry| {
        (&a.file, a.place.offset, a.place.skip).cmp(&(&b.file, b.place.offset, b.place.skip))
    });
    Ok(Index { reach, entries })
}

fn read_meta(from: &mut impl BufRead) -> Result<Meta, String> {
    let mut first = String::new();
    if !next_line(from, &mut first)? {
        return Err("it is empty".to_owned());
    }
    let meta: Meta = serde_json::from_str(first.strip_prefix(META).ok_or("its first line is another program's")?)
        .map_err(|error| error.to_string())?;
    if meta.format != FORMAT {
        return Err(format!("its format is {}, not {FORMAT}", meta.format));
    }
    Ok(meta)
}

/// Reads a line with its end into `line`; `false` where there is none any more.
fn next_line(from: &mut impl BufRead, line: &mut String) -> Result<bool, String> {
    line.clear();
    from.read_line(line).map(|bytes| bytes > 0).map_err(|error| error.to_string())
}

/// The text of an index: the same entries give the same bytes.
pub(crate) fn text<'a>(
    reach: &BTreeMap<String, u64>,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> Result<String, serde_json::Error> {
    Ok(meta_line(reach)? + &sorted_lines(entries.into_iter().map(Row::from))?.concat())
}

/// An entry with the capture that its record is by itself, if it is one.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) capture: Option<&'a Capture>,
}

impl<'a> From<&'a Entry> for Row<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self { entry, capture: entry.held.as_ref().and_then(|held| held.own.as_deref()) }
    }
}

fn meta_line(reach: &BTreeMap<String, u64>) -> Result<String, serde_json::Error> {
    let meta = serde_json::to_string(&Meta { format: FORMAT.to_owned(), files: reach.clone() })?;
    Ok(format!("{META}{meta}\n"))
}

fn sorted_lines<'a>(rows: impl IntoIterator<Item = Row<'a>>) -> Result<Vec<String>, serde_json::Error> {
    let line = |row: Row<'_>| Ok(format!("{}{}\n", start(row.entry), serde_json::to_string(&Line::of(&row))?));
    let mut lines = rows.into_iter().map(line).collect::<Result<Vec<String>, serde_json::Error>>()?;
    lines.sort();
    Ok(lines)
}

/// What stands before the data in a line.
fn start(entry: &Entry) -> String {
    format!("{} {} ", surt(&entry.url), entry.date.strftime("%Y%m%d%H%M%S"))
}

/// The line of a record for other programs, at another place.
pub(crate) fn plain_line(entry: &Entry, file: &str, offset: u64, length: u64) -> Result<String, serde_json::Error> {
    let (filename, offset, length) = (file.to_owned(), offset.to_string(), length.to_string());
    let line = Line { filename, offset, length, ..Line::of(&Row { entry, capture: None }) };
    Ok(format!("{}{}\n", start(entry), serde_json::to_string(&line)?))
}

/// Writes the index of an archive's folder from all of its entries: whole or not at all.
pub(crate) fn write<'a>(
    dir: &Path,
    reach: &BTreeMap<String, u64>,
    entries: impl IntoIterator<Item = Row<'a>>,
) -> Result<(), ArchiveError> {
    let lines = sorted_lines(entries);
    replace(dir, reach, lines, |out, lines| lines.iter().try_for_each(|line| out.write_all(line.as_bytes())))
}

/// Adds entries to the index that is there: its lines are copied, and need not be in memory. The outcome is what
/// [`write()`] makes of the entries of both.
pub(crate) fn extend<'a>(
    dir: &Path,
    reach: &BTreeMap<String, u64>,
    entries: impl IntoIterator<Item = Row<'a>>,
) -> Result<(), ArchiveError> {
    let path = dir.join(FILE);
    let mut old = BufReader::new(File::open(&path).map_err(ArchiveError::io("read", &path))?.take(MAX_BYTES));
    let mut line = String::new();
    old.read_line(&mut line).map_err(ArchiveError::io("read", &path))?;
    let lines = sorted_lines(entries);
    replace(dir, reach, lines, |out, lines| {
        let mut lines = lines.iter().peekable();
        loop {
            line.clear();
            let more = old.read_line(&mut line)? > 0;
            while let Some(new) = lines.next_if(|new| !more || **new < line) {
                out.write_all(new.as_bytes())?;
            }
            if !more {
                return Ok(());
            }
            out.write_all(line.as_bytes())?;
        }
    })
}

/// Puts an index in the place of the one that is there: its first line, then what `write` makes of the new lines.
fn replace(
    dir: &Path,
    reach: &BTreeMap<String, u64>,
    lines: Result<Vec<String>, serde_json::Error>,
    write: impl FnOnce(&mut BufWriter<File>, &[String]) -> std::io::Result<()>,
) -> Result<(), ArchiveError> {
    let unwritable = |error| ArchiveError::io("write the index of", dir)(std::io::Error::other(error));
    let (first, lines) = (meta_line(reach).map_err(unwritable)?, lines.map_err(unwritable)?);
    let temporary = dir.join(HALF);
    let path = dir.join(FILE);
    let written = File::create(&temporary)
        .and_then(|file| {
            let mut out = BufWriter::new(file);
            out.write_all(first.as_bytes())?;
            write(&mut out, &lines)?;
            out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
        })
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
    fn of(&Row { entry, capture }: &Row<'_>) -> Self {
        Self {
            url: entry.url.to_string(),
            mime: entry.mime.to_string(),
            status: entry.status.map(|status| status.to_string()),
            digest: entry.digest.as_deref().map(str::to_owned),
            length: entry.place.length.to_string(),
            offset: entry.place.offset.to_string(),
            filename: entry.file.to_string(),
            onrecord: entry.held.as_ref().zip(capture).map(|(held, capture)| Extra::of(held, capture, entry)),
        }
    }

    fn entry(self, date: Timestamp, urls: &mut Shared, files: &mut Shared) -> Option<Entry> {
        let place = Place {
            offset: self.offset.parse().ok()?,
            length: self.length.parse().ok()?,
            skip: self.onrecord.as_ref().map_or(0, |extra| extra.skip),
        };
        Some(Entry {
            url: urls.of(&self.url),
            date,
            mime: self.mime.into(),
            status: self.status.and_then(|status| status.parse().ok()),
            digest: self.digest.map(String::into_boxed_str),
            file: files.of(&self.filename),
            place,
            held: self.onrecord.map(Extra::held),
        })
    }
}

impl Extra {
    fn of(held: &Held, capture: &Capture, entry: &Entry) -> Self {
        let capture = capture.clone();
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
            revisit: held.revisit.as_deref().cloned(),
            redirect: held.redirect.as_deref().map(str::to_owned),
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
        Held {
            own: Some(Box::new(capture)),
            ours: self.ours,
            revisit: self.revisit.map(Box::new),
            redirect: self.redirect.map(String::into_boxed_str),
        }
    }
}
