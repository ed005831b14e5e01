//! Carriers: the clause that the words stand in denies, supposes, asks or charges them, or negates them at the edge.

use super::carried::carried;
use super::condition::{depends, supposed_before};
use super::cut::negated_at_edge;
use super::doubt::{disbelieved, governs, no_evidence};
use super::fiction::{Fiction, fiction};
use super::frames::{Framed, framed, states};
use super::governed::governed;
use super::limits::limits;
use super::negation::is_negation_at;
use super::nobody::nobody;
use super::question::is_asked;
use super::refuted;
use super::reported::is_reported;
use super::saying::{Unsaid, unsaid};
use super::says::Says;
use super::scene::{CARRIER_REACH, Scene, is_spaceless, leading};
use super::stance::{Stance, is_turned_twice, stance};
use super::unasserted::is_unasserted;
use crate::matching::asked::Asked;
use crate::matching::attribution::is_saying_at;
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::query::Query;
use crate::model::Flag;

use std::ops::Range;

pub(super) fn carriers(
    span: &Range<usize>,
    query: &Query,
    asked: &Asked<'_>,
    index: &Index<'_>,
    flags: &mut Vec<Flag>,
) {
    let scene = Scene::new(span, index);
    let says = Says::new(asked, index);
    if !says.negation && negated_at_edge(&scene, query) {
        flags.push(Flag::OmitsNegation);
    }
    let unsaid = unsaid(&scene).or_else(|| carried(&scene));
    let stance = stance(&scene).or_else(|| governed(&scene, asked));
    let fiction = fiction(&scene, asked);
    let twice = || is_turned_twice(&scene);
    let framed = framed(&scene).filter(|framed| !states(*framed, &asked.outside_keys, scene.language));
    if !says.denial
        && (denied_before(&scene)
            || denied_behind(&scene)
            || unsaid == Some(Unsaid::Denied) && !says.negation && !twice()
            || (no_evidence(&scene) || disbelieved(&scene)) && !says.negation && !twice()
            || (stance == Some(Stance::Denied) || framed == Some(Framed::Denied)) && !says.negation
            || fiction == Some(Fiction::Untrue)
            || refuted::is_refuted(&scene, &says)
            || is_spaceless(&scene) && refuted::denied_in_characters(&scene))
    {
        flags.push(Flag::Denied);
    }
    let supposed = unsaid == Some(Unsaid::Supposed)
        || stance == Some(Stance::Supposed)
        || fiction == Some(Fiction::Played) && !says.fiction;
    if !says.condition && (supposed_before(&scene) || depends(&scene) || supposed) {
        flags.push(Flag::Conditional);
    }
    let hedged = stance == Some(Stance::Hedged)
        || fiction == Some(Fiction::Cast)
        || !flags.contains(&Flag::Denied)
            && (matches!(framed, Some(Framed::Heard | Framed::Perhaps | Framed::Wished))
                || framed.is_none() && stance.is_none() && !says.negation && !twice() && is_unasserted(&scene, asked))
        || stance.is_none() && is_reported(&scene, asked);
    if !says.allegation && (alleged(&scene) || (unsaid == Some(Unsaid::Alleged) || hedged) && !says.condition) {
        flags.push(Flag::HedgeDropped);
    }
    if !says.negation {
        flags.extend(limits(&scene, query).into_iter().filter(|flag| *flag != Flag::HedgeDropped || !says.allegation));
    }
    if let Some(flag) = nobody(&scene, asked)
        && !(says.denial && flag == Flag::Denied || says.condition && flag == Flag::Conditional)
        && !(flag == Flag::SecondHand && flags.contains(&Flag::Denied))
    {
        flags.push(flag);
    }
    if !says.question && (is_asked(&scene, query) || framed == Some(Framed::Asked)) {
        flags.push(Flag::Question);
    }
}

/// `denied that | …`, `it is a lie that | …`, `contrary to claims that | …`.
fn denied_before(scene: &Scene<'_>) -> bool {
    leading(scene).any(|at| {
        denies(at, scene)
            && (!scene.pause_between(at) && governs(at, scene) || reports_what_is_denied(at, scene))
            && !(at.saturating_sub(2)..at).any(|before| {
                // What the sentence before denies is another matter: `He does not believe it. “I doubt that | …`.
                is_negation_at(before, scene.index) && !(before + 1..=at).any(|next| scene.has(next, bits::SENTENCE))
            })
            && !is_negated_behind(at, scene)
            && !is_noun_in_the_way(at, scene)
    })
}

