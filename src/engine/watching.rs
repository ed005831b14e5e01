//! Watching: a run of the stages, held against what the ledger knows → what became of the words, recorded.
//!
//! Before anything is called an edit, captures that older versions of the program read are read anew: what differs then
//! is our own change, and the publisher's is told from it.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::{EngineError, Evidence, Gathered, Listener, Settings, examine, gather};
use crate::extract;
use crate::history::{self, Channel, Entry, Known, Ledger};
use crate::matching::{self, Prepared};
use crate::model::observation::{CaptureSeen, Drift, DriftKind, Observation, PageSeen, Subject, Versions};
use crate::model::report::Report;
use crate::model::{Capture, CheckVerdict, Document, Manifest, Outcome, Reason, SourceKey, Zone};
use crate::plan::Holdings;

/// What one look at the claims of a manifest came to.
#[derive(Debug)]
pub struct Watch {
    /// The report of the run.
    pub report: Report,
    /// Number of the run in the ledger.
    pub run: i64,
    /// What became of the words since the last run, each thing once.
    pub drifts: Vec<Drift>,
}

/// The versions of this program's extractor and rules.
pub const VERSIONS: Versions = Versions { extractor: extract::EXTRACTOR_VERSION, rules: matching::RULES_VERSION };

/// Checks a manifest, compares with the ledger, and records the run. `name` is the manifest's in the ledger.
///
/// # Errors
///
/// When the archive or the ledger cannot be used; nothing of the run is in the ledger then.
pub async fn watch(
    manifest: &Manifest,
    name: &str,
    settings: &Settings,
    ledger: &Ledger,
    channels: &[Channel],
    listener: Listener<'_>,
) -> Result<Watch, EngineError> {
    let mut known = ledger.known(name).await?;
    if known.values().any(|known| known.last.as_ref().is_some_and(|seen| seen.observation.versions != VERSIONS)) {
        read_again(manifest, name, settings, ledger, &known, listener).await?;
        known = ledger.known(name).await?;
    }
    let gathered = gather(manifest, settings, listener).await?;
    let report = examine(manifest, &gathered, settings, listener);
    let mut observations = history::observe(&report, name, VERSIONS);
    let attempts = attempts(manifest, &gathered, settings);
    for observation in &mut observations {
        if let Some(attempt) = attempts.get(&observation.subject.source) {
            attempt.mark(observation);
        }
    }
    let held = ledger.pages().await?;
    let pages = pages(manifest, &gathered, &held, settings);
    let mut drifts: Vec<Drift> = observations
        .iter()
        .filter_map(|observation| known.get(&observation.subject).and_then(|known| history::drift(known, observation)))
        .collect();
    for page in &pages {
        let Some(before) = held.get(&page.source) else { continue };
        let resting: Vec<&Observation> =
            observations.iter().filter(|observation| observation.subject.source == page.source).collect();
        drifts.extend(history::page_drift(before, page, &resting));
    }
    let drifts = history::collapse(drifts);
    let entry = Entry {
        at: settings.now,
        manifest: name,
        versions: VERSIONS,
        known: &known,
        observations: &observations,
        pages: &pages,
        drifts: &drifts,
        channels,
    };
    let run = ledger.record(&entry).await?;
    Ok(Watch { report, run: run.number, drifts })
}

/// Reads the captures that were seen last with this version of the program, and records what it sees in them.
async fn read_again(
    manifest: &Manifest,
    name: &str,
    settings: &Settings,
    ledger: &Ledger,
    known: &HashMap<Subject, Known>,
    listener: Listener<'_>,
) -> Result<(), EngineError> {
    let newest: Option<Timestamp> = known
        .values()
        .filter_map(|known| known.last.as_ref()?.observation.capture.as_ref()?.captured.parse().ok())
        .max()
        // Reports give whole seconds: the rest of that second belongs to it.
        .map(|newest: Timestamp| newest.saturating_add(SignedDuration::from_secs(1)).unwrap_or(newest));
    let again = Settings { offline: true, refresh: false, before: newest, ..settings.clone() };
    let gathered = gather(manifest, &again, listener).await?;
    let report = examine(manifest, &gathered, &again, listener);
    let observations: Vec<Observation> = history::observe(&report, name, VERSIONS)
        .into_iter()
        // Only what was read before can be read again; a capture that is not held any more says nothing.
        .filter(|observation| observation.reason.is_none())
        .collect();
    let drifts: Vec<Drift> = observations
        .iter()
        .filter_map(|observation| history::drift(known.get(&observation.subject)?, observation))
        .filter(|drift| drift.kind == DriftKind::RulesChanged)
        .collect();
    let entry = Entry {
        at: settings.now,
        manifest: name,
        versions: VERSIONS,
        known,
        observations: &observations,
        pages: &[],
        drifts: &history::collapse(drifts),
        channels: &[],
    };
    ledger.record(&entry).await?;
    Ok(())
}

/// The newest attempt at a source, where it did not get the page.
struct Attempt {
    capture: Capture,
    reason: Reason,
}

