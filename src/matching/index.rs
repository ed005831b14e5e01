//! The index of one document: its tokens, where each stands, and how telling each is. Built once, asked many times.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::OnceLock;

use super::fold::{self, Kind, bits};
use super::interner::Interner;
pub(super) use super::interner::{LEAST_OF_LEAD, UNKNOWN, Word};
use crate::model::{Document, TextRange};

/// One token of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte in the document's text.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// Its folded form.
    pub(super) form: Word,
    /// Its form without case and accents.
    pub(super) key: Word,
    /// See [`fold::bits`].
    pub(super) bits: u16,
    /// What kind it is.
    pub(super) kind: Kind,
}

impl Token {
    /// Whether it has one of these [`fold::bits`].
    pub(super) fn has(&self, bits: u16) -> bool {
        self.bits & bits != 0
    }
}

/// A document with everything that searching it needs.
#[derive(Debug)]
pub(super) struct Index<'d> {
    document: &'d Document,
    tokens: Vec<Token>,
    words: Interner<'d>,
    /// See [`key_hash`]; from the moment in which the first is asked for.
    hashes: OnceCell<Vec<u64>>,
    /// Start of each key's places in `places`, with one more entry at the end.
    first_place: Vec<u32>,
    places: Vec<u32>,
    /// What the logarithm of a count is measured by.
    scale: f32,
    /// First token of each block, with one more entry at the end.
    block_first: Vec<u32>,
    /// What stands between quotation marks in each block, from the moment in which it is asked for.
    quoted: OnceCell<Vec<OnceCell<Vec<Quoted>>>>,
}

/// A quoted stretch of a block, marks left out.
#[derive(Debug, Clone)]
pub(super) struct Quoted {
    /// Bytes of the document's text.
    pub(super) range: Range<u32>,
}

impl Quoted {
    /// Whether a byte of the document's text stands in it.
    pub(super) fn holds(&self, byte: u32) -> bool {
        self.range.start <= byte && byte < self.range.end
    }
}

/// A fixed hash of a key (FNV-1a): what is remembered of one document can be compared with another.
pub(super) fn key_hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The logarithm of a count and one more. Most words stand a few times.
fn logarithm(count: usize) -> f32 {
    static FEW: OnceLock<[f32; 32]> = OnceLock::new();
    let of = |count: usize| (1.0 + count as f32).ln();
    FEW.get_or_init(|| std::array::from_fn(of)).get(count).copied().unwrap_or_else(|| of(count))
}

impl<'d> Index<'d> {
    /// Indexes a document: one pass over its text.
    pub(super) fn new(document: &'d Document) -> Self {
        let mut words = Interner::new(&document.text, (document.text.len() / 11).clamp(64, 1 << 16));
        let mut tokens: Vec<Token> = Vec::with_capacity(document.text.len() / 3);
        let mut block_first = Vec::with_capacity(document.blocks.len() + 1);
        let mut form = String::new();
        let mut starts = document.blocks.iter().map(|block| block.range.start as usize);
        let mut next_block = starts.next().unwrap_or(usize::MAX);
        fold::tokenize(&document.text, |raw| {
            let mut bits = raw.bits;
            if next_block <= raw.start {
                bits = (bits | bits::SENTENCE) & !(bits::HYPHEN | bits::APOSTROPHE | bits::ADJACENT);
                while next_block <= raw.start {
                    block_first.push(tokens.len() as u32);
                    next_block = starts.next().unwrap_or(usize::MAX);
                }
            }
            let (start, end) = (raw.start as u32, raw.end as u32);
            // The numbers come afterwards, all at once; until then the form says whether it is written as it is folded.
            tokens.push(Token { start, end, form: u32::from(raw.plain), key: UNKNOWN, bits, kind: raw.kind });
        });
        for token in &mut tokens {
            let (start, end) = (token.start as usize, token.end as usize);
            let taken = if token.form == 1 {
                words.take(start, end)
            } else {
                fold::form(&document.text[start..end], token.kind, &mut form);
                words.take_folded(&form)
            };
            (token.form, token.key) = (taken.form, taken.key);
        }
        block_first.resize(document.blocks.len() + 1, tokens.len() as u32);
        let mut first_place = vec![0u32; words.len() + 1];
        for (key, count) in words.taken() {
            first_place[key as usize] += count;
        }
        let mut sum = 0;
        for count in &mut first_place {
            sum += *count;
            *count = sum;
        }
        // From the last to the first: what counted the end of a key's places counts down to their start.
        let mut places = vec![0u32; tokens.len()];
        for (at, token) in tokens.iter().enumerate().rev() {
            let slot = &mut first_place[token.key as usize];
            *slot -= 1;
            places[*slot as usize] = at as u32;
        }
        let scale = (2.0 + (tokens.len() as f32 + 1.0)).ln();
        Self {
            document,
            tokens,
            words,
            hashes: OnceCell::new(),
            first_place,
            places,
            scale,
            block_first,
            quoted: OnceCell::new(),
        }
    }

    /// The document.
    pub(super) fn document(&self) -> &'d Document {
        self.document
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The folded form of a token.
    pub(super) fn form(&self, at: usize) -> &str {
        self.words.get(self.tokens[at].form)
    }

    /// The key of a token.
    pub(super) fn key(&self, at: usize) -> &str {
        self.words.get(self.tokens[at].key)
    }

