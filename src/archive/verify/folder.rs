//! An archive's folder: log, segments, imports, index, signatures.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use super::{Expected, Pins, Problem, Step, Verification, part, pins, touched};
use crate::archive::error::ArchiveError;
use crate::archive::import;
use crate::archive::index;
use crate::archive::log::{self, Log};
use crate::archive::names;
use crate::archive::parts::{self, holds_records};
use crate::archive::scan::{Entry, scan};
use crate::archive::seal;
use crate::archive::segment;
use crate::archive::timestamp;
use crate::archive::warc::coding::DecodeLimits;

const MAX_INDEX: u64 = 1 << 30;

pub(super) fn verify(dir: &Path, pins: &Pins) -> Result<Verification, ArchiveError> {
    let mut found = Verification::default();
    let names = list(dir)?;
    let known = log::read(dir)?;
    let log = known.as_ref();
    if let Some(log) = log {
        check_log(&mut found, log);
    } else if names.iter().any(|name| segment::number(name).is_some()) {
        found.notes.push("there is no log: nothing says which records there should be".to_owned());
    }
    let expected = log.map(expected).unwrap_or_default();
    for (name, records) in &expected {
        if !names.contains(name.as_str()) {
            let ids = records.iter().map(|record| record.id.clone()).collect();
            found.problem(name, ids, "the file is missing");
            continue;
        }
        let open = || parts::open(&dir.join(name), name);
        found.problems.extend(part::check(&open, name, records)?);
        found.records += records.len();
    }
    let mut entries = Vec::new();
    let mut reach = BTreeMap::new();
    for name in &names {
        let holds = holds_records(name) || import::number(name).is_some();
        if !holds {
            if let Some(note) = other_file(name) {
                found.notes.push(note);
            }
            continue;
        }
        found.files += 1;
        let ours = segment::number(name).is_some();
        if log.is_some() && !expected.contains_key(name) {
            found.problem(name, Vec::new(), "nothing vouches for the file: it is in no line of the log");
        }
        read_file(dir, name, ours, &mut found, &mut entries)?;
        if ours {
            let length = fs::metadata(dir.join(name)).map_err(ArchiveError::io("read", &dir.join(name)))?.len();
            reach.insert(name.clone(), length);
        }
    }
    check_index(dir, &reach, entries, log, &mut found)?;
    if let Some(log) = log {
        check_rewritings(dir, log, &mut found)?;
        ladder(dir, log, pins, &mut found)?;
    } else {
        found.rung(Step::BytesIntact, false, "there is no log that names the bytes");
        pins::signatures(&mut found, &Log::default(), &[], pins);
    }
    pins::head(&mut found, log, None, pins);
    touched::independent(dir, &mut found);
    Ok(found)
}

/// The log's own faults, and what it says of itself.
fn check_log(found: &mut Verification, log: &Log) {
    found.lines = log.entries.len();
    found.head = log.head().map(str::to_owned);
    for fault in &log.faults {
        let records = log
            .entries
            .get(fault.line - 1)
            .map(|entry| entry.records.iter().map(|record| record.id.clone()).collect())
            .unwrap_or_default();
        found.problem(format!("{} line {}", log::FILE, fault.line), records, format!("the line {}", fault.message));
    }
}

