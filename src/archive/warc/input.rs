//! A file read through a buffer that can be looked into, and that knows its place.

use std::io::{self, Read, Seek, SeekFrom};

const BUFFER: usize = 64 * 1024;

/// Why no more bytes come.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The file ends inside a packed piece.
    Cut,
    /// What should be a packed piece does not begin like one.
    Garbage,
    /// A packed piece does not decode, or its checksum is wrong.
    Corrupt(String),
    /// The file itself cannot be read.
    Io(io::Error),
}

/// A buffered file.
pub(crate) struct Input<R> {
    file: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Offset in the file of `buffer[start]`.
    at: u64,
}

impl<R: Read> Input<R> {
    /// Wraps a file that stands at the offset `at`.
    pub(crate) fn new(file: R, at: u64) -> Self {
        Self { file, buffer: vec![0; BUFFER], start: 0, end: 0, at }
    }

    /// Offset of the next byte.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    /// Bytes that are there; empty only at the end of the file.
    pub(crate) fn available(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, self.read_some(0)?);
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// The next `count` bytes without going past them; fewer only at the end of the file.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        let count = count.min(self.buffer.len());
        if self.end - self.start < count {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            while self.end < count {
                let read = self.read_some(self.end)?;
                if read == 0 {
                    break;
                }
                self.end += read;
            }
        }
        Ok(&self.buffer[self.start..self.end.min(self.start + count)])
    }

    /// Goes past bytes that were shown.
    pub(crate) fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.at += amount as u64;
    }

    fn read_some(&mut self, from: usize) -> io::Result<usize> {
        loop {
            match self.file.read(&mut self.buffer[from..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.available()?;
        let count = bytes.len().min(into.len());
        into[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read + Seek> Input<R> {
    /// Moves to an offset.
    pub(crate) fn seek(&mut self, offset: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(offset))?;
        (self.start, self.end, self.at) = (0, 0, offset);
        Ok(())
    }

    /// The offset of the next occurrence of `magic` at or after `from`.
    pub(crate) fn find(&mut self, magic: &[u8], from: u64) -> io::Result<Option<u64>> {
        self.seek(from)?;
        let finder = memchr::memmem::Finder::new(magic);
        loop {
            let window = self.peek(BUFFER)?;
            if window.len() < magic.len() {
                return Ok(None);
            }
            match finder.find(window) {
                Some(found) => return Ok(Some(self.at + found as u64)),
                None => {
                    let past = window.len() - (magic.len() - 1);
                    self.consume(past);
                }
            }
        }
    }
}
