//! Denials of a figure: its clause is negated in front of it, or its sentence calls a report of it wrong.

use std::ops::Range;

use super::Scene;
use super::classes::opens_clause;

/// Lexemes between a verb of denial and the figure that it denies.
const DENIED: usize = 10;

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
            let apart = (at..anchor.start).any(|place| {
                opens_clause(self.key(place)) && !matches!(self.key(place), "that" | "dass" | "que" | "che" | "to")
            });
            negates
                && !bound
                && !apart
                && !matches!(self.key(anchor.start - 1), "until" | "till" | "bis" | "jusqu" | "hasta")
                && self.key(at.wrapping_sub(1)) != "or"
        })
    }

    /// Whether a verb of denial governs the figure: `has denied a shortfall of 5 million`.
    fn is_object_of_denial(&self, anchor: &Range<usize>) -> bool {
        let start = (anchor.start.saturating_sub(DENIED)..anchor.start).rev().find(|at| self.breaks(*at));
        let from = start.unwrap_or(anchor.start.saturating_sub(DENIED));
        (from..anchor.start).any(|at| {
            let denies = match self.language {
                "en" | "" => matches!(self.key(at), "denied" | "denies" | "deny" | "denying"),
                "de" => matches!(
                    self.key(at),
                    "dementierte"
                        | "dementiert"
                        | "dementierten"
                        | "bestritt"
                        | "bestreitet"
                        | "bestritten"
                        | "leugnet"
                        | "leugnete"
                ),
                "fr" => matches!(self.key(at), "dementi" | "dement" | "dementent" | "nie" | "nient" | "refute"),
                "es" => matches!(self.key(at), "desmintio" | "desmiente" | "desmentido" | "nego" | "niega" | "negado"),
                "it" => matches!(self.key(at), "smentito" | "smentisce" | "smentiscono" | "negato"),
                "pt" => matches!(self.key(at), "desmentiu" | "desmente" | "negou"),
                "nl" => matches!(self.key(at), "ontkent" | "ontkende" | "ontkenden" | "ontkend"),
                "da" | "no" => matches!(self.key(at), "benægter" | "benægtede" | "benekter" | "benektet"),
                "sv" => matches!(self.key(at), "fornekar" | "dementerar" | "dementerade"),
                "pl" => {
                    matches!(self.key(at), "zaprzeczyl" | "zaprzeczyla" | "zdementowal" | "zdementowala" | "zaprzecza")
                }
                "ru" => matches!(self.key(at), "опроверг" | "опровергла" | "опровергли" | "отрицает" | "отрицал"),
                _ => false,
            };
            // `were denied 5 million in aid`, `did not deny`
            let turned = (at.saturating_sub(2)..at).any(|before| {
                self.negates(before)
                    || matches!(self.key(before), "was" | "were" | "been" | "being" | "no" | "non" | "nao")
            });
            denies && !turned
        })
    }

    /// Whether the sentence tells of a report with the figure and calls it wrong.
    pub(super) fn refuted(&self) -> bool {
        let anchor = &self.anchors[self.me];
        if self.is_object_of_denial(anchor) {
            return true;
        }
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
