//! What a spreadsheet hides: sheets, rows and columns.

use std::collections::{HashMap, HashSet};

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

/// The sheets of a spreadsheet.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// The members that hold hidden sheets.
    pub(super) hidden: HashSet<String>,
    /// The name of each member's sheet.
    pub(super) names: HashMap<String, String>,
}

/// What the spreadsheet says of its sheets.
///
/// # Errors
///
/// `damaged`, `too-large`.
pub(super) fn sheets(container: &mut Container<'_>) -> Result<Sheets, Failure> {
    let mut ids: HashMap<String, (String, bool)> = HashMap::new();
    if let Some(source) = container.text("xl/workbook.xml")? {
        walk(&source, |step| {
            if let Step::Open(tag) = step
                && tag.name() == "sheet"
                && let Some(id) = tag.attr("id")
            {
                let hidden = tag.attr("state").is_some_and(|state| matches!(state.as_str(), "hidden" | "veryHidden"));
                ids.insert(id, (tag.attr("name").unwrap_or_default(), hidden));
            }
        })?;
    }
    let mut sheets = Sheets::default();
    if ids.is_empty() {
        return Ok(sheets);
    }
    if let Some(source) = container.text("xl/_rels/workbook.xml.rels")? {
        walk(&source, |step| {
            if let Step::Open(tag) = step
                && tag.name() == "Relationship"
                && let Some((name, hidden)) = tag.attr("Id").and_then(|id| ids.get(&id))
                && let Some(target) = tag.attr("Target")
            {
                let target = target.trim_start_matches('/');
                let member = if target.starts_with("xl/") { target.to_owned() } else { format!("xl/{target}") };
                if *hidden {
                    sheets.hidden.insert(member.clone());
                }
                sheets.names.insert(member, name.clone());
            }
        })?;
    }
    Ok(sheets)
}
