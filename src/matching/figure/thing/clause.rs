//! Clauses: what is done by or to what a figure counts, the part that another figure is, the years that stand with each.

use std::ops::Range;
use std::sync::LazyLock;

use super::Scene;
use super::classes::{is_preposition, is_relative, is_verb};
use super::split::Split;
use crate::matching::direction;
use crate::matching::figure::lexeme::Ask;
use crate::matching::figure::sense::{event_at, is_content};
use crate::matching::fold::bits;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;

static AMONG: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../../terms/among.txt"), Some));
static VERBS: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../../terms/verbs.txt"), Some));

/// Lexemes between a verb of being and what it says of its subject.
const COMPLEMENT: usize = 3;

/// Lexemes of a noun behind a figure.
const NOUN: usize = 4;

/// What the clauses of a sentence do, as far as one of its figures is asked about.
#[derive(Debug, Default, Clone)]
pub(super) struct Clauses {
    /// What the figure's own clause tells: its verbs, or what a verb of being says.
    pub(super) verbs: Vec<String>,
    /// Whether they stand in its own part, not in one that it shares.
    pub(super) own_verbs: bool,
    /// The same for each of the other figures' clauses, without what they share with the clause before.
    pub(super) others: Vec<Vec<String>>,
    /// What each figure that is a part of this one counts.
    pub(super) parts: Vec<Vec<String>>,
    /// What the figure counts where it is a part itself.
    pub(super) own_part: Vec<String>,
    /// Years that stand with the figure, and those that stand elsewhere in the sentence.
    pub(super) years: Vec<String>,
    pub(super) other_years: Vec<String>,
}

