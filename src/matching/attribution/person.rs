//! Persons: whom a pronoun means, and who spoke last where nobody is named.

use super::LOOK_BACK;
use super::name::{Name, language, runs};
use super::quoted::{clause_around, outside, quoted_spans};
use super::role::{Clause, Role, is_saying_at};
use super::view;
use super::words::is_indefinite;
use crate::matching::fold::bits;
use crate::matching::index::Index;

/// Sentences before the passage in which a pronoun's name is looked for.
const SENTENCES_BACK: usize = 8;

/// Whom a pronoun, or silence, means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Person {
    Speaker,
    Other,
    Nobody,
}

/// Who spoke last before a block, in a clause of attribution of the blocks before it.
pub(super) fn last_to_speak(block: usize, name: &Name, index: &Index<'_>) -> Person {
    for before in (block.saturating_sub(LOOK_BACK)..block).rev() {
        let quoted = quoted_spans(before, index);
        for here in quoted.iter().rev() {
            let clause = clause_around(here, &quoted, before, index);
            if clause.tokens.is_empty() {
                continue;
            }
            if name.is_in(&clause.tokens, index) {
                return Person::Speaker;
            }
            let view = view(&clause, index);
            if view.verb.is_some() && (!view.speaking().is_empty() || view.has_somebody()) {
                return Person::Other;
            }
            if view.verb.is_some() {
                return Person::Nobody;
            }
        }
    }
    Person::Nobody
}

/// The person whom a pronoun beside a token means: whoever speaks, else whoever opens the sentence, in the sentences before.
pub(super) fn last_person(before: usize, name: &Name, block: usize, index: &Index<'_>) -> Person {
    let from = index.block_tokens(block.saturating_sub(LOOK_BACK)).start;
    let mut end = before;
    for _ in 0..SENTENCES_BACK {
        let Some(last) = end.checked_sub(1).filter(|last| *last >= from) else { return Person::Nobody };
        let block = index.block_of(last);
        let sentence = index.sentence(&(last..last + 1));
        let quoted = quoted_spans(block, index);
        let tokens: Vec<usize> = outside(&(sentence.start..end), &quoted, index);
        end = sentence.start;
        let runs = runs(&tokens, index);
        if runs.is_empty() && !name.is_in(&tokens, index) {
            if is_somebody_who_says(&tokens, index) {
                return Person::Other;
            }
            continue;
        }
        let verb = tokens.iter().position(|at| is_saying_at(*at, index));
        let clause = Clause { tokens: &tokens, verb, ahead: false, index };
        let mentioned = name.mentions(&tokens, index);
        let speaking = if clause.verb.is_some() { clause.speaking() } else { Vec::new() };
        if mentioned.iter().any(|mention| clause.role(mention) == Role::Speaks) {
            return Person::Speaker;
        }
        if !speaking.is_empty() {
            return Person::Other;
        }
        // Whoever opens the sentence is its subject; `the mayor, Ana Ruiz` is one as well.
        let person = runs.iter().find(|run| run.len() >= 2 || run.start == 0);
        match person {
            Some(run) if name.is_in(&tokens[run.clone()], index) => return Person::Speaker,
            // A single word that opens the sentence is a name where the page writes it with a capital elsewhere.
            Some(run) if run.start == 0 && run.len() == 1 && is_proper(tokens[0], index) => return Person::Other,
            Some(_) if !mentioned.is_empty() => return Person::Nobody,
            Some(run) if run.len() >= 2 => return Person::Other,
            _ if !mentioned.is_empty() => return Person::Speaker,
            _ => {}
        }
    }
    Person::Nobody
}

/// `A third docker, who gave no name, said she saw it.` A person without a name is the subject, and a pronoun behind means
/// them: only where a relative pronoun says that it is a person.
fn is_somebody_who_says(tokens: &[usize], index: &Index<'_>) -> bool {
    let language = language(index);
    let Some(first) = tokens.first() else { return false };
    let head = &tokens[1..tokens.len().min(5)];
    let person = head.iter().any(|at| match language {
        "en" | "" => index.key(*at) == "who",
        "fr" => index.key(*at) == "qui",
        "de" => matches!(index.key(*at), "der" | "die") && index.tokens()[*at].bits & bits::PAUSE != 0,
        _ => false,
    });
    index.tokens()[*first].bits & bits::SENTENCE != 0
        && is_indefinite(index.key(*first), language)
        && person
        && tokens.iter().any(|at| is_saying_at(*at, index))
}

/// Whether the page writes a word with a capital inside a sentence as well.
pub(super) fn is_proper(at: usize, index: &Index<'_>) -> bool {
    language(index) != "de"
        && index.places(index.tokens()[at].key).iter().take(64).any(|place| {
            let token = &index.tokens()[*place as usize];
            token.bits & bits::CAPITAL != 0 && token.bits & (bits::SENTENCE | bits::QUOTE_MARK) == 0
        })
}
