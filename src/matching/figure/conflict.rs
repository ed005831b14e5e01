//! Conflicts: figures of one manifest that count the same thing with different values, by what their statements say.
//!
//! Events are compared by their sense (a toll has many words), other things by their nouns and by most of their words.
//! Another year, another place, another rate, a part and a value that no longer holds are other things. Figures that stand
//! in words which half the manifest shares are compared with their neighbours only, so that the work grows with the claims.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::compare::{Relation, compare};
use super::lexeme;
use super::ours;
use super::run::two_letters;
use super::sense::{self, same};
use super::thing::Thing;
use crate::matching::asked::Asked;
use crate::matching::{calendar, lexicon, terms};
use crate::model::evidence::{Counted, Disagreement};
use crate::model::figure::{Bands, Figure, Quantity};
use crate::model::{CheckKind, Manifest};

/// A word that more figures than this share tells nothing apart.
const COMMON: usize = 200;
/// Figures on either side that a statement without a place of its own may speak of.
const NEIGHBOURS: usize = 12;
/// Figures of one conflict that are compared with each other.
const GROUP: usize = 50;

/// A figure of a claim with what it counts.
struct Stated {
    claim: usize,
    check: usize,
    figure: Figure,
    thing: Thing,
    /// The noun, where it says more than that people were counted.
    noun: Vec<String>,
    /// The words that tell what it is about, each in the form that its family shares, as the statement has them.
    telling: BTreeMap<String, String>,
}

/// Lists the conflicts of a manifest, in the order of its claims.
pub fn conflicts(manifest: &Manifest) -> Vec<Disagreement> {
    let published = manifest.article.as_ref().and_then(|article| article.published);
    let mut stated: Vec<Stated> = Vec::new();
    for (number, claim) in manifest.claims.iter().enumerate() {
        let figures = claim.checks.iter().enumerate().filter_map(|(check, asked)| match &asked.kind {
            CheckKind::Figure(written) => Some((check, written)),
            _ => None,
        });
        let mut asked: Option<Asked<'_>> = None;
        for (check, written) in figures {
            let asked = asked.get_or_insert_with(|| Asked::new(claim, &[], published));
            stated.extend(read(written, asked).map(|stated| Stated { claim: number, check, ..stated }));
        }
    }
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, one) in stated.iter().enumerate() {
        for word in one.telling.keys() {
            places.entry(word).or_default().push(number);
        }
    }
    let mut used = vec![false; stated.len()];
    let mut found = Vec::new();
    for first in 0..stated.len() {
        if used[first] {
            continue;
        }
        let near = first + 1..(first + 1 + NEIGHBOURS).min(stated.len());
        let sharing = stated[first]
            .telling
            .keys()
            .filter_map(|word| places.get(word.as_str()))
            .filter(|places| places.len() <= COMMON)
            .flatten()
            .copied()
            .filter(|other| *other > first);
        let others: BTreeSet<usize> = near.chain(sharing).filter(|other| !used[*other]).collect();
        let mut group = vec![first];
        for other in others {
            let own = group.iter().any(|member| stated[*member].claim == stated[other].claim);
            if !own && group.len() < GROUP && is_same_thing(&stated[first], &stated[other], first.abs_diff(other)) {
                group.push(other);
            }
        }
        let disagrees =
            |at: &usize| group.iter().any(|other| differ(&stated[*at].figure, &stated[*other].figure, &manifest.bands));
        if group.iter().any(disagrees) {
            group.iter().for_each(|at| used[*at] = true);
            found.push(disagreement(&group, &stated));
        }
    }
    found
}

/// Reads what a claimed figure counts; `None` for what is no count: dates, scores, names, values that no longer hold.
fn read(written: &str, asked: &Asked<'_>) -> Option<Stated> {
    let ours = ours::alone(written, asked)?;
    let counts = matches!(ours.figure.quantity, Quantity::Number(_) | Quantity::Range(..));
    let thing = ours.thing;
    if !counts || thing.open || thing.former || thing.from {
        return None;
    }
    let words = thing
        .own
        .iter()
        .map(|owned| &owned.word)
        .chain(&thing.shared)
        .chain(&thing.places)
        .filter(|word| is_telling(word));
    let telling = words.map(|word| (form(word), word.clone())).collect();
    let language = two_letters(asked.claim.language.as_deref());
    let noun = thing.noun.iter().filter(|word| !is_general(word, language)).cloned().collect();
    Some(Stated { claim: 0, check: 0, figure: ours.figure, noun, thing, telling })
}

