//! Letting go of captures: an archive written again without some of them, next to the old one.
//!
//! Nothing is ever taken out of an archive where it stands: its log is a chain, and every signature is over it. What is
//! kept is copied byte for byte into a new folder with a log of its own, and the whole old log comes along with its
//! signatures and timestamps, so that every record that was kept is still vouched for by whoever vouched for the old
//! archive. A list says what was let go and what the old head was. Only captures of our own segments can be let go: what
//! people brought in stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::ArchiveError;
use super::index::sync_dir;
use super::log::{self, Journal, Log, LogEntry, LogWriter, Logged};
use super::names;
use super::store::Archive;
use super::verify::{Pins, verify};
use super::warc::digest::sha256_hex;
use super::{seal, timestamp};
use crate::model::CaptureId;

/// The kinds of files that a rewriting leaves in the new archive, by what stands behind their number.
const LIST: &str = "dropped.json";
const OLD: [(&str, &str); 3] =
    [("log.jsonl", log::FILE), ("signatures.jsonl", seal::FILE), ("timestamps.jsonl", timestamp::FILE)];
/// What the list says it is.
const FORMAT: &str = "onrecord/dropped/1";

/// What was let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Where it was asked for.
    pub url: String,
    /// When, RFC 3339 in UTC.
    pub captured: String,
    /// SHA-256 of its decoded body; empty for an attempt without an answer.
    pub sha256: String,
    /// The id of its record.
    pub record: String,
}

/// What a rewriting came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// The captures that were let go.
    pub dropped: Vec<Dropped>,
    /// Bytes of records that were let go.
    pub freed: u64,
    /// Bytes of records that were kept.
    pub kept: u64,
    /// The head of the old log.
    pub old_head: String,
    /// The head of the new one; empty where nothing was written.
    pub head: String,
}

/// The list as it is written.
#[derive(Serialize)]
struct List<'a> {
    onrecord: &'static str,
    at: String,
    software: &'static str,
    head: &'a str,
    rules: &'a str,
    dropped: &'a [Dropped],
}

impl Archive {
    /// What [`Archive::rewrite_without`] would let go of these captures: fewer where a capture that is kept stands on
    /// the same records, or where it came in from elsewhere.
    pub fn could_drop(&self, drop: &BTreeSet<CaptureId>) -> Result<Rewritten, ArchiveError> {
        let log = self.whole_log()?;
        let parts = self.part_with(&log, drop);
        Ok(self.account(&log, &parts))
    }

