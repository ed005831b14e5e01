//! Lent units: a figure that leaves its unit out has that of the figure before it in its sentence (`Lindau is 210 metres above
//! the sea, Osterby 34`), or that of the head of its column (`Revenue (€m)`).

use super::candidate::tokens_of;
use super::currency;
use super::figures::Figures;
use super::lexeme;
use super::written::power;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::terms;
use crate::model::figure::{Amount, Figure, Quantity, Unit};

/// The figure with the unit that is lent to it, where there is one.
pub(super) fn unit(number: usize, figures: &Figures, index: &Index<'_>) -> Option<Figure> {
    let figure = &figures.list[number];
    let amount = match &figure.quantity {
        Quantity::Number(amount) if amount.unit == Unit::Count && !amount.ordinal => amount,
        _ => return None,
    };
    let lent = of_head(figure, index).or_else(|| of_neighbour(number, figures, index))?;
    let mut amount = amount.clone();
    if amount.scale == 0 && lent.scale > 0 {
        amount.value = amount.value.checked_mul(power(lent.scale))?;
        amount.step = amount.step.checked_mul(power(lent.scale))?;
        amount.scale = lent.scale;
    }
    amount.unit = lent.unit;
    Some(Figure { quantity: Quantity::Number(amount), ..figure.clone() })
}

/// Figures before one whose unit may be lent to it.
const LOOKED: usize = 3;

struct Lent {
    unit: Unit,
    scale: u32,
}

/// The unit of the figure before, where nothing stands behind this one that it could count.
fn of_neighbour(number: usize, figures: &Figures, index: &Index<'_>) -> Option<Lent> {
    let figure = &figures.list[number];
    // `the newer one 1,600`: numbers without a unit stand between.
    let (before, unit) = figures.list[..number]
        .iter()
        .rev()
        .filter(|other| other.range.end <= figure.range.start)
        .take(LOOKED)
        .find_map(|other| match &other.quantity {
            Quantity::Number(Amount { unit, .. }) if *unit != Unit::Count && *unit != Unit::Year => {
                Some((other, unit.clone()))
            }
            _ => None,
        })?;
    let (own, other) = (tokens_of(figure, index), tokens_of(before, index));
    let tokens = index.tokens();
    let apart = (other.end..=own.start).any(|at| tokens.get(at).is_some_and(|token| token.bits & bits::SENTENCE != 0));
    let ends = tokens.get(own.end).is_none_or(|next| next.bits & (bits::SENTENCE | bits::PAUSE) != 0)
        || matches!(index.key(own.end), "in" | "im" | "en" | "and" | "und" | "et" | "y" | "e" | "og");
    (!apart && ends && index.block_of(own.start) == index.block_of(other.start)).then_some(Lent { unit, scale: 0 })
}

/// The unit that a head of the figure's cell says.
fn of_head(figure: &Figure, index: &Index<'_>) -> Option<Lent> {
    let block = index.block_of(tokens_of(figure, index).start);
    let heads = &index.document().blocks.get(block)?.heads;
    // Of a cell without a head of its row nothing says what it is about.
    let named = |head: &&String| lexeme::of_text(head).iter().any(|lexeme| lexeme.kind == Kind::Word);
    if heads.iter().filter(named).count() < 2 {
        return None;
    }
    heads.iter().find_map(|head| {
        let lexemes = lexeme::of_text(head);
        let mut unit = None;
        let mut scale = 0;
        for (at, lexeme) in lexemes.iter().enumerate() {
            let form = lexeme.form.as_ref();
            let key = lexeme.key.as_ref();
            let apart = |word: &str| form.eq_ignore_ascii_case(word) && at > 0;
            if let Some(code) = currency::sign(form, "") {
                unit = Some(Unit::Money(code));
            } else if form == "%" || key == "percent" || key == "prozent" {
                unit = Some(Unit::Percent);
            } else if let Some(symbol) = terms::unit(key) {
                unit = unit.or(Some(currency::unit_of(symbol)));
            }
            let joined = |word: &str| apart(word) && unit.is_some();
            if joined("m") || joined("mn") || matches!(key, "million" | "millions" | "mio" | "millionen") {
                scale = 6;
            } else if joined("bn") || matches!(key, "billion" | "billions" | "mrd" | "milliarden") {
                scale = 9;
            } else if matches!(key, "thousands" | "thousand" | "tausend") || form == "000s" {
                scale = 3;
            }
        }
        (unit.is_some() || scale > 0).then(|| Lent { unit: unit.unwrap_or(Unit::Count), scale })
    })
}
