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
    fn a_table_has_lines_of_phrases_with_their_languages() {
        let table = "# no: phrase\none: more@en,de | Élan vital | ten per cent\nde two: more | mehr\nxyz two: plenty\nunknown: lost\nbare line\none: ";
        let phrases = Phrases::read(table, |label| Some(label).filter(|label| *label != "unknown"));
        let at = |language: &str, text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            phrases.at(language, |at| words.get(at).copied()).map(|found| (found.value, found.length))
        };
        assert_eq!(at("en", "more of it"), Some(("one", 1)));
        assert_eq!(at("fr", "more of it"), None);
        assert_eq!(at("de", "mehr"), Some(("two", 1)));
        assert_eq!(at("en", "mehr"), None);
        assert_eq!(at("en", "elan vital"), Some(("one", 2)));
        assert_eq!(at("en", "elan mortal"), None);
        assert_eq!(at("en", "elan"), None);
        assert_eq!(at("en", "ten per cent more"), Some(("one", 3)));
        assert_eq!(at("en", "plenty"), Some(("xyz two", 1)));
        for text in ["lost", "bare", "phrase", "vital", ""] {
            assert_eq!(at("en", text), None, "{text}");
        }
        assert!(
            phrases.begins("elan") && phrases.begins("mehr") && !phrases.begins("vital") && !phrases.begins("lost")
        );
        // One word, in whatever language: what holds in some of them alone does not count.
        let word = |key: &str| phrases.word(key);
        assert_eq!((word("plenty"), word("more"), word("elan"), word("mehr")), (Some("xyz two"), None, None, None));
    }

    #[test]
    fn a_class_is_found_anywhere_among_the_words_and_at_their_beginning() {
        let phrases = Phrases::class("one: old quay | ferry\ntwo: mill\nde one: kai", "one");
        let keys = |text: &str| keys_of(text);
        for (text, language, within, begins) in [
            ("the old quay", "en", true, false),
            ("the old", "en", false, false),
            ("old quay now", "en", true, true),
            ("Ferry", "en", true, true),
            ("the mill", "en", false, false),
            ("der Kai", "de", true, false),
            ("der Kai", "en", false, false),
            ("", "en", false, false),
        ] {
            assert_eq!(phrases.within(&keys(text), language), within, "{text}");
            assert_eq!(phrases.begins_in(&keys(text), language), begins, "{text}");
        }
        assert_eq!(keys_of("Élan, 1,5 ÄPFEL!"), ["elan", "1,5", "apfel", "!"]);
        assert_eq!(key_of("Élan"), "elan");
    }

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
