//! `According to X, …` and `…, according to X`: phrases that give a source without a verb.

use std::ops::Range;

use super::super::phrase::{Role, View};
use super::clause::{trim, trim_end};
use super::german;
use super::parts::Found;

/// `According to X, …` and `…, according to X`.
pub(super) fn according(view: &View<'_>, body: &Range<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    found.extend(on_behalf(view, body));
    let mut at = body.start;
    while at < body.end {
        let phrase = view.lexicon.according().iter().find(|phrase| {
            phrase.iter().enumerate().all(|(offset, word)| at + offset < body.end && view.word(at + offset) == word)
        });
        let Some(phrase) = phrase else {
            at += 1;
            continue;
        };
        let cue = at..at + phrase.len();
        at = cue.end;
        if view.lexicon.language == "de" {
            if let Some(german) = german(view, body, &cue) {
                at = at.max(german.source.as_ref().map_or(at, |source| source.end));
                found.push(german);
            }
            continue;
        }
        if phrase.len() == 1 && !per_source(view, &cue, body) {
            continue;
        }
        let mut source = view.phrase_after(cue.end, body.end);
        if source.is_empty() {
            continue;
        }
        let first = cue.start == body.start || cue.start == body.start + 1 && view.role(body.start) != Role::Quoted;
        let comma = |from: usize| (from..body.end).find(|at| matches!(view.role(*at), Role::Comma | Role::Dash));
        let content = if first {
            // The source runs to the comma before what it says.
            match comma(source.end).or_else(|| (view.role(source.end) == Role::Comma).then_some(source.end)) {
                Some(comma) if comma + 1 < body.end && comma - source.start < 20 => {
                    // “…, published on Monday, …”, “…, qui suit la côte, …”: what only describes the source goes with it.
                    let next = view.word(comma + 1);
                    let describes = matches!(
                        next,
                        "who" | "which" | "whose" | "qui" | "dont" | "auquel" | "que" | "quien" | "cuyo"
                    ) || matches!(next, "seen" | "known" | "led" | "based" | "al" | "a" | "del")
                        && (view.word(comma + 2) == "que" || view.lexicon.language == "en")
                        || view.role(comma + 1) == Role::Other
                            && (view.lexicon.language == "en" && view.lexicon.is_past(next)
                                || view.lexicon.language != "en"
                                    && ["é", "ée", "és", "ées", "ado", "ada", "ido", "ida"]
                                        .iter()
                                        .any(|ending| next.ends_with(ending)));
                    let close = (comma + 2..body.end.min(comma + 16)).find(|at| view.role(*at) == Role::Comma);
                    let comma = close.filter(|close| describes && close + 1 < body.end).unwrap_or(comma);
                    source.end = comma;
                    comma + 1..body.end
                }
                _ => {
                    let from = source.end;
                    if from >= body.end {
                        continue;
                    }
                    from..body.end
                }
            }
        } else {
            // Behind: to the end of the clause, the whole source.
            let end = comma(source.end).unwrap_or(body.end);
            if end == body.end && end - source.start < 25 {
                source.end = end;
            } else if end < body.end && end - source.start < 12 {
                source.end = end;
                // An apposition goes with it to the end of the sentence.
                let role = view.role(end + 1);
                if matches!(role, Role::Determiner) || matches!(view.word(end + 1), "who" | "which" | "whose") {
                    source.end = body.end;
                }
            }
            let end = trim_end(view, body.start, cue.start);
            let start = clause_start(view, body.start, end);
            start..end
        };
        let content = trim(view, content);
        if content.is_empty() {
            continue;
        }
        at = at.max(source.end);
        let mut content = vec![content];
        // “Fundraising, according to the campaign, has surged”: the clause goes on behind the source.
        let left = content[0].clone();
        if !first
            && view.role(source.end) == Role::Comma
            && source.end + 1 < body.end
            && (!left.clone().any(|at| view.is_finite(at)) || view.word(source.end + 1).ends_with("ing"))
        {
            content.push(trim(view, source.end + 1..body.end));
            at = body.end;
        }
        found.push(Found::new(content, Some(source), cue));
    }
    found
}

