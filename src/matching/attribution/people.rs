//! People: whom a sentence brings up, by name or as `his daughter`, and whether each can be its subject.

use std::ops::Range;

use super::clause::{Clause, is_complement, is_in_relative_clause, owner_end};
use super::gender::{self, Gender, agree};
use super::name::{is_name_token, language, runs};
use super::words::{is_indefinite, is_office, is_organisation, is_possessive, is_source};
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;

/// Places of a surname that are looked at for its owner's given name.
const PLACES: usize = 24;

/// Somebody in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Someone {
    /// Positions of the name among the sentence's tokens, or of the noun where no name stands.
    pub(super) range: Range<usize>,
    /// Whether it is a name.
    pub(super) named: bool,
    pub(super) gender: Option<Gender>,
    /// Whether it is an owner, a complement or a place, and not what the sentence is about.
    pub(super) aside: bool,
    /// Whether an `and` joins it to the one before.
    pub(super) joined: bool,
    /// Whether the name is that of a thing or a body: `the Calder Post`, `Marlow Bridge`.
    thing: bool,
}

impl Someone {
    /// Whether it may be whom a pronoun means.
    pub(super) fn fits(&self, pronoun: Option<Gender>) -> bool {
        agree(self.gender, pronoun) && !(self.thing && pronoun.is_some())
    }
}

/// Everybody in a sentence, in order. `tokens` are its tokens outside quotation marks.
pub(super) fn people(tokens: &[usize], index: &Index<'_>) -> Vec<Someone> {
    let clause = Clause { tokens, verb: None, ahead: false, index };
    let runs: Vec<Range<usize>> =
        runs(tokens, index).into_iter().filter(|run| is_somebodys(run, tokens, index)).collect();
    let mut found: Vec<Someone> = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        let owner = owner_end(run, &clause).is_some();
        let joined = number > 0 && is_joined(runs[number - 1].end, run.start, &clause);
        // `According to Ruiz, …`: whoever stands behind the word of the source speaks.
        let source = (1..=2).any(|back| run.start.checked_sub(back).is_some_and(|at| is_source(clause.key(at))));
        let aside = owner || is_complement(run.start, &clause) && !source || is_in_relative_clause(run.start, &clause);
        let gender = of_person(tokens, run, index);
        let thing = gender.is_none() && is_thing(run, &clause);
        found.push(Someone { range: run.clone(), named: true, gender, aside, joined, thing });
    }
    for at in 0..tokens.len() {
        if let Some(gender) = unnamed(at, &runs, &clause) {
            let aside = is_complement(at, &clause);
            found.push(Someone { range: at..at + 1, named: false, gender, aside, joined: false, thing: false });
        }
    }
    found.sort_by_key(|someone| someone.range.start);
    found
}

/// Whether a run of capitals is a name of somebody: a word that only opens a sentence is none.
fn is_somebodys(run: &Range<usize>, tokens: &[usize], index: &Index<'_>) -> bool {
    if run.len() > 1 {
        return true;
    }
    let at = tokens[run.start];
    let opens = index.tokens()[at].has(bits::OPENING);
    let known = gender::of_given_name(index.key(at)).is_some() || given_names(at, index).next().is_some();
    if language(index) == "de" { known } else { known || !opens || is_proper(at, index) }
}

/// Whether a run names a thing or a body, which `he` and `she` never mean: English puts no article before a person's name.
fn is_thing(run: &Range<usize>, clause: &Clause<'_>) -> bool {
    let last = clause.key(run.end - 1);
    let article = !clause.opens(run.start) && clause.key(run.start - 1) == "the";
    let titled = run.clone().any(|at| {
        let key = clause.key(at);
        lexicon::is_relation(key) || is_office(key) || gender::of_noun(key).is_some()
    });
    matches!(language(clause.index), "en" | "") && (article && !titled || is_place(last) || is_organisation(last))
}

