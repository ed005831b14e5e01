//! What most texts consist of, read many bytes at once: plain words, and characters of scripts without spaces. Everything
//! else, and what is not sure to be one of these, is left to [`Scan::any`], which makes the same of them.

use super::{Kind, Raw, Scan, bits};
use crate::matching::letters::{self, class};
use crate::matching::titles;

/// Bytes of the text that are looked at together.
const BLOCK: usize = 64;

/// Characters of two bytes in a block from which on most of them are told all at once.
const MANY: u32 = 6;

/// Where runs of plain letters and digits begin and end in a text: ASCII, and what UTF-8 writes with two bytes, goes on in a word
/// and is its own folded form. A bit for each byte, the lowest of the first number for the first; set are those of the first
/// byte of a run and of the first behind it.
pub(super) fn edges(text: &str, near: &letters::Near) -> Vec<u64> {
    let bytes = text.as_bytes();
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let mut edges = Vec::with_capacity(blocks.len() + 1);
    // Whether the last byte of the block before belongs to a run, and whether its last character goes on in this one.
    let (mut before, mut over) = (0, 0);
    for (number, block) in blocks.iter().chain([&last]).enumerate() {
        let mut runs = letters::alphanumerics(block) | over;
        over = 0;
        if !block.is_ascii() {
            let mut firsts = letters::firsts_of_two(block);
            if firsts.count_ones() >= MANY {
                let next = bytes.get((number + 1) * BLOCK).copied().unwrap_or(0);
                let letters = letters::letters_of_two(block, next);
                runs |= letters | letters << 1;
                over = letters >> (BLOCK - 1);
                firsts &= !letters;
            }
            while firsts != 0 {
                let place = firsts.trailing_zeros() as usize;
                firsts &= firsts - 1;
                let second = bytes.get(number * BLOCK + place + 1).copied().unwrap_or(0);
                let goes_on = u64::from(goes_on(near[near_code(block[place], second)]));
                runs |= (goes_on | goes_on << 1) << place;
                over |= goes_on & u64::from(place == BLOCK - 1);
            }
        }
        edges.push(runs ^ (runs << 1 | before));
        before = runs >> (BLOCK - 1);
    }
    edges
}

/// Whether a character of two bytes goes on in a word and is its own folded form.
#[inline]
fn goes_on(class: u16) -> bool {
    const WANTED: u16 = letters::GOES_ON | letters::PLAIN;
    class & (WANTED | letters::NUMERIC) == WANTED
}

/// Walks over the [`edges`] of a text.
struct Edges<'s> {
    edges: &'s [u64],
    block: usize,
    /// Those of the block that are to come.
    coming: u64,
}

impl<'s> Edges<'s> {
    /// Those behind a byte.
    #[inline(always)]
    fn behind(edges: &'s [u64], at: usize) -> Self {
        let block = at / BLOCK;
        let coming = edges.get(block).map_or(0, |edges| edges & !1 << (at % BLOCK));
        Self { edges, block, coming }
    }

    /// The next one; behind the last, some place behind the text.
    #[inline(always)]
    fn next(&mut self) -> usize {
        while self.coming == 0 {
            self.block += 1;
            match self.edges.get(self.block) {
                Some(edges) => self.coming = *edges,
                None => return usize::MAX,
            }
        }
        let edge = self.block * BLOCK + self.coming.trailing_zeros() as usize;
        self.coming &= self.coming - 1;
        edge
    }
}

/// The number of a character that UTF-8 writes with these two bytes.
#[inline]
pub(super) fn near_code(first: u8, second: u8) -> usize {
    usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f)
}

impl<'t> Scan<'t> {
    /// Where the run of plain letters and digits ends that begins or goes on here, if one does.
    #[inline]
    pub(super) fn run(&self, at: usize) -> Option<usize> {
        let stands = match self.text.as_bytes().get(at..)? {
            [first, ..] if first.is_ascii() => first.is_ascii_alphanumeric(),
            [first @ 0xc2..=0xdf, second, ..] => goes_on(self.near[near_code(*first, *second)]),
            _ => false,
        };
        stands.then(|| Edges::behind(&self.edges, at).next().min(self.text.len()))
    }

