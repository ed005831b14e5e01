//! Amounts of two units: `seven years and six months`, `2 h 41 min`, as one amount in the greater unit.

use rust_decimal::Decimal;

use super::amount::{AmountAt, amount};
use super::run::Run;
use crate::matching::terms;
use crate::model::figure::{Amount, Unit};

/// Units that are written together, the greater first, and how many of the smaller make one.
const COMPOSED: &[(&str, &str, i64)] = &[("yr", "mo", 12), ("h", "min", 60), ("min", "s", 60), ("ft", "in", 12)];

/// `seven years and six months`, `2年6カ月`, `6 ft 2 in`: one amount in the greater unit.
pub(super) fn composed(run: &Run<'_>, first: AmountAt) -> AmountAt {
    let end = first.end;
    let two = two_units(run, first, None);
    // `2 hours 23 minutes 41 seconds`
    match two.amount.unit {
        Unit::Measure("h") if two.end > end => two_units(run, two, Some(("s", 3600))),
        _ => two,
    }
}

/// An amount with what follows it in a smaller unit: the next smaller one, or the one that is given with its ratio.
fn two_units(run: &Run<'_>, first: AmountAt, given: Option<(&'static str, i64)>) -> AmountAt {
    let Unit::Measure(greater) = first.amount.unit else { return first };
    let next = || COMPOSED.iter().find(|(unit, ..)| *unit == greater).map(|(_, smaller, ratio)| (*smaller, *ratio));
    let Some((smaller, ratio)) = given.or_else(next) else { return first };
    let joint = matches!(run.key(first.end), "and" | "und" | "et" | "y" | "e" | "en" | "og" | "och" | "i" | "и" | "a");
    let at = if joint { first.end + 1 } else { first.end };
    let whole = given.is_some() || first.amount.value.fract().is_zero();
    if !run.follows(first.end) || !run.follows(at) || first.amount.scale > 0 || !whole {
        return first;
    }
    let Some(second) = amount(run, at).filter(|second| {
        second.start == at
            && second.amount.unit == Unit::Measure(smaller)
            && second.amount.value < Decimal::from(ratio)
            && second.amount.value >= Decimal::ZERO
    }) else {
        return first;
    };
    let ratio = Decimal::from(ratio);
    let value = (first.amount.value + second.amount.value / ratio).round_dp(6).normalize();
    let step = (Decimal::ONE / ratio).round_dp(6);
    AmountAt {
        amount: Amount { value, digits: value, step, ..first.amount },
        start: first.start,
        end: second.end,
        bound: first.bound,
        decade: false,
    }
}

/// A time that was taken, as it is written on a clock: `2:23:41`.
pub(super) fn clocked(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let lexeme = run.get(at)?;
    let parts: Vec<u32> = lexeme.form.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let &[hours, minutes, seconds] = parts.as_slice() else { return None };
    let of_day =
        at.checked_sub(1).is_some_and(|before| matches!(run.key(before), "at" | "um" | "klokken" | "alle" | "las"));
    if hours >= 100 || minutes >= 60 || seconds >= 60 || of_day {
        return None;
    }
    let value = Decimal::from(hours)
        + (Decimal::from(minutes) / Decimal::from(60)).round_dp(6)
        + (Decimal::from(seconds) / Decimal::from(3600)).round_dp(6);
    let amount = Amount {
        value: value.normalize(),
        digits: value.normalize(),
        scale: 0,
        step: (Decimal::ONE / Decimal::from(3600)).round_dp(6),
        unit: Unit::Measure("h"),
        ordinal: false,
        in_words: false,
        grouped: false,
    };
    Some(AmountAt { amount, start: at, end: at + 1, bound: None, decade: false })
}

/// Articles that are a one where a smaller unit goes on.
pub(super) fn may_begin(key: &str) -> bool {
    matches!(
        key,
        "ein"
            | "eine"
            | "einem"
            | "einen"
            | "einer"
            | "eines"
            | "a"
            | "an"
            | "un"
            | "une"
            | "una"
            | "um"
            | "uma"
            | "een"
            | "et"
            | "en"
    )
}

/// `einem Jahr und neun Monaten`, `a year and six months`: the article is a one where a smaller unit goes on.
pub(super) fn one_and(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let unit = run.phrase(&terms::UNITS, at + 1).filter(|_| may_begin(run.key(at)) && run.follows(at + 1))?;
    let greater = COMPOSED.iter().find(|(greater, ..)| *greater == unit.value)?;
    let first = AmountAt {
        amount: Amount {
            value: Decimal::ONE,
            digits: Decimal::ONE,
            scale: 0,
            step: Decimal::ONE,
            unit: Unit::Measure(greater.0),
            ordinal: false,
            in_words: true,
            grouped: false,
        },
        start: at,
        end: at + 1 + unit.length,
        bound: None,
        decade: false,
    };
    let end = first.end;
    let composed = composed(run, first);
    (composed.end > end).then_some(composed)
}