/// `Pour X, « … »`: for whom something is so, in their own words.
#[expect(clippy::single_range_in_vec_init, reason = "the content is one piece, a range of tokens")]
fn on_behalf(view: &View<'_>, body: &Range<usize>) -> Option<Found> {
    let cue = body.start..body.start + 1;
    if !matches!(view.word(cue.start), "pour" | "para" | "for" | "für") {
        return None;
    }
    let comma = (cue.end + 1..body.end.min(cue.end + 8)).find(|at| view.role(*at) == Role::Comma)?;
    let source = cue.end..comma;
    let named = source.clone().any(|at| view.role(at) == Role::Name)
        && source.clone().all(|at| {
            matches!(view.role(at), Role::Name | Role::Determiner | Role::Other | Role::Conjunction | Role::Preposition)
        });
    let quoted = view.role(comma + 1) == Role::Quoted && comma + 1 < body.end && view.words_in(comma + 1) > 1;
    let alone = (comma + 2..body.end).all(|at| view.role(at) == Role::Stop);
    (named && quoted && alone).then(|| Found::new(vec![comma + 1..comma + 2], Some(source), cue))
}

/// A German phrase: `laut X`, `nach Angaben des X`, `X zufolge`, at the head of its sentence, inside it or behind it.
fn german(view: &View<'_>, body: &Range<usize>, cue: &Range<usize>) -> Option<Found> {
    let postposed = view.word(cue.start) == "zufolge";
    let source = if postposed {
        german::postposed(view, body, cue.start)
    } else {
        german::according_source(view, cue.end, body.end)
    };
    if source.is_empty()
        || view.role(source.start) == Role::Pronoun && source.len() == 1 && view.word(source.start) == "sich"
    {
        return None;
    }
    let (from, to) = (cue.start.min(source.start), cue.end.max(source.end));
    // “„…“, sagte Holt laut Mitteilung”: she says it, and the paper passes it on.
    let spoken = (body.start..from).find(|at| view.role(*at) == Role::Quoted && view.words_in(*at) > 2);
    if spoken.is_some_and(|quoted| (quoted + 1..from).any(|at| view.lexicon.is_speech(view.word(at)))) {
        return None;
    }
    // The clause around it, between the commas that do not enclose the phrase itself.
    let mut pieces = Vec::new();
    if from > body.start {
        pieces.push(trim(view, body.start..from));
    }
    if to < body.end {
        pieces.push(trim(view, to..body.end));
    }
    pieces.retain(|piece| !piece.is_empty());
    let clause = pieces.iter().any(|piece| piece.len() > 1 || view.role(piece.start) == Role::Quoted);
    clause.then(|| Found::new(pieces, Some(source), cue.clone()))
}

/// Whether `per` and its like name a source rather than a rate: behind a comma and before a name.
pub(super) fn per_source(view: &View<'_>, cue: &Range<usize>, body: &Range<usize>) -> bool {
    let before = cue.start == body.start || view.role(cue.start - 1) == Role::Comma;
    before && matches!(view.role(cue.end), Role::Name | Role::Determiner | Role::Pronoun)
}

/// Where the clause begins that ends at `end`: behind a coordination with its own verb, else at the beginning.
pub(super) fn clause_start(view: &View<'_>, start: usize, end: usize) -> usize {
    (start + 1..end)
        .rev()
        .find(|at| {
            matches!(view.role(*at), Role::Stop)
                || view.role(*at) == Role::Comma
                    && matches!(view.word(at + 1), "but" | "while" | "though" | "although")
                    && (start..*at).any(|at| view.is_finite(at))
                    && (at + 1..end).any(|at| view.is_finite(at))
        })
        .map_or(start, |at| at + 1)
}
