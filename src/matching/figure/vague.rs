//! Vague numbers: words that say only how large a number is (`dozens`, `a handful`).

use std::sync::LazyLock;

use crate::matching::phrases::Phrases;

/// Numbers that say only their size: from and to.
pub(super) static VAGUE: LazyLock<Phrases<Span>> = LazyLock::new(|| {
    Phrases::read(include_str!("../terms/vague.txt"), |label| {
        let (low, high) = label.split_once('-')?;
        Some(Span { low: low.parse().ok()?, high: high.parse().ok()? })
    })
});

/// From and to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) low: i64,
    pub(super) high: i64,
}
