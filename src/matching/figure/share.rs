//! Shares and changes in words: `one in five`, `two thirds`, `half`, `doubled`, as percent.

use rust_decimal::Decimal;

use super::amount::AmountAt;
use super::lexeme::Lexeme;
use crate::matching::fold::bits;
use crate::matching::terms;
use crate::model::figure::{Amount, Unit};

/// `one in five`, `two thirds`, `half`, `a quarter of`, as percent.
pub(super) fn share(lexemes: &[Lexeme<'_>], at: usize) -> Option<AmountAt> {
    let key = |number: usize| lexemes.get(number).map_or("", |lexeme| lexeme.key.as_ref());
    let percent = |value: Decimal, end: usize| {
        Some(AmountAt {
            amount: Amount {
                value: (value * Decimal::from(100)).round_dp(6).normalize(),
                digits: value,
                scale: 0,
                step: Decimal::ONE,
                unit: Unit::Percent,
                ordinal: false,
                in_words: true,
            },
            start: at,
            end,
        })
    };
    let small = |number: usize| -> Option<u64> {
        let lexeme = lexemes.get(number)?;
        terms::number_word(&lexeme.key)
            .map(u64::from)
            .or_else(|| lexeme.form.parse().ok().filter(|value| *value < 1000))
    };
    let denominator = |key: &str| -> Option<u64> {
        Some(match key {
            "half" | "halves" => 2,
            "third" | "thirds" => 3,
            "quarter" | "quarters" => 4,
            "fifth" | "fifths" => 5,
            "sixth" | "sixths" => 6,
            "seventh" | "sevenths" => 7,
            "eighth" | "eighths" => 8,
            "tenth" | "tenths" => 10,
            _ => return None,
        })
    };
    if matches!(key(at + 1), "in" | "out") {
        let of = at + if key(at + 1) == "out" && key(at + 2) == "of" { 3 } else { 2 };
        if key(at + 1) == "in" || key(at + 2) == "of" {
            let (part, whole) = (small(at)?, small(of)?);
            // `two in 2019` is no share, `one in ten` is.
            if part < whole
                && whole <= 100
                && (terms::number_word(key(at)).is_some() || key(at + 1) == "out")
                && terms::number_word(key(of)).is_some()
            {
                return percent(Decimal::from(part) / Decimal::from(whole), of + 1);
            }
        }
    }
    let part = if matches!(key(at), "a" | "one") { Some(1) } else { terms::number_word(key(at)).map(u64::from) };
    if let (Some(part), Some(whole)) = (part, denominator(key(at + 1)))
        && part < whole
        && lexemes
            .get(at + 1)
            .is_some_and(|lexeme| lexeme.bits & (bits::PAUSE | bits::SENTENCE) == 0 || lexeme.bits & bits::HYPHEN != 0)
        && (key(at + 1).ends_with('s')
            || key(at + 2) == "of"
            || lexemes.get(at + 2).is_none_or(|next| next.bits & (bits::PAUSE | bits::SENTENCE) != 0))
    {
        return percent(Decimal::from(part) / Decimal::from(whole), at + 2);
    }
    // `doubled` and `rose by 100 percent` are one value.
    let change = match key(at) {
        "doubled" | "doubles" | "doubling" | "verdoppelt" | "verdoppelte" | "duplico" | "raddoppiato" | "удвоился"
        | "удвоилась" => Some(100),
        "tripled" | "trebled" | "verdreifacht" | "verdreifachte" => Some(200),
        "quadrupled" | "vervierfacht" => Some(300),
        "halved" | "halbiert" | "halbierte" => Some(50),
        _ => None,
    };
    if let Some(change) = change {
        return percent(Decimal::new(change, 2), at + 1);
    }
    (key(at) == "half" && matches!(key(at + 1), "of" | "the")).then(|| percent(Decimal::new(5, 1), at + 1)).flatten()
}
