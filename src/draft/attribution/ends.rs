//! Where what is said ends: with its sentence, or before a clause that is somebody else’s.

use std::ops::Range;

use super::super::lexicon::Form;
use super::super::phrase::{Role, View};
use super::clause::trim_end;
use super::parts::{Cue, Found, Subject};

/// Where what is said ends: at the end of the sentence, or before the clause of another attribution.
pub(super) fn said_end(
    view: &View<'_>,
    body: &Range<usize>,
    from: usize,
    cue: &Cue,
    later: &[Cue],
    according: &[Found],
) -> usize {
    let mut end = body.end;
    let lead = cue.lead();
    let before = lead.checked_sub(1).filter(|at| *at >= body.start);
    let subordinate = before.is_some_and(|at| {
        at <= body.start + 2
            && (view.role(at) == Role::Subordinator && !view.lexicon.is_that(view.word(at))
                || matches!(
                    view.word(at),
                    "after" | "since" | "before" | "until" | "once" | "as" | "when" | "while" | "because"
                ))
    });
    let relative = matches!(view.word(cue.group.start.wrapping_sub(1)), "who" | "which");
    if subordinate
        || relative
        || matches!(cue.source(), Some(source) if source.len() == 1 && matches!(view.word(source.start), "who" | "which") && lead > body.start && view.role(lead - 1) == Role::Comma)
    {
        // The main clause goes on behind the comma.
        let comma = (from + 2..end).find(|at| {
            view.role(*at) == Role::Comma
                && !matches!(view.role(at + 1), Role::Conjunction | Role::Preposition | Role::Subordinator)
                && !view.word(at + 1).ends_with("ing")
                && (at + 1..end.min(at + 18)).any(|at| view.is_finite(at))
        });
        if let Some(comma) = comma {
            end = comma;
        }
    }
    if let Some(cut) = coordination(view, from, end, cue) {
        end = end.min(trim_end(view, from, cut));
    }
    for outer in according {
        if outer.cue.start > from {
            end = end.min(trim_end(view, from, outer.cue.start));
        }
    }
    for next in later {
        let lead = next.lead();
        if lead <= from || lead > end {
            continue;
        }
        let joint = view.role(lead - 1);
        let comma =
            joint == Role::Comma || joint == Role::Conjunction && lead >= 2 && view.role(lead - 2) == Role::Comma;
        let cut = match &next.subject {
            // “said … and called …”: the same subject goes on.
            Subject::Shared(_) if next.form == Form::Ing => {
                comma && next.frame.beside | next.frame.noun && !next.frame.attitude
            }
            Subject::Shared(_) => {
                joint == Role::Conjunction
                    && !next.frame.attitude
                    && (next.form == cue.form
                        || view.word(lead - 1) == "but" && next.form != Form::Base
                        || cue.form == Form::Ing && next.form == Form::Third)
            }
            Subject::Before(subject) => {
                let pronoun = subject.len() == 1 && view.role(subject.start) == Role::Pronoun;
                !next.frame.attitude
                    && (comma && (joint == Role::Conjunction || next.frame.beside) && next.form == cue.form
                        || joint == Role::Subordinator
                            && matches!(view.word(lead - 1), "while" | "though" | "although" | "whereas")
                            && !pronoun
                        || joint == Role::Stop)
            }
            Subject::Behind(_) | Subject::Nobody => false,
        };
        if cut {
            end = end.min(trim_end(view, from, lead));
        }
    }
    end
}

/// Where a clause begins that is no part of what is said: “…, but the council voted for it”.
pub(super) fn coordination(view: &View<'_>, from: usize, end: usize, cue: &Cue) -> Option<usize> {
    (from + 3..end.saturating_sub(2)).find(|at| {
        let word = view.word(*at);
        let comma = view.role(at - 1) == Role::Comma;
        if comma && matches!(word, "but" | "while" | "whereas" | "though" | "although" | "and" | "so") {
            let next = view.role(at + 1);
            if matches!(next, Role::Name | Role::Pronoun | Role::Determiner | Role::Other | Role::Number)
                && !view.is_finite(at + 1)
            {
                let subject = view.phrase_after(at + 1, end);
                let verb = subject.end < end
                    && (view.is_finite(subject.end)
                        || matches!(view.role(subject.end), Role::Adverb | Role::Negation)
                            && view.is_finite(subject.end + 1));
                return verb;
            }
            return false;
        }
        // “blamed the storm but later paid”: another verb of the same subject.
        !cue.frame.clause && matches!(word, "but" | "and") && {
            let next = if matches!(view.role(at + 1), Role::Adverb | Role::Time) { at + 2 } else { at + 1 };
            next < end
                && cue.form == Form::Past
                && view.role(next) == Role::Other
                && view.lexicon.is_past(view.word(next))
                && view.is_finite(next)
        }
    })
}
