//! The index of one document: its tokens, where each stands, and how telling each is. Built once, asked many times.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::fold::{self, Kind, bits};
use crate::model::{Document, TextRange};

/// Number of a folded form or key inside one [`Index`].
pub(super) type Word = u32;

/// A word that the document does not have.
pub(super) const UNKNOWN: Word = u32::MAX;

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

/// A document with everything that searching it needs.
#[derive(Debug)]
pub(super) struct Index<'d> {
    document: &'d Document,
    tokens: Vec<Token>,
    forms: Interner,
    keys: Interner,
    key_of_form: Vec<Word>,
    /// See [`key_hash`].
    hashes: Vec<u64>,
    /// Start of each key's places in `places`, with one more entry at the end.
    first_place: Vec<u32>,
    places: Vec<u32>,
    /// What the logarithm of a count is measured by.
    scale: f32,
    /// First token of each block, with one more entry at the end.
    block_first: Vec<u32>,
}

/// A fixed hash of a key (FNV-1a): what is remembered of one document can be compared with another.
pub(super) fn key_hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Strings numbered in the order in which they come, kept in one buffer.
#[derive(Debug, Default)]
struct Interner {
    text: String,
    ends: Vec<u32>,
    table: HashTable<Word>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    fn get(&self, word: Word) -> &str {
        let index = word as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        &self.text[start..self.ends[index] as usize]
    }

    fn find(&self, text: &str) -> Option<Word> {
        self.table.find(self.hasher.hash_one(text), |word| self.get(*word) == text).copied()
    }

    fn with_capacity(words: usize) -> Self {
        Self { table: HashTable::with_capacity(words), ends: Vec::with_capacity(words), ..Self::default() }
    }

    /// The number of `text`, and whether it is new.
    fn intern(&mut self, text: &str) -> Interned {
        let hash = self.hasher.hash_one(text);
        let Self { text: all, ends, table, hasher } = self;
        let get = |word: Word| {
            let start = (word as usize).checked_sub(1).map_or(0, |before| ends[before]) as usize;
            &all[start..ends[word as usize] as usize]
        };
        if let Some(word) = table.find(hash, |word| get(*word) == text) {
            return Interned { word: *word, new: false };
        }
        let word = ends.len() as Word;
        table.insert_unique(hash, word, |word| hasher.hash_one(get(*word)));
        all.push_str(text);
        ends.push(all.len() as u32);
        Interned { word, new: true }
    }
}

struct Interned {
    word: Word,
    new: bool,
}

impl<'d> Index<'d> {
    /// Indexes a document: one pass over its text.
    pub(super) fn new(document: &'d Document) -> Self {
        // A guess that is too low costs moving everything, one that is too high a little memory.
        let words = (document.text.len() / 24).clamp(64, 1 << 16);
        let mut forms = Interner::with_capacity(words);
        let mut keys = Interner::with_capacity(words);
        let mut key_of_form = Vec::with_capacity(words);
        let mut tokens = Vec::with_capacity(document.text.len() / 5);
        let mut block_first = Vec::with_capacity(document.blocks.len() + 1);
        let (mut form, mut key) = (String::new(), String::new());
        let mut block_start = false;
        let mut next_block = 0;
        fold::tokenize(&document.text, |raw| {
            while next_block < document.blocks.len() && document.blocks[next_block].range.start as usize <= raw.start {
                block_first.push(tokens.len() as u32);
                block_start = true;
                next_block += 1;
            }
            let interned = if raw.plain {
                forms.intern(raw.text)
            } else {
                fold::form(raw.text, raw.kind, &mut form);
                forms.intern(&form)
            };
            if interned.new {
                let form = forms.get(interned.word);
                let interned = if fold::is_key(form) {
                    keys.intern(form)
                } else {
                    fold::key(form, &mut key);
                    keys.intern(&key)
                };
                key_of_form.push(interned.word);
            }
            let mut bits = raw.bits;
            if std::mem::take(&mut block_start) {
                bits = (bits | bits::SENTENCE) & !(bits::HYPHEN | bits::APOSTROPHE | bits::ADJACENT);
            }
            tokens.push(Token {
                start: raw.start as u32,
                end: raw.end as u32,
                form: interned.word,
                key: key_of_form[interned.word as usize],
                bits,
                kind: raw.kind,
            });
        });
        block_first.resize(document.blocks.len() + 1, tokens.len() as u32);
        let mut first_place = vec![0u32; keys.ends.len() + 1];
        for token in &tokens {
            first_place[token.key as usize + 1] += 1;
        }
        for index in 1..first_place.len() {
            first_place[index] += first_place[index - 1];
        }
        let mut next = first_place.clone();
        let mut places = vec![0u32; tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            let slot = &mut next[token.key as usize];
            places[*slot as usize] = at as u32;
            *slot += 1;
        }
        let hashes = (0..keys.ends.len()).map(|key| key_hash(keys.get(key as Word))).collect();
        let scale = (2.0 + (tokens.len() as f32 + 1.0)).ln();
        Self { document, tokens, forms, keys, key_of_form, hashes, first_place, places, scale, block_first }
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
        self.forms.get(self.tokens[at].form)
    }

    /// The key of a token.
    pub(super) fn key(&self, at: usize) -> &str {
        self.keys.get(self.tokens[at].key)
    }

    /// The number of a folded form, or [`UNKNOWN`].
    pub(super) fn form_number(&self, form: &str) -> Word {
        self.forms.find(form).unwrap_or(UNKNOWN)
    }

    /// The number of a key, or [`UNKNOWN`].
    pub(super) fn key_number(&self, key: &str) -> Word {
        self.keys.find(key).unwrap_or(UNKNOWN)
    }

    /// The hash of a key, the same in every document and run.
    pub(super) fn hash(&self, key: Word) -> u64 {
        self.hashes[key as usize]
    }

    /// The text of a key.
    pub(super) fn key_text(&self, key: Word) -> &str {
        self.keys.get(key)
    }

    /// The key of a form that the document has.
    pub(super) fn key_of_form(&self, form: Word) -> Word {
        self.key_of_form.get(form as usize).copied().unwrap_or(UNKNOWN)
    }

    /// How many keys the document has: numbers of keys are below it.
    pub(super) fn key_count(&self) -> usize {
        self.hashes.len()
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
        let count = self.places(key).len() as f32;
        // From 0.25 for the most frequent words up to 1; never zero, so that every word counts for something.
        (0.25 + 0.75 * (1.0 - (1.0 + count).ln() / self.scale)).clamp(0.25, 1.0)
    }

    /// The block of a token.
    pub(super) fn block_of(&self, at: usize) -> usize {
        self.block_first.partition_point(|first| *first as usize <= at).saturating_sub(1)
    }

    /// The tokens of a block.
    pub(super) fn block_tokens(&self, block: usize) -> Range<usize> {
        self.block_first[block] as usize..self.block_first[block + 1] as usize
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
