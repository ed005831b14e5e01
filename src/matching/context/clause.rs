//! The clause that governs a passage: the words before it that its clause hangs from, parentheses left out.
//!
//! `Nobody in the ministry, Sand said, believed that | …` is read as `Nobody in the ministry believed that | …`.

use super::negation::{is_idiom, is_negation_at};
use super::scene::{Scene, is_that};
use crate::matching::attribution::{is_name_token, is_saying_at};
use crate::matching::fold::bits;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;

/// How far before a passage its clause is read, in tokens.
const REACH: usize = 18;

/// How many tokens a parenthesis such as `, she said,` may have.
const PARENTHESIS: usize = 6;

/// Words between commas that are left out: `, she said,`.
pub(super) struct Clause<'c> {
    pub(super) scene: &'c Scene<'c>,
    /// The words, in reading order; the last one stands right before the passage.
    pub(super) words: Vec<usize>,
    /// Whether the passage begins with the conjunction of its clause: `| that we lost`.
    pub(super) opens_with_that: bool,
}

impl<'c> Clause<'c> {
    pub(super) fn new(scene: &'c Scene<'c>) -> Self {
        let before: Vec<usize> = scene.preceding().take(REACH).collect();
        let mut words: Vec<usize> = Vec::with_capacity(before.len());
        let mut number = 0;
        while let Some(at) = before.get(number).copied() {
            let right = words.last().copied().unwrap_or_else(|| scene.governed_from(at));
            if scene.has(right, bits::SENTENCE) && right != scene.span.start && right != scene.opening {
                break;
            }
            // German needs no conjunction: `Manche sagen, | …`.
            let reported = words.is_empty()
                && scene.language == "de"
                && !scene.in_marks_from(right)
                && (is_saying_at(at, scene.index) || is_german_participle(scene.key(at)));
            if pauses(right, scene) && !reported {
                let Some(length) = parenthesis(&before[number..], scene) else { break };
                number += length;
                let Some(beyond) = before.get(number).copied() else { break };
                words.push(beyond);
            } else {
                words.push(at);
            }
            number += 1;
        }
        words.reverse();
        let opens_with_that = is_that(scene.key(scene.span.start), scene.language) && scene.span.len() > 2;
        Self { scene, words, opens_with_that }
    }

    pub(super) fn key(&self, number: usize) -> &'c str {
        self.words.get(number).map_or("", |at| self.scene.key(*at))
    }

    /// The length of the phrase of a table that begins at a word of the clause.
    pub(super) fn phrase_at(&self, number: usize, table: &Phrases<()>) -> Option<usize> {
        table
            .at(language(self.scene), |next| self.words.get(number + next).map(|at| self.scene.key(*at)))
            .map(|found| found.length)
    }

    /// The length of the phrase of a table that ends `skip` words before the passage.
    pub(super) fn phrase_before(&self, skip: usize, table: &Phrases<()>) -> Option<usize> {
        let last = self.words.len().checked_sub(1 + skip)?;
        table
            .before(language(self.scene), |back| {
                last.checked_sub(back).map(|number| self.scene.key(self.words[number]))
            })
            .map(|found| found.length)
    }

    /// Where a word of the clause has the passage hang from it by a conjunction: `think that | …`.
    pub(super) fn opens_content(&self, number: usize) -> bool {
        let conjunction = |number: &usize| {
            is_that(self.key(*number), self.scene.language)
                // `said that and | left`: a pronoun, and another clause.
                && !lexicon::is_conjunction(self.key(number + 1), self.scene.language)
        };
        let that = (number + 1..self.words.len()).find(conjunction);
        let end = that.unwrap_or(self.words.len());
        (that.is_some() || self.opens_with_that)
            && end - number <= 6
            && !(number + 1..self.words.len()).any(|between| self.leaves(between))
    }

    /// Whether the passage follows a word of the clause right away, or behind one pronoun: `think | …`, `tell you | …`.
    pub(super) fn is_last(&self, number: usize) -> bool {
        let between = self.words.len() - number - 1;
        between == 0 || between == 1 && lexicon::is_pronoun(self.key(number + 1))
    }

    /// Whether nothing of the clause stands before a word, or a conjunction or a pause does.
    pub(super) fn opens_clause(&self, number: usize) -> bool {
        let joins = |before: usize| lexicon::is_conjunction(self.key(before), self.scene.language);
        self.scene.has(self.words[number], bits::BREAK) || number.checked_sub(1).is_none_or(joins)
    }

    /// Whether a word opens a clause that does not belong to the one before it.
    fn leaves(&self, number: usize) -> bool {
        let key = self.key(number);
        lexicon::is_subordinator(key, self.scene.language)
            && !is_that(key, self.scene.language)
            && !matches!(
                key,
                "who" | "whom" | "whose" | "which" | "where" | "qui" | "dont" | "cui" | "som" | "und" | "and"
            )
    }

    /// The first word of the clause that a word belongs to.
    pub(super) fn start_of(&self, number: usize) -> usize {
        let mut start = number;
        while start > 0 && number - start < 10 {
            let (at, before) = (self.words[start], self.key(start - 1));
            let relative = matches!(before, "who" | "which" | "qui" | "die" | "som");
            // `not going to stand here and tell you`: what negates the first infinitive negates the second.
            let series = start == number
                && matches!(self.key(number), "say" | "tell" | "pretend" | "claim" | "suggest" | "promise" | "admit")
                && (start.saturating_sub(6)..start).any(|near| self.key(near) == "to");
            if self.scene.has(at, bits::PAUSE) && self.words[start - 1] + 1 == at
                || lexicon::is_conjunction(before, self.scene.language) && !series
                // Swedish and Danish mark the infinitive by the same word: `fel att säga att`.
                || is_that(before, self.scene.language)
                    && !(start == number && matches!(self.scene.language, "sv" | "da"))
                || relative
                || lexicon::is_subordinator(before, self.scene.language)
                    && !series
                    && before != "once"
                    && !(before == "as" && self.key(start) == "to")
                    // `not go so far as to claim`
                    && !(before == "so" && matches!(self.key(start), "far" | "much" | "long"))
                    && !is_that(before, self.scene.language)
            {
                break;
            }
            start -= 1;
        }
        start
    }

    /// How often a word of the clause is negated, from the beginning of its clause to right behind it.
    pub(super) fn negations(&self, number: usize) -> usize {
        let index = self.scene.index;
        let last = (number + 1).min(self.words.len().saturating_sub(1));
        (self.start_of(number)..=last)
            .filter(|near| {
                let at = self.words[*near];
                is_negation_at(at, index)
                    && !is_idiom(at, index)
                    && !is_paired(self, *near)
                    && !self.negates_another(*near, number)
                    && !self.is_needless(*near, number)
            })
            .count()
    }

    /// Whether a verb of the clause has a negation in its clause that does not deny what it governs: it is turned back, or
    /// turns another word.
    pub(super) fn is_negated_in_vain(&self, number: usize, turns: usize) -> bool {
        let index = self.scene.index;
        turns.is_multiple_of(2) && (self.start_of(number)..=number).any(|near| is_negation_at(self.words[near], index))
    }

    /// `I do not need to tell you that | …`: what need not be said is so.
    fn is_needless(&self, negation: usize, verb: usize) -> bool {
        let says = matches!(
            self.key(verb),
            "tell" | "say" | "explain" | "repeat" | "remind" | "sagen" | "erklaren" | "erzahlen" | "dire"
        );
        says && (negation + 1..verb).any(|near| {
            matches!(self.key(near), "need" | "have" | "needn" | "brauche" | "muss" | "besoin") && {
                let next = self.key(near + 1);
                matches!(next, "to" | "de") || matches!(self.key(near), "brauche" | "muss")
            }
        })
    }

    /// `Not long ago Ruiz said | …`: before the subject of a finite verb a negation turns another word, unless an auxiliary
    /// stands between (`never did Ruiz say`) or it is the subject itself (`nobody`).
    fn negates_another(&self, negation: usize, verb: usize) -> bool {
        if language(self.scene) != "en" {
            return false;
        }
        let between = negation + 1..verb;
        let subject = between.clone().any(|near| {
            is_name_token(self.words[near], self.scene.index)
                || matches!(self.key(near), "he" | "she" | "it" | "they" | "we" | "i" | "you" | "who")
        });
        let auxiliary = between.clone().any(|near| {
            matches!(
                self.key(near),
                "did"
                    | "do"
                    | "does"
                    | "had"
                    | "has"
                    | "have"
                    | "would"
                    | "will"
                    | "can"
                    | "could"
                    | "should"
                    | "is"
                    | "was"
                    | "am"
                    | "are"
                    | "were"
                    | "shall"
                    | "ever"
                    | "d"
                    | "ve"
            )
        });
        subject && !auxiliary && !matches!(self.key(negation), "nobody" | "none" | "neither" | "no" | "nor" | "t")
    }
}

