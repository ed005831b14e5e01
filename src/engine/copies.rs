//! The copies that a report rests on: the text of each capture, read again for those who want to see it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{EngineError, Evidence, Gathered, Settings, archive_path, gathering};
use crate::archive::{Archive, Mode};
use crate::model::report::{ArticleBlock, CaptureReport, PageCopy, Report};
use crate::model::{Capture, Document, Manifest, PointTable};
use crate::plan::Plan;

/// Code points of text that are read in all; what a report still shows of them is its own matter.
const TOGETHER: usize = 4_000_000;

/// Reads the captures that the checks of a report were made against, each once, in the order of the report. A capture
/// that is no longer there, or has no text, is left out.
///
/// # Errors
///
/// When the archive cannot be opened.
pub fn copies(manifest: &Manifest, settings: &Settings, report: &Report) -> Result<Vec<PageCopy>, EngineError> {
    let path = archive_path(manifest, settings.archive.as_deref());
    if !Path::new(&path).exists() {
        return Ok(Vec::new());
    }
    let archive =
        Archive::open_with(&path, Mode::Read, gathering::archive_options(settings, settings.privacy.clone()))?;
    let held = Gathered {
        archive,
        held: Vec::new(),
        files: HashMap::new(),
        unreadable: HashMap::new(),
        plan: Plan::default(),
    };
    let evidence = Evidence::new(&held, settings);
    let mut by_digest: HashMap<&str, Vec<&Capture>> = HashMap::new();
    for capture in held.archive.captures() {
        by_digest.entry(capture.sha256.as_str()).or_default().push(capture);
    }
    let mut copies = Vec::new();
    let mut seen: HashSet<(&str, &str, &str)> = HashSet::new();
    let mut left = TOGETHER;
    for shown in report.claims.iter().flat_map(|claim| &claim.checks).filter_map(|check| check.capture.as_deref()) {
        if !seen.insert((&shown.url, &shown.captured, &shown.sha256)) || shown.sha256.is_empty() {
            continue;
        }
        // Which engine read it, and what it noted, is said of the reading and not of the capture.
        let bare = CaptureReport { engine: None, notes: Vec::new(), ..shown.clone() };
        let same = |capture: &&&Capture| super::look::capture_report(capture) == bare;
        let Some(capture) = by_digest.get(shown.sha256.as_str()).and_then(|all| all.iter().find(same)) else {
            continue;
        };
        let Ok(read) = evidence.read_capture(capture) else { continue };
        let Some(document) = read.reading.document else { continue };
        let length = document.text.chars().count();
        let Some(rest) = left.checked_sub(length) else { continue };
        left = rest;
        copies.push(copy(shown, &document));
    }
    Ok(copies)
}

fn copy(capture: &CaptureReport, document: &Document) -> PageCopy {
    let points = PointTable::new(&document.text);
    let block = |block: &crate::model::Block| ArticleBlock {
        zone: block.zone,
        start: points.point(block.range.start as usize),
        text: document.slice(block.range).to_owned(),
    };
    PageCopy {
        capture: capture.clone(),
        title: document.title.clone(),
        blocks: document.blocks.iter().map(block).collect(),
    }
}
