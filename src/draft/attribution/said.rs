//! What one verb attributes: before it, behind it, or on both sides.

use std::ops::Range;

use super::super::lexicon::Form;
use super::super::phrase::{Role, View};
use super::before::before;
use super::behind::behind;
use super::clause::{is_clause, trim};
use super::parts::{Cue, Found, Right, Side, Subject};
use super::passed_on::{passive, second_hand};

/// Without the particle of a German verb at the end of its clause: “kündigt eine Reform an”.
fn without_particle(view: &View<'_>, cue: &Cue, piece: Range<usize>) -> Range<usize> {
    let readings = view.lexicon.verbs(view.word(cue.verb));
    let particle = view.lexicon.language == "de"
        && piece.start >= cue.group.end
        && readings.iter().any(|reading| reading.particle.as_deref() == Some(view.word(piece.end - 1)))
        && piece.len() > 1;
    let mut piece = if particle { piece.start..piece.end - 1 } else { piece };
    // “fordert unterdessen strengere Regeln”
    while view.lexicon.language == "de"
        && piece.start >= cue.group.end
        && piece.len() > 1
        && cue.frame.noun
        && view.role(piece.start) == Role::Adverb
        && matches!(view.role(piece.start + 1), Role::Determiner | Role::Name | Role::Other)
    {
        piece.start += 1;
    }
    piece
}

