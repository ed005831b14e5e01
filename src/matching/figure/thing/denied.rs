//! Denials of a figure: its clause is negated in front of it, or its sentence calls a report of it wrong.

use std::ops::Range;

use super::Scene;
use super::classes::opens_clause;

impl Scene<'_> {
    /// Whether the figure's clause is negated in front of it: `did not pay 50 million`, `did not find that … by 15 %`.
    pub(super) fn negated_before(&self, segment: &Range<usize>) -> bool {
        let anchor = &self.anchors[self.me];
        let start = (segment.start..anchor.start).rev().find(|at| self.breaks(*at)).unwrap_or(segment.start);
        (start..anchor.start).any(|at| {
            let next = self.key(at + 1);
            let negates = self.negates(at)
                || matches!(
                    (self.language, self.key(at)),
                    ("es", "no") | ("it", "non") | ("pl", "nie") | ("hi", "नहीं")
                )
                || self.language == "ar" && matches!(self.key(at), "لم" | "لن" | "ليس" | "ليست");
            let bound = matches!(
                next,
                "more"
                    | "less"
                    | "fewer"
                    | "only"
                    | "just"
                    | "far"
                    | "even"
                    | "including"
                    | "merely"
                    | "mehr"
                    | "weniger"
                    | "nur"
                    | "plus"
                    | "moins"
                    | "seulement"
                    | "mas"
                    | "menos"
                    | "solo"
                    | "piu"
                    | "meno"
                    | "mais"
                    | "apenas"
                    | "meer"
                    | "minder"
                    | "alleen"
                    | "mere"
                    | "mindre"
                    | "kun"
                    | "больше"
                    | "менее"
                    | "более"
                    | "меньше"
                    | "только"
                    | "wiecej"
                    | "mniej"
                    | "tylko"
            ) || at + 1 == anchor.start;
            // Another clause between has its own.
            let apart = (at + 1..anchor.start).any(|place| {
                opens_clause(self.key(place)) && !matches!(self.key(place), "that" | "dass" | "que" | "che" | "to")
            });
            negates
                && !bound
                && !apart
                && !matches!(self.key(anchor.start - 1), "until" | "till" | "bis" | "jusqu" | "hasta")
                && self.key(at.wrapping_sub(1)) != "or"
        })
    }

    /// Whether the sentence tells of a report with the figure and calls it wrong.
    pub(super) fn refuted(&self) -> bool {
        let anchor = &self.anchors[self.me];
        let report = (0..anchor.start).any(|at| {
            matches!(
                (self.key(at), self.key(at + 1)),
                (
                    "report"
                        | "reports"
                        | "claim"
                        | "claims"
                        | "rumour"
                        | "rumours"
                        | "rumor"
                        | "rumors"
                        | "allegation"
                        | "allegations"
                        | "suggestion"
                        | "suggestions"
                        | "statement"
                        | "story",
                    "that"
                ) | ("meldung" | "behauptung" | "bericht" | "gerucht", "dass" | "wonach")
                    | ("affirmation" | "information" | "rumeur", "selon")
            )
        });
        report
            && (anchor.end..self.lexemes.len()).any(|at| {
                matches!(
                    self.key(at),
                    "wrong"
                        | "false"
                        | "untrue"
                        | "incorrect"
                        | "inaccurate"
                        | "unfounded"
                        | "baseless"
                        | "mistaken"
                        | "falsch"
                        | "unwahr"
                        | "unzutreffend"
                        | "fausse"
                        | "faux"
                        | "infondee"
                        | "inexacte"
                )
            })
    }
}
