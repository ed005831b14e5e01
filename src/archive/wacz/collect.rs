//! Which records a package gets: those of the captures asked for, with their redirects, requests and originals.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek, SeekFrom};

use crate::archive::error::{ArchiveError, Warning};
use crate::archive::log::{self, Log, Logged};
use crate::archive::parts::PartFile;
use crate::archive::recover::whole_groups;
use crate::archive::segment;
use crate::archive::store::Archive;
use crate::archive::warc::digest::sha256_hex;
use crate::archive::warc::read::{ReadLimits, Reader};
use crate::archive::warc::record::{Integrity, Record};
use crate::archive::warc::write::{Seed, pack, record_id};
use crate::model::CaptureId;

/// One record on its way into a package.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Where it stands in the archive.
    pub(crate) part: String,
    pub(crate) offset: u64,
    pub(crate) stored: Logged,
    pub(crate) seq: Option<u64>,
    /// Its bytes, where it could not be taken as it is.
    pub(crate) packed: Option<Vec<u8>>,
}

/// The records of a package, by the file that they go to.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) files: BTreeMap<String, Vec<Piece>>,
    pub(crate) warnings: Vec<Warning>,
}

/// Records that belong together, in a segment.
struct Group {
    seq: Option<u64>,
    offset: u64,
    records: Vec<Logged>,
}

impl Group {
    fn end(&self) -> u64 {
        self.records.iter().map(|record| record.length).fold(self.offset, u64::saturating_add)
    }
}

/// Collects the records of some captures of an archive.
pub(crate) fn collect(archive: &Archive, captures: &[CaptureId]) -> Result<Collected, ArchiveError> {
    let mut wanted: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for id in captures {
        let missing = || ArchiveError::NoSuchRecord { record: id.0.clone() };
        let number = archive.captures.iter().position(|capture| capture.id == *id).ok_or_else(missing)?;
        let (capture, link) = (&archive.captures[number], archive.links[number]);
        for slot in [link.own, link.body] {
            let entry = &archive.entries[archive.slots[slot]];
            wanted.entry(&entry.file).or_default().insert(entry.place.offset);
        }
        // redirects of others are records of their own
        let own = &archive.entries[archive.slots[link.own]];
        for hop in &capture.hops {
            let hops = archive.entries.iter().filter(|entry| entry.file == own.file && *entry.url == *hop.from);
            wanted.entry(&own.file).or_default().extend(hops.map(|entry| entry.place.offset));
        }
    }
    let log = if archive.single { None } else { log::read(&archive.path)? };
    let mut collected = Collected::default();
    for (part, offsets) in wanted {
        if !archive.single && segment::number(part).is_some() {
            let groups = groups(archive, part, log.as_ref())?;
            let mut pieces = Vec::new();
            for (number, group) in groups.iter().enumerate() {
                let asked = offsets.range(group.offset..group.end()).next().is_some();
                // the first record of a segment introduces all others
                if asked || number == 0 && group.offset == 0 {
                    pieces.extend(group_pieces(part, group));
                }
            }
            collected.files.insert(part.to_owned(), pieces);
        } else {
            let name = unused(&collected.files, part);
            let pieces = foreign(archive, part, &offsets, &mut collected.warnings)?;
            collected.files.insert(name, pieces);
        }
    }
    collected.files.retain(|_, pieces| !pieces.is_empty());
    Ok(collected)
}

fn groups(archive: &Archive, part: &str, log: Option<&Log>) -> Result<Vec<Group>, ArchiveError> {
    let logged: Vec<Group> = log
        .map(|log| log.entries.iter().filter(|entry| entry.file == part))
        .into_iter()
        .flatten()
        .map(|entry| Group { seq: Some(entry.seq), offset: entry.offset, records: entry.records.clone() })
        .collect();
    if !logged.is_empty() {
        return Ok(logged);
    }
    // an archive from before there was a log
    let found = whole_groups(&archive.path.join(part), part, 0, true)?;
    Ok(found
        .groups
        .into_iter()
        .map(|found| Group { seq: None, offset: found.offset, records: found.records })
        .collect())
}

