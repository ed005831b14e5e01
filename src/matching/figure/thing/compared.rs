//! Comparisons in a sentence: where one opens what a figure is compared with, and which words of time are no rates.

use super::Scene;

impl Scene<'_> {
    /// Whether a word says how many times something else a figure is: `double the share in 2021`, `half of what was planned`.
    pub(super) fn is_multiple(&self, at: usize) -> bool {
        let (next, third) = (self.key(at + 1), self.key(at + 2));
        match (self.language, self.key(at)) {
            ("en" | "", "double" | "twice" | "triple" | "treble" | "times") => {
                matches!(next, "the" | "what" | "that" | "those" | "its" | "their" | "last")
            }
            ("en" | "", "half") => next == "what" || next == "of" && third == "what",
            ("de", "halfte") => next == "dessen",
            ("de", "doppelte" | "dreifache") => matches!(next, "des" | "der" | "dessen" | "von"),
            ("fr", "double" | "triple" | "moitie") => third == "ce" || third == "celle" || third == "celui",
            ("es", "doble" | "triple" | "mitad") => next == "de" && matches!(third, "lo" | "la" | "que"),
            ("it", "doppio" | "triplo" | "meta") => next == "rispetto" || next == "di" && third.starts_with("quant"),
            ("pt", "dobro" | "triplo" | "metade") => matches!(next, "do" | "da"),
            ("nl", "dubbele" | "helft") => next == "van" && third == "wat",
            _ => false,
        }
    }

    pub(super) fn is_comparison(&self, at: usize) -> bool {
        if self.is_multiple(at) {
            return true;
        }
        let next = self.key(at + 1);
        match (self.language, self.key(at)) {
            ("en" | "", "than") | ("it", "rispetto") | ("nl", "dan") | ("da" | "no", "end") | ("sv", "an") => true,
            ("en" | "", "as") => (at.saturating_sub(3)..at).any(|before| self.key(before) == "as"),
            ("de", "als") => at > 0 && self.key(at - 1).ends_with("er") || next == "im",
            ("fr" | "es" | "pt", "que") => {
                at > 1
                    && (at.saturating_sub(3)..at).any(|before| {
                        matches!(
                            self.key(before),
                            "plus" | "moins" | "mas" | "menos" | "mais" | "aussi" | "tan" | "tao"
                        )
                    })
            }
            ("ru", "чем") | ("pl", "niz") => true,
            _ => false,
        }
    }

    /// `a year ago` is no rate.
    pub(super) fn is_past(&self, at: usize) -> bool {
        matches!(self.key(at), "ago" | "later" | "earlier" | "before" | "after" | "old" | "long")
    }

    /// `within a week` is no rate.
    pub(super) fn is_span(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            matches!(
                self.key(before),
                "within"
                    | "in"
                    | "for"
                    | "after"
                    | "once"
                    | "twice"
                    | "during"
                    | "over"
                    | "than"
                    | "nearly"
                    | "almost"
                    | "half"
                    | "about"
                    | "of"
                    | "last"
                    | "such"
                    | "as"
                    | "is"
                    | "was"
            )
        })
    }
}
