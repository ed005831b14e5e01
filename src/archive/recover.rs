//! Opening after a crash: what the log acknowledges is kept, what is whole beyond it is taken up, the rest is
//! put aside.
//!
//! The log is written after the records that it names, so it never names what is not there; records that are
//! whole and not yet named lose nothing by being named now, and need not be fetched again. Bytes are only cut
//! off a segment when a copy of them is on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::compose::{ATTEMPT, FINAL, HOP, IMPORT, LOCAL, ORIGINAL, RENDERED, ROBOTS, ROLE, SUPPLIED};
use super::error::{ArchiveError, Warning};
use super::index::sync_dir;
use super::log::{self, LogWriter, Logged};
use super::segment;
use super::warc::Packing;
use super::warc::digest::sha256_hex;
use super::warc::read::{ReadLimits, Reader};
use super::warc::record::{Integrity, Kind, Record};

/// What recovery gave.
pub(crate) struct Recovered {
    pub(crate) log: LogWriter,
    pub(crate) warnings: Vec<Warning>,
}

/// Brings segments and log of a locked folder into line; `names` are the segments and imports in it, sorted.
pub(crate) fn recover(dir: &Path, names: &[String]) -> Result<Recovered, ArchiveError> {
    let mut warnings = Vec::new();
    let known = log::journal(dir)?;
    let fresh = known.is_none();
    let known = known.unwrap_or_default();
    let mut log = LogWriter::open(dir, &known)?;
    for fault in &known.faults {
        let message = if known.interrupted && fault.message == "ends too early" {
            "an interrupted write left part of a line; it was cut off".to_owned()
        } else {
            format!("line {} {}", fault.line, fault.message)
        };
        warnings.push(Warning::new(log::FILE, message));
    }
    for name in names {
        let path = dir.join(name);
        let length = fs::metadata(&path).map_err(ArchiveError::io("read", &path))?.len();
        let logged = known.reach.get(name).copied().unwrap_or(0);
        if segment::number(name).is_none() {
            if logged == 0 {
                let bytes = hash_file(&path)?;
                log.append(name, 0, vec![Logged { id: name.clone(), ..bytes }])?;
                warnings.push(Warning::new(name, "was not in the log yet, and was taken up"));
            }
            continue;
        }
        if length < logged {
            let message = format!("is {} bytes shorter than its log says", logged - length);
            warnings.push(Warning::new(name, message));
        } else if length > logged {
            let found = whole_groups(&path, name, logged, fresh)?;
            let groups = found.groups.len();
            for group in found.groups {
                log.append(name, group.offset, group.records)?;
            }
            if !fresh && groups > 0 && logged > 0 {
                let message = format!("{groups} captures were on the disk and not yet in the log; they were taken up");
                warnings.push(Warning::new(name, message));
            }
            if found.end < length && (!fresh || found.interrupted) {
                warnings.push(cut(dir, name, found.end)?);
            }
        }
    }
    Ok(Recovered { log, warnings })
}

/// The records of one capture.
pub(crate) struct Found {
    pub(crate) offset: u64,
    pub(crate) records: Vec<Logged>,
}

/// The groups of a segment.
pub(crate) struct Groups {
    pub(crate) groups: Vec<Found>,
    /// Where the last of them ends.
    end: u64,
    interrupted: bool,
}

