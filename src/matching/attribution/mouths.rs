//! Mouths: whether the pieces of a quotation come out of one.

use std::ops::Range;

use super::clause::{is_saying_at, says};
use super::label::{self, Label};
use super::quoted::{around, clause_around, quoted_spans};
use super::{is_caseless, view};
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;

/// Whether pieces of a quotation come out of two mouths: out of turns with different labels, or out of quotation marks that
/// the page attributes to different people.
pub(in crate::matching) fn two_mouths(pieces: &[Range<usize>], index: &Index<'_>) -> bool {
    let mouths: Vec<Mouth> = pieces.iter().filter_map(|piece| mouth(piece.start, index)).collect();
    mouths.windows(2).any(|pair| {
        pair[0].stretch != pair[1].stretch
            && match (&pair[0].label, &pair[1].label) {
                (Some(first), Some(second)) => first != second,
                _ => {
                    let (first, second) = (&pair[0].names, &pair[1].names);
                    !first.is_empty() && !second.is_empty() && !first.iter().any(|name| second.contains(name))
                }
            }
    })
}

/// Whether one piece stands in a question of its own paragraph and a later one in another: a question and its answer.
pub(in crate::matching) fn question_and_answer(pieces: &[Range<usize>], index: &Index<'_>) -> bool {
    pieces.windows(2).any(|pair| {
        let (first, second) = (index.block_of(pair[0].start), index.block_of(pair[1].start));
        let own = index.block_tokens(first);
        first != second
            && own.end > pair[0].end
            && index.form(own.end - 1) == "?"
            && (pair[0].end..own.end)
                .all(|at| at == pair[0].end || !index.tokens()[at].has(bits::SENTENCE) || index.form(at) == "?")
            && quoted_spans(first, index).is_empty()
    })
}

struct Mouth {
    stretch: u32,
    label: Option<Label>,
    names: Vec<String>,
}

fn mouth(at: usize, index: &Index<'_>) -> Option<Mouth> {
    let block = index.block_of(at);
    let quoted = quoted_spans(block, index);
    let here = around(at, quoted, index);
    let Some(here) = here.first() else {
        let label = label::of_block(block, index)?;
        return Some(Mouth {
            stretch: index.document().blocks[block].range.start,
            label: Some(label),
            names: Vec::new(),
        });
    };
    let clause = clause_around(here, quoted, block, index);
    let view = view(&clause, index);
    let mut names: Vec<String> =
        view.speaking().into_iter().flatten().map(|at| index.key(clause.tokens[at]).to_owned()).collect();
    if names.is_empty() && is_caseless(&clause.tokens, index) && says(&clause.tokens, index) {
        names = content_keys(&clause.tokens, index);
    }
    Some(Mouth { stretch: here.range.start, label: None, names })
}

/// Who is named with a passage; empty where nobody is, or where it is not quoted.
pub(in crate::matching) fn named_with(span: &Range<usize>, index: &Index<'_>) -> Vec<String> {
    mouth(span.start, index).map_or_else(Vec::new, |mouth| mouth.names)
}

fn content_keys(clause: &[usize], index: &Index<'_>) -> Vec<String> {
    clause
        .iter()
        .filter(|at| !is_saying_at(**at, index))
        .map(|at| index.key(*at))
        .filter(|key| {
            // Hindi marks whoever speaks by a word of its own.
            !lexicon::is_stop_word(key)
                && !matches!(*key, "说" | "說" | "道" | "指" | "出" | "表" | "示" | "述" | "べ" | "ね" | "ने")
        })
        .map(str::to_owned)
        .collect()
}