/// Whether a word says what is counted, and not that there is a count, who says so, or when.
fn is_telling(word: &str) -> bool {
    !sense::is_people(word)
        && !sense::is_counting(word)
        && sense::event(word).is_none()
        && !lexicon::is_hedge(word)
        && !lexicon::is_saying(word)
        && !word.starts_with(|c: char| c.is_ascii_digit())
        && calendar::month(word).is_none()
        && calendar::weekday(word).is_none()
        && terms::number_word(word).is_none()
        && terms::unit(word).is_none()
}

/// The form that the words of one family, or of one stem, share.
fn form(word: &str) -> String {
    match sense::family(word) {
        Some(family) => format!("{family:?}"),
        None => sense::stem(word).to_owned(),
    }
}

/// Whether two figures exclude each other, whichever of them is asked about.
fn differ(left: &Figure, right: &Figure, bands: &Bands) -> bool {
    let differs = |a, b| matches!(compare(a, b, bands), Relation::Differs(_));
    differs(left, right) && differs(right, left)
}

/// Whether two figures count the same thing. `apart` is how far from each other they stand in the manifest.
fn is_same_thing(left: &Stated, right: &Stated, apart: usize) -> bool {
    let (a, b) = (&left.thing, &right.thing);
    let disjoint = |a: &[String], b: &[String]| {
        !a.is_empty() && !b.is_empty() && !a.iter().any(|word| b.iter().any(|other| same(word, other)))
    };
    if a.event != b.event
        || a.rate != b.rate
        || a.foreseen.is_some() != b.foreseen.is_some()
        || disjoint(&a.years, &b.years)
        || disjoint(&a.times, &b.times)
        || disjoint(&a.name, &b.name)
        || compare(&left.figure, &right.figure, &Bands::default()) == Relation::Unlike
    {
        return false;
    }
    if left.noun.is_empty() != right.noun.is_empty() || disjoint(&left.noun, &right.noun) {
        return false;
    }
    let shared = left.telling.keys().filter(|word| right.telling.contains_key(*word)).count();
    if a.event.is_some() {
        // A statement that names no place speaks of what its neighbours speak of.
        let open = apart <= NEIGHBOURS && (a.places.is_empty() || b.places.is_empty());
        return shared > 0 || open;
    }
    let shorter = left.telling.len().min(right.telling.len());
    !disjoint(&a.places, &b.places) && shared >= 2 && shared * 10 >= shorter * 6
}

/// Whether a noun says no more than that people were counted, or what happened to them: `60 Tote`.
fn is_general(word: &str, language: &str) -> bool {
    sense::is_people(word) || sense::event_at(language, &lexeme::of_text(word), 0).is_some()
}

fn disagreement(group: &[usize], stated: &[Stated]) -> Disagreement {
    let first = &stated[group[0]];
    let noun = first.noun.clone();
    let about = match first.thing.event {
        Some(event) if noun.is_empty() => format!("people {event}"),
        Some(event) => format!("{} {event}", noun.join(" ")),
        None => {
            let in_all = |word: &&String| group.iter().all(|at| stated[*at].telling.contains_key(*word));
            let mut words = noun;
            for word in first.telling.keys().filter(in_all).map(|form| &first.telling[form]) {
                if !words.iter().any(|other| same(other, word)) {
                    words.push(word.clone());
                }
            }
            words.join(" ")
        }
    };
    let counted = |at: &usize| {
        let Stated { claim, check, figure, .. } = &stated[*at];
        let (low, high) = match &figure.quantity {
            Quantity::Range(low, high) => (low.value, high.value),
            Quantity::Number(amount) => (amount.value, amount.value),
            _ => Default::default(),
        };
        Counted { claim: *claim, check: *check, low, high }
    };
    Disagreement { about, counted: group.iter().map(counted).collect(), grows: first.thing.event.is_some() }
}
