//! A clause of attribution: its tokens, and what each is by the closed classes of its language.

use std::ops::Range;

use super::gender;
use super::name::{is_name_token, language};
use super::words::is_possessive;
use crate::matching::fold::{self, Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;

/// A clause of attribution: token numbers in order, without what is quoted.
#[derive(Clone, Copy)]
pub(super) struct Clause<'c> {
    pub(super) tokens: &'c [usize],
    /// Position of the word of saying that belongs to the quotation.
    pub(super) verb: Option<usize>,
    /// Whether the quotation stands behind the clause.
    pub(super) ahead: bool,
    pub(super) index: &'c Index<'c>,
}

impl Clause<'_> {
    pub(super) fn key(&self, at: usize) -> &str {
        self.index.key(self.tokens[at])
    }

    pub(super) fn bits(&self, at: usize) -> u16 {
        self.index.tokens()[self.tokens[at]].bits
    }

    /// Whether the token at a position has one of these [`bits`].
    pub(super) fn has(&self, at: usize, bits: u16) -> bool {
        self.bits(at) & bits != 0
    }

    /// Whether a comma, a colon or a dash stands before a position; a hyphen is none.
    pub(super) fn pauses(&self, at: usize) -> bool {
        self.has(at, bits::PAUSE) && !self.has(at, bits::HYPHEN)
    }

    /// Whether a new segment begins at a position: behind a comma, a dash, a quotation or the clause's beginning.
    pub(super) fn opens(&self, at: usize) -> bool {
        let follows = at.checked_sub(1).is_some_and(|before| self.tokens[before] + 1 == self.tokens[at]);
        !follows
            || self.has(at, bits::SENTENCE)
            || self.has(at, bits::QUOTE_MARK) && !self.has(at, bits::APOSTROPHE)
            || self.pauses(at)
    }

    /// Where the segment of a position begins, looked for at it and at so many positions before it.
    pub(super) fn opening(&self, at: usize, reach: usize) -> Option<usize> {
        (at.saturating_sub(reach)..=at).rev().find(|at| self.opens(*at))
    }

    pub(super) fn is_name(&self, at: usize) -> bool {
        is_name_token(self.tokens[at], self.index)
    }

    pub(super) fn is_preposition(&self, at: usize) -> bool {
        lexicon::is_preposition(self.key(at), language(self.index))
    }

    pub(super) fn is_subordinator(&self, at: usize) -> bool {
        lexicon::is_subordinator(self.key(at), language(self.index))
    }

    pub(super) fn is_verb(&self, at: usize) -> bool {
        is_saying_at(self.tokens[at], self.index)
    }

    pub(super) fn is_closed(&self, at: usize) -> bool {
        let key = self.key(at);
        lexicon::is_stop_word(key)
            || lexicon::is_pronoun(key)
            || self.index.tokens()[self.tokens[at]].kind != Kind::Word
    }
}

/// Where what somebody owns begins: behind `Baird's`, `Leighs'`, `Corvins`.
pub(super) fn owner_end(run: &Range<usize>, clause: &Clause<'_>) -> Option<usize> {
    let end = run.end;
    let next = *clause.tokens.get(end)?;
    let last = clause.tokens[end - 1];
    let gap = clause.index.gap_before(next);
    if last + 1 == next && clause.has(end, bits::APOSTROPHE) && clause.key(end) == "s" {
        return Some(end + 1);
    }
    if gap.starts_with(['’', '\'']) && gap.ends_with(' ') && clause.index.form(last).ends_with(['s', 'x', 'z']) {
        return Some(end);
    }
    let german = matches!(language(clause.index), "de" | "sv" | "da" | "no" | "nb" | "nl");
    let person = lexicon::is_relation(clause.key(end)) || gender::of_noun(clause.key(end)).is_some();
    let person = person || lexicon::is_utterance(clause.key(end));
    (german && person && !clause.opens(end) && clause.key(end - 1).ends_with('s')).then_some(end)
}

/// Whether a preposition makes what stands at a position its complement: `met by Bo Lind`, `on his successor, Bo Lind`.
pub(super) fn is_complement(start: usize, clause: &Clause<'_>) -> bool {
    // `of Holt & Co`
    if start >= 2 && clause.index.form(clause.tokens[start - 1]) == "&" && clause.is_name(start - 2) {
        return is_complement(start - 2, clause);
    }
    if walk_back(start, clause) {
        return true;
    }
    // An apposition is what the noun before its comma is.
    if start == 0 || !clause.opens(start) || clause.tokens[start - 1] + 1 != clause.tokens[start] {
        return false;
    }
    let noun = clause.key(start - 1);
    (lexicon::is_relation(noun) || gender::of_noun(noun).is_some()) && walk_back(start - 1, clause)
}

