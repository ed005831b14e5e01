//! A file of plain or compressed records as one stream of bytes that knows where it is.
//!
//! Gzip members and Zstandard frames are read one after the other and joined, whether they hold one record,
//! many, or a part of one; the position names the member and how far into its content the next byte stands,
//! which is enough to come back later. After a broken member the stream can be moved to the next one that
//! begins with a record.

use std::io::{self, Read, Seek, SeekFrom};

use crc32fast::Hasher;
use flate2::{Decompress, FlushDecompress, Status};

use super::arc;
pub(crate) use super::input::Broken;
use super::input::Input;
use super::zstd::Frames;

const BUFFER: usize = 64 * 1024;
/// Bytes that the header of a gzip member may have, name and comment included.
const MEMBER_HEADER: usize = 64 * 1024;

/// What a file is packed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

/// What a file begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Records(Packing),
    Zip,
}

impl Container {
    /// Tells the container from the first bytes of a file.
    pub(crate) fn of(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Self::Records(Packing::Gzip),
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Self::Zip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Records(Packing::Zstd),
            _ => Self::Records(Packing::Plain),
        }
    }
}

impl Packing {
    /// The word for one packed piece.
    pub(crate) fn piece(self) -> &'static str {
        match self {
            Self::Plain => "file",
            Self::Gzip => "gzip member",
            Self::Zstd => "Zstandard frame",
        }
    }

    /// The bytes that a packed piece begins with.
    fn magic(self) -> &'static [u8] {
        match self {
            Self::Plain => &[],
            Self::Gzip => &[0x1f, 0x8b, 0x08],
            Self::Zstd => &[0x28, 0xb5, 0x2f, 0xfd],
        }
    }
}

/// Where the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// Offset of the packed piece, or of the byte itself in a plain file.
    pub(crate) offset: u64,
    /// How far into the piece's content it stands; 0 in a plain file.
    pub(crate) skip: u64,
}

pub(crate) struct Stream<R> {
    input: Input<R>,
    packing: Packing,
    state: State,
    pending: Option<Broken>,
    inflate: Decompress,
    crc: Hasher,
    /// Bytes that came out of the member so far, as its trailer counts them.
    amount: u32,
    frames: Option<Box<Frames>>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    position: Position,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Where a packed piece should begin; always, in a plain file.
    Between,
    /// Inside one.
    Inside,
    /// Behind the last byte of one, with what is wrong about it still pending.
    Ended,
    /// Nothing more is read.
    Done,
}

impl<R: Read + Seek> Stream<R> {
    /// Opens the stream at `offset`.
    pub(crate) fn open(mut file: R, offset: u64, packing: Packing) -> io::Result<Self> {
        let frames = match packing {
            Packing::Zstd => {
                file.seek(SeekFrom::Start(0))?;
                Some(Box::new(Frames::open(&mut Input::new(&mut file, 0))))
            }
            Packing::Plain | Packing::Gzip => None,
        };
        file.seek(SeekFrom::Start(offset))?;
        Ok(Self {
            input: Input::new(file, offset),
            packing,
            state: State::Between,
            pending: None,
            inflate: Decompress::new(false),
            crc: Hasher::new(),
            amount: 0,
            frames,
            buffer: if packing == Packing::Plain { Vec::new() } else { vec![0; BUFFER] },
            start: 0,
            end: 0,
            position: Position { offset, skip: 0 },
        })
    }

