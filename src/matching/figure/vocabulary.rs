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
