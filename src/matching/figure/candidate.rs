//! Candidates: the figures of a document that could be the claimed one, each with what stands around it.

use std::ops::Range;

use super::compare::Relation;
use super::thing::{Stand, Thing};
use crate::matching::index::Index;
use crate::matching::passage::passage_at;
use crate::model::evidence::Passage;
use crate::model::figure::Figure;
use crate::model::{TextRange, Where};

/// Tokens on either side beyond which a sentence is not followed: a page may be one sentence.
const SENTENCE_REACH: usize = 120;

/// A comparable figure of the document.
pub(super) struct Candidate {
    pub(super) figure: Figure,
    pub(super) tokens: Range<usize>,
    pub(super) sentence: Range<usize>,
    pub(super) relation: Relation,
    /// Share of the statement's weight that stands around it.
    pub(super) context: f32,
    /// How well its immediate neighbours are the statement's.
    pub(super) slot: f32,
    pub(super) place: Where,
    /// What it counts, and how that stands to the claim's; only of the best.
    pub(super) thing: Option<Thing>,
    pub(super) stand: Stand,
}

impl Candidate {
    pub(super) fn fit(&self) -> f32 {
        let place = if self.place == Where::Body { 0.0 } else { 0.02 };
        0.6 * self.context + 0.4 * self.slot - place
    }

    pub(super) fn is_carried(&self) -> bool {
        matches!(self.relation, Relation::Carried(_))
    }
}

/// The tokens of a figure, also where it begins or ends inside one.
pub(super) fn tokens_of(figure: &Figure, index: &Index<'_>) -> Range<usize> {
    let tokens = index.tokens();
    let start = tokens.partition_point(|token| token.end <= figure.range.start);
    let end = tokens.partition_point(|token| token.start < figure.range.end).max(start + 1);
    start..end.min(tokens.len())
}

/// The sentence around a figure, as far as it is near. `last` is the whole sentence of the figure before, and becomes this
/// one's: a page may be one sentence, and is followed once.
pub(super) fn sentence_of(tokens: &Range<usize>, last: &mut Range<usize>, index: &Index<'_>) -> Range<usize> {
    if tokens.start < last.start || tokens.end > last.end {
        *last = index.sentence(tokens);
    }
    last.start.max(tokens.start.saturating_sub(SENTENCE_REACH))..last.end.min(tokens.end + SENTENCE_REACH)
}

/// A figure with the words of its bound.
pub(super) fn bounded(figure: &Figure) -> TextRange {
    match figure.bound_at {
        Some(at) => TextRange { start: at.start.min(figure.range.start), end: at.end.max(figure.range.end) },
        None => figure.range,
    }
}

/// The sentence around a figure; its parts are the figure with its bound.
pub(super) fn passage(candidate: &Candidate, index: &Index<'_>) -> Passage {
    passage_at(&candidate.sentence, vec![bounded(&candidate.figure)], index)
}
