//! Nouns of whoever can say something.

use super::gender;
use super::words::{is_office, is_organisation};
use crate::matching::lexicon;

/// English words that end as nouns of persons do and mean none (keys).
const THINGS: &[&str] = &[
    "summer",
    "winter",
    "number",
    "numbers",
    "matter",
    "matters",
    "weather",
    "power",
    "powers",
    "computer",
    "computers",
    "mirror",
    "water",
    "waters",
    "river",
    "rivers",
    "factor",
    "factors",
    "order",
    "orders",
    "error",
    "errors",
    "answer",
    "answers",
    "letter",
    "letters",
    "paper",
    "papers",
    "thermometer",
    "calendar",
    "murder",
    "disaster",
    "chapter",
    "quarter",
    "quarters",
    "monitor",
    "indicator",
    "indicators",
    "former",
    "earlier",
    "later",
    "another",
    "whether",
    "never",
    "other",
    "others",
    "rather",
    "under",
    "after",
    "over",
    "ever",
    "however",
    "together",
    "better",
    "harder",
    "further",
    "longer",
    "larger",
    "smaller",
    "greater",
    "higher",
    "lower",
    "older",
    "younger",
    "terror",
    "offer",
    "offers",
    "sector",
    "sectors",
    "barrier",
    "barriers",
    "border",
    "borders",
    "corner",
    "corners",
    "door",
];

/// Whether a word names a person or a body that can say something: an office, a relation, an organisation, or an English noun
/// of whoever does something (`driver`, `scientists`).
pub(in crate::matching) fn is_person_noun(key: &str, language: &str) -> bool {
    let agent = || {
        let stem = key.strip_suffix('s').unwrap_or(key);
        stem.len() > 4 && (["er", "or", "ist", "cian", "man", "woman"].iter().any(|end| stem.ends_with(end)))
            || ["men", "women", "people"].iter().any(|end| key.ends_with(end))
    };
    lexicon::is_relation(key)
        || gender::of_noun(key).is_some()
        || is_office(key)
        || is_organisation(key)
        || matches!(language, "en" | "") && agent() && !THINGS.contains(&key)
}
