//! Looking: one capture → what every claim that rests on it sees there, or why nobody could look.

use std::collections::HashMap;
use std::path::PathBuf;

use super::{Placed, Settings};
use crate::archive::{Archive, ArchiveError};
use crate::capture::failure_of;
use crate::extract::{self, Input};
use crate::matching::{self, Asked, Index};
use crate::model::report::CaptureReport;
use crate::model::{
    Capture, CaptureId, CheckKind, CheckVerdict, Completeness, Document, Failure, Flag, Look, Manifest, Obstacle,
    PointTable, Reason, Seen, Source, SourceKey,
};
use crate::plan::{Holdings, Task};
use crate::report;

/// The captures of a run, to be read one at a time. Shared by the threads that read them.
pub struct Evidence<'a> {
    archive: &'a Archive,
    files: &'a HashMap<CaptureId, PathBuf>,
    settings: &'a Settings,
}

/// What one capture came to when it was read.
pub(super) struct Read {
    pub(super) document: Option<Document>,
    obstacles: Vec<Obstacle>,
}

impl Read {
    /// Why the page is not the page, worst reason first.
    pub(super) fn failure(&self) -> Option<Failure> {
        self.obstacles.first().map(|obstacle| Failure::new(obstacle.reason, obstacle.detail.clone()))
    }
}

impl<'a> Evidence<'a> {
    pub(super) fn new(archive: &'a Archive, files: &'a HashMap<CaptureId, PathBuf>, settings: &'a Settings) -> Self {
        Self { archive, files, settings }
    }

    /// Reads one capture: its bytes, then its text. What its status means comes before what its text looks like.
    pub(super) fn read(&self, held: &[Capture], id: &CaptureId) -> Result<Read, Failure> {
        let Some(capture) = held.iter().find(|capture| capture.id == *id) else {
            return Err(Failure::new(Reason::Damaged, format!("the archive has no record {}", id.0)));
        };
        self.read_capture(capture)
    }

    /// The bytes of a capture, as decoded.
    pub(super) fn body(&self, capture: &Capture) -> Result<Vec<u8>, Failure> {
        match self.files.get(&capture.id) {
            Some(path) => std::fs::read(path)
                .map_err(|error| Failure::new(Reason::NoSuchFile, format!("cannot read {}: {error}", path.display()))),
            None => self.archive.body(&capture.id).map(|body| body.bytes).map_err(|error| match error {
                ArchiveError::NoBody { message, .. } => Failure::new(Reason::Damaged, message),
                error => Failure::new(Reason::Damaged, error.to_string()),
            }),
        }
    }

    fn read_capture(&self, capture: &Capture) -> Result<Read, Failure> {
        let bytes = self.body(capture)?;
        let input = Input { bytes: &bytes, content_type: capture.content_type.as_deref(), name: &capture.address };
        let reading = extract::extract(&input, &self.settings.extract);
        let mut obstacles = reading.obstacles;
        if let Some(Failure { reason, detail }) = failure_of(capture) {
            obstacles.insert(0, Obstacle { reason, detail });
        }
        Ok(Read { document: reading.document, obstacles })
    }

