//! Attributions: a sentence → who says what in it, by which words.
//!
//! Each verb of the lexicon is a candidate. Where its subject stands, and whether words stand before it, behind it or
//! on both sides, decides what is attributed. Of attributions inside one another the outermost is kept.

mod according;
mod before;
mod behind;
mod clause;
mod cue;
mod ends;
mod german;
mod group;
mod hearer;
mod idle;
mod noun;
mod parts;
mod passed_on;
mod said;
mod subject;
mod told;

use std::ops::Range;

use super::phrase::{Role, View, is_heading};
use according::according;
use cue::cues;
use idle::is_claim;
pub(super) use parts::Found;
use parts::Side;
use said::read;
use subject::main_subject;
pub(super) use told::{is_kin, told_of};

/// Finds the attributions of a sentence.
pub(super) fn attributions(view: &View<'_>, sentence: &Range<usize>) -> Vec<Found> {
    let mut end = sentence.end;
    let mut start = sentence.start;
    while end > start
        && (view.role(end - 1) == Role::Stop
            || view.role(end - 1) == Role::Closing && view.role(start) == Role::Opening)
    {
        end -= 1;
    }
    if start < end && view.role(start) == Role::Opening {
        start += 1;
    }
    if end > start && view.role(end - 1) == Role::Closing && !(start..end).any(|at| view.role(at) == Role::Opening) {
        end -= 1;
        while end > start && view.role(end - 1) == Role::Stop {
            end -= 1;
        }
    }
    if start == 0 {
        start = dateline(view, end);
    }
    let body = start..end;
    if body.is_empty() {
        return Vec::new();
    }
    let according = according(view, &body);
    let mut found = Vec::new();
    let taken: Vec<Range<usize>> =
        according.iter().flat_map(|found| [found.cue.clone(), found.source.clone().unwrap_or(0..0)]).collect();
    let cues = cues(view, &body, &taken);
    // What closes a clause (`…, she said`) has everything before it; what verbs inside it attribute is nested.
    let mut covered: Vec<Range<usize>> = Vec::new();
    let mut floor = body.start;
    let mut closing: Vec<Option<Found>> = vec![None; cues.len()];
    for (number, cue) in cues.iter().enumerate() {
        if let Some((found, Side::Before)) = read(view, &body, floor, cue, &cues[number + 1..], &according)
            && !covered.iter().any(|range| range.contains(&cue.verb))
        {
            covered.extend(found.content.iter().cloned());
            let mut found = found;
            found.nested = nested(view, &body, floor, &cues[..number], &found);
            floor = cue.source().map_or(cue.group.end, |source| source.end.max(cue.group.end));
            closing[number] = Some(found);
        }
    }
    let mut floor = body.start;
    for (number, cue) in cues.iter().enumerate() {
        if let Some(read) = closing[number].take() {
            floor = cue.source().map_or(cue.group.end, |source| source.end.max(cue.group.end)).max(floor);
            found.push(read);
            continue;
        }
        // A verb inside what another one attributes is nested: the outer attribution has it.
        if covered.iter().any(|range| range.contains(&cue.verb))
            || found.iter().any(|found| {
                found.cue.contains(&cue.verb)
                    // “quoted X as saying”: the two verbs are one.
                    || found.inner.is_some() && found.content.iter().any(|piece| piece.start == cue.group.end)
            })
        {
            continue;
        }
        if let Some((read, _)) = read(view, &body, floor, cue, &cues[number + 1..], &according) {
            covered.extend(read.content.iter().cloned());
            floor = floor.max(read.content.iter().map(|range| range.end).max().unwrap_or(floor)).max(cue.group.end);
            found.push(read);
        }
    }
    for noun in noun::nouns(view, &body) {
        let nested = covered.iter().any(|range| range.contains(&noun.cue.start))
            || found.iter().any(|found| {
                found
                    .content
                    .iter()
                    .any(|piece| noun.content.iter().any(|own| own.start < piece.end && piece.start < own.end))
            });
        if !nested {
            covered.extend(noun.content.iter().cloned());
            found.push(noun);
        }
    }
    if view.lexicon.language == "de"
        && let Some(said) = german::had_said(view, &body)
    {
        found.retain(|other| {
            other.cue.start < said.cue.start && !other.content.iter().any(|piece| piece.start == said.content[0].start)
        });
        found.push(said);
    }
    if view.lexicon.language == "de"
        && let Some(paper) = german::emerges(view, &body)
    {
        found.retain(|other| {
            !paper.content.iter().any(|whole| other.content.iter().all(|piece| whole.start <= piece.start))
        });
        found.push(paper);
    }
    loose(view, &body, &mut found);
    for mut outer in according {
        // The whole sentence is according to somebody: what it attributes inside is nested.
        let inside = |inner: &Found| {
            inner
                .content
                .iter()
                .all(|piece| outer.content.iter().any(|whole| whole.start <= piece.start && piece.end <= whole.end))
        };
        let (nested, kept): (Vec<Found>, Vec<Found>) = found.into_iter().partition(inside);
        found = kept;
        outer.nested = nested.into_iter().next().map(Box::new);
        found.push(outer);
    }
    citing(view, &mut found);
    found.retain(|found| is_claim(view, found));
    found.sort_by_key(|found| found.content.first().map_or(0, |piece| piece.start));
    found
}

