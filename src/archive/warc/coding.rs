//! A stored body into the bytes that the server meant: transfer and content coding removed.
//!
//! At most three codings, a cap on what comes out, and a cap on how much larger than the input that may be,
//! each in [`DecodeLimits`]. A body that ends too early gives what it holds, marked as not whole.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;
use flate2::{Decompress, FlushDecompress, Status};

use super::http::{HttpAnswer, dechunk};
use super::input::Input;
use super::zstd::Frames;

/// What decoding accepts.
#[derive(Debug, Clone)]
pub struct DecodeLimits {
    /// Bytes that may come out. Default 64 MiB.
    pub bytes: usize,
    /// How many times its input a body may grow, once it is longer than `ratio_from`. Default 100.
    pub ratio: usize,
    /// From which size on the ratio counts. Default 1 MiB.
    pub ratio_from: usize,
    /// Content codings on top of each other. Default 3.
    pub codings: usize,
}

impl Default for DecodeLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20, ratio: 100, ratio_from: 1 << 20, codings: 3 }
    }
}

/// A decoded body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether they are all there.
    pub whole: bool,
    /// What is odd about them.
    pub warnings: Vec<String>,
}

/// Why a body cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// It passes a limit.
    #[error("the body is larger than {limit} bytes when it is decoded")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// It grows more than any page does.
    #[error("the body grows more than {ratio} times when it is decoded")]
    Bomb {
        /// The limit.
        ratio: usize,
    },
    /// More codings than the limit.
    #[error("the body is encoded {codings} times")]
    TooManyCodings {
        /// How many.
        codings: usize,
    },
    /// A coding that is not read.
    #[error("the content coding {coding:?} is not read")]
    Unsupported {
        /// Its name.
        coding: String,
    },
    /// Not what its header says.
    #[error("the body is not {coding}, though its header says so")]
    NotEncoded {
        /// What it should be.
        coding: &'static str,
    },
}

/// Removes the codings that the header of `answer` names.
pub fn decode(answer: &HttpAnswer<'_>, limits: &DecodeLimits) -> Result<Decoded, DecodeError> {
    let mut decoded = Decoded { bytes: Vec::new(), whole: true, warnings: Vec::new() };
    let chunks = if answer.list("Transfer-Encoding").iter().any(|coding| coding == "chunked") {
        dechunk(answer.body)
    } else {
        None
    };
    match chunks {
        Some(chunks) => {
            decoded.warnings.push("its chunks were left in".to_owned());
            if !chunks.whole {
                decoded.warnings.push("its chunks end too early".to_owned());
            }
            decoded.whole = chunks.whole;
            decoded.bytes = chunks.bytes;
        }
        None => {
            if !answer.body.is_empty() && answer.field("Transfer-Encoding").is_some() {
                decoded.warnings.push("its header says that it is chunked, and it is not".to_owned());
            }
            decoded.bytes = answer.body.to_vec();
        }
    }
    let mut codings = answer.list("Content-Encoding");
    codings.retain(|coding| coding != "identity" && coding != "none");
    if codings.len() > limits.codings {
        return Err(DecodeError::TooManyCodings { codings: codings.len() });
    }
    if decoded.bytes.is_empty() {
        return Ok(decoded);
    }
    let budget = Budget { limits, input: decoded.bytes.len() };
    for coding in codings.iter().rev() {
        let out = match coding.as_str() {
            "gzip" | "x-gzip" => gunzip(&decoded.bytes, &budget)?,
            "deflate" => inflate(&decoded.bytes, &budget)?,
            "br" => unbrotli(&decoded.bytes, &budget)?,
            "zstd" => unzstd(&decoded.bytes, &budget)?,
            other => return Err(DecodeError::Unsupported { coding: other.chars().take(40).collect() }),
        };
        if !out.whole {
            decoded.warnings.push(format!("its {coding} data ends too early or breaks off"));
        }
        decoded.whole &= out.whole;
        decoded.bytes = out.bytes;
    }
    if decoded.bytes.len() > limits.bytes {
        return Err(DecodeError::TooLarge { limit: limits.bytes });
    }
    Ok(decoded)
}

struct Unpacked {
    bytes: Vec<u8>,
    whole: bool,
}

struct Budget<'a> {
    limits: &'a DecodeLimits,
    /// Size of the body as stored: nested codings do not get to multiply their ratios.
    input: usize,
}

