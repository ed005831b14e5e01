//! Runs: a text's lexemes with what its reader has to know of the text: language, separators, day.

use jiff::civil::Date;

use super::lexeme::Lexeme;
use super::separators::Separators;
use crate::matching::fold::{self, bits};
use crate::matching::phrases::{Found, Phrases};

/// Lexemes, and how their text writes numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'l> {
    pub(super) lexemes: &'l [Lexeme<'l>],
    pub(super) separators: Separators,
    /// Two letters, or nothing where it is not known.
    pub(super) language: &'l str,
    /// The day against which relative dates resolve; without it they are no figures.
    pub(super) day: Option<Date>,
}

/// Languages that have words of their own in a table, or separators of their own.
const LANGUAGES: &[&str] = &[
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "nb",
    "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh",
];

/// The two letters of a language tag, in small letters; nothing for a language of which nothing is known here.
pub(super) fn two_letters(tag: Option<&str>) -> &'static str {
    let first = tag.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("");
    LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(first)).copied().unwrap_or("")
}

impl<'l> Run<'l> {
    pub(super) fn get(&self, at: usize) -> Option<&'l Lexeme<'l>> {
        self.lexemes.get(at)
    }

    /// The key of a lexeme; empty past the end.
    pub(super) fn key(&self, at: usize) -> &'l str {
        self.lexemes.get(at).map_or("", |lexeme| lexeme.key.as_ref())
    }

    /// The folded form of a lexeme; empty past the end.
    pub(super) fn form(&self, at: usize) -> &'l str {
        self.lexemes.get(at).map_or("", |lexeme| lexeme.form.as_ref())
    }

    /// Whether a lexeme follows the one before without a comma or the end of a sentence between them.
    pub(super) fn follows(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| {
            lexeme.bits & bits::SENTENCE == 0 && !lexeme.gap.contains([',', ';', ':', '(', ')', '、', '，', '；', '：'])
        })
    }

    /// Whether a lexeme stands right behind the one before: a space, a hyphen or nothing between them.
    pub(super) fn close(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| {
            lexeme.bits & bits::SENTENCE == 0
                && lexeme.gap.chars().all(|c| c.is_whitespace() || fold::is_dash(c) || fold::is_ignorable(c))
                && lexeme.gap.len() <= 4
                || lexeme.gap == ". " && lexeme.bits & bits::CAPITAL == 0
        })
    }

    /// The length of a run of characters, where it stands at `at`.
    pub(super) fn characters_at(&self, at: usize, words: &str) -> Option<usize> {
        let mut buffer = [0u8; 4];
        let mut length = 0;
        for c in words.chars() {
            if self.key(at + length) != c.encode_utf8(&mut buffer) {
                return None;
            }
            length += 1;
        }
        Some(length)
    }

    /// The phrase of a table that begins at `at`.
    pub(super) fn phrase<T: Copy>(&self, table: &Phrases<T>, at: usize) -> Option<Found<T>> {
        table.at(self.language, |number| {
            let lexeme = self.lexemes.get(at + number)?;
            (number == 0 || self.follows(at + number)).then_some(lexeme.key.as_ref())
        })
    }

    /// The phrase of a table that ends right before `at`.
    pub(super) fn phrase_before<T: Copy>(&self, table: &Phrases<T>, at: usize) -> Option<Found<T>> {
        table.before(self.language, |number| {
            let place = at.checked_sub(number + 1)?;
            self.follows(place + 1).then(|| self.key(place))
        })
    }
}
