//! The claimed figure: its value from the statement's own place where it stands there, its bound from its own words, else
//! from the statement's, its unit where the statement says it elsewhere.

use super::lexeme;
use super::number::Separators;
use super::read;
use crate::matching::asked::{Asked, position};
use crate::matching::index::Index;
use crate::matching::terms;
use crate::model::TextRange;
use crate::model::figure::{Bound, Figure, Quantity, Unit};

/// The units that the statement says anywhere: a bare figure may leave its own to them (`in euros: 215 million`).
pub(super) fn unit_of(asked: &Asked<'_>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for key in &asked.statement_keys {
        let symbol = terms::unit(key).or(match key.as_str() {
            "$" => Some("USD"),
            "€" => Some("EUR"),
            "£" => Some("GBP"),
            _ => None,
        });
        match symbol {
            Some("%") => units.push(Unit::Percent),
            Some(code) if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                units.push(Unit::Money(code))
            }
            _ => {}
        }
    }
    units
}

/// A bare figure with the unit of the source's, where the statement says that unit elsewhere.
pub(super) fn with_unit(ours: &Figure, theirs: &Figure, said: &[Unit]) -> Figure {
    let unit = match &theirs.quantity {
        Quantity::Number(amount) | Quantity::Range(_, amount) => &amount.unit,
        Quantity::Date(_) => return ours.clone(),
    };
    let mut ours = ours.clone();
    if said.contains(unit) {
        match &mut ours.quantity {
            Quantity::Number(amount) if amount.unit == Unit::Count => amount.unit = unit.clone(),
            Quantity::Range(low, high) if low.unit == Unit::Count && high.unit == Unit::Count => {
                low.unit = unit.clone();
                high.unit = unit.clone();
            }
            _ => {}
        }
    }
    ours
}

/// The claimed figure, and where the statement has it.
pub(super) struct Ours {
    pub(super) figure: Figure,
    pub(super) at: Option<TextRange>,
}

/// Reads the claimed figure: its value from the statement's own place where it stands there, its bound from its own
/// words, else from the statement's. `of_page` is how the page separates digits.
pub(super) fn ours(text: &str, asked: &Asked<'_>, index: &Index<'_>, of_page: Separators) -> Option<Ours> {
    let language = asked.claim.language.as_deref().or(index.document().language.as_deref());
    let usual = if asked.claim.language.is_some() { Separators::of_language(language) } else { of_page };
    let read_with = |text: &str| {
        let lexemes = lexeme::of_text(text);
        read::read_with(&lexemes, Separators::of_text(&lexemes, usual), asked.published)
    };
    let alone = read_with(text).into_iter().next();
    let place = position(asked.statement, text).map(|at| TextRange::new(at.start, at.end));
    let in_statement = place.and_then(|range| {
        read_with(asked.statement).into_iter().find(|figure| figure.range.overlaps(range)).map(|figure| (figure, range))
    });
    match (alone, in_statement) {
        (Some(alone), Some((whole, range))) => {
            let figure = match (&alone.quantity, &whole.quantity) {
                (Quantity::Number(_), Quantity::Number(_)) | (Quantity::Range(..), Quantity::Range(..)) => {
                    let bound = if alone.bound == Bound::Exact { whole.bound } else { alone.bound };
                    Figure { bound, ..whole.clone() }
                }
                (Quantity::Number(part), Quantity::Range(low, high)) => {
                    // One end of a range: its unit is the range's.
                    let mut part = part.clone();
                    if part.unit == Unit::Count {
                        part.unit = if low.unit == Unit::Count { high.unit.clone() } else { low.unit.clone() };
                    }
                    Figure { quantity: Quantity::Number(part), ..alone }
                }
                // Four digits alone look like a year; beside `grams` they are none.
                (Quantity::Date(date), Quantity::Number(_)) if date.month.is_none() && date.day.is_none() => {
                    whole.clone()
                }
                _ => alone,
            };
            Some(Ours { figure, at: Some(range) })
        }
        (Some(alone), None) => Some(Ours { figure: alone, at: place }),
        (None, Some((whole, range))) => Some(Ours { figure: whole, at: Some(range) }),
        (None, None) => None,
    }
}
