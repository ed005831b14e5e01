//! Numbers: digits with separators, and digits with letters behind them → a value and its written precision.

use rust_decimal::Decimal;

use super::lexeme::Lexeme;
use super::run::Run;
use super::words;
use crate::matching::fold::{Kind, bits};
use crate::matching::terms;
use crate::model::figure::Bound;

/// Which character separates decimals; the other of `.` and `,` groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separators {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

impl Separators {
    /// What is usual in a language (CLDR).
    pub(super) fn of_language(language: &str) -> Self {
        match language {
            "de" | "fr" | "es" | "it" | "pt" | "nl" | "da" | "sv" | "no" | "nb" | "fi" | "pl" | "cs" | "sk" | "ru"
            | "uk" | "bg" | "el" | "tr" | "id" | "ro" | "hu" | "hr" | "sr" | "sl" | "ca" | "vi" => Self::Comma,
            _ => Self::Point,
        }
    }

    /// What a text's own unmistakable numbers say, else `usual`.
    pub(super) fn of_text(lexemes: &[Lexeme<'_>], usual: Self) -> Self {
        // Only groups of three tell: `7.5` stands in every language (versions, ratings), `45.000` does not.
        let (mut point, mut comma) = (0u32, 0u32);
        for lexeme in lexemes.iter().filter(|lexeme| lexeme.kind == Kind::Number) {
            let form = lexeme.form.as_ref();
            let digits: usize =
                form.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
            let form = form[..digits].trim_end_matches(['.', ',']);
            let groups = |separator: char| {
                let mut parts = form.split(separator);
                let first = parts.next().unwrap_or("");
                (1..=3).contains(&first.len()) && !first.starts_with('0') && parts.all(|group| group.len() == 3)
            };
            match (form.rfind('.'), form.rfind(',')) {
                (Some(dot), Some(com)) => *(if dot > com { &mut point } else { &mut comma }) += 2,
                (Some(_), None) if groups('.') => comma += if form.matches('.').count() > 1 { 2 } else { 1 },
                (None, Some(_)) if groups(',') => point += if form.matches(',').count() > 1 { 2 } else { 1 },
                _ => {}
            }
        }
        match usual {
            Self::Comma if point > comma => Self::Point,
            // A decimal with three places looks like a group: one alone does not turn a page around.
            Self::Point if comma > point + 1 => Self::Comma,
            usual => usual,
        }
    }
}

/// A number as written, before scale words and units.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    /// Its value.
    pub(super) value: Decimal,
    /// Size of its last written place.
    pub(super) step: Decimal,
    /// How many lexemes it takes.
    pub(super) length: usize,
    /// What follows the digits in the same token (`m`, `th`, `km`), lower case unless it is `M`.
    pub(super) suffix: String,
    /// Whether it is written in words.
    pub(super) in_words: bool,
    /// Whether it is an ordinal in words.
    pub(super) ordinal: bool,
    /// Power of ten of scale words inside the words (`two million`); already applied.
    pub(super) scale: u32,
    /// Whether it is four digits without separators, as years are written.
    pub(super) year_like: bool,
    /// The bound that the word itself says: `vingtaine` is about twenty.
    pub(super) bound: Option<Bound>,
}

impl Written {
    /// A number in words.
    pub(super) fn in_words(value: Decimal, length: usize) -> Self {
        Self {
            value,
            step: Decimal::ONE,
            length,
            suffix: String::new(),
            in_words: true,
            ordinal: false,
            scale: 0,
            year_like: false,
            bound: None,
        }
    }
}

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
        Kind::Character => words::characters(run, at),
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
                || next.gap == " " && next.bits & (bits::PAUSE | bits::SENTENCE) == 0;
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
    let part: String = decimal_at.map_or("", |at| &text[at + 1..]).chars().filter(char::is_ascii_digit).collect();
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
fn whole_step(digits: &str) -> Decimal {
    let digits = digits.trim_start_matches('0');
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    if digits.len() >= 4 && zeros > 0 {
        Decimal::from(10u64.checked_pow(zeros as u32).unwrap_or(1))
    } else {
        Decimal::ONE
    }
}
