//! Writing: the lock, the segments, and the log that acknowledges what is in them.
//!
//! Records are appended with one write and made durable before the log names them, and the log before anyone
//! hears of them; a write that fails is taken back. A segment never grows past its size by more than one
//! capture. Nothing is ever overwritten.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::compose::{Group, warcinfo};
use super::error::ArchiveError;
use super::index::sync_dir;
use super::log::{LogWriter, Logged};
pub(crate) use super::names::{name, number};
use super::warc::digest::sha256_hex;
use super::warc::record::{Place, Record};
use super::warc::write::{Seed, member};

const LOCK: &str = "lock";

/// The right to write to an archive's folder; ends when it is dropped, or its process does.
pub(crate) struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

/// Writes to a folder.
pub(crate) struct Writer {
    dir: PathBuf,
    _lock: Lock,
    log: LogWriter,
    /// Bytes after which a new segment is begun.
    limit: u64,
    open: Option<Segment>,
    next: u32,
    broken: bool,
}

struct Segment {
    file: File,
    name: String,
    length: u64,
}

/// Where the records of a group were written.
pub(crate) struct Written {
    pub(crate) file: String,
    pub(crate) places: Vec<Place>,
    /// Length of the file now.
    pub(crate) length: u64,
}

impl Lock {
    /// Takes the lock of a folder, creating the folder where it is missing.
    pub(crate) fn take(dir: &Path) -> Result<Self, ArchiveError> {
        fs::create_dir_all(dir).map_err(ArchiveError::io("create", dir))?;
        let path = dir.join(LOCK);
        let lock = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .map_err(ArchiveError::io("open", &path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ArchiveError::Locked { path: dir.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(ArchiveError::Io { action: "lock", path, source }),
        }
        Ok(Self(lock))
    }
}

impl Writer {
    /// Makes the writer of a locked folder.
    pub(crate) fn new(dir: &Path, lock: Lock, log: LogWriter, limit: u64) -> Self {
        Self { dir: dir.to_owned(), _lock: lock, log, limit, open: None, next: 1, broken: false }
    }

    /// Goes on where the last segment ends; `None` begins a new one after number `last`.
    pub(crate) fn resume(&mut self, last: u32, length: Option<u64>) -> Result<(), ArchiveError> {
        self.next = last + 1;
        let Some(length) = length.filter(|length| *length < self.limit) else { return Ok(()) };
        let name = name(last);
        let path = self.dir.join(&name);
        let file = OpenOptions::new().write(true).open(&path).map_err(ArchiveError::io("open", &path))?;
        self.open = Some(Segment { file, name, length });
        Ok(())
    }

    /// Removes a segment without content: its first write never came to anything.
    pub(crate) fn remove_empty(&self, segment: &str) -> Result<(), ArchiveError> {
        let path = self.dir.join(segment);
        fs::remove_file(&path).map_err(ArchiveError::io("remove the empty", &path))?;
        sync_dir(&self.dir)
    }

    /// Where the next record will stand, for its id.
    pub(crate) fn seed(&mut self, now: Timestamp) -> Result<Seed, ArchiveError> {
        if self.broken {
            return Err(ArchiveError::Broken { path: self.dir.clone() });
        }
        if self.open.as_ref().is_none_or(|segment| segment.length >= self.limit) {
            self.begin(now)?;
        }
        let segment = self.open.as_ref().ok_or_else(|| ArchiveError::Broken { path: self.dir.clone() })?;
        Ok(Seed { file: segment.name.clone(), offset: segment.length })
    }

    /// Creates the next segment, with the record that introduces it.
    fn begin(&mut self, now: Timestamp) -> Result<(), ArchiveError> {
        let name = name(self.next);
        let path = self.dir.join(&name);
        let io = |action| ArchiveError::io(action, &path);
        let info = warcinfo(&Seed { file: name.clone(), offset: 0 }, now);
        let record = member(&info, self.log.last_record()).map_err(io("write"))?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(io("create"))?;
        let written = file.write_all(&record).and_then(|()| file.sync_all()).map_err(io("write"));
        if let Err(error) = written.and_then(|()| sync_dir(&self.dir)) {
            // nothing of a capture is in it yet
            let _ = fs::remove_file(&path);
            return Err(error);
        }
        self.next += 1;
        self.broken = true;
        self.log.append(&name, 0, vec![logged(&info, &record)])?;
        self.broken = false;
        self.open = Some(Segment { file, name, length: record.len() as u64 });
        Ok(())
    }

    /// Names a file that was copied into the folder whole in the log.
    pub(crate) fn vouch(&mut self, name: &str, whole: Logged) -> Result<(), ArchiveError> {
        if self.broken {
            return Err(ArchiveError::Broken { path: self.dir.clone() });
        }
        self.broken = true;
        self.log.append(name, 0, vec![whole])?;
        self.broken = false;
        Ok(())
    }

    /// Appends the records of one capture, and returns when they are on the disk.
    pub(crate) fn append(&mut self, group: &Group) -> Result<Written, ArchiveError> {
        let Some(segment) = self.open.as_mut().filter(|_| !self.broken) else {
            return Err(ArchiveError::Broken { path: self.dir.clone() });
        };
        let path = self.dir.join(&segment.name);
        let mut bytes = Vec::new();
        let mut places = Vec::new();
        let mut records: Vec<Logged> = Vec::new();
        for record in &group.records {
            let previous = records.last().map(|record| record.sha256.as_str()).or(self.log.last_record());
            let member = member(record, previous).map_err(ArchiveError::io("compress for", &path))?;
            records.push(logged(record, &member));
            let offset = segment.length + bytes.len() as u64;
            places.push(Place { offset, length: member.len() as u64, skip: 0 });
            bytes.extend_from_slice(&member);
        }
        let written = segment
            .file
            .seek(SeekFrom::Start(segment.length))
            .and_then(|_| segment.file.write_all(&bytes))
            .and_then(|()| segment.file.sync_data());
        if let Err(error) = written {
            // after a failed synchronisation nobody knows what is on the disk: only opening again, which reads
            // it, can tell
            self.broken = true;
            let _ = segment.file.set_len(segment.length);
            return Err(ArchiveError::io("write", &path)(error));
        }
        if let Err(error) = self.log.append(&segment.name, segment.length, records) {
            // the records are there and whole: opening again takes them up
            self.broken = true;
            return Err(error);
        }
        segment.length += bytes.len() as u64;
        Ok(Written { file: segment.name.clone(), places, length: segment.length })
    }
}

/// What the log says of a record.
fn logged(record: &Record, member: &[u8]) -> Logged {
    Logged { id: record.id().to_owned(), length: member.len() as u64, sha256: sha256_hex(member) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::log::Journal;

    const LIMIT: u64 = 10_000;

    #[test]
    fn a_full_segment_is_followed_by_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let log = LogWriter::open(dir.path(), &Journal::default()).unwrap();
        let mut writer = Writer::new(dir.path(), Lock::take(dir.path()).unwrap(), log, LIMIT);
        assert_eq!(writer.seed(now).unwrap().file, "segment-000001.warc.gz");
        writer.resume(1, Some(LIMIT - 1)).unwrap();
        assert_eq!(writer.seed(now).unwrap().file, "segment-000001.warc.gz");
        writer.open = None;
        writer.resume(1, Some(LIMIT)).unwrap();
        assert_eq!(writer.seed(now).unwrap().file, "segment-000002.warc.gz");
        assert!(dir.path().join("segment-000002.warc.gz").metadata().unwrap().len() > 0);
    }

    #[test]
    fn only_segments_have_numbers() {
        assert_eq!(number("segment-000012.warc.gz"), Some(12));
        assert_eq!(number(&name(1_000_000)), Some(1_000_000));
        for other in ["segment-1.warc.gz", "segment-000001.warc", "segment-+00001.warc.gz", "x.warc.gz"] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
