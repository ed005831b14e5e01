//! A report → the contract's JSON, whole or one claim a line.
//!
//! Every field is always there: null where there is none, lists empty. Control and bidirectional characters are
//! written as escapes, so that the output can be printed, and parse back equal.

use std::io::Write;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::model::report::Report;

use super::escape::PrintableJson;

/// Writes the whole report, indented, with a final line feed.
pub(super) fn report(report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    write(out, report, PrettyFormatter::new())
}

/// Writes one element of `claims` a line.
pub(super) fn claims(report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    report.claims.iter().try_for_each(|claim| write(out, claim, CompactFormatter))
}

fn write(out: &mut dyn Write, value: &impl Serialize, formatter: impl Formatter) -> std::io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, PrintableJson(formatter));
    value.serialize(&mut serializer).map_err(std::io::Error::from)?;
    out.write_all(b"\n")
}
