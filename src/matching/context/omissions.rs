//! Omissions: what an ellipsis swallows and what a bracket stands for.

use std::ops::Range;

use super::carriers::{CONDITIONS, is_foreign_condition};
use super::negation::{is_idiom, is_negation_at};
use crate::matching::comparison::Comparison;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::query::{Element, Query};
use crate::matching::terms;
use crate::model::Flag;

pub(super) fn marks(comparison: &Comparison, query: &Query, index: &Index<'_>, flags: &mut Vec<Flag>) {
    let tokens = index.tokens();
    let place = |at: usize| index.document().blocks.get(index.block_of(at)).map(|block| block.zone.place());
    for mark in &comparison.marks {
        match &mark.mark {
            Element::Gap | Element::Joint if !mark.tokens.is_empty() => {
                for at in of_the_sentences(&mark.tokens, index) {
                    if CONDITIONS.contains(&index.key(at)) && !is_foreign_condition(index.key(at), index) {
                        flags.push(Flag::Conditional);
                    }
                }
                for at in belonging(&mark.tokens, index) {
                    let key = index.key(at);
                    if is_negation_at(at, index) && !is_idiom(at, index) {
                        flags.push(Flag::OmitsNegation);
                    } else if CONDITIONS.contains(&key) && !is_foreign_condition(key, index) {
                        flags.push(Flag::Conditional);
                    } else if lexicon::is_hedge(key) || is_hedging_modal(key) {
                        flags.push(Flag::HedgeDropped);
                    }
                }
                let crosses = (mark.tokens.start + 1..=mark.tokens.end)
                    .any(|at| tokens.get(at).is_some_and(|token| token.bits & bits::SENTENCE != 0));
                // What goes on in the middle of another sentence has lost the subject of that sentence.
                let starts_inside = tokens.get(mark.tokens.end).is_some_and(|token| token.bits & bits::SENTENCE == 0);
                if crosses && starts_inside
                    || swallows_subject(&mark.tokens, index)
                    || place(mark.tokens.start.saturating_sub(1)) != place(mark.tokens.end.min(tokens.len() - 1))
                {
                    flags.push(Flag::Joined);
                }
            }
            Element::Bracket(words) => bracket(&mark.tokens, words.clone(), query, comparison, index, flags),
            _ => {}
        }
    }
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
        token.bits & (bits::PAUSE | bits::SENTENCE) == 0
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
        Some(at) if finite && omitted.end - at >= 2 && at > omitted.start => {
            // A noun phrase of its own stands between the conjunction and the verb.
            let subject = at + 1..omitted.end;
            subject.clone().any(|at| {
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
    let stops = |at: usize| tokens.get(at).is_some_and(|token| token.bits & (bits::PAUSE | bits::SENTENCE) != 0);
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

/// What a bracket stands for, and whether a person must see it.
fn bracket(
    stands_for: &Range<usize>,
    words: Range<usize>,
    query: &Query,
    comparison: &Comparison,
    index: &Index<'_>,
    flags: &mut Vec<Flag>,
) {
    let tokens = index.tokens();
    let mut source = stands_for.clone();
    if source.is_empty() && comparison.pieces.first().is_some_and(|piece| piece.start == source.start) {
        // At the front edge a bracket stands for the beginning of the sentence, if that is short.
        let sentence = index.sentence(&(source.start..source.start + 1));
        if source.start - sentence.start <= 4 {
            source = sentence.start..source.start;
        }
    }
    if source.is_empty() {
        return;
    }
    let inner: Vec<&str> = query.words[words.clone()].iter().map(|word| word.key_text.as_str()).collect();
    let theirs: Vec<&str> = source.clone().map(|at| index.key(at)).collect();
    if inner == theirs {
        return;
    }
    let pronoun = theirs.iter().all(|key| lexicon::is_pronoun(key) || lexicon::is_stop_word(key))
        && theirs.iter().any(|key| lexicon::is_pronoun(key));
    let names: Vec<&str> = query.words[words]
        .iter()
        .filter(|word| word.bits & bits::CAPITAL != 0 && !lexicon::is_stop_word(&word.key_text))
        .map(|word| word.key_text.as_str())
        .collect();
    if pronoun && theirs.len() <= 3 {
        // The name must have been mentioned before, or it cannot be what the pronoun refers to.
        let mentioned = names.iter().all(|name| {
            let key = index.key_number(name);
            index.places(key).iter().any(|place| (*place as usize) < source.start)
        });
        if !names.is_empty() && !mentioned {
            flags.push(Flag::Replaced);
        }
        return;
    }
    let matters = source.clone().any(|at| {
        let token = &tokens[at];
        let name = token.kind == Kind::Word
            && token.bits & bits::CAPITAL != 0
            && token.bits & bits::SENTENCE == 0
            && !lexicon::is_stop_word(index.key(at));
        let shared = inner.contains(&index.key(at));
        !shared
            && (name
                || token.kind == Kind::Number
                || terms::number_word(index.key(at)).is_some()
                || is_negation_at(at, index))
    });
    if matters || source.len() > 6 {
        flags.push(Flag::Replaced);
    }
}
