//! The words of a document, by how they begin and by their family.

use hashbrown::HashMap;

use super::sense;
use crate::matching::fold::Kind;
use crate::matching::index::Index;

/// Words of a document by how they begin and by their family, to find other forms of a word.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    by_start: HashMap<String, Vec<u32>>,
    by_family: HashMap<sense::Family, Vec<u32>>,
}

impl Vocabulary {
    /// Gathers the words of a document.
    pub(super) fn new(index: &Index<'_>) -> Self {
        let mut all = Self::default();
        let mut seen = hashbrown::HashSet::new();
        for (at, token) in index.tokens().iter().enumerate() {
            if token.kind != Kind::Word || !seen.insert(token.key) {
                continue;
            }
            let key = index.key(at);
            if let Some(family) = sense::family(key) {
                all.by_family.entry(family).or_default().push(token.key);
            }
            if key.chars().count() >= 4 {
                all.by_start.entry(key.chars().take(4).collect()).or_default().push(at as u32);
            }
        }
        all
    }

    /// Keys of the document that are forms of a word, or of its family.
    pub(super) fn alike(&self, key: &str, index: &Index<'_>) -> Vec<u32> {
        let mut found: Vec<u32> =
            sense::family(key).and_then(|family| self.by_family.get(&family)).cloned().unwrap_or_default();
        let start: String = key.chars().take(4).collect();
        for at in self.by_start.get(&start).into_iter().flatten() {
            if sense::same(key, index.key(*at as usize)) {
                found.push(index.tokens()[*at as usize].key);
            }
        }
        found
    }
}
