//! Subjects: whether a verb has another subject than the name that is asked about.

use std::ops::Range;

use super::clause::Clause;
use super::name::{language, runs};
use super::words::{is_and, is_definite};
use crate::matching::lexicon;

/// How far before a verb its subject may begin, in tokens.
const REACH: usize = 12;

/// How sure it is that a subject is somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Another name, `a porter`, `her brother`.
    Another,
    /// `the porter`: whoever the page calls so.
    Described,
}

impl Clause<'_> {
    /// The subject that begins at a position; none where a pronoun does, which may mean anybody.
    pub(super) fn subject_at(&self, at: usize) -> Option<Subject> {
        let token = *self.tokens.get(at)?;
        let noun = || {
            at + 1 < self.tokens.len() && self.is_lower_word(at + 1) && !self.is_closed(at + 1) && !self.is_verb(at + 1)
        };
        let definite = is_definite(self.key(at), language(self.index)) && !self.is_name(at);
        // Spanish `el` and Italian `lo` are articles and pronouns.
        if super::is_subject_pronoun(token, self.index) && !(definite && noun()) {
            return None;
        }
        if definite { Some(Subject::Described) } else { self.opens_subject(at).then_some(Subject::Another) }
    }

    /// The subject of a verb in its own segment, behind a name: `To Ruiz, | the mayor said`, `When Ruiz left, | Lind said`.
    pub(super) fn subject_behind(&self, range: &Range<usize>, verb: usize) -> Option<Subject> {
        let start = (0..=verb).rev().take(REACH).find(|at| self.opens(*at))?.max(range.end);
        let plain = start < verb && !(start..verb).any(|at| self.is_subordinator(at));
        self.subject_at(start).filter(|_| plain)
    }

    /// The subject right behind a verb, in languages that put it there: `Zu Ruiz sagte | der Richter`.
    pub(super) fn subject_follows(&self, verb: usize) -> Option<Subject> {
        let english = matches!(language(self.index), "en" | "");
        self.subject_at(verb + 1).filter(|_| !english && !self.opens(verb + 1))
    }

    /// Where the main clause begins behind a subordinate one that opens a clause: `Before Ruiz could answer, | Lind cut her off`.
    pub(super) fn main_clause(&self) -> Option<usize> {
        let first = self.tokens.first().map(|_| self.key(0))?;
        let opens = self.ahead && self.is_subordinator(0) && !is_and(first) && !matches!(first, "so" | "but" | "that");
        (2..self.tokens.len()).find(|at| opens && self.opens(*at) && self.opens_subject(*at))
    }

    /// Whose main clause it is, where the name at a range stands in a subordinate one before it.
    pub(super) fn main_subject(&self, range: &Range<usize>) -> Option<Subject> {
        self.main_clause().filter(|main| range.end <= *main).and_then(|main| self.subject_at(main))
    }

    /// Whether a relative pronoun stands right behind what ends at a position, or behind one small word: `Lind himself, who`;
    /// in `Lind knows who said so` it means another one.
    pub(super) fn is_right_behind(&self, end: usize, relative: usize) -> bool {
        relative == end || relative == end + 1 && (self.is_closed(end) || self.key(end).ends_with("self"))
    }

    /// The name that a relative pronoun means: the one right before it, denied ones left out: `It was Ruiz, not Lind, who said`.
    pub(super) fn antecedent(&self, relative: usize) -> Option<Range<usize>> {
        let negates = |at: usize| lexicon::negates(self.key(at), language(self.index));
        let mut end = relative;
        for run in runs(self.tokens, self.index).into_iter().rev().filter(|run| run.end <= relative) {
            if !self.is_right_behind(run.end, end) {
                return None;
            }
            if run.start > 0 && negates(run.start - 1) {
                end = run.start - 1;
                continue;
            }
            return Some(run);
        }
        None
    }
}

/// Words that open a clause of what somebody said: `recalled what Lind had told` (keys).
pub(super) fn is_what(key: &str, language: &str) -> bool {
    matches!(
        (language, key),
        ("en" | "", "what")
            | ("de", "was")
            | ("nl", "wat")
            | ("sv", "vad")
            | ("da" | "no", "hva")
            | ("pl" | "cs", "co")
    )
}
