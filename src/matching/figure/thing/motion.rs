//! Motion: whether a figure is a rise or a fall, and whether it is the size of the step, its start or its end.

use std::ops::Range;

use super::Scene;
use crate::matching::figure::moves;

/// Lexemes in front of a figure, and behind it, among which its direction stands.
const BEFORE: usize = 10;
const BEHIND: usize = 3;
/// The same behind it where the verb comes last.
const BEHIND_LAST: usize = 9;

/// What a figure is to the change that its clause tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// `by 5`
    By,
    /// `from 5`
    From,
    /// `to 5`
    To,
}

impl Scene<'_> {
    /// The direction that a lexeme says, and how many it takes.
    pub(super) fn direction_at(&self, at: usize) -> Option<(i8, usize)> {
        self.lexemes.get(at)?.memo.direction(|| moves::at(self.language, self.lexemes, at))
    }

    /// Every direction of a part, in order, with its place.
    fn directions(&self, part: Range<usize>) -> Vec<(usize, i8)> {
        let mut found = Vec::new();
        let mut at = part.start;
        while at < part.end {
            match self.direction_at(at) {
                Some((sign, length)) => {
                    if sign != 0 {
                        found.push((at, sign));
                    }
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The direction of a figure in its part of the sentence: the nearest word in front of it, else behind it.
    pub(super) fn direction(&self, figure: &Range<usize>, part: &Range<usize>) -> i8 {
        let paused = |at: usize| self.breaks(at);
        let mut from = part.start.max(figure.start.saturating_sub(BEFORE));
        if let Some(pause) = (from + 1..=figure.start).rev().find(|at| *at < self.lexemes.len() && paused(*at)) {
            // Behind a comma the figure has its own words, unless none stands there.
            if pause < figure.start {
                from = pause;
            }
        }
        let found = self.directions(from..figure.start);
        // `cut the risk of falls by`: the falls are what is counted.
        let told = found.iter().rev().find(|(at, _)| *at == 0 || self.key(at - 1) != "of").or(found.last());
        let before = told.map(|found| found.1);
        let last = matches!(self.language, "de" | "nl" | "hi" | "ja" | "zh" | "ko" | "tr");
        let until = part.end.min(figure.end + if last { BEHIND_LAST } else { BEHIND });
        let until = (figure.end + 1..until).find(|at| paused(*at)).unwrap_or(until).max(figure.end);
        let behind = || self.directions(figure.end..until).first().map(|found| found.1);
        // `8.2%増`: what is written on to the figure is its own.
        let joined = behind().filter(|_| self.lexemes.get(figure.end).is_some_and(|next| next.gap.is_empty()));
        joined.or(before).or_else(behind).unwrap_or(0)
    }

    /// What a figure is to a change, by the word in front of it.
    pub(super) fn step(&self, figure: &Range<usize>) -> Option<Step> {
        let start = figure.start;
        (start.saturating_sub(3)..start).rev().find_map(|at| match (self.language, self.key(at)) {
            ("en" | "", "by") | ("de", "um") | ("fr", "de") | ("it", "del" | "dell") | ("es", "un") => Some(Step::By),
            ("pt", "em") | ("nl" | "da" | "sv" | "no", "met" | "med") | ("ru", "на") | ("pl", "o") => Some(Step::By),
            ("en" | "", "to") | ("de", "auf") | ("fr", "a") | ("it", "al" | "all" | "a") | ("es", "al" | "hasta") => {
                Some(Step::To)
            }
            ("pt", "para" | "ate") | ("nl", "naar" | "tot") | ("da" | "no" | "sv", "til" | "till") => Some(Step::To),
            ("ru", "до") | ("pl", "do") => Some(Step::To),
            ("en" | "", "from") | ("de", "von") | ("da" | "no", "fra") | ("nl", "van") | ("sv", "fran") => {
                Some(Step::From)
            }
            ("ru", "с") | ("pl", "z") => Some(Step::From),
            _ => None,
        })
    }
}
