//! Between a verb and what is said: who is spoken to, where and when, and the word that begins what is said.

use std::ops::Range;

use super::super::phrase::{Role, View};
use super::parts::Cue;

/// Who is spoken to, from `at`.
pub(super) fn hearer(view: &View<'_>, at: usize, end: usize) -> Range<usize> {
    match view.role(at) {
        Role::Pronoun if !view.lexicon.is_subject_pronoun(view.word(at)) || matches!(view.word(at), "it" | "you") => {
            at..at + 1
        }
        Role::Pronoun => at..at,
        _ => {
            let mut to = at;
            while to < end {
                match view.role(to) {
                    Role::Name | Role::Number | Role::Possessive | Role::Sign => to += 1,
                    Role::Determiner
                        if to == at
                            || view.role(to - 1) == Role::Preposition
                            || view.role(to - 1) == Role::Determiner =>
                    {
                        to += 1
                    }
                    Role::Other if view.lexicon.is_listener(view.word(to)) => {
                        to += 1;
                        break;
                    }
                    Role::Other if !view.is_finite(to) => to += 1,
                    Role::Quoted if !view.ends_as_speech(to) && view.words_in(to) <= 5 => to += 1,
                    Role::Preposition if to > at && matches!(view.word(to), "of" | "for") => to += 1,
                    _ => break,
                }
            }
            // A bare clause: its subject was taken for the listener.
            if to < end && view.is_finite(to) && to > at {
                let names = (at..to).filter(|at| view.role(*at) == Role::Name).count();
                return if names > 1 || view.role(at) != Role::Name { at..at + 1 } else { at..at };
            }
            at..to
        }
    }
}

/// Whether a token is followed by a pause.
pub(super) fn is_pause(view: &View<'_>, at: usize, end: usize) -> bool {
    at >= end
        || matches!(view.role(at), Role::Comma | Role::Stop | Role::Dash | Role::Colon | Role::Quoted | Role::Time)
}

/// The first word that must begin what is said, looking from `at`: `that`, a colon, a quotation behind a comma.
pub(super) fn marker(view: &View<'_>, at: usize, end: usize, cue: &Cue) -> Option<usize> {
    for here in at..end.min(at + 30) {
        let role = view.role(here);
        match role {
            Role::Quoted
                if here == at
                    || matches!(view.role(here - 1), Role::Comma | Role::Colon)
                    || view.ends_as_speech(here) =>
            {
                return Some(here);
            }
            Role::Colon if here + 1 < end => return Some(here + 1),
            Role::Subordinator | Role::Determiner | Role::Adverb | Role::Pronoun
                if view.lexicon.is_that(view.word(here))
                    && (matches!(view.word(here), "that" | "que" | "qu'" | "qu" | "dass" | "daß")
                        || cue.frame.listener) =>
            {
                return Some(here);
            }
            Role::Auxiliary | Role::Stop => return None,
            _ if view.is_finite(here) => return None,
            Role::Other
                if here > at && view.word(here).ends_with("ing") && !view.lexicon.verbs(view.word(here)).is_empty() =>
            {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// A clause without “that” behind a setting: “said in a statement Sunday he was …”.
pub(super) fn clause_after_setting(view: &View<'_>, at: usize, end: usize) -> Option<usize> {
    let mut here = at + 1;
    while here < end.min(at + 10) {
        if view.role(here) == Role::Pronoun && view.lexicon.is_subject_pronoun(view.word(here)) {
            return Some(here);
        }
        if view.role(here) == Role::Time && here + 1 < end && view.role(here + 1) != Role::Possessive {
            let next = here + 1;
            if matches!(view.role(next), Role::Name | Role::Determiner | Role::Pronoun)
                && (next..end).any(|at| view.is_finite(at))
            {
                return Some(next);
            }
        }
        here += 1;
    }
    None
}
