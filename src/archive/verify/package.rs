//! A package: its ZIP form, its description, its records, its index, its signature.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io;
use std::path::Path;

use super::{Expected, Pins, Step, Verification, part, pins, touched};
use crate::archive::error::ArchiveError;
use crate::archive::index;
use crate::archive::log::{self, Log};
use crate::archive::parts::{self, holds_records};
use crate::archive::scan::scan;
use crate::archive::seal;
use crate::archive::vouched::hash_entry;
use crate::archive::wacz::description::{DigestFile, Package, RecordLine};
use crate::archive::wacz::{DIGEST, INDEX, LOG, PACKAGE, RECORDS, SIGNATURES, TIMESTAMPS};
use crate::archive::warc::coding::DecodeLimits;
use crate::archive::warc::digest::label;
use crate::archive::zip::{Form, Zip, form, read_entry};

/// Bytes of a description or list that is read into memory.
const MAX_TEXT: u64 = 256 << 20;

pub(super) fn verify(path: &Path, pins: &Pins) -> Result<Verification, ArchiveError> {
    let io = || ArchiveError::io("read", path);
    let mut file = File::open(path).map_err(io())?;
    let zip = Zip::open(&mut file).map_err(io())?;
    let mut found = Verification::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for message in &zip.warnings {
        found.problem(&name, Vec::new(), message.clone());
    }
    let mut texts: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for entry in &zip.entries {
        found.files += 1;
        if holds_records(&entry.name) {
            continue;
        }
        match read_entry(&mut file, entry, MAX_TEXT).map_err(io())? {
            Ok(bytes) => drop(texts.insert(&entry.name, bytes)),
            Err(message) => found.problem(&entry.name, Vec::new(), format!("the file {message}")),
        }
    }
    let package = texts.get(PACKAGE).and_then(|bytes| serde_json::from_slice::<Package>(bytes).ok());
    if package.is_none() {
        found.problem(PACKAGE, Vec::new(), "the description is missing or cannot be read");
    }
    let ours = package.as_ref().is_some_and(|package| package.software.starts_with("onrecord/"))
        || texts.contains_key(RECORDS);
    let records = records(&mut found, texts.get(RECORDS).map_or(&[][..], Vec::as_slice));
    check_resources(&mut file, &zip, package.as_ref(), &records, &mut found).map_err(io())?;
    check_records(path, &name, &zip, &records, ours, &mut found)?;
    let log = texts.get(LOG).map(|bytes| Log::parse(bytes));
    if let Some(log) = &log {
        check_log(log, &records, &mut found);
    }
    if ours {
        check_index(path, &name, &zip, &records, texts.get(INDEX), &mut found)?;
        check_form(&mut file, &zip, &records, &mut found).map_err(io())?;
    } else {
        found.notes.push(
            "made by another program: nothing vouches for the headers of the ZIP file, nor for those of records"
                .to_owned(),
        );
    }
    let signed = Signed { texts: &texts, package: package.as_ref(), ours };
    let digest = texts.get(PACKAGE).map(|bytes| label(bytes));
    found.package.clone_from(&digest);
    let intact = found.problems.is_empty();
    let detail = if intact {
        format!(
            "{} records in {} files are those that the description names; its digest is {}",
            found.records,
            found.files,
            digest.clone().unwrap_or_default()
        )
    } else {
        format!("{} problems", found.problems.len())
    };
    found.rung(Step::BytesIntact, intact, detail);
    check_digest(&signed, digest.as_deref(), log.as_ref(), pins, &mut found);
    match &log {
        Some(log) => pins::timestamps(&mut found, log, texts.get(TIMESTAMPS).map_or(&[][..], Vec::as_slice)),
        None => found.rung(Step::ExistedBefore, false, "no timestamp of an authority"),
    }
    pins::head(&mut found, log.as_ref(), digest.as_deref(), pins);
    touched::independent(path, &mut found);
    let broken = !found.problems.is_empty();
    for rung in found.ladder.iter_mut().filter(|rung| rung.step == Step::BytesIntact && broken && rung.holds) {
        rung.holds = false;
        rung.detail = "see the problems".to_owned();
    }
    Ok(found)
}

/// The list of records that we put in.
fn records(found: &mut Verification, bytes: &[u8]) -> Vec<RecordLine> {
    let mut records = Vec::new();
    for (number, line) in bytes.split(|&byte| byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty()) {
        match serde_json::from_slice::<RecordLine>(line) {
            Ok(record) => records.push(record),
            Err(_) => found.problem(format!("{RECORDS} line {}", number + 1), Vec::new(), "the line cannot be read"),
        }
    }
    records
}

