//! The engine: the only place that knows the order of the eight stages. Callers bring a manifest and settings and get a
//! report; nothing here prints, and what time it is comes in from outside.
//!
//! Captures are read one at a time per core, each once, however many claims rest on it; what was seen leaves the
//! document behind, so memory is bounded by the largest page and the report, not by the archive.

mod article;
mod bundle;
mod copies;
mod draft;
mod elsewhere;
mod gathering;
mod held;
mod later;
mod look;
mod reader;
mod render;
mod rescue;
mod retention;
mod stated;
mod watching;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::archive::{ArchiveError, DecodeLimits, Privacy};
use crate::capture;
use crate::extract;
use crate::history::LedgerError;
use crate::judge;
use crate::manifest;
use crate::matching::{self, Control};
use crate::model::report::{Controls, Report};
use crate::model::{Capture, Claim, Failure, Flag, Look, Manifest, Reason, SourceKey};

pub use crate::plan::Refresh;
pub use bundle::{Compared, Disagreement, compare, named_captures, resting};
pub use copies::copies;
pub use draft::{ArticleText, article_file, article_url, draft, gaps};
use elsewhere::Seek;
use gathering::{Gathered, gather};
pub use gathering::{archive_path, as_written};
pub use held::held;
use look::{Evidence, Looked, Questions};
pub use reader::{Reader, answer};
pub use render::{Render, RenderWhen};
pub use retention::{Retention, droppable};
pub use watching::{Noted, Observed, Pair, VERSIONS, Watch, check_observing, note, two_captures, watch};

/// What a run may do, and its limits.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Opens no socket.
    pub offline: bool,
    /// What is captured again although it is held already. Default: nothing.
    pub refresh: Refresh,
    /// Reads files outside the manifest's folder.
    pub allow_outside: bool,
    /// What is left out of the archive.
    pub privacy: Privacy,
    /// The archive, in place of the one that the manifest names.
    pub archive: Option<PathBuf>,
    /// How to capture.
    pub capture: capture::Settings,
    /// Where other archives are asked for copies of pages that are gone. Default: nowhere.
    pub memento: capture::Memento,
    /// Whether pages are handed to the save service of [`Self::memento`] once they are captured. Default: no.
    pub save: bool,
    /// How pages are rendered that only scripts fill.
    pub render: Render,
    /// How far a stored body is unpacked; how much of it there may be is [`Self::extract`]'s.
    pub decode: DecodeLimits,
    /// Limits of extraction.
    pub extract: extract::Limits,
    /// How PDFs are read.
    pub reader: Reader,
    /// Threads that read captures. Default: one per core.
    pub threads: usize,
    /// Captures made later do not serve.
    pub before: Option<Timestamp>,
    /// What time it is.
    pub now: Timestamp,
}

impl Settings {
    /// The defaults at a given time.
    pub fn at(now: Timestamp) -> Self {
        Self {
            offline: false,
            refresh: Refresh::Never,
            allow_outside: false,
            privacy: Privacy::default(),
            archive: None,
            capture: capture::Settings::default(),
            memento: capture::Memento::default(),
            save: false,
            render: Render::default(),
            decode: DecodeLimits::default(),
            extract: extract::Limits::default(),
            reader: Reader::default(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            before: None,
            now,
        }
    }
}

/// What a run tells while it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// These URLs will be captured.
    Capturing(Vec<String>),
    /// One of them is done, or has failed.
    Captured {
        /// The URL.
        url: String,
        /// Why it failed, if it did.
        failure: Option<Failure>,
    },
    /// So many captures will be read.
    Checking(usize),
    /// One of them was read.
    Checked,
    /// An attempt at one of them failed in a way that may pass; it will be made again.
    Waiting {
        /// The URL.
        url: String,
        /// What came of the attempt.
        failure: Option<Failure>,
    },
    /// Something that was done beside what was asked for.
    Noted(String),
    /// Something that people should know and that does not end the run.
    Warning(String),
}

/// What ends a run: everything else is a finding or a failure, and stands in the report.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The archive cannot be used.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The history cannot be used.
    #[error(transparent)]
    History(#[from] LedgerError),
}

/// Who is told of [`Event`]s.
pub type Listener<'l> = &'l (dyn Fn(Event) + Sync);

