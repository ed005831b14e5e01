//! Numbers: digits with separators, digits with letters, and number words → a value and its written precision.

use rust_decimal::Decimal;

use super::lexeme::Lexeme;
use crate::matching::fold::{Kind, bits};
use crate::matching::terms;

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
    pub(super) fn of_language(language: Option<&str>) -> Self {
        match language.map_or("", |tag| tag.get(..2).unwrap_or(tag)) {
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
}

/// Reads a number at `at`.
pub(super) fn read(lexemes: &[Lexeme<'_>], at: usize, separators: Separators) -> Option<Written> {
    let lexeme = lexemes.get(at)?;
    match lexeme.kind {
        Kind::Number => digits(lexemes, at, separators),
        Kind::Sign => fraction(&lexeme.form).map(|value| Written {
            value,
            step: Decimal::new(1, 2),
            length: 1,
            suffix: String::new(),
            in_words: false,
            ordinal: false,
            scale: 0,
            year_like: false,
        }),
        Kind::Word => words(lexemes, at),
        Kind::Character => characters(lexemes, at),
    }
}

fn fraction(sign: &str) -> Option<Decimal> {
    Some(match sign {
        "½" => Decimal::new(5, 1),
        "¼" => Decimal::new(25, 2),
        "¾" => Decimal::new(75, 2),
        _ => return None,
    })
}

fn digits(lexemes: &[Lexeme<'_>], at: usize, separators: Separators) -> Option<Written> {
    let form = lexemes[at].form.as_ref();
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
        while let Some(next) = lexemes.get(at + length) {
            let group = next.form.as_ref();
            let plain = group.len() >= 3
                && group.as_bytes()[..3].iter().all(u8::is_ascii_digit)
                && (group.len() == 3 || group.as_bytes()[3] == b',' || group.as_bytes()[3] == b'.');
            let spaced = matches!(next.gap, "\u{a0}" | "\u{202f}" | "\u{2009}" | "\u{2007}")
                || next.gap == " " && next.bits & (bits::PAUSE | bits::SENTENCE) == 0;
            if next.kind != Kind::Number
                || !plain
                || !spaced
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
    let parsed = parse(&text, separators)?;
    Some(Written {
        value: parsed.value,
        step: parsed.step,
        length,
        suffix: if suffix == "M" { "M".to_owned() } else { suffix.to_lowercase() },
        in_words: false,
        ordinal: false,
        scale: 0,
        year_like: suffix.is_empty() && terms::is_year(&text),
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
        (p, c) if p > 0 && c > 0 => {
            let last = text.rfind(['.', ','])?;
            // `1.234.567,8`: the separator that stands once and last is the decimal one.
            Some(last)
        }
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

/// Reads number words: tens, units, hundreds and scale words, as English and the languages like it compose them.
fn words(lexemes: &[Lexeme<'_>], at: usize) -> Option<Written> {
    let mut total = 0u64;
    let mut current = 0u64;
    let mut length = 0;
    let mut scale = 0;
    let mut seen = false;
    let mut last_unit = u64::MAX;
    let mut ordinal = false;
    let mut number = at;
    while let Some(lexeme) = lexemes.get(number).filter(|lexeme| lexeme.kind == Kind::Word) {
        let key = lexeme.key.as_ref();
        if number > at && lexeme.bits & (bits::PAUSE | bits::SENTENCE) != 0 && lexeme.bits & bits::HYPHEN == 0 {
            break;
        }
        if let Some(value) = terms::number_word(key).map(u64::from) {
            // `twenty five`, but not `five six`.
            let after_tens = (20..100).contains(&last_unit) && value < 10 && current.is_multiple_of(10);
            if !current.is_multiple_of(100) && !after_tens {
                break;
            }
            current += value;
            last_unit = value;
            seen = true;
        } else if let Some(value) = ordinal_word(key).filter(|_| number > at || key != "second" || is_rank(lexemes, at))
        {
            current += value;
            ordinal = true;
            length = number - at + 1;
            seen = true;
            break;
        } else if let Some(power) = terms::scale(key).filter(|_| seen) {
            if power == 2 {
                if current == 0 || current > 99 {
                    break;
                }
                current *= 100;
            } else {
                let factor = 10u64.checked_pow(power)?;
                total = total.checked_add(current.max(1).checked_mul(factor)?)?;
                current = 0;
                scale = scale.max(power);
            }
            last_unit = u64::MAX;
        } else if matches!(key, "and" | "y" | "e" | "und" | "et")
            && seen
            && lexemes.get(number + 1).is_some_and(|next| terms::number_word(&next.key).is_some())
            && last_unit == u64::MAX
        {
            number += 1;
            continue;
        } else if number == at
            && matches!(key, "a" | "an")
            && lexemes.get(at + 1).is_some_and(|next| {
                matches!(next.key.as_ref(), "hundred" | "thousand" | "million" | "billion" | "trillion" | "dozen")
            })
        {
            current = 1;
            seen = true;
            number += 1;
            continue;
        } else {
            break;
        }
        number += 1;
        length = number - at;
    }
    if length == 0 || !seen || length == 1 && lexemes[at].key == "a" {
        return None;
    }
    let value = total + current;
    Some(Written {
        value: Decimal::from(value),
        step: if scale > 0 && current == 0 {
            Decimal::from(10u64.checked_pow(scale).unwrap_or(1))
        } else {
            Decimal::ONE
        },
        length,
        suffix: String::new(),
        in_words: true,
        ordinal,
        scale,
        year_like: false,
    })
}

/// Whether `second` is a rank and no sixtieth of a minute: a word like `oldest` or `largest` stands behind it.
fn is_rank(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    lexemes.get(at + 1).is_none_or(|next| {
        next.key.ends_with("est")
            || matches!(
                next.key.as_ref(),
                "most" | "least" | "place" | "time" | "day" | "week" | "year" | "round" | "largest"
            )
            || next.bits & bits::HYPHEN != 0
    })
}

/// The value of an ordinal word.
pub(super) fn ordinal_word(key: &str) -> Option<u64> {
    const WORDS: &[&str] = &[
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    WORDS.iter().position(|word| *word == key).map(|at| at as u64 + 1)
}

/// Reads Chinese and Japanese numerals: `三百二十`, `两万`.
fn characters(lexemes: &[Lexeme<'_>], at: usize) -> Option<Written> {
    let (mut total, mut section, mut unit) = (0u64, 0u64, 0u64);
    let mut length = 0;
    let mut scale = 0;
    let mut digit_seen = false;
    for lexeme in lexemes[at..].iter().take(24) {
        if lexeme.kind != Kind::Character || length > 0 && !lexeme.gap.is_empty() {
            break;
        }
        let key = lexeme.key.as_ref();
        let digit = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
            .iter()
            .position(|digit| *digit == key)
            .or(match key {
                "零" => Some(0),
                "两" | "兩" => Some(2),
                _ => None,
            });
        if let Some(value) = digit {
            unit = value as u64;
            digit_seen = true;
        } else {
            let power = match key {
                "十" => 1,
                "百" => 2,
                "千" => 3,
                "万" | "萬" => 4,
                "亿" | "億" => 8,
                _ => break,
            };
            if length == 0 && power != 1 {
                break;
            }
            let factor = 10u64.pow(power);
            if power >= 4 {
                total = (total + section + unit).max(1).checked_mul(factor)?;
                section = 0;
                scale = scale.max(power);
            } else {
                section += unit.max(1) * factor;
            }
            unit = 0;
        }
        length += 1;
    }
    let value = total + section + unit;
    // One character alone is a number only before a counter or a scale; leave the rest to words.
    if length == 0
        || length == 1
            && (!digit_seen || !lexemes.get(at + 1).is_some_and(|next| next.gap.is_empty() && is_counter(&next.key)))
    {
        return None;
    }
    Some(Written {
        value: Decimal::from(value),
        step: Decimal::ONE,
        length,
        suffix: String::new(),
        in_words: true,
        ordinal: false,
        scale,
        year_like: false,
    })
}

fn is_counter(key: &str) -> bool {
    matches!(
        key,
        "个" | "個"
            | "人"
            | "名"
            | "年"
            | "月"
            | "日"
            | "天"
            | "次"
            | "位"
            | "件"
            | "家"
            | "部"
            | "座"
            | "所"
            | "条"
            | "只"
            | "头"
            | "台"
            | "倍"
            | "岁"
            | "歳"
            | "回"
            | "つ"
            | "本"
            | "枚"
            | "度"
            | "成"
            | "项"
    )
}