    /// The first byte of a key, 0 of one that is shorter than [`LEAST_OF_LEAD`].
    pub(super) fn lead(&self, key: Word) -> u8 {
        self.words.lead(key)
    }

    /// The number of a folded form, or [`UNKNOWN`].
    pub(super) fn form_number(&self, form: &str) -> Word {
        self.words.form(form)
    }

    /// The number of a key, or [`UNKNOWN`].
    pub(super) fn key_number(&self, key: &str) -> Word {
        self.words.key(key)
    }

    /// The hash of a key, the same in every document and run.
    pub(super) fn hash(&self, key: Word) -> u64 {
        self.hashes()[key as usize]
    }

    fn hashes(&self) -> &[u64] {
        self.hashes.get_or_init(|| {
            let words = 0..self.words.len() as Word;
            words.map(|word| if self.words.key_of(word) == word { key_hash(self.words.get(word)) } else { 0 }).collect()
        })
    }

    /// The text of a key.
    pub(super) fn key_text(&self, key: Word) -> &str {
        self.words.get(key)
    }

    /// The key of a form that the document has.
    pub(super) fn key_of_form(&self, form: Word) -> Word {
        self.words.key_of(form)
    }

    /// What numbers of keys are below.
    pub(super) fn key_limit(&self) -> usize {
        self.words.len()
    }

    /// Where a key stands, ascending.
    pub(super) fn places(&self, key: Word) -> &[u32] {
        if key == UNKNOWN {
            return &[];
        }
        let range = self.first_place[key as usize] as usize..self.first_place[key as usize + 1] as usize;
        &self.places[range]
    }

    /// How telling a key is: the rarer in the document, the more. Words that the document lacks are the most telling.
    pub(super) fn weight(&self, key: Word) -> f32 {
        let logarithm = logarithm(self.places(key).len());
        // From 0.25 for the most frequent words up to 1; never zero, so that every word counts for something.
        (0.25 + 0.75 * (1.0 - logarithm / self.scale)).clamp(0.25, 1.0)
    }

    /// The block of a token.
    pub(super) fn block_of(&self, at: usize) -> usize {
        self.block_first.partition_point(|first| *first as usize <= at).saturating_sub(1)
    }

    /// The tokens of a block.
    pub(super) fn block_tokens(&self, block: usize) -> Range<usize> {
        self.block_first[block] as usize..self.block_first[block + 1] as usize
    }

    /// The quoted stretches of a block; `read` finds them where nobody asked before.
    pub(super) fn quoted(&self, block: usize, read: impl FnOnce() -> Vec<Quoted>) -> &[Quoted] {
        let blocks = self.quoted.get_or_init(|| vec![OnceCell::new(); self.document.blocks.len()]);
        blocks[block].get_or_init(read)
    }

    /// The tokens of the sentence around a token range, without leaving the block.
    pub(super) fn sentence(&self, span: &Range<usize>) -> Range<usize> {
        let tokens = self.tokens();
        let first_block = self.block_tokens(self.block_of(span.start));
        let last_block = self.block_tokens(self.block_of(span.end - 1));
        let mut start = span.start;
        while start > first_block.start && tokens[start].bits & bits::SENTENCE == 0 {
            start -= 1;
        }
        let mut end = span.end;
        while end < last_block.end && tokens[end].bits & bits::SENTENCE == 0 {
            end += 1;
        }
        start..end
    }

    /// The bytes from the first to the last of a range of tokens; empty at the next token's start for an empty range.
    pub(super) fn range(&self, tokens: Range<usize>) -> TextRange {
        if tokens.is_empty() {
            let at = self.tokens.get(tokens.start).map_or(self.document.text.len() as u32, |token| token.start);
            return TextRange { start: at, end: at };
        }
        TextRange { start: self.tokens[tokens.start].start, end: self.tokens[tokens.end - 1].end }
    }

    /// The first token that begins at or behind a byte.
    pub(super) fn token_from(&self, byte: u32) -> usize {
        self.tokens.partition_point(|token| token.start < byte)
    }

    /// The text between two neighbouring tokens (or the document's ends).
    pub(super) fn gap_before(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.tokens[before].end as usize);
        let end = self.tokens.get(at).map_or(self.document.text.len(), |token| token.start as usize);
        &self.document.text[start..end]
    }

    /// A sketch of the document's words, for telling whether two sources are one wire story: the smallest hashes of
    /// runs of five words of the body, sixteen of them. The hash is fixed, so that sketches of two runs agree.
    pub(super) fn sketch(&self) -> [u64; 16] {
        let mut smallest = [u64::MAX; 16];
        let mut run = [0u64; 5];
        let mut filled = 0usize;
        for (block, content) in self.document.blocks.iter().enumerate() {
            if content.zone.place() != crate::model::Where::Body || content.range.len() < 80 {
                continue;
            }
            for at in self.block_tokens(block) {
                run.rotate_left(1);
                run[4] = self.hash(self.tokens[at].key);
                filled += 1;
                if filled < 5 {
                    continue;
                }
                let mixed =
                    run.iter().fold(0u64, |all, hash| (all.rotate_left(13) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15));
                let slot = (mixed >> 60) as usize;
                smallest[slot] = smallest[slot].min(mixed);
            }
        }
        smallest
    }
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
