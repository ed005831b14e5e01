//! What stands before an attribution: `“…,” she said`.

use std::ops::Range;

use super::super::lexicon::Form;
use super::super::phrase::{Role, View};
use super::clause::{is_clause, trim};
use super::parts::{Cue, Subject};

/// What stands before an attribution that can be what is said.
pub(super) fn before(view: &View<'_>, body: &Range<usize>, floor: usize, cue: &Cue) -> Option<Range<usize>> {
    let lead = match &cue.subject {
        Subject::Before(range) => range.start,
        Subject::Behind(_) => cue.group.start,
        _ => return None,
    };
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
    if view.role(piece.end - 1) == Role::Quoted
        || is_clause(view, &piece)
        || matches!(cue.subject, Subject::Behind(_))
        || cue.form != Form::Ing && piece.len() == 1 && view.role(piece.start) == Role::Conjunction
    {
        return Some(piece);
    }
    None
}

/// Whether every longer word begins with a capital letter.
fn is_title(text: &str) -> bool {
    let mut words = text.split_whitespace().filter(|word| word.chars().count() > 3).peekable();
    words.peek().is_some()
        && text.split_whitespace().count() <= 9
        && words.all(|word| word.chars().next().is_some_and(char::is_uppercase))
}
