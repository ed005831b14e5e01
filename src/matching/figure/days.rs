//! Spans of days: `23–26 May`, `May 23 to June 3, 2024`, `vom 23. bis 26. Mai` → the first day and the last.

use std::sync::LazyLock;

use super::bound::opens_range;
use super::date::{self, DateAt};
use super::lexeme::Lexeme;
use super::run::Run;
use super::stems::Stems;
use crate::matching::fold::{self, Kind, bits};
use crate::model::figure::{DateParts, Quantity};

/// What a word has to do with a span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Link,
    Onto,
    And,
    Move,
    Begin,
    End,
}

static WORDS: LazyLock<Stems<Word>> = LazyLock::new(|| table(&["link", "onto", "and"]));
static SCENE: LazyLock<Stems<Word>> = LazyLock::new(|| table(&["move", "begin", "end"]));

fn table(labels: &'static [&'static str]) -> Stems<Word> {
    Stems::read(include_str!("../terms/days.txt"), |label| {
        labels.contains(&label).then_some(match label {
            "link" => Word::Link,
            "onto" => Word::Onto,
            "and" => Word::And,
            "move" => Word::Move,
            "begin" => Word::Begin,
            _ => Word::End,
        })
    })
}

/// Words before a date within which something says that it was moved.
const REACH: usize = 10;

/// A span of days and how many lexemes it takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DaysAt {
    pub(super) quantity: Quantity,
    pub(super) length: usize,
}

/// Reads a span of days at `at`, where `first` is the date that stands there.
pub(super) fn read(run: &Run<'_>, at: usize, first: Option<DateAt>) -> Option<DaysAt> {
    let (mut start, end) = match first {
        // A year alone or a month without a day has no days to span.
        Some(found) if found.parts.month.is_some() => (found.parts, at + found.length),
        Some(_) => return None,
        None => (DateParts { year: None, month: None, day: Some(day(run, at)?) }, at + 1 + point(run, at + 1)),
    };
    let link = link(run, at, end)?;
    let second = date::read(run, link.end).filter(|second| second.parts.month.is_some());
    let (mut last, length) = match second {
        Some(second) => (second.parts, link.end + second.length - at),
        None => bare_last(run, &start, at, end, &link)?,
    };
    if start.day.is_some() != last.day.is_some() {
        return None;
    }
    if start.month.is_none() {
        last.month?;
        (start.month, start.year) = (last.month, last.year);
    }
    let turn = start.month > last.month;
    start.year = start.year.or(last.year.map(|year| year - i16::from(turn)));
    last.year = last.year.or(start.year.map(|year| year + i16::from(turn)));
    let forward =
        (start.year, start.month, start.day) < (last.year, last.month, last.day) || start.year.is_none() && turn;
    // `vom 23. Mai auf den 3. Juni verschoben`, `5月23日から6月3日に延期`: some languages say it behind both.
    let onto = link.onto || run.language == "ja" && run.key(at + length) == "に";
    let moved = !link.dashed && (link.moved || is_moved(run, at) || onto && is_moved_behind(run, at + length));
    if link.onto && (!moved || is_night(run, at)) {
        return None;
    }
    let quantity = if moved { Quantity::Moved(start, last) } else { Quantity::Days(start, last) };
    (forward || moved).then_some(DaysAt { quantity, length })
}

/// The last day where it has no month of its own: `May 23–26, 2024`, `5月23日至26日`.
fn bare_last(run: &Run<'_>, start: &DateParts, at: usize, end: usize, link: &Link) -> Option<(DateParts, usize)> {
    let last = DateParts { day: Some(day(run, link.end)?), ..*start };
    let mut length = link.end + 1 - at;
    if matches!(run.key(link.end + 1), "日" | "号") {
        length += 1;
    } else {
        // The day of the first date must stand behind its month, and what follows must not be what `26` counts.
        let day_behind = start.year.is_none() && run.get(end - 1)?.kind == Kind::Number;
        let counted = run.get(link.end + 1).is_some_and(|next| {
            next.gap.is_empty()
                || matches!(next.form.as_ref(), "%" | "percent" | "per")
                || next.bits & bits::HYPHEN != 0
        });
        if !day_behind || counted || !link.dashed && !link.opened {
            return None;
        }
    }
    let year = date::year_behind(run, at + length);
    length = year.as_ref().map_or(length, |year| year.end - at);
    let year = start.year.or(year.map(|year| year.year));
    Some((DateParts { year, ..last }, length))
}

