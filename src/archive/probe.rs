//! What must hold of the codecs for any bytes: shared by tests and the fuzz targets. Panics where it does not hold; no part
//! of the library as it is published.

use std::collections::HashSet;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use jiff::Timestamp;

use super::index;
use super::log::{Journal, Log};
use super::warc::coding::decode;
use super::warc::write::{Draft, Seed, member, pack, record_id};
use super::warc::{DecodeLimits, HttpAnswer, Integrity, ReadLimits, Reader, Record};
use super::zip::{Content, Entry, Zip, ZipWriter, read_entry};

/// Bytes of a block, of a decoded body and of an entry that the probes ask for.
const LIMIT: usize = 1 << 20;

/// Bytes as a file of records: as they are and packed with gzip, every body decoded; then as what a record of ours holds.
pub fn warc(bytes: &[u8]) {
    records(bytes);
    records(&pack(&[bytes]).expect("memory can be written"));
    let (fields, block) = bytes.split_at(bytes.iter().position(|byte| *byte == 0).unwrap_or(0));
    written(&String::from_utf8_lossy(fields), block);
}

/// Every record of a file; all limits hold, and each record keeps what it says of itself.
fn records(bytes: &[u8]) -> Vec<Record> {
    let limits = ReadLimits { block: LIMIT, ..ReadLimits::default() };
    let Ok(mut reader) = Reader::open(File::new(bytes), "input", limits.clone()) else { return Vec::new() };
    let decoding = DecodeLimits { bytes: LIMIT, ..DecodeLimits::default() };
    let mut records = Vec::new();
    let mut before = (0, 0);
    while let Some(record) = reader.next_record().expect("memory can be read") {
        let place = (record.place.offset, record.place.skip);
        assert!(records.is_empty() || place > before, "records stand one behind the other");
        assert!(record.place.offset + record.place.length <= bytes.len() as u64, "a record lies inside its file");
        before = place;
        assert!(record.block.len() <= limits.block);
        let announced = record.header.get("Content-Length").and_then(|length| length.trim().parse::<usize>().ok());
        if record.integrity == Integrity::Whole {
            assert_eq!(record.block.len(), announced.unwrap_or(0), "a whole block is as long as it says");
        }
        let (_, _, _) = (record.date(), record.target(), record.kind());
        if let Ok(answer) = HttpAnswer::parse(&record.block)
            && let Ok(body) = decode(&answer, &decoding)
        {
            assert!(body.bytes.len() <= LIMIT.max(answer.body.len()), "{} bytes came out", body.bytes.len());
        }
        if records.len() < 64 {
            records.push(record);
        }
        assert!(reader.take_warnings().len() <= limits.warnings + 1);
    }
    records
}

/// Writes a record with these header fields and this block: it is read back as it is; cut, it is not whole; and with
/// one bit flipped, it is either not whole or the same.
fn written(fields: &str, block: &[u8]) {
    let seed = Seed { file: "segment-000001.warc.gz".to_owned(), offset: 0 };
    let id = record_id(&seed, 0, &[block]);
    let mut draft = Draft::new("resource", &id, Timestamp::UNIX_EPOCH, "text/plain", block.to_vec());
    let mut lines: Vec<(String, &str)> = Vec::new();
    for (number, value) in fields.split('\n').take(20).enumerate() {
        lines.push((format!("X-Field-{number}"), value));
        draft = draft.field(&format!("X-Field-{number}"), value);
    }
    let record = draft.finish();
    let stored = member(&record, Some("00")).expect("memory can be written");
    let whole = records(&[stored.as_slice(), &stored].concat());
    assert_eq!(whole.len(), 2);
    for back in whole {
        assert_eq!(back.integrity, Integrity::Whole);
        assert_eq!(back.block, record.block);
        assert_eq!((back.id(), back.date()), (id.as_str(), Some(Timestamp::UNIX_EPOCH)));
        for (name, value) in &lines {
            let value = value.replace(['\r', '\0'], " ");
            assert_eq!(back.header.get(name), Some(value.trim()), "{name}");
        }
    }
    let at = crc32fast::hash(block) as usize % stored.len();
    assert!(records(&stored[..at]).iter().all(|record| record.integrity != Integrity::Whole), "cut at {at}");
    let mut flipped = stored;
    flipped[at] ^= 1 << (block.len() % 8);
    for back in records(&flipped) {
        assert!(back.integrity != Integrity::Whole || back.block == record.block, "byte {at} was flipped");
    }
}

