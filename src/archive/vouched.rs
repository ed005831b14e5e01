//! What vouches for a file that was taken in whole: the description of the package that it is in, or the log.
//!
//! A file that is not what it was vouched for may have been written by anybody: no capture in it carries any words.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::error::{ArchiveError, Warning};
use super::parts::{PartFile, holds_records};
use super::scan::{Scan, scan};
use super::wacz::PACKAGE;
use super::wacz::description::Package;
use super::warc::coding::DecodeLimits;
use super::warc::digest::Hashing;
use super::witnessed::Witnessed;
use super::zip::{Entry, Method, Zip, read_entry};
use crate::model::{Failure, Outcome, Reason};

/// Bytes of a description that is read into memory.
const MAX_DESCRIPTION: u64 = 64 << 20;

/// What the description of a package says of a file of records in it.
pub(crate) enum Says {
    /// Nothing, although it lists others.
    Nothing,
    /// That it has this SHA-256, in hexadecimal.
    Sha256(String),
}

/// What the description of the package at `path` says of the files of records in it. A package without a description, or
/// with one that names no file of records, says nothing of any; of a file with a digest of another kind none is asked for.
pub(crate) fn described(path: &Path) -> Result<HashMap<String, Says>, ArchiveError> {
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
        let says = match listed {
            None => Says::Nothing,
            Some(resource) => match resource.hash.strip_prefix("sha256:") {
                Some(hash) => Says::Sha256(hash.to_owned()),
                None => continue,
            },
        };
        found.insert(entry.name.clone(), says);
    }
    Ok(found)
}

/// Scans a file of a package, and leaves its captures without bodies where its description does not vouch for it.
pub(crate) fn scan_described(
    file: PartFile,
    name: &str,
    says: Option<&Says>,
    limits: &DecodeLimits,
) -> Result<Scan, ArchiveError> {
    match says {
        None => scan(file, name, None, limits),
        Some(Says::Nothing) => {
            let mut found = scan(file, name, None, limits)?;
            distrust(&mut found, name, "the description of the package does not list it");
            Ok(found)
        }
        Some(Says::Sha256(hash)) => {
            let fault = "it is not what the description of the package says";
            scan_hashed(file, name, hash, fault, limits)
        }
    }
}

/// Scans a file, and leaves its captures without bodies, with `fault` as the reason, where it does not have the SHA-256
/// that it should have. It is read once.
pub(crate) fn scan_hashed(
    file: PartFile,
    name: &str,
    sha256: &str,
    fault: &str,
    limits: &DecodeLimits,
) -> Result<Scan, ArchiveError> {
    let mut file = Witnessed::new(file);
    let mut found = scan(&mut file, name, None, limits)?;
    let hash = file.finish().map_err(ArchiveError::io("read", Path::new(name)))?;
    if !hash.eq_ignore_ascii_case(sha256) {
        distrust(&mut found, name, fault);
    }
    Ok(found)
}

/// Takes the bodies of a file's captures away, and says why.
pub(crate) fn distrust(scan: &mut Scan, name: &str, fault: &str) {
    scan.warnings.push(Warning::damage(name, format!("nothing in it is read: {fault}")));
    for capture in scan.entries.iter_mut().filter_map(|entry| entry.held.as_mut()?.own.as_mut()) {
        let detail = format!("{name}, where it stands, was changed: {fault}");
        capture.outcome = Outcome::Failed(Failure::new(Reason::Damaged, detail));
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
