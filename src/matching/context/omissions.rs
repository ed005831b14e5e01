//! Omissions: what an ellipsis swallows and what a bracket stands for.

use std::ops::Range;

use super::bracket::is_replaced;
use super::condition::is_condition;
use super::frames::omits_doubt;
use super::limits;
use super::negation::{is_idiom, is_negation_at};
use crate::matching::attribution::language;
use crate::matching::comparison::Comparison;
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::query::{Element, Query};
use crate::model::Flag;

pub(super) fn marks(comparison: &Comparison, query: &Query, index: &Index<'_>, flags: &mut Vec<Flag>) {
    let tokens = index.tokens();
    let language = language(index);
    let place = |at: usize| index.document().blocks.get(index.block_of(at)).map(|block| block.zone.place());
    for mark in &comparison.marks {
        match &mark.mark {
            Element::Gap | Element::Joint if !mark.tokens.is_empty() => {
                for at in of_the_sentences(&mark.tokens, index) {
                    if is_condition(at, language, index) {
                        flags.push(Flag::Conditional);
                    }
                    if doubts_aside(at, &mark.tokens, language, index) {
                        flags.push(Flag::HedgeDropped);
                    }
                }
                if omits_negation_in_characters(&mark.tokens, language, index) {
                    flags.push(Flag::OmitsNegation);
                }
                for at in belonging(&mark.tokens, index) {
                    let key = index.key(at);
                    if is_negation_at(at, index) && !is_idiom(at, index) {
                        flags.push(Flag::OmitsNegation);
                    } else if is_condition(at, language, index) {
                        flags.push(Flag::Conditional);
                    } else if lexicon::is_hedge(key)
                        // `in May` is no modal.
                        || is_hedging_modal(key) && tokens[at].bits & bits::CAPITAL == 0
                        || omits_doubt(at, mark.tokens.end, language, index).is_some()
                    {
                        flags.push(Flag::HedgeDropped);
                    } else if let Some(flag) = limits::omitted(at, &mark.tokens, language, index) {
                        flags.push(flag);
                    }
                }
                if answers_another(&mark.tokens, index) {
                    flags.push(Flag::OmitsNegation);
                }
                let crosses = (mark.tokens.start + 1..=mark.tokens.end)
                    .any(|at| tokens.get(at).is_some_and(|token| token.bits & bits::SENTENCE != 0));
                // What goes on in the middle of another sentence has lost the subject of that sentence.
                let starts_inside = tokens.get(mark.tokens.end).is_some_and(|token| token.bits & bits::SENTENCE == 0);
                if crosses && (starts_inside || ends_open(mark.tokens.start, index))
                    || swallows_subject(&mark.tokens, index)
                    || place(mark.tokens.start.saturating_sub(1)) != place(mark.tokens.end.min(tokens.len() - 1))
                {
                    flags.push(Flag::Joined);
                }
            }
            Element::Bracket(words) if is_replaced(&mark.tokens, words.clone(), query, comparison, index) => {
                flags.push(Flag::Replaced);
            }
            _ => {}
        }
    }
}

/// `Мост, вероятно, безопасен`: a word of doubt between two pauses is no parenthesis that may go.
fn doubts_aside(at: usize, omitted: &Range<usize>, language: &str, index: &Index<'_>) -> bool {
    let pauses = |at: usize| index.tokens().get(at).is_some_and(|token| token.bits & bits::PAUSE != 0);
    let length = if lexicon::is_hedge(index.key(at)) { Some(1) } else { omits_doubt(at, omitted.end, language, index) };
    length.is_some_and(|length| pauses(at) && pauses(at + length))
}

/// Whether an omission begins or ends with a negation of a script without spaces, of more than one character.
fn omits_negation_in_characters(omitted: &Range<usize>, language: &str, index: &Index<'_>) -> bool {
    let words: &[&str] = match language {
        "th" => &["ไม่", "มิได้"],
        "ja" => &["ない", "なかった", "ません", "なく"],
        _ => return false,
    };
    // At its edges: what it negates in between goes with it.
    let text = index.document().slice(index.range(omitted.clone())).trim_matches(['。', '、', ' ']);
    words.iter().any(|word| text.starts_with(word) || text.ends_with(word))
}

/// Whether the piece before an omission stops in the middle of its clause: `We were … poor` of `We were rich. Poor people …`.
fn ends_open(omitted: usize, index: &Index<'_>) -> bool {
    let Some(last) = omitted.checked_sub(1) else { return false };
    let open = matches!(
        index.key(last),
        "is" | "are"
            | "was"
            | "were"
            | "am"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "the"
            | "a"
            | "an"
            | "ist"
            | "sind"
            | "war"
            | "waren"
            | "der"
            | "die"
            | "das"
            | "ein"
            | "eine"
            | "est"
            | "sont"
            | "etait"
            | "le"
            | "la"
            | "les"
            | "un"
            | "une"
            | "es"
            | "son"
            | "era"
            | "el"
            | "los"
            | "las"
            | "una"
            | "e"
            | "sono"
            | "il"
            | "lo"
    );
    open && index.tokens().get(omitted).is_some_and(|token| token.bits & bits::BREAK == 0)
}

