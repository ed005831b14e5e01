//! Amounts: a number with what belongs to it on both sides: sign and currency before it, scale, percent, unit and currency
//! behind it.

use rust_decimal::Decimal;

use super::currency::{currency_code, currency_sign, measure, national};
use super::lexeme::Lexeme;
use super::number::{self, Separators, Written};
use crate::matching::fold::{self, Kind, bits};
use crate::matching::terms;
use crate::model::figure::{Amount, Unit};

/// One amount with what belongs to it on both sides.
pub(super) struct AmountAt {
    pub(super) amount: Amount,
    pub(super) start: usize,
    pub(super) end: usize,
}

pub(super) fn power(scale: u32) -> Decimal {
    Decimal::from(10u64.checked_pow(scale).unwrap_or(1))
}

/// An amount at `at`, with a sign and currency before it and scale, percent, unit or currency behind it.
pub(super) fn amount(lexemes: &[Lexeme<'_>], at: usize, separators: Separators) -> Option<AmountAt> {
    let mut start = at;
    let mut number_at = at;
    let mut negative = false;
    let mut unit = Unit::Count;
    // `百分之七十`
    if ["百", "分", "之"]
        .iter()
        .enumerate()
        .all(|(offset, key)| lexemes.get(at + offset).is_some_and(|lexeme| lexeme.key == *key))
    {
        number_at += 3;
        unit = Unit::Percent;
    }
    // Signs and currencies before the digits.
    while let (Some(lexeme), Some(next)) = (lexemes.get(number_at), lexemes.get(number_at + 1)) {
        if lexeme.kind == Kind::Sign && lexeme.form == "-" && next.gap.is_empty() {
            negative = true;
        } else if let Some(code) =
            currency_sign(&lexeme.form).filter(|_| lexeme.kind == Kind::Sign && next.gap.trim().is_empty())
        {
            unit = Unit::Money(national(lexemes, number_at).unwrap_or(code));
            if national(lexemes, number_at).is_some() {
                start = number_at.saturating_sub(1).min(start);
            }
        } else if let Some(code) = currency_code(&lexeme.form)
            .filter(|_| lexeme.kind == Kind::Word && next.kind == Kind::Number && next.gap.trim().is_empty())
        {
            unit = Unit::Money(code);
        } else {
            break;
        }
        number_at += 1;
    }
    let written = number::read(lexemes, number_at, separators)?;
    if number_at == at
        && lexemes[at].kind == Kind::Sign
        && unit == Unit::Count
        && !negative
        && !matches!(lexemes[at].form.as_ref(), "½" | "¼" | "¾")
    {
        return None;
    }
    let mut end = number_at + written.length;
    let Written { value, step, suffix, in_words, mut ordinal, scale: word_scale, year_like, .. } = written;
    let mut scale = word_scale;
    let mut digits = value;
    let (mut value, mut step) = (value, step);
    if word_scale > 0 {
        digits = value / power(word_scale);
    }
    // `3½`
    if let Some(part) =
        lexemes.get(end).filter(|lexeme| lexeme.kind == Kind::Sign && lexeme.gap.is_empty()).and_then(|lexeme| {
            match lexeme.form.as_ref() {
                "½" => Some(Decimal::new(5, 1)),
                "¼" => Some(Decimal::new(25, 2)),
                "¾" => Some(Decimal::new(75, 2)),
                _ => None,
            }
        })
    {
        value += part;
        digits += part;
        end += 1;
    }
    let mut apply = |power_of: u32, scale: &mut u32| {
        let factor = power(power_of);
        value = value.checked_mul(factor).unwrap_or(value);
        step = step.checked_mul(factor).unwrap_or(step);
        *scale += power_of;
    };
    match suffix.as_str() {
        "" => {}
        "k" => apply(3, &mut scale),
        "m" if matches!(unit, Unit::Money(_))
            || !matches!(
                lexemes.get(end).map(|lexeme| lexeme.key.as_ref()),
                Some("sprint" | "race" | "high" | "long" | "deep" | "wide" | "tall" | "freestyle" | "hurdles")
            ) =>
        {
            apply(6, &mut scale)
        }
        "M" | "mn" | "mln" | "mio" => apply(6, &mut scale),
        "b" | "bn" | "bln" | "mrd" | "mld" => apply(9, &mut scale),
        "t" if matches!(unit, Unit::Money(_)) => apply(12, &mut scale),
        "tn" | "trn" => apply(12, &mut scale),
        "st" | "nd" | "rd" | "th" | "º" | "ª" | "er" | "eme" | "ème" | "e" | "o" => ordinal = true,
        "s" => {}
        "p" => unit = Unit::Money("GBP"),
        other => match measure(other) {
            Some(found) => unit = found,
            // A model, section or flight number is a name.
            None => return None,
        },
    }
    // Scale words, in front of which nothing but a space or a hyphen stands.
    while let Some(lexeme) = lexemes.get(end).filter(|lexeme| {
        matches!(lexeme.kind, Kind::Word | Kind::Character) && lexeme.bits & (bits::SENTENCE) == 0 && close(lexeme)
    }) {
        if suffix_scale(lexeme, &unit).is_some_and(|power_of| scale + power_of <= 18) && !ordinal {
            let power_of = suffix_scale(lexeme, &unit).unwrap_or(0);
            apply(power_of, &mut scale);
            end += 1;
        } else {
            break;
        }
    }
    // Percent, points, units, currencies.
    if let Some(lexeme) =
        lexemes.get(end).filter(|lexeme| close(lexeme) || lexeme.kind == Kind::Sign && lexeme.gap.trim().is_empty())
    {
        let key = lexeme.key.as_ref();
        let next = lexemes.get(end + 1).map_or("", |lexeme| lexeme.key.as_ref());
        if matches!(lexeme.form.as_ref(), "%" | "‰") {
            unit = Unit::Percent;
            end += 1;
        } else if matches!(terms::unit(key), Some("%"))
            || key == "per" && matches!(next, "cent" | "cents")
            || matches!(
                (key, next),
                ("por", "ciento" | "cento") | ("per", "cento") | ("pour", "cent") | ("τοισ", "εκατο")
            )
        {
            end += if terms::unit(key) == Some("%") { 1 } else { 2 };
            unit = Unit::Percent;
        } else if lexeme.kind == Kind::Sign && unit == Unit::Count {
            if let Some(code) = currency_sign(&lexeme.form).filter(|_| !follows_number(lexemes, end)) {
                unit = Unit::Money(code);
                end += 1;
            } else if lexeme.form == "°" {
                end += 1;
                unit = Unit::Measure("°");
                if let Some(degree) = lexemes.get(end).filter(|lexeme| lexeme.gap.trim().is_empty()) {
                    match degree.form.as_ref() {
                        "C" => unit = Unit::Measure("°C"),
                        "F" => unit = Unit::Measure("°F"),
                        _ => end -= 0,
                    }
                    end += usize::from(matches!(degree.form.as_ref(), "C" | "F"));
                }
            }
        } else if unit == Unit::Count && !ordinal {
            let national = (matches!(key, "us" | "american" | "u" | "canadian" | "australian" | "амер"))
                .then_some(())
                .and_then(|()| terms::unit(next))
                .filter(|unit| unit.len() == 3);
            if let Some(code) = national {
                unit = Unit::Money(match (key, code) {
                    ("canadian", "USD") => "CAD",
                    ("australian", "USD") => "AUD",
                    (_, code) => code,
                });
                end += 2;
            } else if matches!(key, "de" | "d" | "di")
                && terms::unit(next).is_some_and(|unit| unit.len() == 3)
                && scale >= 6
            {
                // `millones de dólares`
                if let Some(found) = measure(next) {
                    unit = found;
                    end += 2;
                }
            } else if let Some(code) = currency_code(&lexeme.form) {
                unit = Unit::Money(code);
                end += 1;
            } else if let Some(found) = measure(key) {
                unit = found;
                end += 1;
            } else if key == "美" && next == "元" {
                unit = Unit::Money("USD");
                end += 2;
            } else if matches!(key, "元" | "円") {
                unit = Unit::Money(if key == "元" { "CNY" } else { "JPY" });
                end += 1;
            } else if key == "公" && next == "里" {
                unit = Unit::Measure("km");
                end += 2;
            }
        }
        if unit == Unit::Percent
            && lexemes
                .get(end)
                .is_some_and(|lexeme| matches!(lexeme.key.as_ref(), "points" | "point" | "punkte" | "punkten"))
            || matches!(
                lexemes.get(end).map(|lexeme| lexeme.key.as_ref()),
                Some("prozentpunkte" | "prozentpunkten" | "procentpoint" | "procentenheter")
            )
        {
            unit = Unit::PercentagePoints;
            end += 1;
        } else if unit == Unit::Count
            && lexemes.get(end).is_some_and(|lexeme| lexeme.key == "percentage")
            && lexemes.get(end + 1).is_some_and(|lexeme| matches!(lexeme.key.as_ref(), "points" | "point"))
        {
            unit = Unit::PercentagePoints;
            end += 2;
        }
    }
    if year_like && unit == Unit::Count && scale == 0 && !negative {
        unit = Unit::Year;
    }
    if negative {
        value = -value;
    }
    Some(AmountAt {
        amount: Amount {
            value: value.normalize(),
            digits: digits.normalize(),
            scale,
            step: step.normalize(),
            unit,
            ordinal,
            in_words,
        },
        start,
        end,
    })
}

/// Whether a lexeme stands right behind the one before it: a space, a hyphen or nothing.
fn close(lexeme: &Lexeme<'_>) -> bool {
    lexeme.bits & bits::SENTENCE == 0
        && lexeme.gap.chars().all(|c| c.is_whitespace() || fold::is_dash(c) || fold::is_ignorable(c))
        && lexeme.gap.len() <= 4
        || lexeme.gap == ". " && lexeme.bits & bits::CAPITAL == 0
}

fn suffix_scale(lexeme: &Lexeme<'_>, unit: &Unit) -> Option<u32> {
    let key = lexeme.key.as_ref();
    match key {
        "hundred" => Some(2),
        // Behind digits these are percent, counts or parts of other words.
        "hundert" | "cento" | "cent" | "sto" | "сто" | "hundreds" => None,
        "m" if lexeme.form == "M" || matches!(unit, Unit::Money(_)) => Some(6),
        "k" if lexeme.form == "K" || lexeme.form == "k" => Some(3),
        "bn" => Some(9),
        _ => terms::scale(key),
    }
}

/// Whether a currency sign belongs to the number behind it rather than the one before.
fn follows_number(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    lexemes[at].gap.contains(' ')
        && lexemes.get(at + 1).is_some_and(|next| next.kind == Kind::Number && next.gap.is_empty())
}
