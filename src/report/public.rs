//! A report → the same for readers: what a newsroom may publish without giving away its work or other people's pages.
//!
//! Left out are claims that the article does not print, sources that only those name, reasons and names of sign-offs,
//! files of the desk, who supplied a copy, and the place of the manifest. Passages become excerpts.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::report::{CaptureReport, CheckReport, ClaimReport, PassageReport, Report};
use crate::model::{Flag, Origin};

use super::excerpt;

/// Code points of a passage, and of what stands on each side of it.
const PASSAGE: usize = 280;
const AROUND: usize = 60;

/// What is shown of a file of the desk.
const FILE: &str = "a file of the newsroom";

/// What is shown of a person who supplied a copy.
const PERSON: &str = "a person";

/// Makes the report for readers. Counts are those of the claims that are left.
pub fn public(report: &Report) -> Report {
    let shown = |claim: &&ClaimReport| !claim.checks.iter().any(|check| check.flags.contains(&Flag::NotPrinted));
    let mut claims: Vec<ClaimReport> = report.claims.iter().filter(shown).map(claim).collect();
    // What was found elsewhere may stand in a source that only an unpublished claim names.
    let named: HashSet<Arc<str>> = claims.iter().flat_map(sources).collect();
    for check in claims.iter_mut().flat_map(|claim| &mut claim.checks) {
        check.elsewhere.retain(|other| named.contains(&other.source));
        if check.elsewhere.is_empty() {
            check.flags.retain(|flag| *flag != Flag::Elsewhere);
        }
    }
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

/// The sources that a claim names itself.
fn sources(claim: &ClaimReport) -> Vec<Arc<str>> {
    let of = |check: &CheckReport| {
        let others = check.others.iter().map(|other| other.source.clone());
        check.source.clone().into_iter().chain(others).collect::<Vec<_>>()
    };
    claim.checks.iter().flat_map(of).collect()
}

/// Whether a capture may be given away with a report for readers: what a server or another archive answered, and no copy
/// that a person supplied, nor a file of the desk.
pub fn may_give(capture: &CaptureReport) -> bool {
    !is_of_desk(capture) && capture.origin != Origin::Imported && capture.supplied_by.is_none()
}

/// A passage as a report for readers shows it.
pub fn excerpted(text: &str) -> String {
    excerpt::short(text, PASSAGE, "…")
}

fn claim(claim: &ClaimReport) -> ClaimReport {
    let mut claim = claim.clone();
    claim.line = 0;
    claim.expected = None;
    claim.proposed = None;
    if let Some(signed) = &mut claim.signed {
        signed.by = "the newsroom".to_owned();
        signed.why = "on reasons of its own".to_owned();
        signed.changed.clear();
    }
    claim.checks.iter_mut().for_each(check);
    claim
}

fn check(check: &mut CheckReport) {
    let local = check.capture.as_deref().is_some_and(is_of_desk) || check.source.as_deref().is_some_and(is_path);
    if local {
        check.source = check.source.as_ref().map(|_| FILE.into());
        check.outlet = None;
    }
    // It may name paths, servers and other claims.
    check.detail = None;
    check.capture.iter_mut().map(Arc::make_mut).for_each(capture);
    for shown in check.passage.as_deref_mut().into_iter().chain(&mut check.also) {
        passage(shown, local);
    }
    for other in check.others.iter_mut().chain(&mut check.elsewhere) {
        let local = other.capture.as_deref().is_some_and(is_of_desk) || is_path(&other.source);
        if local {
            other.source = FILE.into();
        }
        other.capture.iter_mut().map(Arc::make_mut).for_each(capture);
        other.passage.as_mut().into_iter().for_each(|shown| passage(shown, local));
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
    if capture.supplied_by.is_some() {
        capture.supplied_by = Some(PERSON.to_owned());
    }
}

/// Shortens a passage. Where its middle is left out its parts are no longer told. What stands around it in a file of
/// the desk was never printed, and is left out.
fn passage(passage: &mut PassageReport, local: bool) {
    if local {
        passage.before.clear();
        passage.after.clear();
    }
    let context = excerpt::context(passage, AROUND);
    let (before, after) = (context.before.to_owned(), context.after.to_owned());
    let text = excerpted(&passage.text);
    if text != passage.text {
        passage.parts.clear();
    }
    (passage.before, passage.after, passage.text) = (before, after, text);
}
