//! Watching: a run of the stages, held against what the ledger knows → what became of the words, recorded.
//!
//! Before anything is called an edit, captures that older versions of the program read are read anew: what differs then
//! is our own change, and the publisher's is told from it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::look::View;
use super::{EngineError, Evidence, Examined, Gathered, Listener, Refresh, Settings, examine, gather};
use crate::extract;
use crate::history::{self, Channel, Entry, Known, Ledger, Telling};
use crate::matching;
use crate::model::observation::{CaptureSeen, Drift, DriftKind, Observation, PageSeen, Subject, Versions};
use crate::model::report::Report;
use crate::model::words::single_spaced;
use crate::model::{Capture, CheckVerdict, Document, Manifest, Outcome, Reason, SourceKey, Zone};
use crate::plan::Holdings;

/// What one look at the claims of a manifest came to.
#[derive(Debug)]
pub struct Watch {
    /// The report of the run.
    pub report: Report,
    /// Number of the run in the ledger.
    pub run: i64,
    /// What became of the words since the last run of a watch, each thing once: what checks noticed in between, and what
    /// is new.
    pub drifts: Vec<Drift>,
}

/// The versions of this program's extractor and rules.
pub const VERSIONS: Versions = Versions { extractor: extract::EXTRACTOR_VERSION, rules: matching::RULES_VERSION };

/// What a run saw, ready for the ledger.
#[derive(Debug, Clone)]
pub struct Observed {
    observations: Vec<Observation>,
    pages: Vec<PageSeen>,
}

/// What a run saw, held against what the ledger knew.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// What became of the words since the last look, each thing once.
    pub drifts: Vec<Drift>,
    /// The claims that nobody had looked at before, or that were edited since.
    pub unseen: BTreeSet<String>,
    /// Whether the manifest was looked at before at all.
    pub known: bool,
}

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
    let known = known(manifest, name, settings, ledger, listener).await?;
    let (report, observed) = look(manifest, name, settings, listener).await?;
    let held = ledger.pages().await?;
    let drifts = drifts(&observed, &known, &held);
    let pages: Vec<PageSeen> = observed.pages.into_iter().filter(|page| is_new(page, &held)).collect();
    let entry = Entry {
        at: settings.now,
        manifest: name,
        versions: VERSIONS,
        known: &known,
        observations: &observed.observations,
        pages: &pages,
        drifts: &drifts,
        telling: Telling::Now(channels),
    };
    let mut told = ledger.owed(name).await?;
    let run = ledger.record(&entry).await?;
    told.extend(drifts);
    Ok(Watch { report, run: run.number, drifts: told })
}

/// Checks a manifest, and keeps what was seen for [`note`].
///
/// # Errors
///
/// When the archive cannot be opened or written.
pub async fn check_observing(
    manifest: &Manifest,
    name: &str,
    settings: &Settings,
    listener: Listener<'_>,
) -> Result<(Report, Observed), EngineError> {
    look(manifest, name, settings, listener).await
}

/// Compares what a check saw with the ledger, and records what is new. A check reads what is archived, so that most of
/// the time it sees nothing that was not seen before: only newer captures count as looks, and a capture that was tried
/// once is not tried again. What it notices is left to be told by the next run of [`watch`].
///
/// # Errors
///
/// When the archive or the ledger cannot be used; nothing of the run is in the ledger then.
pub async fn note(
    manifest: &Manifest,
    name: &str,
    settings: &Settings,
    observed: &Observed,
    ledger: &Ledger,
    listener: Listener<'_>,
) -> Result<Noted, EngineError> {
    let known = known(manifest, name, settings, ledger, listener).await?;
    let held = ledger.pages().await?;
    let last = |subject: &Subject| known.get(subject).and_then(|known| known.last.as_ref());
    let is_look = |observation: &&Observation| {
        if observation.reason == Some(Reason::NotCaptured) {
            return false;
        }
        let Some(last) = last(&observation.subject) else { return true };
        match (&last.observation.capture, &observation.capture) {
            (before, now) if before == now => !last.says_the_same(observation),
            (Some(before), Some(now)) => now.captured >= before.captured,
            _ => true,
        }
    };
    let unseen: BTreeSet<String> = observed
        .observations
        .iter()
        .filter(|observation| last(&observation.subject).is_none())
        .map(|observation| observation.subject.claim.clone())
        .collect();
    let observed = Observed {
        observations: observed.observations.iter().filter(is_look).cloned().collect(),
        pages: observed
            .pages
            .iter()
            .filter(|page| is_new(page, &held))
            .filter(|page| held.get(&page.source).is_none_or(|old| old.capture.captured < page.capture.captured))
            .cloned()
            .collect(),
    };
    let drifts = drifts(&observed, &known, &held);
    let edited = drifts.iter().filter(|drift| drift.kind == DriftKind::ClaimEdited);
    let noted = Noted {
        unseen: unseen.into_iter().chain(edited.flat_map(|drift| drift.claims.iter().cloned())).collect(),
        known: !known.is_empty(),
        drifts,
    };
    if observed.observations.is_empty() && observed.pages.is_empty() {
        return Ok(noted);
    }
    let entry = Entry {
        at: settings.now,
        manifest: name,
        versions: VERSIONS,
        known: &known,
        observations: &observed.observations,
        pages: &observed.pages,
        drifts: &noted.drifts,
        telling: Telling::Later,
    };
    ledger.record(&entry).await?;
    Ok(noted)
}

