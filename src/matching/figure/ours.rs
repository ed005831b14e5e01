//! The claimed figure: its value from the statement's own place where it stands there, its bound from its own words, else
//! from the statement's, its unit where the statement says it elsewhere.

use rust_decimal::Decimal;

use super::bound;
use super::compare::{Relation, compare};
use super::days;
use super::figures::Figures;
use super::lexeme;
use super::read;
use super::run::{Run, two_letters};
use super::separators::Separators;
use super::thing::{Scene, Thing, thing};
use crate::matching::asked::{Asked, position};
use crate::matching::fold::bits;
use crate::matching::terms;
use crate::model::figure::{Amount, Bands, Bound, DateParts, Figure, Quantity, Unit};
use crate::model::{Heads, TextRange};

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
        _ => return ours.clone(),
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
    /// The range of the statement that it is an end of.
    pub(super) range: Option<Figure>,
    /// Whether its label says that it is an end of a range.
    pub(super) between: bool,
    /// The same as a count, where four digits could be a year and nothing in the statement says so.
    pub(super) count: Option<Figure>,
    /// Which end of a span of days the statement makes of a date: 1 the first, -1 the last.
    pub(super) edge: i8,
    /// The side of a vote: 1 in favour, -1 against.
    pub(super) side: i8,
    /// What it counts, by the statement.
    pub(super) thing: Thing,
}

/// Reads the claimed figure: its value from the statement's own place where it stands there, its bound from its own
/// words, else from the statement's.
pub(super) fn ours(text: &str, asked: &Asked<'_>, page: &Figures) -> Option<Ours> {
    let language = asked.claim.language.as_deref().map_or(page.language, |language| two_letters(Some(language)));
    read_ours(text, asked, language, page.separators).or_else(|| read_ours(text, asked, "", page.separators))
}

/// The same without a page: the claim's language alone decides what separates digits.
pub(super) fn alone(text: &str, asked: &Asked<'_>) -> Option<Ours> {
    let language = two_letters(asked.claim.language.as_deref());
    read_ours(text, asked, language, Separators::of_language(language))
}

