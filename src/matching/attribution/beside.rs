//! Names that stand in a clause and do not speak: capitals that only describe a noun, what somebody was asked about, and who is
//! told.

use std::ops::Range;

use super::clause::Clause;
use super::name::{Mention, language};
use super::person_noun::is_person_noun;
use super::words::{is_adverb, is_office, is_possessive};
use crate::matching::fold::bits;
use crate::matching::lexicon;

impl Clause<'_> {
    /// `a déclaré à la presse Ana Ruiz`: who is told it, and is no person, stands between the verb and its subject.
    pub(super) fn is_told_before_subject(&self, preposition: usize, mention: &Mention) -> bool {
        let language = language(self.index);
        let told = preposition + 1..mention.range.start;
        let person = |at: usize| {
            let key = self.key(at);
            is_person_noun(key, language) || is_office(key) || lexicon::is_relation(key) || key == "parole"
        };
        matches!(language, "fr" | "es" | "it" | "pt" | "ca")
            && matches!(
                self.key(preposition),
                "a" | "au" | "aux" | "al" | "alla" | "all" | "allo" | "ai" | "agli" | "ao"
            )
            && self.verb.is_some_and(|verb| verb < preposition && preposition - verb <= 3)
            && (1..=3).contains(&told.len())
            && !(preposition..=mention.range.start).any(|at| self.opens(at))
            && !told.clone().any(person)
            && told.clone().any(|at| !self.is_closed(at))
    }

    /// Whether a capital only describes the noun behind it: `the Arvenian foreign minister`, `Labour leader Ana Ruiz`.
    pub(super) fn is_attributive(&self, at: usize) -> bool {
        if !matches!(language(self.index), "en" | "") {
            return false;
        }
        let noun = |next: usize| {
            !self.opens(next)
                && !self.has(next, bits::CAPITAL | bits::APOSTROPHE)
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
        );
        // `Asked on Monday, at the gate, if it would close, its owner, Bo Lind, said`
        let goes_on =
            |at: usize| self.is_preposition(at) || self.is_subordinator(at) || matches!(self.key(at), "whether" | "ob");
        let end = (2..=verb).find(|at| self.pauses(*at) && !goes_on(*at));
        end.filter(|_| opens).map(|end| 0..end)
    }
}

#[cfg(test)]
#[path = "beside_tests.rs"]
mod tests;
