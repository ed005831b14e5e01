//! The index beside the segments: one line per record, so that opening an archive reads no body.
//!
//! The lines are CDXJ (`surt timestamp {json}`, sorted), which other tools read; what a capture has beyond
//! that stands under the key `onrecord`. The first line says how far into each segment the index reaches. It
//! is a cache: where it is missing, damaged or behind, the segments are read instead, and reading a body
//! compares it with its record.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::describe::Revisit;
use super::error::ArchiveError;
use super::scan::{Entry, Held, Shared};
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
/// Bytes of an index that are written at once.
const WRITE: usize = 1 << 18;

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
    let (mut urls, mut files) = (Shared::default(), Shared::default());
    for line in lines {
        let line = line.map_err(|error| error.to_string())?;
        let mut words = line.splitn(3, ' ').skip(1);
        let date = words.next().and_then(read_date).ok_or("a line has no timestamp")?;
        let json = words.next().ok_or("a line has no data")?;
        let line: Line = serde_json::from_str(json).map_err(|error| error.to_string())?;
        entries.push(line.entry(date, &mut urls, &mut files).ok_or("a line has no usable place")?);
    }
    entries.sort_unstable_by(|a: &Entry, b: &Entry| {
        (&a.file, a.place.offset, a.place.skip).cmp(&(&b.file, b.place.offset, b.place.skip))
    });
    entries.shrink_to_fit();
    Ok(Index { reach: meta.files, entries })
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

/// The text of an index: the same entries give the same bytes.
pub(crate) fn text<'a>(
    reach: &BTreeMap<String, u64>,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> io::Result<String> {
    let mut bytes = Vec::new();
    put(reach, entries.into_iter().map(Row::from), &mut bytes)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// Writes the text of an index. What is held of all lines at once is what they are sorted by; of the rest, one line.
fn put<'a>(
    reach: &BTreeMap<String, u64>,
    rows: impl Iterator<Item = Row<'a>>,
    into: &mut impl Write,
) -> io::Result<()> {
    let meta = serde_json::to_string(&Meta { format: FORMAT.to_owned(), files: reach.clone() })?;
    writeln!(into, "{META}{meta}")?;
    let mut rows: Vec<(Box<str>, Row<'a>)> = rows.map(|row| (start(row.entry).into_boxed_str(), row)).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    for same in rows.chunk_by(|a, b| a.0 == b.0) {
        let lines = same.iter().map(|(_, row)| serde_json::to_string(&Line::of(row)));
        let mut lines = lines.collect::<Result<Vec<String>, _>>()?;
        lines.sort();
        for line in lines {
            writeln!(into, "{}{line}", same[0].0)?;
        }
    }
    Ok(())
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

/// Writes the index of an archive's folder: whole or not at all.
pub(crate) fn write<'a>(
    dir: &Path,
    reach: &BTreeMap<String, u64>,
    rows: impl Iterator<Item = Row<'a>>,
) -> Result<(), ArchiveError> {
    let temporary = dir.join(HALF);
    let path = dir.join(FILE);
    let written = File::create(&temporary)
        .and_then(|file| {
            let mut file = BufWriter::with_capacity(WRITE, file);
            put(reach, rows, &mut file)?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
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
