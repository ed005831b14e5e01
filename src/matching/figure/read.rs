//! Reading figures: any text → every figure in it, with its span, value, unit, bound and written precision.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::amount::{AmountAt, amount, power};
use super::bound;
use super::date;
use super::lexeme::{self, Lexeme};
use super::number::Separators;
use super::share::share;
use crate::matching::fold::{self, Kind, bits};
use crate::matching::terms;
use crate::model::TextRange;
use crate::model::figure::{Bound, DateParts, Figure, Quantity, Unit};

/// Reads every figure of a text. `language` decides separators where the text itself does not.
pub fn read(text: &str, language: Option<&str>) -> Vec<Figure> {
    let lexemes = lexeme::of_text(text);
    read_lexemes(&lexemes, language)
}

/// Reads every figure of a run of lexemes.
pub(super) fn read_lexemes(lexemes: &[Lexeme<'_>], language: Option<&str>) -> Vec<Figure> {
    read_with(lexemes, Separators::of_text(lexemes, Separators::of_language(language)), None)
}

/// Reads every figure of a run of lexemes whose separators are known. Relative dates resolve against `day`, the day on
/// which the text was published; without it they are no figures.
pub(super) fn read_with(lexemes: &[Lexeme<'_>], separators: Separators, day: Option<Date>) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        match figure(lexemes, at, separators, day) {
            Some(read) => {
                at = read.next.max(at + 1);
                figures.push(read.figure);
            }
            None => at += 1,
        }
    }
    figures
}

struct Read {
    figure: Figure,
    next: usize,
}

