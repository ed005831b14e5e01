//! The words of a document, numbered: folded forms and keys share one table.
//!
//! Asked once for every token of a page, so it is made for that: a word of up to sixteen bytes is compared, and written
//! small, as two numbers, and a form that is written in the document as it is folded is never copied.

use std::cell::OnceCell;
use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::DefaultHashBuilder;

use super::fold;
use super::letters;

/// Number of a folded form or key inside one document.
pub(super) type Word = u32;

/// A word that the document does not have.
pub(super) const UNKNOWN: Word = u32::MAX;

/// Bytes from which on a word begins with something that is asked for alone.
pub(super) const LEAST_OF_LEAD: usize = 4;

/// Bytes that are compared as one number.
const EIGHT: usize = 8;

/// How many places of the table there are for a word, at least.
const EMPTIER: usize = 4;

/// Bytes of the longest word that its [`Head`] is all of.
const SHORT: usize = 2 * EIGHT;

/// A word.
#[derive(Debug, Clone, Copy)]
struct Entry {
    head: Head,
    /// First byte of `text`.
    start: u32,
    length: u32,
    /// Its key: itself, where it has neither case nor accents.
    key: Word,
    /// How often it was taken as a form: not at all where it is only the key of another.
    count: u32,
    /// Where it is written.
    text: Text,
}

/// The first sixteen bytes of a word, zeros behind a shorter one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    first: u64,
    second: u64,
}

/// For so many bytes of sixteen all of their bits.
const MASKS: [Head; SHORT + 1] = {
    const fn bits(bytes: usize) -> u64 {
        if bytes >= EIGHT { u64::MAX } else { (1 << (8 * bytes)) - 1 }
    }
    let mut masks = [Head { first: 0, second: 0 }; SHORT + 1];
    let mut bytes = 0;
    while bytes <= SHORT {
        masks[bytes] = Head { first: bits(bytes), second: bits(bytes.saturating_sub(EIGHT)) };
        bytes += 1;
    }
    masks
};

impl Head {
    /// The head of a stretch of `bytes`.
    #[inline(always)]
    fn of(bytes: &[u8], start: usize, end: usize) -> Self {
        match bytes.get(start..start + SHORT).and_then(|bytes| bytes.first_chunk()) {
            Some(sixteen) => {
                let (head, mask) = (Self::read(sixteen), MASKS[(end - start).min(SHORT)]);
                Self { first: head.first & mask.first, second: head.second & mask.second }
            }
            None => Self::short(&bytes[start..end]),
        }
    }

    /// That of a word at the end of its text.
    #[inline]
    fn short(word: &[u8]) -> Self {
        let number = |bytes: Option<&[u8; EIGHT]>| bytes.map(|bytes| u64::from_le_bytes(*bytes));
        if let (Some(first), Some(last)) = (number(word.first_chunk()), number(word.last_chunk())) {
            // Two numbers that may overlap: what both have goes out of the second.
            let second = match word.len() {
                EIGHT => 0,
                length @ ..SHORT => last >> (8 * (SHORT - length)),
                _ => word.get(EIGHT..).and_then(|rest| number(rest.first_chunk())).unwrap_or_default(),
            };
            return Self { first, second };
        }
        let four = |bytes: Option<&[u8; 4]>| bytes.map(|bytes| u64::from(u32::from_le_bytes(*bytes)));
        let first = match (four(word.first_chunk()), four(word.last_chunk())) {
            (Some(first), Some(last)) => first | last << (8 * (word.len() - 4)),
            _ => word.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
        };
        Self { first, second: 0 }
    }

    #[inline(always)]
    fn read(sixteen: &[u8; SHORT]) -> Self {
        let both = u128::from_le_bytes(*sixteen);
        Self { first: both as u64, second: (both >> 64) as u64 }
    }

    /// The same in small letters, where it is ASCII.
    #[inline]
    fn lowered(self) -> Option<Self> {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        let ascii = (self.first | self.second) & HIGH == 0;
        ascii.then(|| Self { first: letters::lowered(self.first), second: letters::lowered(self.second) })
    }
}

/// Where a word is written as it is wanted.
#[derive(Debug, Clone, Copy)]
enum Text {
    /// In the document.
    Document,
    /// In the document, with ASCII letters made small.
    Small,
    /// Only in the interner's own text.
    Own,
}

/// A word that is looked for.
#[derive(Clone, Copy)]
struct Wanted<'w> {
    /// All of it; of a short word nothing is asked but its head.
    bytes: &'w [u8],
    length: usize,
    head: Head,
    hash: u64,
}

/// Strings numbered in the order in which they come.
#[derive(Debug)]
pub(super) struct Interner<'d> {
    document: &'d str,
    /// The document with ASCII letters made small, from the moment in which it is asked for.
    small: OnceCell<String>,
    own: String,
    /// Where keys are written before they are looked for.
    buffer: String,
    entries: Vec<Entry>,
    /// A power of two of places: the number of a word and one more, or 0. Three quarters of them at least are empty; a word stands
    /// in the first empty one from where its hash points.
    table: Vec<u32>,
    hashing: Hashing,
}

