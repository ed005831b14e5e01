//! The figures of a document.

use super::around::Vocabulary;
use super::lexeme;
use super::number::Separators;
use super::read;
use super::run::{Run, two_letters};
use crate::matching::index::Index;
use crate::model::figure::Figure;

/// The figures of a document, and how it separates digits.
#[derive(Debug)]
pub(in crate::matching) struct Figures {
    pub(super) list: Vec<Figure>,
    pub(super) separators: Separators,
    pub(super) vocabulary: Vocabulary,
}

/// Reads every figure of a document.
pub(in crate::matching) fn of_document(index: &Index<'_>) -> Figures {
    let lexemes = lexeme::of_index(index);
    let document = index.document();
    let language = two_letters(document.language.as_deref());
    let separators = Separators::of_text(&lexemes, Separators::of_language(language));
    let run = Run { lexemes: &lexemes, separators, language, day: document.published };
    Figures { list: read::read_run(&run), separators, vocabulary: Vocabulary::new(index) }
}