    /// Writes the archive into the new folder `into`, without these captures, and compares every byte there. This archive
    /// must be open for writing, so that nothing is added to it meanwhile; it is left as it is. `rules` says for people
    /// why these; `at` is when.
    ///
    /// # Errors
    ///
    /// When something of this archive does not hold, the folder is there already, or it cannot be written.
    pub fn rewrite_without(
        &self,
        drop: &BTreeSet<CaptureId>,
        into: &Path,
        rules: &str,
        at: jiff::Timestamp,
    ) -> Result<Rewritten, ArchiveError> {
        let damaged = |message: String| ArchiveError::Damaged { record: self.path.display().to_string(), message };
        if self.writer.is_none() {
            return Err(ArchiveError::ReadOnly { path: self.path.clone() });
        }
        if let Some(problem) = verify(&self.path, &Pins::default())?.problems.first() {
            return Err(damaged(format!("{}: {}; nothing is let go", problem.place, problem.message)));
        }
        let log = self.whole_log()?;
        let parts = self.part_with(&log, drop);
        let mut rewritten = self.account(&log, &parts);
        let write = ArchiveError::io("write", into);
        fs::create_dir(into).map_err(ArchiveError::io("make", into))?;
        let mut writer = LogWriter::open(into, &Journal::default())?;
        let mut ends: BTreeMap<&str, u64> = BTreeMap::new();
        let mut last = 0;
        for (entry, kept) in log.entries.iter().zip(&parts) {
            last = last.max(names::rewriting(&entry.file).unwrap_or(0));
            if !kept {
                continue;
            }
            let end = ends.entry(entry.file.as_str()).or_default();
            copy(&self.path.join(&entry.file), entry, &into.join(&entry.file))?;
            writer.append(&entry.file, *end, entry.records.clone())?;
            *end += entry.end() - entry.offset;
        }
        let list = List {
            onrecord: FORMAT,
            at: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            software: super::SOFTWARE,
            head: &rewritten.old_head,
            rules,
            dropped: &rewritten.dropped,
        };
        let list = serde_json::to_vec_pretty(&list).map_err(|error| write(error.into()))?;
        let mut files = vec![(LIST, list)];
        for (ending, file) in OLD {
            match fs::read(self.path.join(file)) {
                Ok(bytes) => files.push((ending, bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(ArchiveError::io("read", &self.path.join(file))(error)),
            }
        }
        for (ending, bytes) in files {
            let name = format!("gc-{:06}.{ending}", last + 1);
            let path = into.join(&name);
            let written = OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut file| {
                file.write_all(&bytes)?;
                file.sync_all()
            });
            written.map_err(ArchiveError::io("write", &path))?;
            let whole = Logged { id: name.clone(), length: bytes.len() as u64, sha256: sha256_hex(&bytes) };
            writer.append(&name, 0, vec![whole])?;
        }
        sync_dir(into)?;
        let verified = verify(into, &Pins::default())?;
        if let Some(problem) = verified.problems.first() {
            return Err(damaged(format!("what was written does not hold ({}: {})", problem.place, problem.message)));
        }
        rewritten.head = verified.head.unwrap_or_default();
        Ok(rewritten)
    }

    fn whole_log(&self) -> Result<Log, ArchiveError> {
        let lost = |message: &str| ArchiveError::Damaged { record: log::FILE.to_owned(), message: message.to_owned() };
        if self.single {
            return Err(ArchiveError::NotAFolder { path: self.path.clone() });
        }
        let log = log::read(&self.path)?.ok_or_else(|| lost("there is no log, so nothing can be let go"))?;
        if log.interrupted || !log.faults.is_empty() {
            return Err(lost("it does not hold, so nothing can be let go"));
        }
        Ok(log)
    }

    /// Which lines of the log are kept.
    fn part_with(&self, log: &Log, drop: &BTreeSet<CaptureId>) -> Vec<bool> {
        let place = |slot: usize| {
            let entry = &self.entries[self.slots[slot]];
            (&*entry.file, entry.place.offset)
        };
        let (mut needed, mut unwanted) = (BTreeSet::new(), BTreeSet::new());
        for (capture, link) in self.captures.iter().zip(&self.links) {
            if drop.contains(&capture.id) {
                unwanted.insert(place(link.own));
            } else {
                needed.extend([place(link.own), place(link.body)]);
            }
        }
        let stands = |places: &BTreeSet<(&str, u64)>, entry: &LogEntry| {
            places.range((entry.file.as_str(), entry.offset)..(entry.file.as_str(), entry.end())).next().is_some()
        };
        let of_ours = |entry: &LogEntry| names::number(&entry.file).is_some();
        let drops = |entry: &LogEntry| of_ours(entry) && stands(&unwanted, entry) && !stands(&needed, entry);
        log.entries.iter().map(|entry| !drops(entry)).collect()
    }

    fn account(&self, log: &Log, parts: &[bool]) -> Rewritten {
        let mut rewritten = Rewritten { old_head: log.head().unwrap_or_default().to_owned(), ..Rewritten::default() };
        let mut gone: BTreeSet<&str> = BTreeSet::new();
        for (entry, kept) in log.entries.iter().zip(parts) {
            let bytes = entry.end() - entry.offset;
            if *kept {
                rewritten.kept += bytes;
            } else {
                rewritten.freed += bytes;
                gone.extend(entry.records.iter().map(|record| record.id.as_str()));
            }
        }
        let dropped = self.captures.iter().filter(|capture| gone.contains(capture.id.0.as_str()));
        rewritten.dropped = dropped
            .map(|capture| Dropped {
                url: capture.requested.clone(),
                captured: capture.captured.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                sha256: capture.sha256.clone(),
                record: capture.id.0.clone(),
            })
            .collect();
        rewritten
    }
}

/// Appends the bytes of one line of a log to a file, compared with their digests.
fn copy(from: &Path, entry: &LogEntry, to: &Path) -> Result<(), ArchiveError> {
    let mut source = File::open(from).map_err(ArchiveError::io("open", from))?;
    source.seek(SeekFrom::Start(entry.offset)).map_err(ArchiveError::io("read", from))?;
    let open = OpenOptions::new().append(true).create(true).open(to);
    let mut target = open.map_err(ArchiveError::io("write", to))?;
    for record in &entry.records {
        let mut bytes = Vec::new();
        let read = Read::by_ref(&mut source).take(record.length).read_to_end(&mut bytes);
        read.map_err(ArchiveError::io("read", from))?;
        if sha256_hex(&bytes) != record.sha256 {
            let message = "it is not what its log names; nothing is let go".to_owned();
            return Err(ArchiveError::Damaged { record: record.id.clone(), message });
        }
        target.write_all(&bytes).map_err(ArchiveError::io("write", to))?;
    }
    target.sync_all().map_err(ArchiveError::io("write", to))
}
