//! Files that hold records, wherever they are: on the disk, or inside a WACZ.
//!
//! A part is named by its file, and inside a WACZ by `file.wacz#archive/data.warc.gz`. Stored entries are read
//! where they stand, deflated ones in memory and up to a limit; nothing is ever unpacked to the disk.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use super::error::{ArchiveError, Warning};
use super::zip::{Entry, Method, Zip, read_entry};

/// Bytes of a deflated entry that are unpacked into memory.
const MAX_UNPACKED: u64 = 1 << 30;
const RECORDS: [&str; 6] = [".warc", ".warc.gz", ".warc.zst", ".warc.open", ".arc", ".arc.gz"];

/// Whether a file of that name holds records.
pub(crate) fn holds_records(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    RECORDS.iter().any(|end| name.ends_with(end))
}

/// An open part.
pub(crate) enum PartFile {
    Disk(File),
    /// A stored entry of a WACZ.
    Slice(Slice),
    /// A deflated entry of a WACZ.
    Memory(Cursor<Vec<u8>>),
}

/// A stretch of a file as a file of its own.
pub(crate) struct Slice {
    file: File,
    start: u64,
    length: u64,
    at: u64,
}

impl Read for Slice {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let count = into.len().min(left);
        let read = self.file.read(&mut into[..count])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Slice {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        self.file.seek(SeekFrom::Start(self.start.saturating_add(at)))?;
        self.at = at;
        Ok(at)
    }
}

impl Read for PartFile {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Disk(file) => file.read(into),
            Self::Slice(slice) => slice.read(into),
            Self::Memory(bytes) => bytes.read(into),
        }
    }
}

impl Seek for PartFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Disk(file) => file.seek(to),
            Self::Slice(slice) => slice.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// The part of a name inside a WACZ.
pub(crate) fn inner(name: &str) -> Option<&str> {
    name.split_once('#').map(|(_, inner)| inner)
}

/// Opens a part; `path` is the file on the disk, `name` the part's whole name.
pub(crate) fn open(path: &Path, name: &str) -> Result<PartFile, ArchiveError> {
    let mut file = File::open(path).map_err(ArchiveError::io("open", path))?;
    let Some(inner) = inner(name) else { return Ok(PartFile::Disk(file)) };
    let zip = Zip::open(&mut file).map_err(ArchiveError::io("read", path))?;
    let damaged = |message: String| ArchiveError::Damaged { record: name.to_owned(), message };
    let entry = zip.entry(inner).ok_or_else(|| damaged("is no longer in the file".to_owned()))?;
    open_entry(file, path, entry)?.map_err(damaged)
}

/// Opens an entry of a WACZ; the inner error says what is wrong with it.
pub(crate) fn open_entry(mut file: File, path: &Path, entry: &Entry) -> Result<Result<PartFile, String>, ArchiveError> {
    let io = ArchiveError::io("read", path);
    if entry.method == Method::Stored {
        file.seek(SeekFrom::Start(entry.at)).map_err(io)?;
        return Ok(Ok(PartFile::Slice(Slice { file, start: entry.at, length: entry.packed, at: 0 })));
    }
    let read = read_entry(&mut file, entry, MAX_UNPACKED).map_err(io)?;
    Ok(read.map(|bytes| PartFile::Memory(Cursor::new(bytes))))
}

/// The parts of a WACZ, and what is odd about it.
pub(crate) struct Parts {
    pub(crate) names: Vec<String>,
    pub(crate) warnings: Vec<Warning>,
    /// Whether there is a `datapackage.json`.
    pub(crate) package: bool,
}

/// Lists the parts of the WACZ at `path`, which is called `name`.
pub(crate) fn list(path: &Path, name: &str) -> Result<Parts, ArchiveError> {
    let mut file = File::open(path).map_err(ArchiveError::io("open", path))?;
    let zip = Zip::open(&mut file).map_err(ArchiveError::io("read", path))?;
    let mut warnings: Vec<Warning> = zip.warnings.iter().map(|message| Warning::new(name, message.clone())).collect();
    let mut names = Vec::new();
    for entry in &zip.entries {
        if entry.name.to_ascii_lowercase().ends_with(".wacz") {
            warnings.push(Warning::new(name, format!("{} is a WACZ inside it, and is not read", entry.name)));
        }
        if !holds_records(&entry.name) {
            continue;
        }
        if entry.method == Method::Deflated {
            let message = format!("{} is compressed twice, which replay tools do not read", entry.name);
            warnings.push(Warning::new(name, message));
        }
        names.push(format!("{name}#{}", entry.name));
    }
    let package = zip.entry("datapackage.json").is_some();
    if zip.whole && !package {
        warnings.push(Warning::new(name, "has no datapackage.json, as a WACZ must"));
    }
    Ok(Parts { names, warnings, package })
}

/// Whether a file is a ZIP file, by its first bytes.
pub(crate) fn is_zip(path: &Path) -> Result<bool, ArchiveError> {
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(4).read_to_end(&mut start)).map_err(ArchiveError::io("read", path))?;
    Ok(start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06"))
}