/// The hash of the table. It is drawn anew for every table: a page cannot be written so that its words collide.
#[derive(Debug)]
struct Hashing {
    long: DefaultHashBuilder,
    seeds: [u64; 2],
}

impl Hashing {
    fn new() -> Self {
        let long = DefaultHashBuilder::default();
        let seeds = [long.hash_one(0u64), long.hash_one(1u64)];
        Self { long, seeds }
    }

    /// The hash of a word: its head folded by a multiplication, a long one by the table's own hash.
    #[inline(always)]
    fn hash(&self, head: Head, word: &[u8]) -> u64 {
        let second = if word.len() > SHORT { self.long.hash_one(word) } else { head.second };
        let product = u128::from(head.first ^ self.seeds[0]) * u128::from(second ^ self.seeds[1]);
        product as u64 ^ (product >> 64) as u64
    }
}

impl<'d> Interner<'d> {
    /// An interner for about so many words: a guess that is too low costs moving the table, one that is too high a little
    /// memory.
    pub(super) fn new(document: &'d str, words: usize) -> Self {
        Self {
            document,
            small: OnceCell::new(),
            own: String::with_capacity(words * 2),
            buffer: String::new(),
            entries: Vec::with_capacity(words),
            table: vec![0; (words.max(8) * EMPTIER).next_power_of_two()],
            hashing: Hashing::new(),
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The text of a word.
    #[inline]
    pub(super) fn get(&self, word: Word) -> &str {
        let entry = &self.entries[word as usize];
        let text = match entry.text {
            Text::Document => self.document,
            Text::Small => self.small.get_or_init(|| self.document.to_ascii_lowercase()),
            Text::Own => &self.own,
        };
        &text[entry.range()]
    }

    /// The first byte of a word, 0 of one that is shorter than [`LEAST_OF_LEAD`].
    #[inline]
    pub(super) fn lead(&self, word: Word) -> u8 {
        let entry = &self.entries[word as usize];
        if entry.length >= LEAST_OF_LEAD as u32 { entry.head.first as u8 } else { 0 }
    }

    /// The number of a form that stands in the document.
    pub(super) fn form(&self, text: &str) -> Word {
        self.find(text).filter(|word| self.entries[*word as usize].count > 0).unwrap_or(UNKNOWN)
    }

    /// The number of the key of a word that stands in the document.
    pub(super) fn key(&self, text: &str) -> Word {
        self.find(text).filter(|word| self.entries[*word as usize].key == *word).unwrap_or(UNKNOWN)
    }

    /// The key of a word.
    #[inline]
    pub(super) fn key_of(&self, word: Word) -> Word {
        self.entries.get(word as usize).map_or(UNKNOWN, |entry| entry.key)
    }

    /// For each word, in the order of their numbers, its key and how often it was taken as a form.
    pub(super) fn taken(&self) -> impl Iterator<Item = (Word, u32)> {
        self.entries.iter().map(|entry| (entry.key, entry.count))
    }

    fn find(&self, text: &str) -> Option<Word> {
        self.place(&self.wanted(text.as_bytes(), 0, text.len())).ok()
    }

    #[inline(always)]
    fn wanted<'w>(&self, bytes: &'w [u8], start: usize, end: usize) -> Wanted<'w> {
        let head = Head::of(bytes, start, end);
        let bytes = &bytes[start..end];
        Wanted { bytes, length: bytes.len(), head, hash: self.hashing.hash(head, bytes) }
    }

    /// The number of a word, or the place of the table where it would stand.
    #[inline(always)]
    fn place(&self, wanted: &Wanted<'_>) -> Result<Word, usize> {
        let mask = self.table.len() - 1;
        let mut at = wanted.hash as usize & mask;
        loop {
            let Some(word) = self.table[at].checked_sub(1) else { return Err(at) };
            let entry = &self.entries[word as usize];
            if entry.head == wanted.head
                && entry.length as usize == wanted.length
                && (wanted.length <= SHORT || self.get(word).as_bytes() == wanted.bytes)
            {
                return Ok(word);
            }
            at = (at + 1) & mask;
        }
    }

    /// The numbers of a form that is written in the document as it is folded.
    #[inline(always)]
    pub(super) fn take(&mut self, start: usize, end: usize) -> Taken {
        let wanted = self.wanted(self.document.as_bytes(), start, end);
        match self.place(&wanted) {
            Ok(form) => self.again(form),
            Err(at) => {
                let form = self.push(&wanted, at, start, Text::Document);
                // Most words are short and written small.
                if wanted.length <= SHORT && wanted.head.lowered() == Some(wanted.head) {
                    return Taken { form, key: form };
                }
                self.add_key(form, &self.document[start..end])
            }
        }
    }

    /// The numbers of a form that is written in another way.
    pub(super) fn take_folded(&mut self, form: &str) -> Taken {
        let wanted = self.wanted(form.as_bytes(), 0, form.len());
        match self.place(&wanted) {
            Ok(form) => self.again(form),
            Err(at) => {
                let start = self.write(form);
                let number = self.push(&wanted, at, start, Text::Own);
                self.add_key(number, form)
            }
        }
    }