/// What an earlier verb attributes in what a closing one does, where it begins with it.
fn nested(
    view: &View<'_>,
    body: &Range<usize>,
    floor: usize,
    earlier: &[parts::Cue],
    outer: &Found,
) -> Option<Box<Found>> {
    let [whole] = outer.content.as_slice() else { return None };
    let cue = earlier.iter().find(|cue| whole.contains(&cue.verb))?;
    let inside = whole.start..whole.end;
    let (mut found, _) = read(view, &(body.start..inside.end), floor, cue, &[], &[])?;
    found.content.retain(|piece| piece.start >= inside.start && piece.end <= inside.end);
    let near = found.source.as_ref().is_some_and(|source| source.start <= inside.start + 4);
    (near && !found.content.is_empty() && !found.attitude).then(|| Box::new(found))
}

/// Where a paragraph begins behind the place and day of its report: `SELBY — The harbour …`, `Selba, 3 mar (Agencia Sur).- El …`.
fn dateline(view: &View<'_>, end: usize) -> usize {
    let dash = (1..end.min(12)).find(|at| view.role(*at) == Role::Dash || view.tokens[*at].point() == Some('-'));
    let Some(dash) = dash.filter(|dash| dash + 2 < end) else { return 0 };
    let text = &view.text[view.range(&(0..1)).span()];
    let shouted = text.chars().count() > 2 && text.chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
    let bracket = view.role(dash - 1) == Role::Closing
        || dash > 2 && view.role(dash - 1) == Role::Stop && view.role(dash - 2) == Role::Closing;
    let plain = (0..dash).all(|at| {
        matches!(
            view.role(at),
            Role::Name
                | Role::Number
                | Role::Time
                | Role::Comma
                | Role::Stop
                | Role::Opening
                | Role::Closing
                | Role::Sign
        ) || view.role(at) == Role::Other && view.tokens[at].range.len() <= 4
            || bracket && !view.is_finite(at)
    });
    if view.tokens[0].capital && plain && (shouted || bracket) { dash + 1 } else { 0 }
}

/// Whether a phrase names somebody or something that can say: a name, people, a document.
fn is_source(view: &View<'_>, phrase: &Range<usize>) -> bool {
    let end = (phrase.start + 1..phrase.end)
        .find(|at| matches!(view.role(*at), Role::Preposition | Role::Comma))
        .unwrap_or(phrase.end);
    let last = view.word(end - 1);
    view.role(end - 1) == Role::Name && !(phrase.start..end).any(|at| view.role(at) == Role::Possessive)
        || view.lexicon.is_writing(last)
        || view.lexicon.is_listener(last)
        || matches!(
            last,
            "witness"
                | "witnesses"
                | "source"
                | "sources"
                | "official"
                | "diplomat"
                | "diplomats"
                | "experts"
                | "documents"
                | "document"
                | "records"
                | "spokesman"
                | "spokeswoman"
                | "spokesperson"
                | "lawyer"
                | "lawyers"
                | "aide"
                | "authorities"
                | "media"
                | "person"
                | "analysts"
                | "residents"
                | "activists"
                | "doctors"
                | "relatives"
                | "agency"
                | "agencies"
                | "ministry"
                | "insiders"
                | "executives"
                | "emails"
                | "messages"
                | "letters"
        )
        || (phrase.start..end)
            .any(|at| matches!(view.word(at), "people" | "persons" | "person" | "sources" | "officials"))
}

