//! The question: a claim, prepared once, to be put to every document that it rests on.

use hashbrown::HashSet;

use jiff::civil::Date;

use super::fold;
use crate::model::figure::Bands;
use crate::model::{CheckKind, Claim, Source};

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
    /// How far a value may lie from a bound's number.
    pub(crate) bands: Bands,
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
            bands: Bands::default(),
        }
    }

    /// The same with the bands of its manifest.
    pub fn with_bands(self, bands: Bands) -> Self {
        Self { bands, ..self }
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
pub(super) fn position(statement: &str, part: &str) -> Option<std::ops::Range<usize>> {
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
        fold::form(raw.text(), raw.kind, &mut form);
        fold::key(&form, &mut key);
        places.push(Placed { key: key.clone(), start: raw.start, end: raw.end });
    });
    places
}

/// Keys of every word of a text.
pub(super) fn keys(text: &str) -> Vec<String> {
    places(text).into_iter().map(|place| place.key).collect()
}
