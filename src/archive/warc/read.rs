//! The bytes of a WARC or ARC file into records, one after the other.
//!
//! Reads plain files, one gzip member or Zstandard frame per record, one for all, and anything between; WARC
//! versions 1.0 and 1.1, and ARC. Whatever does not follow the standard is read as far as it can be and gives a [`Warning`]; after bytes
//! that are no record, or do not decompress, reading goes on at the next record. Header sizes, block sizes
//! and the number of fresh starts are bounded. Only the disk makes it fail.

use std::borrow::Cow;
use std::io::{Read, Seek};
use std::path::Path;

use super::arc;
use super::record::{Header, Integrity, Place, Record, bare};
use super::stream::{Broken, Container, Packing, Position, Stream};
use crate::archive::error::{ArchiveError, Warning};

mod checks;

/// What a reader accepts.
#[derive(Debug, Clone)]
pub struct ReadLimits {
    /// Bytes of a block that are kept; the rest is read over, and the record counts as cut. Default 128 MiB.
    pub block: usize,
    /// Bytes of one header line. Default 64 KiB.
    pub line: usize,
    /// Fields of one header. Default 1000.
    pub fields: usize,
    /// Fresh starts after damage, in one file. Default 100.
    pub restarts: usize,
    /// Warnings that are kept. Default 1000.
    pub warnings: usize,
    /// Whether blocks and payloads are compared with the digests that headers announce. Default true.
    pub digests: bool,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { block: 128 << 20, line: 64 << 10, fields: 1000, restarts: 100, warnings: 1000, digests: true }
    }
}

/// Reads the records of one file.
pub struct Reader<R> {
    stream: Stream<R>,
    name: String,
    limits: ReadLimits,
    packing: Packing,
    /// Whether the records are those of an ARC file; `None` before the first one.
    arc: Option<bool>,
    pending: Option<Broken>,
    tail: Option<Tail>,
    shared_member: bool,
    restarts: usize,
    warnings: Vec<Warning>,
    /// Memory of the last line, for the next one.
    spare: Vec<u8>,
}

/// The end of a file from which nothing whole could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tail {
    /// Where it begins.
    pub(crate) offset: u64,
    /// Whether a write that was interrupted explains it.
    pub(crate) interrupted: bool,
}

/// Bytes that a block gets room for before any of them is there.
const ROOM: usize = 256 << 10;

/// Where a record begins; with its header, where that is one line.
struct Start {
    position: Position,
    arc: Option<arc::ArcLine>,
}

/// One line, without its end.
struct Line {
    bytes: Vec<u8>,
    end: LineEnd,
    clipped: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    CrLf,
    /// Without a carriage return, or with several.
    Odd,
    File,
}

impl<R: Read + Seek> Reader<R> {
    /// Opens a file; `name` is what warnings call it.
    pub fn open(mut file: R, name: &str, limits: ReadLimits) -> Result<Self, ArchiveError> {
        let mut start = Vec::new();
        file.by_ref().take(16).read_to_end(&mut start).map_err(ArchiveError::io("read", Path::new(name)))?;
        let packing = match Container::of(&start) {
            Container::Records(packing) => packing,
            Container::Zip => {
                let container = "a ZIP file where records should be";
                return Err(ArchiveError::UnsupportedContainer { path: name.into(), container });
            }
        };
        Self::open_at(file, name, limits, 0, packing)
    }

    /// Opens a file whose packing is known, at an offset where a record or a packed piece begins.
    pub(crate) fn open_at(
        file: R,
        name: &str,
        limits: ReadLimits,
        offset: u64,
        packing: Packing,
    ) -> Result<Self, ArchiveError> {
        let stream = Stream::open(file, offset, packing).map_err(ArchiveError::io("read", Path::new(name)))?;
        Ok(Self {
            stream,
            name: name.to_owned(),
            limits,
            packing,
            arc: None,
            pending: None,
            tail: None,
            shared_member: false,
            restarts: 0,
            warnings: Vec::new(),
            spare: Vec::new(),
        })
    }

    /// The next record; `None` at the end of the file.
    pub fn next_record(&mut self) -> Result<Option<Record>, ArchiveError> {
        loop {
            if let Some(broken) = self.pending.take() {
                self.recover(broken)?;
            }
            match self.read_record() {
                Ok(found) => return Ok(found),
                Err(broken) => self.pending = Some(broken),
            }
        }
    }