/// Captures what the archive lacks: stages 2 and 3.
///
/// # Errors
///
/// When the archive cannot be opened or written.
pub async fn capture(
    manifest: &Manifest,
    settings: &Settings,
    listener: Listener<'_>,
) -> Result<Vec<Capture>, EngineError> {
    Ok(gather(manifest, settings, listener).await?.held)
}

/// Captures what the archive lacks, checks every claim, and reports: all stages.
///
/// # Errors
///
/// When the archive cannot be opened or written.
pub async fn check(manifest: &Manifest, settings: &Settings, listener: Listener<'_>) -> Result<Report, EngineError> {
    let gathered = gather(manifest, settings, listener).await?;
    // Reading is work for the cores, not for the runtime: the caller's thread waits for it.
    Ok(examine(manifest, &gathered, settings, listener).report)
}

/// Reads the text of one source of a manifest. A reading that comes back has a document; its obstacles say what stands
/// in the way all the same.
///
/// # Errors
///
/// When the archive cannot be opened or written; a source that cannot be read is the inner failure.
pub async fn read(
    manifest: &Manifest,
    settings: &Settings,
    listener: Listener<'_>,
) -> Result<Result<crate::model::Reading, Failure>, EngineError> {
    let gathered = gather(manifest, settings, listener).await?;
    if let Some(unreadable) = gathered.plan.unreadable.first() {
        return Ok(Err(gathered.failure(manifest, unreadable).clone()));
    }
    let Some(task) = gathered.plan.tasks.first() else {
        return Ok(Err(Failure::new(Reason::NotCaptured, "nothing was captured")));
    };
    let evidence = Evidence::new(&gathered, settings);
    Ok(evidence.read(&task.capture).and_then(|read| match (read.failure(), read.reading.document.is_some()) {
        (Some(failure), false) => Err(failure),
        _ => Ok(read.reading),
    }))
}

/// One look with its place in the report.
struct Placed {
    claim: usize,
    source: SourceKey,
    /// One per check of the claim.
    looks: Vec<Look>,
    /// Whether what was read is a live blog.
    live: bool,
}

/// What reading every capture came to.
struct Examined {
    report: Report,
    /// What is remembered of each page that was read and that nothing stood in front of.
    pages: Vec<watching::PageRead>,
}

