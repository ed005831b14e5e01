//! Sense: which words count the same thing, by families of words and by their stems.

use std::sync::LazyLock;

use super::lexeme::{Ask, Lexeme};
use crate::matching::fold::Kind;
use crate::matching::phrases::{self, Phrases};
use crate::matching::table::Table;

/// A family of words; events have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Family(u16);

/// What happened to what is counted: two events are never one.
pub(super) type Event = &'static str;

static FAMILIES: LazyLock<Table<String, Family>> = LazyLock::new(|| {
    let lines = include_str!("../terms/families.txt").lines().filter(|line| !line.starts_with('#'));
    let words = |(number, line): (usize, &'static str)| {
        line.split_whitespace().map(move |word| (phrases::key_of(word), Family(number as u16)))
    };
    lines.enumerate().flat_map(words).collect()
});

static EVENTS: LazyLock<Phrases<Event>> = LazyLock::new(|| Phrases::read(include_str!("../terms/events.txt"), Some));

/// The family of a word.
pub(super) fn family(key: &str) -> Option<Family> {
    FAMILIES.get(key).copied()
}

static PERSONS: LazyLock<Table<String, ()>> = LazyLock::new(|| {
    let lines = include_str!("../terms/persons.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(phrases::key_of).collect()
});

/// Whether a word is one for persons of any kind: `people`.
pub(super) fn is_people(key: &str) -> bool {
    matches!(
        key,
        "people"
            | "persons"
            | "menschen"
            | "personen"
            | "leute"
            | "personnes"
            | "gens"
            | "personas"
            | "persone"
            | "pessoas"
            | "mensen"
            | "mennesker"
            | "personer"
            | "человек"
            | "человека"
            | "osoby"
            | "людей"
            | "osob"
            | "ludzi"
    )
}

/// Whether a word says no more than that there is a figure: `put the number at`.
pub(super) fn is_counting(key: &str) -> bool {
    matches!(
        key,
        "number"
            | "numbers"
            | "figure"
            | "figures"
            | "put"
            | "puts"
            | "amounts"
            | "amounted"
            | "totals"
            | "totalled"
            | "stood"
            | "stands"
            | "zahl"
            | "anzahl"
            | "betragt"
            | "betrug"
            | "belauft"
            | "nombre"
            | "chiffre"
            | "eleve"
            | "numero"
            | "aantal"
            | "bedraagt"
    )
}

/// Whether a word is one for persons.
pub(super) fn is_person(key: &str) -> bool {
    PERSONS.has(key)
}

/// The event that a word tells.
pub(super) fn event(key: &str) -> Option<Event> {
    EVENTS.word(key)
}

/// The event that begins at a lexeme, and how many lexemes it takes.
pub(super) fn event_at(language: &str, lexemes: &[Lexeme<'_>], at: usize) -> Option<phrases::Found<Event>> {
    EVENTS.at(language, |number| lexemes.get(at + number).map(|lexeme| lexeme.key.as_ref()))
}

/// Whether two words count the same thing: one family, or forms of one word.
pub(super) fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    // Few words stand in a table: the second is asked about only where the first does.
    if let Some(event) = EVENTS.word(a)
        && let Some(other) = EVENTS.word(b)
    {
        return event == other;
    }
    if let Some(family_of_a) = family(a)
        && let Some(other) = family(b)
    {
        return family_of_a == other;
    }
    // Forms of one word begin alike.
    if a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    let (length, other) = (a.chars().count(), b.chars().count());
    if length < 4 || other < 4 || length.abs_diff(other) > 4 || a.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let (shorter, longer) = if length <= other { (a, b) } else { (b, a) };
    longer.starts_with(stem(shorter)) && !are_numbered_apart(a, b)
}

/// `ward4`, `ward7`: two of a kind, and no forms of one word.
fn are_numbered_apart(a: &str, b: &str) -> bool {
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (a, b) = (digits(a), digits(b));
    !a.is_empty() && !b.is_empty() && a != b
}

/// The beginning of a word that its forms share.
pub(super) fn stem(key: &str) -> &str {
    let length = key.chars().count();
    let keep = (length * 7 / 10).max(4).min(length);
    key.char_indices().nth(keep).map_or(key, |(at, _)| &key[..at])
}

/// Whether a lexeme says something of its own: no function word, no number.
pub(super) fn is_content(lexeme: &Lexeme<'_>) -> bool {
    lexeme.memo.told(Ask::Content, || says_something(lexeme))
}

fn says_something(lexeme: &Lexeme<'_>) -> bool {
    let key = lexeme.key.as_ref();
    match lexeme.kind {
        Kind::Word => {
            key.chars().nth(1).is_some()
                && !crate::matching::lexicon::is_stop_word(key)
                && !crate::matching::lexicon::is_pronoun(key)
                && !crate::matching::lexicon::is_saying(key)
        }
        Kind::Character => !matches!(
            key,
            "的" | "了"
                | "在"
                | "が"
                | "は"
                | "を"
                | "に"
                | "の"
                | "で"
                | "か\u{3099}"
                | "て\u{3099}"
                | "と"
                | "し"
                | "た"
                | "も"
                | "る"
                | "和"
                | "是"
        ),
        Kind::Number | Kind::Sign => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{same, stem};

    #[test]
    fn words_count_the_same_thing_by_family_or_by_stem() {
        for (a, b, wanted) in [
            ("boat", "boat", true),
            ("boat", "boats", true),
            ("boats", "boat", true),
            ("cat", "cats", false),
            ("killed", "dead", true),
            ("killed", "injured", false),
            ("car", "vehicle", true),
            ("car", "carpet", false),
            ("election", "elections", true),
            ("harbour", "harvest", false),
            ("wood", "woodenness", false),
            ("wood", "wooden", true),
            ("ward4", "ward7", false),
            ("ward4", "ward4", true),
            ("ward", "wards", true),
            ("2019", "2018", false),
            ("20190", "20191", false),
            ("лодка", "лодки", true),
            ("лодка", "рыбак", false),
        ] {
            assert_eq!(same(a, b), wanted, "{a} {b}");
            assert_eq!(same(b, a), wanted, "{b} {a}");
        }
    }

    #[test]
    fn a_stem_is_seven_tenths_of_a_word_and_four_letters_at_least() {
        for (key, wanted) in [
            ("", ""),
            ("cat", "cat"),
            ("boat", "boat"),
            ("boats", "boat"),
            ("election", "elect"),
            ("elections", "electi"),
            ("0123456789", "0123456"),
            ("лодками", "лодк"),
        ] {
            assert_eq!(stem(key), wanted, "{key}");
        }
    }
}
