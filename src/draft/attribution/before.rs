//! What stands before an attribution: `“…,” she said`.

use std::ops::Range;

use super::super::lexicon::Form;
use super::super::phrase::{Role, View};
use super::clause::{is_clause, trim};
use super::parts::{Cue, Subject};

/// What stands before an attribution that can be what is said.
pub(super) fn before(view: &View<'_>, body: &Range<usize>, floor: usize, cue: &Cue) -> Option<Range<usize>> {
    let mut lead = match &cue.subject {
        Subject::Before(range) => range.start,
        Subject::Behind(_) => cue.group.start,
        // Spanish leaves the subject out: “…”, escribió.
        Subject::Shared(None) if view.lexicon.language == "es" => cue.group.start,
        _ => return None,
    };
    // “…, as a memo put it”
    if lead > floor + 1
        && matches!(view.word(lead - 1), "as" | "so" | "wie" | "comme" | "como")
        && matches!(view.role(lead - 2), Role::Comma | Role::Quoted | Role::Dash)
    {
        lead -= 1;
    }
    if lead <= floor {
        return None;
    }
    let joint = view.role(lead - 1);
    let end = match joint {
        Role::Quoted if view.ends_as_speech(lead - 1) || view.words_in(lead - 1) > 5 => lead,
        Role::Comma | Role::Dash => lead - 1,
        Role::Stop
            if view.tokens.get(lead - 1).and_then(|token| token.point()).is_some_and(|c| matches!(c, '!' | '?')) =>
        {
            lead
        }
        _ => return None,
    };
    let mut start = floor;
    while start < end
        && matches!(view.role(start), Role::Comma | Role::Dash | Role::Stop | Role::Conjunction)
        && start > body.start
    {
        start += 1;
    }
    let mut piece = trim(view, start..end);
    if piece.is_empty() {
        return None;
    }
    // A whole sentence in marks stands for itself; what leads up to it is the narrator's.
    let last = piece.end - 1;
    // “In her book, ‘The Quay,’ Lind suggested …”: a title behind what it is the title of.
    if piece.len() > 1
        && view.role(last) == Role::Quoted
        && view.role(last - 1) == Role::Comma
        && is_title(view.inner(last))
        && !is_clause(view, &(piece.start..last))
    {
        return None;
    }
    if piece.len() > 1
        && view.role(last) == Role::Quoted
        && view.words_in(last) > 4
        && (matches!(view.role(last - 1), Role::Colon)
            || matches!(view.role(last - 1), Role::Comma) && view.inner(last).starts_with(char::is_uppercase))
    {
        piece.start = last;
    }
    // “Here is the trouble: the board ‘only asks for names,’ the report says”: what the colon announces.
    if let Some(colon) = (piece.start + 2..piece.end - 1).rev().find(|at| view.role(*at) == Role::Colon)
        && (piece.start..colon).any(|at| view.is_finite(at))
        && (view.role(colon + 1) == Role::Quoted || is_clause(view, &(colon + 1..piece.end)))
    {
        piece.start = colon + 1;
    }
    let manner = cue.frame.beside && !cue.frame.clause && !cue.frame.noun;
    if manner && !piece.clone().any(|at| view.role(at) == Role::Quoted) {
        return None;
    }
    let spoken = |at: usize| view.role(at) == Role::Quoted && view.words_in(at) > 2 && !is_title(view.inner(at));
    if view.role(piece.end - 1) == Role::Quoted
        || piece.clone().any(spoken) && view.role(piece.start) != Role::Subordinator
        || is_fragment(view, body, &piece, cue)
        || is_clause(view, &piece)
        || matches!(cue.subject, Subject::Behind(_))
        || cue.form != Form::Ing && piece.len() == 1 && view.role(piece.start) == Role::Conjunction
    {
        return Some(piece);
    }
    None
}

/// Whether what stands before an attribution that closes its sentence is a phrase that was said: `People like Ana, he said.`
fn is_fragment(view: &View<'_>, body: &Range<usize>, piece: &Range<usize>, cue: &Cue) -> bool {
    // Of a whole phrase with words behind its noun the verb may be one that no list has: “The rebels hold the port, X said.”
    let closes = piece.start == body.start
        && (cue.group.end >= body.end
            || piece.len() > 3
                && matches!(cue.subject, Subject::Before(_))
                && !piece
                    .clone()
                    .any(|at| matches!(view.role(at), Role::Comma | Role::Quoted | Role::Dash | Role::Colon)));
    let phrase = matches!(view.role(piece.start), Role::Name | Role::Determiner | Role::Other | Role::Number)
        && !view.word(piece.start).ends_with("ing")
        && !view.lexicon.is_past(view.word(piece.start));
    view.lexicon.language == "en" && closes && phrase && cue.frame.clause && cue.frame.beside && !cue.frame.attitude
}

/// Whether every longer word begins with a capital letter.
fn is_title(text: &str) -> bool {
    let mut words = text.split_whitespace().filter(|word| word.chars().count() > 3).peekable();
    words.peek().is_some()
        && text.split_whitespace().count() <= 9
        && words.all(|word| word.chars().next().is_some_and(char::is_uppercase))
}
