//! A report → SARIF 2.1.0, for what shows findings in the lines of a file: each claim is a result at its place in the
//! manifest.
//!
//! The structures are our own: the crate that has them all generates them in a build script that costs more to compile than
//! the rest of the report together, and a dozen fields are used here.

use serde::Serialize;
use serde_json::{Serializer, Value, json};

use super::card::{self, State};
use super::escape::{PrintableJson, sarif_reference, sarif_text};
use super::wording::{verdict_remedy, verdict_sentence};
use crate::model::ClaimVerdict;
use crate::model::report::{ClaimReport, Report};

/// Code points of a difference in a message.
const SHORT: usize = 120;

/// Renders a report, with a final line feed.
pub(super) fn render(report: &Report) -> Vec<u8> {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "onrecord",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": ClaimVerdict::ALL.map(rule),
            }},
            "columnKind": "unicodeCodePoints",
            "results": report.claims.iter().map(|claim| result(report, claim)).collect::<Vec<Value>>(),
        }],
    });
    let mut out = Vec::new();
    let formatter = PrintableJson(serde_json::ser::PrettyFormatter::new());
    log.serialize(&mut Serializer::with_formatter(&mut out, formatter)).expect("values are always written to memory");
    out.push(b'\n');
    out
}

fn rule(verdict: ClaimVerdict) -> Value {
    let level = match verdict {
        ClaimVerdict::OnRecord => "none",
        verdict if verdict.is_open() => "warning",
        _ => "error",
    };
    let help = match verdict_remedy(verdict, false) {
        "" => "there is nothing to do",
        remedy => remedy,
    };
    json!({
        "id": verdict.word(),
        "shortDescription": { "text": verdict_sentence(verdict) },
        "help": { "text": help },
        "defaultConfiguration": { "level": level },
    })
}

fn result(report: &Report, claim: &ClaimReport) -> Value {
    let card = card::card(report, claim);
    let (kind, level) = match card.state {
        State::Pass => ("pass", "none"),
        State::Fail => ("fail", "error"),
        State::Open => ("fail", "warning"),
    };
    let told = card::in_short(&card, SHORT, "…");
    let told = if told.is_empty() { verdict_sentence(claim.verdict).to_owned() } else { told };
    let index = ClaimVerdict::ALL.iter().position(|verdict| *verdict == claim.verdict);
    let mut result = json!({
        "ruleId": claim.verdict.word(),
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": { "text": sarif_text(&format!("{}: {told}", claim.statement)) },
        "partialFingerprints": { "onrecordClaim/v1": claim.id },
        "properties": {
            "id": claim.id,
            "statement": claim.statement,
            "passes": claim.passes,
            "suppliedBy": claim.checks.iter().filter_map(|check| check.capture.as_ref()?.supplied_by.as_deref()).collect::<Vec<&str>>(),
            "sources": claim.checks.iter().filter_map(|check| check.source.as_deref()).collect::<Vec<&str>>(),
            "flags": claim.checks.iter().flat_map(|check| &check.flags).map(|flag| flag.word()).collect::<Vec<&str>>(),
        },
    });
    if claim.line > 0 {
        result["locations"] = json!([{ "physicalLocation": {
            "artifactLocation": { "uri": sarif_reference(&report.manifest) },
            "region": { "startLine": claim.line },
        }}]);
    }
    result
}
