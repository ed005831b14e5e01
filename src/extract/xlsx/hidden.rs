//! What a spreadsheet hides: sheets, rows and columns.

use std::collections::HashSet;

use crate::extract::xml::{Step, Tag, walk};
use crate::extract::zip::Container;
use crate::model::Failure;

/// Ranges of hidden columns that are kept of one sheet; of a sheet with more of them every column counts as hidden.
const RANGES: usize = 1_000;

/// The hidden columns of one sheet, from 0.
#[derive(Debug, Default)]
pub(super) struct Columns(Vec<(usize, usize)>);

impl Columns {
    /// Takes what a `col` says of its columns.
    pub(super) fn take(&mut self, tag: &Tag<'_>) {
        let number = |name| tag.attr(name).and_then(|value| value.parse::<usize>().ok());
        if is_hidden(tag)
            && self.0.len() <= RANGES
            && let (Some(first), Some(last)) = (number("min"), number("max"))
        {
            let all = self.0.len() == RANGES;
            self.0.push(if all { (0, usize::MAX) } else { (first.saturating_sub(1), last.saturating_sub(1)) });
        }
    }

    /// Whether a column is hidden.
    pub(super) fn hide(&self, column: usize) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

/// Whether a row or a column is hidden, by its attribute or by having no size at all.
pub(super) fn is_hidden(tag: &Tag<'_>) -> bool {
    let on = tag.attr("hidden").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
    let flat = |name| tag.attr(name).and_then(|value| value.parse::<f64>().ok()) == Some(0.0);
    on || flat("ht") || flat("width")
}

/// The members that hold hidden sheets.
///
/// # Errors
///
/// `damaged`, `too-large`.
pub(super) fn sheets(container: &mut Container<'_>) -> Result<HashSet<String>, Failure> {
    let mut ids = HashSet::new();
    if let Some(source) = container.text("xl/workbook.xml")? {
        walk(&source, |step| {
            if let Step::Open(tag) = step
                && tag.name() == "sheet"
                && tag.attr("state").is_some_and(|state| matches!(state.as_str(), "hidden" | "veryHidden"))
            {
                ids.extend(tag.attr("id"));
            }
        })?;
    }
    let mut members = HashSet::new();
    if ids.is_empty() {
        return Ok(members);
    }
    if let Some(source) = container.text("xl/_rels/workbook.xml.rels")? {
        walk(&source, |step| {
            if let Step::Open(tag) = step
                && tag.name() == "Relationship"
                && tag.attr("Id").is_some_and(|id| ids.contains(&id))
                && let Some(target) = tag.attr("Target")
            {
                let target = target.trim_start_matches('/');
                members.insert(if target.starts_with("xl/") { target.to_owned() } else { format!("xl/{target}") });
            }
        })?;
    }
    Ok(members)
}