    /// The next bytes; empty at the end of the file.
    pub(crate) fn fill(&mut self) -> Result<&[u8], Broken> {
        if self.packing == Packing::Plain {
            return if self.state == State::Done { Ok(&[]) } else { self.input.available().map_err(Broken::Io) };
        }
        while self.start == self.end {
            match self.state {
                State::Done => return Ok(&[]),
                State::Between => {
                    if !self.begin()? {
                        return Ok(&[]);
                    }
                    self.state = State::Inside;
                }
                State::Ended => {
                    if let Some(broken) = self.pending.take() {
                        return Err(broken);
                    }
                    self.state = State::Between;
                    self.position = Position { offset: self.input.at(), skip: 0 };
                }
                State::Inside => {
                    (self.start, self.end) = (0, 0);
                    if self.packing == Packing::Gzip { self.inflate()? } else { self.unpack_frame()? }
                }
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Goes past bytes that `fill` has shown.
    pub(crate) fn consume(&mut self, amount: usize) {
        if self.packing == Packing::Plain {
            self.input.consume(amount);
            self.position.offset = self.input.at();
            return;
        }
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.position.skip += amount as u64;
    }

    /// Where the next byte stands.
    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Begins the next packed piece; false at the end of the file.
    fn begin(&mut self) -> Result<bool, Broken> {
        match self.packing {
            Packing::Plain => Ok(true),
            Packing::Gzip => self.begin_member(),
            Packing::Zstd => {
                let Some(frames) = &mut self.frames else { return Ok(false) };
                let began = frames.begin(&mut self.input);
                // skippable frames before it belong to nothing
                self.position = Position { offset: frames.began_at(), skip: 0 };
                began
            }
        }
    }

    fn begin_member(&mut self) -> Result<bool, Broken> {
        let fixed = self.input.peek(10).map_err(Broken::Io)?;
        let (flags, method) = match *fixed {
            [] => return Ok(false),
            [0x1f, 0x8b, method, flags, _, _, _, _, _, _, ..] => (flags, method),
            [0x1f] | [0x1f, 0x8b, ..] => return Err(Broken::Cut),
            _ => return Err(Broken::Garbage),
        };
        if method != 8 || flags & 0xe0 != 0 {
            return Err(Broken::Corrupt("its header is none of gzip".to_owned()));
        }
        self.input.consume(10);
        if flags & 0x04 != 0 {
            let mut length = [0; 2];
            self.read_exact(&mut length)?;
            let mut extra = vec![0; usize::from(u16::from_le_bytes(length))];
            self.read_exact(&mut extra)?;
        }
        // a name and a comment end in a zero byte
        for _ in 0..(flags >> 3 & 1) + (flags >> 4 & 1) {
            let mut byte = [1];
            let mut length = 0;
            while byte[0] != 0 {
                self.read_exact(&mut byte)?;
                length += 1;
                if length > MEMBER_HEADER {
                    return Err(Broken::Corrupt("its header does not end".to_owned()));
                }
            }
        }
        if flags & 0x02 != 0 {
            self.read_exact(&mut [0; 2])?;
        }
        self.inflate.reset(false);
        self.crc.reset();
        self.amount = 0;
        Ok(true)
    }

    fn read_exact(&mut self, into: &mut [u8]) -> Result<(), Broken> {
        self.input.read_exact(into).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => Broken::Cut,
            _ => Broken::Io(error),
        })
    }

    /// Decompresses more of a gzip member into the buffer; at its end compares its checksum and length.
    fn inflate(&mut self) -> Result<(), Broken> {
        loop {
            let packed = self.input.available().map_err(Broken::Io)?;
            if packed.is_empty() {
                return Err(Broken::Cut);
            }
            let before = (self.inflate.total_in(), self.inflate.total_out());
            let status = self
                .inflate
                .decompress(packed, &mut self.buffer, FlushDecompress::None)
                .map_err(|error| Broken::Corrupt(error.to_string()))?;
            let took = usize::try_from(self.inflate.total_in() - before.0).unwrap_or(usize::MAX);
            let gave = usize::try_from(self.inflate.total_out() - before.1).unwrap_or(0).min(self.buffer.len());
            self.input.consume(took);
            self.crc.update(&self.buffer[..gave]);
            // the trailer counts modulo 2^32
            self.amount = self.amount.wrapping_add(u32::try_from(gave).unwrap_or(u32::MAX));
            self.end = gave;
            if status == Status::StreamEnd {
                // what came out is shown first, whatever vouches for it or not
                self.state = State::Ended;
                self.pending = self.check_trailer().err();
                return Ok(());
            }
            if gave > 0 {
                return Ok(());
            }
            if took == 0 {
                return Err(Broken::Corrupt("it does not go on".to_owned()));
            }
        }
    }

    fn check_trailer(&mut self) -> Result<(), Broken> {
        let mut trailer = [0; 8];
        self.read_exact(&mut trailer)?;
        let [c0, c1, c2, c3, l0, l1, l2, l3] = trailer;
        let sound = u32::from_le_bytes([c0, c1, c2, c3]) == self.crc.clone().finalize()
            && u32::from_le_bytes([l0, l1, l2, l3]) == self.amount;
        if sound { Ok(()) } else { Err(Broken::Corrupt("its checksum is wrong".to_owned())) }
    }

    fn unpack_frame(&mut self) -> Result<(), Broken> {
        let Some(frames) = &mut self.frames else { return Err(Broken::Garbage) };
        self.end = frames.unpack(&mut self.input, &mut self.buffer)?;
        if self.end == 0 {
            self.state = State::Ended;
        }
        Ok(())
    }

    /// Shows the end of the file from now on.
    pub(crate) fn stop(&mut self) {
        self.state = State::Done;
        (self.start, self.end) = (0, 0);
    }

    /// Moves to an offset where a record or a packed piece begins.
    pub(crate) fn seek(&mut self, offset: u64) -> io::Result<()> {
        self.input.seek(offset)?;
        (self.state, self.pending) = (State::Between, None);
        (self.start, self.end) = (0, 0);
        self.position = Position { offset, skip: 0 };
        Ok(())
    }

    /// Moves to the first packed piece after `offset` that begins with a record; false where there is none.
    pub(crate) fn resume_after(&mut self, offset: u64) -> io::Result<bool> {
        let magic = self.packing.magic();
        if self.state == State::Done || magic.is_empty() {
            return Ok(false);
        }
        let mut from = offset + 1;
        while let Some(candidate) = self.input.find(magic, from)? {
            self.seek(candidate)?;
            // a record may begin so; whether it is one is seen by reading it
            if matches!(self.fill(), Ok(bytes) if bytes.starts_with(b"WARC/") || arc::may_begin(bytes)) {
                self.seek(candidate)?;
                return Ok(true);
            }
            from = candidate + 1;
        }
        self.stop();
        Ok(false)
    }
}
