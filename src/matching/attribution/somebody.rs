//! Somebody without a name: `a spokesman`, `one resident`, `old and tired tenants`.

use std::ops::Range;

use super::clause::{Clause, is_relative};
use super::name::language;
use super::person_noun::is_person_noun;
use super::shape::is_somebody;
use super::words::{is_and, is_indefinite};
use crate::matching::fold::bits;
use crate::matching::lexicon;
use crate::matching::terms;

impl Clause<'_> {
    /// Whether a noun phrase means somebody who is not named: `a critic`, `one resident`, `her lawyer`.
    pub(super) fn somebody(&self, phrase: Range<usize>) -> bool {
        let mut keys = phrase.clone().map(|at| self.key(at));
        let first = |key: &str| is_indefinite(key, language(self.index)) || is_somebody(key);
        keys.next().is_some_and(first) || phrase.clone().any(|at| lexicon::is_relation(self.key(at)))
    }

    /// Whether a head is `a critic of Bo Lind` before a name that ends its list: the apposition names the critic.
    pub(super) fn is_somebody_of(&self, head: Range<usize>, behind: usize) -> bool {
        let goes_on =
            behind < self.tokens.len() && (is_and(self.key(behind)) || self.opens(behind) && self.is_name(behind));
        let Some(preposition) = head.clone().skip(1).find(|at| self.is_preposition(*at)) else { return false };
        !goes_on
            && preposition + 1 < head.end
            && (preposition + 1..head.end).all(|at| self.is_name(at))
            && !(head.start..preposition).any(|at| self.is_name(at))
            && is_indefinite(self.key(head.start), language(self.index))
            && self.somebody(head.start..preposition)
    }

    /// Whether the clause's subject is somebody who is not named: `a spokesman said`, `said one resident`.
    pub(super) fn has_somebody(&self) -> bool {
        let Some(verb) = self.verb else { return false };
        let mut end = verb + 1;
        while end < self.tokens.len()
            && end < verb + 5
            && !self.opens(end)
            && !self.is_preposition(end)
            && !self.is_subordinator(end)
        {
            end += 1;
        }
        let behind = verb + 1..end;
        if !behind.is_empty() && (self.is_inverted(verb)) {
            let named = behind.clone().any(|at| self.is_name(at) && !self.is_attributive(at));
            return !named && (self.somebody(behind.clone()) || self.is_bare_plural(&behind));
        }
        // `one neighbour, old and angry, said`
        let apposed = self.opens(verb) && !self.ahead;
        let (start, end) = match (1..verb).find(|at| apposed && self.opens(*at)) {
            Some(end) => (0, end),
            None => (self.opening(verb, 8).unwrap_or_else(|| verb - 8), verb),
        };
        // `a porter came and | a man said`
        let and = (start + 1..end).rev().find(|at| lexicon::is_conjunction(self.key(*at), language(self.index)));
        let mut phrase = and.filter(|and| self.opens_subject(and + 1)).map_or(start, |and| and + 1)..end;
        let relative = |at: usize| is_relative(self.key(at), language(self.index)) || self.key(at) == "that";
        let ends = |at: usize| self.is_preposition(at) || relative(at) && !self.opens_subject(at + 1);
        if let Some(end) = phrase.clone().skip(1).find(|at| ends(*at)) {
            phrase.end = end;
        }
        let another = |at: usize| {
            self.is_name(at) && !self.is_attributive(at) || self.is_subordinator(at) && !is_and(self.key(at))
        };
        if phrase.is_empty() || phrase.clone().any(another) {
            return false;
        }
        self.somebody(phrase.clone()) || self.is_bare_plural(&phrase)
    }

    /// `residents said`, `said old and tired tenants`, `people said`: more than one, and no article.
    fn is_bare_plural(&self, phrase: &Range<usize>) -> bool {
        let Some(last) = phrase.clone().last().filter(|_| matches!(language(self.index), "en" | "")) else {
            return false;
        };
        let key = self.key(last);
        let many = key.ends_with('s') || matches!(key, "people" | "women" | "men" | "police");
        let person = is_person_noun(key, "en") || key == "police";
        let alone = phrase.len() == 1 && key.len() > 4 && !self.is_closed(last);
        let day = terms::is_weekday(key) || terms::month(key).is_some();
        let common = !self.has(last, bits::CAPITAL) || lexicon::is_relation(key);
        let plain = |at: usize| self.is_lower_word(at) && (!self.is_closed(at) || is_and(self.key(at)));
        many && common && !day && (person || alone) && (phrase.start..last).all(plain)
    }
}
