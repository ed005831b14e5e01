//! Two quotations in one sentence: which of its clauses carries which.

use super::clause::{Clause, is_relative, says};
use super::name::{language, runs};
use super::shape::{self, is_contrast};
use crate::matching::index::Index;
use crate::matching::lexicon;

/// What stands before a quotation, from its own clause on: `“…,” Ruiz said, and | Lind said: “…”`. `behind_another` is whether
/// another quotation of the sentence stands before it.
pub(super) fn own_clause(ahead: Vec<usize>, behind_another: bool, index: &Index<'_>) -> Vec<usize> {
    // `Ruiz: The trustees say that “…”`: a label is no subject.
    let labelled = (1..ahead.len()).rev().find(|at| index.gap_before(ahead[*at]).contains([':', '：']));
    let labelled =
        labelled.filter(|at| says(&ahead[*at..], index) || shape::verb_ahead(&ahead[*at..], index).is_some());
    let ahead = labelled.map_or_else(|| ahead.clone(), |at| ahead[at..].to_vec());
    let clause = Clause { tokens: &ahead, verb: None, ahead: true, index };
    let cut = (1..ahead.len()).rev().find_map(|at| {
        // `Ruiz left, and | Lind said: “…”`
        let told = lexicon::is_conjunction(clause.key(at), language(index)) && tells(&ahead[..at], index);
        let start = begins_clause(at, behind_another || told, &clause)?;
        let another = || told && runs(&ahead[start..], index).first().is_some_and(|run| run.start <= TITLE);
        ((says(&ahead[..at], index) || another()) && carries(&ahead[start..], index)).then_some(start)
    });
    match cut {
        Some(start) => ahead[start..].to_vec(),
        None => ahead,
    }
}

/// What stands between two quotations, up to where the clause of the second one begins: `“…,” Ruiz said, | and Lind said: “…”`.
pub(super) fn before_next_clause(behind: Vec<usize>, index: &Index<'_>) -> Vec<usize> {
    let clause = Clause { tokens: &behind, verb: None, ahead: false, index };
    let cut = (1..behind.len()).find(|at| {
        begins_clause(*at, true, &clause).is_some_and(|start| carries(&behind[start..], index))
            && says(&behind[..*at], index)
    });
    match cut {
        Some(at) => behind[..at].to_vec(),
        None => behind,
    }
}

/// Where the clause begins that a pause or a conjunction at a position opens: at its subject, or at the name that a relative
/// pronoun means.
fn begins_clause(at: usize, behind_another: bool, clause: &Clause<'_>) -> Option<usize> {
    let language = language(clause.index);
    let key = clause.key(at);
    let pause = clause.pauses(at);
    if pause && is_relative(key, language) {
        // `Lind, who answered: “…”`, not `Lind, who worked there for years, “…”`
        let antecedent = runs(clause.tokens, clause.index).into_iter().find(|run| run.end == at)?;
        let last = clause.tokens.len() - 1;
        let carries = last - at <= 3 && (clause.is_verb(last) || shape::is_verb_form(clause.key(last)));
        return (behind_another && carries).then_some(antecedent.start);
    }
    let joins = lexicon::is_conjunction(key, language) || is_contrast(key);
    let opens = if joins { pause || behind_another } else { pause && behind_another };
    let subject = at + usize::from(joins);
    (opens && subject < clause.tokens.len() && clause.opens_subject(subject)).then_some(subject)
}

/// Tokens of a title before a name.
const TITLE: usize = 2;

/// Whether a clause tells what somebody did: a verb stands right behind the name that opens it.
fn tells(tokens: &[usize], index: &Index<'_>) -> bool {
    let clause = Clause { tokens, verb: None, ahead: true, index };
    runs(tokens, index).first().is_some_and(|name| {
        name.start <= TITLE
            && name.end < tokens.len()
            && !clause.opens(name.end)
            && clause.is_lower_word(name.end)
            && clause.may_be_verb(name.end)
    })
}

/// Whether a clause before a quotation, of at least one token, has a subject and a verb that carries it.
fn carries(tokens: &[usize], index: &Index<'_>) -> bool {
    let clause = Clause { tokens, verb: None, ahead: true, index };
    let subject_first = clause.opens_subject(0);
    // An apposition has a pause behind it: `the mayor, told him`; a parenthesis is closed: `, and Lind wrote it down, that`.
    let verb = (1..tokens.len()).find(|at| clause.is_verb(*at));
    let relative = (1..tokens.len()).any(|at| is_relative(clause.key(at), language(index)));
    let pause = |from: usize, to: usize| (from..to).any(|at| clause.opens(at));
    let whole = verb.is_some_and(|verb| {
        let closed = (verb + 1..tokens.len()).any(|at| clause.opens(at) && clause.is_subordinator(at));
        !closed && (relative || !pause(1, verb + 1))
    });
    let relative = relative && !pause(2, tokens.len());
    subject_first && (whole || relative || shape::verb_ahead(tokens, index).is_some())
}

/// Whether a clause begins with its subject.
pub(super) fn opens_subject(tokens: &[usize], index: &Index<'_>) -> bool {
    !tokens.is_empty() && Clause { tokens, verb: None, ahead: false, index }.opens_subject(0)
}

/// Whether nothing but a subject stands between two quotations of a sentence: `Ruiz said “…” and Lind “…”`.
pub(super) fn is_gapped(tokens: &[usize], index: &Index<'_>) -> bool {
    let clause = Clause { tokens, verb: None, ahead: true, index };
    let joined = tokens.first().is_some_and(|at| lexicon::is_conjunction(index.key(*at), language(index)));
    let from = usize::from(joined);
    let latter = tokens.len() == from + 2 && matches!(clause.key(from + 1), "latter" | "former");
    tokens.len() > from && tokens.len() <= from + 4 && (latter || (from..tokens.len()).all(|at| clause.is_name(at)))
}

#[cfg(test)]
#[path = "segment_tests.rs"]
mod tests;
