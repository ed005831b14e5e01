//! A report → the same for readers: what a newsroom may publish without giving away its work or other people's pages.
//!
//! Left out are claims that the article does not print, reasons and names of sign-offs, files of the desk, and the place
//! of the manifest. Passages become excerpts.

use crate::model::report::{CaptureReport, CheckReport, ClaimReport, PassageReport, Report};
use crate::model::{Flag, Origin};

use super::excerpt;

/// Code points of a passage, and of what stands on each side of it.
const PASSAGE: usize = 280;
const AROUND: usize = 60;

/// What is shown of a file of the desk.
const FILE: &str = "a file of the newsroom";

/// Makes the report for readers. Counts are those of the claims that are left.
pub fn public(report: &Report) -> Report {
    let shown = |claim: &&ClaimReport| !claim.checks.iter().any(|check| check.flags.contains(&Flag::NotPrinted));
    let claims: Vec<ClaimReport> = report.claims.iter().filter(shown).map(claim).collect();
    let mut out = Report { claims, summary: Default::default(), manifest: String::new(), ..report.clone() };
    for claim in &out.claims {
        let summary = &mut out.summary;
        summary.claims += 1;
        *summary.of_mut(claim.verdict) += 1;
        summary.signed += usize::from(claim.signed.as_ref().is_some_and(|signed| signed.valid));
        let count = match claim {
            claim if claim.passes => &mut summary.passed,
            claim if claim.verdict.is_open() => &mut summary.open,
            _ => &mut summary.failed,
        };
        *count += 1;
    }
    let left = |id: &String| out.claims.iter().any(|claim| claim.id == *id);
    out.conflicts.retain(|conflict| conflict.claims.iter().all(left));
    if let Some(article) = &mut out.article {
        article.file = None;
    }
    out
}

fn claim(claim: &ClaimReport) -> ClaimReport {
    let mut claim = claim.clone();
    claim.line = 0;
    claim.expected = None;
    if let Some(signed) = &mut claim.signed {
        signed.by = "the newsroom".to_owned();
        signed.why = "on reasons of its own".to_owned();
        signed.changed.clear();
    }
    claim.checks.iter_mut().for_each(check);
    claim
}

fn check(check: &mut CheckReport) {
    let local = check.capture.as_ref().is_some_and(is_of_desk) || check.source.as_deref().is_some_and(is_path);
    if local {
        check.source = check.source.as_ref().map(|_| FILE.to_owned());
        check.outlet = None;
    }
    // It may name paths, servers and other claims.
    check.detail = None;
    check.capture.as_mut().into_iter().for_each(capture);
    check.passage.as_mut().into_iter().for_each(passage);
    check.also.iter_mut().for_each(passage);
    for other in &mut check.others {
        if other.capture.as_ref().is_some_and(is_of_desk) || is_path(&other.source) {
            other.source = FILE.to_owned();
        }
        other.capture.as_mut().into_iter().for_each(capture);
        other.passage.as_mut().into_iter().for_each(passage);
    }
}

fn is_of_desk(capture: &CaptureReport) -> bool {
    capture.origin == Origin::Local || is_path(&capture.url)
}

fn is_path(source: &str) -> bool {
    !source.starts_with("http://") && !source.starts_with("https://")
}

fn capture(capture: &mut CaptureReport) {
    if is_of_desk(capture) {
        capture.url = FILE.to_owned();
    }
}

/// Shortens a passage. Where its middle is left out its parts are no longer told.
fn passage(passage: &mut PassageReport) {
    let context = excerpt::context(passage, AROUND);
    let (before, after) = (context.before.to_owned(), context.after.to_owned());
    let text = excerpt::short(&passage.text, PASSAGE, "…");
    if text != passage.text {
        passage.parts.clear();
    }
    (passage.before, passage.after, passage.text) = (before, after, text);
}