/// What the ledger knows, once everything in it was read by this version of the program.
async fn known(
    manifest: &Manifest,
    name: &str,
    settings: &Settings,
    ledger: &Ledger,
    listener: Listener<'_>,
) -> Result<HashMap<Subject, Known>, EngineError> {
    let known = ledger.known(name).await?;
    if known.values().any(|known| known.last.as_ref().is_some_and(|seen| seen.observation.versions != VERSIONS)) {
        read_again(manifest, name, settings, ledger, &known, listener).await?;
        return Ok(ledger.known(name).await?);
    }
    Ok(known)
}

/// Looks at every claim of a manifest.
async fn look(
    manifest: &Manifest,
    name: &str,
    settings: &Settings,
    listener: Listener<'_>,
) -> Result<(Report, Observed), EngineError> {
    let gathered = gather(manifest, settings, listener).await?;
    let Examined { report, pages: read } = examine(manifest, &gathered, settings, listener);
    let mut observations = history::observe(&report, name, VERSIONS);
    let attempts = attempts(manifest, &gathered, settings, &observations);
    for observation in &mut observations {
        if let Some(attempt) = attempts.get(&observation.subject.source) {
            attempt.mark(observation);
        }
    }
    Ok((report, Observed { observations, pages: pages(manifest, &gathered, &read) }))
}

fn is_new(page: &PageSeen, held: &HashMap<String, PageSeen>) -> bool {
    held.get(&page.source).is_none_or(|old| old.capture.sha256 != page.capture.sha256)
}

/// What became of the words, and of the pages that are new.
fn drifts(observed: &Observed, known: &HashMap<Subject, Known>, held: &HashMap<String, PageSeen>) -> Vec<Drift> {
    let observations = &observed.observations;
    let mut drifts: Vec<Drift> = observations
        .iter()
        .filter_map(|observation| known.get(&observation.subject).and_then(|known| history::drift(known, observation)))
        .collect();
    for page in observed.pages.iter().filter(|page| is_new(page, held)) {
        let Some(before) = held.get(&page.source) else { continue };
        let resting: Vec<&Observation> =
            observations.iter().filter(|observation| observation.subject.source == page.source).collect();
        drifts.extend(history::page_drift(before, page, &resting));
    }
    history::collapse(drifts)
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
    let again = Settings { offline: true, refresh: Refresh::Never, before: newest, ..settings.clone() };
    let gathered = gather(manifest, &again, listener).await?;
    let report = examine(manifest, &gathered, &again, listener).report;
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
        telling: Telling::Now(&[]),
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

/// The sources whose newest attempt did not get the page, by address. What the run read already is not read again.
fn attempts(
    manifest: &Manifest,
    gathered: &Gathered,
    settings: &Settings,
    observations: &[Observation],
) -> HashMap<String, Attempt> {
    let evidence = Evidence::new(gathered, settings);
    let holdings = Holdings::new(&gathered.held);
    let mut by_source: HashMap<&str, Vec<&Observation>> = HashMap::new();
    for observation in observations {
        by_source.entry(&observation.subject.source).or_default().push(observation);
    }
    let mut attempts = HashMap::new();
    for source in manifest.sources.values() {
        let Some(capture) = holdings.newest(source) else { continue };
        let newest = seen(capture);
        let read =
            |observation: &&Observation| observation.reason.is_none() && observation.capture.as_ref() == Some(&newest);
        if by_source.get(source.address()).is_none_or(|all| all.iter().all(read)) {
            continue;
        }
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

/// What is remembered of a page that was read.
#[derive(Debug)]
pub(super) struct PageRead {
    /// Number of the task that read it.
    task: usize,
    title: Option<String>,
    notices: Vec<String>,
    sketch: Vec<u64>,
}

impl PageRead {
    pub(super) fn new(task: usize, view: &View<'_>) -> Self {
        let document = view.prepared().document();
        let notices = document.blocks.iter().filter(|block| block.zone == Zone::Correction);
        let notices = notices.map(|block| single_spaced(document.slice(block.range)));
        Self { task, title: document.title.clone(), notices: notices.collect(), sketch: view.sketch().to_vec() }
    }
}

/// What the page of each source is.
fn pages(manifest: &Manifest, gathered: &Gathered, read: &[PageRead]) -> Vec<PageSeen> {
    let mut pages: BTreeMap<String, PageSeen> = BTreeMap::new();
    for page in read {
        let Some(task) = gathered.plan.tasks.get(page.task) else { continue };
        let Some(capture) = gathered.held.iter().find(|capture| capture.id == task.capture) else { continue };
        for look in &task.looks {
            let source = manifest.sources.get(&look.source);
            let source = source.map_or(&*look.source.0, |source| source.address());
            pages.entry(source.to_owned()).or_insert_with(|| PageSeen {
                source: source.to_owned(),
                capture: seen(capture),
                title: page.title.clone(),
                notices: page.notices.clone(),
                sketch: page.sketch.clone(),
            });
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