fn walk_back(start: usize, clause: &Clause<'_>) -> bool {
    let segment = (start.saturating_sub(6)..start).rev().take_while(|at| !clause.opens(at + 1));
    let mut possessed = false;
    for at in segment {
        if clause.is_preposition(at) {
            // `for his part Bo Lind …`: the speaker's own side.
            return !(possessed && start - at == 3);
        }
        if clause.is_verb(at) || clause.is_subordinator(at) || clause.is_name(at) && at + 1 < start {
            return false;
        }
        possessed = is_possessive(clause.key(at));
    }
    false
}

/// Whether a position stands inside a relative clause: `Skene, to whom Deas has written, said`.
pub(super) fn is_in_relative_clause(start: usize, clause: &Clause<'_>) -> bool {
    let mut before = (start.saturating_sub(10)..start).rev();
    let relative = |at: usize| is_relative(clause.key(at), language(clause.index));
    before.find(|at| clause.opens(*at) || relative(*at)).is_some_and(|at| at > 0 && relative(at))
}

/// Relative pronouns that mean persons.
pub(super) fn is_relative(key: &str, language: &str) -> bool {
    match language {
        "en" | "" => matches!(key, "who" | "whom" | "whose" | "which"),
        "fr" => matches!(key, "qui" | "dont"),
        "it" => matches!(key, "che" | "cui"),
        "es" => matches!(key, "quien" | "quienes"),
        "pt" => matches!(key, "quem"),
        "ru" => matches!(key, "который" | "которая" | "которые" | "которого" | "которой" | "которому"),
        "pl" => matches!(key, "ktory" | "ktora" | "ktorzy" | "ktorego" | "ktorej"),
        _ => false,
    }
}

/// Whether a token is a word of saying that can carry a quotation here.
pub(in crate::matching) fn is_saying_at(at: usize, index: &Index<'_>) -> bool {
    let token = &index.tokens()[at];
    let key = index.key(at);
    let noun = token.has(bits::CAPITAL) && !token.has(bits::OPENING);
    (lexicon::is_saying(key) || is_saying_behind_and(key, index) || is_vietnamese_saying(at, index))
        && !noun
        && (key != "so" || language(index) == "de")
        && !is_states(at, index)
}

/// `one of the states suing the agency`: behind a word that a noun follows `states` are countries.
fn is_states(at: usize, index: &Index<'_>) -> bool {
    const BEFORE_A_NOUN: [&str; 14] = [
        "the", "these", "those", "all", "both", "some", "many", "most", "several", "other", "of", "two", "three",
        "four",
    ];
    index.key(at) == "states" && at > 0 && BEFORE_A_NOUN.contains(&index.key(at - 1))
}

/// Arabic writes `and` and `so` with the verb: `وقال`.
fn is_saying_behind_and(key: &str, index: &Index<'_>) -> bool {
    // Persian has the word for another: `رد کرد`, he rejected.
    let answers = |key: &str| matches!(key, "رد" | "ردت");
    language(index) == "ar"
        && (answers(key) || key.strip_prefix(['و', 'ف']).is_some_and(|verb| lexicon::is_saying(verb) || answers(verb)))
}

/// Vietnamese words of saying, which only their accents tell from other words.
fn is_vietnamese_saying(at: usize, index: &Index<'_>) -> bool {
    language(index) == "vi"
        && (matches!(index.form(at), "nói" | "kể" | "dặn" | "đáp" | "hỏi" | "viết")
            || index.form(at) == "cho" && index.tokens().get(at + 1).is_some() && index.form(at + 1) == "biết")
}

/// Whether a clause has a word of saying.
pub(super) fn says(clause: &[usize], index: &Index<'_>) -> bool {
    clause.iter().any(|at| is_saying_at(*at, index)) || has_saying_characters(clause, index)
}

/// What the page has from the first to the last token of a clause.
pub(super) fn text_of<'i>(clause: &[usize], index: &'i Index<'_>) -> &'i str {
    match (clause.first(), clause.last()) {
        (Some(first), Some(last)) => index.document().slice(index.range(*first..last + 1)),
        _ => "",
    }
}

/// Whether a clause says so in a script without spaces.
pub(super) fn has_saying_characters(clause: &[usize], index: &Index<'_>) -> bool {
    let text = text_of(clause, index);
    text.chars().any(fold::is_unspaced) && lexicon::has_saying(text)
}

#[cfg(test)]
#[path = "clause_tests.rs"]
pub(super) mod tests;
