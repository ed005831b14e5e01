//! Beginnings: with which words a figure may begin, so that the readers of figures need not all be asked about every word.
//!
//! Each reader says itself what it may begin with; that no reader finds one behind another word is asserted while the
//! tests run.

use super::amount;
use super::characters;
use super::clock;
use super::composed;
use super::date;
use super::run::Run;
use super::share;
use super::vague::VAGUE;
use super::words;
use crate::matching::fold::Kind;
use crate::matching::index::UNKNOWN;

/// What the words of a text were asked before.
#[derive(Default)]
pub(super) struct Beginnings {
    /// The answer for each key of a document.
    known: Vec<Option<bool>>,
}

impl Beginnings {
    /// Whether a figure may begin at a lexeme.
    pub(super) fn may_begin(&mut self, run: &Run<'_>, at: usize) -> bool {
        let lexeme = &run.lexemes[at];
        if matches!(lexeme.kind, Kind::Number | Kind::Sign) || amount::may_begin(lexeme) {
            return true;
        }
        let key = lexeme.key.as_ref();
        let tell = || {
            words::may_begin(key, run.language)
                || characters::may_begin(key)
                || date::may_begin(key)
                || clock::may_begin(key)
                || share::may_begin(key)
                || composed::may_begin(key)
                || VAGUE.begins(key)
        };
        if lexeme.number == UNKNOWN {
            return tell();
        }
        let number = lexeme.number as usize;
        if self.known.len() <= number {
            self.known.resize(number + 1, None);
        }
        *self.known[number].get_or_insert_with(tell)
    }
}
