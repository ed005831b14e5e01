//! Comparisons: a quotation laid over a document, with every difference and every mark of editing.

use std::ops::Range;

use super::query::Element;
use crate::model::Flag;

/// How much a difference matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Nature {
    /// Folded away; listed only where the contract says so.
    Free,
    /// Changes nothing, but is said.
    Remark(Flag),
    /// Words differ: what kind of difference it is.
    Substantive(Vec<Flag>),
}

/// A stretch in which quotation and source differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Our words, as indices of the query's words; may be empty.
    pub(super) ours: Range<usize>,
    /// The source's tokens; may be empty.
    pub(super) theirs: Range<usize>,
    /// How much it matters.
    pub(super) nature: Nature,
}

/// What a mark of editing stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MarkUse {
    /// The mark.
    pub(super) mark: Element,
    /// What it stands for; may be empty.
    pub(super) tokens: Range<usize>,
}

/// A quotation laid over a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Comparison {
    /// Stretches of tokens that the quotation's words stand on, in order.
    pub(super) pieces: Vec<Range<usize>>,
    /// Where the two differ, in the quotation's order.
    pub(super) differences: Vec<Difference>,
    /// What the marks stand for.
    pub(super) marks: Vec<MarkUse>,
    /// Share of the required words' weight that stands there, 0 to 1.
    pub(super) covered: f32,
    /// The longest run of required words that stand there side by side.
    pub(super) longest_run: usize,
    /// Number of required words.
    pub(super) required: usize,
    /// Whether the reading takes marks as editing.
    pub(super) editorial: bool,
}

impl Comparison {
    /// All tokens from the first to the last matched one.
    pub(super) fn span(&self) -> Range<usize> {
        self.pieces.first().map_or(0, |piece| piece.start)..self.pieces.last().map_or(0, |piece| piece.end)
    }

    /// Whether any difference is substantive.
    pub(super) fn differs(&self) -> bool {
        self.differences.iter().any(|difference| matches!(difference.nature, Nature::Substantive(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_spans_its_pieces_and_differs_by_what_is_substantive() {
        let of = |natures: &[Nature]| {
            let difference = |nature: &Nature| Difference { ours: 0..1, theirs: 2..3, nature: nature.clone() };
            let differences = natures.iter().map(difference).collect();
            Comparison { pieces: vec![2..4, 7..9], differences, ..Comparison::default() }
        };
        assert_eq!(of(&[]).span(), 2..9);
        assert_eq!(Comparison { pieces: vec![Range { start: 3, end: 5 }], ..Comparison::default() }.span(), 3..5);
        assert_eq!(Comparison::default().span(), 0..0);
        assert!(!of(&[]).differs() && !of(&[Nature::Free, Nature::Remark(Flag::NearSpelling)]).differs());
        assert!(of(&[Nature::Free, Nature::Substantive(vec![Flag::Word])]).differs());
    }
}