/// Reads the groups of a segment from `from` on: up to the first thing that is none, or past it where there
/// never was a log and others' damage has to be lived with.
pub(crate) fn whole_groups(path: &Path, name: &str, from: u64, past_damage: bool) -> Result<Groups, ArchiveError> {
    let open = || File::open(path).map_err(ArchiveError::io("open", path));
    let mut bytes = open()?;
    let mut reader = Reader::open_at(open()?, name, ReadLimits::default(), from, Packing::Gzip)?;
    let mut found = Groups { groups: Vec::new(), end: from, interrupted: false };
    let mut group: Option<Found> = None;
    let mut next = from;
    let mut has_main = false;
    while let Some(record) = reader.next_record()? {
        let place = record.place;
        let whole = matches!(record.integrity, Integrity::Whole | Integrity::Mismatch(_)) && place.length > 0;
        if !whole || (!past_damage && place.offset != next) {
            if past_damage {
                continue;
            }
            break;
        }
        let begins = begins_group(&record);
        if group.is_none() || (has_main && begins) || place.offset != next {
            if has_main {
                found.groups.extend(group.take());
            }
            group = Some(Found { offset: place.offset, records: Vec::new() });
            has_main = false;
        }
        let stored = read_at(&mut bytes, place.offset, place.length).map_err(ArchiveError::io("read", path))?;
        if let Some(group) = &mut group {
            let sha256 = sha256_hex(&stored);
            group.records.push(Logged { id: record.id().to_owned(), length: place.length, sha256 });
        }
        has_main |= is_main(&record);
        next = place.offset + place.length;
        if has_main {
            found.end = next;
        }
    }
    if has_main {
        found.groups.extend(group);
    }
    found.interrupted = reader.tail().is_some_and(|tail| tail.interrupted) || found.end < next;
    if past_damage {
        // without a log nobody knows where an acknowledged record ended: only a torn end is taken off
        found.end = match reader.tail() {
            Some(tail) if tail.interrupted => tail.offset,
            _ => u64::MAX,
        };
    }
    Ok(found)
}

/// Whether a record is a capture itself, or stands for its file.
fn is_main(record: &Record) -> bool {
    let role = record.header.get(ROLE);
    record.kind() == Kind::Warcinfo
        || matches!(role, Some(FINAL | ROBOTS | ATTEMPT | LOCAL | SUPPLIED | RENDERED | IMPORT))
        || role.is_none() && !trails(record)
}

/// Whether a record comes after the capture that it belongs to.
fn trails(record: &Record) -> bool {
    matches!(record.kind(), Kind::Request | Kind::Metadata | Kind::Conversion)
}

fn begins_group(record: &Record) -> bool {
    is_main(record) || matches!(record.header.get(ROLE), Some(HOP | ORIGINAL))
}

fn read_at(file: &mut File, offset: u64, length: u64) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Length and digest of a whole file.
pub(crate) fn hash_file(path: &Path) -> Result<Logged, ArchiveError> {
    let mut file = File::open(path).map_err(ArchiveError::io("open", path))?;
    let mut hash = super::warc::digest::Hashing::new();
    let length = std::io::copy(&mut file, &mut hash).map_err(ArchiveError::io("read", path))?;
    Ok(Logged { id: String::new(), length, sha256: hash.hex() })
}

/// Moves what stands behind `offset` into a file of its own.
fn cut(dir: &Path, segment: &str, offset: u64) -> Result<Warning, ArchiveError> {
    let path = dir.join(segment);
    let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(ArchiveError::io("open", &path))?;
    let mut aside = None;
    for number in 1..=u32::MAX {
        let name = format!("recovered-{number}.bin");
        match OpenOptions::new().write(true).create_new(true).open(dir.join(&name)) {
            Ok(file) => {
                aside = Some((file, name));
                break;
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(ArchiveError::io("create", &dir.join(&name))(error)),
        }
    }
    let Some((mut copy, name)) = aside else { return Err(ArchiveError::Broken { path }) };
    let copied = file
        .seek(SeekFrom::Start(offset))
        .and_then(|_| std::io::copy(&mut file, &mut copy))
        .and_then(|bytes| copy.sync_all().map(|()| bytes));
    let copied = match copied {
        Ok(copied) => copied,
        Err(error) => {
            // half a copy is worth nothing while the original is there
            let _ = fs::remove_file(dir.join(&name));
            return Err(ArchiveError::io("write", &dir.join(&name))(error));
        }
    };
    sync_dir(dir)?;
    // only now that the bytes are safe elsewhere
    file.set_len(offset).and_then(|()| file.sync_all()).map_err(ArchiveError::io("repair", &path))?;
    let message = format!("an interrupted write left {copied} bytes after byte {offset}; they were moved to {name}");
    Ok(Warning::new(segment, message))
}
