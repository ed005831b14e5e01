//! The noun phrase before a verb: its subject, with appositions and relative clauses.

use std::ops::Range;

use super::{Role, View};

impl View<'_> {
    /// The noun phrase that ends before `end`, not reaching below `floor`; `None` where there is none.
    pub(in crate::draft) fn phrase_before(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let mut at = end;
        while at > floor {
            let here = at - 1;
            match self.role(here) {
                Role::Pronoun => {
                    let reflexive = self.word(here).ends_with("self") || self.word(here).ends_with("selves");
                    if at == end {
                        at = here;
                        if reflexive {
                            continue;
                        }
                    }
                    break;
                }
                Role::Name | Role::Number | Role::Possessive | Role::Sign => at = here,
                Role::Time => {
                    // A day before the subject is no part of it, unless it owns something.
                    if at < end && !matches!(self.role(at), Role::Possessive | Role::Other | Role::Time) {
                        break;
                    }
                    at = here;
                }
                Role::Other => {
                    let word = self.word(here);
                    let verb = self.lexicon.verbs(word).iter().any(|verb| {
                        verb.frame.clause && !verb.frame.noun_too && verb.form != super::super::lexicon::Form::Ing
                    });
                    let past = self.lexicon.is_past(word);
                    if verb && !(past && self.reduced(here, floor))
                        || past && self.is_finite(here) && !self.reduced(here, floor)
                    {
                        break;
                    }
                    at = here;
                }
                Role::Quoted => {
                    if self.ends_as_speech(here) || self.words_in(here) > 5 || at == end && here == floor {
                        break;
                    }
                    at = here;
                }
                Role::Determiner => {
                    at = here;
                    // French and Spanish join nouns by what is an article as well: “le maire de Valbrune”.
                    if matches!(self.word(here), "de" | "du" | "des" | "d'" | "del")
                        && here > floor
                        && self.nounish(here - 1)
                        && !matches!(self.role(here - 1), Role::Determiner | Role::Time)
                    {
                        continue;
                    }
                    if here > floor && self.role(here - 1) == Role::Determiner {
                        continue;
                    }
                    if here > floor && self.role(here - 1) == Role::Preposition {
                        continue;
                    }
                    if here > floor && self.joins(here - 1, floor) {
                        continue;
                    }
                    break;
                }
                Role::Preposition => {
                    if at == end || here == floor || !self.nounish(here - 1) && !self.reduced(here - 1, floor) {
                        break;
                    }
                    at = here;
                }
                Role::Conjunction => {
                    if at == end || !self.joins(here, floor) {
                        break;
                    }
                    at = here;
                }
                Role::Closing => match self.opening(here, floor) {
                    Some(open) => at = open,
                    None => break,
                },
                Role::Adverb => {
                    // Inside a phrase an adverb belongs to an adjective: “a highly placed official”.
                    if at == end || here == floor || self.role(here - 1) != Role::Determiner {
                        break;
                    }
                    at = here;
                }
                _ => break,
            }
        }
        while at < end && matches!(self.role(at), Role::Possessive | Role::Adverb | Role::Sign | Role::Conjunction) {
            at += 1;
        }
        // “fell after the company warned”: what joins a clause is no part of its subject.
        while at + 1 < end
            && self.lexicon.language == "en"
            && matches!(self.word(at), "after" | "before" | "since" | "until" | "as" | "than")
            && self.role(at + 1) != Role::Number
        {
            at += 1;
        }
        (at < end).then_some(at..end)
    }

    /// Whether a Spanish sentence opens with a participle, whose verb has no subject: “Preguntado por su futuro, respondió”.
    pub(in crate::draft) fn opens_with_participle(&self, at: usize) -> bool {
        self.lexicon.language == "es"
            && self.begins(at)
            && ["ado", "ada", "ido", "ida"].iter().any(|ending| self.word(at).ends_with(ending))
    }

    /// Whether a past form stands for a relative clause: “sources briefed on the matter”.
    fn reduced(&self, at: usize, floor: usize) -> bool {
        at > floor
            && self.lexicon.is_past(self.word(at))
            && matches!(self.role(at - 1), Role::Other)
            && self.word(at - 1).ends_with('s')
            && !self.lexicon.verbs(self.word(at)).iter().any(|verb| verb.frame.clause && !verb.frame.listener)
    }

    /// Whether a conjunction joins two nouns rather than two clauses.
    fn joins(&self, at: usize, floor: usize) -> bool {
        if at <= floor
            || !matches!(self.word(at), "and" | "or" | "nor" | "&" | "und" | "et" | "y" | "e" | "oder" | "ou" | "o")
        {
            return false;
        }
        let left = self.role(at - 1);
        if !matches!(left, Role::Name | Role::Other | Role::Closing | Role::Number)
            || left == Role::Other && self.is_finite(at - 1)
        {
            return false;
        }
        // “The islands of Skarn and Ellary”: behind “of” it is two names of one phrase.
        if at >= floor + 2 && matches!(self.word(at - 2), "of" | "between") && left == Role::Name {
            return true;
        }
        // A verb to the left, back to where the clause begins, makes it two clauses.
        let mut back = at;
        while back > floor {
            back -= 1;
            match self.role(back) {
                Role::Colon | Role::Stop | Role::Dash | Role::Subordinator => break,
                Role::Quoted if self.ends_as_speech(back) => break,
                _ if self.is_finite(back) => return false,
                _ => {}
            }
        }
        true
    }

    fn opening(&self, closing: usize, floor: usize) -> Option<usize> {
        (floor.max(closing.saturating_sub(12))..closing).rev().find(|at| self.role(*at) == Role::Opening)
    }

    /// The subject of a verb whose group begins at `verb`.
    pub(in crate::draft) fn subject_before(&self, verb: usize, floor: usize) -> Option<Range<usize>> {
        let mut end = verb;
        // “Trump on Monday said”, “officials last week said”.
        while end > floor + 1 && self.role(end - 1) == Role::Time {
            end -= 1;
            if end > floor && matches!(self.word(end - 1), "on" | "in" | "at" | "the" | "this") {
                end -= 1;
            }
        }
        if end == floor {
            return None;
        }
        match self.role(end - 1) {
            Role::Comma | Role::Dash | Role::Closing if end - 1 > floor => self.around_apposition(end - 1, floor),
            Role::Subordinator if matches!(self.word(end - 1), "who" | "which") => Some(end - 1..end),
            Role::Subordinator if self.word(end - 1) == "that" => self.phrase_before(end - 1, floor),
            _ => self.with_relative(self.phrase_before(end, floor)?, floor),
        }
    }

    /// A subject whose last words belong to a relative clause: “a man who knows him said”.
    fn with_relative(&self, phrase: Range<usize>, floor: usize) -> Option<Range<usize>> {
        let mut at = phrase.end;
        while at > floor {
            at -= 1;
            match self.role(at) {
                Role::Comma | Role::Stop | Role::Colon | Role::Dash | Role::Quoted => break,
                Role::Subordinator if self.word(at) == "who" => {
                    let verb = (at + 1..phrase.end)
                        .any(|inner| self.is_finite(inner) || inner == at + 1 && self.role(inner) == Role::Other);
                    if verb && at + 2 < phrase.end && at > floor && (phrase.start > at + 1 || phrase.start < at) {
                        return self.phrase_before(at, floor).map(|head| head.start..phrase.end);
                    }
                    break;
                }
                _ => {}
            }
        }
        // “Preguntado por su futuro, respondió”: an adverbial of a verb without a subject.
        if self.opens_with_participle(phrase.start) {
            return None;
        }
        // An object cannot be a subject.
        let object = phrase.len() == 1 && matches!(self.word(phrase.start), "him" | "them" | "me" | "us" | "whom");
        (!object).then_some(phrase)
    }

    /// The subject before an apposition or another parenthesis that ends at `close`.
    fn around_apposition(&self, close: usize, floor: usize) -> Option<Range<usize>> {
        if self.role(close) == Role::Closing {
            return self.phrase_before(close + 1, floor);
        }
        let mark = self.role(close);
        let mut open = close;
        let mut found: Option<Range<usize>> = None;
        for _ in 0..5 {
            let stop = (floor..open).rev().find(|at| {
                self.role(*at) == mark
                    || matches!(self.role(*at), Role::Stop | Role::Colon)
                    || self.role(*at) == Role::Quoted && self.ends_as_speech(*at)
            });
            let Some(next) = stop.filter(|at| self.role(*at) == mark && *at > floor) else { break };
            open = next;
            let inside = open + 1..close;
            if inside.is_empty() || inside.len() > 45 {
                break;
            }
            let Some(subject) = self.phrase_before(open, floor) else { continue };
            // “None of it was serious, a spokeswoman, Ada Brandt, said”: a predicate is nobody who speaks.
            if found.is_some() && subject.start > floor && self.role(subject.start - 1) == Role::Auxiliary {
                break;
            }
            let first = self.word(inside.start);
            let role = self.role(inside.start);
            let relative = matches!(first, "who" | "whose" | "which");
            // “seen by X”, “written in May”: participles as well.
            let participle = self.lexicon.language == "en" && first.ends_with("en") && self.is_finite(inside.start)
                || matches!(first, "known" | "seen" | "shown" | "drawn" | "led" | "held" | "made");
            let verbal = role == Role::Other && (first.ends_with("ing") || self.lexicon.is_past(first) || participle);
            let adverbial =
                matches!(role, Role::Preposition | Role::Adverb | Role::Time | Role::Subordinator) && !relative;
            let clause = inside.clone().any(|at| self.is_finite(at))
                && !inside.clone().any(|at| matches!(self.word(at), "who" | "which" | "whose" | "that"));
            if clause && !verbal && !adverbial {
                break;
            }
            let whole = if verbal || adverbial { subject.clone() } else { subject.start..close + 1 };
            // A place, a party or an age is part of a longer apposition, and so is a phrase behind a name.
            let comma_before = subject.start > floor && self.role(subject.start - 1) == mark;
            let short = subject.len() <= 2
                || matches!(self.role(subject.start), Role::Determiner | Role::Number)
                || self.word(subject.end - 1).ends_with('.');
            // “Pell, of Station Road, Welby, admitted”: the phrase belongs to who stands before it.
            let owned = subject.start > floor + 1
                && self.role(subject.start - 1) == Role::Preposition
                && self.role(subject.start - 2) == mark;
            found = Some(whole);
            if owned {
                open = subject.start - 1;
                continue;
            }
            if !(comma_before && short) {
                break;
            }
        }
        found
    }
}