    /// Goes to a record whose place is known.
    pub(crate) fn seek_to(&mut self, place: Place) -> Result<(), ArchiveError> {
        let name = self.name.clone();
        let io = ArchiveError::io("read", Path::new(&name));
        self.stream.seek(place.offset).map_err(io)?;
        let mut left = place.skip;
        while left > 0 {
            let available = match self.stream.fill() {
                Ok(bytes) => bytes.len(),
                Err(Broken::Io(source)) => {
                    return Err(ArchiveError::Io { action: "read", path: self.name.clone().into(), source });
                }
                Err(_) => 0,
            };
            if available == 0 {
                break;
            }
            let step = available.min(usize::try_from(left).unwrap_or(usize::MAX));
            self.stream.consume(step);
            left -= step as u64;
        }
        Ok(())
    }

    /// Whether the file is packed with gzip, so that a record with a length of its own can be copied as it is.
    pub(crate) fn packs_one_by_one(&self) -> bool {
        self.packing == Packing::Gzip && self.arc != Some(true)
    }

    /// The oddities met since the last call.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    /// After the last record: where the unreadable end of the file begins, if it has one.
    pub(crate) fn tail(&self) -> Option<Tail> {
        self.tail
    }

    fn warn(&mut self, record: &str, message: impl Into<String>) {
        self.tell(Warning::new(record, message));
    }

    fn damage(&mut self, record: &str, message: impl Into<String>) {
        self.tell(Warning::damage(record, message));
    }

    fn tell(&mut self, warning: Warning) {
        match self.warnings.len().cmp(&self.limits.warnings) {
            std::cmp::Ordering::Less => self.warnings.push(warning),
            std::cmp::Ordering::Equal => {
                self.warnings.push(Warning::new(self.name.clone(), "has more oddities, which are not listed"));
            }
            std::cmp::Ordering::Greater => {}
        }
    }

    fn at(&self, position: Position) -> String {
        match position.skip {
            0 => format!("{} at byte {}", self.name, position.offset),
            skip => format!("{} at byte {} (+{skip})", self.name, position.offset),
        }
    }

    fn recover(&mut self, broken: Broken) -> Result<(), ArchiveError> {
        let position = self.stream.position();
        let piece = self.packing.piece();
        let (message, interrupted) = match broken {
            Broken::Io(source) => {
                return Err(ArchiveError::Io { action: "read", path: self.name.clone().into(), source });
            }
            Broken::Cut => (format!("the file ends inside a {piece}"), true),
            Broken::Garbage => (format!("what follows is no {piece}"), true),
            Broken::Corrupt(error) => (format!("the {piece} does not decompress ({error})"), false),
        };
        self.restarts += 1;
        let resumed = self.restarts <= self.limits.restarts
            && self.stream.resume_after(position.offset).map_err(ArchiveError::io("read", Path::new(&self.name)))?;
        let rest = if resumed { "reading goes on at the next record" } else { "nothing after it is read" };
        let at = self.at(Position { offset: position.offset, skip: 0 });
        self.damage(&at, format!("{message}; {rest}"));
        if !resumed {
            self.tail = Some(Tail { offset: position.offset, interrupted });
            self.stop();
        }
        Ok(())
    }

    /// Lets every further read see the end of the file.
    fn stop(&mut self) {
        self.stream.stop();
    }

    fn read_record(&mut self) -> Result<Option<Record>, Broken> {
        self.skip_blank_lines()?;
        let Some(Start { position: start, arc }) = self.find_start()? else { return Ok(None) };
        let at = self.at(start);
        let header = match arc {
            Some(line) => {
                line.warnings.into_iter().for_each(|message| self.warn(&at, message));
                line.header
            }
            None => match self.read_header(&at)? {
                Some(header) => header,
                None => {
                    self.tail = Some(Tail { offset: start.offset, interrupted: true });
                    self.damage(&at, "the file ends inside a header");
                    return Ok(None);
                }
            },
        };
        let id = header.get("WARC-Record-ID").map(|id| bare(id).to_owned()).filter(|id| !id.is_empty());
        let name = id.unwrap_or_else(|| at.clone());
        let mut record = Record { header, block: Vec::new(), place: Place::default(), integrity: Integrity::Whole };
        self.read_block(&mut record, &name, start);
        let compared = self.compare(&record);
        self.check_block(&mut record, &name, compared.block);
        self.read_end(&mut record, &name, start);
        self.check_rest(&mut record, &name, compared.block == Some(true));
        self.check_header(&record, &name, &at);
        self.check_payload(&mut record, &name, compared.payload);
        Ok(Some(record))
    }

