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
    use super::{KINDS, Kept};
    use crate::matching::figure::read;

    #[test]
    fn figures_are_given_back_as_they_were_read() {
        // More kinds than are kept: of each power of ten and unit another one.
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
        assert_eq!(kept.kinds.len(), KINDS.min(kept.kinds.len()));
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
