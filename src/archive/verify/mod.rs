//! Whether every byte of an archive still holds, who vouches for that, and what damage touches.
//!
//! Reads everything, repairs nothing, asks no network. What is found is a list of problems, each with the records
//! that it touches, and a ladder: what is attested, by whom, up to which step. A step that nobody attests is
//! shown as missing; no step says that the bytes are what a server meant to send.

mod folder;
mod package;
mod part;
mod pins;
mod single;
mod touched;

use std::fs;
use std::path::Path;

use super::error::ArchiveError;
use super::parts;

pub(super) use pins::{bare, plain_key};

/// What was pinned elsewhere, to be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pins {
    /// The fingerprint of the key that must have signed.
    pub key: Option<String>,
    /// The head of the log, or the digest of a package, as it was noted earlier.
    pub head: Option<String>,
}

/// What verifying gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files that were read.
    pub files: usize,
    /// Records that were compared with what vouches for them.
    pub records: usize,
    /// Lines of the log.
    pub lines: usize,
    /// The hash of the last line of the log.
    pub head: Option<String>,
    /// The digest of a package's description.
    pub package: Option<String>,
    /// What does not hold.
    pub problems: Vec<Problem>,
    /// What is odd and breaks nothing.
    pub notes: Vec<String>,
    /// What is attested, step by step.
    pub ladder: Vec<Rung>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, and where in it.
    pub place: String,
    /// The records that it touches, by their ids; empty where it touches none, or none can be told.
    pub records: Vec<String>,
    /// What is wrong.
    pub message: String,
}

/// A step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The bytes are those that the archive's own log or description names.
    BytesIntact,
    /// They are those that a key has signed.
    UnchangedSinceSigned,
    /// A timestamp authority saw the head of the log.
    ExistedBefore,
    /// Another archive holds the same.
    IndependentlyCaptured,
}

/// What is known about a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Which step.
    pub step: Step,
    /// Whether it holds.
    pub holds: bool,
    /// Who attests to what, or what is missing.
    pub detail: String,
}

impl Step {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::BytesIntact => "bytes-intact",
            Self::UnchangedSinceSigned => "unchanged-since-signed",
            Self::ExistedBefore => "existed-before",
            Self::IndependentlyCaptured => "independently-captured",
        }
    }
}

impl Verification {
    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.problems.is_empty()
    }

    fn problem(&mut self, place: impl Into<String>, records: Vec<String>, message: impl Into<String>) {
        let problem = Problem { place: place.into(), records, message: message.into() };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn rung(&mut self, step: Step, holds: bool, detail: impl Into<String>) {
        self.ladder.push(Rung { step, holds, detail: detail.into() });
    }
}

/// A record as something vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Expected {
    id: String,
    offset: u64,
    length: u64,
    sha256: String,
}

/// Verifies the archive at `path`: a folder, a package, or a file of records.
pub fn verify(path: &Path, pins: &Pins) -> Result<Verification, ArchiveError> {
    let metadata = fs::metadata(path).map_err(ArchiveError::io("open", path))?;
    let mut found = if metadata.is_dir() {
        folder::verify(path, pins)?
    } else if parts::is_zip(path)? {
        package::verify(path, pins)?
    } else {
        single::verify(path, pins)?
    };
    found.ladder.sort_by_key(|rung| rung.step);
    Ok(found)
}
