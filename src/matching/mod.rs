//! Stage 5, `find`: a check and a [`Document`](crate::model::Document) → a [`Finding`]: passages and named differences.
//!
//! Three steps: locate the passage by any means, align quotation and passage word by word, and let the *kinds* of
//! difference decide. Similarity ranks and is shown; it never decides. Figures are compared as values.
//! Nothing here knows of captures, sources that could not be read, or other sources: that is `judge`'s.

mod align;
mod asked;
mod attribution;
mod compare;
mod comparison;
mod context;
mod differ;
mod direction;
pub mod figure;
mod fold;
mod index;
mod lexicon;
mod locate;
mod passage;
mod prepared;
mod query;
mod quotation;
mod spelling;
mod statement;
mod terms;
mod titles;

pub use asked::Asked;
pub use prepared::Prepared;

use crate::model::{Check, CheckKind, Finding};

/// Version of the rules by which quotations and figures are compared; goes into every observation.
pub const RULES_VERSION: u32 = 1;

/// Looks for one check of a claim in one document.
pub fn find(check: &Check, asked: &Asked<'_>, document: &Prepared<'_>) -> Finding {
    let index = document.index();
    match &check.kind {
        CheckKind::Quote(fragments) => quotation::find(fragments, asked, index),
        CheckKind::Figure(figure) => figure::find(figure, asked, index, document.figures()),
        CheckKind::Statement => statement::find(asked, index),
    }
}

/// Whether a document carries a quotation, whole or with marks of editing, wherever and in whatever context. For looking
/// through other sources before a quotation is called absent; figures are never looked for elsewhere.
pub fn carries(check: &Check, document: &Prepared<'_>) -> bool {
    let index = document.index();
    match &check.kind {
        CheckKind::Quote(fragments) => query::readings(fragments, index)
            .iter()
            .any(|reading| reading.required().count() >= 4 && !locate::chains(reading, index).is_empty()),
        CheckKind::Figure(_) | CheckKind::Statement => false,
    }
}

/// Whether a text stands in a document word for word, under folding: quotation marks, dashes and spaces do not count.
pub fn stands(text: &str, document: &Prepared<'_>) -> bool {
    let index = document.index();
    let words = query::plain_words(text, index);
    let elements = (0..words.len()).map(query::Element::Word).collect();
    let query = query::Query { words, elements, editorial: false, free_case: Vec::new() };
    query.words.is_empty() || !locate::chains(&query, index).is_empty()
}

#[cfg(test)]
mod tests;
