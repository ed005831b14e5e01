//! A report held against the captures that it names: which of them go into a bundle, and whether its passages stand
//! there.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::{EngineError, Evidence, Gathered, Settings, gathering, look};
use crate::archive::{Archive, Mode};
use crate::extract::pdf::PdfEngine;
use crate::model::report::{CaptureReport, CheckReport, PassageReport, Report, Summary};
use crate::model::{Capture, CaptureId, Document};
use crate::plan::Plan;
use crate::report;

/// What holding a report against captures gave.
#[derive(Debug, Default)]
pub struct Compared {
    /// Passages that stand in their capture as the report has them.
    pub passages: usize,
    /// Captures that were read.
    pub captures: usize,
    /// Captures that the report names and that are not given away with a report for readers.
    pub withheld: usize,
    /// What does not agree.
    pub problems: Vec<Disagreement>,
}

/// Something that a report says and its captures do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The claim.
    pub claim: String,
    /// What does not agree.
    pub message: String,
}

/// A capture that a report names, with what it shows of it.
struct Shown<'r> {
    claim: &'r str,
    capture: &'r CaptureReport,
    passages: Vec<&'r PassageReport>,
}

fn shown(report: &Report) -> Vec<Shown<'_>> {
    let checks = report.claims.iter().flat_map(|claim| claim.checks.iter().map(move |check| (&*claim.id, check)));
    checks.flat_map(|(claim, check)| of_check(claim, check)).collect()
}

fn of_check<'r>(claim: &'r str, check: &'r CheckReport) -> Vec<Shown<'r>> {
    let own = check.capture.as_deref().map(|capture| Shown {
        claim,
        capture,
        passages: check.passage.as_deref().into_iter().chain(&check.also).collect(),
    });
    let others = check.others.iter().chain(&check.elsewhere);
    let others = others.filter_map(move |other| {
        Some(Shown {
            claim,
            capture: other.capture.as_deref()?,
            passages: other.passage.as_deref().into_iter().collect(),
        })
    });
    own.into_iter().chain(others).collect()
}

/// The capture of an archive that a report means.
fn meant<'a>(archive: &'a Archive, shown: &CaptureReport) -> Option<&'a Capture> {
    // Which engine read it, and what it noted, is said of the reading and not of the capture.
    let bare = CaptureReport { engine: None, notes: Vec::new(), ..shown.clone() };
    let mut same = archive.captures().iter().filter(|capture| capture.sha256 == bare.sha256);
    same.find(|capture| look::capture_report(capture) == bare)
}

/// The captures that a report names, in its order, each once; of a report for readers, those that may be given away.
pub fn named_captures(report: &Report, archive: &Archive, public: bool) -> Vec<CaptureId> {
    let mut seen = HashSet::new();
    shown(report)
        .iter()
        .filter(|shown| !public || report::may_give(shown.capture))
        .filter_map(|shown| meant(archive, shown.capture))
        .filter(|capture| seen.insert(&capture.id))
        .map(|capture| capture.id.clone())
        .collect()
}

/// The claims of a report that rest on any of these captures of an archive.
pub fn resting(report: &Report, archive: &Archive, captures: &BTreeSet<CaptureId>) -> BTreeSet<String> {
    let hit = |shown: &&Shown<'_>| meant(archive, shown.capture).is_some_and(|capture| captures.contains(&capture.id));
    shown(report).iter().filter(hit).map(|shown| shown.claim.to_owned()).collect()
}

