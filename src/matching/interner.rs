//! The words of a document, numbered: folded forms and keys share one table.
//!
//! Asked once for every token of a page, so it is made for that: a word of up to sixteen bytes is compared, and written
//! small, as two numbers, and a form that is written in the document as it is folded is never copied.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::DefaultHashBuilder;

use super::fold;
use super::letters;

/// Number of a folded form or key inside one document.
pub(super) type Word = u32;

/// A word that the document does not have.
pub(super) const UNKNOWN: Word = u32::MAX;

/// Bytes that are compared as one number.
const EIGHT: usize = 8;

/// Bytes of the longest word that its [`Ends`] are all of.
const SHORT: usize = 2 * EIGHT;

/// A word.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// First byte, in the document's text or in the interner's own.
    start: u32,
    length: u32,
    /// Its key: itself, where it has neither case nor accents.
    key: Word,
    /// Whether its bytes are the interner's own.
    own: bool,
    /// Whether it stands in the document as it is, and not only as the key of another.
    stands: bool,
}

/// How a word begins and ends: of a word of up to sixteen bytes nothing else is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    /// The first eight bytes, zeros behind a shorter word.
    first: u64,
    /// The last eight bytes; of a word of up to eight its length.
    last: u64,
}

/// For so many bytes all of their bits.
const MASKS: [u64; EIGHT + 1] =
    [0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff, 0xff_ffff_ffff, 0xffff_ffff_ffff, 0xff_ffff_ffff_ffff, u64::MAX];

impl Ends {
    /// Those of a stretch of `bytes`.
    #[inline(always)]
    fn of(bytes: &[u8], start: usize, end: usize) -> Self {
        let length = end - start;
        let eight = |at: usize| bytes.get(at..at + EIGHT).and_then(|eight| <[u8; EIGHT]>::try_from(eight).ok());
        let first = eight(start).map_or_else(
            || bytes[start..end].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
            u64::from_le_bytes,
        );
        match length {
            0..=EIGHT => Self { first: first & MASKS[length], last: length as u64 },
            _ => Self { first, last: eight(end - EIGHT).map_or(0, u64::from_le_bytes) },
        }
    }

    /// The same in small letters, where the word is short and ASCII.
    #[inline]
    fn lowered(self, length: usize) -> Option<Self> {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        match length {
            0..=EIGHT if self.first & HIGH == 0 => Some(Self { first: letters::lowered(self.first), ..self }),
            9..=SHORT if (self.first | self.last) & HIGH == 0 => {
                Some(Self { first: letters::lowered(self.first), last: letters::lowered(self.last) })
            }
            _ => None,
        }
    }
}

/// A place of the table. Half of them at least are empty; a word stands in the first empty one from where its hash points.
#[derive(Debug, Clone, Copy)]
struct Slot {
    ends: Ends,
    length: u32,
    /// [`UNKNOWN`] where the place is empty.
    word: Word,
}

const EMPTY: Slot = Slot { ends: Ends { first: 0, last: 0 }, length: 0, word: UNKNOWN };

/// A word that is looked for.
#[derive(Clone, Copy)]
struct Wanted<'w> {
    /// All of it; of a short word nothing is asked but its ends.
    bytes: &'w [u8],
    length: usize,
    ends: Ends,
    hash: u64,
}

/// Strings numbered in the order in which they come.
#[derive(Debug)]
pub(super) struct Interner<'d> {
    document: &'d str,
    own: String,
    /// Where keys are written before they are looked for.
    buffer: String,
    entries: Vec<Entry>,
    /// A power of two of them.
    table: Vec<Slot>,
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

    /// The hash of a word: its ends folded by a multiplication, a long one by the table's own hash.
    #[inline(always)]
    fn hash(&self, ends: Ends, word: &[u8]) -> u64 {
        let last = if word.len() > SHORT { self.long.hash_one(word) } else { ends.last };
        let product = u128::from(ends.first ^ self.seeds[0]) * u128::from(last ^ self.seeds[1]);
        product as u64 ^ (product >> 64) as u64
    }
}

impl<'d> Interner<'d> {
    /// An interner for about so many words: a guess that is too low costs moving the table, one that is too high a little
    /// memory.
    pub(super) fn new(document: &'d str, words: usize) -> Self {
        Self {
            document,
            own: String::new(),
            buffer: String::new(),
            entries: Vec::with_capacity(words),
            table: vec![EMPTY; (words.max(8) * 2).next_power_of_two()],
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
        let text = if entry.own { &self.own } else { self.document };
        &text[entry.range()]
    }

    /// The number of a form that stands in the document.
    pub(super) fn form(&self, text: &str) -> Word {
        self.find(text).filter(|word| self.entries[*word as usize].stands).unwrap_or(UNKNOWN)
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

    fn find(&self, text: &str) -> Option<Word> {
        self.place(&self.wanted(text.as_bytes(), 0, text.len())).ok()
    }

    #[inline(always)]
    fn wanted<'w>(&self, bytes: &'w [u8], start: usize, end: usize) -> Wanted<'w> {
        let ends = Ends::of(bytes, start, end);
        let bytes = &bytes[start..end];
        Wanted { bytes, length: bytes.len(), ends, hash: self.hashing.hash(ends, bytes) }
    }

