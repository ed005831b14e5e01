//! Stems: tables of words by their beginnings, as text, → what a lexeme means. Inflected languages would need a line of
//! forms a word otherwise.
//!
//! A table has lines `label: entry | entry`; `#` begins a comment. An entry is a word, a phrase, or either with `*` behind
//! its last word, which stands for any ending of at most [`ENDING`] letters. `entry@de,nl` holds in these languages alone,
//! a label `de label` likewise for its whole line. The longest entry counts.

use hashbrown::HashMap;

use super::lexeme::Lexeme;
use crate::matching::phrases::keys_of;

/// Letters that an ending may have.
const ENDING: usize = 6;

/// A table of stems.
#[derive(Debug)]
pub(super) struct Stems<T> {
    entries: Vec<Entry<T>>,
    /// By the first word, or by its beginning where the entry is one word with any ending.
    by_first: HashMap<String, Vec<u32>>,
    /// For each way to begin ([`start_of`]) a bit for each length in bytes that a first word has: most words are passed over
    /// by it, and of the others few beginnings are looked for.
    lengths: Vec<u64>,
}

/// Ways to begin that [`start_of`] tells apart.
const STARTS: usize = 1024;
/// Bytes that a first word may have.
const LONGEST: usize = 63;

/// A number for how a word begins.
fn start_of(first: u8, second: u8) -> usize {
    (usize::from(first) * 31 + usize::from(second)) % STARTS
}

#[derive(Debug)]
struct Entry<T> {
    keys: Vec<String>,
    /// Whether its last word is a beginning.
    open: bool,
    languages: Vec<&'static str>,
    value: T,
}

impl<T: Copy> Stems<T> {
    /// Reads a table; lines whose label `value` does not know are left out.
    pub(super) fn read(table: &'static str, value: impl Fn(&'static str) -> Option<T>) -> Self {
        let mut all = Self { entries: Vec::new(), by_first: HashMap::new(), lengths: vec![0; STARTS] };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((label, entries)) = line.split_once(": ") else { continue };
            let (of_line, label) = match label.split_once(' ') {
                Some((code, rest)) if code.len() == 2 => (Some(code), rest),
                _ => (None, label),
            };
            let Some(value) = value(label) else { continue };
            for entry in entries.split('|') {
                let (words, tags) = entry.trim().split_once('@').unwrap_or((entry.trim(), ""));
                let languages = tags.split(',').chain(of_line).filter(|tag| !tag.is_empty()).collect();
                let open = words.ends_with('*');
                let keys = keys_of(words.trim_end_matches('*'));
                let Some(first) = keys.first().cloned().filter(|first| first.len() <= LONGEST) else { continue };
                let (byte, seconds) = match first.as_bytes() {
                    [byte, second, ..] => (*byte, *second..=*second),
                    // Any second byte may follow, or none.
                    bytes => (bytes.first().copied().unwrap_or(0), 0..=u8::MAX),
                };
                seconds.for_each(|second| all.lengths[start_of(byte, second)] |= 1 << first.len());
                all.by_first.entry(first).or_default().push(all.entries.len() as u32);
                all.entries.push(Entry { keys, open, languages, value });
            }
        }
        all
    }

    /// What begins at a lexeme, and how many lexemes it takes.
    pub(super) fn at(&self, language: &str, lexemes: &[Lexeme<'_>], at: usize) -> Option<(T, usize)> {
        let key = lexemes.get(at)?.key.as_ref();
        let found = self.longest(language, lexemes, at, key);
        // Arabic writes `and`, `with` and `the` with the word behind them.
        found.or_else(|| {
            let rest = (language == "ar").then_some(["وال", "بال", "لل", "ال", "و", "ب", "ل"]);
            rest.into_iter().flatten().filter_map(|prefix| key.strip_prefix(prefix)).find_map(|rest| {
                (rest.chars().count() > 2).then(|| self.longest(language, lexemes, at, rest)).flatten()
            })
        })
    }

    fn longest(&self, language: &str, lexemes: &[Lexeme<'_>], at: usize, key: &str) -> Option<(T, usize)> {
        let byte = |at: usize| key.as_bytes().get(at).copied().unwrap_or(0);
        let lengths = self.lengths[start_of(byte(0), byte(1))];
        if lengths == 0 {
            return None;
        }
        let ends = (1..=key.len().min(LONGEST)).filter(|end| lengths >> end & 1 == 1 && key.is_char_boundary(*end));
        ends.filter_map(|end| self.by_first.get(&key[..end]).map(|numbers| (end, numbers)))
            .flat_map(|(end, numbers)| numbers.iter().map(move |number| (end, &self.entries[*number as usize])))
            .filter(|(_, entry)| entry.languages.is_empty() || entry.languages.contains(&language))
            .filter(|(end, entry)| {
                let last = entry.keys.len() - 1;
                let fits = |key: &str, wanted: &str, open: bool| match key.strip_prefix(wanted) {
                    Some("") => true,
                    Some(ending) => open && ending.chars().count() <= ENDING,
                    None => false,
                };
                (*end == key.len() || last == 0)
                    && fits(key, &entry.keys[0], entry.open && last == 0)
                    && (1..=last).all(|number| {
                        lexemes
                            .get(at + number)
                            .is_some_and(|lexeme| fits(&lexeme.key, &entry.keys[number], entry.open && number == last))
                    })
            })
            .max_by_key(|(end, entry)| (entry.keys.len(), *end, !entry.languages.is_empty()))
            .map(|(_, entry)| (entry.value, entry.keys.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexeme::of_text;
    use super::*;

    #[test]
    fn a_stem_has_any_short_ending_and_the_longest_entry_counts() {
        let stems = Stems::read("up: steig* | up | went up\nde down: sink* | zurück*\nno: up to", Some);
        let at = |language: &str, text: &str| stems.at(language, &of_text(text), 0);
        assert_eq!(at("de", "steigend"), Some(("up", 1)));
        assert_eq!(at("de", "Steigerungsraten"), None, "the ending is too long");
        assert_eq!(at("de", "sinken"), Some(("down", 1)));
        assert_eq!(at("en", "sinken"), None);
        assert_eq!(at("en", "went up"), Some(("up", 2)));
        assert_eq!(at("en", "up to"), Some(("no", 2)));
        assert_eq!(at("en", "upper"), None);
    }
}
