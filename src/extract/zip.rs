//! ZIP containers: their members, with every bound that a bomb would break.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use crate::model::{Failure, Reason};

/// Members that a container may have.
const MAX_MEMBERS: usize = 20_000;
/// How much larger than its packed form a member may be, beyond the first mebibyte.
const MAX_GROWTH: u64 = 200;

/// A container that was opened.
pub(super) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Container<'a> {
    /// Opens a container.
    ///
    /// # Errors
    ///
    /// `damaged` where its directory cannot be read, `too-large` where it has too many members.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Failure> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if archive.len() > MAX_MEMBERS {
            return Err(too_large("has more members than the limit"));
        }
        Ok(Self { archive, left: limits.max_bytes as u64 })
    }

    /// The text of a member; `None` where there is none of that name.
    ///
    /// # Errors
    ///
    /// `damaged`, `encrypted`, or `too-large` where it unfolds beyond the limit of the whole container.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        let growth = file.compressed_size().saturating_mul(MAX_GROWTH).max(1 << 20);
        let allowed = self.left.min(growth);
        let mut bytes = Vec::new();
        file.take(allowed + 1).read_to_end(&mut bytes).map_err(|error| {
            Failure::new(Reason::Damaged, format!("{name} in the container cannot be unpacked: {error}"))
        })?;
        if bytes.len() as u64 > allowed {
            return Err(too_large(&format!("unfolds {name} beyond the limit: it looks like a bomb")));
        }
        self.left -= bytes.len() as u64;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The names of its members, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.archive.file_names().flatten().map(|name| name.into_owned()).collect();
        names.sort_unstable();
        names
    }
}

fn too_large(what: &str) -> Failure {
    Failure::new(Reason::TooLarge, format!("the container {what}"))
}

fn damaged(error: &ZipError) -> Failure {
    match error {
        ZipError::InvalidPassword => Failure::new(Reason::Encrypted, "the container asks for a password"),
        ZipError::UnsupportedArchive(what) if what.to_ascii_lowercase().contains("password") => {
            Failure::new(Reason::Encrypted, "the container asks for a password")
        }
        error => Failure::new(Reason::Damaged, format!("the container cannot be opened: {error}")),
    }
}