/// Words that end the names of places and buildings, and hardly any surname (keys).
fn is_place(key: &str) -> bool {
    matches!(
        key,
        "bridge"
            | "street"
            | "road"
            | "avenue"
            | "river"
            | "airport"
            | "harbour"
            | "harbor"
            | "station"
            | "museum"
            | "theatre"
            | "theater"
            | "library"
            | "stadium"
            | "island"
            | "islands"
            | "canal"
            | "dam"
            | "tunnel"
            | "highway"
            | "parliament"
            | "assembly"
            | "authority"
            | "cathedral"
            | "square"
            | "festival"
            | "building"
    )
}

/// The words before the last of a longer name, wherever the page writes the word of a token as the last of one.
fn given_names<'i>(at: usize, index: &'i Index<'_>) -> impl Iterator<Item = usize> + 'i {
    let places = index.places(index.tokens()[at].key).iter().take(PLACES);
    places.filter_map(move |place| {
        let place = *place as usize;
        let before = place.checked_sub(1)?;
        let joins = !index.tokens()[place].has(bits::PARTING | bits::HYPHEN);
        let plain = gender::of_noun(index.key(before)).is_none() && !lexicon::is_relation(index.key(before));
        let inside = !index.tokens()[before].has(bits::SENTENCE) || gender::of_given_name(index.key(before)).is_some();
        (joins && plain && inside && is_name_token(place, index) && is_name_token(before, index)).then_some(before)
    })
}

/// What is known of the person of a name: beside it, else where the page has the name in full.
pub(super) fn of_person(tokens: &[usize], run: &Range<usize>, index: &Index<'_>) -> Option<Gender> {
    gender::of_run(tokens, run, index).or_else(|| {
        let last = *tokens.get(run.end.checked_sub(1)?)?;
        given_names(last, index).find_map(|given| gender::of_given_name(index.key(given)))
    })
}

/// Whether two runs are `Ana Ruiz and Bo Lind`.
fn is_joined(end: usize, start: usize, clause: &Clause<'_>) -> bool {
    let and = |at: usize| super::words::is_and(clause.key(at));
    (end..start).all(|at| and(at) || clause.is_closed(at)) && (end..start).any(and)
}

/// Somebody without a name: `his daughter`, `a woman`, `Leighs' wife`. Not where a name follows.
fn unnamed(at: usize, runs: &[Range<usize>], clause: &Clause<'_>) -> Option<Option<Gender>> {
    let index = clause.index;
    if clause.tokens.is_empty() || index.tokens()[clause.tokens[at]].kind != Kind::Word {
        return None;
    }
    let noun = gender::of_noun(clause.key(at));
    if noun.is_none() && !lexicon::is_relation(clause.key(at)) || runs.iter().any(|run| run.contains(&at)) {
        return None;
    }
    let named = runs.iter().any(|run| {
        run.start > at
            && run.start - at <= 3
            && (at + 1..run.start).all(|at| clause.is_closed(at) || clause.key(at).len() > 3 && !clause.is_verb(at))
    });
    if named {
        return None;
    }
    let from = at.saturating_sub(3);
    // `my producer's dad` as well as `his daughter`
    let introduces =
        |key: &str| is_possessive(key) || matches!(key, "my" | "our") || is_indefinite(key, language(index));
    let introduced = (from..at).any(|before| introduces(clause.key(before)))
        || runs.iter().any(|run| run.end <= at && at - run.end <= 3 && owner_end(run, clause).is_some());
    introduced.then_some(noun)
}

/// Whether the page writes a word with a capital inside a sentence as well.
pub(super) fn is_proper(at: usize, index: &Index<'_>) -> bool {
    language(index) != "de"
        && index.places(index.tokens()[at].key).iter().take(64).any(|place| {
            let token = &index.tokens()[*place as usize];
            token.has(bits::CAPITAL) && !token.has(bits::OPENING)
        })
}