/// Whether a token denies; in Arabic `and` and `so` are written with the verb.
fn denies(at: usize, scene: &Scene<'_>) -> bool {
    let key = scene.key(at);
    let bare = || key.strip_prefix(['و', 'ف']).unwrap_or(key);
    lexicon::is_denial(key, scene.language) || scene.language == "ar" && lexicon::is_denial(bare(), "ar")
}

/// `bezweifle nicht, dass | …`, `ne doute pas que | …`: negated behind the verb, it asserts.
fn is_negated_behind(at: usize, scene: &Scene<'_>) -> bool {
    matches!(scene.language, "de" | "nl" | "fr" | "sv" | "da" | "no")
        && (at + 1..scene.governed_from(at))
            .next()
            .is_some_and(|behind| !scene.has(behind, bits::BREAK) && is_negation_at(behind, scene.index))
}

/// German indirect speech without a conjunction: `bestritt, er habe | …`, `wies den Vorwurf zurück, er habe | …`.
fn reports_what_is_denied(at: usize, scene: &Scene<'_>) -> bool {
    let from = scene.governed_from(at);
    let clause = at + 1..from;
    let particle = matches!(scene.key(at), "zuruck" | "zuruckgewiesen");
    let charge = |at: usize| {
        matches!(
            scene.key(at),
            "vorwurf"
                | "vorwurfe"
                | "behauptung"
                | "behauptungen"
                | "anschuldigung"
                | "anschuldigungen"
                | "verdacht"
                | "unterstellung"
                | "darstellung"
        )
    };
    // The subjunctive of `hatte`, `war` and `wurde` differs from the indicative by its vowel.
    let reports = |at: usize| {
        matches!(scene.key(at), "habe" | "sei" | "seien" | "werde" | "wolle" | "solle" | "konne" | "musse")
            || matches!(scene.index.form(at), "hätte" | "hätten" | "wäre" | "wären" | "würde" | "würden")
    };
    scene.language == "de"
        && clause.len() <= 6
        && scene.has(clause.start, bits::PAUSE)
        && !clause.clone().skip(1).any(|at| scene.has(at, bits::BREAK))
        && clause.clone().any(reports)
        && (!particle || (at.saturating_sub(6)..at).any(charge))
}

/// `false teeth | …`: what is called false is the next noun, and the passage only follows it.
fn is_noun_in_the_way(at: usize, scene: &Scene<'_>) -> bool {
    matches!(scene.key(at), "false" | "fake" | "absurd" | "falsch" | "fausse" | "falsa")
        && scene.span.start == at + 1
        && !scene.in_marks
}

/// `… is a lie`, `…, he denied saying`.
fn denied_behind(scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let copula = |at: usize| {
        matches!(
            scene.key(at),
            "is" | "are"
                | "was"
                | "were"
                | "ist"
                | "sind"
                | "war"
                | "est"
                | "sont"
                | "etait"
                | "es"
                | "son"
                | "era"
                | "e"
                | "sono"
                | "jest"
                | "sa"
                | "byla"
                | "to"
                | "it"
                | "bylo"
                | "ar"
                | "er"
                | "это"
        )
    };
    let after: Vec<usize> = scene.following().take(6).collect();
    let negated = after.iter().any(|at| is_negation_at(*at, index));
    let untrue = |at: &usize| {
        matches!(
            scene.key(*at),
            "lie"
                | "lies"
                | "false"
                | "untrue"
                | "nonsense"
                | "hoax"
                | "fabrication"
                | "myth"
                | "luge"
                | "unwahr"
                | "falsch"
                | "unsinn"
                | "faux"
                | "mensonge"
                | "mentira"
                | "falso"
                | "falsa"
                | "bugia"
                | "nieprawda"
                | "klamstwo"
                | "ложь"
                | "неправда"
                | "leugen"
                | "onwaar"
                | "logn"
                | "osant"
                | "lez"
                | "брехня"
                | "ψεμα"
                | "yalan"
                | "झूठ"
        )
    };
    // Slavic languages and those that put the verb last need no copula.
    let bare = matches!(scene.language, "ru" | "uk" | "pl" | "cs" | "tr" | "hi" | "ar" | "ko");
    if (after.iter().take(2).any(|at| copula(*at)) || bare && scene.in_marks) && after.iter().any(untrue) && !negated {
        return true;
    }
    // `… is a line that she did not write`
    let trail: Vec<usize> = scene.trail.iter().copied().take(CARRIER_REACH).collect();
    let disowned = trail.first().is_some_and(|at| copula(*at))
        && trail
            .iter()
            .any(|at| lexicon::is_utterance(scene.key(*at)) || matches!(scene.key(*at), "line" | "sentence"))
        && trail.windows(2).any(|pair| {
            is_negation_at(pair[0], index)
                && matches!(
                    scene.key(pair[1]),
                    "give"
                        | "gave"
                        | "make"
                        | "made"
                        | "say"
                        | "said"
                        | "utter"
                        | "uttered"
                        | "write"
                        | "wrote"
                        | "speak"
                        | "spoke"
                        | "hers"
                        | "his"
                )
        });
    let never_uttered = trail.first().is_some_and(|at| copula(*at))
        && trail.get(1).is_some_and(|at| is_negation_at(*at, index))
        && trail.get(2).is_some_and(|at| {
            matches!(scene.key(*at), "uttered" | "said" | "spoken" | "written" | "her" | "his" | "by")
        });
    if disowned || never_uttered {
        return true;
    }
    // Languages that put the verb last deny behind the words.
    let last_verb = matches!(scene.language, "tr" | "hi" | "ko" | "ja" | "fa");
    last_verb && scene.following().take(CARRIER_REACH).any(|at| lexicon::is_denial(scene.key(at), scene.language))
}

