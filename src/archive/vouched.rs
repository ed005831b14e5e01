//! What vouches for a file that was taken in whole: the description of the package that it is in, or the log.
//!
//! A file that is not what it was vouched for may have been written by anybody: no capture in it carries any words.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::error::{ArchiveError, Warning};
use super::log::Journal;
use super::parts::holds_records;
use super::recover::hash_file;
use super::scan::Scan;
use super::wacz::PACKAGE;
use super::wacz::description::Package;
use super::warc::digest::Hashing;
use super::zip::{Entry, Method, Zip, read_entry};
use crate::model::{Failure, Outcome, Reason};

/// Bytes of a description that is read into memory.
const MAX_DESCRIPTION: u64 = 64 << 20;

/// The files of records in the package at `path` that its description does not vouch for, with what is wrong. A package
/// without a description, or with one that names no file of records, says nothing of any.
pub(crate) fn unvouched(path: &Path) -> Result<HashMap<String, &'static str>, ArchiveError> {
    let io = ArchiveError::io("read", path);
    let mut file = File::open(path).map_err(ArchiveError::io("open", path))?;
    let zip = Zip::open(&mut file).map_err(ArchiveError::io("read", path))?;
    let mut found = HashMap::new();
    let Some(described) = zip.entry(PACKAGE) else { return Ok(found) };
    let Ok(bytes) = read_entry(&mut file, described, MAX_DESCRIPTION).map_err(io)? else { return Ok(found) };
    let Ok(package) = serde_json::from_slice::<Package>(&bytes) else { return Ok(found) };
    if !package.resources.iter().any(|resource| holds_records(&resource.path)) {
        return Ok(found);
    }
    for entry in zip.entries.iter().filter(|entry| holds_records(&entry.name)) {
        let listed = package.resources.iter().find(|resource| resource.path == entry.name);
        let fault = match listed {
            None => Some("the description of the package does not list it"),
            Some(resource) if resource.hash.starts_with("sha256:") => {
                let (hash, _) = hash_entry(&mut file, entry).map_err(ArchiveError::io("read", path))?;
                (!hash.eq_ignore_ascii_case(&resource.hash))
                    .then_some("it is not what the description of the package says")
            }
            Some(_) => None,
        };
        if let Some(fault) = fault {
            found.insert(entry.name.clone(), fault);
        }
    }
    Ok(found)
}

/// Whether an imported file is still the one that the log vouches for; a file that the log does not name is not asked.
pub(crate) fn is_changed(path: &Path, name: &str, log: Option<&Journal>) -> Result<bool, ArchiveError> {
    let Some(logged) = log.and_then(|log| log.last.get(name)) else { return Ok(false) };
    Ok(hash_file(path)?.sha256 != *logged)
}

/// Takes the bodies of a file's captures away, and says why.
pub(crate) fn distrust(scan: &mut Scan, name: &str, fault: &str) {
    scan.warnings.push(Warning::damage(name, format!("nothing in it is read: {fault}")));
    for held in scan.entries.iter_mut().filter_map(|entry| entry.held.as_mut()) {
        let detail = format!("{name}, where it stands, was changed: {fault}");
        held.capture.outcome = Outcome::Failed(Failure::new(Reason::Damaged, detail));
    }
}

/// The SHA-256 and the size of a file in a package, unpacked.
pub(crate) fn hash_entry(file: &mut File, entry: &Entry) -> io::Result<(String, u64)> {
    let mut hash = Hashing::new();
    file.seek(SeekFrom::Start(entry.at))?;
    let packed = BufReader::new(file.take(entry.packed));
    let size = match entry.method {
        Method::Deflated => io::copy(&mut flate2::bufread::DeflateDecoder::new(packed), &mut hash),
        Method::Stored | Method::Other(_) => io::copy(&mut { packed }, &mut hash),
    };
    // what does not decompress has no digest that could be right
    Ok((format!("sha256:{}", hash.hex()), size.unwrap_or(0)))
}
