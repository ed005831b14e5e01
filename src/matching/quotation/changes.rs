//! Passages and changes: where a comparison stands, and every difference in the order of the quotation.

use std::ops::Range;

use crate::matching::comparison::{Comparison, Nature};
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::passage::passage_at;
use crate::matching::query::{Element, Query};
use crate::model::TextRange;
use crate::model::evidence::{Change, Passage};

/// The passage that a comparison stands on.
pub(super) fn passage(comparison: &Comparison, index: &Index<'_>) -> Passage {
    let span = comparison.span();
    let mut parts: Vec<TextRange> = Vec::new();
    for piece in &comparison.pieces {
        let range = index.range(piece.clone());
        match parts.last_mut() {
            Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
            _ => parts.push(range),
        }
    }
    passage_at(&span, parts, index)
}

/// Every difference as a change, in the order of the quotation.
pub(super) fn changes(comparison: &Comparison, query: &Query, text: &str, index: &Index<'_>) -> Vec<Change> {
    comparison
        .differences
        .iter()
        .map(|difference| {
            let ours = ours(&difference.ours, query);
            let at = index.range(difference.theirs.clone());
            Change {
                quote: ours.map_or(String::new(), |range| text[range.span()].to_owned()),
                source: index.document().slice(at).to_owned(),
                at: Some(at),
                ours,
                flag: match &difference.nature {
                    Nature::Free => None,
                    Nature::Remark(flag) => Some(*flag),
                    Nature::Substantive(flags) => flags.first().copied(),
                },
            }
        })
        .collect()
}

fn ours(words: &Range<usize>, query: &Query) -> Option<TextRange> {
    let words = query.words.get(words.clone())?;
    Some(TextRange::new(words.first()?.start, words.last()?.end))
}

/// What marks of editing stand for.
pub(super) fn mark_changes(comparison: &Comparison, query: &Query, text: &str, index: &Index<'_>) -> Vec<Change> {
    let mut joints = joints(query, text);
    comparison
        .marks
        .iter()
        .filter_map(|mark| {
            let joint = if mark.mark == Element::Joint { joints.next() } else { None };
            (!mark.tokens.is_empty()).then_some((mark, joint.flatten()))
        })
        .map(|(mark, joint)| {
            let at = index.range(mark.tokens.clone());
            let ours = if let Element::Bracket(words) = &mark.mark { ours(words, query) } else { None };
            let quote = match (&mark.mark, ours) {
                (Element::Bracket(_), Some(range)) => format!("[{}]", &text[range.span()]),
                _ => joint.unwrap_or("…").to_owned(),
            };
            Change { quote, source: index.document().slice(at).to_owned(), at: Some(at), ours, flag: None }
        })
        .collect()
}

/// What the quotation itself has at each joint, in order: `.` where `A. B.` leaves an attribution out without a mark; nothing
/// where two fragments meet, which the report joins by an ellipsis.
fn joints<'t>(query: &Query, text: &'t str) -> impl Iterator<Item = Option<&'t str>> {
    query.elements.windows(3).filter(|three| three[1] == Element::Joint).map(move |three| {
        let (Element::Word(before), Element::Word(after)) = (&three[0], &three[2]) else { return None };
        let own = text.get(query.words[*before].end..query.words[*after].start)?.trim();
        (!own.contains(['…', '”', '“', '"', '«', '»'])).then_some(own)
    })
}

/// Commas, semicolons, colons and full stops inside the quotation that differ.
pub(super) fn punctuation(comparison: &Comparison, query: &Query, text: &str, index: &Index<'_>) -> Vec<Change> {
    const POINTS: [char; 4] = [',', ';', ':', '.'];
    let mut changes = Vec::new();
    if !comparison.differences.is_empty() {
        return changes;
    }
    let mut pieces = comparison.pieces.iter();
    for piece in query.pieces() {
        if piece.words.is_empty() {
            continue;
        }
        let Some(tokens) = pieces.next() else { break };
        if tokens.len() != piece.words.len() {
            continue;
        }
        for (offset, pair) in piece.words.windows(2).enumerate() {
            let (left, right) = (&query.words[pair[0]], &query.words[pair[1]]);
            if left.end >= right.start {
                continue;
            }
            let at = tokens.start + offset + 1;
            if index.tokens()[at].bits & bits::SENTENCE == 0
                && index.tokens()[at].bits & bits::PAUSE == 0
                && right.bits & bits::BREAK == 0
            {
                continue;
            }
            let points = |gap: &str| -> String {
                gap.chars()
                    .map(|c| match c {
                        '，' | '、' => ',',
                        '。' => '.',
                        '：' => ':',
                        '；' => ';',
                        c => c,
                    })
                    .filter(|c| POINTS.contains(c))
                    .collect()
            };
            let (ours, theirs) = (points(&text[left.end..right.start]), points(index.gap_before(at)));
            if ours != theirs {
                let before = index.tokens()[at - 1].end;
                changes.push(Change {
                    quote: ours,
                    source: theirs,
                    at: Some(TextRange { start: before, end: index.tokens()[at].start }),
                    ours: Some(TextRange::new(left.end, right.start)),
                    flag: None,
                });
            }
        }
    }
    changes
}