impl Scene<'_> {
    /// Reads what the clauses tell. `lead` is what the figure's clause shares with the one before, or its own front.
    pub(super) fn clauses(&self, split: &Split<'_>, lead: &Range<usize>) -> Clauses {
        let me = self.me;
        let segment = &split.segments[me];
        let mut verbs = self.verbs(self.clause_of(split, me));
        let own_verbs = !verbs.is_empty();
        if !own_verbs {
            verbs = self.verbs(lead.clone());
        }
        let others = (0..self.anchors.len()).filter(|other| *other != me);
        let parts = others
            .clone()
            .filter(|other| *other == me + 1)
            .filter_map(|other| {
                let range = self.among(split.segments[other].start, self.anchors[other].start)?;
                let front = self.contents(range);
                let behind = self.anchors[other].end..split.noun_end(other).min(split.segments[other].end);
                Some(if front.is_empty() { self.contents(behind) } else { front })
            })
            .filter(|words| !words.is_empty())
            .collect();
        let mut end = segment.end;
        // `in 2016 and 2021`: one span of time.
        if end + 1 < self.lexemes.len() && self.is_year(end - 1) && self.is_year(end + 1) {
            end += 2;
        }
        let is_past = |at: usize| {
            at.checked_sub(1).is_some_and(|before| {
                matches!(
                    self.key(before),
                    "from" | "since" | "than" | "von" | "seit" | "depuis" | "desde" | "dal" | "sinds"
                )
            })
        };
        let years = |range: Range<usize>| -> Vec<String> {
            range.filter(|at| self.is_year(*at) && !is_past(*at)).map(|at| self.key(at).to_owned()).collect()
        };
        let mut other_years = years(0..segment.start);
        other_years.extend(years(end.min(self.lexemes.len())..self.lexemes.len()));
        Clauses {
            verbs,
            own_verbs,
            others: others.map(|other| self.verbs(self.clause_of(split, other))).collect(),
            parts,
            own_part: self
                .among(segment.start, self.anchors[me].start)
                .map_or_else(Vec::new, |range| self.contents(range)),
            years: years(segment.start..end),
            other_years,
        }
    }

    /// A figure's segment and what follows it up to the next pause or figure.
    fn clause_of(&self, split: &Split<'_>, number: usize) -> Range<usize> {
        let next = self.anchors.get(number + 1).map_or(self.lexemes.len(), |next| next.start);
        let segment = &split.segments[number];
        let end = (segment.end..next).find(|at| self.breaks(*at)).unwrap_or(next);
        segment.start..end.max(segment.end)
    }

    /// The words between `including` and a figure, where one opens the figure's part.
    fn among(&self, start: usize, figure: usize) -> Option<Range<usize>> {
        (start..figure).find_map(|at| {
            let found = self.phrase(&AMONG, at)?;
            (at + found.length <= figure).then_some(at + found.length..figure)
        })
    }

    /// Whether words such as `including` stand in front of a figure with nothing between but what it counts.
    pub(super) fn is_among(&self, number: usize) -> bool {
        let end = self.anchors[number].start;
        let start = number.checked_sub(1).map_or(0, |before| self.anchors[before].end);
        self.among(start, end).is_some_and(|range| !range.clone().any(|at| self.breaks(at)))
    }

    /// The subject and the verb of a clause behind a figure that says whose it is: `the 480,000 dollars (that) Pike spent`.
    pub(super) fn relative_behind(&self, number: usize, end: usize) -> Option<Range<usize>> {
        if self.language == "de" {
            return None;
        }
        let from = self.anchors[number].end;
        let named = |at: &usize| self.lexemes[*at].bits & bits::CAPITAL != 0 && self.tells(*at) && !self.breaks(*at);
        let start = (from..end.min(from + NOUN)).take_while(|at| !self.breaks(*at)).find(|at| named(at))?;
        let before = self.key(start.checked_sub(1)?);
        let opened = before == "that" || is_relative(before) || self.language == "en" || start == from;
        let verb = (start..end).find(|at| !named(at))?;
        let fits = opened && !is_preposition(before) && !self.breaks(verb) && self.tells(verb) && self.is_doing(verb);
        fits.then_some(start..verb + 1)
    }

    fn verbs(&self, part: Range<usize>) -> Vec<String> {
        let mut verbs: Vec<String> = Vec::new();
        for at in part.clone() {
            let key = self.key(at);
            let by_being = || {
                (at.saturating_sub(COMPLEMENT).max(part.start)..at)
                    .rev()
                    .take_while(|before| {
                        !self.tells(*before) && !self.is_figure(*before) && !is_preposition(self.key(*before))
                    })
                    .any(|before| is_verb(self.key(before)))
            };
            let named = self.lexemes[at].bits & bits::CAPITAL != 0 && !self.opens_sentence(at);
            if named || lexicon::is_saying(key) || direction::is_change(key) || self.is_figure(at) {
                continue;
            }
            // `sank` tells of ships as well as of prices.
            if is_content(&self.lexemes[at]) && self.phrase(&VERBS, at).is_some()
                || self.tells(at) && (self.is_doing(at) || by_being())
            {
                verbs.push(key.to_owned());
            }
        }
        verbs
    }

    /// Whether a word tells what is done, as far as its form shows it.
    pub(super) fn is_doing(&self, at: usize) -> bool {
        self.lexemes[at].memo.told(Ask::Doing, || self.does(at))
    }

    fn does(&self, at: usize) -> bool {
        let key = self.key(at);
        let ends = |ends: &[&str]| key.chars().count() > 4 && ends.iter().any(|end| key.ends_with(end));
        self.phrase(&VERBS, at).is_some()
            || event_at(self.language, self.lexemes, at).is_some()
            || match self.language {
                "en" | "" => ends(&["ed"]) && !key.ends_with("eed"),
                "ru" => ends(&[
                    "или", "али", "ыли", "ули", "ать", "ить", "еть", "лись", "лся", "лась", "ило", "ало", "ила", "ала",
                ]),
                "pl" => ends(&["ano", "ono", "ali", "ili", "aly", "ily", "yly", "alo", "ilo"]),
                "fr" => ends(&["aient", "erent", "irent"]),
                "es" => ends(&["aron", "ieron", "aban"]),
                "it" => ends(&["arono", "irono", "avano"]),
                "pt" => ends(&["aram", "eram", "iram", "avam"]),
                _ => false,
            }
    }
}
