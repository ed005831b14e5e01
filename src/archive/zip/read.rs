//! Reading: the directory of a ZIP file and the bytes of its entries.

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::{CENTRAL, END, END64, LOCAL, LOCATOR64};

/// Entries that are read.
const MAX_ENTRIES: usize = 100_000;
/// Bytes of the central directory that are read.
const MAX_DIRECTORY: u64 = 64 << 20;
const SIGNATURE: [u8; 4] = [b'P', b'K', 3, 4];

/// What is in a ZIP file.
#[derive(Debug, Default)]
pub(crate) struct Zip {
    pub(crate) entries: Vec<Entry>,
    /// What is odd about the file.
    pub(crate) warnings: Vec<String>,
    /// Whether the entries come from the central directory, as every reader sees them.
    pub(crate) whole: bool,
}

/// One file in a ZIP file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) method: Method,
    /// CRC-32 of the content; `None` where no directory tells it.
    pub(crate) crc: Option<u32>,
    /// Where its packed bytes begin.
    pub(crate) at: u64,
    /// How many packed bytes there are.
    pub(crate) packed: u64,
    /// How many bytes they become; 0 where no directory tells it.
    pub(crate) size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Stored,
    Deflated,
    Other(u16),
}

impl Method {
    fn of(number: u16) -> Self {
        match number {
            0 => Self::Stored,
            8 => Self::Deflated,
            other => Self::Other(other),
        }
    }
}

/// A cursor over bytes that stops at their end.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    fn u16(&mut self) -> Option<u16> {
        self.bytes(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.bytes(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.bytes(8)?.try_into().ok().map(u64::from_le_bytes)
    }
}

struct Directory {
    at: u64,
    length: u64,
    entries: u64,
}

impl Zip {
    /// Reads what is in the file; entries that cannot be trusted are left out and told.
    pub(crate) fn open<R: Read + Seek>(file: &mut R) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        let mut zip = Self::default();
        match find_directory(file, length)? {
            Some(directory) => zip.read_directory(file, &directory, length)?,
            None => zip.warnings.push("it has no directory at its end: it was cut, or its end is damaged".to_owned()),
        }
        if !zip.whole {
            zip.entries.clear();
            zip.find_entries(file, length)?;
        }
        Ok(zip)
    }

    /// The entry of that name.
    pub(crate) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    fn read_directory<R: Read + Seek>(&mut self, file: &mut R, directory: &Directory, length: u64) -> io::Result<()> {
        if directory.length > MAX_DIRECTORY || directory.at.checked_add(directory.length).is_none_or(|end| end > length)
        {
            self.warnings.push("its directory does not lie inside the file".to_owned());
            return Ok(());
        }
        file.seek(SeekFrom::Start(directory.at))?;
        let mut bytes = Vec::new();
        file.by_ref().take(directory.length).read_to_end(&mut bytes)?;
        let mut fields = Fields(&bytes);
        let mut seen = HashSet::new();
        let mut count = 0_u64;
        while !fields.0.is_empty() && self.entries.len() < MAX_ENTRIES {
            let Some((entry, header)) = central(&mut fields) else {
                self.warnings.push("its directory is damaged".to_owned());
                return Ok(());
            };
            count += 1;
            if entry.name.ends_with('/') {
                continue;
            }
            if !seen.insert(entry.name.clone()) {
                self.warnings.push(format!("{} stands in it twice; only the first is read", entry.name));
                continue;
            }
            match local(file, header, length, &entry)? {
                Ok(at) if at.checked_add(entry.packed).is_some_and(|end| end <= directory.at) => {
                    self.entries.push(Entry { at, ..entry });
                }
                Ok(_) => self.warnings.push(format!("{} does not lie inside the file, and is left out", entry.name)),
                Err(message) => self.warnings.push(format!("{} {message}, and is left out", entry.name)),
            }
        }
        if count != directory.entries {
            self.warnings.push("its directory does not have as many entries as it says".to_owned());
        }
        let mut places: Vec<&Entry> = self.entries.iter().collect();
        places.sort_by_key(|entry| entry.at);
        if places.windows(2).any(|pair| matches!(pair, [one, two] if one.at + one.packed > two.at)) {
            self.warnings.push("entries of it overlap".to_owned());
        }
        self.whole = true;
        Ok(())
    }

    /// Finds entries by their local headers, one after the other.
    fn find_entries<R: Read + Seek>(&mut self, file: &mut R, length: u64) -> io::Result<()> {
        let mut from = 0;
        let mut seen = HashSet::new();
        while let Some(at) = find(file, &SIGNATURE, from, length)? {
            file.seek(SeekFrom::Start(at))?;
            let mut header = [0; 30];
            if file.read_exact(&mut header).is_err() || self.entries.len() >= MAX_ENTRIES {
                break;
            }
            let (Some(found), next) = (local_fields(&header), at + 4) else { break };
            let mut name = vec![0; usize::from(found.name)];
            if file.read_exact(&mut name).is_err() {
                break;
            }
            let data = at + 30 + u64::from(found.name) + u64::from(found.extra);
            let known = found.flags & 8 == 0 && found.packed != u32::MAX;
            let end = if known {
                data.saturating_add(u64::from(found.packed)).min(length)
            } else {
                // sizes that follow the data are of no use from this side: up to the next header
                find(file, &SIGNATURE, data, length)?.unwrap_or(length)
            };
            if data <= length && !name.ends_with(b"/") {
                let entry = Entry {
                    name: String::from_utf8_lossy(&name).into_owned(),
                    method: Method::of(found.method),
                    crc: (known && end == data + u64::from(found.packed)).then_some(found.crc),
                    at: data,
                    packed: end.saturating_sub(data),
                    size: 0,
                };
                if seen.insert(entry.name.clone()) {
                    self.entries.push(entry);
                }
            }
            from = end.max(next);
        }
        Ok(())
    }
}

