//! A report → the contract's JSON, whole or one claim a line.
//!
//! Every field is always there: null where there is none, lists empty. Control and bidirectional characters are
//! written as escapes, so that the output can be printed, and parse back equal.

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::model::report::Report;

use super::escape::PrintableJson;

/// Renders the whole report, indented, with a final line feed.
pub(super) fn report(report: &Report) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, report, PrettyFormatter::new());
    out
}

/// Renders one element of `claims` a line.
pub(super) fn claims(report: &Report) -> Vec<u8> {
    let mut out = Vec::new();
    for claim in &report.claims {
        write(&mut out, claim, CompactFormatter);
    }
    out
}

fn write(out: &mut Vec<u8>, value: &impl Serialize, formatter: impl Formatter) {
    let mut serializer = Serializer::with_formatter(&mut *out, PrintableJson(formatter));
    value.serialize(&mut serializer).expect("strings, numbers and lists are always written to memory");
    out.push(b'\n');
}
