//! Extents: which sentences stand around an attribution, and which of their words are its statement.

use std::ops::Range;

use super::inside;
use super::speech::{Attribution, Paragraph};
use crate::model::TextRange;

/// The sentences that an attribution touches, from the first to the last.
pub(super) fn around(text: &str, attribution: &Attribution, paragraphs: &[Paragraph]) -> TextRange {
    let parts = attribution.content.iter().chain(&attribution.source).chain(&attribution.cue);
    let mut around: Option<TextRange> = None;
    for part in parts {
        // Content may run on into later paragraphs; source and cue never stand in others.
        let at = paragraphs.partition_point(|paragraph| paragraph.range.end <= part.start);
        let Some(paragraph) = paragraphs.get(at) else { continue };
        if at < attribution.paragraph {
            continue;
        }
        let begin = |sentence: &Range<usize>| paragraph.tokens.get(sentence.start).map_or(0, |token| token.range.start);
        let from = paragraph.sentences.partition_point(|sentence| begin(sentence) <= part.start).saturating_sub(1);
        for sentence in paragraph.sentences[from..].iter().take_while(|sentence| begin(sentence) < part.end) {
            let tokens = &paragraph.tokens[sentence.clone()];
            if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
                let range = TextRange { start: first.range.start, end: last.range.end };
                if range.overlaps(*part) {
                    around = Some(around.map_or(range, |around| TextRange {
                        start: around.start.min(range.start),
                        end: around.end.max(range.end),
                    }));
                }
            }
        }
    }
    let _ = text;
    around.or_else(|| attribution.content.first().copied()).unwrap_or_default()
}

/// The statement of an attribution: its sentences, unless others share them or they state figures that are not its own;
/// then its own clause.
pub(super) fn statement(
    text: &str,
    number: usize,
    attributions: &[Attribution],
    around: TextRange,
    foreign: bool,
) -> TextRange {
    let own = &attributions[number];
    let shared =
        attributions.iter().enumerate().skip(number.saturating_sub(8)).take(17).any(|(other, attribution)| {
            other != number && attribution.content.iter().any(|piece| piece.overlaps(around))
        });
    if !shared && !foreign {
        return around;
    }
    let mut range = own.content[0];
    for part in own.content.iter().chain(&own.source).chain(&own.cue).filter(|part| inside(**part, around)) {
        range = TextRange { start: range.start.min(part.start), end: range.end.max(part.end) };
    }
    // A subject far away, with other words between, does not belong to the clause.
    if let Some(source) = own.source
        && attributions.iter().enumerate().any(|(other, attribution)| {
            other != number
                && attribution.content.iter().any(|piece| {
                    piece.start >= source.start.min(range.start)
                        && piece.end <= range.end
                        && source.end <= piece.start
                        && own.content.iter().all(|own| own.start >= piece.end)
                })
        })
    {
        let mut clause = own.content[0];
        for part in own.content.iter().chain(&own.cue) {
            clause = TextRange { start: clause.start.min(part.start), end: clause.end.max(part.end) };
        }
        range = clause;
    }
    // The mark that ends the sentence goes with its last clause.
    let rest = &text[range.end as usize..around.end.max(range.end) as usize];
    if rest.trim().chars().all(|c| matches!(c, '.' | '!' | '?')) {
        range.end = around.end.max(range.end);
    }
    range
}

/// Whether what is attributed is one word in marks that only names something.
pub(super) fn is_mention(text: &str, attribution: &Attribution, paragraph: &Paragraph) -> bool {
    attribution.content.len() == 1
        && attribution.cue.is_none()
        && attribution.quoted
        && text[attribution.content[0].span()].split_whitespace().count() < 2
        && paragraph.sentences.len() > 1
}