/// One entry of the central directory, and where its local header stands.
fn central(fields: &mut Fields<'_>) -> Option<(Entry, u64)> {
    if fields.u32()? != CENTRAL {
        return None;
    }
    fields.bytes(6)?;
    let method = fields.u16()?;
    fields.bytes(4)?;
    let crc = fields.u32()?;
    let (mut packed, mut size) = (u64::from(fields.u32()?), u64::from(fields.u32()?));
    let (name, extra, comment) = (fields.u16()?, fields.u16()?, fields.u16()?);
    fields.bytes(8)?;
    let mut header = u64::from(fields.u32()?);
    let name = String::from_utf8_lossy(fields.bytes(usize::from(name))?).into_owned();
    let mut extra = Fields(fields.bytes(usize::from(extra))?);
    fields.bytes(usize::from(comment))?;
    while let (Some(kind), Some(length)) = (extra.u16(), extra.u16()) {
        let mut large = Fields(extra.bytes(usize::from(length))?);
        if kind == 1 {
            for field in [&mut size, &mut packed, &mut header] {
                if *field == u64::from(u32::MAX) {
                    *field = large.u64()?;
                }
            }
        }
    }
    Some((Entry { name, method: Method::of(method), crc: Some(crc), at: 0, packed, size }, header))
}

struct Local {
    flags: u16,
    method: u16,
    crc: u32,
    packed: u32,
    size: u32,
    name: u16,
    extra: u16,
}

fn local_fields(header: &[u8; 30]) -> Option<Local> {
    let mut fields = Fields(header);
    if fields.u32()? != LOCAL {
        return None;
    }
    fields.u16()?;
    let (flags, method) = (fields.u16()?, fields.u16()?);
    fields.u32()?;
    let (crc, packed, size) = (fields.u32()?, fields.u32()?, fields.u32()?);
    Some(Local { flags, method, crc, packed, size, name: fields.u16()?, extra: fields.u16()? })
}

/// Where an entry's bytes begin, if its local header says the same as the directory.
fn local<R: Read + Seek>(file: &mut R, at: u64, length: u64, entry: &Entry) -> io::Result<Result<u64, &'static str>> {
    // A place beyond the end may be one that no file has, and asking for it would be an error of the disk.
    if at > length {
        return Ok(Err("has no header of its own"));
    }
    file.seek(SeekFrom::Start(at))?;
    let mut header = [0; 30];
    let mut name = Vec::new();
    if file.read_exact(&mut header).is_err() {
        return Ok(Err("has no header of its own"));
    }
    let Some(found) = local_fields(&header) else { return Ok(Err("has no header of its own")) };
    file.by_ref().take(u64::from(found.name)).read_to_end(&mut name)?;
    let differs = String::from_utf8_lossy(&name) != entry.name
        || Method::of(found.method) != entry.method
        || found.flags & 1 != 0
        // sizes may follow the data, or stand in the extra field
        || (found.flags & 8 == 0
            && (Some(found.crc) != entry.crc
                || (found.packed != u32::MAX && u64::from(found.packed) != entry.packed)
                || (found.size != u32::MAX && u64::from(found.size) != entry.size)));
    if differs {
        return Ok(Err("has a header that says something else than the directory"));
    }
    Ok(Ok(at + 30 + u64::from(found.name) + u64::from(found.extra)))
}

