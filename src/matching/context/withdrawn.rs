//! Withdrawn words: what the speaker's own sentence takes back by how it opens: `I would love to tell you that | …`, `under no
//! illusion that | …`, `I used to think | …`, `I would not accuse | …`; and what only goes round, `a message circulated that | …`.

use super::clause::{Clause, language};
use super::governing::{Tables, governs, is_plain_saying};
use super::negation::is_negation_at;
use crate::matching::fold::bits;
use crate::matching::lexicon;

/// What becomes of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Withdrawn {
    /// They are denied.
    Denied,
    /// They would be said if they were so.
    Wished,
    /// They go round, and nobody stands for them.
    Spread,
}

/// How far behind an opener its verb may stand, in words.
const VERB_REACH: usize = 4;

/// How near to the passage a verb of charging must stand, in words.
const CHARGE_REACH: usize = 3;

/// What the opening of a passage's clause makes of it.
pub(super) fn withdrawn(clause: &Clause<'_>, tables: &Tables) -> Option<Withdrawn> {
    if mistaken(clause, tables) || uncharged(clause, tables) || former(clause, tables) {
        return Some(Withdrawn::Denied);
    }
    if wished(clause, tables) {
        return Some(Withdrawn::Wished);
    }
    spread(clause, tables).then_some(Withdrawn::Spread)
}

/// `under the illusion that | …`: wrong, however often it is negated.
fn mistaken(clause: &Clause<'_>, tables: &Tables) -> bool {
    (0..clause.words.len()).any(|number| {
        clause.phrase_at(number, &tables.error).is_some_and(|length| clause.opens_content(number + length - 1))
    })
}

/// `I would not accuse | …`, `nobody is calling it | …`.
fn uncharged(clause: &Clause<'_>, tables: &Tables) -> bool {
    (clause.words.len().saturating_sub(CHARGE_REACH)..clause.words.len()).any(|number| {
        clause.phrase_at(number, &tables.charge).is_some()
            && clause.scene.is_spoken(clause.words[number])
            && clause.negations(number) % 2 == 1
    })
}

/// `I used to think | …`: inside the speaker's own words only.
fn former(clause: &Clause<'_>, tables: &Tables) -> bool {
    (0..clause.words.len()).any(|number| {
        let Some(length) = clause.phrase_at(number, &tables.former) else { return false };
        let own = clause.scene.is_spoken(clause.words[number]);
        // Other languages' phrases hold the verb.
        let whole = language(clause.scene) != "en" && clause.opens_content(number + length - 1);
        own && (whole
            || (number..(number + length + VERB_REACH).min(clause.words.len()))
                .any(|verb| is_thinking(clause, verb, tables) && clause.negations(verb) == 0))
    })
}

/// Whether a verb of the clause thinks or says the passage.
fn is_thinking(clause: &Clause<'_>, verb: usize, tables: &Tables) -> bool {
    let german = language(clause.scene) == "de" && clause.is_last(verb);
    clause.phrase_at(verb, &tables.attitude).is_some() && (governs(clause, verb) || german)
}

/// `I would love to tell you that | …`; `I would like to say | …, but`.
fn wished(clause: &Clause<'_>, tables: &Tables) -> bool {
    let verb_behind = |from: usize| {
        (from..(from + VERB_REACH).min(clause.words.len())).any(|verb| {
            (is_plain_saying(clause.key(verb)) || clause.phrase_at(verb, &tables.attitude).is_some())
                && (governs(clause, verb) || clause.is_last(verb))
        })
    };
    (0..clause.words.len()).any(|number| {
        let own = || clause.scene.is_spoken(clause.words[number]);
        let wish = clause.phrase_at(number, &tables.wish).is_some_and(|length| verb_behind(number + length));
        let fain = || {
            clause
                .phrase_at(number, &tables.fain)
                .is_some_and(|length| verb_behind(number + length) || is_plain_saying(clause.key(number + length - 1)))
        };
        own() && (wish || fain() && is_countered(clause))
    })
}

/// `…, but I can't`: what follows the passage in its sentence takes it back.
fn is_countered(clause: &Clause<'_>) -> bool {
    let scene = clause.scene;
    let behind: Vec<usize> = scene.following().take(8).take_while(|at| !scene.has(*at, bits::SENTENCE)).collect();
    let but = |key: &str| {
        matches!(
            key,
            "but" | "aber" | "doch" | "mais" | "pero" | "ma" | "mas" | "maar" | "men" | "ale" | "но" | "але" | "only"
        )
    };
    behind.first().is_some_and(|first| but(scene.key(*first)) && scene.has(*first, bits::PAUSE))
        && behind.iter().any(|at| {
            is_negation_at(*at, scene.index)
                || lexicon::is_denial(scene.key(*at), scene.language)
                || matches!(scene.key(*at), "lying" | "lie" | "gelogen" | "mentir" | "mentira" | "mentire" | "wrong")
        })
}

/// `Circulou a informação de que | …`, `a message has been going round that | …`.
fn spread(clause: &Clause<'_>, tables: &Tables) -> bool {
    let spreads = (0..clause.words.len()).any(|number| clause.phrase_at(number, &tables.spreads).is_some());
    spreads
        && (0..clause.words.len())
            .any(|noun| clause.phrase_at(noun, &tables.claim).is_some() && clause.opens_content(noun))
}
