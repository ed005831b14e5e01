//! Respectively: the names that a sentence gives its figures in order, in front of them (`Harlow and Norvik lost 12 and 31
//! boats respectively`) or behind them (`12 and 31 boats in Harlow and Norvik respectively`).

use std::ops::Range;

use super::Scene;
use super::classes::{is_conjunction, is_preposition, is_verb};
use crate::matching::figure::sense::{is_content, same};
use crate::matching::fold::bits;

/// Lexemes between two figures of one enumeration: `18 percent and 27 percent`.
const BETWEEN: usize = 4;

/// The names of an enumeration, one for each of its figures.
pub(super) struct Respective {
    /// The figures, as numbers of the scene's anchors.
    pub(super) figures: Range<usize>,
    /// Where the name of each stands.
    pub(super) names: Vec<Range<usize>>,
}

impl Scene<'_> {
    fn says_respectively(&self) -> Option<usize> {
        (0..self.lexemes.len()).find(|at| {
            matches!(
                self.key(*at),
                "respectively"
                    | "respectivement"
                    | "respectivamente"
                    | "rispettivamente"
                    | "respectievelijk"
                    | "henholdsvis"
                    | "respektive"
                    | "соответственно"
                    | "odpowiednio"
                    | "beziehungsweise"
                    | "jeweils"
                    | "क्रमशः"
            ) || ["分 别", "そ れ そ\u{3099} れ"]
                .iter()
                .any(|word| word.split(' ').enumerate().all(|(number, character)| self.key(at + number) == character))
        })
    }

    /// The enumeration of figures that the sentence gives names to in order.
    pub(super) fn respective(&self) -> Option<Respective> {
        let said = self.says_respectively()?;
        let count = self.anchors.len();
        let joined = |number: usize| {
            let between = self.anchors[number].end..self.anchors[number + 1].start;
            between.len() <= BETWEEN && (between.start..=between.end).any(|at| self.separates(at))
        };
        // The last enumeration of at least two.
        let last = (0..count.checked_sub(1)?).rev().find(|number| joined(*number))? + 1;
        let mut first = last;
        while first > 0 && joined(first - 1) {
            first -= 1;
        }
        let figures = first..last + 1;
        let (start, end) = (self.anchors[first].start, self.anchors[last].end);
        let colon = (end..self.lexemes.len()).find(|at| self.lexemes[*at].gap.contains([':', '：']));
        let behind = colon.map_or(end..said.max(end), |colon| colon..self.lexemes.len());
        let names = self.listed_names(behind, figures.len()).or_else(|| self.listed_names(0..start, figures.len()))?;
        Some(Respective { figures, names })
    }

    fn separates(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| lexeme.gap.contains([',', '，', '、'])) || self.joins(at)
    }

    fn joins(&self, at: usize) -> bool {
        matches!(self.key(at), "or" | "oder" | "ou" | "和" | "と")
            || self.lexemes[at].bits & bits::PAUSE == 0
                && self.breaks(at)
                && !matches!(self.key(at), "while" | "with" | "against" | "compared" | "but")
    }

    /// So many names that a conjunction closes in a part of the sentence.
    fn listed_names(&self, part: Range<usize>, count: usize) -> Option<Vec<Range<usize>>> {
        let joint = part.clone().rev().find(|at| self.joins(*at) && *at > part.start)?;
        let mut starts = Vec::from([joint]);
        let mut at = joint;
        while starts.len() + 1 < count {
            at = (part.start + 1..at).rev().find(|at| self.separates(*at))?;
            starts.push(at);
        }
        starts.reverse();
        let mut names = Vec::with_capacity(count);
        names.push(self.name_before(part.start, starts[0]));
        for (number, start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(part.end);
            names.push(self.name_behind(*start, end));
        }
        if names.iter().any(Range::is_empty) {
            return None;
        }
        // What stands on behind the last name is said of all: `Alder, Birch and Cedar counties`.
        let longest = names[..count - 1].iter().map(Range::len).max().unwrap_or(1);
        if let Some(last) = names.last_mut() {
            let capitals = last.clone().take_while(|at| self.lexemes[*at].bits & bits::CAPITAL != 0).count();
            let keep = if capitals > 0 && self.language != "de" { capitals } else { longest };
            last.end = last.end.min(last.start + keep.max(1));
        }
        Some(names)
    }

    fn names_something(&self, at: usize) -> bool {
        let key = self.key(at);
        let joins = is_conjunction(key) && self.conjunction(key);
        !self.is_figure(at) && is_content(&self.lexemes[at]) && !is_verb(key) && !is_preposition(key) && !joins
    }

    /// The words right in front of the first separator that name something.
    fn name_before(&self, from: usize, end: usize) -> Range<usize> {
        let mut start = end;
        while start > from && self.names_something(start - 1) && (start == end || !self.separates(start)) {
            start -= 1;
        }
        let capital = |at: usize| self.lexemes[at].bits & bits::CAPITAL != 0;
        // `in the second round Vell and Orme`
        if self.language != "de" && start < end && capital(end - 1) {
            start = (start..end).rev().take_while(|at| capital(*at)).last().unwrap_or(start);
        }
        start..end
    }

    /// The words behind a separator that name something.
    fn name_behind(&self, from: usize, end: usize) -> Range<usize> {
        let start = (from..end).find(|at| self.names_something(*at)).unwrap_or(end);
        let mut until = start;
        while until < end && self.names_something(until) && !(until > start && self.is_doing(until)) {
            until += 1;
        }
        start..until
    }
}

/// Whether what a claim says is the name of its figure (`Some(true)`), or that of another one.
pub(super) fn judge(names: &[Vec<String>], own: usize, said: &[String]) -> Option<bool> {
    let says = |words: &[String], not: &[String]| {
        let of_others = |word: &String| not.iter().any(|other| same(other, word));
        words.iter().filter(|word| !of_others(word)).any(|word| said.iter().any(|own| same(own, word)))
    };
    let mine = names.get(own)?;
    let others = || names.iter().enumerate().filter(|(number, _)| *number != own).map(|(_, words)| words);
    // What several of the names have, as in `the red line and the blue line`, tells none of them.
    let of_others: Vec<String> = others().flatten().cloned().collect();
    if says(mine, &of_others) {
        return Some(true);
    }
    others().any(|words| says(words, mine)).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn a_name_is_told_by_what_the_others_have_not() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
        let names = |text: &str| text.split('|').map(words).collect::<Vec<_>>();
        for (all, own, said, wanted) in [
            ("harlow | norvik", 0, "harlow boats", Some(true)),
            ("harlow | norvik", 1, "harlow boats", Some(false)),
            ("harlow | norvik", 0, "vell boats", None),
            ("harlow | norvik", 0, "harlow norvik", Some(true)),
            ("harlow | norvik", 1, "harlow norvik", Some(true)),
            ("harlow | norvik", 2, "harlow", None),
            ("harlow county | norvik county", 0, "norvik county", Some(false)),
            ("harlow county | norvik county", 1, "norvik county", Some(true)),
            ("harlow county | norvik county", 0, "county", None),
            ("男 性 | 女 性", 0, "女 性", Some(false)),
            ("男 性 | 女 性", 1, "女 性", Some(true)),
            ("harlow | harlow north | vell", 0, "harlow north", Some(false)),
            ("harlow | harlow north | vell", 0, "harlow", None),
            ("harlow | harlow north | vell", 0, "vell", Some(false)),
            ("", 0, "harlow", None),
        ] {
            assert_eq!(judge(&names(all), own, &words(said)), wanted, "{all}: {own} of {said}");
        }
    }
}