    /// The numbers of a form that is there already.
    #[inline(always)]
    fn again(&mut self, form: Word) -> Taken {
        let entry = &mut self.entries[form as usize];
        entry.count += 1;
        Taken { form, key: entry.key }
    }

    /// Writes a text that stands nowhere: where it begins in the interner's own.
    fn write(&mut self, text: &str) -> usize {
        self.own.push_str(text);
        self.own.len() - text.len()
    }

    /// Puts in the key of a form that was just put in.
    #[inline(never)]
    fn add_key(&mut self, form: Word, text: &str) -> Taken {
        let written = self.entries[form as usize].head;
        let small = written.lowered().filter(|_| text.len() <= SHORT);
        let key = match small {
            Some(head) if head == written => form,
            Some(head) => {
                let bytes = text.as_bytes();
                let wanted = Wanted { bytes, length: bytes.len(), head, hash: self.hashing.hash(head, bytes) };
                self.place(&wanted).unwrap_or_else(|at| {
                    let Entry { start, text: place, .. } = self.entries[form as usize];
                    let (start, place) = match place {
                        Text::Own => (self.write(&text.to_ascii_lowercase()), Text::Own),
                        _ => (start as usize, Text::Small),
                    };
                    self.push_key(&wanted, at, start, place)
                })
            }
            None if fold::is_key(text) => form,
            None => {
                let mut written = std::mem::take(&mut self.buffer);
                fold::key(text, &mut written);
                let wanted = self.wanted(written.as_bytes(), 0, written.len());
                let key = self.place(&wanted).unwrap_or_else(|at| {
                    let start = self.write(&written);
                    self.push_key(&wanted, at, start, Text::Own)
                });
                self.buffer = written;
                key
            }
        };
        self.entries[form as usize].key = key;
        Taken { form, key }
    }

    /// Puts in a word that is not there, at its place of the table, as the key of another.
    fn push_key(&mut self, wanted: &Wanted<'_>, at: usize, start: usize, text: Text) -> Word {
        let key = self.push(wanted, at, start, text);
        self.entries[key as usize].count = 0;
        key
    }

    /// Puts in a word that is not there, at its place of the table: it was taken once, and is its own key.
    #[inline(always)]
    fn push(&mut self, wanted: &Wanted<'_>, at: usize, start: usize, text: Text) -> Word {
        let word = self.entries.len() as Word;
        let (start, length) = (start as u32, wanted.length as u32);
        self.entries.push(Entry { head: wanted.head, start, length, key: word, count: 1, text });
        self.table[at] = word + 1;
        if self.entries.len() * EMPTIER > self.table.len() {
            self.grow();
        }
        word
    }

    /// Doubles the table.
    #[cold]
    fn grow(&mut self) {
        let mut table = vec![0; self.table.len() * 2];
        let mask = table.len() - 1;
        for word in 0..self.entries.len() as Word {
            let head = self.entries[word as usize].head;
            let mut at = self.hashing.hash(head, self.get(word).as_bytes()) as usize & mask;
            while table[at] != 0 {
                at = (at + 1) & mask;
            }
            table[at] = word + 1;
        }
        self.table = table;
    }
}

impl Entry {
    #[inline]
    fn range(&self) -> Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

/// The numbers of a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    /// Of its folded form.
    pub(super) form: Word,
    /// Of its key.
    pub(super) key: Word,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_keys_are_told_apart() {
        let mut words = Interner::new("Zoo zoologically Zoologically Øa Quay quay", 1);
        let taken = [(0, 3), (4, 16), (17, 29), (30, 33), (34, 38), (0, 3)].map(|(start, end)| words.take(start, end));
        assert_eq!((taken[0].form, taken[0].key), (taken[5].form, taken[5].key));
        assert_eq!(taken[1].form, taken[2].key);
        assert_eq!(words.get(taken[2].form), "Zoologically");
        assert_eq!(words.get(taken[3].key), "oa");
        assert_eq!((words.form("zoo"), words.key("Zoo"), words.form("nothing")), (UNKNOWN, UNKNOWN, UNKNOWN));
        assert_eq!((words.form("Zoo"), words.key("zoo")), (taken[0].form, taken[0].key));
        assert_eq!((words.form("zoologically"), words.key("zoologically")), (taken[1].form, taken[1].form));
        // Standing later makes a form of what was only a key.
        words.take(39, 43);
        assert_eq!(words.form("quay"), taken[4].key);
        let folded = words.take_folded("office");
        assert_eq!((words.form("office"), words.get(folded.form)), (folded.form, "office"));
    }

    #[test]
    fn many_words_keep_their_numbers() {
        let mut words = Interner::new("", 1);
        let all: Vec<String> = (0..5_000).map(|number| format!("{}{number}", "w".repeat(number % 20))).collect();
        let numbers: Vec<Word> = all.iter().map(|word| words.take_folded(word).form).collect();
        assert!(
            all.iter().zip(&numbers).all(|(word, number)| words.form(word) == *number && words.get(*number) == word)
        );
        // A word is not another with zeros behind it.
        assert_eq!(words.form("w\0"), UNKNOWN);
    }
}
