//! Numbers: digits with separators, and digits with letters behind them → a value and its written precision.

use rust_decimal::Decimal;

use super::characters;
use super::run::Run;
use super::separators::Separators;
use super::words;
use super::written::Written;
use crate::matching::fold::{Kind, bits};
use crate::matching::terms;

/// Reads a number at `at`.
pub(super) fn read(run: &Run<'_>, at: usize) -> Option<Written> {
    match run.get(at)?.kind {
        Kind::Number => digits(run, at),
        Kind::Sign => fraction(run.form(at)).map(|value| Written {
            step: Decimal::new(1, 2),
            in_words: false,
            ..Written::in_words(value, 1)
        }),
        Kind::Word => words::words(run, at),
        Kind::Character => characters::characters(run, at),
    }
}

/// The value of a sign that is a fraction.
pub(super) fn fraction(sign: &str) -> Option<Decimal> {
    Some(match sign {
        "½" => Decimal::new(5, 1),
        "¼" => Decimal::new(25, 2),
        "¾" => Decimal::new(75, 2),
        "⅓" => Decimal::ONE / Decimal::from(3),
        "⅔" => Decimal::TWO / Decimal::from(3),
        "⅕" => Decimal::new(2, 1),
        "⅖" => Decimal::new(4, 1),
        "⅗" => Decimal::new(6, 1),
        "⅘" => Decimal::new(8, 1),
        "⅛" => Decimal::new(125, 3),
        "⅜" => Decimal::new(375, 3),
        "⅝" => Decimal::new(625, 3),
        "⅞" => Decimal::new(875, 3),
        _ => return None,
    })
}

fn digits(run: &Run<'_>, at: usize) -> Option<Written> {
    let form = run.form(at);
    let end = form
        .bytes()
        .position(|byte| !(byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'\'')))
        .unwrap_or(form.len());
    let (number, suffix) = form.split_at(end);
    if suffix.starts_with([':', '/']) || number.len() > 28 {
        return None;
    }
    let mut text = number.to_owned();
    let mut length = 1;
    if suffix.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit()) {
        // Groups of three behind single spaces: `60 000`.
        while let Some(next) = run.get(at + length) {
            let group = next.form.as_ref();
            let plain = group.len() >= 3
                && group.as_bytes()[..3].iter().all(u8::is_ascii_digit)
                && (group.len() == 3 || group.as_bytes()[3] == b',' || group.as_bytes()[3] == b'.');
            let spaced = matches!(next.gap, "\u{a0}" | "\u{202f}" | "\u{2009}" | "\u{2007}")
                || next.gap == " " && next.bits & bits::BREAK == 0;
            if next.kind != Kind::Number
                || !plain
                || !spaced
                || text.len() > 24
                || !group.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
            {
                break;
            }
            text.push_str(group);
            length += 1;
            if group.len() > 3 {
                break;
            }
        }
    }
    let parsed = parse(&text, run.separators)?;
    Some(Written {
        value: parsed.value,
        step: parsed.step,
        length,
        suffix: if matches!(suffix, "M" | "K") { suffix.to_owned() } else { suffix.to_lowercase() },
        in_words: false,
        ordinal: false,
        scale: 0,
        year_like: suffix.is_empty() && length == 1 && terms::is_year(&text),
        bound: None,
    })
}

/// A value with the size of its last written place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parsed {
    pub(super) value: Decimal,
    pub(super) step: Decimal,
}

/// Reads digits with separators. A lone separator with three digits behind it is what the text's language makes of it.
pub(super) fn parse(text: &str, separators: Separators) -> Option<Parsed> {
    let text = text.trim_matches(|c| matches!(c, ',' | '\'')).trim_end_matches('.');
    let (decimal, group) = match separators {
        Separators::Point => ('.', ','),
        Separators::Comma => (',', '.'),
    };
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let decimal_at = match (points, commas) {
        (0, 0) => None,
        // `1.234.567,8`: the separator that stands once and last is the decimal one.
        (p, c) if p > 0 && c > 0 => Some(text.rfind(['.', ','])?),
        (p, c) if p > 1 || c > 1 => None,
        _ => {
            let at = text.find(['.', ','])?;
            let behind = text.len() - at - 1;
            let ahead = &text[..at];
            let groups = behind == 3 && !ahead.is_empty() && ahead.len() <= 3 && !ahead.starts_with('0');
            (!(groups && text[at..].starts_with(group)))
                .then_some(at)
                .filter(|_| !groups || text[at..].starts_with(decimal))
        }
    };
    let whole: String = decimal_at.map_or(text, |at| &text[..at]).chars().filter(char::is_ascii_digit).collect();
    let part: String = decimal_at.map_or("", |at| &text[at..]).chars().filter(char::is_ascii_digit).collect();
    if whole.len() + part.len() > 27 || whole.is_empty() && part.is_empty() {
        return None;
    }
    let value: Decimal =
        format!("{}.{}", if whole.is_empty() { "0" } else { &whole }, if part.is_empty() { "0" } else { &part })
            .parse()
            .ok()?;
    let step = if part.is_empty() { whole_step(&whole) } else { Decimal::new(1, u32::try_from(part.len()).ok()?) };
    Some(Parsed { value: value.normalize(), step })
}

/// Trailing zeros of a whole number of four or more digits are rounding; below that a number is exact.
pub(super) fn whole_step(digits: &str) -> Decimal {
    let digits = digits.trim_start_matches('0');
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    if digits.len() >= 4 { Decimal::from(10u64.checked_pow(zeros as u32).unwrap_or(1)) } else { Decimal::ONE }
}
