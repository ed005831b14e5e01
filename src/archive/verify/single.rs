//! One file of records: what each says of itself, and, where we wrote it, of the one before.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::folder::expected;
use super::{Pins, Step, Verification, part, pins};
use crate::archive::error::{ArchiveError, Warning};
use crate::archive::log;
use crate::archive::parts;
use crate::archive::warc::digest::sha256_hex;
use crate::archive::warc::read::{ReadLimits, Reader};
use crate::archive::warc::record::{Integrity, Record};
use crate::archive::warc::write::{PREVIOUS, pack};

/// The record before, as the next one should name it.
struct Before {
    id: String,
    sha256: String,
    end: u64,
    stored: Vec<u8>,
    record: Record,
}

pub(super) fn verify(path: &Path, pins: &Pins) -> Result<Verification, ArchiveError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Verification { files: 1, ..Verification::default() };
    if let Some(folder) = path.parent()
        && let Some(log) = log::read(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?
        && let Some(records) = expected(&log).get(&name)
    {
        found.notes.push("compared with the log beside it; verify the folder to see all of it".to_owned());
        found.problems = part::check(&|| parts::open(path, &name), &name, records)?;
        found.records = records.len();
        found.head = log.head().map(str::to_owned);
        found.lines = log.entries.len();
    } else {
        alone(path, &name, &mut found)?;
    }
    let intact = found.problems.is_empty();
    let detail = if intact && found.lines > 0 {
        format!("{} records are those that the log names", found.records)
    } else if intact {
        format!("{} records are what they say of themselves; nothing says how many there should be", found.records)
    } else {
        format!("{} problems", found.problems.len())
    };
    found.rung(Step::BytesIntact, intact && found.lines > 0, detail);
    found.rung(Step::UnchangedSinceSigned, false, "a file of records carries no signature");
    if pins.key.is_some() {
        found.problem(&name, Vec::new(), "a file of records carries no signature by the pinned key");
    }
    pins::head(&mut found, None, None, pins);
    Ok(found)
}

fn alone(path: &Path, name: &str, found: &mut Verification) -> Result<(), ArchiveError> {
    let open = || File::open(path).map_err(ArchiveError::io("open", path));
    let mut reader = Reader::open(open()?, name, ReadLimits::default())?;
    let mut raw = open()?;
    let length = raw.seek(SeekFrom::End(0)).map_err(ArchiveError::io("read", path))?;
    let mut before: Option<Before> = None;
    let mut ids: HashMap<String, String> = HashMap::new();
    let (mut chained, mut bare) = (0, 0);
    while let Some(record) = reader.next_record()? {
        found.records += 1;
        let id = record.id().to_owned();
        let at = format!("{name} at byte {}", record.place.offset);
        for warning in reader.take_warnings() {
            note(found, name, warning);
        }
        let vouched = record.header.get("WARC-Block-Digest").or(record.header.get("WARC-Payload-Digest")).is_some();
        bare += usize::from(!vouched);
        let stored =
            read_at(&mut raw, record.place.offset, record.place.length).map_err(ArchiveError::io("read", path))?;
        let sha256 = sha256_hex(&stored);
        if !id.is_empty() {
            match ids.insert(id.clone(), sha256.clone()) {
                Some(other) if other == sha256 => {
                    found.problem(&at, vec![id.clone()], "the record stands in the file twice");
                }
                Some(_) => found.notes.push(format!("{at}: its id {id} is that of an earlier record as well")),
                None => {}
            }
        }
        let says = record.header.get(PREVIOUS).map(|digest| digest.trim_start_matches("sha256:").to_owned());
        if let Some(says) = says {
            chained += 1;
            if let Some(before) = &before
                && (before.sha256 != says || before.end != record.place.offset)
            {
                let message = "the record before it is not the one that it names: that one was changed, or records are missing, doubled or out of order";
                found.problem(&at, vec![before.id.clone(), id.clone()], message);
            }
        } else if chained > 0 {
            found.problem(&at, vec![id.clone()], "the record names none before it, as the others do");
        }
        let end = record.place.offset + record.place.length;
        before = Some(Before { id, sha256, end, stored, record });
    }
    for warning in reader.take_warnings() {
        note(found, name, warning);
    }
    if let Some(last) = before.filter(|_| chained > 0) {
        if remade(&last.record) != last.stored {
            let message =
                "the last record is not packed as we pack: its bytes were changed, or another version wrote them";
            found.problem(name, vec![last.id.clone()], message);
        }
        if last.end != length {
            found.problem(name, vec![last.id], "bytes follow the last record");
        }
    }
    if found.records == 0 {
        found.problem(name, Vec::new(), "there is no record in it");
    } else if chained == 0 {
        found.notes.push("made by another program: no record names the one before it, so that a record can be missing, and a header changed, without a trace".to_owned());
    }
    if bare > 0 {
        found.notes.push(format!("{bare} records have no digest at all"));
    }
    Ok(())
}

/// The bytes that the record would be if it were packed again.
fn remade(record: &Record) -> Vec<u8> {
    if record.integrity != Integrity::Whole || record.header.get(PREVIOUS).is_none() {
        return Vec::new();
    }
    let mut head = String::from("WARC/1.1\r\n");
    for (name, value) in record.header.fields() {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    pack(&[head.as_bytes(), &record.block, b"\r\n\r\n"]).unwrap_or_default()
}

fn note(found: &mut Verification, name: &str, warning: Warning) {
    let Warning { record, message, damage } = warning;
    if !damage {
        found.notes.push(format!("{record}: {message}"));
        return;
    }
    let id = record.starts_with("urn:").then(|| record.clone());
    let place = if id.is_some() { name.to_owned() } else { record };
    found.problem(place, id.into_iter().collect(), message);
}

fn read_at(file: &mut File, offset: u64, length: u64) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}
