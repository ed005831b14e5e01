//! What can go wrong with an archive as a whole, and the oddities that are read over and reported.

use std::io;
use std::path::{Path, PathBuf};

/// An archive that cannot be used: it ends the run, unlike a source that failed.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum ArchiveError {
    /// The operating system refused something.
    #[error("cannot {action} {}: {source}", path.display())]
    Io { action: &'static str, path: PathBuf, source: io::Error },
    /// Another run holds the archive.
    #[error("the archive {} is being written by another run", path.display())]
    Locked { path: PathBuf },
    /// A kind of file that is not read.
    #[error("{} is {container}", path.display())]
    UnsupportedContainer { path: PathBuf, container: &'static str },
    /// Something was to be written to an archive that is read only.
    #[error("the archive {} is open for reading only", path.display())]
    ReadOnly { path: PathBuf },
    /// A file was named where a folder is needed.
    #[error("{} is a single file, which serves for reading only; name a folder to write to", path.display())]
    NotAFolder { path: PathBuf },
    /// A record is not what it says, or not what the index says.
    #[error("record {record} is damaged: {message}")]
    Damaged { record: String, message: String },
    /// There is no such record.
    #[error("no record {record} in the archive")]
    NoSuchRecord { record: String },
    /// The capture has nothing to read.
    #[error("record {record} has no body: {message}")]
    NoBody { record: String, message: String },
    /// An earlier write failed, so that nobody knows what is on the disk.
    #[error("an earlier write to {} failed; open the archive again, which repairs its end", path.display())]
    Broken { path: PathBuf },
}

impl ArchiveError {
    /// Returns a function that wraps an I/O error, for `map_err`.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}

/// An oddity of an archive that was read over: what, and in which record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The record, by its id or its file and offset.
    pub record: String,
    /// What is odd about it.
    pub message: String,
    /// Whether it means that bytes are missing, or are not what they were.
    pub damage: bool,
}

impl Warning {
    /// Makes a warning.
    pub(crate) fn new(record: impl Into<String>, message: impl Into<String>) -> Self {
        Self { record: record.into(), message: message.into(), damage: false }
    }

    /// Makes a warning of damage.
    pub(crate) fn damage(record: impl Into<String>, message: impl Into<String>) -> Self {
        Self { damage: true, ..Self::new(record, message) }
    }
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.record, self.message)
    }
}
