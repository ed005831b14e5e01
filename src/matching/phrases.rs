//! Phrases: tables of words, as text, → what a run of tokens means at a place. The longest phrase counts.
//!
//! A table has lines `label: phrase | phrase`; `#` begins a comment. `phrase@de,nl` holds in these languages alone, a label
//! `de label` likewise for its whole line. Phrases are folded as page text is, so that a table is written naturally.

use hashbrown::HashMap;

use super::fold;
use super::table::Table;

/// A table of phrases.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    entries: Vec<Entry<T>>,
    by_first: Table<String, Vec<u32>>,
    by_last: Table<String, Vec<u32>>,
}

#[derive(Debug)]
struct Entry<T> {
    keys: Vec<String>,
    /// Languages (two letters) in which it holds; empty for all.
    languages: Vec<&'static str>,
    value: T,
}

/// A phrase that was found, and how many tokens it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) length: usize,
}

impl<T: Copy> Phrases<T> {
    /// Reads a table; lines whose label `value` does not know are left out.
    pub(super) fn read(table: &'static str, value: impl Fn(&'static str) -> Option<T>) -> Self {
        let mut all = Vec::new();
        let (mut by_first, mut by_last): (HashMap<String, Vec<u32>>, HashMap<String, Vec<u32>>) = Default::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((label, phrases)) = line.split_once(": ") else { continue };
            let (of_line, label) = match label.split_once(' ') {
                Some((code, rest)) if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                    (Some(code), rest)
                }
                _ => (None, label),
            };
            let Some(value) = value(label) else { continue };
            for phrase in phrases.split('|') {
                let (words, tags) = phrase.trim().split_once('@').unwrap_or((phrase.trim(), ""));
                let languages = tags.split(',').chain(of_line).filter(|tag| !tag.is_empty()).collect();
                let keys = keys_of(words);
                let (Some(first), Some(last)) = (keys.first().cloned(), keys.last().cloned()) else { continue };
                let number = all.len() as u32;
                by_first.entry(first).or_default().push(number);
                by_last.entry(last).or_default().push(number);
                all.push(Entry { keys, languages, value });
            }
        }
        Self { entries: all, by_first: Table::new(by_first), by_last: Table::new(by_last) }
    }

    /// Whether a phrase of any language begins with a word.
    pub(super) fn begins(&self, key: &str) -> bool {
        self.by_first.has(key)
    }

    /// The longest phrase that begins where `key(0)` stands; `key(n)` is the nth token from there, `None` past the end.
    pub(super) fn at<'k>(&self, language: &str, key: impl Fn(usize) -> Option<&'k str>) -> Option<Found<T>> {
        self.longest(self.by_first.get(key(0)?)?, language, |entry, number| key(number) == Some(&entry.keys[number]))
    }

    /// The longest phrase that ends where `key(0)` stands; `key(n)` is the nth token before that.
    pub(super) fn before<'k>(&self, language: &str, key: impl Fn(usize) -> Option<&'k str>) -> Option<Found<T>> {
        self.longest(self.by_last.get(key(0)?)?, language, |entry, number| {
            key(number) == Some(&entry.keys[entry.keys.len() - 1 - number])
        })
    }

    fn longest(&self, numbers: &[u32], language: &str, fits: impl Fn(&Entry<T>, usize) -> bool) -> Option<Found<T>> {
        numbers
            .iter()
            .map(|number| &self.entries[*number as usize])
            .filter(|entry| entry.languages.is_empty() || entry.languages.contains(&language))
            .filter(|entry| (0..entry.keys.len()).all(|number| fits(entry, number)))
            // What a language has of its own comes before what all have.
            .max_by_key(|entry| (entry.keys.len(), !entry.languages.is_empty()))
            .map(|entry| Found { value: entry.value, length: entry.keys.len() })
    }

    /// What one word means, in whatever language.
    pub(super) fn word(&self, key: &str) -> Option<T> {
        self.by_first
            .get(key)?
            .iter()
            .map(|number| &self.entries[*number as usize])
            .find(|entry| entry.keys.len() == 1 && entry.languages.is_empty())
            .map(|entry| entry.value)
    }
}

impl Phrases<()> {
    /// Reads the lines of one label.
    pub(super) fn class(table: &'static str, label: &str) -> Self {
        Self::read(table, |of_line| (of_line == label).then_some(()))
    }

    /// Whether a phrase stands anywhere among the words of a text, given as keys.
    pub(super) fn within(&self, keys: &[String], language: &str) -> bool {
        (0..keys.len()).any(|at| self.begins_in(&keys[at..], language))
    }

    /// Whether the words of a text, given as keys, begin with a phrase.
    pub(super) fn begins_in(&self, keys: &[String], language: &str) -> bool {
        self.at(language, |next| keys.get(next).map(String::as_str)).is_some()
    }
}

/// The keys of a phrase.
pub(super) fn keys_of(words: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let (mut form, mut key) = (String::new(), String::new());
    fold::tokenize(words, |raw| {
        fold::form(raw.text(), raw.kind, &mut form);
        fold::key(&form, &mut key);
        keys.push(key.clone());
    });
    keys
}

/// The key of one word.
pub(super) fn key_of(word: &str) -> String {
    let (mut form, mut key) = (String::new(), String::new());
    fold::form(word, fold::Kind::Word, &mut form);
    fold::key(&form, &mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_of_the_language_counts() {
        let table = "one: more | more than | gut@de\ntwo: much more than\nde three: gut so";
        let phrases = Phrases::read(table, Some);
        let at = |language: &str, words: &[&'static str]| {
            let words = words.to_vec();
            phrases.at(language, |at| words.get(at).copied()).map(|found| (found.value, found.length))
        };
        assert_eq!(at("en", &["more", "than", "ten"]), Some(("one", 2)));
        assert_eq!(at("en", &["gut"]), None);
        assert_eq!(at("de", &["gut", "so"]), Some(("three", 2)));
        let words = ["than", "more", "much"];
        let found = phrases.before("", |at| words.get(at).copied());
        assert_eq!(found, Some(Found { value: "two", length: 3 }));
    }
}
