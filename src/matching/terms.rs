//! Terms of quantity: scale words, units, bounds, months, weekdays and number words. The tables stand beside this file.

use hashbrown::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

pub(super) use super::calendar::{is_weekday, is_year, month, weekday};
use super::phrases::Phrases;
use super::table::Table;
use crate::model::figure::Bound;

/// Scale words, with the power of ten of each.
pub(super) static SCALES: LazyLock<Phrases<u32>> =
    LazyLock::new(|| Phrases::read(include_str!("terms/scales.txt"), |label| label.parse().ok()));

/// Units, currencies and shares of a hundred, with the symbol of each.
pub(super) static UNITS: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("terms/units.txt"), Some));

/// Bounds and hedges that stand before their number.
pub(super) static BOUNDS_BEFORE: LazyLock<Phrases<Bound>> = LazyLock::new(|| bounds(" <"));

/// Bounds and hedges that stand behind their number.
pub(super) static BOUNDS_BEHIND: LazyLock<Phrases<Bound>> = LazyLock::new(|| bounds(" >"));

fn bounds(side: &'static str) -> Phrases<Bound> {
    Phrases::read(include_str!("terms/bounds.txt"), |label| {
        Some(match label.strip_suffix(side)? {
            "over" => Bound::Over,
            "at-least" => Bound::AtLeast,
            "under" => Bound::Under,
            "at-most" => Bound::AtMost,
            "nearly" => Bound::Nearly,
            "about" => Bound::About,
            _ => return None,
        })
    })
}

/// The power of ten of a scale word, in whatever language.
pub(super) fn scale(key: &str) -> Option<u32> {
    SCALES.word(key)
}

/// The unit that a word names, by its symbol, in whatever language.
pub(super) fn unit(key: &str) -> Option<&'static str> {
    UNITS.word(key)
}

/// What a word says inside a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Numeral {
    /// A value that is added: `three`, `twenty`, `trescientas`.
    Value(Decimal),
    /// A factor for what stands before it: `hundred`, `thousand`, `dozen`.
    Times(u32),
    /// An article, which is one only inside a number.
    Article,
    /// A round number: `vingtaine`.
    About(u32),
    /// Half of what follows: `half a million`.
    Half,
    /// A half more than what stands before: `zweieinhalb`.
    HalfMore,
    /// A half more than what follows.
    HalfAhead,
    /// `and`
    And,
}

/// The number words of one language.
pub(super) type Numerals = Table<String, Numeral>;

struct Tongue {
    code: &'static str,
    words: Numerals,
}

static TONGUES: LazyLock<Vec<Tongue>> = LazyLock::new(|| {
    let mut tongues: Vec<(&'static str, HashMap<String, Numeral>)> = Vec::new();
    for line in include_str!("terms/numerals.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(code) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            tongues.push((code, HashMap::new()));
            continue;
        }
        let (Some((_, known)), Some((label, words))) = (tongues.last_mut(), line.split_once(':')) else { continue };
        let numeral = match label {
            "and" => Numeral::And,
            "~1" => Numeral::Article,
            "0.5" => Numeral::Half,
            "+0.5" => Numeral::HalfMore,
            "half-more" => Numeral::HalfAhead,
            label => {
                if let Some(factor) = label.strip_prefix('x').and_then(|factor| factor.parse().ok()) {
                    Numeral::Times(factor)
                } else if let Some(value) = label.strip_prefix("about ").and_then(|value| value.parse().ok()) {
                    Numeral::About(value)
                } else if let Ok(value) = label.parse() {
                    Numeral::Value(value)
                } else {
                    continue;
                }
            }
        };
        for word in words.split_whitespace() {
            known.entry(super::phrases::key_of(word)).or_insert(numeral);
        }
    }
    tongues.into_iter().map(|(code, words)| Tongue { code, words: Table::new(words) }).collect()
});

/// Number words of texts whose language is not known: those that are hardly anything else in another language. The
/// language listed first wins.
static ANY: LazyLock<Numerals> = LazyLock::new(|| {
    let mut any = HashMap::new();
    for tongue in TONGUES.iter().filter(|tongue| !matches!(tongue.code, "da" | "sv" | "id")) {
        for (word, numeral) in tongue.words.iter() {
            let plain = match numeral {
                Numeral::Value(_) | Numeral::Times(_) | Numeral::About(_) => word.chars().count() > 2,
                Numeral::And | Numeral::Article => tongue.code == "en",
                _ => false,
            };
            if plain {
                any.entry(word.clone()).or_insert(*numeral);
            }
        }
    }
    Table::new(any)
});

/// The number words of a language (two letters), or of all where it is not known.
pub(super) fn numerals(language: &str) -> &'static Numerals {
    TONGUES.iter().find(|tongue| tongue.code == language).map_or(&ANY, |tongue| &tongue.words)
}

/// The value of a small number word, in whatever language.
pub(super) fn number_word(key: &str) -> Option<u32> {
    match ANY.get(key)? {
        Numeral::Value(value) if value.fract().is_zero() && *value < Decimal::ONE_HUNDRED => {
            u32::try_from(value.mantissa() / 10i128.pow(value.scale())).ok()
        }
        Numeral::Times(12) => Some(12),
        _ => None,
    }
}

/// Whether a character of a script without spaces is a numeral.
pub(super) fn is_numeral(key: &str) -> bool {
    matches!(
        key,
        "〇" | "零"
            | "一"
            | "二"
            | "三"
            | "四"
            | "五"
            | "六"
            | "七"
            | "八"
            | "九"
            | "十"
            | "百"
            | "千"
            | "万"
            | "萬"
            | "亿"
            | "億"
            | "两"
            | "兩"
    )
}

#[cfg(test)]
#[path = "terms_tests.rs"]
mod tests;