    /// Takes what most texts consist of, as [`Scan::any`] would: plain words and numbers behind what parts most from the one
    /// before.
    #[inline(always)]
    pub(super) fn plain_words(&mut self, take: &mut impl FnMut(Raw<'t>)) {
        if self.pending != 0 || self.gap {
            return;
        }
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let mut edges = Edges::behind(&self.edges, self.at);
        // Bytes of the last word, as far as it was read here.
        let mut long = 0;
        loop {
            let Some((length, parted)) = self.parted(long) else { return };
            let start = self.at + length;
            if edges.next() != start {
                return;
            }
            let end = edges.next().min(bytes.len());
            let Some(how) = self.plain_word(start, end) else { return };
            let kind = if byte(start).is_ascii_digit() { Kind::Number } else { Kind::Word };
            self.at = end;
            long = end - start;
            self.last = Some(kind);
            take(Raw { start, end, kind, bits: parted | how, whole: self.text, plain: true });
        }
    }

    /// What parts most words from the one before: how many bytes, and what it means for the next as [`bits`]. `long` are the
    /// bytes of the word before, 0 where it was not read here.
    #[inline(always)]
    fn parted(&self, long: usize) -> Option<(usize, u16)> {
        let (before, rest) = self.text.as_bytes().split_at_checked(self.at)?;
        // Three of four, and so asked before the others.
        if rest.first() == Some(&b' ') {
            return Some((1, 0));
        }
        Some(match rest {
            [b'\n', ..] => (1, 0),
            [b',' | b';' | b':', b' ' | b'\n', ..] => (2, bits::PAUSE),
            [b'.', b'\n', ..] => (2, bits::SENTENCE),
            // No title is as long.
            [b'.', b' ', b'A'..=b'Z', ..]
                if self.last == Some(Kind::Word)
                    && before.last_chunk::<5>().is_some_and(|five| five.iter().all(u8::is_ascii_alphanumeric)) =>
            {
                (2, bits::SENTENCE)
            }
            [b'.', b' ', first @ 0xc3..=0xdf, second, ..]
                if long > titles::LONGEST
                    && self.last == Some(Kind::Word)
                    && self.near[near_code(*first, *second)] & letters::UPPER != 0 =>
            {
                (2, bits::SENTENCE)
            }
            [b'-', b'A'..=b'Z' | b'a'..=b'z', ..] => (1, bits::HYPHENED),
            [b'\'', b'A'..=b'Z' | b'a'..=b'z', ..] if self.last == Some(Kind::Word) => (1, bits::ELIDED),
            [0xe2, 0x80, 0x99, b'A'..=b'Z' | b'a'..=b'z', ..] if self.last == Some(Kind::Word) => (3, bits::ELIDED),
            _ => return None,
        })
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

    /// How a word or number is written that is this run, unless what stands behind it could belong to it. The same as
    /// [`Scan::word`] makes of it.
    #[inline(always)]
    pub(super) fn plain_word(&self, start: usize, end: usize) -> Option<u16> {
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let (first, behind) = (byte(start), byte(end));
        let goes_on = !behind.is_ascii()
            || behind == b'.' && end == start + 1
            || byte(end - 1).is_ascii_digit() && matches!(behind, b'.' | b',' | b':' | b'/' | b'\'');
        if behind != b' ' && goes_on {
            return None;
        }
        let (class, length) = match first.is_ascii() {
            true => (self.near[usize::from(first)], 1),
            false => (self.near[near_code(first, byte(start + 1))], 2),
        };
        if class & letters::UPPER == 0 {
            return Some(0);
        }
        let second = byte(start + length);
        let small = match second.is_ascii() {
            true => second.is_ascii_lowercase(),
            false => {
                start + length < end && self.near[near_code(second, byte(start + length + 1))] & letters::LOWER != 0
            }
        };
        if small {
            return Some(bits::CAPITAL);
        }
        let all = self.all_capitals(start, end);
        Some(bits::CAPITAL | if all { bits::ALL_CAPITALS } else { 0 })
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
