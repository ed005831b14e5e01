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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::query::plain_words;
    use crate::matching::tests::document;

    #[test]
    fn a_word_is_up_or_down_and_says_that_alone_or_something_else_beside_it() {
        for (key, sign, alone) in [
            ("rose", 1, true),
            ("gestiegen", 1, true),
            ("fell", -1, true),
            ("упало", -1, true),
            ("recovered", 1, false),
            ("slowed", -1, false),
            ("boat", 0, false),
        ] {
            assert_eq!((of_key(key), is_direction(key)), (sign, alone), "{key}");
        }
        assert!(is_change("revised") && is_change("passe") && !is_change("rose") && !is_change("boat"));
    }

    /// The direction of the figure `12`, in a page and in a statement.
    fn of(text: &str) -> (i8, i8) {
        let document = document(text);
        let index = Index::new(&document);
        let at = index.places(index.key_number("12"))[0] as usize;
        let words = plain_words(text, &index);
        (of_tokens(&(at..at + 1), &index.sentence(&(at..at + 1)), &index), of_words(&words, index.range(at..at + 1)))
    }

    #[test]
    fn the_word_before_a_figure_counts_and_else_the_one_right_behind_it() {
        for (text, direction) in [
            ("Prices rose 12 crowns", 1),
            ("Prices fell 12 crowns", -1),
            ("They were paid 12 crowns", 0),
            ("12", 0),
            // Five words before.
            ("Prices rose in the town by 12", 1),
            ("Prices rose in the old town by 12", 0),
            // The nearer one, and the one before rather than the one behind.
            ("Prices rose and fell by 12", -1),
            ("Prices fell 12 and rose", -1),
            // Two words behind.
            ("There was a 12 fall", -1),
            ("There was a 12 crown rise", 1),
            ("There was a 12 crown wide rise", 0),
            ("There was a 12 crown rise and fall", 1),
        ] {
            assert_eq!(of(text), (direction, direction), "{text}");
        }
        // In a page the clause and the sentence bound it.
        assert_eq!(of("Prices rose, and 12 boats waited").0, 0);
        assert_eq!(of("Prices rose by some, to 12 crowns").0, 0);
        assert_eq!(of("Prices rose. Some 12 boats waited").0, 0);
        assert_eq!(of("They sold 12. Prices rose").0, 0);
    }

    #[test]
    fn a_vote_has_the_side_of_the_words_behind_it() {
        for (behind, wanted) in [
            ("for the plan", 1),
            ("votes for the plan", 0),
            ("pour le projet", 1),
            ("fur den plan", 1),
            ("за проект", 1),
            ("za planem", 1),
            ("votes in favour of it", 1),
            ("votes in favor of it", 1),
            ("voti a favore di esso", 1),
            ("stimmen dafur", 1),
            ("stimmen zustimmung", 1),
            ("against the plan", -1),
            ("votes cast against it", -1),
            ("of the votes cast against it", 0),
            ("of the votes against it", -1),
            ("stimmen dagegen", -1),
            ("stimmen gegen den plan", -1),
            ("voix contre le projet", -1),
            ("votos en contra", -1),
            ("voti contro", -1),
            ("stemmen tegen", -1),
            ("in favour not against", 1),
            ("votes", 0),
            ("", 0),
        ] {
            assert_eq!(side(behind.split(' ')), wanted, "{behind}");
        }
    }
}