fn read_ours(text: &str, asked: &Asked<'_>, language: &'static str, of_page: Separators) -> Option<Ours> {
    let usual = if asked.claim.language.is_some() { Separators::of_language(language) } else { of_page };
    let day = asked.published;
    let own = lexeme::of_text(text);
    let alone = read::read_run(&read::run_of(&own, usual, language, day)).into_iter().next();
    let lexemes = lexeme::of_text(asked.statement);
    let run = read::run_of(&lexemes, usual, language, day);
    let all = read::read_run(&run);
    let place = position(asked.statement, text).map(|at| TextRange::new(at.start, at.end));
    let in_statement = place
        .and_then(|range| all.iter().find(|figure| figure.range.overlaps(range)).map(|figure| (figure.clone(), range)));
    let mut range = None;
    let (mut figure, at) = match (alone, in_statement) {
        (Some(alone), Some((whole, place))) => {
            let figure = match (&alone.quantity, &whole.quantity) {
                (Quantity::Number(_), Quantity::Number(_)) | (Quantity::Range(..), Quantity::Range(..)) => {
                    let bound = if alone.bound == Bound::Exact { whole.bound } else { alone.bound };
                    Figure { bound, ..whole.clone() }
                }
                (Quantity::Number(part), Quantity::Range(low, high)) => {
                    // One end of a range: its unit and scale are the range's.
                    let mut part = part.clone();
                    if let Some(end) = [low, high].into_iter().find(|end| end.digits == part.digits) {
                        part = end.clone();
                        range = Some(whole.clone());
                    } else if part.unit == Unit::Count {
                        part.unit = if low.unit == Unit::Count { high.unit.clone() } else { low.unit.clone() };
                    }
                    Figure { quantity: Quantity::Number(part), ..alone }
                }
                // Four digits alone look like a year; beside `grams` they are none. A score, a time or a name is what the
                // statement makes of it.
                (Quantity::Date(date), Quantity::Number(_)) if date.month.is_none() && date.day.is_none() => {
                    whole.clone()
                }
                (
                    Quantity::Number(_) | Quantity::Date(_),
                    Quantity::Name(..) | Quantity::Time(_) | Quantity::Score(..),
                ) => whole.clone(),
                (Quantity::Number(number), Quantity::Date(date))
                    if number.grouped || date.month.is_some() || number.in_words =>
                {
                    alone
                }
                (Quantity::Number(_), Quantity::Date(_)) => whole.clone(),
                (Quantity::Days(..), Quantity::Moved(..)) => whole.clone(),
                // The first day of `23–26 May`, which leaves its month to the last.
                (Quantity::Number(day), Quantity::Days(first, last) | Quantity::Moved(first, last))
                    if !day.grouped && day.scale == 0 =>
                {
                    let end = [first, last].into_iter().find(|end| end.day.map(Decimal::from) == Some(day.value));
                    end.map_or_else(|| whole.clone(), |end| Figure { quantity: Quantity::Date(*end), ..alone })
                }
                // `May 23 to 26` is a span only behind the statement's `from`.
                (Quantity::Date(_), Quantity::Days(..) | Quantity::Moved(..))
                    if place.end >= whole.range.end && place.start <= whole.range.start =>
                {
                    whole.clone()
                }
                // `26 May`, where the year stands at the other end.
                (Quantity::Date(day), Quantity::Days(first, last) | Quantity::Moved(first, last)) => {
                    let of = |end: &&DateParts| end.day == day.day && end.month == day.month;
                    let end = [first, last].into_iter().find(of).unwrap_or(day);
                    Figure { quantity: Quantity::Date(*end), ..alone }
                }
                _ => alone,
            };
            (figure, Some(place))
        }
        (Some(alone), None) => (alone, place),
        (None, Some((whole, place))) => (whole, Some(place)),
        (None, None) => return None,
    };
    let edge = match (&figure.quantity, at) {
        (Quantity::Date(_), Some(at)) => days::edge(&run, lexemes.partition_point(|lexeme| lexeme.end <= at.start)),
        _ => 0,
    };
    let mut between = false;
    if figure.bound == Bound::Exact
        && let (Quantity::Number(_), Some(at)) = (&figure.quantity, at)
        && let Some(label) = label(&run, &all, at)
    {
        figure.bound = label.bound;
        between = label.between;
    }
    let mut thing = claimed(&run, &all, &figure, at);
    let ended = asked.statement.trim_end().ends_with(['.', '!', '?', '。', '！', '？', '।', '”', '"', '»', ')']);
    let begun = asked.statement.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
    thing.fragment = !ended && (!begun || asked.statement.contains(": "));
    let count = as_count(&run, &figure, at, text);
    let end = at.map_or(u32::MAX, |at| at.end);
    let behind = lexemes.iter().filter(|lexeme| lexeme.start >= end).map(|lexeme| lexeme.key.as_ref());
    let side = crate::matching::direction::side(behind);
    Some(Ours { figure, at, range, between, count, edge, side, thing })
}

/// Four digits as a count.
pub(super) fn count_of(year: i16) -> Amount {
    let value = Decimal::from(year);
    Amount {
        value,
        digits: value,
        scale: 0,
        step: Decimal::ONE,
        unit: Unit::Count,
        ordinal: false,
        in_words: false,
        grouped: false,
    }
}

/// A year as a count, unless a preposition of time stands before it.
fn as_count(run: &Run<'_>, figure: &Figure, at: Option<TextRange>, text: &str) -> Option<Figure> {
    let Quantity::Date(DateParts { year: Some(year), month: None, day: None }) = figure.quantity else { return None };
    let place = at.and_then(|at| run.lexemes.iter().position(|lexeme| lexeme.end > at.start));
    if !text.trim().bytes().all(|byte| byte.is_ascii_digit()) || place.is_some_and(|place| read::timed(run, place)) {
        return None;
    }
    Some(Figure { quantity: Quantity::Number(count_of(year)), ..figure.clone() })
}

/// What the label of a value says of it.
struct Label {
    bound: Bound,
    between: bool,
}

/// The hedge of a label: `Estimated cost: $4 million` says that its value is an estimate.
fn label(run: &Run<'_>, all: &[Figure], at: TextRange) -> Option<Label> {
    let start = all.iter().find(|figure| figure.range.overlaps(at)).map_or(at.start, |figure| figure.range.start);
    let own = run.lexemes.iter().position(|lexeme| lexeme.end > start)?;
    if !run.lexemes[own].gap.trim_end().ends_with([':', '：']) {
        return None;
    }
    let from = run.lexemes[..own].iter().rposition(|lexeme| lexeme.bits & bits::SENTENCE != 0).unwrap_or(0);
    if (from..own).any(|at| bound::opens_range(run.key(at))) {
        return Some(Label { bound: Bound::Exact, between: true });
    }
    (from..own).rev().find_map(|end| {
        let found = run.phrase_before(&terms::BOUNDS_BEFORE, end + 1).filter(|found| end + 1 >= from + found.length)?;
        // A hedge of another figure of the label is that one's own.
        let taken = all.iter().any(|figure| {
            figure
                .bound_at
                .is_some_and(|bound| bound.start <= run.lexemes[end].start && run.lexemes[end].end <= bound.end)
        });
        (!taken).then_some(Label { bound: found.value, between: false })
    })
}