impl Attempt {
    /// An earlier capture serves a check when the newest attempt failed; what the run saw of the source is the failure.
    fn mark(&self, observation: &mut Observation) {
        let seen = seen(&self.capture);
        let newest = observation.capture.as_ref().is_some_and(|capture| {
            capture.sha256 == seen.sha256 && capture.captured == seen.captured && capture.url == seen.url
        });
        if observation.reason.is_none() && newest {
            return;
        }
        *observation = Observation {
            capture: Some(seen),
            verdict: CheckVerdict::Unavailable,
            reason: Some(self.reason),
            flags: Vec::new(),
            passage: None,
            ..observation.clone()
        };
    }
}

/// The sources whose newest attempt did not get the page, by address.
fn attempts(manifest: &Manifest, gathered: &Gathered, settings: &Settings) -> HashMap<String, Attempt> {
    let evidence = Evidence::new(gathered, settings);
    let holdings = Holdings::new(&gathered.held);
    let mut attempts = HashMap::new();
    for source in manifest.sources.values() {
        let Some(capture) = holdings.newest(source) else { continue };
        let failure = match &capture.outcome {
            Outcome::Failed(failure) => Some(failure.clone()),
            Outcome::Body => crate::capture::failure_of(capture).or_else(|| match evidence.read(&capture.id) {
                Ok(read) => read.failure(),
                Err(failure) => Some(failure),
            }),
        };
        if let Some(failure) = failure {
            let attempt = Attempt { capture: capture.clone(), reason: failure.reason };
            attempts.insert(source.address().to_owned(), attempt);
        }
    }
    attempts
}

fn seen(capture: &Capture) -> CaptureSeen {
    CaptureSeen {
        url: capture.address.clone(),
        captured: super::look::date(capture),
        status: capture.status,
        sha256: capture.sha256.clone(),
        origin: capture.origin,
    }
}

/// What the page of each source is whose bytes the ledger does not know.
fn pages(
    manifest: &Manifest,
    gathered: &Gathered,
    known: &HashMap<String, PageSeen>,
    settings: &Settings,
) -> Vec<PageSeen> {
    let evidence = Evidence::new(gathered, settings);
    let mut pages: BTreeMap<String, PageSeen> = BTreeMap::new();
    for task in &gathered.plan.tasks {
        let Some(capture) = gathered.held.iter().find(|capture| capture.id == task.capture) else { continue };
        let sources: HashSet<&str> = task
            .looks
            .iter()
            .map(|look| manifest.sources.get(&look.source).map_or(look.source.0.as_str(), |source| source.address()))
            .filter(|source| known.get(*source).is_none_or(|page| page.capture.sha256 != capture.sha256))
            .collect();
        if sources.is_empty() {
            continue;
        }
        let Ok(read) = evidence.read(&task.capture) else { continue };
        // A wall is no state of the page.
        if read.failure().is_some() {
            continue;
        }
        let Some(document) = read.reading.document else { continue };
        let notices: Vec<String> = document
            .blocks
            .iter()
            .filter(|block| block.zone == Zone::Correction)
            .map(|block| document.slice(block.range).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let sketch = Prepared::new(&document).sketch().to_vec();
        for source in sources {
            let page = PageSeen {
                source: source.to_owned(),
                capture: seen(capture),
                title: document.title.clone(),
                notices: notices.clone(),
                sketch: sketch.clone(),
            };
            pages.insert(source.to_owned(), page);
        }
    }
    pages.into_values().collect()
}

/// Two captures of one source, read.
#[derive(Debug)]
pub struct Pair {
    /// The earlier one.
    pub before: Document,
    /// The later one.
    pub after: Document,
}

/// Reads two captures of a source: the last one until `from` (else the oldest), and the last one until `to` (else the
/// newest). `None` where the archive has no two that can be read.
///
/// # Errors
///
/// When the archive cannot be opened.
pub async fn two_captures(
    manifest: &Manifest,
    key: &SourceKey,
    settings: &Settings,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<Option<Pair>, EngineError> {
    // Every state counts, those of files too.
    let all = Settings { before: Some(Timestamp::MAX), ..settings.clone() };
    let gathered = gather(manifest, &all, &|_| ()).await?;
    let evidence = Evidence::new(&gathered, settings);
    let Some(source) = manifest.sources.get(key) else { return Ok(None) };
    let mut own: Vec<&Capture> = Holdings::new(&gathered.held).candidates(source, None);
    own.sort_by_key(|capture| capture.captured);
    let read = |capture: &&Capture| evidence.read(&capture.id).ok().and_then(|read| read.reading.document);
    let until = |limit: Timestamp| own.iter().rev().filter(move |capture| capture.captured <= limit);
    let before = match from {
        Some(from) => until(from).find_map(|capture| read(capture).map(|document| (capture.id.clone(), document))),
        None => own.iter().find_map(|capture| read(capture).map(|document| (capture.id.clone(), document))),
    };
    let after = until(to.unwrap_or(Timestamp::MAX))
        .find_map(|capture| read(capture).map(|document| (capture.id.clone(), document)));
    Ok(match (before, after) {
        (Some((first, before)), Some((second, after))) if first != second => Some(Pair { before, after }),
        _ => None,
    })
}
