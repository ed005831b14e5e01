//! What another place must hold to hold the same archive: the log, every file that it names, signatures and timestamps.
//!
//! The log says of each file how long it is and what every byte of it hashes to, so two places are compared by their
//! logs alone. Where one is the beginning of the other, the longer one is what the archive became; else they are two
//! archives, and nothing is merged. Left out: the index, which is a cache, and what belongs to this machine (the lock,
//! the history of runs, what recovery put aside).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::ArchiveError;
use super::index::sync_dir;
use super::log::{self, Log};
use super::segment::Lock;
use super::warc::digest::Hashing;
use super::{import, names, seal, timestamp, whole};

/// Where files from another place are put until all of them are here and compared.
const INCOMING: &str = "incoming";

/// What an archive consists of, by its log.
#[derive(Debug, Default)]
pub struct Inventory {
    bytes: Vec<u8>,
    log: Log,
}

/// How one archive stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They are the same.
    Same,
    /// It has all that the other has, and more.
    Ahead,
    /// The other has all that it has, and more.
    Behind,
    /// Each has something that the other lacks, or they never were the same archive.
    Parted,
}

/// The files that are no records: they vouch for the log.
pub const VOUCHING: [&str; 2] = [seal::FILE, timestamp::FILE];

/// The name of the log, which is written last: what it names is there.
pub const LOG: &str = log::FILE;

/// The most bytes that a log, or a file of [`VOUCHING`], may have.
pub const MAX_LOG: u64 = 1 << 30;

impl Inventory {
    /// That of a folder; an empty one where there is none.
    pub fn of(folder: &Path) -> Result<Self, ArchiveError> {
        let bytes = read_whole(&folder.join(LOG))?;
        Self::parse(bytes).map_err(|message| ArchiveError::Damaged { record: LOG.to_owned(), message })
    }

    /// Reads a log from anywhere. A log that does not hold, or that names what is no file of an archive, is refused.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, String> {
        let log = Log::parse(&bytes);
        if let Some(fault) = log.faults.first() {
            return Err(format!("line {} {}", fault.line, fault.message));
        }
        let stray = log.entries.iter().find(|entry| !is_ours(&entry.file));
        match stray {
            Some(entry) => Err(format!("line {} names {:?}, which is no file of an archive", entry.seq, entry.file)),
            None => Ok(Self { bytes, log }),
        }
    }

    /// The bytes of the log.
    pub fn log(&self) -> &[u8] {
        &self.bytes
    }

    /// The hash of its last line; `None` where nothing was archived.
    pub fn head(&self) -> Option<&str> {
        self.log.head()
    }

    /// Each file that it names, with the bytes that it vouches for.
    pub fn files(&self) -> BTreeMap<&str, u64> {
        self.log.reach()
    }

    /// How this archive stands to another.
    pub fn standing(&self, other: &Self) -> Standing {
        match (self.bytes.starts_with(&other.bytes), other.bytes.starts_with(&self.bytes)) {
            (true, true) => Standing::Same,
            (true, false) => Standing::Ahead,
            (false, true) => Standing::Behind,
            (false, false) => Standing::Parted,
        }
    }

    /// Compares the bytes of a file with what the log says of each of its records. What stands behind them was never
    /// acknowledged, and is not looked at.
    pub fn vouches(&self, name: &str, path: &Path) -> Result<(), ArchiveError> {
        let io = || ArchiveError::io("read", path);
        let damaged = |record: &str| ArchiveError::Damaged {
            record: record.to_owned(),
            message: format!("{name} does not hold what the log names"),
        };
        let mut file = File::open(path).map_err(io())?;
        for entry in self.log.entries.iter().filter(|entry| entry.file == name) {
            let mut offset = entry.offset;
            for record in &entry.records {
                file.seek(SeekFrom::Start(offset)).map_err(io())?;
                let mut hash = Hashing::new();
                let read = std::io::copy(&mut (&mut file).take(record.length), &mut hash).map_err(io())?;
                if read != record.length || hash.hex() != record.sha256 {
                    return Err(damaged(&record.id));
                }
                offset += record.length;
            }
        }
        Ok(())
    }
}

/// Whether that is what a segment, an import or what a rewriting left is called: such a name is no path to anywhere else.
fn is_ours(name: &str) -> bool {
    names::number(name).is_some() || import::number(name).is_some() || names::rewriting(name).is_some()
}

/// Both lists of lines, each line once: those of `ours` first.
pub fn joined_lines(ours: &[u8], theirs: &[u8]) -> Vec<u8> {
    let mut joined = ours.to_vec();
    let known: std::collections::HashSet<&[u8]> = ours.split_inclusive(|&byte| byte == b'\n').collect();
    for line in theirs.split_inclusive(|&byte| byte == b'\n').filter(|line| !known.contains(line)) {
        joined.extend_from_slice(line);
    }
    joined
}

/// The bytes of a small file of the folder; none where it is missing.
pub fn read_whole(path: &Path) -> Result<Vec<u8>, ArchiveError> {
    whole::read(path, MAX_LOG)
}

/// Files on their way into an archive's folder, which is locked until they are in it.
pub struct Incoming {
    folder: PathBuf,
    _lock: Lock,
}

impl Incoming {
    /// Locks a folder, which is made where it is missing, and puts an earlier arrival in its place first.
    pub fn begin(folder: &Path) -> Result<Self, ArchiveError> {
        let lock = Lock::take(folder)?;
        settle(folder)?;
        let incoming = folder.join(INCOMING);
        fs::create_dir_all(&incoming).map_err(ArchiveError::io("create", &incoming))?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    /// Where a file is written until [`Self::finish`].
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(INCOMING).join(name)
    }

    /// Compares everything that came with the log, and puts it in its place: all of it, also after a kill, or nothing.
    pub fn finish(self, came: &Inventory) -> Result<(), ArchiveError> {
        let incoming = self.folder.join(INCOMING);
        for name in came.files().into_keys() {
            let path = self.place(name);
            if path.exists() {
                came.vouches(name, &path)?;
            }
        }
        // from here on an opening completes what a kill interrupts
        let log = self.place(LOG);
        let half = self.place("log.half");
        fs::write(&half, &came.bytes)
            .and_then(|()| File::open(&half)?.sync_all())
            .map_err(ArchiveError::io("write", &half))?;
        fs::rename(&half, &log).map_err(ArchiveError::io("write", &log))?;
        sync_dir(&incoming)?;
        settle(&self.folder)
    }
}

/// Puts files that had all come in their place, or throws away those of an arrival that was interrupted before. Called
/// under the lock.
pub(crate) fn settle(folder: &Path) -> Result<(), ArchiveError> {
    let incoming = folder.join(INCOMING);
    if !incoming.is_dir() {
        return Ok(());
    }
    if incoming.join(LOG).is_file() {
        let mut names = Vec::new();
        for entry in fs::read_dir(&incoming).map_err(ArchiveError::io("read", &incoming))?.flatten() {
            if let Some(name) = entry.file_name().to_str().filter(|name| is_ours(name) || VOUCHING.contains(name)) {
                names.push(name.to_owned());
            }
        }
        names.push(LOG.to_owned());
        for name in names {
            let to = folder.join(&name);
            fs::rename(incoming.join(&name), &to).map_err(ArchiveError::io("write", &to))?;
        }
        sync_dir(folder)?;
    }
    fs::remove_dir_all(&incoming).map_err(ArchiveError::io("remove", &incoming))
}
