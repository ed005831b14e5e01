//! Rivals: what a figure is set against in its sentence (`…, against 3 percent in the north`), and whether a claim gives it
//! what is its rival's.

use std::ops::Range;

use super::Scene;
use super::classes::{is_preposition, is_time, is_which};
use super::frame::{Frame, Name, is_versus};
use crate::matching::figure::sense::{is_content, same};
use crate::matching::fold::{Kind, bits};

/// Lexemes between the word that sets figures against each other and the second of them.
const NEAR: usize = 4;

impl Scene<'_> {
    /// The part of the sentence behind a figure that is set against it.
    fn rival_part(&self, me: usize) -> Option<Range<usize>> {
        let from = self.anchors[me].end;
        let at = (from..self.lexemes.len())
            .take_while(|at| !self.lexemes[*at].gap.contains([';', '；']))
            .find(|at| is_versus(self.key(*at)) && (*at..=*at + NEAR).any(|next| self.is_figure(next)))?;
        let end = (at..self.lexemes.len()).find(|end| self.lexemes[*end].gap.contains([';', '；']));
        Some(at..end.unwrap_or(self.lexemes.len()))
    }

    /// Words that say something of a place, a time or a group: all but function words.
    fn distinguishes(&self, at: usize) -> bool {
        let key = self.key(at);
        !self.is_figure(at)
            && (is_content(&self.lexemes[at])
                || is_which(key) && !is_preposition(key)
                || is_time(key)
                || self.is_year(at))
    }

    /// All such words of the sentence.
    pub(super) fn sayings(&self) -> Vec<String> {
        (0..self.lexemes.len()).filter(|at| self.distinguishes(*at)).map(|at| self.key(at).to_owned()).collect()
    }

    /// What prepositions open in the rival's part, where the rest of the sentence does not have it.
    pub(super) fn rival(&self, me: usize) -> Vec<Vec<String>> {
        let Some(part) = self.rival_part(me) else { return Vec::new() };
        let mut found: Vec<Vec<String>> = Vec::new();
        let mut open = false;
        for at in part.clone().skip(1) {
            if is_preposition(self.key(at)) || is_from(self.key(at)) {
                found.push(Vec::new());
                open = true;
            } else if self.lexemes[at].bits & bits::PAUSE != 0 {
                open = false;
            }
            if open
                && self.distinguishes(at)
                && let Some(last) = found.last_mut()
            {
                last.push(self.key(at).to_owned());
            }
        }
        let outside = |word: &String| {
            (0..part.start)
                .chain(part.end..self.lexemes.len())
                .any(|at| self.distinguishes(at) && same(self.key(at), word))
        };
        found.retain(|words| words.iter().any(|word| !outside(word)));
        found
    }

    /// Whether the sentence says more or less of something.
    pub(super) fn says_more(&self) -> bool {
        (0..self.lexemes.len()).any(|at| !self.is_figure(at) && is_comparative(self.key(at)))
    }

    /// Whether the sentence compares its figure with something.
    pub(super) fn compares(&self) -> bool {
        self.says_more() || (0..self.lexemes.len()).any(|at| !self.is_figure(at) && is_versus(self.key(at)))
    }

    /// A word that makes what a figure is said of another instance of its kind, and that kind: `the last great fire`.
    pub(super) fn instance(&self, part: Range<usize>) -> Option<(String, Vec<String>)> {
        part.clone().find_map(|at| {
            let which = match self.language {
                "en" | "" => matches!(self.key(at), "previous" | "last" | "earlier" | "next"),
                "de" => matches!(self.key(at), "vorige" | "letzte" | "fruhere" | "nachste" | "vorherige"),
                "fr" => matches!(self.key(at), "precedent" | "precedente" | "prochain" | "prochaine"),
                "es" | "pt" => matches!(self.key(at), "anterior" | "proximo" | "proxima"),
                "it" => matches!(self.key(at), "precedente" | "prossimo" | "prossima"),
                "nl" => matches!(self.key(at), "vorige" | "volgende"),
                _ => false,
            };
            if !which || is_time(self.key(at + 1)) {
                return None;
            }
            let kind = (at + 1..part.end.min(at + 1 + NEAR)).take_while(|place| self.tells(*place));
            let kind: Vec<String> = kind.map(|place| self.key(place).to_owned()).collect();
            (!kind.is_empty()).then(|| (self.key(at).to_owned(), kind))
        })
    }

    /// Names of several words in front of a figure.
    pub(super) fn long_names(&self, range: Range<usize>) -> Vec<Name> {
        let mut names = Vec::new();
        if self.language == "de" {
            return names;
        }
        let capital = |at: usize| {
            self.lexemes[at].bits & bits::CAPITAL != 0 && self.lexemes[at].kind == Kind::Word && self.tells(at)
        };
        let mut at = range.start;
        while at < range.end {
            let mut end = at;
            while end < range.end && capital(end) && (end == at || !self.breaks(end)) {
                end += 1;
            }
            if end > at + 1 {
                names.push(Name { first: self.key(at).to_owned(), last: self.key(end - 1).to_owned() });
            }
            at = end.max(at + 1);
        }
        names
    }
}

/// Words that compare without saying which way a figure went.
fn is_comparative(key: &str) -> bool {
    matches!(
        key,
        "than"
            | "more"
            | "less"
            | "fewer"
            | "above"
            | "below"
            | "better"
            | "worse"
            | "beat"
            | "beating"
            | "exceeded"
            | "exceeding"
            | "unlike"
            | "mehr"
            | "weniger"
            | "besser"
            | "ubertraf"
            | "plus"
            | "moins"
            | "mieux"
            | "mas"
            | "menos"
            | "mejor"
            | "piu"
            | "meno"
            | "meglio"
            | "mais"
            | "melhor"
            | "meer"
            | "minder"
            | "beter"
            | "mere"
            | "mindre"
            | "больше"
            | "меньше"
            | "чем"
            | "wiecej"
            | "mniej"
            | "niz"
    )
}

fn is_from(key: &str) -> bool {
    matches!(key, "from" | "of" | "d" | "del" | "della" | "dell" | "du" | "des")
}

/// Whether a claim gives a figure the place, time or group of what it is set against.
pub(super) fn takes(ours: &Frame, theirs: &Frame) -> bool {
    !ours.compares
        && theirs
            .rival
            .iter()
            .any(|words| words.iter().all(|word| ours.sayings.iter().any(|own| own == word || same(own, word))))
}

/// Whether a claim tells of another bearer of the same kind of name: `Storm Ragna` for `Storm Edda`.
pub(super) fn is_namesake(ours: &Frame, theirs: &Frame) -> bool {
    let lacks = |words: &[String], word: &str| !words.iter().any(|other| same(other, word));
    ours.long_names.iter().any(|own| {
        lacks(&theirs.sayings, &own.last)
            && theirs
                .long_names
                .iter()
                .any(|other| other.first == own.first && other.last != own.last && lacks(&ours.sayings, &other.last))
    })
}
