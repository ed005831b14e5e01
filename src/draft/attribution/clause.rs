//! Clauses: whether some tokens hold one, and their edges.

use std::ops::Range;

use super::super::phrase::{Role, View};

/// Whether a clause begins at a place: a noun phrase, and a verb right behind it.
pub(super) fn clause_begins(view: &View<'_>, at: usize, end: usize) -> bool {
    if matches!(view.word(at), "there" | "it" | "what" | "here") || matches!(view.role(at), Role::Quoted) {
        return true;
    }
    let mut phrase = view.phrase_after(at, end);
    if phrase.is_empty() {
        return is_clause(view, &(at..end));
    }
    if view.word(phrase.end) == "who"
        || view.role(phrase.end) == Role::Comma
        || view.role(phrase.end) == Role::Conjunction
    {
        return (phrase.end..end).any(|at| view.is_finite(at));
    }
    while phrase.end < end && matches!(view.role(phrase.end), Role::Adverb | Role::Negation | Role::Time) {
        phrase.end += 1;
    }
    phrase.end < end
        && (view.is_finite(phrase.end)
            || (phrase.start + 1..phrase.end).any(|at| {
                view.is_finite(at)
                    || view.role(at) == Role::Other
                        && view.word(at).ends_with('s')
                        && view.role(at - 1) != Role::Determiner
            })
            || matches!(view.role(phrase.end), Role::Preposition | Role::Subordinator)
                && (phrase.end..end).any(|at| view.is_finite(at)))
}

/// Whether some tokens hold a verb, and do not begin as an adverbial does.
pub(super) fn is_clause(view: &View<'_>, piece: &Range<usize>) -> bool {
    let first = view.word(piece.start);
    if matches!(view.role(piece.start), Role::Subordinator) && !view.lexicon.is_that(first) {
        // “When asked, X said …”: an adverbial, unless a main clause follows it.
        return (piece.clone())
            .any(|at| view.role(at) == Role::Comma && (at + 1..piece.end).any(|at| view.is_finite(at)));
    }
    if view.role(piece.start) == Role::Preposition {
        let comma = (piece.clone()).find(|at| view.role(*at) == Role::Comma);
        let from = comma.unwrap_or(piece.start);
        return (from..piece.end)
            .any(|at| view.role(at) == Role::Auxiliary || view.is_finite(at) && view.role(at) != Role::Name);
    }
    (piece.clone()).any(|at| {
        view.is_finite(at)
            || at > piece.start && view.role(at) == Role::Quoted && view.quotes_verb(at)
            || view.role(at) == Role::Other
                && view.word(at).ends_with('s')
                && at > piece.start
                && matches!(view.role(at - 1), Role::Name | Role::Pronoun | Role::Other | Role::Closing)
                && piece.len() > 3
    })
}

/// Without commas and conjunctions at the end of some tokens.
pub(super) fn trim_end(view: &View<'_>, start: usize, mut end: usize) -> usize {
    while end > start
        && matches!(view.role(end - 1), Role::Comma | Role::Dash | Role::Conjunction | Role::Stop | Role::Colon)
    {
        end -= 1;
    }
    if end > start && matches!(view.word(end - 1), "while" | "though" | "although" | "as") {
        end = trim_end(view, start, end - 1);
    }
    end
}

/// Without commas at both ends.
pub(super) fn trim(view: &View<'_>, mut piece: Range<usize>) -> Range<usize> {
    while piece.start < piece.end
        && matches!(view.role(piece.start), Role::Comma | Role::Dash | Role::Stop | Role::Colon)
    {
        piece.start += 1;
    }
    while piece.start < piece.end
        && matches!(view.role(piece.end - 1), Role::Comma | Role::Dash | Role::Stop | Role::Colon)
    {
        piece.end -= 1;
    }
    piece
}