/// The logs that rewritings brought along: each must hold, and name the records that were kept as the log names them;
/// who vouched for it still vouches for those.
fn check_rewritings(dir: &Path, log: &Log, found: &mut Verification) -> Result<(), ArchiveError> {
    for (at, line) in log.entries.iter().enumerate().filter(|(_, line)| names::is_old_log(&line.file)) {
        let read = |name: &str| -> Result<Vec<u8>, ArchiveError> {
            let path = dir.join(name);
            match fs::read(&path) {
                Ok(bytes) => Ok(bytes),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
                Err(error) => Err(ArchiveError::io("read", &path)(error)),
            }
        };
        let old = Log::parse(&read(&line.file)?);
        for fault in &old.faults {
            found.problem(
                format!("{} line {}", line.file, fault.line),
                Vec::new(),
                format!("the line {}", fault.message),
            );
        }
        let named: HashSet<(&str, &str)> = old
            .entries
            .iter()
            .flat_map(|entry| entry.records.iter().map(|record| (record.id.as_str(), record.sha256.as_str())))
            .collect();
        // The list of what was let go stands before the old log, and is new.
        let kept =
            log.entries[..at].iter().filter(|entry| names::rewriting(&entry.file) != names::rewriting(&line.file));
        for record in kept.flat_map(|entry| &entry.records) {
            if !named.contains(&(record.id.as_str(), record.sha256.as_str())) {
                let message = format!("the record is not one that {} names", line.file);
                found.problem(log::FILE, vec![record.id.clone()], message);
            }
        }
        let kept = log.entries[..at].iter().flat_map(|entry| &entry.records);
        let kept = kept.filter(|record| named.contains(&(record.id.as_str(), record.sha256.as_str()))).count();
        let let_go = named.len().saturating_sub(kept);
        found.notes.push(format!(
            "{let_go} records were let go; {} names them, its head is sha256:{}",
            line.file,
            old.head().unwrap_or("none")
        ));
        let mut vouched = Verification::default();
        let beside = |what: &str| line.file.replace("log.jsonl", what);
        pins::signatures(&mut vouched, &old, &read(&beside("signatures.jsonl"))?, &Pins::default());
        pins::timestamps(&mut vouched, &old, &read(&beside("timestamps.jsonl"))?);
        found.problems.extend(vouched.problems);
        let rungs = vouched.ladder.into_iter().filter(|rung| rung.holds);
        found.notes.extend(rungs.map(|rung| format!("{}: {}", line.file, rung.detail)));
    }
    Ok(())
}

/// What the log expects in each file.
pub(super) fn expected(log: &Log) -> BTreeMap<String, Vec<Expected>> {
    let mut files: BTreeMap<String, Vec<Expected>> = BTreeMap::new();
    for entry in &log.entries {
        let mut at = entry.offset;
        let records = files.entry(entry.file.clone()).or_default();
        for record in &entry.records {
            let id = record.id.clone();
            records.push(Expected { id, offset: at, length: record.length, sha256: record.sha256.clone() });
            at = at.saturating_add(record.length);
        }
    }
    files
}

fn ladder(dir: &Path, log: &Log, pins: &Pins, found: &mut Verification) -> Result<(), ArchiveError> {
    let intact = found.problems.is_empty();
    let detail = if intact {
        let head = log.head().unwrap_or("none");
        format!(
            "{} records in {} files are those that the log names; its head is sha256:{head}",
            found.records, found.files
        )
    } else {
        format!("{} problems", found.problems.len())
    };
    found.rung(Step::BytesIntact, intact, detail);
    pins::signatures(found, log, &seal::read(dir)?, pins);
    pins::timestamps(found, log, &timestamp::read(dir)?);
    Ok(())
}

fn list(dir: &Path) -> Result<BTreeSet<String>, ArchiveError> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(dir).map_err(ArchiveError::io("read", dir))? {
        let name = entry.map_err(ArchiveError::io("read", dir))?.file_name();
        names.insert(name.to_string_lossy().into_owned());
    }
    Ok(names)
}

/// What to say of a file that is no part of the evidence.
fn other_file(name: &str) -> Option<String> {
    let ours = ["lock", index::FILE, log::FILE, seal::FILE, timestamp::FILE].contains(&name);
    let history = name == "history.sqlite" || name.starts_with("history.sqlite-");
    if ours || history || names::rewriting(name).is_some() {
        return None;
    }
    let recovered = name.starts_with("recovered-") && name.ends_with(".bin");
    let what = if recovered {
        "is what an interrupted write left, kept when the archive was opened again"
    } else if name.ends_with(".new") {
        "is half of a file whose write was interrupted"
    } else {
        "is no part of the archive"
    };
    Some(format!("{name} {what}"))
}

