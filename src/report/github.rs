//! A report → annotations of a GitHub workflow, at the lines of the manifest, and the count.
//!
//! What failed is an error, what waits for a person a warning. GitHub shows ten of each per step; the worst come first.

use std::fmt::Write;

use super::card::{self, State};
use super::escape::{command, command_property, terminal};
use super::wording::capture_phrase;
use crate::model::report::{ClaimReport, Report};

/// Code points of a difference, and of a statement.
const SHORT: usize = 120;
const LONG: usize = 300;

/// Renders a report.
pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    let mut claims: Vec<&ClaimReport> = report.claims.iter().filter(|claim| !claim.passes).collect();
    claims.sort_by_key(|claim| (claim.verdict.is_open(), claim.verdict));
    for claim in claims {
        let card = card::card(report, claim);
        let level = if card.state == State::Fail { "error" } else { "warning" };
        let mut properties = Vec::new();
        if claim.line > 0 {
            properties.push(format!("file={}", command_property(&report.manifest)));
            properties.push(format!("line={}", claim.line));
        }
        properties.push(format!("title={}", command_property(&format!("{} ({})", card.heading, claim.id))));
        let statement = super::excerpt::short(&claim.statement, LONG, "…");
        let mut told = format!("{}\n{statement}", card::in_short(&card, SHORT, "…"));
        // Who brought a copy is said wherever the copy decides.
        let supplied =
            claim.checks.iter().filter_map(|check| check.capture.as_ref()).find(|it| it.supplied_by.is_some());
        if let Some(capture) = supplied {
            told.push('\n');
            told.push_str(&capture_phrase(capture));
        }
        let _ = writeln!(out, "::{level} {}::{}", properties.join(","), command(&told));
    }
    let _ = writeln!(out, "{}", terminal(&card::count_phrase(report), true));
    out
}
