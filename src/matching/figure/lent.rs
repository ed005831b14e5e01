//! Lent units: a figure that leaves its unit out has that of the figure before it in its sentence (`Lindau is 210 metres above
//! the sea, Osterby 34`), or that of the head of its column (`Revenue (€m)`).

use super::candidate::tokens_of;
use super::currency;
use super::figures::Figures;
use super::lexeme;
use super::tables::Tables;
use super::written::power;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::terms;
use crate::model::figure::{Amount, Figure, Quantity, Unit};

/// The figure with the unit that is lent to it, where there is one.
pub(super) fn unit(number: usize, figures: &Figures, index: &Index<'_>) -> Option<Figure> {
    let figure = &figures.list.get(number);
    let amount = bare(figure)?;
    let lent = of_head(figure, index, &figures.tables)
        .or_else(|| of_neighbour(number, figures, index))
        .or_else(|| of_enumeration(number, figures, index))?;
    with(figure, amount, lent)
}

/// The figure with the scale of the head of its cell (`Passengers (thousands)`), without which it is another value.
pub(super) fn scaled(number: usize, figures: &Figures, index: &Index<'_>) -> Option<Figure> {
    let figure = &figures.list.get(number);
    let amount = bare(figure).filter(|amount| amount.scale == 0)?;
    let lent = of_own_head(figure, index).filter(|lent| lent.scale > 0)?;
    with(figure, amount, lent)
}

/// A number without a unit.
fn bare(figure: &Figure) -> Option<&Amount> {
    match &figure.quantity {
        Quantity::Number(amount) if amount.unit == Unit::Count && !amount.ordinal => Some(amount),
        _ => None,
    }
}

/// The figure with what is lent to it; a scale of its own stays.
fn with(figure: &Figure, amount: &Amount, lent: Lent) -> Option<Figure> {
    let mut amount = Amount { unit: lent.unit, ..amount.clone() };
    if amount.scale == 0 {
        amount.value = amount.value.checked_mul(power(lent.scale))?;
        amount.step = amount.step.checked_mul(power(lent.scale))?;
        amount.scale = lent.scale;
    }
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
    let figure = &figures.list.get(number);
    // `the newer one 1,600`: numbers without a unit stand between.
    let (before, unit) = (0..number)
        .rev()
        .take(4 * LOOKED)
        .map(|before| figures.list.get(before))
        .filter(|other| other.range.end <= figure.range.start)
        .take(LOOKED)
        .find_map(|other| match &other.quantity {
            Quantity::Number(Amount { unit, .. }) if *unit != Unit::Count && *unit != Unit::Year => {
                let unit = unit.clone();
                Some((other, unit))
            }
            _ => None,
        })?;
    let (own, other) = (tokens_of(figure, index), tokens_of(&before, index));
    let tokens = index.tokens();
    let apart = (other.end..=own.start).any(|at| tokens.get(at).is_some_and(|token| token.bits & bits::SENTENCE != 0));
    let ends = tokens.get(own.end).is_none_or(|next| next.bits & bits::BREAK != 0)
        // `18 euros for adults and nine for children`
        || index.key(own.end) == index.key(other.end) && lexicon::is_stop_word(index.key(own.end))
        || matches!(index.key(own.end), "in" | "im" | "en" | "and" | "und" | "et" | "y" | "e" | "og");
    (!apart && ends && index.block_of(own.start) == index.block_of(other.start)).then_some(Lent { unit, scale: 0 })
}