impl Budget<'_> {
    fn check(&self, output: usize) -> Result<(), DecodeError> {
        if output > self.limits.bytes {
            return Err(DecodeError::TooLarge { limit: self.limits.bytes });
        }
        if output > self.limits.ratio_from && output / self.limits.ratio.max(1) > self.input {
            return Err(DecodeError::Bomb { ratio: self.limits.ratio });
        }
        Ok(())
    }

    /// Reads to the end, within the budget; an error of the reader ends it early.
    fn drain(&self, mut reader: impl Read, bytes: &mut Vec<u8>) -> Result<io::Result<()>, DecodeError> {
        let mut buffer = vec![0; 32 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(Ok(())),
                Ok(read) => bytes.extend_from_slice(&buffer[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Ok(Err(error)),
            }
            self.check(bytes.len())?;
        }
    }
}

fn gunzip(data: &[u8], budget: &Budget<'_>) -> Result<Unpacked, DecodeError> {
    if !data.starts_with(&[0x1f, 0x8b]) {
        return Err(DecodeError::NotEncoded { coding: "gzip" });
    }
    let mut bytes = Vec::new();
    let mut rest = data;
    // members are joined, as browsers do; what follows the last one is ignored, as they do
    while rest.starts_with(&[0x1f, 0x8b]) {
        let mut decoder = GzDecoder::new(rest);
        if budget.drain(&mut decoder, &mut bytes)?.is_err() {
            return Ok(Unpacked { bytes, whole: false });
        }
        rest = decoder.into_inner();
    }
    Ok(Unpacked { bytes, whole: true })
}

/// The coding `deflate` is a zlib stream by the standard, and a bare one from many servers.
fn inflate(data: &[u8], budget: &Budget<'_>) -> Result<Unpacked, DecodeError> {
    let zlib = matches!(data, [first, second, ..]
        if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
    let mut state = Decompress::new(zlib);
    let mut bytes = Vec::new();
    loop {
        bytes.reserve(32 * 1024);
        let used = usize::try_from(state.total_in()).unwrap_or(usize::MAX);
        let before = (state.total_in(), bytes.len());
        let status = state.decompress_vec(data.get(used..).unwrap_or_default(), &mut bytes, FlushDecompress::None);
        budget.check(bytes.len())?;
        match status {
            Ok(Status::StreamEnd) => return Ok(Unpacked { bytes, whole: true }),
            Ok(_) if before != (state.total_in(), bytes.len()) => {}
            Err(_) if bytes.is_empty() => return Err(DecodeError::NotEncoded { coding: "deflate" }),
            _ => return Ok(Unpacked { bytes, whole: false }),
        }
    }
}

fn unbrotli(data: &[u8], budget: &Budget<'_>) -> Result<Unpacked, DecodeError> {
    let mut bytes = Vec::new();
    match budget.drain(brotli::Decompressor::new(data, 4096), &mut bytes)? {
        Ok(()) => Ok(Unpacked { bytes, whole: true }),
        Err(_) if bytes.is_empty() => Err(DecodeError::NotEncoded { coding: "brotli" }),
        Err(_) => Ok(Unpacked { bytes, whole: false }),
    }
}

fn unzstd(data: &[u8], budget: &Budget<'_>) -> Result<Unpacked, DecodeError> {
    let mut bytes = Vec::new();
    let mut input = Input::new(data, 0);
    let mut frames = Frames::new();
    let mut buffer = vec![0; 32 * 1024];
    let mut first = true;
    let end = |bytes: Vec<u8>, first: bool| {
        if first { Err(DecodeError::NotEncoded { coding: "zstd" }) } else { Ok(Unpacked { bytes, whole: false }) }
    };
    loop {
        match frames.begin(&mut input) {
            Ok(true) => {}
            Ok(false) => return Ok(Unpacked { bytes, whole: true }),
            Err(_) => return end(bytes, first),
        }
        loop {
            match frames.unpack(&mut input, &mut buffer) {
                Ok(0) => break,
                Ok(read) => bytes.extend_from_slice(&buffer[..read]),
                Err(_) => return end(bytes, false),
            }
            budget.check(bytes.len())?;
        }
        first = false;
    }
}

#[cfg(test)]
#[path = "coding_tests.rs"]
mod tests;
