//! The words of a document, numbered: folded forms and keys share one table.
//!
//! Asked once for every token of a page, so it is made for that: a word of up to eight bytes is compared as one number, and
//! a form that is written in the document as it is folded is never copied.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::fold;

/// Number of a folded form or key inside one document.
pub(super) type Word = u32;

/// A word that the document does not have.
pub(super) const UNKNOWN: Word = u32::MAX;

/// Bytes of a word that are compared as one number: most words are no longer.
const LEAD: usize = 8;

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

/// What the table holds of a word.
#[derive(Debug, Clone, Copy)]
struct Slot {
    /// The first eight bytes, zeros behind a shorter word.
    lead: u64,
    length: u32,
    word: Word,
}

/// A word that is looked for.
#[derive(Clone, Copy)]
struct Wanted<'w> {
    bytes: &'w [u8],
    lead: u64,
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
    table: HashTable<Slot>,
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

    /// The hash of a word: its bytes folded by multiplications, those of a long one by the table's own hash.
    #[inline]
    fn hash(&self, lead: u64, word: &[u8]) -> u64 {
        let rest = match word.len() {
            0..=LEAD => word.len() as u64,
            length @ ..=16 => self::lead(word, length - LEAD, LEAD).rotate_left(length as u32),
            _ => self.long.hash_one(word),
        };
        let product = u128::from(lead ^ self.seeds[0]) * u128::from(rest ^ self.seeds[1]);
        product as u64 ^ (product >> 64) as u64
    }
}

/// The first eight bytes of a word inside `bytes`, zeros behind a shorter word.
#[inline]
fn lead(bytes: &[u8], start: usize, length: usize) -> u64 {
    match bytes.get(start..start + LEAD).and_then(|bytes| <[u8; LEAD]>::try_from(bytes).ok()) {
        Some(lead) if length >= LEAD => u64::from_le_bytes(lead),
        Some(lead) => u64::from_le_bytes(lead) & ((1 << (8 * length)) - 1),
        None => {
            let mut lead = [0; LEAD];
            lead.iter_mut().zip(&bytes[start..start + length]).for_each(|(slot, byte)| *slot = *byte);
            u64::from_le_bytes(lead)
        }
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
            table: HashTable::with_capacity(words),
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
        let bytes = text.as_bytes();
        let lead = lead(bytes, 0, bytes.len());
        self.number(&Wanted { bytes, lead, hash: self.hashing.hash(lead, bytes) })
    }

    #[inline]
    fn number(&self, wanted: &Wanted<'_>) -> Option<Word> {
        let found = self.table.find(wanted.hash, |slot| {
            slot.lead == wanted.lead
                && slot.length as usize == wanted.bytes.len()
                && (wanted.bytes.len() <= LEAD || self.get(slot.word).as_bytes()[LEAD..] == wanted.bytes[LEAD..])
        })?;
        Some(found.word)
    }

    /// The numbers of a form that is written in the document as it is folded.
    #[inline]
    pub(super) fn take(&mut self, start: usize, end: usize) -> Taken {
        let lead = lead(self.document.as_bytes(), start, end - start);
        self.taken(lead, self.document, start..end, false)
    }

    /// The numbers of a form that is written in another way.
    pub(super) fn take_folded(&mut self, form: &str) -> Taken {
        self.taken(lead(form.as_bytes(), 0, form.len()), form, 0..form.len(), true)
    }

    #[inline]
    fn taken(&mut self, lead: u64, text: &str, range: Range<usize>, own: bool) -> Taken {
        let bytes = &text.as_bytes()[range.clone()];
        let wanted = Wanted { bytes, lead, hash: self.hashing.hash(lead, bytes) };
        if let Some(form) = self.number(&wanted) {
            let entry = &mut self.entries[form as usize];
            entry.stands = true;
            return Taken { form, key: entry.key };
        }
        self.add(&wanted, &text[range.clone()], (!own).then_some(range.start))
    }

    /// Puts in a form that is not there, and its key. `place`: where in the document it stands as it is folded.
    #[inline(never)]
    fn add(&mut self, wanted: &Wanted<'_>, text: &str, place: Option<usize>) -> Taken {
        let form = self.push(wanted, text, place);
        let mut key = form;
        if !fold::is_key(text) {
            let mut written = std::mem::take(&mut self.buffer);
            fold::key(text, &mut written);
            let bytes = written.as_bytes();
            let lead = lead(bytes, 0, bytes.len());
            let wanted = Wanted { bytes, lead, hash: self.hashing.hash(lead, bytes) };
            key = self.number(&wanted).unwrap_or_else(|| {
                let key = self.push(&wanted, &written, None);
                self.entries[key as usize].stands = false;
                key
            });
            self.buffer = written;
            self.entries[form as usize].key = key;
        }
        Taken { form, key }
    }

    /// Puts in a word that is not there: it stands, and is its own key.
    fn push(&mut self, wanted: &Wanted<'_>, text: &str, place: Option<usize>) -> Word {
        let word = self.entries.len() as Word;
        let start = place.unwrap_or_else(|| {
            self.own.push_str(text);
            self.own.len() - text.len()
        });
        let length = text.len() as u32;
        self.entries.push(Entry { start: start as u32, length, key: word, own: place.is_none(), stands: true });
        let Self { document, own, entries, table, hashing, .. } = self;
        table.insert_unique(wanted.hash, Slot { lead: wanted.lead, length, word }, |slot| {
            let entry = &entries[slot.word as usize];
            let text: &str = if entry.own { own } else { document };
            hashing.hash(slot.lead, &text.as_bytes()[entry.range()])
        });
        word
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
