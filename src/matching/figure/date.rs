//! Dates, in the forms that newspapers print.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

use super::characters;
use super::number;
use super::run::Run;
use crate::matching::fold::{Kind, bits};
use crate::matching::terms;
use crate::model::figure::DateParts;

/// A date and how many lexemes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateAt {
    pub(super) parts: DateParts,
    pub(super) length: usize,
}

/// Whether a date may begin with a word that is no number.
pub(super) fn may_begin(key: &str) -> bool {
    terms::month(key).is_some()
        || terms::weekday(key).is_some()
        || RELATIVE.begins(key)
        || matches!(key, "令" | "平" | "昭")
        || matches!(key, "vor" | "hace" | "for" | "ha" | "il")
        || is_one(key)
}

/// Reads a date at `at`.
pub(super) fn read(run: &Run<'_>, at: usize) -> Option<DateAt> {
    match run.get(at)?.kind {
        Kind::Number => compact(run, at).or_else(|| east_asian(run, at)).or_else(|| day_first(run, at)),
        Kind::Word => month_first(run, at).or_else(|| behind_weekday(run, at)),
        Kind::Character => east_asian(run, at),
        Kind::Sign => None,
    }
}

/// `Tuesday, 12 March 2024`
fn behind_weekday(run: &Run<'_>, at: usize) -> Option<DateAt> {
    terms::weekday(run.key(at))?;
    let skip = usize::from(matches!(run.key(at + 1), "the" | "den" | "dem" | "le" | "il" | "el" | "on" | "der"));
    let next = run.get(at + 1 + skip)?;
    if next.bits & bits::SENTENCE != 0 {
        return None;
    }
    let found = match next.kind {
        Kind::Number => day_first(run, at + 1 + skip).or_else(|| compact(run, at + 1 + skip)),
        Kind::Word => month_first(run, at + 1 + skip),
        _ => None,
    }?;
    found.parts.day.map(|_| DateAt { length: found.length + 1 + skip, ..found })
}

/// Reads `yesterday`, `on Thursday`, `last year`, `three days ago` and the like, as written on the run's day: a bare day
/// of the week is the last one before it.
pub(super) fn relative(run: &Run<'_>, at: usize) -> Option<DateAt> {
    let day = run.day?;
    let full = |date: Date| DateParts { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) };
    if let Some(found) = run.phrase(&RELATIVE, at) {
        let parts = shift(day, found.value)?;
        return Some(DateAt { parts, length: found.length });
    }
    let lexeme = run.get(at).filter(|lexeme| lexeme.kind == Kind::Word)?;
    let wanted = terms::weekday(&lexeme.key)?;
    let before = at.checked_sub(1).map_or("", |before| run.key(before));
    // `next Monday`, `lundi prochain`
    let next = [before, if run.follows(at + 1) { run.key(at + 1) } else { "" }].iter().any(|key| is_coming(key));
    let today = day.weekday().to_monday_one_offset();
    let back = i64::from((today - wanted).rem_euclid(7));
    let offset = if next { i64::from((wanted - today - 1).rem_euclid(7) + 1) } else { -back };
    Some(DateAt { parts: full(day.checked_add(offset.days()).ok()?), length: 1 })
}

/// Words beside a day of the week that say it is the next one (keys).
fn is_coming(key: &str) -> bool {
    matches!(
        key,
        "next"
            | "nachsten"
            | "nachster"
            | "kommenden"
            | "kommender"
            | "prochain"
            | "proximo"
            | "proxima"
            | "prossimo"
            | "prossima"
            | "volgende"
            | "komende"
            | "nasta"
            | "naeste"
            | "neste"
            | "przyszly"
            | "przyszla"
            | "nastepny"
            | "nastepna"
            | "pristi"
            | "следующии"
            | "следующую"
            | "следующее"
            | "наступнии"
            | "наступну"
            | "下"
    )
}

/// How far from the day of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shift {
    Days(i32),
    Months(i32),
    Years(i32),
}

static RELATIVE: std::sync::LazyLock<crate::matching::phrases::Phrases<Shift>> = std::sync::LazyLock::new(|| {
    crate::matching::phrases::Phrases::read(include_str!("../terms/relative.txt"), |label| {
        let count = label.get(1..)?.parse().ok()?;
        Some(match label.get(..1)? {
            "d" => Shift::Days(count),
            "m" => Shift::Months(count),
            "y" => Shift::Years(count),
            _ => return None,
        })
    })
});