/// `Do I regret it? … Every day` of `Do I regret it? Not for a second. … Every day`: the answer that is left out says no.
fn answers_another(omitted: &Range<usize>, index: &Index<'_>) -> bool {
    let asked = omitted.start.checked_sub(1).is_some_and(|before| matches!(index.form(before), "?" | "？" | "؟"));
    asked && omitted.clone().take(2).any(|at| is_negation_at(at, index) && !is_idiom(at, index))
}

fn is_hedging_modal(key: &str) -> bool {
    matches!(
        key,
        "may"
            | "might"
            | "could"
            | "can"
            | "should"
            | "would"
            | "konnte"
            | "konnten"
            | "sollte"
            | "durfte"
            | "pourrait"
            | "podria"
            | "poderia"
            | "potrebbe"
            | "может"
            | "могут"
            | "moze"
            | "muze"
    )
}

/// What of an omission stands in the sentences of the pieces around it.
fn of_the_sentences(omitted: &Range<usize>, index: &Index<'_>) -> Vec<usize> {
    let tokens = index.tokens();
    let starts = |at: usize| tokens.get(at).is_some_and(|token| token.bits & bits::SENTENCE != 0);
    let first = omitted.clone().take_while(|at| !starts(*at)).count();
    let last = if starts(omitted.end) { 0 } else { omitted.clone().rev().take_while(|at| !starts(at + 1)).count() };
    omitted.clone().filter(|at| at - omitted.start < first || omitted.end - at <= last).collect()
}

/// Whether an omission ends with the subject of the words behind it: `The city … has stolen` of `The city has paid, and
/// the contractor has stolen`.
fn swallows_subject(omitted: &Range<usize>, index: &Index<'_>) -> bool {
    let tokens = index.tokens();
    let finite = tokens.get(omitted.end).is_some_and(|token| {
        token.bits & bits::BREAK == 0
            && matches!(
                index.key(omitted.end),
                "has"
                    | "have"
                    | "had"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "must"
                    | "should"
                    | "did"
                    | "does"
                    | "hat"
                    | "haben"
                    | "ist"
                    | "sind"
                    | "wird"
                    | "werden"
                    | "a"
                    | "ont"
                    | "est"
                    | "sont"
                    | "ha"
                    | "han"
                    | "es"
                    | "son"
            )
    });
    let conjunction = omitted.clone().rev().take(6).find(|at| {
        matches!(index.key(*at), "and" | "but" | "while" | "und" | "aber" | "et" | "mais" | "y" | "pero" | "e" | "ma")
    });
    match conjunction {
        Some(at) if finite => {
            // A noun phrase of its own stands between the conjunction and the verb; `and in the autumn | has grown` has none.
            let of_another = |at: usize| lexicon::is_preposition(index.key(at), language(index));
            let subject = at + 1..omitted.end;
            subject.clone().filter(|at| !of_another(at - 1)).any(|at| {
                matches!(
                    index.key(at),
                    "the"
                        | "a"
                        | "an"
                        | "his"
                        | "her"
                        | "their"
                        | "our"
                        | "der"
                        | "die"
                        | "das"
                        | "le"
                        | "la"
                        | "les"
                        | "el"
                        | "los"
                        | "las"
                        | "il"
                        | "i"
                ) || lexicon::is_pronoun(index.key(at))
                    || tokens[at].bits & bits::CAPITAL != 0
            })
        }
        _ => false,
    }
}

/// What of an omission belongs to the clauses that are quoted: up to the first pause, and from the last one on. What
/// stands between two pauses is a parenthesis and may go.
fn belonging(omitted: &Range<usize>, index: &Index<'_>) -> Vec<usize> {
    let tokens = index.tokens();
    let stops = |at: usize| tokens.get(at).is_some_and(|token| token.bits & bits::BREAK != 0);
    let mut left: Vec<usize> = Vec::new();
    if !stops(omitted.start) {
        left.extend(omitted.clone().take_while(|at| *at == omitted.start || !stops(*at)));
    }
    if !stops(omitted.end) {
        let from = omitted.clone().rev().find(|at| stops(*at)).unwrap_or(omitted.start);
        left.extend(from..omitted.end);
    }
    left.sort_unstable();
    left.dedup();
    left
}
