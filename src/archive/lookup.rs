//! Numbers that are found by a text which stands elsewhere, and is not held a second time.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// A number for each of many texts; whoever asks says which text a number has.
#[derive(Default)]
pub(crate) struct Lookup {
    numbers: HashTable<u32>,
    // texts are others': their hashes must not be foreseeable
    hasher: RandomState,
}

impl Lookup {
    /// The number whose text it is.
    pub(crate) fn find<'a>(&self, text: &str, text_of: impl Fn(usize) -> &'a str) -> Option<usize> {
        self.numbers.find(self.hasher.hash_one(text), |&number| text_of(number as usize) == text).map(|&n| n as usize)
    }

    /// Adds a number, unless another has the same text. More than 2^32 are not held.
    pub(crate) fn add<'a>(&mut self, number: usize, text_of: impl Fn(usize) -> &'a str) {
        let Ok(number) = u32::try_from(number) else { return };
        let text = text_of(number as usize);
        let same = |&other: &u32| text_of(other as usize) == text;
        let hash = |&other: &u32| self.hasher.hash_one(text_of(other as usize));
        if let Entry::Vacant(room) = self.numbers.entry(self.hasher.hash_one(text), same, hash) {
            room.insert(number);
        }
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_of_a_text_is_found() {
        let texts: Vec<String> = (0..1000).map(|number| format!("text {}", number % 700)).collect();
        let text_of = |number: usize| texts[number].as_str();
        let mut lookup = Lookup::default();
        (0..texts.len()).for_each(|number| lookup.add(number, text_of));
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(lookup.find(text, text_of), Some(number % 700));
        }
        assert_eq!(lookup.find("text 700", text_of), None);
        lookup.clear();
        assert_eq!(lookup.find("text 1", text_of), None);
    }
}
