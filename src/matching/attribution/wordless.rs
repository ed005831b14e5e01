//! Clauses without a word of saying, and what else tells their subject: a colon, a relative pronoun, a form of being.

use std::ops::Range;

use super::clause::{Clause, is_relative};
use super::gender;
use super::name::{language, runs};
use super::people::people;
use super::role::Role;
use super::subject::is_what;
use super::words::{is_adverb, is_and, is_calling, is_copula};
use crate::matching::lexicon;

impl Clause<'_> {
    /// A clause without a word of saying: its first name is its subject, and what introduces a quotation so speaks.
    pub(super) fn without_saying(&self, range: &Range<usize>) -> Role {
        let names = runs(self.tokens, self.index);
        // `Bell opened an envelope from Marsh, which began: “…”`, `To Ruiz, Lind is “…”`
        let relative = self.relative_before(self.tokens.len());
        if let Some(relative) = relative {
            let antecedent = names.iter().rev().find(|run| self.is_right_behind(run.end, relative));
            if let Some(antecedent) = antecedent {
                return if antecedent.end == range.end { Role::Speaks } else { Role::Beside };
            }
        }
        // `Ruiz tore up the letter in which Lind had written: “…”`
        let opens = |at: usize| {
            self.is_subordinator(at) && !is_and(self.key(at)) || is_what(self.key(at), language(self.index))
        };
        let last = (1..self.tokens.len()).rev().find(|at| opens(*at));
        let introduced =
            self.ahead && self.tokens.last().is_some_and(|last| self.index.gap_before(last + 1).contains([':', '：']));
        let last = last.filter(|_| introduced);
        if let Some(run) = last.and_then(|last| names.iter().find(|run| run.start == last + 1)) {
            if run.end == range.end {
                return Role::Speaks;
            }
            if range.end < run.start {
                return Role::Beside;
            }
        }
        let others = names.iter().any(|run| run.end != range.end);
        if self.ahead && self.is_described_by_quotation(range) {
            // `Lind is “a fraud”`, where another one is named who says so.
            return if others { Role::Beside } else { Role::Unclear };
        }
        let owned = self.whose_utterance();
        if !owned.is_empty() && !owned.iter().any(|run| run.end == range.end) {
            return Role::Beside;
        }
        let main = self.main_clause().unwrap_or(0);
        let mut everybody = people(self.tokens, self.index);
        everybody.retain(|someone| someone.range.start >= main);
        match everybody.iter().find(|someone| someone.named && !someone.aside).map(|someone| &someone.range) {
            Some(subject) if subject.end == range.end => Role::Speaks,
            // A short line under a quotation names whoever said it.
            Some(_) if self.ahead && self.tokens.len() <= 16 => Role::Beside,
            _ if self.opens(range.start) => Role::Speaks,
            _ => Role::Unclear,
        }
    }

    /// Whether the relative pronoun that is the subject of the verb at a position means the name.
    pub(super) fn is_antecedent(&self, range: &Range<usize>, verb: usize) -> bool {
        self.relative_before(verb).is_some_and(|relative| self.is_right_behind(range.end, relative))
    }

    /// Whether a quotation says what the name is: only a form of being, calling or seeming stands between the two.
    pub(super) fn is_described_by_quotation(&self, range: &Range<usize>) -> bool {
        let mut rest = range.end..self.tokens.len();
        rest.len() <= 4
            && rest.clone().next().is_some_and(|first| !self.opens(first))
            && rest.clone().all(|at| self.is_closed(at) || is_calling(self.key(at)))
            && rest.any(|at| is_copula(self.key(at)))
    }

    /// The relative pronoun that is the subject of the verb at a position: nothing but adverbs and auxiliaries between.
    pub(super) fn relative_before(&self, verb: usize) -> Option<usize> {
        let mut verbs = usize::from(verb == self.tokens.len());
        for at in (verb.saturating_sub(5)..verb).rev() {
            // `a headline that read`
            let document = at > 0 && self.key(at) == "that" && lexicon::is_utterance(self.key(at - 1));
            if document || is_relative(self.key(at), language(self.index)) {
                return Some(at);
            }
            if gender::of_pronoun(self.key(at), language(self.index)).is_some()
                || matches!(self.key(at), "i" | "we" | "they")
            {
                return None;
            }
            if self.is_closed(at) || is_adverb(self.key(at)) {
                continue;
            }
            // Without a word of saying one other verb may stand there: `which began:`
            if verbs == 0 || self.is_name(at) {
                return None;
            }
            verbs -= 1;
        }
        None
    }

    /// Whether a form of being stands before the verb: `has been called`, `was asked`.
    pub(super) fn is_passive(&self, verb: usize) -> bool {
        let mut before = (verb.saturating_sub(4)..verb).rev().take_while(|at| !self.opens(at + 1));
        let passes = |at: usize| !is_copula(self.key(at)) && (is_adverb(self.key(at)) || self.is_closed(at));
        before.find(|at| !passes(*at)).is_some_and(|at| is_copula(self.key(at)))
    }
}

#[cfg(test)]
#[path = "wordless_tests.rs"]
mod tests;