/// Every file against the description.
fn check_resources(
    file: &mut File,
    zip: &Zip,
    package: Option<&Package>,
    records: &[RecordLine],
    found: &mut Verification,
) -> io::Result<()> {
    let Some(package) = package else { return Ok(()) };
    let listed: HashMap<&str, _> =
        package.resources.iter().map(|resource| (resource.path.as_str(), resource)).collect();
    for resource in &package.resources {
        let Some(entry) = zip.entry(&resource.path) else {
            let lost = records.iter().filter(|record| record.file == resource.path);
            let lost = lost.map(|record| record.id.clone()).collect();
            found.problem(&resource.path, lost, "the file is missing from the package");
            continue;
        };
        let (hash, size) = hash_entry(file, entry)?;
        let algorithm = resource.hash.split(':').next().unwrap_or_default();
        if algorithm != "sha256" {
            found.notes.push(format!("the digest of {} is of a kind that is not checked", resource.path));
        } else if resource.hash != hash || resource.bytes != size {
            found.problem(&resource.path, Vec::new(), "the file is not what the description says");
        }
    }
    for entry in &zip.entries {
        let own = entry.name == PACKAGE || entry.name == DIGEST;
        if !own && !listed.contains_key(entry.name.as_str()) {
            found.problem(&entry.name, Vec::new(), "nothing vouches for the file: the description does not list it");
        }
    }
    Ok(())
}

/// Records by their place; for packages of others, by what they say of themselves.
fn check_records(
    path: &Path,
    name: &str,
    zip: &Zip,
    records: &[RecordLine],
    ours: bool,
    found: &mut Verification,
) -> Result<(), ArchiveError> {
    for entry in zip.entries.iter().filter(|entry| holds_records(&entry.name)) {
        let part = format!("{name}#{}", entry.name);
        if ours && !records.is_empty() {
            let expected: Vec<Expected> = records
                .iter()
                .filter(|record| record.file == entry.name)
                .map(|record| Expected {
                    id: record.id.clone(),
                    offset: record.offset,
                    length: record.length,
                    sha256: record.sha256.clone(),
                })
                .collect();
            found.records += expected.len();
            let open = || {
                let file = File::open(path).map_err(ArchiveError::io("open", path))?;
                parts::open_entry(file, path, entry)?
                    .map_err(|message| ArchiveError::Damaged { record: part.clone(), message })
            };
            match part::check(&open, &entry.name, &expected) {
                Ok(problems) => found.problems.extend(problems),
                Err(error) => found.problem(&entry.name, Vec::new(), error.to_string()),
            }
            continue;
        }
        let scanned = parts::open(path, &part).and_then(|file| scan(file, &part, None, &DecodeLimits::default()));
        match scanned {
            Ok(scanned) => {
                found.records += scanned.records;
                for warning in scanned.warnings {
                    if warning.damage {
                        let id = warning.record.starts_with("urn:").then(|| warning.record.clone());
                        let place = if id.is_some() { entry.name.clone() } else { warning.record };
                        found.problem(place, id.into_iter().collect(), format!("the record {}", warning.message));
                    } else {
                        found.notes.push(format!("{}: {}", warning.record, warning.message));
                    }
                }
            }
            Err(error) => found.problem(&entry.name, Vec::new(), error.to_string()),
        }
    }
    Ok(())
}

/// The log that came along, and whether it names the records.
fn check_log(log: &Log, records: &[RecordLine], found: &mut Verification) {
    found.lines = log.entries.len();
    found.head = log.head().map(str::to_owned);
    for fault in &log.faults {
        found.problem(format!("{LOG} line {}", fault.line), Vec::new(), format!("the line {}", fault.message));
    }
    let named: HashMap<(u64, &str), &log::Logged> = log
        .entries
        .iter()
        .flat_map(|entry| entry.records.iter().map(|record| ((entry.seq, record.id.as_str()), record)))
        .collect();
    for record in records {
        let Some(seq) = record.seq else { continue };
        let logged = named.get(&(seq, record.id.as_str()));
        if logged.is_none_or(|logged| logged.sha256 != record.sha256 || logged.length != record.length) {
            found.problem(RECORDS, vec![record.id.clone()], "the record is not the one that the log names");
        }
    }
}

/// The index against the records.
fn check_index(
    path: &Path,
    name: &str,
    zip: &Zip,
    records: &[RecordLine],
    bytes: Option<&Vec<u8>>,
    found: &mut Verification,
) -> Result<(), ArchiveError> {
    let mut lines = Vec::new();
    for entry in zip.entries.iter().filter(|entry| holds_records(&entry.name)) {
        let part = format!("{name}#{}", entry.name);
        let file = entry.name.trim_start_matches("archive/");
        let Ok(scanned) = parts::open(path, &part).and_then(|file| scan(file, &part, None, &DecodeLimits::default()))
        else {
            continue;
        };
        for found in &scanned.entries {
            lines.push(index::plain_line(found, file, found.place.offset, found.place.length).unwrap_or_default());
        }
    }
    lines.sort();
    let bytes = bytes.map_or(&[][..], Vec::as_slice);
    if bytes == lines.concat().as_bytes() {
        return Ok(());
    }
    let right: std::collections::HashSet<&str> = lines.iter().map(String::as_str).collect();
    let text = String::from_utf8_lossy(bytes);
    let wrong = text.split_inclusive('\n').position(|line| !right.contains(line));
    let has: std::collections::HashSet<&str> = text.split_inclusive('\n').collect();
    let missing = lines.iter().filter(|line| !has.contains(line.as_str())).filter_map(|line| {
        records.iter().find(|record| {
            line.contains(&format!("\"offset\":\"{}\"", record.offset))
                && line.contains(&format!("\"filename\":\"{}\"", record.file.trim_start_matches("archive/")))
        })
    });
    let missing = missing.map(|record| record.id.clone()).collect();
    let place = wrong.map_or_else(|| INDEX.to_owned(), |line| format!("{INDEX} line {}", line + 1));
    found.problem(place, missing, "the index is not what the records say");
    Ok(())
}

