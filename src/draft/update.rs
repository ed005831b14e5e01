//! Updating: a manifest that a person edited + a new draft → the same manifest, with what is new put in its place.
//!
//! What a person wrote is not touched, byte for byte: new tables are set in as text, behind the claim that stands before
//! them in the article. What a claim covers, or a person dismissed, does not come again, so a second update changes
//! nothing.

use std::collections::HashSet;

use toml_edit::{Document as TomlDocument, Item};

use super::gaps::Known;
use super::manifest::{claim_table, source_table};
use super::{Draft, DraftClaim};
use crate::model::{Document, Manifest};

/// What an update made of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The manifest's text.
    pub text: String,
    /// How many claims are new.
    pub added: usize,
}

/// Puts the new claims of a draft into a manifest. `written` is the manifest's text, `manifest` what it means.
///
/// # Errors
///
/// When the text is not TOML.
pub fn update(
    written: &str,
    manifest: &Manifest,
    draft: &Draft,
    document: &Document,
) -> Result<Updated, toml_edit::TomlError> {
    let parsed = TomlDocument::parse(written)?;
    let places = places(written, &parsed);
    let known = Known::new(manifest);
    let mut insertions: Vec<(usize, String)> = Vec::new();
    let mut sources: Vec<(String, String)> = Vec::new();
    let mut taken: Vec<String> = manifest.sources.values().filter_map(|source| source.name.clone()).collect();
    let mut given: HashSet<String> = HashSet::new();
    let mut at = places.begin;
    let mut added = 0;
    for claim in &draft.claims {
        if let Some(covering) = known.covering(claim, document) {
            // What follows in the article goes behind this one, unless the manifest has another order.
            if let Some(end) = places.ends.get(covering) {
                at = *end;
            }
            continue;
        }
        if known.settles(claim, document) {
            continue;
        }
        let name = claim.source.and_then(|source| draft.sources.get(source)).map(|source| {
            if !source.is_web() {
                return source.address.clone();
            }
            if let Some(known) =
                manifest.sources.values().find(|known| known.url.as_deref() == Some(source.address.as_str()))
            {
                return known.key.0.to_string();
            }
            if let Some((name, _)) = sources.iter().find(|(_, url)| *url == source.address) {
                return name.clone();
            }
            let mut name = source.name.clone();
            let mut number = 1;
            while taken.contains(&name) {
                number += 1;
                name = format!("{}-{number}", source.name);
            }
            taken.push(name.clone());
            sources.push((name.clone(), source.address.clone()));
            name
        });
        let mut own: DraftClaim = claim.clone();
        let mut number = 1;
        while known.has_id(&own.id) || !given.insert(own.id.clone()) {
            number += 1;
            own.id = format!("{}-{number}", claim.id);
        }
        let table = claim_table(&own, draft, document, &|_| name.clone());
        insertions.push((at, format!("\n{table}")));
        added += 1;
    }
    if added == 0 {
        return Ok(Updated { text: written.to_owned(), added });
    }
    let heads: String = sources
        .iter()
        .map(|(name, url)| {
            let outlet =
                draft.sources.iter().find(|source| source.address == *url).and_then(|source| source.outlet.as_deref());
            format!("\n{}", source_table(name, url, outlet).trim_end_matches('\n')) + "\n"
        })
        .collect();
    if !heads.is_empty() {
        insertions.push((places.sources, heads));
    }
    // Stable: tables for one place keep the order of the article.
    insertions.sort_by_key(|(at, _)| *at);
    let mut text =
        String::with_capacity(written.len() + insertions.iter().map(|(_, table)| table.len()).sum::<usize>());
    let mut from = 0;
    for (at, table) in insertions {
        text.push_str(&written[from..at]);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&table);
        from = at;
    }
    text.push_str(&written[from..]);
    Ok(Updated { text, added })
}

/// Places in the text of a manifest.
struct Places {
    /// Behind each claim, in manifest order.
    ends: Vec<usize>,
    /// Where a claim goes that stands before every other.
    begin: usize,
    /// Where new sources go.
    sources: usize,
}

fn places<S: AsRef<str>>(written: &str, parsed: &TomlDocument<S>) -> Places {
    let line_end = |at: usize| written[at..].find('\n').map_or(written.len(), |end| at + end + 1);
    let mut ends = Vec::new();
    let mut first = None;
    if let Some(Item::ArrayOfTables(claims)) = parsed.get("claim") {
        for claim in claims.iter() {
            let span = claim.span().unwrap_or(written.len()..written.len());
            let mut end = span.end.max(span.start);
            // `[claim.signed]` and what else stands under the claim.
            for (_, item) in claim.iter() {
                if let Some(span) = item.span() {
                    end = end.max(span.end);
                }
                if let Item::Table(table) = item {
                    end = end.max(
                        table.iter().filter_map(|(_, item)| item.span()).map(|span| span.end).max().unwrap_or(end),
                    );
                }
            }
            first.get_or_insert(span.start);
            ends.push(line_end(end.min(written.len())));
        }
    }
    let mut begin = first.unwrap_or(written.len());
    // The comments right above the first claim belong to it.
    while begin > 0 && begin < written.len() {
        let before = written[..begin].trim_end_matches('\n');
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        if before.len() + 1 < begin || !before[line..].trim_start().starts_with('#') {
            break;
        }
        begin = line;
    }
    let mut sources = begin;
    if let Some(Item::Table(table)) = parsed.get("sources") {
        let mut end = 0;
        for (_, item) in table.iter() {
            if let Item::Table(source) = item {
                end = end.max(source.span().map_or(0, |span| span.end));
                end =
                    end.max(source.iter().filter_map(|(_, item)| item.span()).map(|span| span.end).max().unwrap_or(0));
            }
        }
        if end > 0 {
            sources = line_end(end.min(written.len()));
        }
    }
    Places { ends, begin, sources }
}
