//! Subjects: whether a later clause has one of its own.

use super::Scene;
use super::classes::{is_conjunction, is_preposition, is_relative};
use super::frame::is_spaceless;
use super::split::Split;
use crate::matching::figure::sense::same;
use crate::matching::fold::bits;
use crate::matching::lexicon;

impl Scene<'_> {
    /// Whether a later clause has a subject of its own rather than that of the clause before.
    pub(super) fn has_subject(&self, start: usize, end: usize, split: &Split<'_>, number: usize) -> bool {
        let first = (start..end).find(|at| !self.is_joint(*at)).unwrap_or(start);
        let lexeme = &self.lexemes[first];
        let key = lexeme.key.as_ref();
        if is_preposition(key) || key.ends_with("ing") && self.language == "en" || is_relative(key) {
            return false;
        }
        let article = matches!(
            key,
            "the"
                | "a"
                | "its"
                | "their"
                | "his"
                | "her"
                | "those"
                | "der"
                | "die"
                | "das"
                | "dem"
                | "den"
                | "seine"
                | "le"
                | "la"
                | "les"
                | "l"
                | "el"
                | "los"
                | "las"
                | "il"
                | "lo"
                | "gli"
                | "i"
                | "o"
                | "os"
                | "as"
                | "de"
                | "het"
                | "quello"
                | "quella"
                | "celui"
                | "celle"
        );
        if (start..end).any(|at| lexicon::is_pronoun(self.key(at))) {
            return false;
        }
        if article || lexeme.bits & bits::CAPITAL != 0 {
            return true;
        }
        let own = self.contents(start..end);
        let before = self.contents(split.segments[number - 1].start..self.anchors[number - 1].start);
        let parallel = own.iter().any(|word| before.iter().any(|other| same(other, word)));
        let comma =
            self.lexemes[start].bits & bits::PAUSE != 0 || self.lexemes[start].gap.contains(['、', '，', '；', ';']);
        let verb = self.is_doing(first) || self.language == "en" && key.ends_with("ed");
        let gapped = end - first <= 3 && comma && self.tells(end - 1) && !verb;
        let bare = matches!(self.language, "ru" | "pl" | "cs" | "zh" | "ja" | "hi" | "ar");
        let said = if is_spaceless(&own) { own.len() >= 3 } else { !verb };
        parallel || gapped || bare && said && (comma || self.language == "ar")
    }

    /// Conjunctions and the like at the head of a clause.
    fn is_joint(&self, at: usize) -> bool {
        !self.tells(at)
            && (is_conjunction(self.key(at)) || matches!(self.key(at), "но" | "однако" | "ale" | "lecz" | "que"))
    }
}