/// Bytes as an index and as a log: what can be read is the same when it is written and read again.
pub fn cdxj(bytes: &[u8]) {
    if let Ok(read) = index::parse(bytes) {
        let text = index::text(&read.reach, &read.entries).expect("entries can be written");
        let again = index::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}:\n{text}"));
        assert_eq!(read.reach, again.reach);
        let sorted = |entries: &[super::scan::Entry]| {
            let mut lines: Vec<String> = entries.iter().map(|entry| format!("{entry:?}")).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&read.entries), sorted(&again.entries));
        assert_eq!(text, index::text(&again.reach, &again.entries).expect("entries can be written"));
        for entry in &read.entries {
            let line = index::plain_line(entry, &entry.file, 0, 0).expect("entries can be written");
            assert_eq!(line.matches('\n').count(), 1, "one line an entry");
        }
    }
    let log = Log::parse(bytes);
    let journal = Journal::read(bytes).expect("memory can be read");
    assert!(journal.length <= bytes.len() as u64);
    assert_eq!(journal.head.as_ref().map(|(_, hash)| hash.as_str()), log.head());
    assert!(journal.reach.iter().map(|(name, end)| (name.as_str(), *end)).eq(log.reach()));
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    assert!(log.entries.len() + log.faults.len() >= lines, "a line is either read or at fault");
    let _ = (log.reach(), log.head());
}

/// Bytes as a package; then as the contents of one that we write, which is read back as it is.
pub fn zip(bytes: &[u8]) {
    let mut file = File::new(bytes);
    let zip = Zip::open(&mut file).expect("memory can be read");
    let mut names = HashSet::new();
    for entry in &zip.entries {
        assert!(entry.at + entry.packed <= bytes.len() as u64, "an entry lies inside its file");
        assert!(names.insert(&entry.name), "{:?} stands in it once", entry.name);
    }
    for entry in zip.entries.iter().take(200) {
        if let Ok(content) = read_entry(&mut file, entry, LIMIT as u64).expect("memory can be read") {
            assert!(content.len() <= LIMIT);
        }
    }
    packed(bytes);
}

/// Writes a package of names and contents in turn, each up to a zero byte.
fn packed(bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == 0).take(200);
    let mut files: Vec<(String, &[u8])> = Vec::new();
    while let (Some(name), Some(content)) = (parts.next(), parts.next()) {
        let name = String::from_utf8_lossy(name).into_owned();
        // a folder is no file, and a name stands in a package once
        if !name.ends_with('/') && name.len() < 1 << 16 && files.iter().all(|(other, _)| *other != name) {
            files.push((name, content));
        }
    }
    let mut writer = ZipWriter::new(Vec::new());
    for (name, content) in &files {
        writer.add(name, Content::of(content), *content).expect("memory can be written");
    }
    let stored = writer.finish().expect("memory can be written");
    let mut file = File::new(&stored);
    let zip = Zip::open(&mut file).expect("memory can be read");
    assert!(zip.whole && zip.warnings.is_empty(), "{:?}", zip.warnings);
    assert_eq!(zip.entries.len(), files.len());
    for (entry, (name, content)) in zip.entries.iter().zip(&files) {
        assert_eq!(&entry.name, name);
        let read = |file: &mut File<'_>, entry: &Entry| read_entry(file, entry, LIMIT as u64);
        assert_eq!(read(&mut file, entry).expect("memory can be read").as_deref(), Ok(*content));
    }
}

/// Bytes in memory that behave as a file does: no place beyond what the operating system can address.
struct File<'b>(Cursor<&'b [u8]>);

impl<'b> File<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self(Cursor::new(bytes))
    }
}

impl Read for File<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl Seek for File<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if matches!(to, SeekFrom::Start(at) if i64::try_from(at).is_err()) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.0.seek(to)
    }
}

#[cfg(test)]
mod tests {
    /// What the fuzz targets begin with, and what they found: `fuzz/seeds`.
    #[test]
    fn the_seeds_of_the_fuzz_targets_hold() {
        for (target, probe) in [("warc", super::warc as fn(&[u8])), ("cdxj", super::cdxj), ("zip", super::zip)] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
            for file in std::fs::read_dir(folder).expect("every target has seeds") {
                probe(&std::fs::read(file.expect("an entry").path()).expect("a file"));
            }
        }
    }
}
