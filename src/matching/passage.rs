//! Passages: a range of tokens as the finding names it.

use std::ops::Range;

use super::index::Index;
use crate::model::evidence::Passage;
use crate::model::{TextRange, Where, Zone};

/// A passage over a range of tokens.
pub(super) fn passage_at(span: &Range<usize>, parts: Vec<TextRange>, index: &Index<'_>) -> Passage {
    let range = index.range(span.clone());
    let block = index.document().blocks.get(index.block_of(span.start));
    Passage {
        range,
        parts: if parts.is_empty() { vec![range] } else { parts },
        place: block.map_or(Where::Body, |block| block.zone.place()),
        zone: block.map_or(Zone::Paragraph, |block| block.zone),
        page: block.and_then(|block| block.page),
        time: block.and_then(|block| block.time.clone()),
    }
}
