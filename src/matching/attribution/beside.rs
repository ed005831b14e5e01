//! Names that stand in a clause and do not speak: capitals that only describe a noun, and what somebody was asked about.

use std::ops::Range;

use super::clause::Clause;
use super::name::language;
use super::person_noun::is_person_noun;
use super::words::{is_adverb, is_possessive};
use crate::matching::fold::bits;

impl Clause<'_> {
    /// Whether a capital only describes the noun behind it: `the Arvenian foreign minister`, `Labour leader Ana Ruiz`.
    pub(super) fn is_attributive(&self, at: usize) -> bool {
        if !matches!(language(self.index), "en" | "") {
            return false;
        }
        let noun = |next: usize| {
            next < self.tokens.len()
                && !self.opens(next)
                && self.bits(next) & (bits::CAPITAL | bits::APOSTROPHE) == 0
                && !self.is_closed(next)
                && !self.is_verb(next)
                && !self.is_preposition(next)
                && !is_adverb(self.key(next))
        };
        let nouns = (at + 1..self.tokens.len().min(at + 5)).take_while(|next| noun(*next)).count();
        let last = at + nouns;
        let mut first = at;
        while !self.opens(first) && self.is_name(first - 1) {
            first -= 1;
        }
        let article = !self.opens(first)
            && (matches!(self.key(first - 1), "the" | "a" | "an") || is_possessive(self.key(first - 1)));
        let person = nouns > 0 && is_person_noun(self.key(last), "en");
        // With an article any noun of a person; without one a name must follow: `said Arvenian minister Danika Orlo`.
        person && (article || last + 1 < self.tokens.len() && !self.opens(last + 1) && self.is_name(last + 1))
    }

    /// The opening of a clause that says what somebody was asked: `Asked whether Lind would attend, | he said`.
    pub(super) fn asked(&self, verb: usize) -> Option<Range<usize>> {
        let opens = matches!(
            self.key(0),
            "asked"
                | "questioned"
                | "pressed"
                | "quizzed"
                | "challenged"
                | "gefragt"
                | "angesprochen"
                | "interroge"
                | "interrogee"
                | "preguntado"
                | "preguntada"
                | "perguntado"
                | "perguntada"
                | "questionado"
                | "questionada"
                | "interpellato"
                | "interpellata"
                | "gevraagd"
                | "zapytany"
                | "zapytana"
        ) && verb > 0;
        // `Asked on Monday, at the gate, if it would close, its owner, Bo Lind, said`
        let goes_on =
            |at: usize| self.is_preposition(at) || self.is_subordinator(at) || matches!(self.key(at), "whether" | "ob");
        let end = (2..=verb)
            .find(|at| self.bits(*at) & bits::PAUSE != 0 && self.bits(*at) & bits::HYPHEN == 0 && !goes_on(*at));
        end.filter(|_| opens).map(|end| 0..end)
    }
}
