//! Phrases: what role a token plays in its sentence, and where the noun phrase before or behind a verb begins and ends.
//!
//! Rules over closed word classes, capitals and endings; no parser and no trained model. What they cannot tell they
//! leave out rather than guess.

mod after;
mod before;

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
            // Many languages put the comma behind the mark.
            || self.tokens.get(at + 1).is_some_and(|token| token.point() == Some(','))
                && (self.words_in(at) > 1 || self.lexicon.language != "en" && self.lexicon.is_speech(self.word(at + 2)))
    }

    /// Whether a quotation begins with the verb of its clause: `the plan “has changed everything”`.
    pub(super) fn quotes_verb(&self, at: usize) -> bool {
        self.words_in(at) > 2
            && self.inner(at).split_whitespace().take(3).any(|word| {
                let word = word.to_lowercase().replace('’', "'");
                self.lexicon.is_auxiliary(&word) || self.lexicon.is_past(&word)
            })
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
                if word == "'s" && lexicon.language == "en" {
                    Role::Possessive
                } else if lexicon.is_auxiliary(word)
                    && !(token.capital && at > 0 && !self.begins(at) && lexicon.language == "en")
                {
                    Role::Auxiliary
                } else if lexicon.is_negation(word) {
                    Role::Negation
                } else if lexicon.is_time(word)
                    && !(word == "may" || word == "march" || word == "second")
                    // Spanish and French write months and days small: “Julio Ferrer” is a name.
                    && !(token.capital && matches!(lexicon.language, "es" | "fr") && !self.begins(at))
                {
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
    pub(super) fn begins(&self, at: usize) -> bool {
        at == 0
            || matches!(self.tokens[at - 1].point(), Some('.' | '!' | '?' | ':' | '—' | '…'))
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
            Role::Name
            | Role::Number
            | Role::Closing
            | Role::Possessive
            | Role::Determiner
            | Role::Time
            | Role::Sign => true,
            Role::Other => !self.is_finite(at),
            Role::Quoted => !self.ends_as_speech(at),
            Role::Pronoun => !self.lexicon.is_subject_pronoun(self.word(at)),
            _ => false,
        }
    }
}

/// Whether a word before a colon says what kind of text follows rather than who speaks.
pub(super) fn is_heading(word: &str) -> bool {
    matches!(
        word,
        "interview"
            | "entretien"
            | "entrevista"
            | "reportage"
            | "live"
            | "video"
            | "opinion"
            | "analysis"
            | "review"
            | "watch"
            | "exclusive"
            | "breaking"
            | "update"
            | "photos"
            | "kommentar"
            | "umfrage"
            | "analyse"
            | "note"
            | "editor"
            | "correction"
    )
}