/// Finds the end of the directory, from the end of the file.
fn find_directory<R: Read + Seek>(file: &mut R, length: u64) -> io::Result<Option<Directory>> {
    let tail = length.min(65_557);
    file.seek(SeekFrom::Start(length - tail))?;
    let mut bytes = Vec::new();
    file.by_ref().take(tail).read_to_end(&mut bytes)?;
    let Some(found) = memchr::memmem::rfind(&bytes, &END.to_le_bytes()) else { return Ok(None) };
    let mut fields = Fields(&bytes[found + 4..]);
    let parsed = (|| {
        fields.bytes(4)?;
        let (here, all) = (fields.u16()?, fields.u16()?);
        let (size, at) = (fields.u32()?, fields.u32()?);
        let comment = fields.u16()?;
        (here == all && usize::from(comment) == fields.0.len()).then_some(Directory {
            at: u64::from(at),
            length: u64::from(size),
            entries: u64::from(all),
        })
    })();
    let Some(directory) = parsed else { return Ok(None) };
    if directory.at != u64::from(u32::MAX) && directory.entries != u64::from(u16::MAX) {
        return Ok(Some(directory));
    }
    let locator = found.checked_sub(20).and_then(|at| bytes.get(at..found));
    let at = locator.and_then(|bytes| {
        let mut fields = Fields(bytes);
        (fields.u32()? == LOCATOR64).then_some(())?;
        fields.u32()?;
        fields.u64()
    });
    let Some(at) = at else { return Ok(Some(directory)) };
    if at > length {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.by_ref().take(56).read_to_end(&mut bytes)?;
    let mut fields = Fields(&bytes);
    Ok((|| {
        (fields.u32()? == END64).then_some(())?;
        fields.bytes(28)?;
        let entries = fields.u64()?;
        Some(Directory { length: fields.u64()?, at: fields.u64()?, entries })
    })())
}

/// Finds the next occurrence of a signature.
fn find<R: Read + Seek>(file: &mut R, signature: &[u8; 4], from: u64, length: u64) -> io::Result<Option<u64>> {
    const LARGEST: u64 = 64 * 1024;
    let mut at = from;
    let mut window = Vec::new();
    // Mostly it is near.
    let mut size = 1024;
    while at < length {
        file.seek(SeekFrom::Start(at))?;
        window.clear();
        file.by_ref().take(size).read_to_end(&mut window)?;
        size = (size * 4).min(LARGEST);
        if let Some(found) = memchr::memmem::find(&window, signature) {
            return Ok(Some(at + found as u64));
        }
        if window.len() < signature.len() {
            return Ok(None);
        }
        at += (window.len() - 3) as u64;
    }
    Ok(None)
}

/// Reads an entry's content, up to `limit` bytes; compares its checksum, and says what is wrong with it.
pub(crate) fn read_entry<R: Read + Seek>(
    file: &mut R,
    entry: &Entry,
    limit: u64,
) -> io::Result<Result<Vec<u8>, String>> {
    file.seek(SeekFrom::Start(entry.at))?;
    let mut packed = Vec::new();
    file.by_ref().take(entry.packed.min(limit)).read_to_end(&mut packed)?;
    let mut bytes = match entry.method {
        Method::Stored => packed,
        Method::Deflated => {
            let mut bytes = Vec::new();
            match DeflateDecoder::new(packed.as_slice()).take(limit + 1).read_to_end(&mut bytes) {
                Ok(_) => bytes,
                Err(error) => return Ok(Err(format!("does not decompress ({error})"))),
            }
        }
        Method::Other(number) => return Ok(Err(format!("is packed by a method that is not read ({number})"))),
    };
    if bytes.len() as u64 > limit || entry.packed > limit {
        return Ok(Err(format!("has more than {limit} bytes")));
    }
    let mut crc = Crc::new();
    crc.update(&bytes);
    if entry.crc.is_some_and(|expected| expected != crc.sum()) {
        return Ok(Err("does not have the checksum that the directory says".to_owned()));
    }
    bytes.shrink_to_fit();
    Ok(Ok(bytes))
}
