//! Edges: whether a quotation's edge cuts a number, with its sign, scale and unit, or a word.

use std::ops::Range;

use crate::matching::comparison::Comparison;
use crate::matching::fold::{self, Kind, bits};
use crate::matching::index::Index;
use crate::matching::query::{Element, Query};
use crate::matching::terms;
use crate::model::Flag;

pub(super) fn edges(
    span: &Range<usize>,
    comparison: &Comparison,
    query: &Query,
    index: &Index<'_>,
    flags: &mut Vec<Flag>,
) {
    let tokens = index.tokens();
    let words: Vec<usize> = query
        .elements
        .iter()
        .filter_map(|element| if let Element::Word(word) = element { Some(*word) } else { None })
        .collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let begins_with_word = matches!(query.elements.first(), Some(Element::Word(_)));
    let ends_with_word = matches!(query.elements.last(), Some(Element::Word(_)));
    let edited_edge = |word: usize, at: usize| {
        comparison
            .differences
            .iter()
            .any(|difference| difference.ours.contains(&word) || difference.theirs.contains(&at))
    };
    let cut = |at: usize| if tokens[at].kind == Kind::Number { Flag::CutsNumber } else { Flag::CutsWord };
    if begins_with_word && !edited_edge(*first, span.start) {
        let (word, form) = (&query.words[*first].text, index.form(span.start));
        if form.len() > word.len() && form.ends_with(word.as_str()) {
            flags.push(cut(span.start));
        }
        // A sign or currency that belongs to the number.
        if let Some(before) = span.start.checked_sub(1)
            && tokens[span.start].kind == Kind::Number
            && tokens[before].kind == Kind::Sign
            && tokens[span.start].bits & bits::ADJACENT != 0
            && index.form(before).chars().all(|c| matches!(c, '-' | '+' | '<' | '>') || fold::is_currency(c))
        {
            flags.push(Flag::CutsNumber);
        }
        // `minus 12`, `twenty-seven`, `one hundred and forty`: a number in words goes on before the edge.
        if let Some(before) = span.start.checked_sub(1)
            && tokens[span.start].bits & bits::SENTENCE == 0
            && (tokens[span.start].kind == Kind::Number && index.key(before) == "minus"
                || tokens[span.start].bits & bits::HYPHEN != 0
                    && terms::number_word(index.key(before)).is_some()
                    && terms::number_word(index.key(span.start)).is_some())
        {
            flags.push(Flag::CutsNumber);
        }
        // `non-lethal`, `anti-war`, `ex-president`: the prefix turns the word.
        if let Some(before) = span.start.checked_sub(1)
            && tokens[span.start].bits & bits::HYPHEN != 0
            && matches!(index.key(before), "non" | "anti" | "un" | "ex" | "pseudo" | "quasi" | "counter" | "nicht")
        {
            flags.push(Flag::CutsWord);
        }
        // The scale or number that the first word belongs to: `five | hundred`.
        if let Some(before) = span.start.checked_sub(1)
            && tokens[before].kind == Kind::Number
            && tokens[span.start].kind == Kind::Word
            && tokens[span.start].bits & bits::BREAK == 0
            && terms::scale(index.key(span.start)).is_some()
        {
            flags.push(Flag::CutsNumber);
        }
    }
    if ends_with_word && !edited_edge(*last, span.end - 1) {
        let at = span.end - 1;
        let (word, form) = (&query.words[*last].text, index.form(at));
        if form.len() > word.len() && form.starts_with(word.as_str()) {
            flags.push(cut(at));
        }
        if let Some(after) = tokens.get(span.end)
            && index.block_of(at) == index.block_of(span.end)
            && after.bits & bits::SENTENCE == 0
        {
            let key = index.key(span.end);
            // `one | metre` may be any, `one | million` is a number.
            let least = if terms::scale(key).is_some() { 1 } else { 2 };
            let numeric = tokens[at].kind == Kind::Number
                || terms::number_word(index.key(at)).is_some_and(|value| value >= least);
            if numeric && after.bits & bits::PAUSE == 0 {
                let unit = terms::scale(key).is_some()
                    || terms::unit(key).is_some()
                    || after.kind == Kind::Sign && matches!(index.form(span.end), "%" | "‰" | "°");
                let per_cent = key == "per"
                    && index
                        .tokens()
                        .get(span.end + 1)
                        .is_some_and(|_| matches!(index.key(span.end + 1), "cent" | "cents"));
                let spaced_thousands = after.kind == Kind::Number
                    && index.form(span.end).len() == 3
                    && tokens[at].kind == Kind::Number
                    && index.form(at).len() <= 3;
                if unit || per_cent || spaced_thousands {
                    flags.push(Flag::CutsNumber);
                }
            }
            // `can | 't`
            if after.bits & bits::APOSTROPHE != 0 && matches!(key, "t") {
                flags.push(Flag::CutsWord);
            }
        }
    }
}
