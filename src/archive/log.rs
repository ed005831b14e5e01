//! The log beside the segments: one line per capture or import, each chained to the one before by its hash.
//!
//! It is two things at once. As a journal it says how much of each segment was acknowledged, so that opening
//! after a crash knows what to keep. As evidence it says which records there are, in which order, and with which
//! stored bytes: no byte, record or line can change without the hash of the last line (the *head*) changing. Lines
//! have one form only, so that no byte of the log is free either, and name no address, so that it can be handed on.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ArchiveError;
use super::warc::digest::sha256_hex;

/// The name of the log in an archive's folder.
pub(crate) const FILE: &str = "log.jsonl";
const FORMAT: u32 = 1;
const MAX_BYTES: u64 = 1 << 30;

/// One line: what was added to one file by one append.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogEntry {
    /// The version of the format.
    pub(crate) v: u32,
    /// Its number, from 1.
    pub(crate) seq: u64,
    /// The file that was written to.
    pub(crate) file: String,
    /// How long the file was before.
    pub(crate) offset: u64,
    /// The records that were added, one after the other.
    pub(crate) records: Vec<Logged>,
    /// The hash of the line before; empty in the first.
    pub(crate) prev: String,
    /// SHA-256 of this line with an empty `hash`.
    pub(crate) hash: String,
}

/// One record in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Logged {
    /// Its `WARC-Record-ID` without brackets; the file's name for a file that was imported whole.
    pub(crate) id: String,
    /// Bytes in the file.
    pub(crate) length: u64,
    /// SHA-256 of those bytes, as stored.
    pub(crate) sha256: String,
}

impl LogEntry {
    /// How long the file is after it.
    pub(crate) fn end(&self) -> u64 {
        self.records.iter().fold(self.offset, |end, record| end.saturating_add(record.length))
    }

    /// Its line, without the line feed.
    fn line(&self) -> String {
        // strings and numbers alone: there is nothing that could fail
        serde_json::to_string(self).unwrap_or_default()
    }

    fn sealed(mut self) -> Self {
        self.hash = String::new();
        self.hash = sha256_hex(self.line().as_bytes());
        self
    }
}

/// A log as it was read.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) entries: Vec<LogEntry>,
    /// Whether something follows that a write that was interrupted explains.
    pub(crate) interrupted: bool,
    /// What is wrong with it.
    pub(crate) faults: Vec<Fault>,
}

/// What a log comes to, as far as it takes to go on writing: a little for each file that it names, however many lines.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    /// How much of each file was acknowledged.
    pub(crate) reach: BTreeMap<String, u64>,
    /// SHA-256 of the stored bytes of the last record of each file.
    pub(crate) last: BTreeMap<String, String>,
    /// Number and hash of the last line.
    pub(crate) head: Option<(u64, String)>,
    /// SHA-256 of the stored bytes of the last record of any segment.
    last_of_segments: Option<String>,
    /// Bytes up to the end of the last line that could be read.
    pub(crate) length: u64,
    /// Whether something follows that a write that was interrupted explains.
    pub(crate) interrupted: bool,
    /// What is wrong with the log.
    pub(crate) faults: Vec<Fault>,
}

/// Something wrong with a line.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The number of the line, from 1.
    pub(crate) line: usize,
    pub(crate) message: &'static str,
}

impl Log {
    /// The hash of the last line.
    pub(crate) fn head(&self) -> Option<&str> {
        self.entries.last().map(|entry| entry.hash.as_str())
    }

    /// How much of each file was acknowledged.
    pub(crate) fn reach(&self) -> BTreeMap<&str, u64> {
        let mut reach = BTreeMap::new();
        for entry in &self.entries {
            let end: &mut u64 = reach.entry(entry.file.as_str()).or_default();
            *end = entry.end().max(*end);
        }
        reach
    }

    /// Reads the bytes of a log: every line that can be read, and what is wrong with the others.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let mut entries = Vec::new();
        // reading memory cannot fail
        let read = walk(bytes, |entry| entries.push(entry)).unwrap_or_default();
        Self { entries, interrupted: read.interrupted, faults: read.faults }
    }
}