/// `X, citing Y, said …` and `…, X said, citing Y`: what X says comes from Y.
fn citing(view: &View<'_>, found: &mut Vec<Found>) {
    let cites = |found: &Found| {
        matches!(view.word(found.cue.end - 1), "citing" | "quoting")
            && found.inner.is_none()
            && found.content.len() == 1
            && !found.content[0].clone().any(|at| view.is_finite(at) || view.role(at) == Role::Quoted)
            && is_source(view, &found.content[0])
    };
    let mut at = 0;
    while at < found.len() {
        let whose = found[at].source.clone();
        let partner = cites(&found[at]).then(|| {
            found.iter().position(|other| {
                other.inner.is_none()
                    && !std::ptr::eq(other, &found[at])
                    && match (&other.source, &whose) {
                        (Some(a), Some(b)) => a.start == b.start || a.end == b.end,
                        _ => false,
                    }
            })
        });
        if let Some(Some(partner)) = partner {
            let cited = found.remove(at);
            let partner = partner - usize::from(partner > at);
            if let (Some(other), Some(content)) = (found.get_mut(partner), cited.content.into_iter().next()) {
                other.inner = Some(content);
            }
            continue;
        }
        at += 1;
    }
}

/// Quotations that no verb of the lexicon attributes, and that yet are speech by their place: behind a colon, or with a
/// comma inside their closing mark before a short clause (`“…,” she deadpans.`).
#[expect(clippy::single_range_in_vec_init, reason = "the content is one piece, a range of tokens")]
fn loose(view: &View<'_>, body: &Range<usize>, found: &mut Vec<Found>) {
    for at in body.clone() {
        if view.role(at) != Role::Quoted
            || found.iter().any(|found| found.content.iter().any(|piece| piece.contains(&at)))
        {
            continue;
        }
        if at > body.start + 1 && view.role(at - 1) == Role::Colon && view.words_in(at) > 1 {
            // Without a verb before the colon only what stands alone before it can be who speaks.
            let source = main_subject(view, body, at - 1)
                .or_else(|| view.phrase_before(at - 1, body.start).filter(|phrase| phrase.start == body.start))
                // “L’éditrice Dora Pelle, elle, ne cache pas sa colère : « … »”
                .or_else(|| {
                    let named = view.phrase_after(body.start, at - 1);
                    let plain = named.clone().any(|at| view.role(at) == Role::Name);
                    (plain && view.role(named.end) == Role::Comma && named.end < at - 1).then_some(named)
                })
                .filter(|source| source.len() > 1 || !is_heading(view.word(source.start)));
            found.push(Found::new(vec![at..at + 1], source, at - 1..at));
        } else if at == body.start
            && view.inner(at).ends_with(',')
            && view.words_in(at) > 1
            && body.end - at > 2
            && body.end - at < 30
        {
            let Some(verb) = (at + 1..body.end).find(|verb| view.is_finite(*verb)) else {
                // “…,” she deadpans: the form tells nothing, the place does.
                if body.end - at == 3 && matches!(view.role(at + 1), Role::Pronoun | Role::Name) {
                    found.push(Found::new(vec![at..at + 1], Some(at + 1..at + 2), at + 2..at + 3));
                }
                continue;
            };
            if verb == at + 1 {
                continue;
            }
            found.push(Found::new(vec![at..at + 1], view.subject_before(verb, at + 1), verb..verb + 1));
        }
    }
}

/// Whether a sentence without an attribution goes on with what somebody said before.
pub(super) fn goes_on(view: &View<'_>, sentence: &Range<usize>) -> bool {
    view.lexicon.language == "de" && german::goes_on(view, sentence)
}

/// Who says what the sentence before this one said, and the words that tell it: `Das teilte das Unternehmen mit.`
pub(super) fn refers_back(view: &View<'_>, sentence: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    if view.lexicon.language == "de" { german::refers_back(view, sentence) } else { None }
}

/// The subject of a sentence, for what its closing colon announces.
pub(super) fn subject_of(view: &View<'_>, body: &Range<usize>) -> Option<Range<usize>> {
    main_subject(view, body, body.end)
}
