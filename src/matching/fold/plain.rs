//! What most texts consist of, read many bytes at once: plain words, and characters of scripts without spaces. Everything
//! else, and what is not sure to be one of these, is left to [`Scan::any`], which makes the same of them.

use super::{Kind, Raw, Scan, bits};
use crate::matching::letters::{self, class};

/// Bytes of the text that are looked at together.
const BLOCK: usize = 64;

/// Which of the bytes of a block are ASCII letters or digits.
#[inline(never)]
fn alphanumerics(bytes: &[u8], block: usize) -> u64 {
    let bytes = &bytes[block * BLOCK..];
    match bytes.first_chunk() {
        Some(whole) => letters::alphanumerics(whole),
        None => {
            let mut padded = [0; BLOCK];
            padded[..bytes.len()].copy_from_slice(bytes);
            letters::alphanumerics(&padded)
        }
    }
}

/// The number of a character that UTF-8 writes with these two bytes.
#[inline]
pub(super) fn near_code(first: u8, second: u8) -> usize {
    usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f)
}

impl<'t> Scan<'t> {
    /// Where the ASCII letters and digits end that stand here.
    #[inline(always)]
    pub(super) fn run(&mut self, at: usize) -> usize {
        let mut end = at;
        loop {
            if end / BLOCK != self.block {
                self.block = end / BLOCK;
                self.alphanumerics = alphanumerics(self.text.as_bytes(), self.block);
            }
            end += (self.alphanumerics >> (end % BLOCK)).trailing_ones() as usize;
            // Where the block is over, what follows may begin with more of them.
            if !end.is_multiple_of(BLOCK) || !self.text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric) {
                return end;
            }
        }
    }

    /// Takes what most texts consist of, as [`Scan::any`] would: plain words, each behind a space and perhaps a comma.
    #[inline(always)]
    pub(super) fn plain_words(&mut self, take: &mut impl FnMut(Raw<'t>)) {
        if self.pending != 0 || self.gap {
            return;
        }
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        loop {
            let mut start = self.at;
            let mut bits = 0;
            if matches!(byte(start), b',' | b';' | b':') {
                bits = bits::PAUSE;
                start += 1;
            }
            if !matches!(byte(start), b' ' | b'\n') {
                return;
            }
            start += 1;
            let Some((end, how)) = self.plain_word(start) else { return };
            self.at = end;
            self.last = Some(Kind::Word);
            take(Raw { start, end, kind: Kind::Word, bits: bits | how, whole: self.text, plain: true });
        }
    }

    /// Takes characters of scripts without spaces that stand side by side, as [`Scan::any`] would.
    #[inline(always)]
    pub(super) fn characters(&mut self, take: &mut impl FnMut(Raw<'t>)) {
        const WANTED: u16 = letters::BEGINS | letters::UNSPACED | letters::PLAIN;
        if self.pending != 0 || self.gap {
            return;
        }
        let mut here = self.wide(self.at);
        while here & WANTED == WANTED {
            let (start, end) = (self.at, self.at + 3);
            let next = self.wide(end);
            // What follows may belong to it.
            if next & letters::MARK != 0 || next == 0 && !self.text.as_bytes().get(end).is_some_and(u8::is_ascii) {
                return;
            }
            here = next;
            self.at = end;
            self.last = Some(Kind::Character);
            let (kind, bits) = (Kind::Character, bits::ADJACENT);
            take(Raw { start, end, kind, bits, whole: self.text, plain: true });
        }
    }

    /// The classes of the character here, where UTF-8 writes it with three bytes.
    #[inline(always)]
    fn wide(&self, at: usize) -> u16 {
        let Some([first @ 0xe0..=0xef, second, third]) = self.text.as_bytes().get(at..at + 3) else { return 0 };
        let code = u32::from(first & 0xf) << 12 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
        char::from_u32(code).map_or(0, class)
    }

    /// Where the word ends that begins with a letter here, and how it is written, where it consists of ASCII letters and
    /// digits and of letters of two bytes that are their own folded form, and nothing behind it could belong to it: what most
    /// words are. The same as [`Scan::word`] makes of it.
    #[inline(always)]
    pub(super) fn plain_word(&mut self, start: usize) -> Option<(usize, u16)> {
        const WANTED: u16 = letters::GOES_ON | letters::PLAIN;
        let bytes = self.text.as_bytes();
        let first = *bytes.get(start)?;
        let class_of_first = match first {
            byte if byte.is_ascii() => self.near[usize::from(byte)],
            0xc2..=0xdf => self.near[near_code(first, *bytes.get(start + 1)?)],
            _ => return None,
        };
        if class_of_first & (letters::BEGINS | letters::NUMERIC) != letters::BEGINS {
            return None;
        }
        let mut end = start;
        loop {
            end = self.run(end);
            let before = end;
            for pair in bytes[end..].chunks_exact(2) {
                let class = self.near[near_code(pair[0], pair[1])];
                if !matches!(pair[0], 0xc2..=0xdf) || class & (WANTED | letters::NUMERIC) != WANTED {
                    break;
                }
                end += 2;
            }
            if end == before || !bytes.get(end)?.is_ascii_alphanumeric() {
                break;
            }
        }
        let behind = *bytes.get(end)?;
        let goes_on = !behind.is_ascii()
            || behind == b'.' && end == start + 1
            || bytes[end - 1].is_ascii_digit() && matches!(behind, b'.' | b',' | b':' | b'/' | b'\'');
        if behind != b' ' && goes_on {
            return None;
        }
        if class_of_first & letters::UPPER == 0 {
            return Some((end, 0));
        }
        if bytes.get(start + 1).is_some_and(u8::is_ascii_lowercase) {
            return Some((end, bits::CAPITAL));
        }
        let all = self.all_capitals(start, end);
        Some((end, bits::CAPITAL | if all { bits::ALL_CAPITALS } else { 0 }))
    }

    /// Whether a word has two capital letters or more and no small one.
    pub(super) fn all_capitals(&self, start: usize, end: usize) -> bool {
        let classes =
            self.text[start..end].chars().map(|c| self.near.get(c as usize).copied().unwrap_or_else(|| class(c)));
        let mut capitals = 0;
        for class in classes {
            if class & letters::LOWER != 0 {
                return false;
            }
            capitals += usize::from(class & letters::UPPER != 0);
        }
        capitals > 1
    }
}
