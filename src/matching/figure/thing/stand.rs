//! Standing: what a claimed figure counts against what a figure of the source counts.

use super::contrast::{self, Contradiction};
use super::respectively;
use super::told;
use super::{Owned, Thing};
use crate::matching::figure::sense::{self, same};
use crate::matching::fold;
use crate::matching::lexicon;

/// How well the words of a claim stand with a figure rather than with the figures beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::matching::figure) enum Stand {
    /// Nothing says that it is another thing.
    Open,
    /// The claim's words are this figure's own.
    Own,
    /// What is counted is another thing, or the claim's words contradict the figure's.
    Other,
    /// More of the claim's words are another figure's: another thing, unless the very words around the figure are the claim's.
    Beside,
    /// It is counted by something else: a day, a year.
    OtherRate,
    /// It goes the other way: up for down.
    OtherSign,
}

/// Compares what a claimed figure counts with what a figure of the source counts.
pub(in crate::matching::figure) fn stand(ours: &Thing, theirs: &Thing) -> Stand {
    if ours.open {
        return Stand::Open;
    }
    if let Some((names, own)) = theirs.frame.respective.as_ref().filter(|_| ours.frame.respective.is_none())
        && let Some(its_own) = respectively::judge(names, *own, &ours.frame.sayings)
    {
        return if its_own { Stand::Own } else { Stand::Other };
    }
    // `340 in May, up from 290 a year earlier`
    if ours.earlier == Some(true) && theirs.earlier == Some(false) {
        return Stand::Other;
    }
    match contrast::contradicts(&ours.frame, &theirs.frame) {
        Some(Contradiction::Sign) => return Stand::OtherSign,
        Some(Contradiction::Thing) => return Stand::Other,
        None => {}
    }
    if let (Some(a), Some(b)) = (ours.event, theirs.event)
        && a != b
    {
        return Stand::Other;
    }
    match (ours.rate, theirs.rate) {
        (Some(a), Some(b)) if a != b => return Stand::OtherRate,
        (Some(a), None) if theirs.near_rates.contains(&a) => {}
        (Some(a), None) if !theirs.rates.contains(&a) => return Stand::OtherRate,
        // `$812 billion, or $21,400 per person`
        (Some(_), None) if !theirs.alone => return Stand::OtherRate,
        (None, None)
            if ours
                .rates
                .iter()
                .any(|rate| *rate == "head" && theirs.rates.contains(rate) && !theirs.near_rates.contains(rate)) =>
        {
            return Stand::OtherRate;
        }
        _ => {}
    }
    if !ours.years.is_empty() && !theirs.years.is_empty() && !ours.years.iter().any(|year| theirs.years.contains(year))
    {
        return Stand::Other;
    }
    // `has 22 members; in 1990 it had 29`
    if !ours.near_years.is_empty()
        && ours.near_years.iter().all(|year| theirs.later_years.contains(year) && !theirs.years.contains(year))
    {
        return Stand::Other;
    }
    // `12 last year and 15 this year`: each has its own time.
    let other_time = ours.alone
        && !theirs.times.is_empty()
        && ours.times.iter().any(|time| theirs.other_times.contains(time))
        && !ours.times.iter().any(|time| theirs.times.contains(time));
    if other_time || ours.from && !ours.former && theirs.to {
        return Stand::Other;
    }
    let claimed: Vec<&str> =
        ours.own.iter().map(|owned| owned.word.as_str()).chain(ours.shared.iter().map(String::as_str)).collect();
    let said = |word: &str| claimed.iter().any(|claimed| same(claimed, word));
    // `Aune, 54,` is no age of another.
    if !ours.name.is_empty()
        && !theirs.name.is_empty()
        && !ours.name.iter().any(|name| theirs.name.iter().any(|other| same(name, other)))
    {
        return Stand::Other;
    }
    if is_of_part(ours, theirs, &said) {
        return Stand::Other;
    }
    // A word that both figures have, or that the sentence has beside them, tells nothing.
    let tells = |word: &str| !theirs.shared.iter().any(|shared| same(shared, word));
    let own: Vec<&Owned> = theirs
        .own
        .iter()
        .filter(|owned| !theirs.others.iter().flatten().any(|other| same(&other.word, &owned.word)))
        .filter(|owned| tells(&owned.word))
        .collect();
    let one_event = ours.event.is_some() && ours.event == theirs.event;
    let own_hits = usize::from(one_event)
        + usize::from(told::agree(&ours.frame, &theirs.frame))
        + distinct(own.iter().filter(|owned| said(&owned.word)).map(|owned| owned.word.as_str()));
    let people = sense::family("people");
    let no_noun = one_event && !theirs.own.iter().any(|owned| owned.role.is_empty());
    // The claim's very noun is another figure's: `nine children` of `nine people, three of them children`.
    let nouns_differ = !ours.noun.is_empty()
        && !theirs.noun.is_empty()
        && !ours
            .noun
            .iter()
            .any(|word| sense::family(word) == people || theirs.noun.iter().any(|other| same(word, other)))
        && theirs
            .others
            .iter()
            .flatten()
            .any(|other| other.role.is_empty() && ours.noun.first().is_some_and(|word| same(word, &other.word)));
    let nouns_differ = nouns_differ && !is_told(ours, theirs);
    if (nouns_differ || has_other_modifier(ours, theirs)) && !is_characters(&theirs.own) {
        return Stand::Other;
    }
    let mut other_hits = 0;
    for words in &theirs.others {
        let alone: Vec<&Owned> = words
            .iter()
            .filter(|other| !theirs.own.iter().any(|owned| same(&owned.word, &other.word)) && tells(&other.word))
            // `12 people died, 35 were hurt`: the noun is left out where it is the same.
            .filter(|other| !(other.role.is_empty() && (no_noun || sense::family(&other.word) == people)))
            .filter(|other| said(&other.word))
            .collect();
        other_hits = other_hits.max(distinct(alone.iter().map(|other| other.word.as_str())));
        // In one role, what the claim says is the other's: `35 women from Norvik` of `12 men from Norvik and 35 women
        // from Harlow`.
        let contradicted = alone.iter().any(|other| {
            let mut of_role = own.iter().filter(|owned| owned.role == other.role).peekable();
            let names = own.iter().any(|owned| owned.role == other.role && owned.name) && other.name;
            of_role.peek().is_some()
                && !of_role.any(|owned| said(&owned.word))
                && !said_by_others(ours, &other.word)
                && (own_hits == 0 || names)
        });
        if contradicted && !is_characters(&theirs.own) {
            return Stand::Other;
        }
    }
    // `the new bridge`, where the claim says `the old bridge`.
    let opposed =
        |owned: &&Owned| claimed.iter().any(|word| lexicon::are_antonyms(word, &owned.word)) && !said(&owned.word);
    if own.iter().any(opposed) && theirs.others.iter().flatten().any(|other| said(&other.word)) {
        return Stand::Other;
    }
    if counts_other(ours, theirs) {
        return Stand::Other;
    }
    let enough = if is_characters(&theirs.own) { 3 } else { 1 };
    if other_hits >= enough && own_hits == 0 || other_hits >= own_hits + 3 && !is_characters(&theirs.own) {
        return Stand::Beside;
    }
    if own_hits > 0 { Stand::Own } else { Stand::Open }
}

