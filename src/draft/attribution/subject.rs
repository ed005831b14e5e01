//! Subjects that do not stand right before their verb: behind it, shared with another, or of the sentence.

use std::ops::Range;

use super::super::lexicon::Frame;
use super::super::phrase::{Role, View};
use super::parts::{Cue, Subject};

/// Whether a verb stands between two places, outside relative clauses.
pub(super) fn has_clause(view: &View<'_>, from: usize, to: usize) -> bool {
    let mut relative = false;
    for at in from..to {
        match view.role(at) {
            Role::Comma => relative = false,
            Role::Quoted if view.ends_as_speech(at) => return true,
            _ if matches!(view.word(at), "who" | "which" | "whose") => relative = true,
            _ if at > from
                && view.role(at - 1) == Role::Comma
                && matches!(view.word(at), "que" | "qui" | "dont" | "quien" | "quienes" | "cuyo" | "cuya") =>
            {
                relative = true
            }
            // “The firm, based in Oslo, claims …”: a participle that describes the subject.
            _ if at > from
                && view.role(at - 1) == Role::Comma
                && view.role(at) == Role::Other
                && view.word(at).ends_with("ed") => {}
            _ if !relative && view.is_finite(at) => return true,
            _ => {}
        }
    }
    false
}

/// Whether what stands before the comma in front of a verb is what is said, where `subject` stands behind the verb: it has a
/// verb of its own that the lists know, or it is the only thing before the verb, where no comma parts a subject from it
/// (`The dam holds water, said Mara Lind`).
pub(super) fn said_before(
    view: &View<'_>,
    body: &Range<usize>,
    comma: usize,
    subject: &Range<usize>,
    frame: Frame,
) -> bool {
    if has_clause(view, body.start, comma) {
        return true;
    }
    if !frame.clause || !frame.beside {
        return false;
    }
    let pause = |at: &usize| matches!(view.role(*at), Role::Comma | Role::Dash | Role::Colon | Role::Stop);
    let adverbial = |at: usize| {
        matches!(
            view.role(at),
            Role::Preposition | Role::Time | Role::Adverb | Role::Subordinator | Role::Conjunction | Role::Comma
        )
    };
    let closes = subject.end >= body.end;
    let mut from = body.start;
    if adverbial(from)
        && let Some(first) = (from..comma).find(pause)
    {
        from = first + 1;
    }
    if from + 1 >= comma || view.word(from).ends_with("ing") || adverbial(from) && !closes {
        return false;
    }
    let pauses: Vec<usize> = (from..comma).filter(pause).collect();
    let Some(first) = pauses.first() else { return true };
    // Of several commas two may enclose what describes the subject: `The firm, a maker of shoes, said no`.
    let last = pauses.last().unwrap_or(first);
    let described =
        matches!(view.word(first + 1), "who" | "which" | "whose") || view.lexicon.is_past(view.word(first + 1));
    closes
        && (!frame.noun || view.word(subject.start.wrapping_sub(1)).starts_with("sa"))
        && !described
        && holds_verb(view, &(from..*first))
        && holds_verb(view, &(last + 1..comma))
}

/// Whether some tokens can be a clause whose verb no list has, as far as the endings tell: `the valley stays dry`.
fn holds_verb(view: &View<'_>, piece: &Range<usize>) -> bool {
    piece.len() > 2
        && (piece.start + 1..piece.end).any(|at| {
            view.is_finite(at)
                || view.role(at) == Role::Other
                    && view.word(at).ends_with('s')
                    && at + 1 < piece.end
                    && matches!(view.role(at - 1), Role::Name | Role::Pronoun | Role::Other)
                    && matches!(
                        view.role(at + 1),
                        Role::Determiner | Role::Other | Role::Name | Role::Number | Role::Preposition | Role::Time
                    )
        })
}

