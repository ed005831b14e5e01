//! Numbers as they are written, before anything that belongs to them is read.

use rust_decimal::Decimal;

use crate::model::figure::Bound;

/// The power of ten of a scale word, as a factor.
pub(super) fn power(scale: u32) -> Decimal {
    Decimal::from(10u64.checked_pow(scale).unwrap_or(1))
}

/// A number as written, before scale words and units.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    /// Its value.
    pub(super) value: Decimal,
    /// Size of its last written place.
    pub(super) step: Decimal,
    /// How many lexemes it takes.
    pub(super) length: usize,
    /// What follows the digits in the same token (`m`, `th`, `km`), lower case unless it is `M`.
    pub(super) suffix: String,
    /// Whether it is written in words.
    pub(super) in_words: bool,
    /// Whether it is an ordinal in words.
    pub(super) ordinal: bool,
    /// Power of ten of scale words inside the words (`two million`); already applied.
    pub(super) scale: u32,
    /// Whether it is four digits without separators, as years are written.
    pub(super) year_like: bool,
    /// The bound that the word itself says: `vingtaine` is about twenty.
    pub(super) bound: Option<Bound>,
}

impl Written {
    /// A number in words.
    pub(super) fn in_words(value: Decimal, length: usize) -> Self {
        Self {
            value,
            step: Decimal::ONE,
            length,
            suffix: String::new(),
            in_words: true,
            ordinal: false,
            scale: 0,
            year_like: false,
            bound: None,
        }
    }
}