/// `ne … pas`, `nigdy nie`, `neither … nor`: the second of two words that negate once.
fn is_paired(clause: &Clause<'_>, number: usize) -> bool {
    let index = clause.scene.index;
    if clause.key(number) == "nor" && (0..number).any(|before| clause.key(before) == "neither") {
        return true;
    }
    let once = matches!(clause.scene.language, "fr" | "es" | "it" | "pt" | "pl" | "cs" | "ru" | "uk" | "el");
    once && (number.saturating_sub(4)..number).any(|before| is_negation_at(clause.words[before], index))
}

/// Participles of saying that reported words follow without a conjunction: `hat gesagt, | …`.
fn is_german_participle(key: &str) -> bool {
    matches!(key, "gesagt" | "behauptet" | "versprochen" | "erklart" | "gemeint" | "erzahlt" | "versichert")
}

/// The two letters of the text's language, for tables of phrases.
pub(super) fn language<'s>(scene: &Scene<'s>) -> &'s str {
    if scene.language.is_empty() { "en" } else { scene.language }
}

/// The length of the phrase of a table that begins at a token of the page.
pub(super) fn phrase(at: usize, table: &Phrases<()>, scene: &Scene<'_>) -> Option<usize> {
    let tokens = at..scene.index.tokens().len();
    table.at(language(scene), |next| tokens.clone().nth(next).map(|at| scene.key(at))).map(|found| found.length)
}

/// Whether a comma or the like before a token parts it from the clause before.
pub(super) fn pauses(at: usize, scene: &Scene<'_>) -> bool {
    scene.has(at, bits::PAUSE)
        && !scene.has(at, bits::HYPHEN)
        && (!scene.has(at, bits::QUOTE_MARK) || scene.index.gap_before(at).contains([':', '：']))
        && !is_that(scene.key(at), scene.language)
}

/// How many tokens, the nearest first, are an attribution between two commas.
fn parenthesis(before: &[usize], scene: &Scene<'_>) -> Option<usize> {
    let length = before.iter().take(PARENTHESIS).position(|at| scene.has(*at, bits::PAUSE))? + 1;
    before[..length].iter().any(|at| is_saying_at(*at, scene.index)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participles_of_saying_are_told_from_others() {
        for (key, wanted) in
            [("gesagt", true), ("behauptet", true), ("erzahlt", true), ("gelacht", false), ("sagt", false)]
        {
            assert_eq!(is_german_participle(key), wanted, "{key}");
        }
    }
}