/// Whether a figure has a clause of its own beside the one that is asked about: a date has none beside a count.
pub(super) fn is_clausal(other: &Figure, asked: &Figure) -> bool {
    let timed = |figure: &Figure| figure.quantity.is_date() || matches!(figure.quantity, Quantity::Time(_));
    match other.quantity {
        _ if timed(other) => timed(asked),
        Quantity::Name(..) => false,
        // `the first phase`, `in the past 24 hours`
        Quantity::Number(ref amount) if amount.ordinal => {
            matches!(&asked.quantity, Quantity::Number(own) if own.ordinal)
        }
        Quantity::Number(Amount { unit: Unit::Measure("s" | "min" | "h" | "d" | "wk" | "mo" | "yr"), .. }) => {
            matches!(
                asked.quantity,
                Quantity::Number(Amount {
                    unit: Unit::Measure("s" | "min" | "h" | "d" | "wk" | "mo" | "yr" | "age"),
                    ..
                })
            )
        }
        _ => true,
    }
}

/// What the claimed figure counts, by its sentence of the statement.
fn claimed(run: &Run<'_>, all: &[Figure], figure: &Figure, at: Option<TextRange>) -> Thing {
    let lexemes = run.lexemes;
    let place = |range: TextRange| {
        let start = lexemes.partition_point(|lexeme| lexeme.end <= range.start);
        let end = lexemes.partition_point(|lexeme| lexeme.start < range.end).max(start + 1);
        start..end.min(lexemes.len())
    };
    let Some(at) = at else {
        // The statement does not have it: all that can be said is what the statement is about.
        return Thing {
            shared: lexemes
                .iter()
                .filter(|lexeme| super::sense::is_content(lexeme))
                .map(|lexeme| lexeme.key.to_string())
                .collect(),
            open: true,
            ..Thing::default()
        };
    };
    // The statement's own figure, with its unit.
    let own = place(all.iter().find(|other| other.range.overlaps(at)).map_or(at, |whole| whole.range));
    if own.is_empty() || own.start >= lexemes.len() {
        return Thing { open: true, ..Thing::default() };
    }
    let start = (0..=own.start).rev().find(|at| lexemes[*at].bits & bits::SENTENCE != 0).unwrap_or(0);
    let end = (own.end..lexemes.len()).find(|at| lexemes[*at].bits & bits::SENTENCE != 0).unwrap_or(lexemes.len());
    let mut anchors: Vec<std::ops::Range<usize>> = all
        .iter()
        .filter(|other| !other.range.overlaps(at) && compare(figure, other, &Bands::default()) != Relation::Unlike)
        .map(|other| place(other.range))
        .filter(|range| start <= range.start && range.end <= end)
        .collect();
    anchors.push(own.clone());
    anchors.sort_by_key(|range| range.start);
    anchors.dedup_by(|a, b| a.start < b.end);
    let me = anchors.iter().position(|range| range.start == own.start || range.contains(&own.start)).unwrap_or(0);
    let anchors = anchors.into_iter().map(|range| range.start - start..range.end - start).collect();
    let figures = (all.iter())
        .filter(|other| is_clausal(other, figure))
        .map(|other| place(other.range))
        .filter(|range| start <= range.start && range.end <= end)
        .map(|range| range.start - start..range.end - start)
        .collect();
    let scene =
        Scene { lexemes: &lexemes[start..end], language: run.language, anchors, me, heads: Heads::default(), figures };
    let mut thing = thing(&scene);
    thing.name = scene.named();
    // `from 60 to 82`: the statement itself says which of them is the former.
    thing.former |= all.iter().any(|other| other.former && other.range.overlaps(at));
    // What other sentences of the statement say is about the same.
    thing.shared.extend(
        lexemes[..start]
            .iter()
            .chain(&lexemes[end..])
            .filter(|lexeme| super::sense::is_content(lexeme))
            .map(|lexeme| lexeme.key.to_string()),
    );
    thing
}
