//! Any bytes as a page, any quotation: from the bytes to the report.
#![no_main]

use onrecord::engine::single_claim;
use onrecord::extract::{Input, Limits, extract};
use onrecord::matching::{Asked, Control, Prepared, carries, control, find, locate};
use onrecord::model::{Check, CheckKind, Place};
use onrecord::report::present::seen;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
    let (quotation, page) = bytes.split_at(at);
    let quotation = String::from_utf8_lossy(quotation);
    let input = Input { bytes: page, content_type: Some("text/html; charset=utf-8"), name: "" };
    let Some(document) = extract(&input, &Limits::default()).document else { return };
    let prepared = Prepared::new(&document);
    if let Control::Failed(detail) = control(&prepared) {
        panic!("{detail}");
    }
    // The quotation itself, as fragments cut at bars, and with a speaker.
    let fragments: Vec<String> = quotation.split('|').map(str::to_owned).collect();
    for (kind, speaker) in [
        (CheckKind::Quote(vec![quotation.to_string()]), None),
        (CheckKind::Quote(fragments.clone()), quotation.split(' ').next().map(str::to_owned)),
        (CheckKind::Figure(quotation.to_string()), None),
        (CheckKind::Statement, None),
    ] {
        let check = Check { kind, place: Place::default(), explicit: true };
        let claim = single_claim(check, quotation.to_string(), speaker, Vec::new(), Vec::new());
        let finding = find(&claim.checks[0], &Asked::new(&claim, &[], None), &prepared);
        for passage in finding.passage.iter().chain(&finding.also) {
            assert!(document.text.get(passage.range.span()).is_some_and(|text| !text.is_empty()));
            assert!(passage.parts.iter().all(|part| document.text.get(part.span()).is_some()));
        }
        assert!((0.0..=1.0).contains(&finding.score));
        let text = claim.checks[0].text(&claim.statement);
        seen(&document, &finding, &text, prepared.sketch());
        carries(&claim.checks[0], &prepared);
    }
    if let Some(place) = locate(&fragments, &prepared) {
        assert!(document.text.get(place.span()).is_some());
    }
});
