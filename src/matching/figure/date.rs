//! Dates, in the forms that newspapers print.

use jiff::ToSpan;
use jiff::civil::Date;

use super::lexeme::Lexeme;
use crate::matching::fold::{Kind, bits};
use crate::matching::terms;
use crate::model::figure::DateParts;

/// A date and how many lexemes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateAt {
    pub(super) parts: DateParts,
    pub(super) length: usize,
}

/// Reads a date at `at`.
pub(super) fn read(lexemes: &[Lexeme<'_>], at: usize) -> Option<DateAt> {
    let lexeme = lexemes.get(at)?;
    match lexeme.kind {
        Kind::Number => compact(lexemes, at).or_else(|| east_asian(lexemes, at)).or_else(|| day_first(lexemes, at)),
        Kind::Word => month_first(lexemes, at),
        _ => None,
    }
}

/// Reads `yesterday`, `on Thursday` and the like, as written on `day`: a bare day of the week is the last one before it.
pub(super) fn relative(lexemes: &[Lexeme<'_>], at: usize, day: Option<Date>) -> Option<DateAt> {
    let day = day?;
    let lexeme = lexemes.get(at).filter(|lexeme| lexeme.kind == Kind::Word)?;
    let date = if let Some(offset) = terms::day_offset(&lexeme.key) {
        day.checked_add(offset.days()).ok()?
    } else {
        let wanted = terms::weekday(&lexeme.key)?;
        let next = at.checked_sub(1).is_some_and(|before| {
            matches!(lexemes[before].key.as_ref(), "next" | "nachsten" | "kommenden" | "prochain" | "proximo")
        });
        let today = day.weekday().to_monday_one_offset();
        let back = i64::from((today - wanted).rem_euclid(7));
        let offset = if next { i64::from((wanted - today - 1).rem_euclid(7) + 1) } else { -back };
        day.checked_add(offset.days()).ok()?
    };
    Some(DateAt {
        parts: DateParts { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) },
        length: 1,
    })
}

fn year_of(form: &str) -> Option<i16> {
    terms::is_year(form).then(|| form.parse().ok()).flatten()
}

fn small(form: &str, most: i8) -> Option<i8> {
    let digits = form.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
    if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let suffix = &form[digits.len()..];
    if !matches!(suffix.to_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "." | "ª" | "η") {
        return None;
    }
    digits.parse().ok().filter(|value| (1..=most).contains(value))
}

/// `2024-03-12`, `12.03.2024`, `12/03/2024`.
fn compact(lexemes: &[Lexeme<'_>], at: usize) -> Option<DateAt> {
    let form = lexemes[at].form.as_ref();
    let parts: Vec<&str> = form.split(['.', '/']).collect();
    if let [first, second, third] = parts.as_slice() {
        let (date, year) = if let Some(year) = year_of(third) {
            ((*first, *second), year)
        } else if let Some(year) = year_of(first) {
            ((*third, *second), year)
        } else {
            return None;
        };
        let (left, right) = (small(date.0, 31)?, small(date.1, 31)?);
        // A slash puts the month first in American papers: only where the day cannot be a month is it certain.
        let (day, month) = if right > 12 { (right, left) } else { (left, right) };
        if month > 12 {
            return None;
        }
        return Some(DateAt { parts: DateParts { year: Some(year), month: Some(month), day: Some(day) }, length: 1 });
    }
    // `2024-03-12` comes as three tokens joined by hyphens.
    let (second, third) = (lexemes.get(at + 1)?, lexemes.get(at + 2)?);
    let joined = |lexeme: &Lexeme<'_>| lexeme.kind == Kind::Number && lexeme.bits & bits::HYPHEN != 0;
    if joined(second) && joined(third) {
        let year = year_of(form)?;
        let (month, day) = (small(&second.form, 12)?, small(third.form.split('T').next()?, 31)?);
        return Some(DateAt { parts: DateParts { year: Some(year), month: Some(month), day: Some(day) }, length: 3 });
    }
    None
}

/// `2011年9月3日`, `9月`, `2010年`.
fn east_asian(lexemes: &[Lexeme<'_>], at: usize) -> Option<DateAt> {
    let mut parts = DateParts { year: None, month: None, day: None };
    let mut length = 0;
    while let (Some(number), Some(unit)) = (lexemes.get(at + length), lexemes.get(at + length + 1)) {
        if number.kind != Kind::Number || unit.kind != Kind::Character {
            break;
        }
        match unit.key.as_ref() {
            "年" if parts.year.is_none() && parts.month.is_none() => match year_of(&number.form) {
                Some(year) => parts.year = Some(year),
                None => break,
            },
            "月" if parts.month.is_none() && parts.day.is_none() => match small(&number.form, 12) {
                Some(month) => parts.month = Some(month),
                None => break,
            },
            "日" | "号" if parts.day.is_none() && parts.month.is_some() => match small(&number.form, 31) {
                Some(day) => parts.day = Some(day),
                None => break,
            },
            _ => break,
        }
        length += 2;
    }
    (length > 0).then_some(DateAt { parts, length })
}

/// `12 March 2024`, `3. Januar 2024`, `12 de marzo de 2024`, `3 January`.
fn day_first(lexemes: &[Lexeme<'_>], at: usize) -> Option<DateAt> {
    let day = small(&lexemes[at].form, 31)?;
    let mut next = at + 1;
    if lexemes.get(next).is_some_and(|lexeme| matches!(lexeme.key.as_ref(), "de" | "of" | "d")) {
        next += 1;
    }
    let month = lexemes
        .get(next)
        .filter(|lexeme| lexeme.kind == Kind::Word && !lexeme.gap.contains(','))
        .and_then(|lexeme| terms::month(&lexeme.key))?;
    next += 1;
    let mut parts = DateParts { year: None, month: Some(month.number), day: Some(day) };
    let mut year_at = next;
    if lexemes.get(year_at).is_some_and(|lexeme| matches!(lexeme.key.as_ref(), "de" | "del")) {
        year_at += 1;
    }
    if let Some(year) = lexemes.get(year_at).and_then(|lexeme| year_of(&lexeme.form)) {
        parts.year = Some(year);
        next = year_at + 1;
        if lexemes.get(next).is_some_and(|lexeme| matches!(lexeme.key.as_ref(), "г" | "года" | "году" | "r" | "roku"))
        {
            next += 1;
        }
    }
    Some(DateAt { parts, length: next - at })
}

/// `March 12, 2024`, `March 2024`, `March 12`, `Jan. 7, 1943`.
fn month_first(lexemes: &[Lexeme<'_>], at: usize) -> Option<DateAt> {
    let lexeme = &lexemes[at];
    let month = terms::month(&lexeme.key)?;
    let next = lexemes.get(at + 1)?;
    if next.kind != Kind::Number {
        return None;
    }
    if let Some(year) = year_of(&next.form) {
        let parts = DateParts { year: Some(year), month: Some(month.number), day: None };
        return (month.certain || lexeme.bits & bits::CAPITAL != 0).then_some(DateAt { parts, length: 2 });
    }
    let day = small(&next.form, 31)?;
    if !month.certain && lexeme.bits & bits::CAPITAL == 0 {
        return None;
    }
    let mut parts = DateParts { year: None, month: Some(month.number), day: Some(day) };
    let mut length = 2;
    if let Some(year) = lexemes
        .get(at + 2)
        .filter(|lexeme| lexeme.gap.trim().is_empty() || lexeme.gap.trim() == ",")
        .and_then(|lexeme| year_of(&lexeme.form))
    {
        parts.year = Some(year);
        length = 3;
    }
    Some(DateAt { parts, length })
}
