//! Direction: words that say whether a figure is a rise or a fall. They are the sign of a change.

use std::ops::Range;
use std::sync::LazyLock;

use hashbrown::HashMap;

use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::phrases;
use crate::matching::query::QueryWord;
use crate::matching::table::Table;
use crate::model::TextRange;

/// How far before a figure its direction may stand, in words.
const REACH: usize = 5;

/// What a word says of its figure.
#[derive(Debug, Clone, Copy, Default)]
struct Direction {
    /// 1 up, -1 down, 0 where it is either.
    sign: i8,
    /// Whether it says nothing else beside it.
    alone: bool,
}

static DIRECTIONS: LazyLock<Table<String, Direction>> = LazyLock::new(|| {
    let mut directions: HashMap<String, Direction> = HashMap::new();
    for line in include_str!("terms/directions.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((label, words)) = line.split_once(':') else { continue };
        let (alone, label) = label.strip_prefix("also ").map_or((true, label), |label| (false, label));
        for word in words.split_whitespace() {
            let direction = directions.entry(phrases::key_of(word)).or_default();
            direction.sign = (direction.sign + if label == "up" { 1 } else { -1 }).clamp(-1, 1);
            direction.alone |= alone;
        }
    }
    Table::new(directions)
});

/// Words that say that a value was replaced by another.
const CHANGE: &[&str] = &[
    "revised",
    "revise",
    "corrected",
    "updated",
    "changed",
    "changing",
    "went",
    "moved",
    "going",
    "adjusted",
    "korrigiert",
    "korrigierte",
    "revidiert",
    "geandert",
    "angehoben",
    "gesenkt",
    "passe",
    "passant",
    "passer",
    "passee",
    "revise",
    "corrige",
    "revisado",
    "revisada",
    "paso",
    "pasando",
    "pasar",
    "corregido",
    "corregida",
    "passato",
    "passata",
    "passando",
    "rivisto",
    "rivista",
    "corretto",
    "passou",
    "passaram",
    "revisto",
    "corrigido",
    "bijgesteld",
    "gecorrigeerd",
    "ging",
    "justeret",
    "aendret",
    "gik",
    "изменилось",
    "изменился",
    "изменилась",
    "скорректировано",
    "скорректировали",
    "skorygowano",
    "zmieniono",
    "zmienila",
    "zmienil",
];

/// Whether a word says that a value was replaced by another.
pub(super) fn is_change(key: &str) -> bool {
    CHANGE.contains(&key)
}

/// The direction that a word says: 1 up, -1 down, 0 none.
pub(super) fn of_key(key: &str) -> i8 {
    DIRECTIONS.get(key).map_or(0, |direction| direction.sign)
}

/// The direction of a figure that stands in a document.
pub(super) fn of_tokens(figure: &Range<usize>, sentence: &Range<usize>, index: &Index<'_>) -> i8 {
    let from = sentence.start.max(figure.start.saturating_sub(REACH));
    let before = (from..figure.start)
        .rev()
        .take_while(|at| index.tokens()[at + 1].bits & bits::PAUSE == 0)
        .map(|at| of_key(index.key(at)))
        .find(|sign| *sign != 0);
    before.unwrap_or_else(|| {
        (figure.end..sentence.end.min(figure.end + 2))
            .map(|at| of_key(index.key(at)))
            .find(|sign| *sign != 0)
            .unwrap_or(0)
    })
}

/// Whether a key says that a figure rises or falls.
pub(super) fn is_direction(key: &str) -> bool {
    DIRECTIONS.get(key).is_some_and(|direction| direction.alone)
}

/// Words behind a vote within which it says its side.
const SIDE: usize = 4;

/// The side of a vote by the words behind it: 1 in favour, -1 against, 0 where none is said.
pub(super) fn side<'k>(behind: impl Iterator<Item = &'k str>) -> i8 {
    behind
        .take(SIDE)
        .enumerate()
        .map(|(at, key)| match key {
            // Right behind the vote: `31–19 for the plan`.
            "for" | "pour" | "fur" | "za" | "за" if at == 0 => 1,
            "favour" | "favor" | "favore" | "dafur" | "zustimmung" => 1,
            "against" | "dagegen" | "gegen" | "contre" | "contra" | "contro" | "tegen" => -1,
            _ => 0,
        })
        .find(|side| *side != 0)
        .unwrap_or(0)
}

/// The direction of a figure that stands in a statement.
pub(super) fn of_words(words: &[QueryWord], figure: TextRange) -> i8 {
    let before = words
        .iter()
        .rev()
        .filter(|word| word.end as u32 <= figure.start)
        .take(REACH)
        .map(|word| of_key(&word.key_text))
        .find(|sign| *sign != 0);
    before.unwrap_or_else(|| {
        words
            .iter()
            .filter(|word| word.start as u32 >= figure.end)
            .take(2)
            .map(|word| of_key(&word.key_text))
            .find(|sign| *sign != 0)
            .unwrap_or(0)
    })
}