    /// Looks for everything that a task names.
    pub(super) fn look(&self, manifest: &Manifest, asked: &[Asked<'_>], held: &[Capture], task: &Task) -> Vec<Placed> {
        let capture = held.iter().find(|capture| capture.id == task.capture);
        let read = self.read(held, &task.capture);
        let source_of = |key: &SourceKey| manifest.sources.get(key);
        let all_fail = |failure: Failure| -> Vec<Placed> {
            task.looks
                .iter()
                .map(|planned| Placed {
                    claim: planned.claim,
                    source: planned.source.clone(),
                    looks: manifest.claims[planned.claim]
                        .checks
                        .iter()
                        .map(|_| failed(&planned.source, source_of(&planned.source), capture, failure.clone()))
                        .collect(),
                })
                .collect()
        };
        let (read, capture) = match (read, capture) {
            (Ok(read), Some(capture)) => (read, capture),
            (Err(failure), _) => return all_fail(failure),
            (Ok(_), None) => return all_fail(Failure::new(Reason::Damaged, "the capture is gone")),
        };
        let obstacle = read.failure();
        let Some(mut document) = read.document else {
            return all_fail(obstacle.unwrap_or_else(|| Failure::new(Reason::NoText, "there is no text")));
        };
        // Relative dates resolve against the source's own date, else the page's, else its capture.
        let said = task.looks.iter().find_map(|planned| source_of(&planned.source).and_then(|source| source.published));
        document.published =
            said.or(document.published).or(Some(capture.captured.to_zoned(jiff::tz::TimeZone::UTC).date()));
        let index = Index::new(&document);
        let points = PointTable::new(&document.text);
        let sketch = index.sketch();
        let shown = capture_report(capture);
        task.looks
            .iter()
            .map(|planned| {
                let claim = &manifest.claims[planned.claim];
                let source = source_of(&planned.source);
                let outlet = source.and_then(|source| source.outlet.clone()).or_else(|| document.outlet.clone());
                let looks = claim
                    .checks
                    .iter()
                    .map(|check| {
                        let finding = matching::find(check, &asked[planned.claim], &index);
                        let seen = report::present::seen_at(
                            &document,
                            &points,
                            &finding,
                            &check.text(&claim.statement),
                            sketch,
                        );
                        Look {
                            source: planned.source.clone(),
                            outlet: outlet.clone(),
                            capture: Some(shown.clone()),
                            seen: under(seen, obstacle.as_ref(), capture),
                        }
                    })
                    .collect();
                Placed { claim: planned.claim, source: planned.source.clone(), looks }
            })
            .collect()
    }

    /// A source whose capture is a wall may have another capture that is the page: an earlier one, or a copy.
    pub(super) fn look_behind_walls(
        &self,
        manifest: &Manifest,
        asked: &[Asked<'_>],
        held: &[Capture],
        results: &mut [Placed],
    ) {
        let blocked: Vec<usize> = (0..results.len())
            .filter(|number| {
                !results[*number].looks.is_empty() && results[*number].looks.iter().all(|look| look.seen.is_err())
            })
            .collect();
        if blocked.is_empty() {
            return;
        }
        let holdings = Holdings::new(held);
        for number in blocked {
            let (claim, key) = (results[number].claim, results[number].source.clone());
            let Some(source) = manifest.sources.get(&key) else { continue };
            for other in holdings.candidates(source, manifest.claims[claim].as_of).into_iter().skip(1).take(3) {
                let task = Task {
                    capture: other.id.clone(),
                    looks: vec![crate::plan::PlannedLook { claim, source: key.clone() }],
                };
                let Some(again) = self.look(manifest, asked, held, &task).pop() else { continue };
                if again.looks.iter().any(|look| look.seen.is_ok()) {
                    results[number] = again;
                    break;
                }
            }
        }
    }
}

impl Evidence<'_> {
    /// Before a quotation is called absent, the other captures of the run are looked through, one at a time: where it
    /// stands in one of them, its source is named.
    pub(super) fn look_elsewhere(&self, manifest: &Manifest, held: &[Capture], tasks: &[Task], results: &mut [Placed]) {
        let mut wanted: Vec<Wanted> = Vec::new();
        let mut by_claim: Vec<Vec<usize>> = manifest.claims.iter().map(|_| Vec::new()).collect();
        for (at, placed) in results.iter().enumerate() {
            by_claim[placed.claim].push(at);
        }
        for (number, (claim, own)) in manifest.claims.iter().zip(by_claim).enumerate() {
            for check in 0..claim.checks.len() {
                let absent = |at: &usize| {
                    results[*at].looks[check].seen.as_ref().is_ok_and(|seen| seen.verdict == CheckVerdict::Absent)
                };
                if !own.is_empty() && own.iter().all(absent) && matches!(claim.checks[check].kind, CheckKind::Quote(_))
                {
                    wanted.push(Wanted { claim: number, check, looks: own.clone() });
                }
            }
        }
        for task in tasks {
            if wanted.is_empty() {
                return;
            }
            let open: Vec<usize> =
                (0..wanted.len()).filter(|at| !task.looks.iter().any(|look| look.claim == wanted[*at].claim)).collect();
            if open.is_empty() {
                continue;
            }
            let Ok(Read { document: Some(document), .. }) = self.read(held, &task.capture) else { continue };
            let index = Index::new(&document);
            let found: Vec<usize> = open
                .into_iter()
                .filter(|at| matching::carries(&manifest.claims[wanted[*at].claim].checks[wanted[*at].check], &index))
                .collect();
            let name = task.looks.first().map_or("", |look| look.source.0.as_str());
            let address =
                task.looks.first().and_then(|look| manifest.sources.get(&look.source)).map_or(name, Source::address);
            for at in found.iter().rev() {
                let Wanted { check, looks, .. } = wanted.swap_remove(*at);
                for look in looks {
                    if let Ok(seen) = &mut results[look].looks[check].seen {
                        add(seen, Flag::Elsewhere);
                        seen.detail = Some(format!("not in this source, but it stands in {address}"));
                    }
                }
            }
        }
    }
}

/// A quotation that is absent from all sources of its claim.
struct Wanted {
    claim: usize,
    check: usize,
    /// Its looks, as indices of the results.
    looks: Vec<usize>,
}

/// What a finding is worth on a page that is not whole or not the page: words that stand there keep their verdict with a
/// caution, words that do not are never called absent.
fn under(mut seen: Seen, obstacle: Option<&Failure>, capture: &Capture) -> Result<Seen, Failure> {
    if let Some(failure) = obstacle {
        if !seen.verdict.is_good() {
            return Err(failure.clone());
        }
        add(&mut seen, Flag::Obstacle);
    }
    if capture.completeness == Completeness::Truncated {
        if seen.verdict == CheckVerdict::Absent {
            return Err(Failure::new(
                Reason::Truncated,
                "the transfer was cut off, and the words are not in what arrived",
            ));
        }
        add(&mut seen, Flag::TruncatedCapture);
    }
    Ok(seen)
}

fn add(seen: &mut Seen, flag: Flag) {
    if !seen.flags.contains(&flag) {
        seen.flags.push(flag);
        seen.flags.sort_unstable();
    }
}

/// A look that nobody could take.
pub(super) fn failed(key: &SourceKey, source: Option<&Source>, attempt: Option<&Capture>, failure: Failure) -> Look {
    Look {
        source: key.clone(),
        outlet: source.and_then(|source| source.outlet.clone()),
        capture: attempt.map(capture_report),
        seen: Err(failure),
    }
}

/// A capture at the outer edge.
fn capture_report(capture: &Capture) -> CaptureReport {
    CaptureReport {
        url: capture.address.clone(),
        captured: capture.captured.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        status: capture.status,
        media_type: capture
            .content_type
            .as_deref()
            .map(|value| value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()),
        sha256: capture.sha256.clone(),
        origin: capture.origin,
    }
}