    /// The number of a word, or the place of the table where it would stand.
    #[inline(always)]
    fn place(&self, wanted: &Wanted<'_>) -> Result<Word, usize> {
        let mask = self.table.len() - 1;
        let mut at = wanted.hash as usize & mask;
        loop {
            let slot = &self.table[at];
            if slot.word == UNKNOWN {
                return Err(at);
            }
            if slot.ends == wanted.ends
                && slot.length as usize == wanted.length
                && (wanted.length <= SHORT || self.get(slot.word).as_bytes() == wanted.bytes)
            {
                return Ok(slot.word);
            }
            at = (at + 1) & mask;
        }
    }

    /// The numbers of a form that is written in the document as it is folded.
    #[inline(always)]
    pub(super) fn take(&mut self, start: usize, end: usize) -> Taken {
        let wanted = self.wanted(self.document.as_bytes(), start, end);
        match self.place(&wanted) {
            Ok(form) => self.stands(form),
            Err(at) => self.add(&wanted, at, &self.document[start..end], Some(start)),
        }
    }

    /// The numbers of a form that is written in another way.
    pub(super) fn take_folded(&mut self, form: &str) -> Taken {
        let wanted = self.wanted(form.as_bytes(), 0, form.len());
        match self.place(&wanted) {
            Ok(form) => self.stands(form),
            Err(at) => self.add(&wanted, at, form, None),
        }
    }

    #[inline(always)]
    fn stands(&mut self, form: Word) -> Taken {
        let entry = &mut self.entries[form as usize];
        entry.stands = true;
        Taken { form, key: entry.key }
    }

    /// Puts in a form that is not there, and its key. `place`: where in the document it stands as it is folded.
    #[inline(never)]
    fn add(&mut self, wanted: &Wanted<'_>, at: usize, text: &str, place: Option<usize>) -> Taken {
        let form = self.push(wanted, at, text, place);
        let key = match wanted.ends.lowered(wanted.length) {
            Some(ends) if ends == wanted.ends => form,
            Some(ends) => {
                let wanted = Wanted { ends, hash: self.hashing.hash(ends, wanted.bytes), ..*wanted };
                self.place(&wanted).unwrap_or_else(|at| {
                    let start = self.own.len();
                    let key = self.push(&wanted, at, text, None);
                    self.own[start..].make_ascii_lowercase();
                    self.entries[key as usize].stands = false;
                    key
                })
            }
            None if fold::is_key(text) => form,
            None => {
                let mut written = std::mem::take(&mut self.buffer);
                fold::key(text, &mut written);
                let wanted = self.wanted(written.as_bytes(), 0, written.len());
                let key = self.place(&wanted).unwrap_or_else(|at| {
                    let key = self.push(&wanted, at, &written, None);
                    self.entries[key as usize].stands = false;
                    key
                });
                self.buffer = written;
                key
            }
        };
        self.entries[form as usize].key = key;
        Taken { form, key }
    }

    /// Puts in a word that is not there, at its place of the table: it stands, and is its own key.
    fn push(&mut self, wanted: &Wanted<'_>, at: usize, text: &str, place: Option<usize>) -> Word {
        let word = self.entries.len() as Word;
        let start = place.unwrap_or_else(|| {
            self.own.push_str(text);
            self.own.len() - text.len()
        });
        let length = text.len() as u32;
        self.entries.push(Entry { start: start as u32, length, key: word, own: place.is_none(), stands: true });
        self.table[at] = Slot { ends: wanted.ends, length, word };
        if self.entries.len() * 2 > self.table.len() {
            self.grow();
        }
        word
    }

    /// Doubles the table.
    #[cold]
    fn grow(&mut self) {
        let mut table = vec![EMPTY; self.table.len() * 2];
        let mask = table.len() - 1;
        for slot in self.table.iter().filter(|slot| slot.word != UNKNOWN) {
            let mut at = self.hashing.hash(slot.ends, self.get(slot.word).as_bytes()) as usize & mask;
            while table[at].word != UNKNOWN {
                at = (at + 1) & mask;
            }
            table[at] = *slot;
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
