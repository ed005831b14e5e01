//! Tables: what a word means. Nearly every word of a page is asked of each, and few stand in one.

use std::borrow::Borrow;
use std::hash::Hash;

use hashbrown::HashMap;

/// Ways to begin that are told apart.
const STARTS: usize = 1024;
/// Bytes of a word up to which its length is told apart.
const LONGEST: usize = 31;

/// A table of words. A word that begins as none of its length does is not looked for.
#[derive(Debug)]
pub(super) struct Table<K, V> {
    words: HashMap<K, V>,
    /// For each way to begin a bit for each length in bytes.
    lengths: Vec<u32>,
}

/// A number for how a word begins.
#[inline]
fn start_of(word: &[u8]) -> usize {
    let byte = |at: usize| usize::from(word.get(at).copied().unwrap_or(0));
    (byte(0) * 31 + byte(1)) % STARTS
}

impl<K: Borrow<str> + Eq + Hash, V> Table<K, V> {
    /// A table of these words.
    pub(super) fn new(words: HashMap<K, V>) -> Self {
        let mut lengths = vec![0; STARTS];
        for word in words.keys().map(Borrow::borrow) {
            lengths[start_of(word.as_bytes())] |= 1 << word.len().min(LONGEST);
        }
        Self { words, lengths }
    }

    /// What a word means.
    #[inline]
    pub(super) fn get(&self, word: &str) -> Option<&V> {
        let may = self.lengths[start_of(word.as_bytes())] >> word.len().min(LONGEST) & 1 == 1;
        if may { self.words.get(word) } else { None }
    }

    /// Whether a word stands in it.
    #[inline]
    pub(super) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// Every word with what it means, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.words.iter()
    }
}

/// Of a word that comes twice the first meaning counts.
impl<K: Borrow<str> + Eq + Hash, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(words: I) -> Self {
        let mut all = HashMap::new();
        for (word, meaning) in words {
            all.entry(word).or_insert(meaning);
        }
        Self::new(all)
    }
}

impl<K: Borrow<str> + Eq + Hash> FromIterator<K> for Table<K, ()> {
    fn from_iter<I: IntoIterator<Item = K>>(words: I) -> Self {
        words.into_iter().map(|word| (word, ())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_as_a_word_of_the_table_and_is_as_long_is_looked_for_all_the_same() {
        let words = [("quay", 1), ("quad", 2)];
        let table = Table::new(HashMap::from(words));
        assert!(words.iter().all(|(word, number)| table.get(word) == Some(number) && table.has(word)));
        assert!(["quit", "qua", "quays", "", "yauq"].iter().all(|word| table.get(word).is_none() && !table.has(word)));
        let mut all: Vec<(&str, u8)> = table.iter().map(|(word, number)| (*word, *number)).collect();
        all.sort_unstable_by_key(|(_, number)| *number);
        assert_eq!(all, words);
    }

    #[test]
    fn words_of_any_beginning_and_length_are_found_and_no_others() {
        let long = "a".repeat(40);
        let words = ["", "a", "ab", "abc", "и", "ил", "港", long.as_str()];
        let table: Table<String, usize> = words.iter().map(|word| (*word).to_owned()).zip(0..).collect();
        assert!(words.iter().zip(0..).all(|(word, number)| table.get(word) == Some(&number)));
        assert!(["b", "ac", "abd", "abcd", "о", "港口", &long[1..]].iter().all(|word| !table.has(word)));
        let twice: Table<&str, u8> = [("a", 1), ("a", 2)].into_iter().collect();
        assert_eq!(twice.get("a"), Some(&1));
    }
}
