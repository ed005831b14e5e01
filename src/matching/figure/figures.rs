//! The figures of a document.

use super::lexeme;
use super::number::Separators;
use super::read;
use crate::matching::index::Index;
use crate::model::figure::Figure;

/// The figures of a document, and how it separates digits.
#[derive(Debug)]
pub(in crate::matching) struct Figures {
    pub(super) list: Vec<Figure>,
    pub(super) separators: Separators,
}

/// Reads every figure of a document.
pub(in crate::matching) fn of_document(index: &Index<'_>) -> Figures {
    let lexemes = lexeme::of_index(index);
    let separators = Separators::of_text(&lexemes, Separators::of_language(index.document().language.as_deref()));
    Figures { list: read::read_with(&lexemes, separators, index.document().published), separators }
}