impl Journal {
    pub(crate) fn read(from: impl BufRead) -> io::Result<Self> {
        let mut journal = Self::default();
        let read = walk(from, |entry| journal.note(entry))?;
        Ok(Self { length: read.length, interrupted: read.interrupted, faults: read.faults, ..journal })
    }

    fn note(&mut self, entry: LogEntry) {
        let end = entry.end();
        let last = entry.records.into_iter().next_back().map(|record| record.sha256);
        if super::names::number(&entry.file).is_some() {
            self.last_of_segments.clone_from(&last);
        }
        self.head = Some((entry.seq, entry.hash));
        if let Some(last) = last {
            self.last.insert(entry.file.clone(), last);
        }
        let reach = self.reach.entry(entry.file).or_default();
        *reach = end.max(*reach);
    }
}

/// What is left to say of a log when its lines were read.
#[derive(Debug, Default)]
struct Walked {
    length: u64,
    interrupted: bool,
    faults: Vec<Fault>,
}

/// Reads a log line by line, and compares each with the one before.
fn walk(mut from: impl BufRead, mut each: impl FnMut(LogEntry)) -> io::Result<Walked> {
    let mut walked = Walked::default();
    let (mut seq, mut prev) = (Some(1), String::new());
    let (mut at, mut number) = (0, 0);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        at += from.read_until(b'\n', &mut bytes)? as u64;
        if bytes.is_empty() {
            return Ok(walked);
        }
        number += 1;
        let fault = |message| Fault { line: number, message };
        let Some(line) = bytes.strip_suffix(b"\n") else {
            walked.interrupted = true;
            walked.faults.push(fault("ends too early"));
            return Ok(walked);
        };
        let Ok(entry) = serde_json::from_slice::<LogEntry>(line) else {
            walked.faults.push(fault("cannot be read"));
            continue;
        };
        if entry.line().as_bytes() != line || entry.clone().sealed().hash != entry.hash {
            walked.faults.push(fault("was changed after it was written"));
        } else if entry.v != FORMAT {
            walked.faults.push(fault("is of a format that is not read"));
        } else if entry.prev != prev || Some(entry.seq) != seq {
            walked.faults.push(fault("does not follow the line before it: lines are missing, doubled or out of order"));
        }
        prev.clone_from(&entry.hash);
        seq = entry.seq.checked_add(1);
        walked.length = at;
        each(entry);
    }
}

/// Reads the log of a folder; `None` where there is none.
pub(crate) fn read(dir: &Path) -> Result<Option<Log>, ArchiveError> {
    let Some(mut file) = open(dir)? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(ArchiveError::io("read", &dir.join(FILE)))?;
    Ok(Some(Log::parse(&bytes)))
}

/// Reads what the log of a folder comes to; `None` where there is none.
pub(crate) fn journal(dir: &Path) -> Result<Option<Journal>, ArchiveError> {
    let Some(file) = open(dir)? else { return Ok(None) };
    Journal::read(BufReader::new(file)).map(Some).map_err(ArchiveError::io("read", &dir.join(FILE)))
}

fn open(dir: &Path) -> Result<Option<io::Take<File>>, ArchiveError> {
    let path = dir.join(FILE);
    match File::open(&path) {
        Ok(file) => Ok(Some(file.take(MAX_BYTES))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ArchiveError::io("open", &path)(error)),
    }
}

/// Appends to the log of a folder.
pub(crate) struct LogWriter {
    path: PathBuf,
    file: File,
    length: u64,
    seq: u64,
    head: String,
    /// SHA-256 of the stored bytes of the last record of a segment.
    last: Option<String>,
}

impl LogWriter {
    /// Opens the log where `known` ends; what an interrupted write left behind its last line is cut off.
    pub(crate) fn open(dir: &Path, known: &Journal) -> Result<Self, ArchiveError> {
        let path = dir.join(FILE);
        let io = |action| ArchiveError::io(action, &path);
        let file = OpenOptions::new().create(true).write(true).truncate(false).open(&path).map_err(io("open"))?;
        let length = if known.interrupted {
            file.set_len(known.length).and_then(|()| file.sync_all()).map_err(io("repair"))?;
            known.length
        } else {
            file.metadata().map_err(io("read"))?.len()
        };
        let (seq, head) = known.head.clone().unwrap_or_default();
        Ok(Self { file, path, length, seq, head, last: known.last_of_segments.clone() })
    }