/// Reads every capture once and judges every claim: stages 4 to 6.
fn examine(manifest: &Manifest, gathered: &Gathered, settings: &Settings, listener: Listener<'_>) -> Examined {
    // Every figure of the manifest at once takes room: first, while nothing else is held.
    let conflicts = matching::figure::conflicts(manifest);
    let questions = Questions::new(manifest);
    let evidence = Evidence::new(gathered, settings);
    let seek = Seek::new(manifest);
    let tasks = &gathered.plan.tasks;
    listener(Event::Checking(tasks.len()));
    let numbers: Vec<usize> = (0..tasks.len()).collect();
    let looked = on_every_core(settings.threads, &numbers, |number| {
        let task = &tasks[*number];
        let looked = evidence.look(manifest, &questions, task, |view, obstacle| {
            let page = obstacle.is_none().then(|| watching::PageRead::new(*number, view));
            (evidence.sift(manifest, &questions, &seek, *number, view, obstacle), page)
        });
        listener(Event::Checked);
        looked
    });
    let mut controls = Controls::default();
    let (mut results, mut candidates, mut pages) = (Vec::new(), Vec::new(), Vec::new());
    for Looked { placed, sifted, control } in looked {
        controls.count(control.as_ref());
        results.extend(placed);
        let (sifted, page) = sifted;
        candidates.extend(sifted);
        pages.extend(page);
    }
    evidence.look_behind_walls(manifest, &questions, &mut results);
    evidence.look_at_earlier_entries(manifest, &questions, &mut results);
    evidence.look_at_later_copies(manifest, &questions, &mut results);
    let found = evidence.look_elsewhere(manifest, &questions, &seek, candidates, &mut results);
    results.extend(gathered.plan.unreadable.iter().map(|unreadable| {
        let claim = &manifest.claims[unreadable.claim];
        let source = manifest.sources.get(&unreadable.source);
        let failure = gathered.failure(manifest, unreadable);
        let attempt = unreadable.capture.as_ref().and_then(|id| evidence.capture(id));
        let looks =
            claim.checks.iter().map(|_| look::failed(&unreadable.source, source, attempt, failure.clone())).collect();
        Placed { claim: unreadable.claim, source: unreadable.source.clone(), looks, live: false }
    }));
    let mut printed = article::printed(manifest, settings);
    let mut by_claim: Vec<Vec<Placed>> = manifest.claims.iter().map(|_| Vec::new()).collect();
    for placed in results {
        let own = &mut by_claim[placed.claim];
        // Most claims have one source: no room is made for more.
        own.reserve_exact(1);
        own.push(placed);
    }
    let addresses: HashMap<&SourceKey, Arc<str>> = manifest
        .sources
        .iter()
        .map(|(key, source)| (key, crate::model::address::shown(source.address()).into()))
        .collect();
    let address = |look: &Look| {
        addresses.get(&look.source).map_or_else(|| crate::model::address::shown(&look.source.0).into(), Arc::clone)
    };
    let mut claims: Vec<_> = manifest
        .claims
        .iter()
        .zip(by_claim)
        .enumerate()
        .map(|(number, (claim, mut placed))| {
            placed.sort_by_key(|placed| claim.sources.iter().position(|key| *key == placed.source));
            let mut checks: Vec<Vec<Look>> = claim.checks.iter().map(|_| Vec::new()).collect();
            for placed in placed {
                for (check, look) in checks.iter_mut().zip(placed.looks) {
                    check.push(look);
                }
            }
            if printed.as_ref().is_some_and(|printed| printed.lacks(number)) {
                mark(&mut checks, Flag::NotPrinted);
            }
            let mut judged =
                judge::judge(claim, checks, &address, &|verdict, checks| manifest::seal_state(claim, verdict, checks));
            judged.at = printed.as_mut().map(|printed| printed.take_places(number)).unwrap_or_default();
            judged
        })
        .collect();
    let name = named(&manifest.path);
    elsewhere::attach(manifest, found, &mut claims);
    let mut report = Report { controls, ..judge::report(manifest, name, &conflicts, claims) };
    if let (Some(article), Some(printed)) = (&mut report.article, printed) {
        article.blocks = printed.blocks;
    }
    Examined { report, pages }
}

/// The manifest as a report names it: its path as it was given, so that a desk finds it from where it ran; of a path from
/// the root, only the file's name, which says nothing of the machine.
fn named(path: &Path) -> String {
    let shown = if path.is_relative() { path } else { path.file_name().map_or(path, Path::new) };
    let shown = shown.strip_prefix(".").unwrap_or(shown);
    let parts: Vec<String> = shown.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if parts.is_empty() { "claims.toml".to_owned() } else { parts.join("/") }
}

impl Controls {
    /// Counts what came of the controls on one capture.
    fn count(&mut self, control: Option<&Control>) {
        match control {
            None => {}
            Some(Control::Passed) => (self.sources, self.ran) = (self.sources + 1, self.ran + 2),
            Some(Control::Failed(_)) => {
                (self.sources, self.ran, self.failed) = (self.sources + 1, self.ran + 2, self.failed + 1);
            }
            Some(Control::Impossible) => (self.sources, self.without) = (self.sources + 1, self.without + 1),
        }
    }
}

/// Does `work` for every item, on so many threads, and hands out what came of it in the order of the items.
fn on_every_core<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        let take = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(number) else { return };
                let result = work(item);
                results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((number, result));
            }
        };
        // The caller's thread is one of them: what its pages took of memory serves the report afterwards.
        for _ in 1..threads.clamp(1, items.len().max(1)) {
            scope.spawn(take);
        }
        take();
    });
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_unstable_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

fn mark(checks: &mut [Vec<Look>], flag: Flag) {
    for look in checks.iter_mut().flatten() {
        if let Ok(seen) = &mut look.seen {
            look::add(seen, flag);
        }
    }
}

/// The claim that a bare quotation or figure makes, for `onrecord find`.
pub fn single_claim(
    kind: crate::model::CheckKind,
    statement: String,
    speaker: Option<String>,
    via: Vec<String>,
    sources: Vec<SourceKey>,
) -> Claim {
    Claim { id: crate::model::ClaimId("find".to_owned()), speaker, via, sources, ..Claim::of(statement, kind) }
}
