//! What somebody owns, and whose it is: `Ana Ruiz's lawyer` is not Ana Ruiz, `Ana Ruiz's statement` is.

use std::ops::Range;

use super::clause::{Clause, is_in_relative_clause};
use super::name::{Fit, Mention, is_slavic, language, runs};
use super::role::Role;
use super::words::is_agent;
use crate::matching::fold::bits;
use crate::matching::lexicon;

impl Clause<'_> {
    /// `Ana Ruiz's lawyer` is not Ana Ruiz; `Ana Ruiz's statement` is.
    pub(super) fn possessed(&self, mention: &Mention) -> Option<Role> {
        let end = mention.range.end;
        let next = (end < self.tokens.len()).then(|| self.key(end));
        let joined = end < self.tokens.len() && self.bits(end) & bits::APOSTROPHE != 0;
        // `Jonas Moss’ lawyer`; a mark behind words that are quoted is none.
        let gap = self.tokens.get(end).map_or("", |at| self.index.gap_before(*at));
        let genitive_apostrophe = self.index.form(self.tokens[end - 1]).ends_with(['s', 'x', 'z'])
            && gap.starts_with(['’', '\''])
            && gap.ends_with(' ')
            && self.tokens[end - 1] + 1 == self.tokens[end];
        if let Some(owner) = self.owner_in_turkish() {
            return Some(if owner.end == end { Role::Speaks } else { Role::Beside });
        }
        let thing = match (language(self.index), next) {
            ("tr", Some(suffix)) if joined => {
                if matches!(suffix, "in" | "un" | "nin" | "nun") {
                    end + 1
                } else if matches!(suffix, "e" | "a" | "ye" | "ya") {
                    let source = self.tokens.len() > end + 1 && self.key(end + 1) == "gore";
                    // `Ruiz’e göre Lind “…” dedi`
                    let another = || runs(self.tokens, self.index).iter().any(|run| run.start == end + 2);
                    return Some(if source && !another() { Role::Speaks } else { Role::Beside });
                } else {
                    return None;
                }
            }
            ("hi", Some("के" | "की" | "का")) => end + 1,
            ("hi", Some("से" | "को")) => return Some(Role::Beside),
            (_, Some("s")) if joined => end + 1,
            _ if mention.fit == Fit::Possessive || genitive_apostrophe => end,
            _ => return None,
        };
        // `To Lind's “…”, Ruiz answered “…”`
        if joined && self.ahead && thing == self.tokens.len() {
            return Some(Role::Speaks);
        }
        // A German genitive stands at the end of a name as well: `laut Lindqvists` does not exist, `Lindqvists Anwalt` does.
        let things = (thing..self.tokens.len().min(thing + 3)).take_while(|at| *at == thing || !self.opens(*at));
        let mut any = false;
        for at in things {
            if lexicon::is_utterance(self.key(at)) {
                return Some(self.utterance(&(mention.range.start..at + 1)));
            }
            if self.is_verb(at) {
                break;
            }
            any = true;
        }
        any.then_some(Role::Beside)
    }

    /// `Ruiz, Lind’in “…” dediğini anlattı`: in Turkish whoever says what is told stands in the genitive right before it.
    fn owner_in_turkish(&self) -> Option<Range<usize>> {
        if language(self.index) != "tr" {
            return None;
        }
        let tells = |at: usize| {
            matches!(
                self.key(at),
                "dedigini" | "dedigi" | "soyledigini" | "sozlerini" | "sozleri" | "ifadesini" | "yazdigini"
            )
        };
        runs(self.tokens, self.index).into_iter().find(|run| {
            let (suffix, next) = (run.end, run.end + 1);
            next < self.tokens.len()
                && matches!(self.key(suffix), "in" | "un" | "nin" | "nun")
                && self.tokens[suffix] + 1 < self.tokens[next]
                && tells(next)
        })
    }

    /// What an utterance with its owner does here: it speaks, unless somebody else speaks of it, before it or behind it.
    fn utterance(&self, range: &Range<usize>) -> Role {
        match self.verb {
            // `Demir's account differs from that of the mate, Lind, who said`, `Answering Ruiz's letter, the mayor said`
            Some(verb) if verb >= range.end => self.ahead(range, verb),
            // `the mayor said of Ruiz's letter`, `said Lind, who read Ruiz's letter`
            Some(verb) if self.has_subject(verb, range.start) && self.is_set_aside(range.start) => Role::Beside,
            _ => Role::Speaks,
        }
    }

    /// Whether what begins at a position is only spoken of: behind a preposition, but for `in`, `by` and `from`, or in a relative
    /// clause behind the quotation.
    fn is_set_aside(&self, start: usize) -> bool {
        let mut before = (start.saturating_sub(3)..start).rev().take_while(|at| !self.opens(at + 1));
        match before.find(|at| self.is_preposition(*at) || self.is_subordinator(*at)) {
            Some(at) => {
                let key = self.key(at);
                !is_agent(key)
                    && !matches!(key, "in" | "im" | "i" | "from" | "aus" | "uit" | "ur")
                    && !self.is_behind_source(start)
            }
            None => !self.ahead && is_in_relative_clause(start, self),
        }
    }

    /// Whether the noun of relation at a position takes the name as its genitive, without a preposition.
    pub(super) fn takes_genitive(&self, at: usize, mention: &Mention) -> bool {
        match language(self.index) {
            code if is_slavic(code) => mention.fit == Fit::Declined,
            "ar" | "fa" => !self.key(at).starts_with("ال"),
            "de" => (at..mention.range.start).any(|at| matches!(self.key(at), "der" | "des")),
            "el" => (at..mention.range.start).any(|at| matches!(self.key(at), "του" | "τησ" | "των")),
            _ => false,
        }
    }
}
