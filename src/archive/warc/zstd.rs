//! Zstandard frames, as `.warc.zst` files and some servers use them.
//!
//! A file may begin with a dictionary in a skippable frame, which every record needs. Windows are capped at
//! 8 MiB, as browsers and RFC 8878 do; checksums are compared where a frame has one.

use std::io::{self, Read};

use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use super::input::{Broken, Input};

/// The largest window, as RFC 8878 advises.
pub(crate) const MAX_WINDOW: u64 = 8 << 20;
/// Bytes that a dictionary may have, packed and unpacked.
const MAX_DICTIONARY: u32 = 16 << 20;
const DICTIONARY: u32 = 0x184d_2a5d;
const FRAME: u32 = 0xfd2f_b528;

/// Decodes one frame after the other.
pub(crate) struct Frames {
    decoder: FrameDecoder,
    /// The dictionary that the file begins with.
    dictionary: Option<u32>,
    began: u64,
}

impl Frames {
    /// Makes a decoder without a dictionary.
    pub(crate) fn new() -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW);
        Self { decoder, dictionary: None, began: 0 }
    }

    /// Makes a decoder for a file, with the dictionary that it begins with.
    pub(crate) fn open<R: Read>(start: &mut Input<R>) -> Self {
        let mut frames = Self::new();
        if let Some(dictionary) = read_dictionary(start) {
            let id = dictionary.id;
            if frames.decoder.add_dict(dictionary).is_ok() {
                frames.dictionary = Some(id);
            }
        }
        frames
    }

    /// Where the frame that was begun last begins.
    pub(crate) fn began_at(&self) -> u64 {
        self.began
    }

    /// Begins the next frame that holds data; false at the end of the file.
    pub(crate) fn begin<R: Read>(&mut self, input: &mut Input<R>) -> Result<bool, Broken> {
        loop {
            self.began = input.at();
            let word = match input.peek(4).map_err(Broken::Io)? {
                [] => return Ok(false),
                [a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]),
                _ => return Err(Broken::Cut),
            };
            if word & 0xffff_fff0 == 0x184d_2a50 {
                skip_frame(input)?;
                continue;
            }
            if word != FRAME {
                return Err(Broken::Garbage);
            }
            if let Err(error) = self.decoder.reset(&mut *input) {
                return Err(broken(&error, input));
            }
            if let Some(id) = self.dictionary {
                // the format of records lets frames leave the number of the dictionary out
                self.decoder.force_dict(id).map_err(|error| Broken::Corrupt(error.to_string()))?;
            }
            return Ok(true);
        }
    }

    /// Unpacks more of the frame; 0 at its end.
    pub(crate) fn unpack<R: Read>(&mut self, input: &mut Input<R>, into: &mut [u8]) -> Result<usize, Broken> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            if let Err(error) = self.decoder.decode_blocks(&mut *input, BlockDecodingStrategy::UptoBlocks(1)) {
                return Err(broken(&error, input));
            }
        }
        let read = self.decoder.read(into).map_err(Broken::Io)?;
        if read == 0
            && let Some(written) = self.decoder.get_checksum_from_data()
            && self.decoder.get_calculated_checksum() != Some(written)
        {
            return Err(Broken::Corrupt("its checksum is wrong".to_owned()));
        }
        Ok(read)
    }
}

/// Why a frame does not decode: the file ends, or it is not what it should be.
fn broken<R: Read>(error: &impl ToString, input: &mut Input<R>) -> Broken {
    match input.available() {
        Ok([]) => Broken::Cut,
        Ok(_) => Broken::Corrupt(error.to_string()),
        Err(error) => Broken::Io(error),
    }
}

fn skip_frame<R: Read>(input: &mut Input<R>) -> Result<(), Broken> {
    let length = match input.peek(8).map_err(Broken::Io)? {
        [_, _, _, _, a, b, c, d] => u64::from(u32::from_le_bytes([*a, *b, *c, *d])),
        _ => return Err(Broken::Cut),
    };
    input.consume(8);
    let skipped = io::copy(&mut input.by_ref().take(length), &mut io::sink()).map_err(Broken::Io)?;
    if skipped == length { Ok(()) } else { Err(Broken::Cut) }
}

/// The dictionary of a file of records: the whole first frame, which may itself be packed.
fn read_dictionary<R: Read>(start: &mut Input<R>) -> Option<Dictionary> {
    let length = match *start.peek(8).ok()? {
        [a, b, c, d, l0, l1, l2, l3] if u32::from_le_bytes([a, b, c, d]) == DICTIONARY => {
            u32::from_le_bytes([l0, l1, l2, l3])
        }
        _ => return None,
    };
    if length > MAX_DICTIONARY {
        return None;
    }
    start.consume(8);
    let mut raw = Vec::new();
    start.by_ref().take(u64::from(length)).read_to_end(&mut raw).ok()?;
    if raw.starts_with(&FRAME.to_le_bytes()) {
        let mut packed = Input::new(raw.as_slice(), 0);
        let mut frames = Frames::new();
        frames.begin(&mut packed).ok()?;
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 32 * 1024];
        loop {
            match frames.unpack(&mut packed, &mut buffer).ok()? {
                0 => break,
                read if bytes.len() + read > MAX_DICTIONARY as usize => return None,
                read => bytes.extend_from_slice(&buffer[..read]),
            }
        }
        raw = bytes;
    }
    Dictionary::decode_dict(&raw).ok()
}
