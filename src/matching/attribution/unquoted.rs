//! Words that stand outside the page's quotation marks: the page's own, unless it says that the speaker speaks.

use std::ops::Range;

use super::chain::second_hand;
use super::clause::{Clause, is_saying_at, says};
use super::described;
use super::label;
use super::name::Name;
use super::own_text::is_own_text;
use super::person::{self, Person, last_person};
use super::quoted::outside;
use super::role::Role;
use super::segment;
use super::{
    by_label, by_person, is_author, is_caseless, is_described, is_near, is_subject_pronoun, pronoun_of, speaks_other,
    strongest,
};
use crate::matching::asked::Asked;
use crate::matching::index::{Index, Quoted};
use crate::matching::lexicon;
use crate::model::Flag;

/// How far before words it may be said who tells them, in tokens.
const TOLD: usize = 10;

/// The flag for words that stand outside the page's quotation marks.
pub(super) fn unquoted(
    at: usize,
    piece: &Range<usize>,
    block: usize,
    quoted: &[Quoted],
    name: &Name,
    asked: &Asked<'_>,
    index: &Index<'_>,
) -> Option<Flag> {
    // In the speaker's own turn or text: what it gives to others is theirs.
    let sentence = index.sentence(&(at..at + 1));
    let told = is_told_by_others(sentence.start..piece.start, index).then_some(Flag::SecondHand);
    if label::names(block, name, index) || label::heads(block, name, index) {
        return told;
    }
    if let Some(label) = label::of_block(block, index) {
        return by_label(&label, name, index).or(told);
    }
    if is_author(name, index) {
        return told;
    }
    let mut beyond = outside(&(sentence.start..piece.start), quoted, index);
    let own = own_clause(&beyond, index);
    beyond.drain(..beyond.len() - own);
    beyond.extend(outside(&(piece.end..sentence.end), quoted, index));
    // `X said that the words …`: the last word of saying before them; else the first behind them.
    let saying = |at: &usize| is_saying_at(*at, index);
    let verb = beyond[..own].iter().rposition(saying).or_else(|| beyond.iter().position(saying));
    let ahead = verb.is_some_and(|verb| verb < own);
    let clause = Clause { tokens: &beyond, verb, ahead, index };
    if says(&beyond, index) {
        if name.is_in(&beyond, index) {
            return match strongest(&clause, name, index) {
                Role::Speaks => second_hand(&clause, name, asked, index),
                Role::Beside => Some(Flag::OtherSpeaker),
                Role::Unclear if speaks_other(&clause, name, index) || clause.has_somebody() => {
                    Some(Flag::OtherSpeaker)
                }
                Role::Unclear => second_hand(&clause, name, asked, index),
            };
        }
        if speaks_other(&clause, name, index) || clause.has_somebody() && !is_described(&clause, name, block, index) {
            return Some(Flag::OtherSpeaker);
        }
        if beyond.iter().any(|at| is_subject_pronoun(*at, index)) {
            let person = last_person(piece.start, pronoun_of(&clause), name, block, index);
            return by_person(person, block, name, index);
        }
        let nouns = person::definite_subject(&clause);
        if !nouns.is_empty() && !is_described(&clause, name, block, index) {
            return described::by_nouns(&nouns, &clause, piece.start, block, name, index);
        }
        if is_near(block, name, index) && !is_caseless(&beyond, index) {
            return match last_person(piece.start, None, name, block, index) {
                Person::Speaker => None,
                _ if person::is_alone(block, name, index) => None,
                _ => Some(Flag::SecondHand),
            };
        }
    }
    // The page's own words, unless it is the speaker's own text.
    if is_own_text(block, name, index) { None } else { Some(Flag::SecondHand) }
}

/// How many of the tokens before words are of the clause that carries them: `Lind said he would go, and | Ruiz said that …`. All
/// where a pause parts that clause from the words: `Lind said, and Ruiz agreed, that …`.
fn own_clause(before: &[usize], index: &Index<'_>) -> usize {
    let own = segment::own_clause(before.to_vec(), false, index);
    let clause = Clause { tokens: &own, verb: None, ahead: true, index };
    if (1..own.len()).any(|at| clause.opens(at)) { before.len() } else { own.len() }
}

/// Whether what stands before words gives them to others: `There are those who will tell you that …`, `You will hear it said
/// that …`, `My Lady says that …`.
fn is_told_by_others(before: Range<usize>, index: &Index<'_>) -> bool {
    let keys: Vec<&str> = before.rev().take(TOLD).map(|at| index.key(at)).collect();
    let has = |word: &str| keys.contains(&word);
    let says = keys.get(1).is_some_and(|key| lexicon::is_saying(key) && key.ends_with('s')) && keys.len() > 2;
    keys.first() == Some(&"that")
        && !has("i")
        && !has("we")
        && (has("those") && has("who") || has("it") && has("said") || says && !has("it"))
}

#[cfg(test)]
#[path = "unquoted_tests.rs"]
mod tests;