/// The ZIP file against the one form that we write.
fn check_form(file: &mut File, zip: &Zip, records: &[RecordLine], found: &mut Verification) -> io::Result<()> {
    match form(file, zip)? {
        Form::Ours => {}
        Form::NotStored(name) => found.problem(name, Vec::new(), Form::NOT_STORED),
        Form::Differs { place, inside } => {
            // a header that lies is one of the file that it stands before
            let touched = inside.filter(|name| holds_records(name)).map_or_else(Vec::new, |name| {
                let first = records.iter().find(|record| record.file == name);
                first.map(|record| record.id.clone()).into_iter().collect()
            });
            found.problem(place, touched, Form::DIFFERS);
        }
    }
    Ok(())
}

struct Signed<'a> {
    texts: &'a BTreeMap<&'a str, Vec<u8>>,
    package: Option<&'a Package>,
    ours: bool,
}

/// The digest of the description, and the signature over it.
fn check_digest(signed: &Signed<'_>, digest: Option<&str>, log: Option<&Log>, pins: &Pins, found: &mut Verification) {
    let pinned = pins.key.as_deref().map(pins::plain_key);
    let Some(bytes) = signed.texts.get(DIGEST) else {
        found.rung(Step::UnchangedSinceSigned, false, "not signed");
        if signed.ours {
            found.problem(DIGEST, Vec::new(), "the file is missing: the signature, if there was one, was taken off");
        }
        if let Some(pinned) = pinned {
            found.problem(DIGEST, Vec::new(), format!("there is no signature by the pinned key {pinned}"));
        }
        return;
    };
    let Ok(file) = serde_json::from_slice::<DigestFile>(bytes) else {
        found.problem(DIGEST, Vec::new(), "the file cannot be read");
        return;
    };
    if Some(file.hash.as_str()) != digest || file.path != PACKAGE {
        found.problem(PACKAGE, Vec::new(), format!("the description is not what {DIGEST} says"));
    }
    if signed.ours && serde_json::to_vec(&file).ok().as_ref() != Some(bytes) {
        found.problem(DIGEST, Vec::new(), "the file is not in the form that we write: a byte of it was changed");
    }
    let Some(data) = &file.signed else {
        found.rung(Step::UnchangedSinceSigned, false, "not signed");
        if let Some(pinned) = pinned {
            found.problem(DIGEST, Vec::new(), format!("there is no signature by the pinned key {pinned}"));
        }
        return;
    };
    let Some(public) = &data.public_key else {
        let domain = data.domain.as_deref().unwrap_or("an unnamed one");
        let same = Some(data.hash.as_str()) == digest;
        found.rung(
            Step::UnchangedSinceSigned,
            false,
            format!("signed for the domain {domain}, which is not checked: that takes certificates of authorities"),
        );
        if !same {
            found.problem(DIGEST, Vec::new(), "the signature is over another description");
        }
        if let Some(pinned) = pinned {
            found.problem(DIGEST, Vec::new(), format!("there is no signature by the pinned key {pinned}"));
        }
        return;
    };
    let key = seal::fingerprint(public).unwrap_or_default();
    let hash = pins::bare(&data.hash);
    let holds = seal::holds(public, &data.signature, &hash) && Some(data.hash.as_str()) == digest;
    let same_words = !signed.ours
        || signed.package.is_some_and(|package| {
            package.created == data.created && package.software == data.software && data.version == "0.1.0"
        });
    if !holds || !same_words {
        found.problem(DIGEST, Vec::new(), format!("the signature by key {key} is not over this description"));
        found.rung(Step::UnchangedSinceSigned, false, "the signature does not hold");
        return;
    }
    let whose = match &pinned {
        Some(pinned) if *pinned == key => "the pinned key",
        Some(pinned) => {
            found.problem(DIGEST, Vec::new(), format!("it is signed by key {key}, not by the pinned key {pinned}"));
            "not the pinned key"
        }
        None => "a key that nobody pinned (--key compares it with one that you know)",
    };
    let trusted = pinned.as_ref().is_none_or(|pinned| *pinned == key);
    let detail = format!("the description is signed by {key}, {whose}, on {} by the signer's clock", data.created);
    found.rung(Step::UnchangedSinceSigned, trusted, detail);
    if let Some(log) = log
        && let Some(bytes) = signed.texts.get(SIGNATURES)
    {
        // signatures over the log are told as well; a pinned key is asked for once
        let mut more = Verification::default();
        pins::signatures(&mut more, log, bytes, &Pins::default());
        found.problems.extend(more.problems);
        found.notes.extend(more.ladder.into_iter().map(|rung| format!("the log: {}", rung.detail)));
    }
}
