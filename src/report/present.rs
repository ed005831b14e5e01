//! A [`Finding`] → the same at the outer edge: byte ranges become code points, and the passage gets its surroundings.
//!
//! What comes out no longer needs its document. Every text is the source's own wording, taken from the document
//! and never from a folded view. Ranges that do not fit the document are clipped to it.

use std::ops::Range;
use std::sync::Arc;

use crate::model::report::{ChangeReport, PassageReport};
use crate::model::{Change, Document, Finding, Passage, PointTable, Seen, TextRange};

use super::fragment::Visible;

/// How many code points of context stand before and after a passage.
const CONTEXT: usize = 160;

/// How many code points may be given up to begin or end the context between two words.
const WORD_SEARCH: usize = 24;

/// Below this many code points of context in its own block, a passage borrows from the neighbouring block.
const ENOUGH: usize = 40;

/// Converts one finding. With many findings of one document, [`seen_at`] counts its code points only once.
pub fn seen(document: &Document, finding: &Finding, check_text: &str, sketch: Arc<[u64; 16]>) -> Seen {
    seen_at(document, &PointTable::new(&document.text), &Visible::new(document), finding, check_text, sketch)
}

/// Converts one finding with a table and a visible text that were built for `document` before.
pub fn seen_at(
    document: &Document,
    points: &PointTable<'_>,
    visible: &Visible<'_>,
    finding: &Finding,
    check_text: &str,
    sketch: Arc<[u64; 16]>,
) -> Seen {
    let report = |passage: &Passage| passage_report(document, points, visible, passage);
    let check_points = PointTable::new(check_text);
    Seen {
        verdict: finding.verdict,
        score: finding.score,
        passage: finding.passage.as_ref().map(report).map(Box::new),
        also: finding.also.iter().map(report).collect(),
        changes: finding.changes.iter().map(|change| change_report(points, &check_points, change)).collect(),
        flags: finding.flags.clone(),
        detail: finding.detail.clone(),
        unchecked: finding.unchecked.clone(),
        sketch,
    }
}

fn change_report(points: &PointTable<'_>, check_points: &PointTable<'_>, change: &Change) -> ChangeReport {
    let inside = |table: &PointTable<'_>, range: TextRange| table.text().get(range.span()).map(|_| table.range(range));
    ChangeReport {
        quote: change.quote.clone(),
        source: change.source.clone(),
        flag: change.flag,
        quote_at: change.ours.and_then(|range| inside(check_points, range)),
        source_at: change.at.and_then(|range| inside(points, range)),
    }
}

fn passage_report(
    document: &Document,
    points: &PointTable<'_>,
    visible: &Visible<'_>,
    passage: &Passage,
) -> PassageReport {
    let text = &*document.text;
    let span = clip(text, passage.range);
    let edge = |span: &Range<usize>| [points.point(span.start), points.point(span.end)];
    let [start, end] = edge(&span);
    PassageReport {
        text: text[span.clone()].to_owned(),
        before: before(document, span.start).to_owned(),
        after: after(document, span.end).to_owned(),
        start,
        end,
        parts: passage.parts.iter().map(|part| edge(&clip(text, *part))).collect(),
        place: passage.place,
        zone: passage.zone,
        page: passage.page,
        time: passage.time.clone(),
        fragment: visible.fragment(TextRange::new(span.start, span.end)).map(tight),
    }
}

/// A text that grew while it was written, without the room that it has left: a report holds many of them.
fn tight(mut text: String) -> String {
    text.shrink_to_fit();
    text
}

/// Brings a range onto character boundaries inside the text.
fn clip(text: &str, range: TextRange) -> Range<usize> {
    let floor = |offset: u32| {
        let mut byte = (offset as usize).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

/// The text before `at`: from its own block, and from the one before where there is little.
fn before(document: &Document, at: usize) -> &str {
    let text = &*document.text;
    let own = document.blocks.partition_point(|block| block.range.start as usize <= at).checked_sub(1);
    let Some(own) = own.filter(|&own| document.blocks[own].range.end as usize >= at) else {
        return text.get(at..at).unwrap_or_default();
    };
    let block = &document.blocks[own];
    let neighbour = own.checked_sub(1).map(|index| &document.blocks[index]);
    let short = text.get(block.range.start as usize..at).is_none_or(|own| own.chars().take(ENOUGH).count() < ENOUGH);
    let from = match neighbour {
        Some(neighbour) if short && neighbour.zone.place() == block.zone.place() => neighbour.range.start,
        _ => block.range.start,
    };
    last_words(text.get(from as usize..at).unwrap_or_default())
}

/// The text after `at`: from its own block, and from the next where there is little.
fn after(document: &Document, at: usize) -> &str {
    let text = &*document.text;
    let own = document.blocks.partition_point(|block| (block.range.end as usize) < at);
    let Some(block) = document.blocks.get(own).filter(|block| block.range.start as usize <= at) else {
        return text.get(at..at).unwrap_or_default();
    };
    let neighbour = document.blocks.get(own + 1);
    let short = text.get(at..block.range.end as usize).is_none_or(|own| own.chars().take(ENOUGH).count() < ENOUGH);
    let to = match neighbour {
        Some(neighbour) if short && neighbour.zone.place() == block.zone.place() => neighbour.range.end,
        _ => block.range.end,
    };
    first_words(text.get(at..to as usize).unwrap_or_default())
}

/// The end of a text, beginning between two words where one begins nearby.
fn last_words(text: &str) -> &str {
    let Some((cut, _)) = text.char_indices().rev().nth(CONTEXT - 1).filter(|(cut, _)| *cut > 0) else { return text };
    let tail = &text[cut..];
    if text[..cut].ends_with(char::is_whitespace) {
        return tail.trim_start();
    }
    let word = tail.char_indices().take(WORD_SEARCH).find(|(_, c)| c.is_whitespace());
    word.map_or(tail, |(at, _)| tail[at..].trim_start())
}

/// The beginning of a text, ending between two words where one ends nearby.
fn first_words(text: &str) -> &str {
    let Some((cut, _)) = text.char_indices().nth(CONTEXT) else { return text };
    let head = &text[..cut];
    if text[cut..].starts_with(char::is_whitespace) {
        return head.trim_end();
    }
    let word = head.char_indices().rev().take(WORD_SEARCH).find(|(_, c)| c.is_whitespace());
    word.map_or(head, |(at, _)| head[..at].trim_end())
}

#[cfg(test)]
mod tests;
