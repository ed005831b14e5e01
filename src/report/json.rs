//! A report → the contract's JSON, whole or one claim a line.
//!
//! Every field is always there: null where there is none, lists empty. Control and bidirectional characters are
//! written as escapes, so that the output can be printed, and parse back equal.

use std::io::Write;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::model::report::{ClaimReport, Report};

use super::escape::PrintableJson;

/// Writes the whole report, indented, with a final line feed.
pub(super) fn report(report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    write(out, report, PrettyFormatter::new())
}

/// Writes one element of `claims` a line.
pub(super) fn claims(report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    report.claims.iter().try_for_each(|claim| write(out, claim, CompactFormatter))
}

/// Writes the reports of several manifests as one list.
pub(super) fn list(reports: &[(&str, &Report)], out: &mut dyn Write) -> std::io::Result<()> {
    let reports: Vec<&Report> = reports.iter().map(|(_, report)| *report).collect();
    write(out, &reports, PrettyFormatter::new())
}

/// A claim of one of several manifests.
#[derive(Serialize)]
struct Of<'r> {
    manifest: &'r str,
    #[serde(flatten)]
    claim: &'r ClaimReport,
}

/// Writes the claims of several manifests, one a line, each with its manifest.
pub(super) fn claims_of(reports: &[(&str, &Report)], out: &mut dyn Write) -> std::io::Result<()> {
    let claims = reports.iter().flat_map(|(_, report)| report.claims.iter().map(|claim| (&report.manifest, claim)));
    claims.into_iter().try_for_each(|(manifest, claim)| write(out, &Of { manifest, claim }, CompactFormatter))
}

fn write(out: &mut dyn Write, value: &impl Serialize, formatter: impl Formatter) -> std::io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, PrintableJson(formatter));
    value.serialize(&mut serializer).map_err(std::io::Error::from)?;
    out.write_all(b"\n")
}
