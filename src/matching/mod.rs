//! Stage 5, `find`: a check and a [`Document`](crate::model::Document) → a [`Finding`]: passages and named differences.
//!
//! Three steps: locate the passage by any means, align quotation and passage word by word, and let the *kinds* of
//! difference decide. Similarity ranks and is shown; it never decides. Figures are compared as values.
//! Nothing here knows of captures, sources that could not be read, or other sources: that is `judge`'s.

mod align;
mod attribution;
mod compare;
mod context;
mod differ;
pub mod figure;
mod fold;
mod index;
mod lexicon;
mod locate;
mod query;
mod quotation;
mod spelling;
mod statement;
mod terms;

use std::collections::HashSet;

use jiff::civil::Date;

pub use index::Index;

use crate::model::{Check, CheckKind, Claim, Finding, Source, TextRange};

/// Version of the rules by which quotations and figures are compared; goes into every observation.
pub const RULES_VERSION: u32 = 1;

/// A claim as the matcher needs it: computed once, asked of every source.
#[derive(Debug)]
pub struct Asked<'c> {
    /// The claim.
    pub(crate) claim: &'c Claim,
    /// Its statement.
    pub(crate) statement: &'c str,
    /// The statement without what its checks look for.
    pub(crate) outside: String,
    /// Keys of the statement's words.
    pub(crate) statement_keys: Vec<String>,
    /// Keys of the words outside the checks.
    pub(crate) outside_keys: Vec<String>,
    /// Names that the claim declares and that need not stand in the source: outlets, `via`.
    pub(crate) known_names: Vec<String>,
    /// Keys of the words that the claim's figures are made of.
    pub(crate) figure_words: HashSet<String>,
    /// When the article was published: relative dates of the statement resolve against it.
    pub(crate) published: Option<Date>,
}

impl<'c> Asked<'c> {
    /// Prepares a claim. `outlets` are the publishers of its sources; `published` is the article's date.
    pub fn new(claim: &'c Claim, sources: &[&Source], published: Option<Date>) -> Self {
        let mut outside = claim.statement.clone();
        let mut figure_words = HashSet::new();
        for check in &claim.checks {
            match &check.kind {
                CheckKind::Quote(fragments) => {
                    for fragment in fragments {
                        outside = without(&outside, fragment);
                    }
                }
                CheckKind::Figure(figure) => {
                    outside = without(&outside, figure);
                    figure_words.extend(keys(figure));
                }
                CheckKind::Statement => {}
            }
        }
        let mut known_names: Vec<String> = claim.via.clone();
        known_names.extend(sources.iter().filter_map(|source| source.outlet.clone()));
        Self {
            claim,
            statement: &claim.statement,
            statement_keys: keys(&claim.statement),
            outside_keys: keys(&outside),
            outside,
            known_names,
            figure_words,
            published,
        }
    }
}

/// A statement without the first place where the words of `part` stand in it, however they are marked or cased.
fn without(statement: &str, part: &str) -> String {
    match position(statement, part) {
        Some(range) => format!("{} {}", &statement[..range.start], &statement[range.end..]),
        None => statement.to_owned(),
    }
}

/// Where the words of `part` stand in a statement, however they are marked or cased.
fn position(statement: &str, part: &str) -> Option<std::ops::Range<usize>> {
    let wanted = keys(part);
    let words = places(statement);
    if wanted.is_empty() {
        return None;
    }
    let at = (0..words.len()).find(|at| {
        words.len() - at >= wanted.len() && words[*at..].iter().zip(&wanted).all(|(word, key)| word.key == *key)
    })?;
    Some(words[at].start..words[at + wanted.len() - 1].end)
}

/// A word of a text with its place.
struct Placed {
    key: String,
    start: usize,
    end: usize,
}

fn places(text: &str) -> Vec<Placed> {
    let mut places = Vec::new();
    let (mut form, mut key) = (String::new(), String::new());
    fold::tokenize(text, |raw| {
        fold::form(raw.text, raw.kind, &mut form);
        fold::key(&form, &mut key);
        places.push(Placed { key: key.clone(), start: raw.start, end: raw.end });
    });
    places
}

/// Keys of every word of a text.
fn keys(text: &str) -> Vec<String> {
    places(text).into_iter().map(|place| place.key).collect()
}

/// Looks for one check of a claim in one document.
pub fn find(check: &Check, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    match &check.kind {
        CheckKind::Quote(fragments) => quotation::find(fragments, asked, index),
        CheckKind::Figure(figure) => figure::find(figure, asked, index),
        CheckKind::Statement => statement::find(asked, index),
    }
}

/// Whether a document carries a quotation, whole or with marks of editing, wherever and in whatever context. For looking
/// through other sources before a quotation is called absent; figures are never looked for elsewhere.
pub fn carries(check: &Check, index: &Index<'_>) -> bool {
    match &check.kind {
        CheckKind::Quote(fragments) => query::readings(fragments, index)
            .iter()
            .any(|reading| reading.required().count() >= 4 && !locate::chains(reading, index).is_empty()),
        CheckKind::Figure(_) | CheckKind::Statement => false,
    }
}

/// Whether a text stands in a document word for word, under folding: quotation marks, dashes and spaces do not count.
pub fn stands(text: &str, index: &Index<'_>) -> bool {
    query::plain_words(text, index).is_empty() || !places_of(text, index).is_empty()
}

/// Every place where a text stands in a document as [`stands`] has it, in document order.
pub fn places_of(text: &str, index: &Index<'_>) -> Vec<TextRange> {
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
mod tests;
