//! The short list: of a great table, the figures whose row and column could bear the claim. The others are not even compared.

use hashbrown::HashMap;
use rust_decimal::Decimal;

use super::around::Around;
use super::figures::Figures;
use super::ours::Ours;
use crate::matching::index::Index;
use crate::model::figure::Quantity;

/// Figures of a document up to which all of them are compared.
const FEW: usize = 3_000;
/// Figures in cells that are compared of a document with more.
const MOST: usize = 600;
/// What the right value is worth, beside the share of the statement that stands in its row and column.
const VALUE: f32 = 0.5;

/// A figure in a cell.
struct Cell {
    /// The share of the statement that stands in its row and in its heads.
    share: f32,
    /// What its value is worth.
    value: f32,
    number: usize,
}

/// Leaves so many cells that are worth the most, and hands out the others.
fn foremost(cells: &mut Vec<Cell>, count: usize, worth: impl Fn(&Cell) -> f32) -> Vec<Cell> {
    if cells.len() <= count {
        return Vec::new();
    }
    cells.select_nth_unstable_by(count, |a, b| worth(b).total_cmp(&worth(a)).then(a.number.cmp(&b.number)));
    cells.split_off(count)
}

/// The numbers of the figures that are compared with a claim, ascending.
pub(super) fn shortlist(ours: &Ours, around: &Around, index: &Index<'_>, figures: &Figures) -> Vec<usize> {
    let count = figures.list.len();
    if count <= FEW {
        return (0..count).collect();
    }
    let blocks = &index.document().blocks;
    let rows = around.rows(index);
    let values = values(ours);
    let mut heads: HashMap<*const String, f32> = HashMap::new();
    let mut labels: HashMap<*const crate::model::Label, f32> = HashMap::new();
    let (mut chosen, mut cells): (Vec<usize>, Vec<Cell>) = (Vec::new(), Vec::new());
    let mut block = 0;
    for number in 0..count {
        let start = figures.list.range(number).start;
        while blocks.get(block + 1).is_some_and(|next| next.range.start <= start) {
            block += 1;
        }
        let own = &blocks[block];
        if own.heads.is_empty() && own.within.table == 0 {
            chosen.push(number);
            continue;
        }
        // Row 0 is none, and has nothing.
        let row = rows.get(own.within.row as usize).copied().unwrap_or(0.0);
        let columns = own.heads.columns();
        let said = |text: &mut dyn Iterator<Item = &str>| text.map(|head| around.share_of(head, index)).sum::<f32>();
        let head = *heads.entry(columns.as_ptr()).or_insert_with(|| said(&mut columns.iter().map(String::as_str)));
        let above = own.heads.labels();
        let above =
            *labels.entry(above.as_ptr()).or_insert_with(|| said(&mut above.iter().map(|label| label.text.as_str())));
        let value = if values.contains(&figures.list.value(number)) { VALUE } else { 0.0 };
        cells.push(Cell { share: row + head + above, value, number });
    }
    // Half of them whatever their value: the cell that the claim means may have another one.
    let mut others = foremost(&mut cells, MOST / 2, |cell| cell.share);
    foremost(&mut others, MOST / 2, |cell| cell.share + cell.value);
    cells.extend(others);
    chosen.extend(cells.into_iter().map(|cell| cell.number));
    chosen.sort_unstable();
    chosen
}

/// The claimed value as a cell may write it: whole, or in the thousands, millions or billions that its head says; a share as a
/// hundredth.
fn values(ours: &Ours) -> Vec<Decimal> {
    let of = |value: Decimal| {
        let powers = [0_u32, 2, 3, 6, 9].into_iter();
        powers.filter_map(move |power| value.checked_div(super::written::power(power))).map(|value| value.normalize())
    };
    let mut values: Vec<Decimal> = match &ours.figure.quantity {
        Quantity::Number(amount) => of(amount.value).collect(),
        Quantity::Range(low, high) | Quantity::Vague(low, high) => of(low.value).chain(of(high.value)).collect(),
        _ => Vec::new(),
    };
    values.extend(ours.count.iter().filter_map(|count| match &count.quantity {
        Quantity::Number(amount) => Some(amount.value),
        _ => None,
    }));
    // Zero is what a figure has that is no plain number.
    values.retain(|value| !value.is_zero());
    values
}

#[cfg(test)]
mod tests {
    use super::{Cell, foremost};

    #[test]
    fn the_foremost_cells_stay_and_of_equal_ones_the_first() {
        for (shares, count, wanted) in [
            (&[0.1, 0.5, 0.3, 0.5][..], 2, &[1, 3][..]),
            (&[0.5, 0.5, 0.5], 2, &[0, 1]),
            (&[0.1, 0.2, 0.3], 3, &[0, 1, 2]),
            (&[0.1, 0.2, 0.3], 4, &[0, 1, 2]),
            (&[0.1, 0.2, 0.3], 0, &[]),
            (&[], 0, &[]),
        ] {
            let mut cells: Vec<Cell> =
                shares.iter().enumerate().map(|(number, share)| Cell { share: *share, value: 0.0, number }).collect();
            let others = foremost(&mut cells, count, |cell| cell.share + cell.value);
            let numbers = |cells: &[Cell]| {
                let mut numbers: Vec<usize> = cells.iter().map(|cell| cell.number).collect();
                numbers.sort_unstable();
                numbers
            };
            assert_eq!(numbers(&cells), wanted, "{shares:?} {count}");
            let left: Vec<usize> = (0..shares.len()).filter(|number| !wanted.contains(number)).collect();
            assert_eq!(numbers(&others), left, "{shares:?} {count}");
        }
    }
}