    /// Consumes line breaks; returns how many lines ended.
    fn skip_blank_lines(&mut self) -> Result<usize, Broken> {
        let mut breaks = 0;
        loop {
            let bytes = self.stream.fill()?;
            let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            breaks += bytes.iter().take(blank).filter(|&&byte| byte == b'\n').count();
            let done = bytes.is_empty() || blank < bytes.len();
            self.stream.consume(blank);
            if done {
                return Ok(breaks);
            }
        }
    }

    /// Reads up to and including the version line of the next record; tells where that line began.
    fn find_start(&mut self) -> Result<Option<Start>, Broken> {
        let mut junk: Option<Position> = None;
        loop {
            let start = self.stream.position();
            let line = self.read_line()?;
            if line.bytes.is_empty() && line.end == LineEnd::File {
                if let Some(junk) = junk {
                    let at = self.at(junk);
                    self.damage(&at, "the rest of the file is no record");
                    self.tail = Some(Tail { offset: junk.offset, interrupted: false });
                }
                return Ok(None);
            }
            // a file cut inside the very first line of a record
            if line.end == LineEnd::File && b"WARC/1.".starts_with(line.bytes.get(..7).unwrap_or(&line.bytes)) {
                let at = self.at(start);
                self.damage(&at, "the file ends inside a header");
                self.tail = Some(Tail { offset: start.offset, interrupted: true });
                return Ok(None);
            }
            if line.bytes.starts_with(b"WARC/1.") || line.bytes.starts_with(b"WARC/0.") {
                if let Some(junk) = junk {
                    let at = self.at(junk);
                    self.damage(&at, "bytes before the next record belong to none, and are left out");
                }
                if !matches!(line.bytes.trim_ascii(), b"WARC/1.0" | b"WARC/1.1") {
                    let at = self.at(start);
                    self.warn(&at, "its version is neither WARC/1.0 nor WARC/1.1");
                }
                if line.end == LineEnd::Odd {
                    let at = self.at(start);
                    self.warn(&at, "its header lines do not end in one carriage return and one line feed");
                }
                self.arc = Some(false);
                self.spare = line.bytes;
                return Ok(Some(Start { position: start, arc: None }));
            }
            // a file is of one format or the other: by the first record that is met
            if self.arc != Some(false)
                && line.end != LineEnd::File
                && let Some(arc) = arc::parse(&line.bytes)
            {
                self.arc = Some(true);
                return Ok(Some(Start { position: start, arc: Some(arc) }));
            }
            junk = junk.or(Some(start));
        }
    }

    /// Reads the fields after the version line; `None` where the file ends before the empty line.
    fn read_header(&mut self, at: &str) -> Result<Option<Header>, Broken> {
        let mut header = Header::default();
        let mut left_out = false;
        loop {
            let line = self.read_line()?;
            if line.end == LineEnd::File {
                return Ok(None);
            }
            if line.bytes.is_empty() {
                self.spare = line.bytes;
                break;
            }
            if line.clipped {
                self.warn(at, format!("a header line is longer than {} bytes, and is cut", self.limits.line));
            }
            let text = match std::str::from_utf8(&line.bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => String::from_utf8_lossy(&line.bytes),
            };
            if header.len() >= self.limits.fields {
                left_out = true;
            } else if text.starts_with([' ', '\t']) && header.len() > 0 {
                // a folded line still obeys the limit of one line
                if text.len() <= self.limits.line / 16 {
                    header.continue_last(text.trim());
                } else {
                    left_out = true;
                }
            } else if let Some((name, value)) = text.split_once(':') {
                header.push(name.trim(), value.trim());
            } else {
                self.warn(at, "a header line has no colon, and is left out");
            }
            self.spare = line.bytes;
        }
        if left_out {
            self.warn(at, "its header is too long, and is not read to the end");
        }
        Ok(Some(header))
    }

