//! Writing: entries stored as they are, one fixed date, nothing optional.

use std::io::{self, Read, Write};

use flate2::Crc;

use super::{CENTRAL, END, END64, LOCAL, LOCATOR64};

/// 1 January 1980: the earliest date that a ZIP file can name.
const DATE: u16 = 0x0021;
const UTF8: u16 = 0x0800;

/// The content of an entry: how long it is and its checksum are needed before its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) size: u64,
    pub(crate) crc: u32,
}

impl Content {
    /// Of bytes in memory.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(bytes);
        Self { size: bytes.len() as u64, crc: crc.sum() }
    }
}

/// Writes one ZIP file.
pub(crate) struct ZipWriter<W> {
    out: W,
    at: u64,
    directory: Vec<u8>,
    entries: u64,
}

impl<W: Write> ZipWriter<W> {
    /// Begins a file.
    pub(crate) fn new(out: W) -> Self {
        Self { out, at: 0, directory: Vec::new(), entries: 0 }
    }

    /// Adds an entry whose content is read from `from`.
    pub(crate) fn add(&mut self, name: &str, content: Content, mut from: impl Read) -> io::Result<()> {
        let header = self.at;
        let length = u16::try_from(name.len()).map_err(|_| io::Error::other("the name of an entry is too long"))?;
        let large = content.size >= u64::from(u32::MAX);
        let mut extra = Vec::new();
        if large {
            extra.extend_from_slice(&1_u16.to_le_bytes());
            extra.extend_from_slice(&16_u16.to_le_bytes());
            extra.extend_from_slice(&content.size.to_le_bytes());
            extra.extend_from_slice(&content.size.to_le_bytes());
        }
        let size = if large { u32::MAX } else { low(content.size) };
        let mut common = Vec::new();
        for field in [if large { 45 } else { 20_u16 }, UTF8, 0, 0, DATE] {
            common.extend_from_slice(&field.to_le_bytes());
        }
        for field in [content.crc, size, size] {
            common.extend_from_slice(&field.to_le_bytes());
        }
        common.extend_from_slice(&length.to_le_bytes());
        let mut bytes = LOCAL.to_le_bytes().to_vec();
        bytes.extend_from_slice(&common);
        bytes.extend_from_slice(&low16(extra.len()).to_le_bytes());
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&extra);
        self.put(&bytes)?;
        let copied = io::copy(&mut from.by_ref().take(content.size), &mut self.out)?;
        self.at += copied;
        if copied != content.size {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, format!("{name} is shorter than it was")));
        }
        if header >= u64::from(u32::MAX) {
            if extra.is_empty() {
                extra.extend_from_slice(&1_u16.to_le_bytes());
                extra.extend_from_slice(&0_u16.to_le_bytes());
            }
            extra.extend_from_slice(&header.to_le_bytes());
            let payload = low16(extra.len() - 4);
            extra[2..4].copy_from_slice(&payload.to_le_bytes());
        }
        let directory = &mut self.directory;
        directory.extend_from_slice(&CENTRAL.to_le_bytes());
        directory.extend_from_slice(&45_u16.to_le_bytes());
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&low16(extra.len()).to_le_bytes());
        // no comment, first disk, no attributes
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&if header >= u64::from(u32::MAX) { u32::MAX } else { low(header) }.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        directory.extend_from_slice(&extra);
        self.entries += 1;
        Ok(())
    }

    /// Writes the directory.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let (at, length) = (self.at, self.directory.len() as u64);
        let directory = std::mem::take(&mut self.directory);
        self.put(&directory)?;
        let large = at >= u64::from(u32::MAX) || self.entries >= u64::from(u16::MAX) || length >= u64::from(u32::MAX);
        let mut end = Vec::new();
        if large {
            let here = self.at;
            end.extend_from_slice(&END64.to_le_bytes());
            end.extend_from_slice(&44_u64.to_le_bytes());
            end.extend_from_slice(&[45, 0, 45, 0]);
            end.extend_from_slice(&[0; 8]);
            for field in [self.entries, self.entries, length, at] {
                end.extend_from_slice(&field.to_le_bytes());
            }
            end.extend_from_slice(&LOCATOR64.to_le_bytes());
            end.extend_from_slice(&0_u32.to_le_bytes());
            end.extend_from_slice(&here.to_le_bytes());
            end.extend_from_slice(&1_u32.to_le_bytes());
        }
        end.extend_from_slice(&END.to_le_bytes());
        end.extend_from_slice(&[0; 4]);
        let count = if large { u16::MAX } else { low16(usize::try_from(self.entries).unwrap_or(usize::MAX)) };
        end.extend_from_slice(&count.to_le_bytes());
        end.extend_from_slice(&count.to_le_bytes());
        end.extend_from_slice(&if large { u32::MAX } else { low(length) }.to_le_bytes());
        end.extend_from_slice(&if large { u32::MAX } else { low(at) }.to_le_bytes());
        end.extend_from_slice(&[0; 2]);
        self.put(&end)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

