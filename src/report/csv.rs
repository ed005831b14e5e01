//! A report → a table for spreadsheets, one row a check, as RFC 4180 has it, in UTF-8 with a byte order mark (without
//! which the commonest spreadsheet takes it for another encoding).

use super::escape::cell;
use super::wording::zone_phrase;
use crate::model::report::{CheckReport, ClaimReport, Report};

/// The columns, in their order. New ones are added at the end.
const COLUMNS: [&str; 26] = [
    "id",
    "statement",
    "verdict",
    "passes",
    "kind",
    "looked for",
    "check",
    "ours",
    "source's",
    "passage",
    "before",
    "after",
    "stands",
    "source",
    "outlet",
    "published",
    "captured",
    "status",
    "flags",
    "reason",
    "unchecked",
    "signed by",
    "signed on",
    "signed because",
    "line",
    "copy supplied by",
];

/// Renders a report.
pub(super) fn render(report: &Report) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{FEFF}".as_bytes().to_vec());
    let mut row = |cells: &[String]| writer.write_record(cells).expect("rows of one length are written to memory");
    row(&COLUMNS.map(str::to_owned));
    for claim in &report.claims {
        let checks = claim.checks.iter().map(Some);
        let none = claim.checks.is_empty().then_some(None);
        for check in checks.chain(none) {
            row(&cells(claim, check).map(|text| cell(&text)));
        }
    }
    writer.into_inner().expect("memory takes every byte")
}

fn cells(claim: &ClaimReport, check: Option<&CheckReport>) -> [String; 26] {
    let of = |text: fn(&CheckReport) -> Option<String>| check.and_then(text).unwrap_or_default();
    let signed = claim.signed.as_ref();
    [
        claim.id.clone(),
        claim.statement.to_string(),
        claim.verdict.word().to_owned(),
        if claim.passes { "yes" } else { "no" }.to_owned(),
        of(|check| Some(check.kind.word().to_owned())),
        of(|check| Some(check.text.clone())),
        of(|check| Some(check.verdict.word().to_owned())),
        of(|check| Some(list(check.changes.iter().map(|change| change.quote.as_str())))),
        of(|check| Some(list(check.changes.iter().map(|change| change.source.as_str())))),
        of(|check| Some(check.passage.as_ref()?.text.clone())),
        of(|check| Some(check.passage.as_ref()?.before.clone())),
        of(|check| Some(check.passage.as_ref()?.after.clone())),
        of(|check| Some(zone_phrase(check.passage.as_ref()?.zone).to_owned())),
        of(|check| check.source.as_deref().map(str::to_owned)),
        of(|check| check.outlet.as_deref().map(str::to_owned)),
        of(|check| check.published.as_deref().map(str::to_owned)),
        of(|check| Some(check.capture.as_ref()?.captured.clone())),
        of(|check| Some(check.capture.as_ref()?.status?.to_string())),
        of(|check| Some(list(check.flags.iter().map(|flag| flag.word())))),
        of(|check| Some(check.reason?.word().to_owned())),
        list(claim.unchecked.iter().map(String::as_str)),
        signed.map(|signed| signed.by.clone()).unwrap_or_default(),
        signed.map(|signed| signed.on.clone()).unwrap_or_default(),
        signed.map(|signed| signed.why.clone()).unwrap_or_default(),
        if claim.line > 0 { claim.line.to_string() } else { String::new() },
        of(|check| check.capture.as_ref()?.supplied_by.clone()),
    ]
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}
