//! Derived values: what only follows from figures that stand beside each other. A hint for people, never a verdict.

use rust_decimal::Decimal;

use super::candidate::Candidate;
use super::ours::Ours;
use crate::matching::index::Index;
use crate::model::figure::{Amount, Figure, Quantity};

/// Figures of one sentence that are tried with each other.
const TRIED: usize = 8;

/// Says how the claimed value follows from two or three figures of one sentence, if it does.
pub(super) fn hint(ours: &Ours, candidates: &[Candidate], index: &Index<'_>) -> Option<String> {
    let wanted = amount(&ours.figure)?;
    if wanted.value.is_zero() {
        return None;
    }
    let mut best: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.context > 0.2).collect();
    best.sort_by(|a, b| b.fit().total_cmp(&a.fit()).then(a.tokens.start.cmp(&b.tokens.start)));
    for first in best.iter().take(TRIED) {
        let mut beside: Vec<&&Candidate> =
            best.iter().filter(|other| other.sentence == first.sentence).take(TRIED).collect();
        beside.sort_by_key(|candidate| candidate.tokens.start);
        let values: Vec<(&Amount, &str)> = beside
            .iter()
            .filter_map(|candidate| Some((amount(&candidate.figure)?, index.document().slice(candidate.figure.range))))
            .collect();
        for (number, (a, written)) in values.iter().enumerate() {
            for (b, other) in &values[number + 1..] {
                if a.unit != b.unit || a.unit != wanted.unit {
                    continue;
                }
                if a.value.checked_add(b.value) == Some(wanted.value) {
                    return Some(format!("{written} and {other} together are as much"));
                }
                if is_difference(a.value, b.value, wanted.value) {
                    return Some(format!("{written} and {other} differ by as much"));
                }
            }
        }
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, (value, _)| sum.checked_add(value.value));
        if values.len() > 2 && sum == Some(wanted.value) && values.iter().all(|(value, _)| value.unit == wanted.unit) {
            return Some(format!("the {} figures of one sentence add up to it", values.len()));
        }
    }
    None
}

fn is_difference(a: Decimal, b: Decimal, wanted: Decimal) -> bool {
    a.checked_sub(b).is_some_and(|difference| difference.abs() == wanted)
}

fn amount(figure: &Figure) -> Option<&Amount> {
    match &figure.quantity {
        Quantity::Number(amount) if !amount.ordinal => Some(amount),
        _ => None,
    }
}
