//! Figures as a document keeps them: a table may hold a million numbers, and they are of few kinds.

use hashbrown::HashMap;
use rust_decimal::Decimal;

use crate::model::TextRange;
use crate::model::figure::{Figure, Quantity};

/// Kinds that are kept; of more of them each figure is kept whole.
const KINDS: usize = 2_000;

/// Figures in the order of a document.
#[derive(Debug, Default)]
pub(super) struct Kept {
    packed: Vec<Packed>,
    /// What figures of one kind share: everything but their place and value.
    kinds: Vec<Figure>,
    numbers: HashMap<Figure, u32>,
    /// Figures that are of no such kind.
    whole: Vec<Figure>,
}

/// A figure by its kind.
#[derive(Debug, Clone, Copy)]
struct Packed {
    range: TextRange,
    value: Decimal,
    /// The number of its kind; from [`WHOLE`] on that of a figure that is kept whole.
    kind: u32,
}

const WHOLE: u32 = 1 << 31;

const NOWHERE: TextRange = TextRange { start: 0, end: 0 };

impl Kept {
    /// Adds the next figure.
    pub(super) fn push(&mut self, figure: Figure) {
        let range = figure.range;
        let (kind, value) = match self.kind_of(&figure) {
            Some((kind, value)) => (kind, value),
            None => {
                self.whole.push(figure);
                (WHOLE + (self.whole.len() - 1) as u32, Decimal::ZERO)
            }
        };
        self.packed.push(Packed { range, value, kind });
    }

    /// The number of a figure's kind, and its value.
    fn kind_of(&mut self, figure: &Figure) -> Option<(u32, Decimal)> {
        if figure.bound_at.is_some() {
            return None;
        }
        let (value, quantity) = match &figure.quantity {
            Quantity::Number(amount)
                if amount.value == amount.digits && amount.value.scale() == amount.digits.scale() =>
            {
                let mut kind = amount.clone();
                (kind.value, kind.digits) = (Decimal::ZERO, Decimal::ZERO);
                (amount.value, Quantity::Number(kind))
            }
            Quantity::Date(date) => (Decimal::ZERO, Quantity::Date(*date)),
            _ => return None,
        };
        let kind = Figure { range: NOWHERE, quantity, ..figure.clone() };
        if let Some(number) = self.numbers.get(&kind) {
            return Some((*number, value));
        }
        if self.kinds.len() >= KINDS {
            return None;
        }
        let number = self.kinds.len() as u32;
        self.kinds.push(kind.clone());
        self.numbers.insert(kind, number);
        Some((number, value))
    }

    /// What was needed to add figures is not needed any more.
    pub(super) fn finish(mut self) -> Self {
        self.numbers = HashMap::new();
        self.packed.shrink_to_fit();
        self
    }

    pub(super) fn len(&self) -> usize {
        self.packed.len()
    }

    /// A figure.
    pub(super) fn get(&self, number: usize) -> Figure {
        let packed = self.packed[number];
        if packed.kind >= WHOLE {
            return self.whole[(packed.kind - WHOLE) as usize].clone();
        }
        let mut figure = self.kinds[packed.kind as usize].clone();
        figure.range = packed.range;
        if let Quantity::Number(amount) = &mut figure.quantity {
            (amount.value, amount.digits) = (packed.value, packed.value);
        }
        figure
    }

    /// Where a figure stands.
    pub(super) fn range(&self, number: usize) -> TextRange {
        self.packed[number].range
    }

    /// The value of a plain number; zero of what is none.
    pub(super) fn value(&self, number: usize) -> Decimal {
        self.packed[number].value
    }

    /// The number of the first figure that begins at or behind a byte.
    pub(super) fn from(&self, byte: u32) -> usize {
        self.packed.partition_point(|packed| packed.range.start < byte)
    }

    /// The figures between two bytes that begin there.
    pub(super) fn between(&self, start: u32, end: u32) -> impl Iterator<Item = Figure> {
        (self.from(start)..self.from(end)).map(|number| self.get(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::figure::read;

    #[test]
    fn numbers_of_one_kind_take_no_more_than_their_places_and_values() {
        let mut kept = Kept::default();
        read("5 boats, 12 boats, 7.5 boats, 41 boats, 3 and 12 May 2024", Some("en"))
            .into_iter()
            .for_each(|one| kept.push(one));
        let unknown = ["$3 million", "5 to 10", "more than 7"];
        unknown.iter().flat_map(|text| read(text, Some("en"))).for_each(|one| kept.push(one));
        assert_eq!((kept.packed.len(), kept.whole.len()), (9, unknown.len()));
    }

    #[test]
    fn beyond_so_many_kinds_a_figure_is_kept_whole() {
        let one = read("5 boats", Some("en")).remove(0);
        let Quantity::Number(amount) = &one.quantity else { panic!("a number") };
        let kinds = (0..KINDS as u32 + 3).map(|scale| Figure {
            quantity: Quantity::Number(crate::model::figure::Amount { scale, ..amount.clone() }),
            ..one.clone()
        });
        let figures: Vec<Figure> = kinds.collect();
        let mut kept = Kept::default();
        figures.iter().for_each(|figure| kept.push(figure.clone()));
        assert_eq!((kept.kinds.len(), kept.whole.len()), (KINDS, 3));
        assert!(figures.iter().enumerate().all(|(number, figure)| kept.get(number) == *figure));
    }

    #[test]
    fn figures_are_given_back_as_they_were_read() {
        // Of each unit, scale and count of decimals another kind.
        let units = ["km", "kg", "percent", "euros", "boats", "miles", "hours"];
        let scales = ["", "thousand ", "million ", "billion "];
        let mut text = String::from(
            "5 of 12 km, more than 7, 3.50 and 3.5 and $3 and 1999 and 5 to 10, 12 May 2024, 10:30, 3:1, ",
        );
        for zeros in 0..18 {
            for scale in scales {
                for unit in units {
                    for decimals in ["", ".5", ".25", ".125"] {
                        text.push_str(&format!("7{}{decimals} {scale}{unit}, ", "0".repeat(zeros)));
                    }
                }
            }
        }
        let figures = read(&text, Some("en"));
        let mut kept = Kept::default();
        for figure in &figures {
            kept.push(figure.clone());
        }
        assert!(kept.kinds.len() > 100 && !kept.whole.is_empty());
        let kept = kept.finish();
        assert_eq!(kept.len(), figures.len());
        for (number, figure) in figures.iter().enumerate() {
            assert_eq!(kept.get(number), *figure);
            assert_eq!(kept.range(number), figure.range);
            assert_eq!(kept.from(figure.range.start), number);
            assert_eq!(kept.from(figure.range.start + 1), number + 1);
        }
        let (first, last) = (&figures[2], &figures[5]);
        let between: Vec<_> = kept.between(first.range.start, last.range.start).collect();
        assert_eq!(between, figures[2..5]);
    }
}