/// A date as precise as what shifts it.
fn shift(day: Date, by: Shift) -> Option<DateParts> {
    Some(match by {
        Shift::Days(days) => {
            let date = day.checked_add(days.days()).ok()?;
            DateParts { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
        }
        Shift::Months(months) => {
            let date = day.checked_add(months.months()).ok()?;
            DateParts { year: Some(date.year()), month: Some(date.month()), day: None }
        }
        Shift::Years(years) => {
            let date = day.checked_add(years.years()).ok()?;
            DateParts { year: Some(date.year()), month: None, day: None }
        }
    })
}

/// Articles in front of a unit of time that are a one: `a year ago`, `vor einer Woche` (keys).
fn is_one(key: &str) -> bool {
    matches!(key, "a" | "an" | "einem" | "einer" | "un" | "une" | "una" | "um" | "uma" | "een" | "en" | "et" | "ett")
}

/// Reads `three days ago`, `vor drei Tagen`, `hace tres días`: a date, and a number of days as well.
pub(super) fn ago(run: &Run<'_>, at: usize) -> Option<DateAt> {
    let day = run.day?;
    let front = match run.key(at) {
        "vor" | "hace" | "for" => 1,
        "ha" if run.language == "pt" => 1,
        "il" if run.key(at + 1) == "y" && run.key(at + 2) == "a" => 3,
        _ => 0,
    };
    let first = run.get(at + front).filter(|lexeme| matches!(lexeme.kind, Kind::Number | Kind::Word))?;
    let count = if is_one(&first.key) {
        None
    } else {
        Some(number::read(run, at + front).filter(|written| written.suffix.is_empty() && !written.ordinal)?)
    };
    let length = count.as_ref().map_or(1, |written| written.length);
    let count = count.map_or(Some(1), |written| written.value.to_i32()).filter(|count| (1..=2000).contains(count))?;
    let unit_at = at + front + length;
    let unit = run.phrase(&terms::UNITS, unit_at).filter(|_| run.close(unit_at))?;
    let end = unit_at + unit.length;
    let behind = matches!(
        run.key(end),
        "ago" | "fa" | "geleden" | "siden" | "назад" | "temu" | "前" | "atras" | "पहले" | "sedan"
    );
    let length = match (front, behind) {
        (0, true) => end + 1 - at,
        (1.., _) if run.key(at) == "for" && !behind => return None,
        (1.., true) => end + 1 - at,
        (1.., false) => end - at,
        (0, false) => return None,
    };
    let shift_by = match unit.value {
        "d" => Shift::Days(-count),
        "wk" => Shift::Days(-count * 7),
        "mo" => Shift::Months(-count),
        "yr" => Shift::Years(-count),
        _ => return None,
    };
    Some(DateAt { parts: shift(day, shift_by)?, length })
}

fn year_of(form: &str) -> Option<i16> {
    terms::is_year(form).then(|| form.parse().ok()).flatten()
}

/// A day or a month in digits, with the ending of an ordinal.
pub(super) fn small(form: &str, most: i8) -> Option<i8> {
    let digits = form.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
    if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let suffix = &form[digits.len()..];
    if !matches!(suffix.to_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "." | "ª" | "η" | "o")
    {
        return None;
    }
    digits.parse().ok().filter(|value| (1..=most).contains(value))
}

/// A day and a month, as written in this order; a slash puts the month first in American papers, which is certain only
/// where the day cannot be a month.
fn day_and_month(left: i8, right: i8) -> Option<(i8, i8)> {
    let (day, month) = if right > 12 { (right, left) } else { (left, right) };
    (month <= 12).then_some((day, month))
}

/// `2024-03-12`, `12.03.2024`, `12/03/2024`, `12-03-2024`.
fn compact(run: &Run<'_>, at: usize) -> Option<DateAt> {
    let form = run.form(at);
    let parts: Vec<&str> = form.split(['.', '/']).collect();
    if let [first, second, third] = parts.as_slice() {
        let ((first, second), year) = if let Some(year) = year_of(third) {
            ((*first, *second), year)
        } else if let Some(year) = year_of(first) {
            ((*third, *second), year)
        } else {
            return None;
        };
        let (day, month) = day_and_month(small(first, 31)?, small(second, 31)?)?;
        return Some(DateAt { parts: DateParts { year: Some(year), month: Some(month), day: Some(day) }, length: 1 });
    }
    // With hyphens the parts are tokens of their own.
    let (second, third) = (run.get(at + 1)?, run.get(at + 2)?);
    let joined =
        |at: usize| run.get(at).is_some_and(|lexeme| lexeme.kind == Kind::Number && lexeme.bits & bits::HYPHEN != 0);
    if joined(at + 1) && joined(at + 2) {
        if let Some(year) = year_of(form) {
            let (month, day) = (small(&second.form, 12)?, small(third.form.split('T').next()?, 31)?);
            return Some(DateAt {
                parts: DateParts { year: Some(year), month: Some(month), day: Some(day) },
                length: 3,
            });
        }
        let year = year_of(&third.form)?;
        let (day, month) = day_and_month(small(form, 31)?, small(&second.form, 31)?)?;
        return Some(DateAt { parts: DateParts { year: Some(year), month: Some(month), day: Some(day) }, length: 3 });
    }
    None
}

/// `2011年9月3日`, `9月`, `2010年`, `令和6年3月12日`, `二〇二四年三月`.
fn east_asian(run: &Run<'_>, at: usize) -> Option<DateAt> {
    let mut parts = DateParts { year: None, month: None, day: None };
    let mut length = 0;
    // Years of the Japanese eras count from the year before their first.
    let era = match (run.key(at), run.key(at + 1)) {
        ("令", "和") => Some(2018),
        ("平", "成") => Some(1988),
        ("昭", "和") => Some(1925),
        _ => None,
    };
    if era.is_some() {
        length = 2;
    }
    for _ in 0..3 {
        let place = at + length;
        let Some(lexeme) = run.get(place) else { break };
        let (number, taken) = match lexeme.kind {
            Kind::Number => (lexeme.form.parse::<i32>().ok(), 1),
            Kind::Character => match characters::characters(run, place) {
                Some(written) => (written.value.to_i32(), written.length),
                None => (None, 0),
            },
            _ => (None, 0),
        };
        let Some(number) = number else { break };
        let value = |most: i32| (1..=most).contains(&number).then_some(number as i8);
        match run.key(place + taken) {
            "年" if parts.year.is_none() && parts.month.is_none() => {
                let year = era.map_or(number, |before| before + number);
                if !(1500..2100).contains(&year) || era.is_none() && taken == 1 && year_of(&lexeme.form).is_none() {
                    break;
                }
                parts.year = Some(year as i16);
            }
            "月" if parts.month.is_none() && parts.day.is_none() => match value(12) {
                Some(month) => parts.month = Some(month),
                None => break,
            },
            "日" | "号" if parts.day.is_none() && parts.month.is_some() => match value(31) {
                Some(day) => parts.day = Some(day),
                None => break,
            },
            _ => break,
        }
        length += taken + 1;
    }
    (parts.year.is_some() || parts.month.is_some()).then_some(DateAt { parts, length })
}

/// The year behind a day and month, with the words that belong to it: the place behind it.
pub(super) struct YearAt {
    pub(super) year: i16,
    pub(super) end: usize,
}

/// The year that stands behind a date.
pub(super) fn year_behind(run: &Run<'_>, at: usize) -> Option<YearAt> {
    let skip = usize::from(matches!(run.key(at), "de" | "del"));
    let lexeme = run.get(at + skip)?;
    let near = matches!(lexeme.gap.trim(), "" | "," | "." | "،");
    let year = year_of(&lexeme.form).filter(|_| near && lexeme.bits & bits::SENTENCE == 0)?;
    let mut end = at + skip + 1;
    if matches!(run.key(end), "г" | "года" | "году" | "r" | "roku") && run.close(end) {
        end += 1;
    }
    Some(YearAt { year, end })
}

/// `12 March 2024`, `3. Januar 2024`, `12 de marzo de 2024`, `3 January`, `the 12th of March`.
fn day_first(run: &Run<'_>, at: usize) -> Option<DateAt> {
    let day = small(run.form(at), 31)?;
    let mut next = at + 1;
    if matches!(run.form(next), "°" | "º") {
        next += 1;
    }
    if matches!(run.key(next), "de" | "of" | "d") {
        next += 1;
    }
    let month = run
        .get(next)
        .filter(|lexeme| lexeme.kind == Kind::Word && !lexeme.gap.contains(','))
        // A cell with a number and the next row's month are no date.
        .filter(|lexeme| lexeme.bits & bits::SENTENCE == 0 || lexeme.gap.contains('.'))
        .and_then(|lexeme| terms::month(&lexeme.key))?;
    next += 1;
    let mut parts = DateParts { year: None, month: Some(month.number), day: Some(day) };
    if let Some(found) = year_behind(run, next) {
        parts.year = Some(found.year);
        next = found.end;
    }
    Some(DateAt { parts, length: next - at })
}

/// `March 12, 2024`, `March 2024`, `March 12`, `Jan. 7, 1943`, `marzo de 2024`.
fn month_first(run: &Run<'_>, at: usize) -> Option<DateAt> {
    let lexeme = run.get(at)?;
    let month = terms::month(&lexeme.key)?;
    let sure = month.certain || lexeme.bits & bits::CAPITAL != 0;
    if !sure {
        return None;
    }
    if let Some(found) =
        year_behind(run, at + 1).filter(|_| run.get(at + 1).is_some_and(|next| !next.gap.contains(',')))
    {
        let parts = DateParts { year: Some(found.year), month: Some(month.number), day: None };
        return Some(DateAt { parts, length: found.end - at });
    }
    let next = run.get(at + 1).filter(|next| next.kind == Kind::Number)?;
    // `Jan. 7`: the point is the abbreviation's.
    if next.gap.contains(',')
        || next.bits & bits::SENTENCE != 0 && (next.gap.trim() != "." || lexeme.key.chars().count() > 4)
    {
        return None;
    }
    let day = small(&next.form, 31)?;
    let mut parts = DateParts { year: None, month: Some(month.number), day: Some(day) };
    let mut length = 2;
    if let Some(found) = year_behind(run, at + 2) {
        parts.year = Some(found.year);
        length = found.end - at;
    }
    Some(DateAt { parts, length })
}
