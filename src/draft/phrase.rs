//! Phrases: what role a token plays in its sentence, and where the noun phrase before or behind a verb begins and ends.
//!
//! Rules over closed word classes, capitals and endings; no parser and no trained model. What they cannot tell they
//! leave out rather than guess.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::marks::Stretch;
use super::token::{Kind, Token};
use crate::model::TextRange;

/// What a token does in its sentence, as far as its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Determiner,
    Pronoun,
    Preposition,
    Conjunction,
    Subordinator,
    Auxiliary,
    Negation,
    Adverb,
    Time,
    Name,
    Number,
    Quoted,
    Possessive,
    Comma,
    Dash,
    Colon,
    Stop,
    Opening,
    Closing,
    Sign,
    Other,
}

/// The tokens of a paragraph with everything that reading them needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) stretches: &'a [Stretch],
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> View<'a> {
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    /// The text from the first to the last of some tokens.
    pub(super) fn range(&self, tokens: &Range<usize>) -> TextRange {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                TextRange { start: first.range.start, end: last.range.end }
            }
            _ => TextRange::default(),
        }
    }

    /// The stretch that a token is.
    pub(super) fn stretch(&self, at: usize) -> Option<&'a Stretch> {
        self.tokens.get(at).and_then(Token::quoted).and_then(|index| self.stretches.get(index))
    }

    /// What stands between the marks of a token that is a quotation.
    pub(super) fn inner(&self, at: usize) -> &'a str {
        self.stretch(at).map_or("", |stretch| self.text[stretch.inner.span()].trim())
    }

    /// Whether a quotation ends as speech does before its attribution.
    pub(super) fn ends_as_speech(&self, at: usize) -> bool {
        self.inner(at).ends_with([',', '.', '!', '?', '…', '—', '–'])
    }

    /// Words of a quotation, up to ten.
    pub(super) fn words_in(&self, at: usize) -> usize {
        self.inner(at).split_whitespace().take(10).count()
    }

    pub(super) fn role(&self, at: usize) -> Role {
        let Some(token) = self.tokens.get(at) else { return Role::Stop };
        let lexicon = self.lexicon;
        match token.kind {
            Kind::Quoted(_) => Role::Quoted,
            Kind::Number => Role::Number,
            Kind::Point(c) => match c {
                ',' | '、' => Role::Comma,
                '—' => Role::Dash,
                ':' => Role::Colon,
                '.' | '!' | '?' | ';' | '…' => Role::Stop,
                '(' | '[' => Role::Opening,
                ')' | ']' => Role::Closing,
                '\'' | '’' => Role::Possessive,
                _ => Role::Sign,
            },
            Kind::Word => {
                let word = token.lower.as_str();
                let name = token.capital && (at > 0 && !self.begins(at) || !lexicon.is_starter(word));
                if word == "'s" {
                    Role::Possessive
                } else if lexicon.is_auxiliary(word) && !(token.capital && at > 0 && !self.begins(at) && lexicon.language == "en") {
                    Role::Auxiliary
                } else if lexicon.is_negation(word) {
                    Role::Negation
                } else if lexicon.is_time(word) && !(word == "may" || word == "march" || word == "second") {
                    Role::Time
                } else if lexicon.is_subject_pronoun(word) || lexicon.is_pronoun(word) && !lexicon.is_determiner(word) {
                    if token.capital && token.range.len() == 2 && word == "us" { Role::Name } else { Role::Pronoun }
                } else if token.capital && lexicon.is_listed_adverb(word) && (at == 0 || self.begins(at)) {
                    Role::Adverb
                } else if name && !lexicon.is_determiner(word) && !lexicon.is_preposition(word) {
                    Role::Name
                } else if lexicon.is_determiner(word) && word != "that" {
                    Role::Determiner
                } else if lexicon.is_subordinator(word) && !lexicon.is_preposition(word) {
                    Role::Subordinator
                } else if lexicon.is_preposition(word) {
                    Role::Preposition
                } else if lexicon.is_subordinator(word) {
                    Role::Subordinator
                } else if lexicon.is_conjunction(word) {
                    Role::Conjunction
                } else if lexicon.is_adverb(word) {
                    Role::Adverb
                } else {
                    Role::Other
                }
            }
        }
    }

    /// Whether a token begins a sentence.
    fn begins(&self, at: usize) -> bool {
        at == 0 || matches!(self.tokens[at - 1].point(), Some('.' | '!' | '?' | ':' | '—' | '…'))
            || self.tokens[at - 1].quoted().is_some() && self.inner(at - 1).ends_with(['.', '!', '?', '…'])
    }

    /// Whether a word can only be a verb in its sentence: an auxiliary, or a past behind a noun.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        match self.role(at) {
            Role::Auxiliary => true,
            Role::Other => {
                let word = self.word(at);
                if self.lexicon.is_past(word) {
                    return !matches!(
                        at.checked_sub(1).map(|before| self.role(before)),
                        None | Some(Role::Determiner | Role::Preposition | Role::Possessive | Role::Number)
                    );
                }
                self.lexicon.verbs(word).iter().any(|verb| {
                    !verb.frame.noun_too && verb.particle.is_none() && verb.form != super::lexicon::Form::Ing
                })
            }
            _ => false,
        }
    }

    /// Whether a token can be the last of a noun phrase.
    fn nounish(&self, at: usize) -> bool {
        match self.role(at) {
            Role::Name | Role::Number | Role::Closing | Role::Possessive | Role::Determiner | Role::Time | Role::Sign => true,
            Role::Other => !self.is_finite(at),
            Role::Quoted => !self.ends_as_speech(at),
            Role::Pronoun => !self.lexicon.is_subject_pronoun(self.word(at)),
            _ => false,
        }
    }

    /// The noun phrase that ends before `end`, not reaching below `floor`; `None` where there is none.
    pub(super) fn phrase_before(&self, end: usize, floor: usize) -> Option<Range<usize>> {
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
                        verb.frame.clause && !verb.frame.noun_too && verb.form != super::lexicon::Form::Ing
                    });
                    let past = self.lexicon.is_past(word);
                    if verb && !(past && self.reduced(here, floor)) || past && self.is_finite(here) && !self.reduced(here, floor) {
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
        (at < end).then_some(at..end)
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
        if at <= floor || !matches!(self.word(at), "and" | "or" | "nor" | "&" | "und" | "et" | "y" | "e" | "oder" | "ou" | "o") {
            return false;
        }
        let left = self.role(at - 1);
        if !matches!(left, Role::Name | Role::Other | Role::Closing | Role::Number) || left == Role::Other && self.is_finite(at - 1) {
            return false;
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
    pub(super) fn subject_before(&self, verb: usize, floor: usize) -> Option<Range<usize>> {
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
                    let verb = (at + 1..phrase.end).any(|inner| self.is_finite(inner) || inner == at + 1 && self.role(inner) == Role::Other);
                    if verb && at + 2 < phrase.end && at > floor && (phrase.start > at + 1 || phrase.start < at) {
                        return self.phrase_before(at, floor).map(|head| head.start..phrase.end);
                    }
                    break;
                }
                _ => {}
            }
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
                self.role(*at) == mark || matches!(self.role(*at), Role::Stop | Role::Colon) || self.role(*at) == Role::Quoted && self.ends_as_speech(*at)
            });
            let Some(next) = stop.filter(|at| self.role(*at) == mark && *at > floor) else { break };
            open = next;
            let inside = open + 1..close;
            if inside.is_empty() || inside.len() > 45 {
                break;
            }
            let Some(subject) = self.phrase_before(open, floor) else { continue };
            let first = self.word(inside.start);
            let role = self.role(inside.start);
            let relative = matches!(first, "who" | "whose" | "which");
            let verbal = role == Role::Other && (first.ends_with("ing") || self.lexicon.is_past(first));
            let adverbial = matches!(role, Role::Preposition | Role::Adverb | Role::Time | Role::Subordinator) && !relative;
            let clause = inside.clone().any(|at| self.is_finite(at))
                && !inside.clone().any(|at| matches!(self.word(at), "who" | "which" | "whose" | "that"));
            if clause && !verbal && !adverbial {
                break;
            }
            let whole = if verbal || adverbial { subject.clone() } else { subject.start..close + 1 };
            // A place, a party or an age is part of a longer apposition, and so is a phrase behind a name.
            let comma_before = subject.start > floor && self.role(subject.start - 1) == mark;
            let short = subject.len() <= 2 || matches!(self.role(subject.start), Role::Determiner | Role::Number) || self.word(subject.end - 1).ends_with('.');
            found = Some(whole);
            if !(comma_before && short) {
                break;
            }
        }
        found
    }

    /// The noun phrase that begins at `from`, with what belongs to it, not beyond `ceiling`.
    pub(super) fn phrase_after(&self, from: usize, ceiling: usize) -> Range<usize> {
        let mut at = from;
        while at < ceiling {
            match self.role(at) {
                Role::Pronoun => {
                    if at == from {
                        at += 1;
                    }
                    break;
                }
                Role::Name | Role::Number | Role::Possessive | Role::Sign | Role::Determiner => at += 1,
                Role::Other if at > from && self.is_finite(at) && !matches!(self.role(at - 1), Role::Determiner) => break,
                Role::Other => at += 1,
                Role::Time if at > from && !matches!(self.role(at - 1), Role::Determiner) && self.role(at + 1) != Role::Possessive => break,
                Role::Time => at += 1,
                Role::Quoted if at > from && !self.ends_as_speech(at) && self.words_in(at) <= 5 => at += 1,
                Role::Opening => match (at..ceiling.min(at + 12)).find(|close| self.role(*close) == Role::Closing) {
                    Some(close) => at = close + 1,
                    None => break,
                },
                Role::Preposition if at > from => {
                    let next = self.role(at + 1);
                    let word = self.word(at);
                    let belongs = matches!(word, "of" | "for" | "from" | "at" | "by" | "with" | "de" | "von" | "der" | "des" | "du" | "del" | "van")
                        || matches!(word, "in" | "on" | "to" | "about" | "im") && matches!(next, Role::Name | Role::Determiner) && !self.is_occasion(at + 1, ceiling);
                    if !belongs || self.is_occasion(at + 1, ceiling) {
                        break;
                    }
                    at += 1;
                }
                Role::Conjunction if at > from && matches!(self.role(at + 1), Role::Name | Role::Determiner | Role::Other) => {
                    // “A and B said”: only where no verb follows the second name.
                    if !matches!(self.word(at), "and" | "or" | "&" | "und" | "et" | "y") || (at + 1..ceiling.min(at + 6)).any(|next| self.is_finite(next)) {
                        break;
                    }
                    at += 1;
                }
                Role::Adverb if at > from && matches!(self.role(at - 1), Role::Determiner) => at += 1,
                _ => break,
            }
        }
        from..at
    }

    /// Whether a phrase names when or on what occasion something was said.
    pub(super) fn is_occasion(&self, from: usize, ceiling: usize) -> bool {
        (from..ceiling.min(from + 5)).take_while(|at| !matches!(self.role(*at), Role::Comma | Role::Stop | Role::Preposition)).any(|at| {
            self.role(at) == Role::Time
                || self.role(at) == Role::Number && self.tokens[at].range.len() == 4
                || matches!(
                    self.word(at),
                    "interview" | "statement" | "email" | "e-mail" | "speech" | "letter" | "rally" | "tweet" | "post" | "call" | "conference"
                        | "briefing" | "debate" | "hearing" | "memo" | "report" | "remarks" | "twitter" | "facebook" | "message" | "testimony"
                        | "appearance" | "event" | "meeting" | "video" | "segment" | "response" | "reference" | "court"
                )
        })
    }
}
