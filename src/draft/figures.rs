//! Figures: the numbers that a paragraph states, with their bounds, and which of them ask for a source.

use super::FigureReader;
use super::lexicon::Lexicon;
use crate::model::TextRange;
use crate::model::figure::{Quantity, Unit};

/// A figure where the article states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    /// With the words of its bound.
    pub(super) range: TextRange,
    /// Whether it makes a claim by itself: a number of something, and no mere date or ordinal.
    pub(super) counts: bool,
}

/// The figures of a paragraph, in order.
pub(super) fn of(
    text: &str,
    paragraph: TextRange,
    language: Option<&str>,
    lexicon: &Lexicon,
    read: &FigureReader<'_>,
) -> Vec<Stated> {
    let slice = &text[paragraph.span()];
    if !slice.chars().any(|c| c.is_numeric()) && slice.len() > 20_000 {
        return Vec::new();
    }
    let mut found: Vec<Stated> = read(slice, language)
        .into_iter()
        .filter_map(|figure| {
            let start = figure.bound_at.map_or(figure.range.start, |at| at.start.min(figure.range.start));
            let end = figure.bound_at.map_or(figure.range.end, |at| at.end.max(figure.range.end));
            let range = TextRange { start: paragraph.start + start, end: paragraph.start + end };
            // “The two districts”, “one of them”: words, not figures.
            if let Quantity::Number(amount) = &figure.quantity
                && amount.in_words
                && amount.unit == Unit::Count
                && amount.scale == 0
                && amount.value <= 2.into()
                && figure.bound_at.is_none()
            {
                return None;
            }
            if is_age(text, range) {
                return None;
            }
            let counts = match &figure.quantity {
                Quantity::Number(amount) => {
                    let small =
                        amount.in_words && amount.unit == Unit::Count && amount.scale == 0 && amount.value <= 2.into();
                    amount.unit != Unit::Year && !amount.ordinal && !small && !is_label(text, range)
                }
                Quantity::Range(low, _) => low.unit != Unit::Year,
                Quantity::Score(..) | Quantity::Vague(..) => true,
                Quantity::Date(_)
                | Quantity::Days(..)
                | Quantity::Moved(..)
                | Quantity::Time(_)
                | Quantity::Name(..) => false,
            };
            // Relative dates (“today”, “Monday”) are no figures that a reader would look up.
            let written = text.get(range.span())?;
            // A word of number in one language is a verb in another.
            let lower = written.to_lowercase();
            if lexicon.is_auxiliary(&lower) || lexicon.is_pronoun(&lower) {
                return None;
            }
            let dated = counts
                || written.chars().any(char::is_numeric)
                || matches!(figure.quantity, Quantity::Number(_) | Quantity::Range(..) | Quantity::Vague(..));
            dated.then_some(Stated { range, counts })
        })
        .collect();
    found.sort_by_key(|stated| (stated.range.start, stated.range.end));
    found.dedup_by(|later, earlier| later.range.overlaps(earlier.range));
    found
}

/// Whether a number is the age of somebody who is named: `Ilse Farrant, 61,`, `the 31-year-old`, `de 61 años,`.
fn is_age(text: &str, range: TextRange) -> bool {
    let written = &text[range.span()];
    let digits = written.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return false;
    }
    let rest = written[digits..].to_lowercase();
    let after = &text[range.end as usize..];
    let next: String = after.chars().take(14).collect::<String>().to_lowercase();
    let old = ["-year-old", "-jährige", " year-old", "-years-old"];
    if old.iter().any(|ending| rest.starts_with(ending) || rest.is_empty() && next.starts_with(ending)) {
        return true;
    }
    let before = text[..range.start as usize].trim_end_matches(' ');
    let years = ["ans", "años", "jahre", "years"]
        .iter()
        .any(|word| rest.trim() == *word || rest.is_empty() && next.trim_start().starts_with(word));
    let named = |text: &str| {
        let word = text.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        word.starts_with(char::is_uppercase) && word.chars().count() > 1
    };
    let closed = next.starts_with([',', ')'])
        || years && next.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ').starts_with([',', ')']);
    if let Some(name) = before.strip_suffix([',', '(']) {
        return named(name) && closed && (rest.is_empty() || years);
    }
    let de = before.strip_suffix(" de").and_then(|before| before.strip_suffix(','));
    de.is_some_and(named) && years && closed
}

/// Whether a number is part of a name: `Flight 370`, `COVID-19`, a time of day.
fn is_label(text: &str, range: TextRange) -> bool {
    let before = text[..range.start as usize].chars().next_back();
    let after = text[range.end as usize..].chars().next();
    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '#' | '@' | '_' | '/' | ':'))
        || is_numbered(text, range)
        || before == Some('-') && text[..range.start as usize].chars().rev().nth(1).is_some_and(char::is_alphabetic)
        || after == Some('-') && text[range.end as usize + 1..].starts_with(char::is_alphabetic)
        || after.is_some_and(|c| matches!(c, ':' | '_' | '@'))
            && text[range.end as usize + 1..].chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether a word in front of a number makes it the name of a thing: `Channel 9`, `Bahnsteig 3`.
fn is_numbered(text: &str, range: TextRange) -> bool {
    let word = text[..range.start as usize].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    matches!(
        word.to_lowercase().as_str(),
        "channel"
            | "kanal"
            | "canal"
            | "platform"
            | "bahnsteig"
            | "gleis"
            | "room"
            | "gate"
            | "flight"
            | "route"
            | "line"
            | "linie"
            | "ligne"
            | "línea"
            | "sala"
            | "salle"
            | "saal"
            | "raum"
            | "zimmer"
            | "voie"
            | "andén"
            | "article"
            | "artikel"
            | "artículo"
            | "paragraf"
            | "section"
            | "chapter"
            | "kapitel"
            | "chapitre"
            | "page"
            | "seite"
            | "número"
            | "number"
            | "nummer"
            | "no."
            | "nr."
    ) && text[range.span()].bytes().all(|byte| byte.is_ascii_digit())
}