/// Reads what one verb attributes.
pub(super) fn read(
    view: &View<'_>,
    body: &Range<usize>,
    floor: usize,
    cue: &Cue,
    later: &[Cue],
    according: &[Found],
) -> Option<(Found, Side)> {
    let source = cue.source();
    let frame = cue.frame;
    if cue.passive {
        return passive(view, body, cue, later).map(|found| (found, Side::Behind));
    }
    // “Asked whether …, X said”: nobody is named as asking.
    if matches!(cue.subject, Subject::Nobody)
        || matches!(view.word(cue.group.start.wrapping_sub(1)), "when") && matches!(cue.form, Form::Past)
    {
        let after = cue.group.end;
        let after = if view.lexicon.language == "de" && view.role(after) == Role::Comma { after + 1 } else { after };
        let asked = view.word(cue.verb) == "asked"
            && (matches!(view.word(after), "to") || view.role(after) == Role::Subordinator);
        if !view.lexicon.is_that(view.word(after)) && view.word(after) != "about" && !asked {
            return None;
        }
        // Where the language leaves the subject out, the clause runs to its end.
        let end = if view.lexicon.language == "en" {
            (after..body.end).find(|at| view.role(*at) == Role::Comma).unwrap_or(body.end)
        } else {
            body.end
        };
        let content = trim(view, after..end);
        let found = Found { attitude: frame.attitude, ..Found::new(vec![content.clone()], None, cue.group.clone()) };
        return (!content.is_empty()).then_some((found, Side::Behind));
    }
    let after = match &cue.subject {
        Subject::Behind(range) | Subject::Shared(Some(range)) if range.start >= cue.group.start => {
            range.end.max(cue.group.end)
        }
        _ => cue.group.end,
    };
    let right = behind(view, body, after, cue, later, according);
    let left = if frame.beside { before(view, body, floor, cue) } else { None };
    let made = |content: Vec<Range<usize>>, listener: Option<Range<usize>>| {
        let content: Vec<Range<usize>> = content
            .into_iter()
            .map(|piece| trim(view, without_particle(view, cue, piece)))
            .filter(|piece| !piece.is_empty())
            .collect();
        (!content.is_empty()).then(|| Found {
            listener,
            attitude: frame.attitude,
            ..Found::new(content, source.clone(), cue.group.clone())
        })
    };
    if let Some(found) = second_hand(view, body, floor, cue, after) {
        return Some((found, Side::Behind));
    }
    // “A,” she said, pointing at the quay, “b.”: the quotation goes on behind the participle.
    let right = match (&left, right) {
        (Some(left), Right::Closed(listener))
            if view.role(left.end - 1) == Role::Quoted && view.inner(left.end - 1).ends_with(',') =>
        {
            let resumed = (after..body.end).find(|at| {
                view.role(*at) == Role::Quoted
                    && view.role(at - 1) == Role::Comma
                    && view.inner(*at).starts_with(char::is_lowercase)
                    && view.words_in(*at) > 2
            });
            match resumed {
                Some(at) if !later.iter().any(|next| next.verb > after && next.verb < at && next.frame.beside) => {
                    Right::Quoted(at..at + 1, listener)
                }
                _ => Right::Closed(listener),
            }
        }
        (_, right) => right,
    };
    let leftward = matches!((&left, &right), (Some(_), Right::Closed(_)));
    let side = if leftward { Side::Before } else { Side::Behind };
    let read = match (left, right) {
        (Some(left), Right::Closed(listener)) => made(vec![left], listener),
        (Some(left), Right::Quoted(right, listener)) => {
            let quoted = view.role(left.end - 1) == Role::Quoted && view.ends_as_speech(left.end - 1);
            let goes_on =
                view.role(right.start) == Role::Quoted && view.inner(right.start).starts_with(char::is_lowercase);
            if quoted || goes_on && is_clause(view, &left) {
                made(vec![left, right], listener)
            } else {
                made(vec![right], listener)
            }
        }
        (Some(left), Right::Resumed(right, listener)) => {
            let quoted = view.role(left.end - 1) == Role::Quoted && view.ends_as_speech(left.end - 1);
            let goes_on = view.role(right.start) == Role::Conjunction && view.role(right.start + 1) == Role::Quoted;
            if quoted && !goes_on { made(vec![left], listener) } else { made(vec![left, right], listener) }
        }
        (Some(left), Right::Said(right, listener)) => {
            // “…,” X said of Y: a quotation before the verb is what is said.
            let quoted =
                view.role(left.end - 1) == Role::Quoted && view.ends_as_speech(left.end - 1) && left.len() == 1;
            let comma = quoted && view.inner(left.start).ends_with(',');
            if comma
                || quoted
                    && !matches!(view.role(right.start), Role::Quoted)
                    && !view.lexicon.is_that(view.word(right.start))
            {
                made(vec![left], listener)
            } else {
                made(vec![right], listener)
            }
        }
        (None, Right::Said(right, listener) | Right::Quoted(right, listener)) => made(vec![right], listener),
        // “As X reports, …”: whatever follows is what X reports.
        (None, Right::Resumed(right, listener))
            if matches!(view.word(body.start), "as" | "wie" | "comme" | "como")
                && cue.lead() <= body.start + 2
                && frame.clause
                && right.len() > 2 =>
        {
            made(vec![right], listener)
        }
        (None, Right::Resumed(right, listener)) if is_clause(view, &right) => {
            // “If the quay closes, X said, …”: what was begun before the verb goes on behind it.
            let lead = cue.lead();
            let begun = trim(view, floor..lead.max(floor));
            let conditional = !begun.is_empty()
                && view.role(begun.start) == Role::Subordinator
                && view.role(lead - 1) == Role::Comma
                && !begun.clone().any(|at| matches!(view.word(at), "asked" | "pressed"));
            // “The quay, X said, will close”: the subject stands before the verb, the rest behind it.
            let torn = !begun.is_empty()
                && view.role(lead - 1) == Role::Comma
                && view.is_finite(right.start)
                && begun.start == body.start;
            if conditional || torn { made(vec![begun, right], listener) } else { made(vec![right], listener) }
        }
        _ => None,
    };
    let weak = frame.weak;
    read.filter(|found| {
        let quoted = || {
            found.content.iter().flat_map(Clone::clone).any(|at| view.role(at) == Role::Quoted && view.words_in(at) > 1)
        };
        !weak || quoted() || matches!(view.word(cue.verb), "put" | "puts")
    })
    // “uses footage of X asking, ‘…’”: the words are the later verb's.
    .filter(|found| {
        !weak
            || !later.iter().any(|next| {
                !next.frame.weak
                    && next.frame.beside
                    && found.content.iter().any(|piece| {
                        piece.contains(&next.verb)
                            && (next.verb..piece.end.min(next.verb + 3)).any(|at| view.role(at) == Role::Quoted)
                    })
            })
    })
    .map(|found| (found, side))
}