fn group_pieces(part: &str, group: &Group) -> Vec<Piece> {
    let mut at = group.offset;
    group
        .records
        .iter()
        .map(|record| {
            let offset = at;
            at += record.length;
            Piece { part: part.to_owned(), offset, stored: record.clone(), seq: group.seq, packed: None }
        })
        .collect()
}

/// A name in the package for a file of others: lower case, and none that is taken.
fn unused(files: &BTreeMap<String, Vec<Piece>>, part: &str) -> String {
    let name = part.rsplit(['/', '#']).next().unwrap_or(part).to_ascii_lowercase();
    let stem = [".warc.gz", ".warc.zst", ".arc.gz", ".warc", ".arc"].iter().find_map(|end| name.strip_suffix(end));
    let stem: String = stem
        .unwrap_or(&name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' })
        .collect();
    let first = format!("{stem}.warc.gz");
    let numbered = (2..).map(|number| format!("{stem}-{number}.warc.gz"));
    std::iter::once(first).chain(numbered).find(|name| !files.contains_key(name)).unwrap_or_default()
}

/// Records of a file that others made: as they stand, or packed anew where they are not packed one by one.
fn foreign(
    archive: &Archive,
    part: &str,
    offsets: &BTreeSet<u64>,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Piece>, ArchiveError> {
    let mut pieces = Vec::new();
    let mut places: Vec<_> =
        archive.entries.iter().filter(|entry| *entry.file == *part && offsets.contains(&entry.place.offset)).collect();
    places.sort_by_key(|entry| (entry.place.offset, entry.place.skip));
    let mut raw = archive.part(part)?;
    for entry in places {
        let mut reader = Reader::open(archive.part(part)?, part, ReadLimits::default())?;
        reader.seek_to(entry.place)?;
        let Some(record) = reader.next_record()? else { continue };
        if !matches!(record.integrity, Integrity::Whole | Integrity::Mismatch(_)) {
            let at = format!("{part} at byte {}", entry.place.offset);
            warnings.push(Warning::new(at, "is not whole, and is left out of the package"));
            continue;
        }
        let place = entry.place;
        let mut bytes = Vec::new();
        if reader.packs_one_by_one() && place.length > 0 && place.skip == 0 && !record.id().is_empty() {
            bytes = read_at(&mut raw, place.offset, place.length).map_err(ArchiveError::io("read", &archive.path))?;
        }
        let taken = !bytes.is_empty();
        if !taken {
            bytes = repacked(&record, part).map_err(ArchiveError::io("pack a record of", &archive.path))?;
        }
        let seed = Seed { file: part.to_owned(), offset: place.offset };
        let id = if record.id().is_empty() { fresh_id(&seed, &record) } else { record.id().to_owned() };
        let stored = Logged { id, length: bytes.len() as u64, sha256: sha256_hex(&bytes) };
        let packed = (!taken).then_some(bytes);
        pieces.push(Piece { part: part.to_owned(), offset: place.offset, stored, seq: None, packed });
    }
    Ok(pieces)
}

fn fresh_id(seed: &Seed, record: &Record) -> String {
    record_id(seed, usize::try_from(record.place.skip).unwrap_or(0), &[&record.block])
}

/// The record as a gzip member of its own: its block as it is, and the header fields that a reader needs.
fn repacked(record: &Record, part: &str) -> io::Result<Vec<u8>> {
    let mut head = String::from("WARC/1.1\r\n");
    if record.id().is_empty() {
        let seed = Seed { file: part.to_owned(), offset: record.place.offset };
        head.push_str(&format!("WARC-Record-ID: <{}>\r\n", fresh_id(&seed, record)));
    }
    for (name, value) in record.header.fields() {
        let value = match (name.to_ascii_lowercase().as_str(), record.date()) {
            ("warc-date", Some(date)) => date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            ("content-length", _) => continue,
            _ => value.to_owned(),
        };
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", record.block.len()));
    pack(&[head.as_bytes(), &record.block, b"\r\n\r\n"])
}

pub(crate) fn read_at(file: &mut PartFile, offset: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}