    fn read_line(&mut self) -> Result<Line, Broken> {
        let mut line = Line { bytes: std::mem::take(&mut self.spare), end: LineEnd::File, clipped: false };
        line.bytes.clear();
        loop {
            let room = self.limits.line.saturating_sub(line.bytes.len());
            let bytes = self.stream.fill()?;
            if bytes.is_empty() {
                return Ok(line);
            }
            let end = memchr::memchr(b'\n', bytes);
            let length = end.unwrap_or(bytes.len());
            line.bytes.extend_from_slice(&bytes[..length.min(room)]);
            line.clipped |= length > room;
            self.stream.consume(length + usize::from(end.is_some()));
            if end.is_some() {
                let returns = line.bytes.iter().rev().take_while(|&&byte| byte == b'\r').count();
                line.bytes.truncate(line.bytes.len() - returns);
                line.end = if returns == 1 { LineEnd::CrLf } else { LineEnd::Odd };
                return Ok(line);
            }
        }
    }

    /// Reads as much as the header announces.
    fn read_block(&mut self, record: &mut Record, name: &str, start: Position) {
        let announced = record.header.get("Content-Length").and_then(|length| length.trim().parse::<u64>().ok());
        if announced.is_none() {
            self.warn(name, "has no usable Content-Length; its block is taken to be empty");
        }
        let mut left = announced.unwrap_or(0);
        // What a file announces is not believed before it is there.
        record.block.reserve(usize::try_from(left).unwrap_or(usize::MAX).min(self.limits.block).min(ROOM));
        while left > 0 {
            let bytes = match self.stream.fill() {
                Ok([]) => break,
                Ok(bytes) => bytes,
                Err(broken) => {
                    record.integrity = match &broken {
                        Broken::Corrupt(error) => Integrity::Damaged(format!("it does not decompress ({error})")),
                        _ => Integrity::Cut,
                    };
                    self.pending = Some(broken);
                    break;
                }
            };
            let take = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let bytes = &bytes[..take];
            let room = self.limits.block - record.block.len();
            record.block.extend_from_slice(&bytes[..take.min(room)]);
            if take > room {
                record.integrity = Integrity::Cut;
            }
            self.stream.consume(take);
            left -= take as u64;
        }
        if left > 0 {
            if record.integrity == Integrity::Whole {
                record.integrity = Integrity::Cut;
                self.tail = Some(Tail { offset: start.offset, interrupted: true });
            }
            self.damage(name, format!("the file ends, or breaks, {left} bytes before the record does"));
        } else if record.integrity == Integrity::Cut {
            self.warn(name, format!("its block is longer than {} bytes, and is cut", self.limits.block));
        }
    }

    /// Reads over the end of the record, as far as the next one: only there is its length known.
    fn read_end(&mut self, record: &mut Record, name: &str, start: Position) {
        record.place = Place { offset: start.offset, length: 0, skip: start.skip };
        if self.pending.is_some() {
            return;
        }
        match self.skip_blank_lines() {
            Ok(breaks) if self.arc != Some(true) && breaks < 2 && record.integrity == Integrity::Whole => {
                self.warn(name, "does not end in two line breaks");
            }
            Ok(_) => {}
            Err(broken) => {
                // the bytes were all there, but what vouches for them is not
                if self.stream.position().offset == start.offset && record.integrity == Integrity::Whole {
                    record.integrity = match &broken {
                        Broken::Corrupt(error) => Integrity::Damaged(format!("it does not decompress ({error})")),
                        _ => Integrity::Cut,
                    };
                }
                if self.stream.position().offset != start.offset && start.skip == 0 {
                    record.place.length = self.stream.position().offset - start.offset;
                }
                self.pending = Some(broken);
                return;
            }
        }
        let next = self.stream.position();
        if start.skip == 0 && next.skip == 0 {
            record.place.length = next.offset.saturating_sub(start.offset);
        } else if self.packing != Packing::Plain && !self.shared_member {
            self.shared_member = true;
            let file = self.name.clone();
            self.warn(&file, format!("several records share one {}", self.packing.piece()));
        }
    }
}
