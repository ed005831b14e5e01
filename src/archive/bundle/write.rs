//! Writing a bundle.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use flate2::Crc;

use super::{Bundle, BundleFile, DESCRIPTION, DIGEST, Digest, Listed, Signed};
use crate::archive::error::ArchiveError;
use crate::archive::index;
use crate::archive::seal::Key;
use crate::archive::warc::digest::{Hashing, sha256_hex};
use crate::archive::zip::{Content, ZipWriter};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The SHA-256 of the list of files, which stands for everything in the bundle.
    pub digest: String,
}

/// Writes a bundle: whole or not at all. `captures` is a package of captures, where there is one. The list of digests is
/// made here; of `files`, those that are given are written in the order of [`BundleFile::ALL`].
///
/// # Errors
///
/// When a file cannot be read or written, or signing fails.
pub fn write_bundle(
    out: &Path,
    bundle: &Bundle,
    files: &[(BundleFile, &[u8])],
    captures: Option<&Path>,
    key: Option<&Key>,
) -> Result<Written, ArchiveError> {
    let given = |file: BundleFile| files.iter().find(|(name, _)| *name == file).map(|(_, bytes)| *bytes);
    let package = captures.map(|path| measure(path).map_err(ArchiveError::io("read", path))).transpose()?;
    let mut sums = String::new();
    for file in BundleFile::ALL.into_iter().filter(|file| *file != BundleFile::Sums) {
        let sum = match file {
            BundleFile::Captures => package.as_ref().map(|package| package.sha256.clone()),
            _ => given(file).map(sha256_hex),
        };
        if let Some(sum) = sum {
            sums.push_str(&format!("{sum}  {}\n", file.name()));
        }
    }
    let io = |error: io::Error| ArchiveError::io("write", out)(error);
    let mut bundle = bundle.clone();
    let mut members: Vec<(BundleFile, Content)> = Vec::new();
    for file in BundleFile::ALL {
        let bytes = if file == BundleFile::Sums { Some(sums.as_bytes()) } else { given(file) };
        let (content, sha256) = match (file, bytes, &package) {
            (BundleFile::Captures, _, Some(package)) => (package.content, package.sha256.clone()),
            (BundleFile::Captures, _, None) | (_, None, _) => continue,
            (_, Some(bytes), _) => (Content::of(bytes), sha256_hex(bytes)),
        };
        bundle.files.push(Listed { path: file.name().to_owned(), sha256, bytes: content.size });
        members.push((file, content));
    }
    let description = serde_json::to_vec_pretty(&bundle).map_err(|error| io(error.into()))?;
    let digest = sha256_hex(&description);
    let signed = key.map(|key| {
        let signature = key.sign(&digest).map_err(|error| io(io::Error::other(error)))?;
        Ok::<_, ArchiveError>(Signed { public_key: key.public(), signature })
    });
    let sealed = Digest { path: DESCRIPTION.to_owned(), sha256: digest.clone(), signed: signed.transpose()? };
    let sealed = serde_json::to_vec_pretty(&sealed).map_err(|error| io(error.into()))?;
    let mut half = out.file_name().unwrap_or_default().to_owned();
    half.push(".part");
    let half = out.with_file_name(half);
    let written = File::create(&half).and_then(|file| {
        let mut zip = ZipWriter::new(BufWriter::with_capacity(1 << 20, file));
        for (file, content) in members {
            match (file, captures) {
                (BundleFile::Captures, Some(path)) => zip.add(file.name(), content, File::open(path)?)?,
                (BundleFile::Sums, _) => zip.add(file.name(), content, sums.as_bytes())?,
                _ => zip.add(file.name(), content, given(file).unwrap_or_default())?,
            }
        }
        for (name, bytes) in [(DESCRIPTION, &description), (DIGEST, &sealed)] {
            zip.add(name, Content::of(bytes), bytes.as_slice())?;
        }
        zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&half, out)
    });
    if let Err(error) = written {
        let _ = fs::remove_file(&half);
        return Err(io(error));
    }
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    index::sync_dir(folder.unwrap_or(Path::new(".")))?;
    Ok(Written { digest })
}

/// A file's size, checksum and digest.
struct Measured {
    content: Content,
    sha256: String,
}

fn measure(path: &Path) -> io::Result<Measured> {
    let mut file = File::open(path)?;
    let (mut crc, mut hash) = (Crc::new(), Hashing::new());
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(Measured { content: Content { size, crc: crc.sum() }, sha256: hash.hex() });
        }
        size += read as u64;
        crc.update(&buffer[..read]);
        hash.write_all(&buffer[..read])?;
    }
}