/// Reads every record of a file: what they say of themselves must hold too.
fn read_file(
    dir: &Path,
    name: &str,
    ours: bool,
    found: &mut Verification,
    entries: &mut Vec<Entry>,
) -> Result<(), ArchiveError> {
    let path = dir.join(name);
    if !ours {
        // what others did not do right was so when it came in
        return Ok(());
    }
    let scanned = match scan(parts::open(&path, name)?, name, Some(0), &DecodeLimits::default()) {
        Ok(scanned) => scanned,
        Err(error) => {
            found.problem(name, Vec::new(), error.to_string());
            return Ok(());
        }
    };
    let named: HashSet<&String> = found.problems.iter().flat_map(|problem| &problem.records).collect();
    let fresh: Vec<Problem> = scanned
        .warnings
        .iter()
        .filter(|warning| warning.damage && !named.contains(&warning.record))
        .map(|warning| {
            let id = warning.record.starts_with("urn:").then(|| warning.record.clone());
            Problem {
                place: if id.is_some() { name.to_owned() } else { warning.record.clone() },
                records: id.into_iter().collect(),
                message: format!("the record {}", warning.message),
            }
        })
        .collect();
    found.problems.extend(fresh);
    if found.lines == 0 {
        // nothing else counts them
        found.records += scanned.records;
    }
    entries.extend(scanned.entries);
    Ok(())
}

/// Compares the index with the records that it lists.
fn check_index(
    dir: &Path,
    reach: &BTreeMap<String, u64>,
    entries: Vec<Entry>,
    log: Option<&Log>,
    found: &mut Verification,
) -> Result<(), ArchiveError> {
    let path = dir.join(index::FILE);
    let mut bytes = Vec::new();
    match fs::File::open(&path) {
        Ok(file) => file.take(MAX_INDEX).read_to_end(&mut bytes).map_err(ArchiveError::io("read", &path))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            found.notes.push("there is no index; it is made anew when the archive is opened for writing".to_owned());
            return Ok(());
        }
        Err(error) => return Err(ArchiveError::io("open", &path)(error)),
    };
    let whole = index::text(reach, &entries).unwrap_or_default();
    if bytes == whole.as_bytes() {
        return Ok(());
    }
    // an index that is only behind says so in its first line
    let behind = index::read(&path).ok().flatten().is_some_and(|read| {
        let covered = |entry: &&Entry| {
            read.reach.get(&*entry.file).is_some_and(|end| entry.place.offset + entry.place.length <= *end)
        };
        // an index is written between two captures, never inside one
        let between = |name: &String, end: u64| {
            log.is_some_and(|log| log.entries.iter().any(|entry| entry.file == *name && entry.end() == end))
        };
        let within = read.reach.iter().all(|(name, end)| reach.contains_key(name) && between(name, *end));
        within && index::text(&read.reach, entries.iter().filter(covered)).is_ok_and(|text| text.as_bytes() == bytes)
    });
    if behind {
        found.notes.push("the index is behind; it is brought up when the archive is opened for writing".to_owned());
        return Ok(());
    }
    let right: HashSet<&[u8]> = whole.as_bytes().split_inclusive(|&byte| byte == b'\n').collect();
    let has: HashSet<&[u8]> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
    let wrong: Vec<usize> = bytes
        .split_inclusive(|&byte| byte == b'\n')
        .enumerate()
        .filter(|(_, line)| !right.contains(line))
        .map(|(number, _)| number + 1)
        .collect();
    let missing: Vec<String> = entries
        .iter()
        .filter(|entry| {
            let text = index::text(&BTreeMap::new(), [*entry]).unwrap_or_default();
            let line = text.split_inclusive('\n').nth(1).unwrap_or_default();
            !has.contains(line.as_bytes())
        })
        .map(|entry| {
            let capture = entry.held.as_ref().and_then(|held| held.own.as_deref());
            capture.map_or_else(|| entry.url.to_string(), |capture| capture.id.0.clone())
        })
        .collect();
    let place = match wrong.first() {
        Some(line) => format!("{} line {line}", index::FILE),
        None => index::FILE.to_owned(),
    };
    let message = "the index is not what the records say; it is made anew when it is deleted";
    found.problem(place, missing, message);
    Ok(())
}
