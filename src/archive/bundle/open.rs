//! Reading a bundle, with everything about its bytes that does not hold.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::{Bundle, BundleFile, DESCRIPTION, DIGEST, Digest, FORMAT};
use crate::archive::error::ArchiveError;
use crate::archive::seal;
use crate::archive::verify::{Pins, Problem, bare, plain_key};
use crate::archive::warc::digest::{Hashing, sha256_hex};
use crate::archive::zip::{Entry, Form, Method, Zip, form, read_entry};

/// Bytes of the list and its digest that are read.
const MAX_LIST: u64 = 1 << 20;
/// Bytes of a report that are read.
const MAX_TEXT: u64 = 1 << 30;

/// A bundle as it was read.
#[derive(Debug, Default)]
pub struct Opened {
    /// What it says of itself, where that can be read.
    pub bundle: Option<Bundle>,
    /// The SHA-256 of that.
    pub digest: Option<String>,
    /// The files that were read into memory, whatever is wrong with them.
    pub files: BTreeMap<BundleFile, Vec<u8>>,
    /// Whether the captures were written where the caller wanted them.
    pub captures: bool,
    /// What does not hold.
    pub problems: Vec<Problem>,
    /// Who signed, and whether anybody knows the key; for people.
    pub signed: String,
}

impl Opened {
    fn problem(&mut self, place: impl Into<String>, message: impl Into<String>) {
        let problem = Problem { place: place.into(), records: Vec::new(), message: message.into() };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// Reads a bundle and compares every file with the list. Its captures are written to `captures_to`, a file of the
/// caller's; nothing else is written, and no name inside the bundle is ever used as a path.
///
/// # Errors
///
/// When the file cannot be read, or `captures_to` not written.
pub fn open_bundle(path: &Path, pins: &Pins, captures_to: &Path) -> Result<Opened, ArchiveError> {
    let mut file = File::open(path).map_err(ArchiveError::io("open", path))?;
    let io = || ArchiveError::io("read", path);
    let zip = Zip::open(&mut file).map_err(io())?;
    let mut opened = Opened::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for message in &zip.warnings {
        opened.problem(&name, message.clone());
    }
    for entry in &zip.entries {
        let known = [DESCRIPTION, DIGEST].into_iter().chain(BundleFile::ALL.map(BundleFile::name));
        if !known.into_iter().any(|known| known == entry.name) {
            opened.problem(&entry.name, "no file of a bundle is called this; it was not read");
        } else if entry.method != Method::Stored {
            opened.problem(&entry.name, Form::NOT_STORED);
        }
    }
    match form(&mut file, &zip).map_err(io())? {
        Form::Ours => {}
        Form::NotStored(name) => opened.problem(name, Form::NOT_STORED),
        Form::Differs { place, .. } => opened.problem(place, Form::DIFFERS),
    }
    list(&mut file, &zip, pins, &mut opened).map_err(io())?;
    for kind in BundleFile::ALL {
        let entry = zip.entry(kind.name()).filter(|entry| entry.method == Method::Stored);
        let listed = opened.bundle.as_ref().map(|bundle| {
            let of_it = bundle.files.iter().find(|listed| listed.path == kind.name());
            of_it.map(|listed| (listed.sha256.clone(), listed.bytes))
        });
        let Some(entry) = entry else {
            if listed.flatten().is_some() || matches!(kind, BundleFile::Report | BundleFile::Page) {
                opened.problem(kind.name(), "the file is missing from the bundle");
            }
            continue;
        };
        let there = if kind == BundleFile::Captures {
            let there = unpack(&mut file, entry, captures_to)?;
            opened.captures = true;
            there
        } else {
            match read_entry(&mut file, entry, MAX_TEXT).map_err(io())? {
                Ok(bytes) => {
                    let there = (sha256_hex(&bytes), bytes.len() as u64);
                    opened.files.insert(kind, bytes);
                    there
                }
                Err(message) => {
                    opened.problem(kind.name(), format!("the file {message}"));
                    continue;
                }
            }
        };
        match listed {
            Some(Some(listed)) if listed == there => {}
            Some(Some(_)) => opened.problem(kind.name(), format!("the file is not what {DESCRIPTION} says")),
            Some(None) => {
                opened.problem(kind.name(), format!("nothing vouches for it: {DESCRIPTION} does not list it"))
            }
            None => {}
        }
    }
    Ok(opened)
}

/// The list of files, its digest and the signature over it.
fn list(file: &mut File, zip: &Zip, pins: &Pins, opened: &mut Opened) -> io::Result<()> {
    let mut read = |name: &str| -> io::Result<Result<Vec<u8>, String>> {
        match zip.entry(name) {
            Some(entry) if entry.method == Method::Stored => Ok(read_entry(file, entry, MAX_LIST)?),
            _ => Ok(Err("is missing from the bundle".to_owned())),
        }
    };
    let (description, sealed) = (read(DESCRIPTION)?, read(DIGEST)?);
    let digest = match description {
        Ok(bytes) => {
            match serde_json::from_slice::<Bundle>(&bytes) {
                Ok(bundle) if bundle.bundle == FORMAT => opened.bundle = Some(bundle),
                Ok(bundle) => opened.problem(
                    DESCRIPTION,
                    format!("it says {:?}, and this version reads {FORMAT}: a later version is needed", bundle.bundle),
                ),
                Err(_) => opened.problem(DESCRIPTION, "the list of files cannot be read"),
            }
            Some(sha256_hex(&bytes))
        }
        Err(message) => {
            opened.problem(DESCRIPTION, format!("the file {message}"));
            None
        }
    };
    opened.digest.clone_from(&digest);
    let pinned = pins.key.as_deref().map(plain_key);
    let sealed = match sealed {
        Ok(bytes) => match serde_json::from_slice::<Digest>(&bytes) {
            Ok(sealed) => {
                let same = serde_json::to_vec_pretty(&sealed).is_ok_and(|ours| ours == bytes);
                if !same {
                    opened.problem(DIGEST, "the file is not in the form that we write: a byte of it was changed");
                }
                Some(sealed)
            }
            Err(_) => {
                opened.problem(DIGEST, "the file cannot be read");
                None
            }
        },
        Err(message) => {
            opened.problem(DIGEST, format!("the file {message}"));
            None
        }
    };
    if let Some(sealed) = &sealed
        && (digest.as_deref() != Some(&*sealed.sha256) || sealed.path != DESCRIPTION)
    {
        opened.problem(DESCRIPTION, format!("the list of files is not what {DIGEST} says"));
    }
    if let Some(head) = pins.head.as_deref().map(bare)
        && digest.as_deref() != Some(&*head)
    {
        opened.problem(DESCRIPTION, format!("its digest is not the one that was noted, sha256:{head}"));
    }
    opened.signed = match sealed.and_then(|sealed| sealed.signed) {
        None => {
            if let Some(pinned) = pinned {
                opened.problem(DIGEST, format!("there is no signature by the pinned key {pinned}"));
            }
            "not signed".to_owned()
        }
        Some(signed) => {
            let key = seal::fingerprint(&signed.public_key).unwrap_or_default();
            let holds = digest.as_deref().is_some_and(|hex| seal::holds(&signed.public_key, &signed.signature, hex));
            if !holds {
                opened.problem(DIGEST, format!("the signature by key {key} is not over this list"));
            }
            match pinned {
                Some(pinned) if pinned == key => format!("signed by {key}, the pinned key"),
                Some(pinned) => {
                    opened.problem(DIGEST, format!("it is signed by key {key}, not by the pinned key {pinned}"));
                    format!("signed by {key}, not the pinned key")
                }
                None => format!("signed by {key}, a key that nobody pinned (--key compares it with one that you know)"),
            }
        }
    };
    Ok(())
}

/// Writes a stored entry to a file; its digest and size.
fn unpack(file: &mut File, entry: &Entry, to: &Path) -> Result<(String, u64), ArchiveError> {
    let mut hash = Hashing::new();
    let unpacked = (|| {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(to)?);
        file.seek(SeekFrom::Start(entry.at))?;
        let mut from = Read::by_ref(file).take(entry.packed);
        let mut buffer = vec![0; 64 * 1024];
        let mut size = 0;
        loop {
            let read = from.read(&mut buffer)?;
            if read == 0 {
                out.flush()?;
                return Ok(size);
            }
            size += read as u64;
            hash.write_all(&buffer[..read])?;
            out.write_all(&buffer[..read])?;
        }
    })();
    let size = unpacked.map_err(ArchiveError::io("write", to))?;
    Ok((hash.hex(), size))
}
