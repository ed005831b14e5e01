//! Gender: what a pronoun, a title, a noun or a given name says of whom it can mean.
//!
//! It only ever rules somebody out: `she` is not Carl Dunmore. Of most names of the world nothing is known, and then nothing
//! is concluded.

use std::ops::Range;

use crate::matching::index::Index;
use crate::matching::lexicon;

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Woman,
    Man,
}

/// What a pronoun of the third person says, as a subject; `None` for those that mean either.
pub(super) fn of_pronoun(key: &str, language: &str) -> Option<Gender> {
    let (woman, man): (&[&str], &[&str]) = match language {
        "en" | "" => (&["she"], &["he"]),
        "de" => (&[], &["er"]),
        "fr" => (&["elle"], &["il"]),
        "es" => (&["ella"], &["el"]),
        "pt" => (&["ela"], &["ele"]),
        "it" => (&["lei", "ella"], &["lui", "egli"]),
        "nl" => (&["zij", "ze"], &["hij"]),
        "ru" | "uk" => (&["она", "вона"], &["он", "він"]),
        "pl" => (&["ona"], &["on"]),
        "sv" | "da" | "no" | "nb" => (&["hon", "hun"], &["han"]),
        _ => (&[], &[]),
    };
    if woman.contains(&key) { Some(Gender::Woman) } else { man.contains(&key).then_some(Gender::Man) }
}

/// What a title or noun of a person says.
pub(super) fn of_noun(key: &str) -> Option<Gender> {
    if lexicon::is_gendered(key, "woman") {
        return Some(Gender::Woman);
    }
    lexicon::is_gendered(key, "man").then_some(Gender::Man)
}

/// What a given name says.
pub(super) fn of_given_name(key: &str) -> Option<Gender> {
    if lexicon::is_given_name(key, "woman") {
        return Some(Gender::Woman);
    }
    lexicon::is_given_name(key, "man").then_some(Gender::Man)
}

/// What a run of a name says: its title, its first word, else the noun right before it or in the apposition behind it.
pub(super) fn of_run(tokens: &[usize], run: &Range<usize>, index: &Index<'_>) -> Option<Gender> {
    let key = |at: usize| index.key(tokens[at]);
    // The last word of a longer name is no given name: `Farida Nasser`.
    let given = |at: usize| of_given_name(key(at)).filter(|_| at + 1 < run.end || run.len() == 1);
    let own = run.clone().find_map(|at| of_noun(key(at)).filter(|_| at + 1 < run.end).or_else(|| given(at)));
    own.or_else(|| {
        let before = run.start.saturating_sub(2)..run.start;
        before.rev().find_map(|at| of_noun(key(at)))
    })
    .or_else(|| {
        // `Willa, his daughter, …`
        let behind = run.end..tokens.len().min(run.end + 3);
        let closes = behind.clone().next().is_some_and(|at| index.gap_before(tokens[at]).contains(','));
        behind.filter(|_| closes).find_map(|at| of_noun(key(at)))
    })
}

/// Whether two words about one person can both hold.
pub(super) fn agree(one: Option<Gender>, other: Option<Gender>) -> bool {
    one.is_none() || other.is_none() || one == other
}

#[cfg(test)]
#[path = "gender_tests.rs"]
mod tests;
