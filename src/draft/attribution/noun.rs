//! Nouns of saying: `X’s claim that …`, `the claim by X that …`, `her view that …`.

use std::ops::Range;

use super::super::phrase::{Role, View};
use super::clause::{trim, trim_end};
use super::parts::Found;

/// What nouns attribute. Only where the words say whose it is, and a clause follows.
pub(super) fn nouns(view: &View<'_>, body: &Range<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    for at in body.start..body.end.saturating_sub(3) {
        if !view.lexicon.is_saying(view.word(at)) || !matches!(view.role(at), Role::Other | Role::Name) {
            continue;
        }
        let Some((source, that)) = owner_before(view, body, at).or_else(|| owner_behind(view, body, at)) else {
            continue;
        };
        let end = end(view, body, source.start.min(at), that);
        let content = trim(view, that..trim_end(view, that, end));
        if content.len() < 3 || !content.clone().any(|at| view.is_finite(at)) {
            continue;
        }
        found.push(Found::new(vec![content], Some(source), at..at + 1));
    }
    found
}

/// Where the clause begins that follows a noun at `from`: at the word for “that”, which begins no relative clause there.
fn that(view: &View<'_>, from: usize, end: usize) -> Option<usize> {
    let comma = usize::from(view.lexicon.language == "de" && view.role(from) == Role::Comma);
    let at = from + comma + usize::from(view.lexicon.language == "es" && view.word(from) == "de");
    let word = view.word(at);
    let fits = match view.lexicon.language {
        "de" => matches!(word, "dass" | "daß"),
        "fr" | "es" => matches!(word, "que" | "qu"),
        _ => {
            word == "that" && !matches!(view.role(at + 1), Role::Auxiliary | Role::Negation) && !view.is_finite(at + 1)
        }
    };
    (fits && at + 2 < end).then_some(at)
}

/// `X’s claim that …`, `his repeated claim that …`
fn owner_before(view: &View<'_>, body: &Range<usize>, at: usize) -> Option<(Range<usize>, usize)> {
    let that = that(view, at + 1, body.end)?;
    let owns =
        |at: usize| matches!(view.word(at), "his" | "her" | "their" | "its" | "seine" | "ihre" | "sa" | "son" | "su");
    // An adjective may stand between.
    for place in (at.saturating_sub(2).max(body.start)..at).rev() {
        if view.role(place) == Role::Possessive && place > body.start {
            // A name stands by itself, whatever stands before it.
            let mut start = place;
            while start > body.start && view.role(start - 1) == Role::Name {
                start -= 1;
            }
            if start < place {
                return Some((start..place + 1, that));
            }
            return view.phrase_before(place, body.start).map(|phrase| (phrase.start..place + 1, that));
        }
        if owns(place) {
            return Some((place..place + 1, that));
        }
        if view.role(place) != Role::Other || view.is_finite(place) {
            break;
        }
    }
    None
}

/// `the claim by X that …`, `die Behauptung des Ministers, dass …`
fn owner_behind(view: &View<'_>, body: &Range<usize>, at: usize) -> Option<(Range<usize>, usize)> {
    if !view.lexicon.is_owner(view.word(at + 1)) {
        return None;
    }
    let phrase = view.phrase_after(at + 2, body.end);
    if phrase.is_empty() || !matches!(view.role(phrase.start), Role::Name | Role::Determiner | Role::Other) {
        return None;
    }
    that(view, phrase.end, body.end).map(|that| (phrase, that))
}

/// Where the clause ends: at a comma behind which the main clause goes on, and before the main verb where the noun is its
/// subject.
fn end(view: &View<'_>, body: &Range<usize>, begins: usize, that: usize) -> usize {
    let adverbial = view.role(body.start) == Role::Preposition && begins < body.start + 6;
    let comma = (that + 2..body.end).find(|at| {
        view.role(*at) == Role::Comma
            && (adverbial
                || matches!(view.word(at + 1), "which" | "who" | "but" | "and" | "while" | "although")
                || view.word(at + 1).ends_with("ing"))
    });
    let end = comma.unwrap_or(body.end);
    if (body.start..begins).any(|at| view.is_finite(at)) || adverbial {
        return end;
    }
    // The second verb that no conjunction joins is the main one.
    let mut verbs = (that + 1..end).filter(|at| {
        view.is_finite(*at)
            && !matches!(view.role(at - 1), Role::Auxiliary | Role::Conjunction | Role::Adverb | Role::Negation)
    });
    verbs.next();
    verbs.next().unwrap_or(end)
}