/// Whether the claim has the modifier of another figure's noun in place of this one's: `two red cards` of `two yellow cards
/// and one red`.
fn has_other_modifier(ours: &Thing, theirs: &Thing) -> bool {
    let has = |words: &[String], word: &str| words.iter().any(|other| same(other, word));
    let heads = |end: &dyn Fn(&[String]) -> Option<String>| match (end(&ours.noun), end(&theirs.noun)) {
        (Some(own), Some(other)) => same(&own, &other),
        _ => false,
    };
    let one_head = heads(&|noun| noun.last().cloned()) || heads(&|noun| noun.first().cloned());
    if ours.noun.len() < 2 || theirs.noun.len() < 2 || !ours.others.is_empty() || !one_head {
        return false;
    }
    let of_others = || theirs.others.iter().flatten().filter(|other| other.role.is_empty());
    let taken = of_others().any(|other| has(&ours.noun, &other.word) && !has(&theirs.noun, &other.word));
    let said = |word: &str| has(&ours.frame.all, word) || of_others().any(|other| same(&other.word, word));
    taken && theirs.noun.iter().any(|word| !said(word))
}

/// Whether the claim has as its predicate what reads as a noun behind the source's figure: `92 needed treatment`.
fn is_told(ours: &Thing, theirs: &Thing) -> bool {
    theirs.noun.iter().all(|word| ours.predicate.iter().any(|own| same(own, word)))
}

/// Whether what a claim says of a whole is said of a part of it alone.
fn is_of_part(ours: &Thing, theirs: &Thing, said: &dyn Fn(&str) -> bool) -> bool {
    if !ours.alone {
        return false;
    }
    let beyond = theirs.own.iter().filter(|owned| !owned.role.is_empty()).map(|owned| owned.word.as_str());
    let whole: Vec<&str> = beyond.chain(theirs.shared.iter().map(String::as_str)).collect();
    let of_whole = |word: &str| whole.iter().any(|other| same(other, word));
    if theirs
        .givers
        .iter()
        .any(|word| said(word) && !of_whole(word) && !theirs.noun.iter().any(|noun| same(noun, word)))
    {
        return true;
    }
    let part = theirs.parts.iter().map(String::as_str).filter(|word| said(word) && !of_whole(word));
    let part = part.filter(|word| !theirs.noun.iter().any(|noun| same(noun, word)));
    let part: Vec<&str> = part.collect();
    if !part.is_empty() && !theirs.predicate.iter().any(|word| said(word)) {
        return true;
    }
    distinct(part.into_iter()) > distinct(whole.iter().copied().filter(|word| said(word)))
}

/// Whether the claim's statement gives a word to another of its figures.
fn said_by_others(ours: &Thing, word: &str) -> bool {
    ours.others.iter().flatten().any(|other| same(&other.word, word))
}

/// Whether words are characters of a script without spaces, of which a few shared ones say little.
fn is_characters(words: &[Owned]) -> bool {
    words.iter().any(|owned| owned.word.chars().next().is_some_and(fold::is_unspaced))
}

fn distinct<'w>(words: impl Iterator<Item = &'w str>) -> usize {
    let mut found: Vec<&str> = Vec::new();
    for word in words {
        if !found.iter().any(|known| same(known, word)) {
            found.push(word);
        }
    }
    found.len()
}

/// Whether the claimed noun stands in the source's sentence, but with something else than this figure.
fn counts_other(ours: &Thing, theirs: &Thing) -> bool {
    if ours.noun.is_empty() || theirs.noun.is_empty() {
        return false;
    }
    let shares = ours.noun.iter().any(|word| theirs.noun.iter().any(|other| same(word, other)));
    if shares || is_told(ours, theirs) {
        return false;
    }
    let head = &ours.noun[0];
    let generic = sense::family(head).is_some_and(|family| Some(family) == sense::family("people"));
    let elsewhere = theirs.shared.iter().chain(theirs.own.iter().map(|owned| &owned.word)).any(|word| same(word, head));
    !generic && elsewhere && sense::event(head).is_none()
}