/// The unit of the last figure of an enumeration, which the others leave to it: `41, 36 and 29 tonnes`.
fn of_enumeration(number: usize, figures: &Figures, index: &Index<'_>) -> Option<Lent> {
    let tokens = index.tokens();
    let mut before = number;
    for next in (number + 1..figures.list.len()).take(ENUMERATED) {
        let other = &figures.list.get(next);
        let (own, place) = (tokens_of(&figures.list.get(before), index), tokens_of(other, index));
        if place.start < own.end || place.start > own.end + 1 || place.start >= tokens.len() {
            return None;
        }
        let paused = tokens[place.start].bits & bits::PAUSE != 0;
        let joined = matches!(
            index.key(own.end),
            "and" | "or" | "und" | "oder" | "et" | "ou" | "y" | "o" | "e" | "en" | "og" | "och" | "i" | "и"
        );
        if (own.end..=place.start).any(|at| tokens[at].bits & bits::SENTENCE != 0) || !paused && !joined {
            return None;
        }
        match &other.quantity {
            Quantity::Number(Amount { unit: Unit::Count, scale: 0, ordinal: false, .. }) => before = next,
            Quantity::Number(Amount { unit: unit @ (Unit::Measure(_) | Unit::Percent), scale: 0, .. }) => {
                return Some(Lent { unit: unit.clone(), scale: 0 });
            }
            _ => return None,
        }
    }
    None
}

/// Figures of an enumeration that is followed to its unit.
const ENUMERATED: usize = 8;

/// The unit that a head of the figure's cell says, or the caption of its table.
fn of_head(figure: &Figure, index: &Index<'_>, tables: &Tables) -> Option<Lent> {
    of_own_head(figure, index).or_else(|| {
        let blocks = &index.document().blocks;
        let caption = super::around::caption(index.block_of(tokens_of(figure, index).start), index, tables)?;
        // A heading and a caption may stand above one another.
        (caption.start..caption.end.max(caption.start + 2))
            .filter_map(|at| blocks.get(at))
            .filter(|block| block.heads.is_empty())
            .find_map(|block| of_label(index.document().slice(block.range)))
    })
}

/// The unit that a head of the figure's cell says.
fn of_own_head(figure: &Figure, index: &Index<'_>) -> Option<Lent> {
    let block = index.block_of(tokens_of(figure, index).start);
    let heads = &index.document().blocks.get(block)?.heads;
    // Of a cell without a head of its row nothing says what it is about.
    let named = |head: &&str| lexeme::of_text(head).iter().any(|lexeme| lexeme.kind == Kind::Word);
    if heads.iter().filter(named).count() < 2 {
        return None;
    }
    // A column says its unit before a row does, whose name may sound like one: `Elm Yard`.
    heads.columns().iter().map(String::as_str).chain(heads.iter()).find_map(of_label)
}

/// The unit and the scale that a label says.
fn of_label(label: &str) -> Option<Lent> {
    let lexemes = lexeme::of_text(label);
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_a_unit_and_a_scale() {
        for (label, wanted) in [
            ("Revenue (€m)", "EUR e6"),
            ("Revenue, $ mn", "USD e6"),
            ("Revenue, £bn", "GBP e9"),
            ("Share (%)", "% e0"),
            ("Share in percent", "% e0"),
            ("Anteil in Prozent", "% e0"),
            ("Length in km", "km e0"),
            ("Passengers (thousands)", "- e3"),
            ("Passengers, 000s", "- e3"),
            ("Reisende in Tausend", "- e3"),
            ("Passengers (million)", "- e6"),
            ("Reisende (Mio.)", "- e6"),
            ("Reisende in Millionen", "- e6"),
            ("Cost (millions of euros)", "EUR e6"),
            ("Cost (billions of dollars)", "USD e9"),
            ("Kosten in Milliarden Euro", "EUR e9"),
            ("Kosten (Mrd. Euro)", "EUR e9"),
            // Letters that are a scale only with a unit before them.
            ("Boats mn", "none"),
            ("Boats bn", "none"),
            ("bn", "none"),
            ("Boats", "none"),
            ("", "none"),
        ] {
            let unit = |unit: &Unit| match unit {
                Unit::Count => "-".to_owned(),
                Unit::Percent => "%".to_owned(),
                Unit::Money(code) => (*code).to_owned(),
                Unit::Measure(symbol) => (*symbol).to_owned(),
                other => format!("{other:?}"),
            };
            let given = of_label(label)
                .map_or_else(|| "none".to_owned(), |lent| format!("{} e{}", unit(&lent.unit), lent.scale));
            assert_eq!(given, wanted, "{label}");
        }
    }
}
