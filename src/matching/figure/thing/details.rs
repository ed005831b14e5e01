//! Details of a frame: wholes and their parts, comparisons, days, ages, differences, what a figure is counted by.

use std::ops::Range;

use super::Scene;
use super::classes::is_preposition;
use super::frame::{Frame, has, is_versus};
use super::split::Split;
use crate::matching::figure::sense::{is_content, same};
use crate::matching::fold::{Kind, bits};
use crate::matching::{lexicon, terms};

/// Lexemes between a whole and the word that makes it one: `16 of the county's 21 districts`.
const WHOLE: usize = 6;
/// Lexemes behind a word of saying within which a day is the day of saying.
const SAID: usize = 4;

impl Scene<'_> {
    /// Reads the details of a figure's frame.
    pub(super) fn details(&self, split: &Split<'_>, frame: &mut Frame) {
        let me = self.me;
        let anchor = &self.anchors[me];
        let segment = &split.segments[me];
        let noun_end = split.noun_end(me).max(anchor.end);
        if let Some(from) = self.whole_from(me).filter(|_| self.relative_behind(me, segment.end).is_none()) {
            // `Of the 43 people taken to hospital, 12 …`: the group goes on to the pause.
            let opens = self.is_after_break(from);
            let pause = (anchor.end..self.lexemes.len()).find(|at| self.breaks(*at)).filter(|_| opens);
            let beyond = (0..from).chain(pause.unwrap_or(noun_end)..self.lexemes.len());
            let plain = beyond.filter(|at| {
                let capital = self.lexemes[*at].bits & bits::CAPITAL != 0;
                (self.tells(*at) || self.moves(*at)) && (!capital || self.opens_sentence(*at))
            });
            frame.beyond_whole = Some(plain.map(|at| self.key(at).to_owned()).collect());
        }
        let start = (0..anchor.start).rev().find(|at| self.lexemes[*at].bits & bits::SENTENCE != 0).unwrap_or(0);
        let paused = |at: usize| self.lexemes.get(at).is_some_and(|next| next.bits & bits::PAUSE != 0);
        let close = (anchor.end..segment.end.min(anchor.end + 6) + 1).any(paused);
        let within = matches!(
            self.key(start),
            "in" | "of"
                | "among"
                | "from"
                | "von"
                | "unter"
                | "bei"
                | "im"
                | "sur"
                | "parmi"
                | "dans"
                | "de"
                | "en"
                | "entre"
                | "di"
                | "tra"
                | "su"
                | "van"
                | "onder"
                | "af"
                | "blandt"
                | "z"
                | "wsrod"
                | "из"
                | "среди"
        );
        let opens = within && !(start..anchor.start).any(|at| at > start && paused(at));
        frame.adjunct = opens && close && me + 1 < self.anchors.len() && frame.predicate.is_empty();
        for at in 0..self.lexemes.len() {
            if self.is_comparison(at) {
                let end = (at + 1..self.lexemes.len()).find(|end| self.breaks(*end)).unwrap_or(self.lexemes.len());
                let end = end.min(at + 10);
                // `three times the 19,000 that were planned`
                let multiple = self.is_multiple(at);
                let end = (at + 1..end).find(|end| self.is_figure(*end) && !multiple).unwrap_or(end);
                frame.compared.extend(self.contents(at + 1..end));
                let years =
                    (at + 1..end.min(at + if at > anchor.start { 6 } else { 4 })).filter(|at| self.is_year(*at));
                frame.compared_years.extend(years.map(|at| self.key(at).to_owned()));
            }
        }
        let part = self.part_of(anchor, segment);
        for at in part {
            let key = self.key(at);
            let said = (at.saturating_sub(SAID)..at).any(|before| lexicon::is_saying(self.key(before)));
            let capital = self.lexemes[at].bits & bits::CAPITAL != 0 || !matches!(self.language, "en" | "de" | "");
            if said || !capital || self.is_figure(at) {
                continue;
            }
            if terms::weekday(key).is_some()
                || terms::month(key).is_some_and(|month| month.certain || at > 0 && is_preposition(self.key(at - 1)))
            {
                frame.days.push(key.to_owned());
            }
        }
        frame.years = segment.clone().filter(|at| self.is_year(*at)).map(|at| self.key(at).to_owned()).collect();
        frame.per = self.per(noun_end.max(anchor.end), segment.end);
        frame.difference = self.is_difference(anchor, noun_end);
        frame.age = self.is_age(anchor);
        frame.names = self.names(start..anchor.start);
        frame.restricted = self.restriction(start, anchor);
        // `4:2 (1:2)`: behind the final score that of the half.
        let is_score = |range: &Range<usize>| {
            let first = &self.lexemes[range.start];
            first.form.contains(':') || range.len() == 2 && self.lexemes[range.end - 1].bits & bits::HYPHEN != 0
        };
        frame.claimant = self.claimant(segment.clone());
        if self.is_part(me) {
            frame.part = self.contents(noun_end..segment.end);
        }
        frame.bracketed = self.lexemes[anchor.start].gap.ends_with('(')
            && is_score(anchor)
            && me
                .checked_sub(1)
                .is_some_and(|before| is_score(&self.anchors[before]) && self.anchors[before].end == anchor.start);
        let opening = (segment.start..anchor.start).find(|at| self.opens_sentence(*at));
        frame.opening = opening
            .filter(|at| self.lexemes[*at].bits & bits::CAPITAL != 0 && self.tells(*at) && self.language != "de")
            .map(|at| self.key(at).to_owned());
    }

    /// Who gives the figure, by the first word behind `according to` and its like.
    fn claimant(&self, segment: Range<usize>) -> Option<String> {
        let start = segment.clone().find_map(|at| match (self.key(at), self.key(at + 1)) {
            ("according", "to") | ("d", "apres") | ("nach", "angaben") | ("по", "данным" | "словам" | "подсчетам") => {
                Some(at + 2)
            }
            ("selon" | "laut" | "segun" | "secondo" | "segundo" | "volgens" | "ifolge" | "wedlug" | "enligt", _) => {
                Some(at + 1)
            }
            _ => None,
        })?;
        (start..segment.end.min(start + 5)).find(|at| self.tells(*at)).map(|at| self.key(at).to_owned())
    }

    /// The part of a segment, between pauses, that a figure stands in.
    pub(super) fn part_of(&self, anchor: &Range<usize>, segment: &Range<usize>) -> Range<usize> {
        let start = (segment.start..=anchor.start).rev().find(|at| self.breaks(*at)).unwrap_or(segment.start);
        let end = (anchor.end..segment.end).find(|at| self.breaks(*at)).unwrap_or(segment.end);
        start..end
    }

    /// Where the group of a whole begins, of which the figure before is a part: `nine of 14`, `41 of the 58`, or of which a
    /// later one is: `of the 500 tests, 45 …`.
    pub(super) fn whole_from(&self, number: usize) -> Option<usize> {
        let anchor = &self.anchors[number];
        let of = (anchor.start.saturating_sub(WHOLE)..anchor.start).rev().take_while(|at| !self.is_figure(*at)).find(
            |at| {
                matches!(
                    self.key(*at),
                    "of" | "von"
                        | "der"
                        | "des"
                        | "de"
                        | "d"
                        | "di"
                        | "dei"
                        | "degli"
                        | "delle"
                        | "dos"
                        | "das"
                        | "van"
                        | "af"
                        | "z"
                        | "ze"
                        | "из"
                        | "av"
                        | "sur"
                        | "su"
                )
            },
        )?;
        let joint = (of + 1..=anchor.start).any(|at| self.breaks(at));
        let pronoun = matches!(
            self.key(of + 1),
            "which"
                | "whom"
                | "them"
                | "these"
                | "those"
                | "denen"
                | "cui"
                | "quali"
                | "ellos"
                | "ellas"
                | "которых"
                | "них"
        );
        // Only English puts a whole phrase between: `16 of the county's 21 districts`.
        let far = self.key(of) != "of" && anchor.start - of > 2;
        if joint || pronoun || far {
            return None;
        }
        let before = number.checked_sub(1).is_some_and(|part| {
            let end = self.anchors[part].end;
            let paused = self.lexemes[of].bits & bits::PAUSE != 0;
            // `fell to 3.6 percent from 4.1`, where the language has one word for `of` and `from`.
            if self.key(of) != "of" && self.direction(&self.anchors[part], &(0..self.lexemes.len())) != 0 {
                return false;
            }
            !paused && (end == of || end + 1 == of && self.key(end) == "out")
        });
        let later = self.is_after_break(of)
            && self.anchors.get(number + 1).is_some_and(|next| {
                (anchor.end..next.start).any(|at| self.breaks(at))
                    || self.breaks(next.start)
                    || matches!(self.key(of), "von" | "van" | "af" | "av")
            });
        let alone = matches!(self.key(of), "of" | "von" | "z" | "ze" | "из" | "av" | "af" | "van" | "sur" | "su");
        let before = before && !matches!(self.key(of), "sur" | "su" | "op");
        (before || later && alone).then_some(of)
    }

    /// Whether a sentence begins at a place, or what is left of one that was cut short.
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        at == 0 || self.lexemes[at].bits & bits::SENTENCE != 0
    }

    /// The same of a part of one.
    fn is_after_break(&self, at: usize) -> bool {
        at == 0 || self.lexemes[at].bits & bits::BREAK != 0
    }

    /// The number behind `per`: `per 100,000 people`.
    fn per(&self, from: usize, until: usize) -> Option<String> {
        (from.saturating_sub(2)..until.min(from + 3)).find_map(|at| {
            let per =
                matches!(self.key(at), "per" | "pro" | "je" | "pour" | "por" | "auf" | "cada" | "ogni" | "na" | "на");
            let number = self.lexemes.get(at + 1).filter(|next| per && next.kind == Kind::Number)?;
            let next = self.lexemes.get(at + 2).filter(|next| next.kind == Kind::Number && next.form.len() == 3);
            let digits: String = number
                .form
                .chars()
                .chain(next.into_iter().flat_map(|next| next.form.chars()))
                .filter(char::is_ascii_digit)
                .collect();
            Some(digits)
        })
    }

    /// `1.4 metres above the previous record`: a difference, not a value.
    fn is_difference(&self, anchor: &Range<usize>, noun_end: usize) -> bool {
        let own = |at: &usize| *at < self.lexemes.len() && !self.is_figure(*at) && !self.breaks(*at);
        (anchor.end..noun_end.max(anchor.end) + 2).take_while(own).any(|at| {
            let (key, next) = (self.key(at), self.key(at + 1));
            match key {
                "more" | "fewer" | "less" => next == "than" && self.key(at - 1) != "or",
                "ahead" | "behind" | "above" | "below" | "short" => true,
                "mehr" | "weniger" | "hoher" | "niedriger" => next == "als",
                _ => self.language == "en" && key.ends_with("er") && next == "than",
            }
        })
    }

    /// `Brandt, 61,`, `de 47 años,`, `58-jährig`, `aged 12`, `is 54 years old`.
    fn is_age(&self, anchor: &Range<usize>) -> bool {
        let gap = |at: usize| self.lexemes.get(at).map_or("", |lexeme| lexeme.gap);
        let comma = |at: usize| gap(at).trim().starts_with([',', '，']) || at >= self.lexemes.len();
        let named = |at: usize| {
            at.checked_sub(1).is_some_and(|before| {
                let lexeme = &self.lexemes[before];
                lexeme.kind == Kind::Word && is_content(lexeme) && !self.is_month(before)
            })
        };
        let units = |at: usize| {
            matches!(
                self.key(at),
                "years" | "jahre" | "ans" | "anos" | "anni" | "jaar" | "ar" | "lat" | "let" | "лет" | "года" | "год"
            )
        };
        let last = self.key(anchor.end - 1);
        let with_unit = anchor.len() == 2 && units(anchor.end - 1);
        let form = self.lexemes[anchor.start].form.as_ref();
        let plain = form.bytes().all(|byte| byte.is_ascii_digit()) || form.chars().all(char::is_alphabetic);
        let bare = plain && anchor.len() == 1 && !self.key(anchor.end).starts_with('%');
        let mut end = anchor.end;
        if bare && units(end) {
            end += 1;
        }
        let de = self.key(anchor.start.wrapping_sub(1)) == "de";
        let opener = if de { anchor.start.wrapping_sub(1) } else { anchor.start };
        let apposed = (bare || with_unit)
            && (comma(opener) && comma(end) && named(opener)
                || gap(anchor.start).ends_with('(') && gap(end).starts_with(')') && named(anchor.start));
        // `is 54`, `a 63 ans`
        let copula = matches!(
            self.key(anchor.start.wrapping_sub(1)),
            "is" | "was"
                | "turned"
                | "ist"
                | "war"
                | "wurde"
                | "avait"
                | "tiene"
                | "tenia"
                | "ha"
                | "aveva"
                | "tem"
                | "tinha"
                | "er"
                | "var"
                | "jest"
                | "ma"
        ) || self.language == "fr"
            && self.key(anchor.start.wrapping_sub(1)) == "a"
            && (with_unit || units(anchor.end));
        let years = bare || with_unit;
        let copula = copula && years && (end >= self.lexemes.len() || self.breaks(end));
        apposed
            || copula
            || matches!(
                self.key(anchor.start.wrapping_sub(1)),
                "aged" | "age" | "alter" | "edad" | "idade" | "leeftijd"
            )
            || last.contains("jahrig")
            || matches!(last, "old" | "alt" | "oud")
            || matches!(self.key(end), "old" | "alt" | "jahrige" | "jahriger" | "jahrigen" | "oud" | "anios")
            || self.key(end) == "year" && self.key(end + 1) == "old"
    }

    /// Words written as names in front of a figure, but no places and no days.
    fn names(&self, range: Range<usize>) -> Vec<String> {
        if self.language == "de" {
            return Vec::new();
        }
        let capital = |at: usize| {
            self.lexemes.get(at).is_some_and(|lexeme| lexeme.bits & bits::CAPITAL != 0 && lexeme.kind == Kind::Word)
        };
        range
            .filter(|at| capital(*at) && self.tells(*at))
            .filter(|at| !self.opens_sentence(*at) || capital(at + 1) && is_content(&self.lexemes[at + 1]))
            .filter(|at| {
                let mut first = *at;
                while first > 0 && capital(first - 1) && !self.opens_sentence(first) {
                    first -= 1;
                }
                !matches!(
                    self.key(first.wrapping_sub(1)),
                    "in" | "at"
                        | "near"
                        | "from"
                        | "on"
                        | "of"
                        | "a"
                        | "en"
                        | "au"
                        | "de"
                        | "nel"
                        | "em"
                        | "w"
                        | "в"
                        | "i"
                        | "te"
                        | "di"
                        | "do"
                        | "da"
                        | "van"
                        | "z"
                )
            })
            .map(|at| self.key(at).to_owned())
            .collect()
    }

    /// `Among voters under 30, …`: the words of the group that a sentence begins with.
    fn restriction(&self, start: usize, anchor: &Range<usize>) -> Vec<String> {
        let among = matches!(
            self.key(start),
            "among"
                | "unter"
                | "parmi"
                | "chez"
                | "entre"
                | "tra"
                | "fra"
                | "onder"
                | "blandt"
                | "bland"
                | "wsrod"
                | "среди"
        );
        let end = (start + 1..=anchor.start)
            .find(|at| self.lexemes.get(*at).is_some_and(|next| next.bits & bits::PAUSE != 0));
        match end {
            // Another figure in front of this one has it.
            Some(end) if among && !(end..anchor.start).any(|at| self.is_figure(at)) => (start + 1..end)
                .filter(|at| is_content(&self.lexemes[*at]) || self.lexemes[*at].kind == Kind::Number)
                .map(|at| self.key(at).to_owned())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// `contre 24 % pour l’Union civique`: what is set against another figure is said of what stands behind it.
    pub(super) fn is_versus(&self, split: &Split<'_>, number: usize) -> bool {
        let front = split.segments[number].start..self.anchors[number].start;
        number > 0
            && !front.clone().any(|at| self.tells(at))
            && front.clone().any(|at| is_versus(self.key(at)) || self.key(at) == "to")
    }
}

/// Words of bounds, which are compared with the value.
fn is_bound(key: &str) -> bool {
    matches!(
        key,
        "more"
            | "less"
            | "fewer"
            | "most"
            | "least"
            | "over"
            | "under"
            | "above"
            | "below"
            | "maximum"
            | "minimum"
            | "mehr"
            | "weniger"
            | "plus"
            | "moins"
            | "mas"
            | "menos"
            | "piu"
            | "meno"
            | "mais"
            | "meer"
            | "minder"
            | "mere"
            | "mindre"
            | "wiecej"
            | "mniej"
            | "больше"
            | "меньше"
            | "более"
            | "менее"
            | "vice"
            | "mene"
    )
}

/// Whether details of a claim's frame contradict a source's.
pub(super) fn contradict(ours: &Frame, theirs: &Frame) -> bool {
    let beyond = theirs
        .beyond_whole
        .as_ref()
        .is_some_and(|words| ours.beyond_whole.is_none() && words.iter().any(|word| has(&ours.sayings, word)));
    let later = || {
        let said = |word: &&String| !has(&theirs.clause, word);
        ours.predicate.iter().chain(&ours.lead).filter(said).filter(|word| has(&theirs.all, word)).count() > 1
    };
    let adjunct = theirs.adjunct && !ours.adjunct && ours.predicates.is_empty() && later();
    let day = |ours: &[String], theirs: &[String], of: &dyn Fn(&str) -> Option<i32>| {
        let of_kind = |days: &[String]| days.iter().filter_map(|day| of(day)).collect::<Vec<i32>>();
        let (own, other) = (of_kind(ours), of_kind(theirs));
        !own.is_empty() && !other.is_empty() && !own.iter().any(|day| other.contains(day))
    };
    let weekday = |key: &str| terms::weekday(key).map(i32::from);
    let month = |key: &str| terms::month(key).map(|month| i32::from(month.number));
    let days = day(&ours.days, &theirs.days, &weekday) || day(&ours.days, &theirs.days, &month);
    let years = ours.years.iter().any(|year| theirs.compared_years.contains(year)) && ours.compared_years.is_empty();
    let per = matches!((&ours.per, &theirs.per), (Some(a), Some(b)) if a != b);
    let difference = theirs.difference && !ours.difference && ours.all.iter().any(|word| has(&theirs.all, word));
    let age = theirs.age && !ours.age && !ours.label;
    let opposed = ours.clause.iter().any(|word| {
        !has(&theirs.clause, word)
            && !is_bound(word)
            && theirs
                .clause
                .iter()
                .any(|other| lexicon::are_antonyms(word, other) && !ours.all.iter().any(|own| same(own, other)))
    });
    let claimant = matches!(
        (&ours.claimant, &theirs.claimant),
        (Some(a), Some(b)) if !same(a, b) && !has(&ours.all, b) && !has(&theirs.clause, a)
    );
    let part = !theirs.part.is_empty() && ours.part.is_empty() && !theirs.part.iter().any(|word| has(&ours.all, word));
    let score = theirs.bracketed && !ours.bracketed;
    days || years
        || per
        || age
        || score
        || claimant
        || part
        || !ours.label && (beyond || adjunct || difference || opposed)
}