fn low(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn low16(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::{Zip, read_entry};
    use super::*;

    fn sample() -> Vec<u8> {
        let mut zip = ZipWriter::new(Vec::new());
        for (name, bytes) in [("archive/a.warc.gz", &b"first"[..]), ("pages/pages.jsonl", b"{}"), ("empty", b"")] {
            zip.add(name, Content::of(bytes), bytes).unwrap();
        }
        zip.finish().unwrap()
    }

    #[test]
    fn what_is_written_is_read_and_the_same_again() {
        let bytes = sample();
        assert_eq!(bytes, sample());
        let mut file = Cursor::new(&bytes);
        let zip = Zip::open(&mut file).unwrap();
        assert!(zip.whole && zip.warnings.is_empty(), "{:?}", zip.warnings);
        let names: Vec<&str> = zip.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["archive/a.warc.gz", "pages/pages.jsonl", "empty"]);
        assert_eq!(read_entry(&mut file, &zip.entries[0], 100).unwrap().unwrap(), b"first");
        assert!(read_entry(&mut file, &zip.entries[0], 3).unwrap().is_err(), "the limit holds");
    }

    #[test]
    fn a_file_that_was_cut_is_read_as_far_as_it_goes() {
        let bytes = sample();
        for length in 0..bytes.len() {
            let mut file = Cursor::new(&bytes[..length]);
            let zip = Zip::open(&mut file).unwrap();
            assert!(!zip.whole && !zip.warnings.is_empty(), "{length}");
            for entry in &zip.entries {
                let _ = read_entry(&mut file, entry, 100).unwrap();
            }
        }
        let mut file = Cursor::new(&bytes[..60]);
        assert_eq!(Zip::open(&mut file).unwrap().entries[0].name, "archive/a.warc.gz");
    }

    #[test]
    fn a_place_that_no_file_has_is_no_error_of_the_disk() {
        // The header of an entry, and the directory itself, said to stand where only 64 bits reach.
        let mut entry = sample();
        let directory = memchr::memmem::find(&entry, &CENTRAL.to_le_bytes()).unwrap();
        let name = directory + 46..directory + 46 + "archive/a.warc.gz".len();
        entry[directory + 30..directory + 32].copy_from_slice(&12_u16.to_le_bytes());
        entry[directory + 42..directory + 46].copy_from_slice(&u32::MAX.to_le_bytes());
        let extra = [&1_u16.to_le_bytes()[..], &8_u16.to_le_bytes(), &u64::MAX.to_le_bytes()].concat();
        entry.splice(name.end..name.end, extra);
        let end = entry.len() - 22;
        let length = u32::from_le_bytes(entry[end + 12..end + 16].try_into().unwrap()) + 12;
        entry[end + 12..end + 16].copy_from_slice(&length.to_le_bytes());
        let mut large = sample();
        let end = large.len() - 22;
        large[end + 8..end + 20].fill(0xff);
        large.splice(end..end, [&LOCATOR64.to_le_bytes()[..], &[0; 4], &u64::MAX.to_le_bytes(), &[0; 4]].concat());
        for (bytes, whole) in [(entry, true), (large, false)] {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&bytes).unwrap();
            let zip = Zip::open(&mut file).unwrap();
            assert_eq!(zip.whole, whole);
            assert!(!zip.warnings.is_empty());
            assert!(zip.entry("pages/pages.jsonl").is_some(), "what can be read is read: {:?}", zip.warnings);
        }
    }

    #[test]
    fn no_flipped_byte_makes_it_panic() {
        let bytes = sample();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                let mut file = Cursor::new(&flipped);
                let zip = Zip::open(&mut file).unwrap();
                for entry in &zip.entries {
                    let _ = read_entry(&mut file, entry, 100).unwrap();
                }
            }
        }
    }
}
