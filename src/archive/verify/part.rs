//! One file of records against the list of what should be in it.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::{Expected, Problem};
use crate::archive::error::ArchiveError;
use crate::archive::parts::PartFile;
use crate::archive::warc::digest::{Hashing, sha256_hex};
use crate::archive::warc::read::{ReadLimits, Reader};

/// A record as it was found.
struct Actual {
    offset: u64,
    id: String,
    sha256: String,
}

/// Compares every byte of a part with what is expected; finds out what happened where they differ.
pub(super) fn check(
    open: &dyn Fn() -> Result<PartFile, ArchiveError>,
    name: &str,
    expected: &[Expected],
) -> Result<Vec<Problem>, ArchiveError> {
    let io = || ArchiveError::io("read", Path::new(name));
    let mut file = open()?;
    let length = file.seek(SeekFrom::End(0)).map_err(io())?;
    let mut at = 0;
    let mut differ = Vec::new();
    let mut gaps = Vec::new();
    for (number, record) in expected.iter().enumerate() {
        if record.offset != at {
            gaps.push((at, number));
        }
        at = record.offset.saturating_add(record.length);
        if digest(&mut file, record.offset, record.length).map_err(io())?.as_ref() != Some(&record.sha256) {
            differ.push(number);
        }
    }
    if differ.is_empty() && gaps.is_empty() && at == length {
        return Ok(Vec::new());
    }
    let actual = actual(open, name)?;
    let mut problems = explain(name, expected, &differ, &actual, length);
    if problems.is_empty() {
        // bytes between or behind records
        let (from, number) = gaps.first().copied().unwrap_or((at, expected.len()));
        let before = expected.get(number.saturating_sub(1)).map(|record| record.id.clone());
        problems.push(Problem {
            place: format!("{name} at byte {from}"),
            records: before.into_iter().collect(),
            message: "bytes after the record belong to none that is vouched for".to_owned(),
        });
    }
    Ok(problems)
}

fn digest(file: &mut PartFile, offset: u64, length: u64) -> std::io::Result<Option<String>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut hash = Hashing::new();
    let read = std::io::copy(&mut file.take(length), &mut hash)?;
    Ok((read == length).then(|| hash.hex()))
}

/// The records that stand in the file, by what they say themselves.
fn actual(open: &dyn Fn() -> Result<PartFile, ArchiveError>, name: &str) -> Result<Vec<Actual>, ArchiveError> {
    let mut bytes = open()?;
    let Ok(mut reader) = Reader::open(open()?, name, ReadLimits::default()) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    while let Some(record) = reader.next_record()? {
        if record.place.length == 0 {
            continue;
        }
        bytes.seek(SeekFrom::Start(record.place.offset)).map_err(ArchiveError::io("read", Path::new(name)))?;
        let mut stored = Vec::new();
        let read = (&mut bytes).take(record.place.length).read_to_end(&mut stored);
        read.map_err(ArchiveError::io("read", Path::new(name)))?;
        found.push(Actual { offset: record.place.offset, id: record.id().to_owned(), sha256: sha256_hex(&stored) });
    }
    Ok(found)
}

fn explain(name: &str, expected: &[Expected], differ: &[usize], actual: &[Actual], length: u64) -> Vec<Problem> {
    let problem = |offset: u64, id: &str, message: &str| Problem {
        place: format!("{name} at byte {offset}"),
        records: if id.is_empty() { Vec::new() } else { vec![id.to_owned()] },
        message: message.to_owned(),
    };
    let known: HashMap<&str, &Expected> = expected.iter().map(|record| (record.sha256.as_str(), record)).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for record in actual {
        *times.entry(record.sha256.as_str()).or_default() += 1;
    }
    let starts: HashSet<u64> =
        actual.iter().filter(|record| known.contains_key(record.sha256.as_str())).map(|record| record.offset).collect();
    let mut problems = Vec::new();
    let mut damaged = HashSet::new();
    for &number in differ {
        let record = &expected[number];
        if times.contains_key(record.sha256.as_str()) {
            continue;
        }
        let end = record.offset.saturating_add(record.length);
        let message = if record.offset >= length {
            "the record is missing: the file ends before it"
        } else if starts.contains(&record.offset) {
            "the record is missing: another one stands in its place"
        } else if end > length {
            "the record is cut off by the end of the file"
        } else {
            damaged.insert(record.offset);
            "the record is damaged: its bytes are not those that were written"
        };
        problems.push(problem(record.offset, &record.id, message));
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut before: Option<&Expected> = None;
    for record in actual {
        let Some(here) = known.get(record.sha256.as_str()) else {
            if !damaged.contains(&record.offset) && !expected.iter().any(|one| one.offset == record.offset) {
                problems.push(problem(
                    record.offset,
                    &record.id,
                    "nothing vouches for the record: it was put in, or changed",
                ));
            }
            continue;
        };
        let count = seen.entry(record.sha256.as_str()).or_default();
        *count += 1;
        if *count > 1 {
            problems.push(problem(record.offset, &here.id, "the record stands in the file twice"));
            continue;
        }
        if before.is_some_and(|before| before.offset > here.offset) {
            problems.push(problem(record.offset, &here.id, "the record is out of order"));
        }
        before = Some(here);
    }
    problems
}
