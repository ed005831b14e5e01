//! Small files of an archive's folder, read whole.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::error::ArchiveError;

/// The bytes of a file, at most `limit` of them; none where it is missing.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ArchiveError> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(limit).read_to_end(&mut bytes).map_err(ArchiveError::io("read", path))?,
        Err(error) if error.kind() == ErrorKind::NotFound => 0,
        Err(error) => return Err(ArchiveError::io("open", path)(error)),
    };
    Ok(bytes)
}
