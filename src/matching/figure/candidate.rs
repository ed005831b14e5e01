//! Candidates: the figures of a document that could be the claimed one, each with what stands around it.

use std::ops::Range;

use super::compare::Relation;
use crate::matching::index::Index;
use crate::matching::passage::passage_at;
use crate::model::evidence::Passage;
use crate::model::figure::Figure;
use crate::model::{TextRange, Where};

/// A comparable figure of the document.
pub(super) struct Candidate<'i> {
    pub(super) figure: &'i Figure,
    pub(super) tokens: Range<usize>,
    pub(super) sentence: Range<usize>,
    pub(super) relation: Relation,
    /// Share of the statement's weight that stands around it.
    pub(super) context: f32,
    /// How well its immediate neighbours are the statement's.
    pub(super) slot: f32,
    pub(super) place: Where,
}

impl Candidate<'_> {
    pub(super) fn fit(&self) -> f32 {
        let place = if self.place == Where::Body { 0.0 } else { 0.02 };
        0.6 * self.context + 0.4 * self.slot - place
    }
}

/// A figure with the words of its bound.
pub(super) fn bounded(figure: &Figure) -> TextRange {
    match figure.bound_at {
        Some(at) => TextRange { start: at.start.min(figure.range.start), end: at.end.max(figure.range.end) },
        None => figure.range,
    }
}

/// The sentence around a figure; its parts are the figure with its bound.
pub(super) fn passage(candidate: &Candidate<'_>, index: &Index<'_>) -> Passage {
    passage_at(&candidate.sentence, vec![bounded(candidate.figure)], index)
}
