//! A report → JUnit XML, for what shows the tests of a build: a claim is a test case.
//!
//! A failed claim is a failure; one whose source could not be read is an error; one that waits for a person or a source is
//! skipped, with the reason. Times and ids of a run are left out, so that the same report is the same bytes.

use quick_junit::{NonSuccessKind, Report as Tests, TestCase, TestCaseStatus, TestSuite};

use super::card::{self, State};
use super::escape::{xml, xml_line};
use super::text;
use super::{Style, Verbosity};
use crate::model::ClaimVerdict;
use crate::model::report::Report;

/// Code points of a difference in a message.
const SHORT: usize = 120;

/// Renders a report.
pub(super) fn render(report: &Report) -> Vec<u8> {
    let mut suite = TestSuite::new(xml_line(report.title.as_deref().unwrap_or("claims")));
    let style = Style { unicode: true, verbosity: Verbosity::Verbose, ..Style::default() };
    for (number, claim) in report.claims.iter().enumerate() {
        let card = card::card(report, claim);
        let message = xml_line(&card::in_short(&card, SHORT, "…"));
        let kind = match card.state {
            State::Pass => None,
            State::Fail => Some(NonSuccessKind::Failure),
            State::Open if claim.verdict == ClaimVerdict::Unavailable => Some(NonSuccessKind::Error),
            State::Open => None,
        };
        let status = match kind {
            Some(kind) => {
                let mut status = TestCaseStatus::non_success(kind);
                let told = text::render(&super::only(report, number), &style);
                status.set_type(claim.verdict.word()).set_message(message).set_description(xml(&told));
                status
            }
            None if card.state == State::Open => {
                let mut status = TestCaseStatus::skipped();
                status.set_type(claim.verdict.word()).set_message(message);
                status
            }
            None => TestCaseStatus::success(),
        };
        let mut case = TestCase::new(xml_line(&claim.id), status);
        case.set_classname(xml_line(if report.manifest.is_empty() { "claims" } else { &report.manifest }));
        if claim.line > 0 {
            case.extra.insert("file".into(), xml_line(&report.manifest).into());
            case.extra.insert("line".into(), claim.line.to_string().into());
        }
        suite.add_test_case(case);
    }
    let mut tests = Tests::new("onrecord");
    tests.add_test_suite(suite);
    tests.to_string().expect("texts of XML are always written to memory").into_bytes()
}
