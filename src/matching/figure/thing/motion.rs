//! Motion: whether a figure is a rise or a fall, and whether it is the size of the step, its start or its end.

use std::ops::Range;

use super::Scene;
use crate::matching::direction;
use crate::matching::figure::moves;
use crate::matching::figure::sense::is_content;
use crate::matching::lexicon;

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

/// Nouns of what has a level.
fn is_level(key: &str) -> bool {
    matches!(
        key,
        "margin"
            | "rate"
            | "level"
            | "share"
            | "price"
            | "total"
            | "average"
            | "value"
            | "turnover"
            | "revenue"
            | "population"
            | "temperature"
            | "speed"
            | "income"
            | "wage"
            | "budget"
            | "majority"
            | "profit"
            | "cost"
            | "score"
            | "marge"
            | "quote"
            | "anteil"
            | "preis"
            | "taux"
            | "prix"
            | "part"
            | "tasa"
            | "precio"
            | "margen"
            | "tasso"
            | "prezzo"
            | "margine"
            | "taxa"
            | "preco"
            | "margem"
            | "percentage"
            | "prijs"
    )
}

impl Scene<'_> {
    /// The direction that a lexeme says, and how many it takes.
    pub(super) fn direction_at(&self, at: usize) -> Option<(i8, usize)> {
        self.lexemes.get(at)?.memo.direction(|| moves::at(self.language, self.lexemes, at))
    }

    /// Every direction of a part, in order, with its place.
    pub(super) fn directions(&self, part: Range<usize>) -> Vec<(usize, i8)> {
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
        if let Some(pause) = (from..=figure.start).rev().find(|at| paused(*at)) {
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
        // `expected to rise 3 percent`
        let from = (start.saturating_sub(3)..start).rev().find(|at| self.moves(*at)).unwrap_or(start.saturating_sub(3));
        let said = (from..start).rev().find_map(|at| match (self.language, self.key(at)) {
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
        });
        said.or_else(|| self.moves_by(start).then_some(Step::By))
    }

    /// Whether a word of direction stands right in front of a figure: `rose 5 percent`, `up about 5 percent`.
    fn moves_by(&self, figure: usize) -> bool {
        let written = matches!(self.language, "en" | "" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "da" | "no" | "sv");
        written
            && (figure.saturating_sub(2)..figure).any(|at| {
                self.direction_at(at).is_some_and(|(sign, length)| {
                    sign != 0
                        && at + length <= figure
                        && (at + length..figure).all(|place| lexicon::is_hedge(self.key(place)))
                })
            })
    }

    /// Whether a lexeme belongs to a word of direction.
    pub(super) fn moves(&self, at: usize) -> bool {
        is_content(&self.lexemes[at]) && self.has_sign(at)
    }

    fn has_sign(&self, at: usize) -> bool {
        self.direction_at(at).is_some_and(|(sign, _)| sign != 0)
    }

    /// Whether a word, be it a noun, a verb or no more than `up`, says that something goes up or down.
    pub(super) fn goes(&self, at: usize) -> bool {
        direction::of_key(self.key(at)) != 0 || self.has_sign(at)
    }

    /// Whether a figure is a level, by the words in front of it: `a margin of 10 percent`, `the rate was 5 percent`.
    pub(super) fn is_level(&self, figure: &Range<usize>) -> bool {
        let Some(at) = figure.start.checked_sub(1) else { return false };
        let noun = at.checked_sub(1).map_or("", |before| self.key(before));
        match self.key(at) {
            "of" | "von" | "de" | "del" | "di" | "dell" | "van" => is_level(noun),
            "was" | "is" | "were" | "are" | "at" | "war" | "ist" | "waren" | "bei" | "betrug" | "etait" | "est"
            | "era" | "es" | "fue" | "e" | "foi" | "bedroeg" => true,
            _ => false,
        }
    }
}
