//! A local file named in a manifest into its bytes.
//!
//! Paths are relative to the manifest's folder, and stay inside it unless that is allowed: links are resolved
//! before the comparison. Only ordinary files are read, and only up to a limit.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;

use crate::model::{Failure, Reason};

/// A local file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type, guessed from its name.
    pub content_type: &'static str,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// Reads the file `written`, relative to the folder `base`.
pub fn read_local(base: &Path, written: &str, allow_outside: bool, max_bytes: u64) -> Result<LocalFile, Failure> {
    let failure = |what: &str| Failure::new(Reason::NoSuchFile, format!("the file {written} {what}"));
    let base = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    let folder = base.canonicalize().map_err(|error| failure(&format!("cannot be looked for: {error}")))?;
    let path = base.join(written).canonicalize().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => failure("does not exist"),
        _ => failure(&format!("cannot be read: {error}")),
    })?;
    if !allow_outside && !path.starts_with(&folder) {
        return Err(failure("is outside the manifest's folder; --allow-outside permits it"));
    }
    // a pipe or device would block, or never end
    let ordinary = |metadata: &std::fs::Metadata| metadata.is_file();
    if !std::fs::metadata(&path).as_ref().is_ok_and(ordinary) {
        return Err(failure("is not an ordinary file"));
    }
    let read_error = |error: std::io::Error| failure(&format!("cannot be read: {error}"));
    let file = File::open(&path).map_err(read_error)?;
    let metadata = file.metadata().map_err(read_error)?;
    if !ordinary(&metadata) {
        return Err(failure("is not an ordinary file"));
    }
    let mut bytes = Vec::new();
    file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(read_error)?;
    if bytes.len() as u64 > max_bytes {
        let detail = format!("the file {written} is larger than {max_bytes} bytes");
        return Err(Failure::new(Reason::TooLarge, detail));
    }
    let modified = metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    Ok(LocalFile { bytes, content_type: content_type(written), modified: modified.unwrap_or(Timestamp::UNIX_EPOCH) })
}

/// Guesses a media type from the end of a file's name.
pub fn content_type(name: &str) -> &'static str {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html",
        "xhtml" | "xht" => "application/xhtml+xml",
        "txt" | "text" => "text/plain",
        "md" | "markdown" => "text/markdown",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "epub" => "application/epub+zip",
        "rtf" => "application/rtf",
        "srt" => "application/x-subrip",
        "vtt" => "text/vtt",
        "json" => "application/json",
        "xml" => "application/xml",
        "rss" => "application/rss+xml",
        "atom" => "application/atom+xml",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "eml" => "message/rfc822",
        "mhtml" | "mht" => "multipart/related",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_with_its_type_and_date() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("notes.txt"), "the tide").unwrap();
        let file = read_local(folder.path(), "notes.txt", false, 100).unwrap();
        assert_eq!((file.bytes.as_slice(), file.content_type), (&b"the tide"[..], "text/plain"));
        assert!(file.modified > Timestamp::UNIX_EPOCH);
        assert_eq!(read_local(folder.path(), "notes.txt", false, 7).unwrap_err().reason, Reason::TooLarge);
        for missing in ["other.txt", "", ".", "a\0b", "notes.txt/x"] {
            let failure = read_local(folder.path(), missing, false, 100).unwrap_err();
            assert_eq!(failure.reason, Reason::NoSuchFile, "{missing:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn nothing_outside_the_folder_is_read_unless_allowed() {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("claims");
        std::fs::create_dir(&inner).unwrap();
        std::fs::create_dir(outer.path().join("claims-2")).unwrap();
        std::fs::write(outer.path().join("secret.txt"), "secret").unwrap();
        std::fs::write(outer.path().join("claims-2/near.txt"), "secret").unwrap();
        std::os::unix::fs::symlink("../secret.txt", inner.join("link.txt")).unwrap();
        std::os::unix::fs::symlink("..", inner.join("up")).unwrap();
        let absolute = outer.path().join("secret.txt").display().to_string();
        for path in ["../secret.txt", "link.txt", "up/secret.txt", "../claims-2/near.txt", absolute.as_str()] {
            let failure = read_local(&inner, path, false, 100).unwrap_err();
            assert_eq!(failure.reason, Reason::NoSuchFile, "{path}");
            assert!(failure.detail.contains("--allow-outside"), "{path}: {}", failure.detail);
            assert_eq!(read_local(&inner, path, true, 100).unwrap().bytes, b"secret", "{path}");
        }
    }
}