fn figure(lexemes: &[Lexeme<'_>], at: usize, separators: Separators, day: Option<Date>) -> Option<Read> {
    let lexeme = &lexemes[at];
    if !matches!(lexeme.kind, Kind::Number | Kind::Sign | Kind::Word | Kind::Character) {
        return None;
    }
    if let Some(found) = date::read(lexemes, at).or_else(|| date::relative(lexemes, at, day)) {
        return Some(finish(lexemes, Quantity::Date(found.parts), at, at + found.length));
    }
    if let Some(found) = share(lexemes, at) {
        return Some(finish(lexemes, Quantity::Number(found.amount), found.start, found.end));
    }
    let first = amount(lexemes, at, separators)?;
    // A range: `1,500 to 2,200`, `between 5 and 6`, `19-37`.
    let second = range_end(lexemes, &first, separators);
    if let Some(second) = second.filter(|second| !(first.amount.unit == Unit::Year && second.amount.unit == Unit::Year))
    {
        let (mut low, high) = (first.amount.clone(), second.amount);
        // `$5 to 10 million`, `5 to 6 percent`: what the second end says holds for both.
        if low.unit == Unit::Count {
            low.unit = high.unit.clone();
        }
        let mut high = high;
        if high.unit == Unit::Count {
            high.unit = low.unit.clone();
        }
        if low.scale == 0 && high.scale > 0 && low.digits < Decimal::from(1000) && low.digits <= high.digits {
            let factor = power(high.scale);
            low.value = low.digits * factor;
            low.step *= factor;
            low.scale = high.scale;
        }
        return Some(finish(lexemes, Quantity::Range(low, high), first.start, second.end));
    }
    if is_name(lexemes, &first) {
        return None;
    }
    let year = first.amount.unit == Unit::Year;
    let (start, end) = (first.start, first.end);
    let quantity = if year && !bounded(lexemes, start) {
        use rust_decimal::prelude::ToPrimitive;
        Quantity::Date(DateParts { year: first.amount.value.to_i16(), month: None, day: None })
    } else {
        let mut amount = first.amount;
        if year {
            amount.unit = Unit::Count;
        }
        Quantity::Number(amount)
    };
    Some(finish(lexemes, quantity, start, end))
}

fn bounded(lexemes: &[Lexeme<'_>], start: usize) -> bool {
    bound::before(lexemes, start).is_some_and(|found| {
        !matches!(
            lexemes[start - found.length].key.as_ref(),
            "до" | "ate" | "hasta" | "tot" | "around" | "about" | "circa" | "um"
        )
    })
}

fn finish(lexemes: &[Lexeme<'_>], quantity: Quantity, start: usize, end: usize) -> Read {
    let range = TextRange { start: lexemes[start].start, end: lexemes[end - 1].end };
    let mut figure = Figure { range, quantity, bound: Bound::Exact, bound_at: None };
    let mut next = end;
    if matches!(figure.quantity, Quantity::Number(_) | Quantity::Range(..)) {
        if let Some(found) = bound::before(lexemes, start) {
            figure.bound = found.bound;
            figure.bound_at =
                Some(TextRange { start: lexemes[start - found.length].start, end: lexemes[start - 1].end });
        } else if let Some(found) = bound::behind(lexemes, end) {
            figure.bound = found.bound;
            figure.bound_at = Some(TextRange { start: lexemes[end].start, end: lexemes[end + found.length - 1].end });
            next = end + found.length;
        }
    }
    Read { figure, next }
}

/// The other end of a range that begins with `first`.
fn range_end(lexemes: &[Lexeme<'_>], first: &AmountAt, separators: Separators) -> Option<AmountAt> {
    let link = lexemes.get(first.end)?;
    let dash = link.gap.trim();
    let dashed = !dash.is_empty()
        && dash.chars().all(fold::is_dash)
        && link.gap.len() <= 6
        && matches!(link.kind, Kind::Number | Kind::Sign);
    let worded = matches!(
        link.key.as_ref(),
        "to" | "bis" | "a" | "tot" | "do" | "до" | "til" | "εωσ" | "hingga" | "sampai" | "至" | "到"
    ) && link.bits & (bits::SENTENCE | bits::PAUSE) == 0
        && lexemes.get(first.end + 1).is_some_and(|next| {
            matches!(next.kind, Kind::Number | Kind::Sign) || terms::number_word(&next.key).is_some()
        });
    let between =
        first.start.checked_sub(1).is_some_and(|before| {
            matches!(
                lexemes[before].key.as_ref(),
                "between" | "zwischen" | "entre" | "tra" | "fra" | "tussen" | "mellem" | "miedzy" | "между" | "μεταξυ"
            )
        }) && matches!(link.key.as_ref(), "and" | "und" | "et" | "y" | "e" | "en" | "og" | "a" | "i" | "и" | "και");
    if link.form == "-" && link.kind == Kind::Sign && link.gap.trim().is_empty() && !link.gap.is_empty() {
        // `19 -37`: the dash was taken for a sign.
        let second = amount(lexemes, first.end + 1, separators)?;
        return Some(second);
    }
    let at = if dashed {
        first.end
    } else if worded || between {
        first.end + 1
    } else {
        return None;
    };
    if (first.amount.ordinal || first.amount.unit == Unit::Year && !dashed)
        && !(first.amount.unit == Unit::Year && lexemes.get(at).is_some_and(|next| terms::is_year(&next.form)))
    {
        return None;
    }
    let second = amount(lexemes, at, separators)?;
    // `by 386 percent – 4 times as much`: a spaced dash goes on with the sentence.
    if dashed
        && link.gap.starts_with(' ')
        && first.amount.unit != Unit::Count
        && first.amount.unit != second.amount.unit
    {
        return None;
    }
    let same_kind = first.amount.unit == second.amount.unit
        || first.amount.unit == Unit::Count
        || second.amount.unit == Unit::Count;
    // `2023-24` is a season, not a range of numbers; three numbers joined by dashes are a telephone or a date.
    let chained = dashed
        && lexemes.get(second.end).is_some_and(|next| next.bits & bits::HYPHEN != 0 && next.kind == Kind::Number);
    (same_kind
        && !chained
        && second.start == at
        && date::read(lexemes, at).is_none_or(|date| date.length == 1 && date.parts.month.is_none()))
    .then_some(second)
}

/// Numbers that are names: `Boeing 737`, `Section 230`, `COVID-19`, `Area 51`, and telephone-like chains.
fn is_name(lexemes: &[Lexeme<'_>], found: &AmountAt) -> bool {
    if found.amount.unit != Unit::Count || found.amount.in_words {
        return false;
    }
    let lexeme = &lexemes[found.start];
    let Some(before) = found.start.checked_sub(1).map(|at| &lexemes[at]) else { return false };
    matches!(
        before.key.as_ref(),
        "section"
            | "article"
            | "paragraph"
            | "chapter"
            | "page"
            | "figure"
            | "flight"
            | "boeing"
            | "airbus"
            | "covid"
            | "windows"
            | "iphone"
            | "paragraf"
            | "artikel"
            | "seite"
            | "kapitel"
    ) && lexeme.bits & bits::SENTENCE == 0
        || lexeme.bits & bits::HYPHEN != 0 && before.kind == Kind::Word && before.bits & bits::CAPITAL != 0
}