/// What joins the ends of a span.
struct Link {
    /// Where the other end begins.
    end: usize,
    dashed: bool,
    /// Whether a word before the first end says that a span follows.
    opened: bool,
    /// Whether its word stands between a date and the one that it was moved to, and in no span.
    onto: bool,
    /// Whether it says itself that the date was moved: `从5月23日推迟到6月3日`.
    moved: bool,
}

fn link(run: &Run<'_>, at: usize, end: usize) -> Option<Link> {
    let next = run.get(end)?;
    let before = at.checked_sub(1).map_or("", |before| run.key(before));
    let between = opens_range(before);
    let opened = between
        || matches!(
            before,
            "from" | "vom" | "von" | "du" | "de" | "del" | "dal" | "do" | "van" | "fra" | "fran" | "od" | "с"
        );
    let dash = next.gap.trim();
    if !dash.is_empty() && dash.chars().all(|c| fold::is_dash(c) || matches!(c, '.' | '〜' | '～' | '~')) && dash != "."
    {
        return Some(Link { end, dashed: true, opened, onto: false, moved: false });
    }
    if next.kind == Kind::Sign && next.form == "-" {
        return Some(Link { end: end + 1, dashed: true, opened, onto: false, moved: false });
    }
    if next.bits & bits::SENTENCE != 0 && !next.gap.trim().is_empty() && next.gap.trim() != "." {
        return None;
    }
    let shifted = (run.language == "zh").then(|| SCENE.at(run.language, run.lexemes, end)).flatten();
    let shifted = shifted.filter(|(word, _)| *word == Word::Move).map(|(_, length)| length);
    let moved = shifted.is_some();
    let end = end + shifted.unwrap_or(0);
    let (word, length) = WORDS.at(run.language, run.lexemes, end).or_else(|| moved.then_some((Word::Link, 0)))?;
    if word == Word::And && !between {
        return None;
    }
    let mut end = end + length;
    end += usize::from(matches!(run.key(end), "the" | "zum" | "den" | "dem" | "le" | "il" | "el" | "o" | "en"));
    end += usize::from(run.key(end) == "met");
    Some(Link { end, dashed: false, opened, onto: word == Word::Onto, moved })
}

/// A day of the month at `at`: digits, with the ending of an ordinal.
fn day(run: &Run<'_>, at: usize) -> Option<i8> {
    run.get(at).filter(|lexeme| lexeme.kind == Kind::Number).and_then(|lexeme| date::small(&lexeme.form, 31))
}

/// A sign of an ordinal behind a day takes a lexeme of its own.
fn point(run: &Run<'_>, at: usize) -> usize {
    usize::from(matches!(run.form(at), "º" | "°"))
}

/// Whether the words before a date say that it gave way to another: `postponed from 23 May to 3 June`.
fn is_moved(run: &Run<'_>, at: usize) -> bool {
    scene(run.language, run.lexemes, at).any(|word| word == Word::Move)
}

/// `in der Nacht vom 23. auf den 24. Mai`: a span, whatever was moved.
fn is_night(run: &Run<'_>, at: usize) -> bool {
    at.checked_sub(2).is_some_and(|before| matches!(run.key(before), "nacht" | "ночь" | "noc" | "noite"))
}

/// Whether the words behind a date say so: `vom 23. Mai auf den 3. Juni verschoben`.
fn is_moved_behind(run: &Run<'_>, end: usize) -> bool {
    let sentence = run.lexemes.get(end..).unwrap_or_default().iter().take(REACH);
    let count = sentence.take_while(|lexeme| lexeme.bits & bits::SENTENCE == 0).count();
    (end..end + count).any(|at| SCENE.at(run.language, run.lexemes, at).is_some_and(|(word, _)| word == Word::Move))
}

/// Which end of a span a date is, by the nearest word before it that says so: 1 the first, -1 the last, 0 where none does.
pub(super) fn edge(run: &Run<'_>, at: usize) -> i8 {
    scene(run.language, run.lexemes, at)
        .find_map(|word| match word {
            Word::Begin => Some(1),
            Word::End => Some(-1),
            _ => None,
        })
        .unwrap_or(0)
}

/// The telling words before a lexeme in its sentence, the nearest first.
fn scene<'l>(language: &'l str, lexemes: &'l [Lexeme<'l>], at: usize) -> impl Iterator<Item = Word> + 'l {
    let from = (0..at).rev().find(|at| lexemes[*at].bits & bits::SENTENCE != 0).unwrap_or(0);
    (from.max(at.saturating_sub(REACH))..at)
        .rev()
        .filter_map(move |at| SCENE.at(language, lexemes, at).map(|(word, _)| word))
}
