//! Stage 1, `parse`: the text of a `claims.toml` → a [`Manifest`], or every [`Diagnostic`] at once.
//!
//! Reads in two steps: `schema` (as written, with places) and `resolve` (as meant). Promises that every problem of
//! the file is reported in one go, each with its place and what to write instead, and that no text makes it
//! panic. Touches nothing outside the text: whether a file exists or a URL answers is for later stages.

mod addresses;
mod attribution;
mod dates;
mod diagnostic;
mod fold;
mod ids;
mod json_schema;
mod keys;
mod marks;
mod place;
mod problems;
mod resolve;
mod schema;
mod seal;
mod sign;
mod starter;
mod suggest;
mod syntax;

use std::ops::Range;
use std::path::Path;

use toml::de::DeTable;

pub use diagnostic::{Diagnostic, Severity, render_all};
pub use json_schema::json_schema;
pub use seal::{seal, seal_state};
pub use sign::{SignError, sign};
pub use starter::{GITIGNORE, STARTER};

use crate::model::Manifest;
use problems::Problems;

/// Reads the figures out of a text in a language: the words of each, in the order in which they stand.
///
/// A parameter because figures are the matter of another stage; [`no_figures`] serves where they do not matter.
pub type FigureReader<'a> = dyn Fn(&str, Option<&str>) -> Vec<String> + 'a;

/// A manifest that can be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The manifest as meant.
    pub manifest: Manifest,
    /// What it probably does not mean, sorted by place.
    pub warnings: Vec<Diagnostic>,
}

/// What a manifest may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Length of the text in bytes; 64 MiB by default.
    pub bytes: usize,
    /// Errors that are kept, and as many warnings; 10,000 by default. More are counted.
    pub diagnostics: usize,
}

/// The longest text that is read by default, in bytes.
///
/// How deep arrays and tables may nest is bounded too (80 levels, by the TOML parser), and not to be set.
pub const LONGEST: usize = 64 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: LONGEST, diagnostics: 10_000 }
    }
}

/// A reader that finds no figures.
pub fn no_figures(_text: &str, _language: Option<&str>) -> Vec<String> {
    Vec::new()
}

/// Parses a manifest within the default limits. `path` is only kept; `figures` reads figures out of statements.
///
/// # Errors
///
/// Every problem of the text, warnings included, sorted by place.
///
/// ```
/// let text = "[[claim]]\nstatement = 'Lind said it was \"over\".'\nsource = 'notes.txt'\n";
/// let parsed = onrecord::manifest::parse("claims.toml".as_ref(), text, &onrecord::manifest::no_figures)?;
/// assert_eq!(parsed.manifest.claims[0].id.0, "lind-said-it-was-over");
/// # Ok::<(), Vec<onrecord::manifest::Diagnostic>>(())
/// ```
pub fn parse(path: &Path, text: &str, figures: &FigureReader<'_>) -> Result<Parsed, Vec<Diagnostic>> {
    parse_with(path, text, figures, Limits::default())
}

/// Parses a manifest within given limits.
///
/// # Errors
///
/// As [`parse`]; a text that is too long is not read at all.
pub fn parse_with(
    path: &Path,
    text: &str,
    figures: &FigureReader<'_>,
    limits: Limits,
) -> Result<Parsed, Vec<Diagnostic>> {
    if text.len() > limits.bytes {
        let mut problems = Problems::new("", 1);
        let message = format!("the manifest is longer than {} bytes", limits.bytes);
        problems.error("too-large", &(0..0), message, Some("split it into several manifests".to_owned()));
        return Err(problems.into_all());
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut problems = Problems::new(text, limits.diagnostics);
    let (table, errors) = DeTable::parse_recoverable(text);
    let document = if errors.is_empty() {
        schema::read(table.get_ref(), &[], &mut problems)
    } else {
        drop((table, errors));
        read_broken(text, &mut problems)
    };
    let manifest = resolve::resolve(path, document, figures, &mut problems);
    if problems.any_error() {
        return Err(problems.into_all());
    }
    Ok(Parsed { manifest, warnings: problems.into_warnings() })
}

/// Decodes the bytes of a manifest.
///
/// # Errors
///
/// A diagnostic at the first byte that is not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Vec<Diagnostic>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let text = std::str::from_utf8(good).unwrap_or_default();
        let mut problems = Problems::new(text, 1);
        let remedy = Some("save the file as UTF-8".to_owned());
        problems.error("not-utf8", &(text.len()..text.len()), "the manifest is not UTF-8".to_owned(), remedy);
        problems.into_all()
    })
}

/// Reads what can be read of a text that is not TOML throughout.
fn read_broken(text: &str, problems: &mut Problems<'_>) -> schema::Document {
    let mended = syntax::mend(text);
    let mut broken: Vec<Range<usize>> = mended.cut;
    for error in mended.errors {
        // A key that stands twice can be read; the rest cannot be trusted where it touches the mistake.
        if error.code != "duplicate-key" {
            broken.push(error.span.clone());
        }
        problems.error(error.code, &error.span, error.message, error.remedy);
    }
    let (table, _) = DeTable::parse_recoverable(&mended.text);
    schema::read(table.get_ref(), &merged(broken), problems)
}

/// Sorts ranges and joins those that overlap.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
