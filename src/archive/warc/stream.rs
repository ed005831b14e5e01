//! A file of plain or gzipped records as one stream of bytes that knows where it is.
//!
//! Gzip members are read one after the other and joined, whether they hold one record, many, or a part of one;
//! the position names the member and how far into its content the next byte stands, which is enough to come
//! back later. After a broken member the stream can be moved to the next one that begins with a record.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::GzDecoder;

const BUFFER: usize = 32 * 1024;

/// What a file begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Plain,
    Gzip,
    Unsupported(&'static str),
}

impl Container {
    /// Tells the container from the first bytes of a file.
    pub(crate) fn of(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Self::Unsupported("a ZIP file (WACZ)"),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Unsupported("compressed with Zstandard"),
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Unsupported("compressed with Zstandard"),
            _ if start.starts_with(b"filedesc:") => Self::Unsupported("an ARC file"),
            _ => Self::Plain,
        }
    }
}

/// Why no more bytes come.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The file ends inside a gzip member.
    Cut,
    /// What should be a gzip member does not begin like one.
    Garbage,
    /// A gzip member does not decode, or its checksum is wrong.
    Corrupt(String),
    /// The file itself cannot be read.
    Io(io::Error),
}

pub(crate) struct Stream<R> {
    state: State<R>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    position: Position,
    gzip: bool,
}

/// Where the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// Offset of the gzip member, or of the byte itself in a plain file.
    pub(crate) offset: u64,
    /// How far into the member's content it stands; 0 in a plain file.
    pub(crate) skip: u64,
}

enum State<R> {
    Plain(Counted<R>),
    Gzip(Box<GzDecoder<Counted<R>>>),
    /// Where a gzip member should begin.
    Between(Counted<R>),
    /// Nothing more is read; also while a state is being replaced.
    Nothing,
}

struct Counted<R> {
    inner: BufReader<R>,
    at: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.inner.consume(amount);
    }
}

impl<R: Read + Seek> Stream<R> {
    /// Opens the stream at `offset`.
    pub(crate) fn open(mut file: R, offset: u64, gzip: bool) -> io::Result<Self> {
        file.seek(SeekFrom::Start(offset))?;
        let counted = Counted { inner: BufReader::with_capacity(BUFFER, file), at: offset };
        let state = if gzip { State::Between(counted) } else { State::Plain(counted) };
        let position = Position { offset, skip: 0 };
        Ok(Self { state, buffer: vec![0; BUFFER], start: 0, end: 0, position, gzip })
    }

    /// The next bytes; empty at the end of the file.
    pub(crate) fn fill(&mut self) -> Result<&[u8], Broken> {
        while self.start == self.end {
            if matches!(self.state, State::Between(_)) && !self.begin_member()? {
                return Ok(&[]);
            }
            let read = match &mut self.state {
                State::Plain(counted) => counted.read(&mut self.buffer).map_err(Broken::Io)?,
                State::Gzip(decoder) => match decoder.read(&mut self.buffer).map_err(broken)? {
                    0 => {
                        self.end_member();
                        continue;
                    }
                    read => read,
                },
                State::Between(_) | State::Nothing => 0,
            };
            if read == 0 {
                return Ok(&[]);
            }
            (self.start, self.end) = (0, read);
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Goes past bytes that `fill` has shown.
    pub(crate) fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        if self.gzip {
            self.position.skip += amount as u64;
        } else {
            self.position.offset += amount as u64;
        }
    }

    /// Where the next byte stands.
    pub(crate) fn position(&self) -> Position {
        self.position
    }

    fn end_member(&mut self) {
        if let State::Gzip(decoder) = std::mem::replace(&mut self.state, State::Nothing) {
            let counted = decoder.into_inner();
            self.position = Position { offset: counted.at, skip: 0 };
            self.state = State::Between(counted);
        }
    }

    /// Begins the next gzip member; false at the end of the file.
    fn begin_member(&mut self) -> Result<bool, Broken> {
        let State::Between(counted) = &mut self.state else { return Ok(false) };
        match counted.fill_buf().map_err(Broken::Io)? {
            [] => return Ok(false),
            [0x1f, 0x8b, ..] | [0x1f] => {}
            _ => return Err(Broken::Garbage),
        }
        if let State::Between(counted) = std::mem::replace(&mut self.state, State::Nothing) {
            self.state = State::Gzip(Box::new(GzDecoder::new(counted)));
        }
        Ok(true)
    }

    /// Shows the end of the file from now on.
    pub(crate) fn stop(&mut self) {
        self.state = State::Nothing;
        (self.start, self.end) = (0, 0);
    }

    /// Moves to an offset where a record or a gzip member begins.
    pub(crate) fn seek(&mut self, offset: u64) -> io::Result<()> {
        if let Some(file) = self.take_file() {
            *self = Self::open(file, offset, self.gzip)?;
        }
        Ok(())
    }

    fn take_file(&mut self) -> Option<R> {
        (self.start, self.end) = (0, 0);
        match std::mem::replace(&mut self.state, State::Nothing) {
            State::Plain(counted) | State::Between(counted) => Some(counted.inner.into_inner()),
            State::Gzip(decoder) => Some(decoder.into_inner().inner.into_inner()),
            State::Nothing => None,
        }
    }

    /// Moves to the first gzip member after `offset` that begins with a record; false where there is none.
    pub(crate) fn resume_after(&mut self, offset: u64) -> io::Result<bool> {
        let Some(mut file) = self.take_file() else { return Ok(false) };
        let mut from = offset + 1;
        let mut found = None;
        while let Some(candidate) = find_magic(&mut file, from)? {
            let mut decoder = GzDecoder::new(BufReader::new(&mut file));
            let mut first = [0; 5];
            if decoder.read_exact(&mut first).is_ok() && &first == b"WARC/" {
                found = Some(candidate);
                break;
            }
            from = candidate + 1;
        }
        let at = match found {
            Some(candidate) => candidate,
            None => file.seek(SeekFrom::End(0))?,
        };
        *self = Self::open(file, at, self.gzip)?;
        Ok(found.is_some())
    }
}

/// Finds the next gzip magic at or after `from`, and leaves the file there.
fn find_magic<R: Read + Seek>(file: &mut R, from: u64) -> io::Result<Option<u64>> {
    let mut at = from;
    file.seek(SeekFrom::Start(at))?;
    let finder = memchr::memmem::Finder::new(&[0x1f, 0x8b, 0x08]);
    let mut window = Vec::with_capacity(BUFFER + 2);
    loop {
        let before = window.len();
        file.by_ref().take(BUFFER as u64).read_to_end(&mut window)?;
        if window.len() == before {
            return Ok(None);
        }
        if let Some(found) = finder.find(&window) {
            let found = at + found as u64;
            file.seek(SeekFrom::Start(found))?;
            return Ok(Some(found));
        }
        let keep = window.len().saturating_sub(2);
        at += keep as u64;
        window.drain(..keep);
    }
}

fn broken(error: io::Error) -> Broken {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Broken::Cut,
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Broken::Corrupt(error.to_string()),
        _ => Broken::Io(error),
    }
}
