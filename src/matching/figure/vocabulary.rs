//! The words of a document, by how they begin and by their family.

use super::sense;
use crate::matching::fold::Kind;
use crate::matching::index::Index;

/// Words of a document by how they begin and by their family, to find other forms of a word.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The beginning of each word of four or more characters and where it first stands, sorted.
    by_start: Vec<(u128, u32)>,
    /// The family of each word that has one, and its key, sorted by family; of one family in the document's order.
    by_family: Vec<(sense::Family, u32)>,
}

/// Characters of a beginning.
const START: usize = 4;

/// The first four characters of a word as a number; of a shorter word all.
fn start_of(key: &str) -> u128 {
    key.chars().take(START).fold(0, |start, c| start << 21 | u128::from(u32::from(c)))
}

impl Vocabulary {
    /// Gathers the words of a document.
    pub(super) fn new(index: &Index<'_>) -> Self {
        let mut all = Self::default();
        let mut seen = vec![false; index.key_limit()];
        for (at, token) in index.tokens().iter().enumerate() {
            if token.kind != Kind::Word || std::mem::replace(&mut seen[token.key as usize], true) {
                continue;
            }
            let key = index.key_text(token.key);
            if let Some(family) = sense::family(key) {
                all.by_family.push((family, token.key));
            }
            if key.chars().nth(START - 1).is_some() {
                all.by_start.push((start_of(key), at as u32));
            }
        }
        all.by_start.sort_unstable();
        all.by_family.sort_by_key(|(family, _)| *family);
        all
    }

    /// Keys of the document that are forms of a word, or of its family.
    pub(super) fn alike(&self, key: &str, index: &Index<'_>) -> Vec<u32> {
        let mut found = Vec::new();
        if let Some(family) = sense::family(key) {
            let from = self.by_family.partition_point(|(other, _)| *other < family);
            found.extend(self.by_family[from..].iter().take_while(|(other, _)| *other == family).map(|(_, key)| *key));
        }
        let start = start_of(key);
        let from = self.by_start.partition_point(|(other, _)| *other < start);
        for (_, at) in self.by_start[from..].iter().take_while(|(other, _)| *other == start) {
            if sense::same(key, index.key(*at as usize)) {
                found.push(index.tokens()[*at as usize].key);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Input, Limits, extract};

    #[test]
    fn a_beginning_is_four_characters_or_the_whole_of_a_shorter_word() {
        for (a, b, alike) in [
            ("boats", "boat", true),
            ("boats", "boating", true),
            ("boats", "boots", false),
            ("boat", "boa", false),
            ("боты", "боты", true),
            ("ботинки", "ботик", true),
            ("ботинки", "батинки", false),
            ("ab", "ba", false),
            ("ab", "b", false),
            ("aab", "ab", false),
            ("a", "a", true),
        ] {
            assert_eq!(start_of(a) == start_of(b), alike, "{a} {b}");
        }
        assert!(start_of("boat") < start_of("coat") && start_of("boat") < start_of("boaz"));
    }

    #[test]
    fn other_forms_of_a_word_are_found_and_words_of_its_family() {
        let page = "<html lang=\"en\"><body><p>A boat, boats, boatbuilding and a coat. A storm, a cyclone, some storms and a gale. \
                    Cars and a vehicle, a carpet, the sea.</p></body></html>";
        let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        let document = extract(&input, &Limits::default()).document.expect("has text");
        let index = Index::new(&document);
        let vocabulary = Vocabulary::new(&index);
        for (word, wanted) in [
            ("boats", "boat boats"),
            ("ship", "boat boats"),
            ("storm", "cyclone gale storm storms"),
            ("hurricane", "cyclone gale storm storms"),
            ("vehicles", "cars vehicle"),
            ("carpets", "carpet"),
            ("seas", ""),
            ("coats", "coat"),
            ("boot", ""),
        ] {
            let mut found: Vec<&str> = vocabulary.alike(word, &index).iter().map(|key| index.key_text(*key)).collect();
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.join(" "), wanted, "{word}");
        }
    }
}