/// Holds a report against a package of captures: each capture that it names must be there, and each passage must stand
/// where the report says. `public` reports shorten passages, and name captures that are not given away; `same_reader`
/// says whether texts are read as they were then, so that positions can be compared.
///
/// # Errors
///
/// When the package cannot be opened.
pub fn compare(
    report: &Report,
    package: Option<&Path>,
    public: bool,
    same_reader: bool,
    settings: &Settings,
) -> Result<Compared, EngineError> {
    let mut compared = Compared::default();
    let mut problem = |claim: &str, message: String| {
        let found = Disagreement { claim: claim.to_owned(), message };
        if !compared.problems.contains(&found) {
            compared.problems.push(found);
        }
    };
    if counts(report) != counted(&report.summary) {
        problem("", "the counts of the report are not those of its claims".to_owned());
    }
    let archive = match package {
        Some(package) => Some(Archive::open_with(
            package,
            Mode::Read,
            gathering::archive_options(settings, settings.privacy.clone()),
        )?),
        None => None,
    };
    let held = archive.map(|archive| Gathered {
        archive,
        held: Vec::new(),
        files: HashMap::new(),
        unreadable: HashMap::new(),
        plan: Plan::default(),
    });
    let evidence = held.as_ref().map(|held| (held, Evidence::new(held, settings)));
    let mut readings: HashMap<CaptureId, Vec<Document>> = HashMap::new();
    let (mut passages, mut withheld) = (0, HashSet::new());
    for shown in shown(report) {
        let CaptureReport { url, captured, sha256, .. } = shown.capture;
        if public && !report::may_give(shown.capture) {
            withheld.insert((url, captured, sha256));
            continue;
        }
        let capture = evidence.as_ref().and_then(|(held, _)| meant(&held.archive, shown.capture));
        let (Some(capture), Some((_, evidence))) = (capture, &evidence) else {
            problem(shown.claim, format!("the capture of {url} of {captured} is not among the captures"));
            continue;
        };
        if shown.passages.is_empty() {
            readings.entry(capture.id.clone()).or_default();
            continue;
        }
        let documents = match readings.entry(capture.id.clone()) {
            std::collections::hash_map::Entry::Occupied(entry) if !entry.get().is_empty() => entry.into_mut(),
            entry => {
                let read = match evidence.read_capture(capture) {
                    Ok(read) => read,
                    Err(failure) => {
                        problem(shown.claim, format!("the capture of {url} cannot be read: {}", failure.detail));
                        continue;
                    }
                };
                let mut documents: Vec<Document> = Vec::new();
                if shown.capture.engine.as_deref() == Some(PdfEngine::Second.name()) {
                    documents.extend(evidence.second(&read));
                }
                documents.extend(read.reading.document);
                entry.insert_entry(documents).into_mut()
            }
        };
        for passage in shown.passages {
            if documents.iter().any(|document| stands(document, passage, public, same_reader)) {
                passages += 1;
            } else {
                let words: String = passage.text.chars().take(60).collect();
                problem(
                    shown.claim,
                    format!("the passage “{words}” does not stand in the capture of {url} as reported"),
                );
            }
        }
    }
    (compared.passages, compared.captures, compared.withheld) = (passages, readings.len(), withheld.len());
    Ok(compared)
}

/// Whether a passage stands in a text where it says, with what it shows before and after.
fn stands(document: &Document, passage: &PassageReport, public: bool, same_reader: bool) -> bool {
    let text = &*document.text;
    if !same_reader {
        return text.contains(passage.text.split(" … ").next().unwrap_or(&passage.text));
    }
    let byte = |point: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(point);
    let (Some(start), Some(end)) = (byte(passage.start), byte(passage.end)) else { return false };
    let Some(there) = text.get(start..end) else { return false };
    let same = there == passage.text || public && report::excerpted(there) == passage.text;
    same && text[..start].ends_with(&passage.before) && text[end..].starts_with(&passage.after)
}

/// The numbers of a summary.
fn counted(summary: &Summary) -> Vec<usize> {
    let Summary { claims, passed, failed, open, signed, .. } = summary;
    let verdicts = crate::model::ClaimVerdict::ALL.map(|verdict| *summary.clone().of_mut(verdict));
    [*claims, *passed, *failed, *open, *signed].into_iter().chain(verdicts).collect()
}

/// The same numbers, counted from the claims.
fn counts(report: &Report) -> Vec<usize> {
    let mut summary = Summary { claims: report.claims.len(), ..Summary::default() };
    for claim in &report.claims {
        *summary.of_mut(claim.verdict) += 1;
        summary.signed += usize::from(claim.signed.as_ref().is_some_and(|signed| signed.valid));
        match (claim.passes, claim.verdict.is_open()) {
            (true, _) => summary.passed += 1,
            (false, true) => summary.open += 1,
            (false, false) => summary.failed += 1,
        }
    }
    counted(&summary)
}