/// `allegedly said: “…”`: what is said of the word of saying is said of the words that a colon introduces.
fn says_next(at: usize, scene: &Scene<'_>) -> bool {
    let opening = scene.opening;
    (at + 1..opening).all(|between| !scene.has(between, bits::PAUSE))
        && (at + 1..opening).take(2).any(|between| is_saying_at(between, scene.index))
}

/// How far from the passage `said to have` may stand, in tokens.
const SAID_REACH: usize = 7;

/// Whether a token is the `have` or `be` of `is said to have`, `was thought by friends to be`.
fn is_said_to_have(at: usize, scene: &Scene<'_>) -> bool {
    let key = |back: usize| at.checked_sub(back).map_or("", |at| scene.key(at));
    let passive = |back: usize| {
        matches!(
            key(back),
            "said" | "believed" | "thought" | "understood" | "reported" | "claimed" | "supposed" | "alleged"
        ) && matches!(key(back + 1), "is" | "are" | "was" | "were" | "been" | "be" | "widely" | "also" | "now")
    };
    matches!(scene.key(at), "have" | "be")
        && key(1) == "to"
        && (passive(2) || (3..=6).any(|back| passive(back) && key(back - 1) == "by"))
        && !(scene.key(at) == "be" && key(2) == "supposed")
}

/// `is alleged to have | …`, `rumours that | …`, `… | prosecutors allege`.
fn alleged(scene: &Scene<'_>) -> bool {
    let before = leading(scene).any(|at| {
        lexicon::is_allegation(scene.key(at), scene.language)
            && (!scene.pause_between(at) || says_next(at, scene))
            && (at + 4 >= scene.governed_from(at) || governs(at, scene))
    });
    // `is said to have | …`, `was said by colleagues to be | …`; behind the words `…, she was supposed to have told a friend`.
    let lead: Vec<usize> = leading(scene).take(SAID_REACH).collect();
    let said_to_have = lead.iter().any(|at| is_said_to_have(*at, scene) && !scene.pause_between(*at))
        || scene.in_marks && scene.trail.iter().take(SAID_REACH).any(|at| is_said_to_have(*at, scene));
    // Behind the words only what says so of the whole: `…, it is alleged`, `…, allegedly`.
    before
        || said_to_have
        || scene.following().take(4).any(|at| {
            matches!(
                scene.key(at),
                "allegedly"
                    | "alleged"
                    | "allege"
                    | "alleges"
                    | "rumour"
                    | "rumours"
                    | "rumor"
                    | "rumors"
                    | "supposedly"
                    | "unconfirmed"
                    | "angeblich"
                    | "geruchten"
                    | "pretendument"
                    | "rumeur"
                    | "rumeurs"
                    | "supuestamente"
                    | "presuntamente"
                    | "rumores"
                    | "alegadamente"
                    | "presumibilmente"
                    | "rzekomo"
                    | "podobno"
                    | "якобы"
                    | "слухам"
                    | "нібито"
                    | "vermeend"
                    | "iddia"
            ) && !scene.has(at, bits::SENTENCE)
                && scene
                    .following()
                    .next()
                    .is_some_and(|first| first == at || scene.has(first, bits::PAUSE) || scene.in_marks)
        })
}