/// The subject behind a verb, in `said X` and `says the report`.
pub(super) fn inverted(
    view: &View<'_>,
    body: &Range<usize>,
    verb: usize,
    end: usize,
    frame: Frame,
) -> Option<Range<usize>> {
    if !frame.beside || frame.attitude && !matches!(view.word(verb), "agreed" | "agrees") {
        return None;
    }
    if frame.listener && !matches!(view.word(verb), "asked" | "asks" | "warned" | "warns" | "cautioned" | "pleaded") {
        return None;
    }
    let mut subject = view.phrase_after(end, body.end);
    if subject.is_empty()
        || matches!(view.role(subject.start), Role::Time | Role::Quoted)
        || view.lexicon.is_that(view.word(subject.end))
    {
        return None;
    }
    // The subject of a clause that is said is followed by its verb.
    if (subject.end..body.end.min(subject.end + 1))
        .any(|at| view.is_finite(at) || matches!(view.role(at), Role::Negation))
    {
        return None;
    }
    // “Le document, …, juge celle du port « trop chère »”: an object, and what is said of it.
    if view.lexicon.language != "en"
        && view.role(subject.end) == Role::Quoted
        && subject.end < body.end
        && verb > body.start
        && view.role(verb - 1) == Role::Comma
        && (verb < body.start + 2 || view.role(verb - 2) != Role::Quoted)
    {
        return None;
    }
    // Appositions and relative clauses belong to it.
    if view.role(subject.end) == Role::Comma && subject.end + 1 < body.end {
        let next = subject.end + 1;
        let first = view.word(next);
        let speaks = (next + 1..body.end.min(next + 4)).any(|at| view.lexicon.is_speech(view.word(at)));
        let apposition = matches!(view.role(next), Role::Determiner | Role::Name | Role::Number)
            || matches!(first, "who" | "whose" | "which")
            || view.role(next) == Role::Other && !first.ends_with("ing") && !view.lexicon.is_past(first);
        if apposition && !(speaks && matches!(first, "who" | "which")) {
            let mut at = next;
            while at < body.end {
                if view.role(at) == Role::Quoted && view.words_in(at) > 3
                    || view.role(at) == Role::Comma
                        && (view.word(at + 1).ends_with("ing")
                            || matches!(
                                view.role(at + 1),
                                Role::Quoted | Role::Conjunction | Role::Preposition | Role::Subordinator | Role::Time
                            ))
                        && !matches!(view.word(at + 1), "who" | "which" | "whose")
                {
                    break;
                }
                at += 1;
            }
            subject.end = at;
        }
    }
    if matches!(view.word(subject.end), "who") && subject.end < body.end {
        // A relative clause that tells which one.
        subject.end =
            (subject.end..body.end).find(|at| matches!(view.role(*at), Role::Comma | Role::Quoted)).unwrap_or(body.end);
    }
    Some(subject)
}

/// The subject that a coordinated or participial verb shares: that of the last verb before it, else of the sentence.
pub(super) fn shared(view: &View<'_>, body: &Range<usize>, before: usize, earlier: &[Cue]) -> Option<Range<usize>> {
    let cue = earlier.iter().rev().find(|cue| cue.group.end <= before && cue.source().is_some() && !(matches!(&cue.subject, Subject::Before(range) if range.len() == 1 && matches!(view.word(range.start), "who" | "which"))));
    let plain = main_subject(view, body, before);
    match (cue.and_then(Cue::source), plain) {
        // The closest verb with a subject of its own decides.
        (Some(cue), Some(plain)) => Some(if plain.start > cue.start && !overlaps(&plain, &cue) { plain } else { cue }),
        (cue, plain) => cue.or(plain),
    }
}

/// “X, citing Y, said”: nothing but the name stands before the participle.
pub(super) fn cited_before(view: &View<'_>, body: &Range<usize>, before: usize) -> Option<Range<usize>> {
    let comma = before.checked_sub(1).filter(|at| *at > body.start && view.role(*at) == Role::Comma)?;
    view.phrase_before(comma, body.start).filter(|phrase| !view.opens_with_participle(phrase.start))
}

pub(super) fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The subject of the first finite verb of a sentence.
pub(super) fn main_subject(view: &View<'_>, body: &Range<usize>, before: usize) -> Option<Range<usize>> {
    let mut at = body.start;
    while at < before {
        if view.is_finite(at) {
            let mut start = at;
            while start > body.start && matches!(view.role(start - 1), Role::Adverb | Role::Negation | Role::Auxiliary)
            {
                start -= 1;
            }
            if let Some(subject) = view.subject_before(start, body.start)
                && !matches!(view.word(subject.start), "who" | "which" | "that" | "there")
            {
                return Some(subject);
            }
        }
        at += 1;
    }
    None
}

/// The subject of the clause behind a participle that opens the sentence: “Citing the report, X said …”.
pub(super) fn following(view: &View<'_>, body: &Range<usize>, from: usize) -> Option<Range<usize>> {
    let comma = (from..body.end).find(|at| {
        view.role(*at) == Role::Comma
            && matches!(view.role(at + 1), Role::Name | Role::Pronoun | Role::Determiner | Role::Other)
            && (at + 1..body.end.min(at + 25)).any(|at| view.is_finite(at))
    })?;
    let verb = (comma + 1..body.end).find(|at| view.is_finite(*at) && *at > comma + 1);
    let whole = verb
        .and_then(|verb| view.subject_before(verb, comma + 1))
        .filter(|subject| !matches!(view.word(subject.start), "who" | "which"));
    let subject = whole.unwrap_or_else(|| view.phrase_after(comma + 1, body.end));
    (!subject.is_empty()).then_some(subject)
}
