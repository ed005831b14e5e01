//! Words that are passed on: `Reuters quoted X as saying`, `was quoted as saying`, `was asked whether`.

use std::ops::Range;

use super::super::phrase::{Role, View};
use super::before::before;
use super::clause::trim;
use super::ends::said_end;
use super::parts::{Cue, Found};

/// `Reuters quoted X as saying …`, `“…,” Reuters quoted X of Y`, `the BBC quotes a report by X that …`.
pub(super) fn second_hand(
    view: &View<'_>,
    body: &Range<usize>,
    floor: usize,
    cue: &Cue,
    after: usize,
) -> Option<Found> {
    if !matches!(view.word(cue.verb), "quote" | "quotes" | "quoted" | "quoting" | "cites" | "cited" | "cite" | "citing")
        || cue.passive
    {
        return None;
    }
    let cites = view.word(cue.verb).starts_with("cit");
    let mut inner = view.phrase_after(after, body.end);
    // “quoted the minister, Idris Bako, as saying”
    if view.role(inner.end) == Role::Comma
        && let Some(close) = (inner.end + 1..body.end.min(inner.end + 14)).find(|at| view.role(*at) == Role::Comma)
        && view.word(close + 1) == "as"
    {
        inner.end = close + 1;
    }
    // “cited a person close to him as saying”
    if view.word(inner.end) != "as"
        && let Some(close) = (inner.end..body.end.min(inner.end + 8)).find(|at| {
            view.word(*at) == "as" && matches!(view.word(at + 1), "saying" | "telling" | "writing" | "having")
        })
        && !(inner.end..close).any(|at| matches!(view.role(at), Role::Comma | Role::Quoted | Role::Colon))
    {
        inner.end = close;
    }
    if inner.is_empty() || view.role(inner.start) == Role::Quoted {
        return None;
    }
    let made = |content: Range<usize>, inner: Range<usize>, cue_end: usize| {
        let content = trim(view, content);
        (!content.is_empty())
            .then(|| Found { inner: Some(inner), ..Found::new(vec![content], cue.source(), cue.group.start..cue_end) })
    };
    let next = inner.end;
    if view.word(next) == "as" && matches!(view.word(next + 1), "saying" | "telling" | "writing" | "having") {
        if let Some(before) = before(view, body, floor, cue) {
            return made(before, inner, cue.group.end);
        }
        return made(next + 2..body.end, inner, cue.group.end);
    }
    if cites {
        return None;
    }
    if view.word(next) == "who" {
        let verb = (next + 1..body.end.min(next + 5)).find(|at| !view.lexicon.verbs(view.word(*at)).is_empty())?;
        return made(verb + 1..body.end, inner, verb + 1);
    }
    if view.word(next) == "that" {
        // Of a document that has an author the author speaks: “a report by X that …”.
        let by = inner.clone().find(|at| matches!(view.word(*at), "by" | "from"));
        let speaker = by.map_or(inner.clone(), |at| at + 1..inner.end);
        return made(next..body.end, speaker, cue.group.end);
    }
    let left = before(view, body, floor, cue)?;
    (view.role(left.end - 1) == Role::Quoted).then(|| made(left, inner, cue.group.end)).flatten()
}

/// `was quoted as saying`, `was asked whether`, `it was announced that`, `was first reported by X`.
pub(super) fn passive(view: &View<'_>, body: &Range<usize>, cue: &Cue, later: &[Cue]) -> Option<Found> {
    let after = cue.group.end;
    let subject = cue.source();
    let end = said_end(view, body, after, cue, later, &[]);
    let said = |content: Range<usize>, source: Option<Range<usize>>, cue: Range<usize>, attitude: bool| {
        let content = trim(view, content);
        let passive = matches!(view.word(cue.end - 1), "saying" | "telling" | "writing");
        (!content.is_empty()).then_some(Found { attitude, passive, ..Found::new(vec![content], source, cue) })
    };
    if view.word(after) == "as" && matches!(view.word(after + 1), "saying" | "telling" | "writing") {
        return said(after + 2..end, subject, cue.group.start..after + 2, false);
    }
    // “was quoted by X as saying”
    if view.word(after) == "by" {
        let by = view.phrase_after(after + 1, body.end);
        if !by.is_empty()
            && view.word(by.end) == "as"
            && matches!(view.word(by.end + 1), "saying" | "telling" | "writing")
            && let Some(mut found) = said(by.end + 2..end, Some(by.clone()), cue.group.start..cue.group.end, false)
        {
            found.inner = subject.clone().filter(|inner| !inner.is_empty());
            return Some(found);
        }
    }
    if view.lexicon.is_that(view.word(after)) && cue.frame.clause {
        let source = None;
        let _ = subject;
        return said(after..end, source, cue.group.clone(), cue.frame.attitude);
    }
    if cue.frame.listener && view.lexicon.is_that(view.word(after)) {
        return said(after..end, None, cue.group.clone(), false);
    }
    // “was asked by X whether”
    if cue.frame.listener && view.word(after) == "by" {
        let by = view.phrase_after(after + 1, body.end);
        if !by.is_empty() && view.lexicon.is_that(view.word(by.end)) {
            return said(by.end..end, Some(by), cue.group.clone(), false);
        }
    }
    // “was called a ‘hero’”: words that somebody used, whoever that was.
    if cue.frame.noun
        && !cue.frame.beside
        && !cue.frame.weak
        && let Some(quoted) = (after..end.min(after + 6)).find(|at| view.role(*at) == Role::Quoted)
        && (after..quoted).all(|at| !matches!(view.role(at), Role::Comma | Role::Colon))
        && view.words_in(quoted) > 1
    {
        let by = (view.word(quoted + 1) == "by").then(|| view.phrase_after(quoted + 2, body.end));
        return said(after..quoted + 1, by.filter(|by| !by.is_empty()), cue.group.clone(), false);
    }
    if view.word(after) == "by" && cue.frame.beside {
        let source = view.phrase_after(after + 1, body.end);
        let start = body.start;
        let content = trim(view, start..cue.group.start);
        if !source.is_empty() && !content.is_empty() {
            return said(content, Some(source), cue.group.start..after + 1, false);
        }
    }
    None
}
