//! Chinese and Japanese numerals → a value, character by character.

use rust_decimal::Decimal;

use super::run::Run;
use super::written::Written;
use crate::matching::fold::Kind;
use crate::matching::terms;

/// The value of a Chinese or Japanese digit.
fn digit(key: &str) -> Option<u64> {
    ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        .iter()
        .position(|digit| *digit == key)
        .map(|value| value as u64)
        .or(match key {
            "零" => Some(0),
            "两" | "兩" => Some(2),
            _ => None,
        })
}

/// Whether Chinese and Japanese numerals may begin with a character.
pub(super) fn may_begin(key: &str) -> bool {
    digit(key).is_some() || terms::is_numeral(key)
}

/// Reads Chinese and Japanese numerals: `三百二十`, `两万`, `二〇二四`.
pub(super) fn characters(run: &Run<'_>, at: usize) -> Option<Written> {
    let (mut total, mut section, mut unit) = (0u64, 0u64, None::<u64>);
    let (mut length, mut scale, mut digits) = (0, 0, 0);
    let mut row = 0u64;
    let mut powers = false;
    for lexeme in run.lexemes.get(at..)?.iter().take(24) {
        if lexeme.kind != Kind::Character || length > 0 && !lexeme.gap.is_empty() {
            break;
        }
        let key = lexeme.key.as_ref();
        if let Some(value) = digit(key) {
            if unit.is_some() && powers && value != 0 && unit != Some(0) {
                break;
            }
            unit = Some(value);
            row = row.checked_mul(10)?.checked_add(value)?;
            digits += 1;
        } else {
            let power = match key {
                "十" => 1,
                "百" => 2,
                "千" => 3,
                "万" | "萬" => 4,
                "亿" | "億" => 8,
                _ => break,
            };
            if length == 0 && power > 3 || digits > 1 && !powers {
                break;
            }
            powers = true;
            let factor = 10u64.pow(power);
            if power >= 4 {
                let part = section + unit.unwrap_or(0);
                // `一亿三千万`: below the last great unit only what stands behind it is multiplied; `万亿` is one unit.
                total = if total > 0 && part > 0 && u64::from(power) < u64::from(scale) {
                    total.checked_add(part.checked_mul(factor)?)?
                } else {
                    total.checked_add(part)?.max(1).checked_mul(factor)?
                };
                section = 0;
                scale = scale.max(power);
            } else {
                section += unit.unwrap_or(1) * factor;
            }
            unit = None;
        }
        length += 1;
    }
    if length == 0 {
        return None;
    }
    let value = if powers { total.checked_add(section + unit.unwrap_or(0))? } else { row };
    let counter = run.get(at + length).is_some_and(|next| next.gap.is_empty() && is_counter(&next.key));
    // One character alone is a number only before a counter; leave the rest to words. So are digits in a row, unless a zero
    // or three of them show that they are a number.
    let first = run.key(at);
    let counter = counter || at.checked_sub(1).is_some_and(|before| run.key(before) == "之");
    let alone = length == 1 && !counter
        || length == 1 && digits == 0 && !matches!(first, "十" | "百" | "千")
        || !powers && length == 2 && !counter;
    if alone {
        return None;
    }
    Some(Written {
        scale,
        year_like: !powers && length == 4 && (1500..2100).contains(&value),
        ..Written::in_words(Decimal::from(value), length)
    })
}

/// Whether a character counts what stands before it: `三人`.
pub(super) fn is_counter(key: &str) -> bool {
    const COUNTERS: &str =
        "个個人名年月日天次位件家部座所条只头台倍岁歳回つ本枚度成项割分点時时艘隻匹棟戸軒户票周週元円公千米里万萬亿億%";
    key.chars().count() == 1 && COUNTERS.contains(key)
}