    /// What the next record of a segment names as the one before it.
    pub(crate) fn last_record(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// Adds a line, and returns when it is on the disk.
    pub(crate) fn append(&mut self, file: &str, offset: u64, records: Vec<Logged>) -> Result<(), ArchiveError> {
        let last = records.last().map(|record| record.sha256.clone());
        let entry = LogEntry {
            v: FORMAT,
            seq: self.seq + 1,
            file: file.to_owned(),
            offset,
            records,
            prev: self.head.clone(),
            hash: String::new(),
        }
        .sealed();
        let line = entry.line() + "\n";
        let written = self
            .file
            .seek(SeekFrom::Start(self.length))
            .and_then(|_| self.file.write_all(line.as_bytes()))
            .and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            let _ = self.file.set_len(self.length);
            return Err(ArchiveError::io("write", &self.path)(error));
        }
        self.length += line.len() as u64;
        self.seq = entry.seq;
        self.head = entry.hash;
        if super::names::number(file).is_some() {
            self.last = last;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(dir: &Path) -> Vec<u8> {
        let mut writer = LogWriter::open(dir, &Journal::default()).unwrap();
        for number in 0..3_u64 {
            let record = Logged { id: format!("urn:uuid:{number}"), length: 10, sha256: sha256_hex(&[0]) };
            writer.append("segment-000001.warc.gz", number * 10, vec![record]).unwrap();
        }
        std::fs::read(dir.join(FILE)).unwrap()
    }

    #[test]
    fn every_flipped_bit_of_every_line_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = sample(dir.path());
        let log = Log::parse(&bytes);
        assert!(log.faults.is_empty() && log.entries.len() == 3 && !log.interrupted);
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                assert!(!Log::parse(&flipped).faults.is_empty(), "byte {at} bit {bit}");
            }
        }
    }

    #[test]
    fn missing_doubled_and_reordered_lines_are_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let text = String::from_utf8(sample(dir.path())).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for order in [&[0, 2][..], &[1, 2], &[0, 0, 1, 2], &[0, 2, 1], &[0, 1, 2, 2]] {
            let changed: String = order.iter().map(|&line| lines[line]).collect();
            assert!(!Log::parse(changed.as_bytes()).faults.is_empty(), "{order:?}");
        }
        // fewer lines are a log that ends earlier: the files and a pinned head tell
        assert!(Log::parse((lines[0].to_owned() + lines[1]).as_bytes()).faults.is_empty());
    }

    #[test]
    fn behind_the_last_number_nothing_follows() {
        let entry = |seq, prev: &str| LogEntry {
            v: FORMAT,
            seq,
            file: "segment-000001.warc.gz".to_owned(),
            offset: 0,
            records: Vec::new(),
            prev: prev.to_owned(),
            hash: String::new(),
        };
        let first = entry(u64::MAX, "").sealed();
        let second = entry(0, &first.hash).sealed();
        let log = Log::parse(format!("{}\n{}\n", first.line(), second.line()).as_bytes());
        assert_eq!(log.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_line_that_was_cut_is_written_anew() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = sample(dir.path());
        std::fs::write(dir.path().join(FILE), &bytes[..bytes.len() - 20]).unwrap();
        let log = read(dir.path()).unwrap().unwrap();
        assert!(log.interrupted && log.entries.len() == 2);
        let known = journal(dir.path()).unwrap().unwrap();
        assert!(known.interrupted && known.faults.len() == 1);
        assert_eq!(known.reach, BTreeMap::from([("segment-000001.warc.gz".to_owned(), 20)]));
        let mut writer = LogWriter::open(dir.path(), &known).unwrap();
        let record = Logged { id: "urn:uuid:2".into(), length: 10, sha256: sha256_hex(&[0]) };
        writer.append("segment-000001.warc.gz", 20, vec![record]).unwrap();
        assert_eq!(std::fs::read(dir.path().join(FILE)).unwrap(), bytes);
    }
}
