//! Charges: `Ana Ruiz accused Bo Lind of “…”`, where the words are the accuser's; and who speaks for a body.

use super::clause::Clause;
use super::gender;
use super::is_subject_pronoun;
use super::name::{Name, is_name_token, language};
use super::person::{Person, last_person};
use super::words::is_adverb;
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::index::Quoted;
use crate::matching::lexicon;

/// How far before the quotation the verb of accusing may stand, in tokens.
const REACH: usize = 12;

/// Whoever accuses.
pub(super) enum Accuser {
    /// Tokens of a name, titles before it among them.
    Named(Vec<usize>),
    /// A pronoun.
    Pronoun(usize),
    /// Nobody says who; tokens of the name of whoever is accused.
    Unknown(Vec<usize>),
}

impl Accuser {
    /// Whether it is the speaker; `before` is where the quotation begins.
    pub(super) fn person(&self, before: usize, name: &Name, block: usize, index: &Index<'_>) -> Person {
        match self {
            Self::Named(tokens) if name.is_in(tokens, index) => Person::Speaker,
            Self::Named(_) => Person::Other,
            Self::Unknown(accused) if name.is_in(accused, index) => Person::Other,
            Self::Unknown(_) => Person::Nobody,
            Self::Pronoun(at) => {
                let gender = gender::of_pronoun(index.key(*at), language(index));
                last_person(before.min(*at), gender, name, block, index)
            }
        }
    }
}

/// Whoever accuses somebody of what a stretch quotes, where a verb of accusing in the active carries it; a noun without a name
/// is left to others.
pub(super) fn accuser(stretch: &Quoted, all: &[Quoted], block: usize, index: &Index<'_>) -> Option<Accuser> {
    let own = index.block_tokens(block);
    let first = index.token_from(stretch.range.start).max(own.start);
    let free = |at: usize| !all.iter().any(|span| span.holds(index.tokens()[at].start));
    let starts = |at: usize| index.tokens()[at].has(bits::SENTENCE);
    let pauses = |at: usize| index.tokens()[at].has(bits::PAUSE);
    // `accused her of “…”`: nothing is set off between the verb and the quotation.
    let mut verb = None;
    for at in (own.start..first).rev().take(REACH) {
        if !free(at) || pauses(at + 1) || super::is_saying_at(at, index) || starts(at + 1) {
            return None;
        }
        if is_accusing(index.key(at)) {
            verb = Some(at);
            break;
        }
    }
    let verb = verb.filter(|verb| first - verb > 1 && !starts(*verb))?;
    if let Some(accuser) = in_the_passive(verb, first, own.start, index) {
        return Some(accuser);
    }
    if first - verb <= 2 {
        return None;
    }
    let mut at = verb - 1;
    while !starts(at) && (is_auxiliary(index.key(at), language(index)) || is_adverb(index.key(at))) {
        at -= 1;
    }
    if pauses(verb) || !free(at) {
        return None;
    }
    if is_subject_pronoun(at, index) {
        return Some(Accuser::Pronoun(at));
    }
    if !is_name_token(at, index) {
        return None;
    }
    let mut start = at;
    while !starts(start) && is_name_token(start - 1, index) {
        start -= 1;
    }
    // `a critic of Ruiz accused`
    let complement = !starts(start) && lexicon::is_preposition(index.key(start - 1), language(index));
    (!complement).then(|| Accuser::Named((start..at + 1).collect()))
}

/// `Lind was accused by Ruiz of “…”`, `Lind, accused of “…”, said`: whoever stands before the verb is accused; the agent accuses.
/// The verb begins no sentence.
fn in_the_passive(verb: usize, first: usize, from: usize, index: &Index<'_>) -> Option<Accuser> {
    if index.key(verb) != "accused" {
        return None;
    }
    let starts = |at: usize| index.tokens()[at].has(bits::SENTENCE);
    let pause = index.tokens()[verb].has(bits::PAUSE);
    let mut at = verb - 1;
    let mut passive = pause;
    while !pause
        && !starts(at)
        && (is_being(index.key(at)) || is_adverb(index.key(at)) || is_auxiliary(index.key(at), "en"))
    {
        passive |= is_being(index.key(at));
        at -= 1;
    }
    if !passive {
        return None;
    }
    if let Some(by) = (verb + 1..first).find(|at| index.key(*at) == "by") {
        let agent: Vec<usize> = (by + 1..first)
            .skip_while(|at| !is_name_token(*at, index))
            .take_while(|at| is_name_token(*at, index))
            .collect();
        if !agent.is_empty() {
            return Some(Accuser::Named(agent));
        }
    }
    let mut accused: Vec<usize> = (from..at + 1).rev().take_while(|at| is_name_token(*at, index)).collect();
    accused.reverse();
    (!accused.is_empty()).then_some(Accuser::Unknown(accused))
}

/// Forms of being, and of standing accused (keys).
fn is_being(key: &str) -> bool {
    matches!(key, "is" | "was" | "are" | "were" | "be" | "been" | "being" | "stands" | "stood" | "stand" | "got")
}

/// Active forms of accusing (keys).
fn is_accusing(key: &str) -> bool {
    matches!(
        key,
        "accused"
            | "accuses"
            | "beschuldigte"
            | "beschuldigt"
            | "bezichtigte"
            | "accuse"
            | "acuso"
            | "acusa"
            | "acusou"
            | "accusa"
            | "accusato"
            | "beschuldigde"
            | "anklagade"
            | "anklagede"
            | "anklaget"
            | "oskarzyl"
            | "oskarzyla"
            | "обвинил"
            | "обвинила"
            | "звинуватив"
            | "звинуватила"
    )
}

/// Auxiliaries of the active perfect (keys).
fn is_auxiliary(key: &str, language: &str) -> bool {
    match language {
        "en" | "" => matches!(key, "has" | "had" | "also" | "then" | "later" | "once" | "again" | "twice"),
        "fr" => matches!(key, "a" | "avait"),
        "es" | "it" | "pt" => matches!(key, "ha" | "habia" | "aveva" | "tinha"),
        _ => false,
    }
}

/// Whether a clause has somebody speak for the speaker: `a spokesperson for Castle Homes said`. Only a body speaks so.
pub(super) fn speaks_for(clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> bool {
    let names = name.mentions(clause.tokens, index);
    clause.verb.is_some()
        && names.iter().any(|mention| {
            let start = mention.range.start;
            let article = start > 0 && matches!(clause.key(start - 1), "the" | "der" | "des" | "la" | "le" | "el");
            let preposition = start.checked_sub(1 + usize::from(article));
            // `for the Calder Mills union`, `for Calder Mills's owner`: somebody else's name.
            let whole = mention.range.end >= clause.tokens.len()
                || clause.opens(mention.range.end)
                || clause.is_verb(mention.range.end);
            whole
                && preposition
                    .is_some_and(|at| at > 0 && clause.is_preposition(at) && is_spokesperson(clause.key(at - 1)))
        })
}

/// Those who speak for a body (keys).
fn is_spokesperson(key: &str) -> bool {
    matches!(
        key,
        "spokesperson"
            | "spokesman"
            | "spokeswoman"
            | "sprecher"
            | "sprecherin"
            | "parole"
            | "portavoz"
            | "vocero"
            | "vocera"
            | "voz"
            | "portavoce"
            | "woordvoerder"
            | "woordvoerster"
            | "talesman"
            | "talsperson"
            | "talsmand"
            | "talskvinde"
            | "rzecznik"
            | "rzeczniczka"
    )
}

#[cfg(test)]
#[path = "charge_tests.rs"]
mod tests;
