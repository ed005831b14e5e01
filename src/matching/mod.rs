//! Stage 5, `find`: a check and a [`Document`](crate::model::Document) → a [`Finding`]: passages and named differences.
//!
//! Three steps: locate the passage by any means, align quotation and passage word by word, and let the *kinds* of
//! difference decide. Similarity ranks and is shown; it never decides. Figures are compared as values.
//! Nothing here knows of captures, sources that could not be read, or other sources: that is `judge`'s.

mod align;
mod asked;
mod attribution;
mod borders;
mod calendar;
mod compare;
mod comparison;
mod context;
mod control;
mod differ;
mod direction;
pub mod figure;
mod fold;
mod index;
mod interner;
mod letters;
mod lexicon;
mod locate;
mod passage;
mod phrases;
mod prepared;
#[cfg(any(test, fuzzing))]
pub mod probe;
mod query;
mod quotation;
mod sought;
mod spelling;
mod statement;
mod table;
mod terms;
mod titles;

pub use asked::Asked;
pub use control::{Control, control};
pub use prepared::Prepared;
pub use sought::Sought;

use crate::model::{Check, CheckKind, Finding, TextRange};

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

/// Where a quotation most likely comes from: the first two of the three steps alone, for whoever wants a place and no
/// verdict. `None` where not one of its words stands in the document. What is found may be no origin at all: that, only
/// [`find`] says.
pub fn locate(fragments: &[String], document: &Prepared<'_>) -> Option<TextRange> {
    let index = document.index();
    let readings = query::readings(fragments, index);
    let exact = readings.iter().find_map(|reading| locate::chains(reading, index).into_iter().next());
    if let Some(chain) = exact {
        return Some(index.range(chain.first()?.start..chain.last()?.end));
    }
    let reading = readings.last()?;
    let windows = locate::ranked(reading, index).into_iter();
    let best = windows
        .map(|window| align::align(reading, index, window))
        .reduce(|best, other| if other.score > best.score { other } else { best })?;
    Some(index.range(best.span()?))
}

/// Whether a document carries a quotation, whole or with marks of editing, wherever and in whatever context. For looking
/// through other sources before a quotation is called absent; figures are never looked for elsewhere.
pub fn carries(check: &Check, document: &Prepared<'_>) -> bool {
    let index = document.index();
    match &check.kind {
        CheckKind::Quote(fragments) => query::readings(fragments, index)
            .iter()
            .any(|reading| sought::is_enough(reading) && !locate::chains(reading, index).is_empty()),
        CheckKind::Figure(_) | CheckKind::Statement => false,
    }
}

/// Whether a document has most of the telling words of a statement: whether it is worth asking for the statement's
/// figures.
pub fn speaks_of(asked: &Asked<'_>, document: &Prepared<'_>) -> bool {
    let index = document.index();
    let telling = || {
        let keys = asked.statement_keys.iter().map(String::as_str);
        keys.filter(|key| !lexicon::is_stop_word(key) && !asked.figure_words.contains(*key))
    };
    let held = telling().filter(|key| index.key_number(key) != index::UNKNOWN).count();
    held > 0 && held * 5 >= telling().count() * 3
}

/// Whether a text stands in a document word for word, under folding: quotation marks, dashes and spaces do not count.
pub fn stands(text: &str, document: &Prepared<'_>) -> bool {
    query::plain_words(text, document.index()).is_empty() || !places_of(text, document).is_empty()
}

/// Every place where a text stands in a document as [`stands`] has it, in document order.
pub fn places_of(text: &str, document: &Prepared<'_>) -> Vec<TextRange> {
    let index = document.index();
    let words = query::plain_words(text, index);
    let elements = (0..words.len()).map(query::Element::Word).collect();
    let query = query::Query { words, elements, editorial: false, free_case: Vec::new() };
    let chains = locate::chains(&query, index);
    let edges = chains.iter().filter_map(|chain| Some(chain.first()?.start..chain.last()?.end));
    let mut places: Vec<TextRange> = edges.map(|tokens| index.range(tokens)).collect();
    places.sort_unstable();
    places
}

#[cfg(test)]
mod entry_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
