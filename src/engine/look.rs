//! Looking: one capture → what every claim that rests on it sees there, or why nobody could look.
//!
//! Before anything is said of a capture it goes through its controls; one that fails them says nothing at all.

use std::collections::HashMap;
use std::path::PathBuf;

use super::{Gathered, Placed, Settings};
use crate::archive::{Archive, ArchiveError};
use crate::capture::failure_of;
use crate::extract::{self, Input};
use crate::matching::{self, Asked, Control, Prepared};
use crate::model::report::CaptureReport;
use crate::model::{
    Capture, CaptureId, CheckVerdict, Completeness, Document, Failure, Flag, Look, Manifest, Obstacle, PointTable,
    Reason, Seen, Source, SourceKey,
};
use crate::plan::{Holdings, Plan, Task};
use crate::report;

/// The captures of a run, to be read one at a time. Shared by the threads that read them.
pub(super) struct Evidence<'a> {
    archive: &'a Archive,
    files: &'a HashMap<CaptureId, PathBuf>,
    held: &'a [Capture],
    by_id: HashMap<&'a CaptureId, usize>,
    pub(super) plan: &'a Plan,
    pub(super) settings: &'a Settings,
}

/// The claims of a manifest as the matcher needs them, each prepared when a capture is there to be asked: all of them
/// together would take more memory than the pages.
pub(super) struct Questions<'m> {
    manifest: &'m Manifest,
    published: Option<jiff::civil::Date>,
}

impl<'m> Questions<'m> {
    /// The questions of a manifest.
    pub(super) fn new(manifest: &'m Manifest) -> Self {
        Self { manifest, published: manifest.article.as_ref().and_then(|article| article.published) }
    }

    /// A claim, prepared.
    pub(super) fn of(&self, claim: usize) -> Asked<'m> {
        let claim = &self.manifest.claims[claim];
        let sources: Vec<&Source> = claim.sources.iter().filter_map(|key| self.manifest.sources.get(key)).collect();
        Asked::new(claim, &sources, self.published)
    }
}

/// What came of looking at one capture.
pub(super) struct Looked<S> {
    /// What each claim that rests on it sees there.
    pub(super) placed: Vec<Placed>,
    /// What the caller made of the document.
    pub(super) sifted: S,
    /// What came of its controls; `None` where there was nothing to control.
    pub(super) control: Option<Control>,
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
    /// The evidence of a run.
    pub(super) fn new(gathered: &'a Gathered, settings: &'a Settings) -> Self {
        let Gathered { archive, held, files, plan, .. } = gathered;
        let by_id = held.iter().enumerate().map(|(number, capture)| (&capture.id, number)).collect();
        Self { archive, files, held, by_id, plan, settings }
    }

    /// A capture that is held.
    pub(super) fn capture(&self, id: &CaptureId) -> Option<&'a Capture> {
        self.by_id.get(id).map(|number| &self.held[*number])
    }

    /// Reads one capture: its bytes, then its text. What its status means comes before what its text looks like.
    pub(super) fn read(&self, id: &CaptureId) -> Result<Read, Failure> {
        match self.capture(id) {
            Some(capture) => self.read_capture(capture),
            None => Err(Failure::new(Reason::Damaged, format!("the archive has no record {}", id.0))),
        }
    }

    pub(super) fn read_capture(&self, capture: &Capture) -> Result<Read, Failure> {
        let bytes = match self.files.get(&capture.id) {
            Some(path) => std::fs::read(path).map_err(|error| {
                Failure::new(Reason::NoSuchFile, format!("cannot read {}: {error}", path.display()))
            })?,
            None => {
                self.archive
                    .body(&capture.id)
                    .map_err(|error| match error {
                        ArchiveError::NoBody { message, .. } => Failure::new(Reason::Damaged, message),
                        error => Failure::new(Reason::Damaged, error.to_string()),
                    })?
                    .bytes
            }
        };
        let input = Input { bytes: &bytes, content_type: capture.content_type.as_deref(), name: &capture.address };
        let reading = extract::extract(&input, &self.settings.extract);
        let mut obstacles = reading.obstacles;
        if let Some(Failure { reason, detail }) = failure_of(capture) {
            obstacles.insert(0, Obstacle { reason, detail });
        }
        Ok(Read { document: reading.document, obstacles })
    }

    /// Looks for everything that a task names. `sift` gets the document as well, if it can be trusted.
    pub(super) fn look<S: Default>(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        task: &Task,
        sift: impl FnOnce(&Prepared<'_>) -> S,
    ) -> Looked<S> {
        let capture = self.capture(&task.capture);
        let read = self.read(&task.capture);
        let source_of = |key: &SourceKey| manifest.sources.get(key);
        let all_fail = |failure: Failure, control: Option<Control>| -> Looked<S> {
            let placed = task
                .looks
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
                .collect();
            Looked { placed, sifted: S::default(), control }
        };
        let (read, capture) = match (read, capture) {
            (Ok(read), Some(capture)) => (read, capture),
            (Err(failure), _) => return all_fail(failure, None),
            (Ok(_), None) => return all_fail(Failure::new(Reason::Damaged, "the capture is gone"), None),
        };
        let obstacle = read.failure();
        let Some(mut document) = read.document else {
            return all_fail(obstacle.unwrap_or_else(|| Failure::new(Reason::NoText, "there is no text")), None);
        };
        // Relative dates resolve against the source's own date, else the page's, else its capture.
        let said = task.looks.iter().find_map(|planned| source_of(&planned.source).and_then(|source| source.published));
        document.published =
            said.or(document.published).or(Some(capture.captured.to_zoned(jiff::tz::TimeZone::UTC).date()));
        let prepared = Prepared::new(&document);
        let control = matching::control(&prepared);
        if let Some(failure) = distrust(&control) {
            return all_fail(failure, Some(control));
        }
        let sifted = sift(&prepared);
        let points = PointTable::new(&document.text);
        let sketch = prepared.sketch();
        let shown = capture_report(capture);
        let placed = task
            .looks
            .iter()
            .map(|planned| {
                let claim = &manifest.claims[planned.claim];
                let source = source_of(&planned.source);
                let outlet = source.and_then(|source| source.outlet.clone()).or_else(|| document.outlet.clone());
                let asked = questions.of(planned.claim);
                let looks = claim
                    .checks
                    .iter()
                    .map(|check| {
                        let finding = matching::find(check, &asked, &prepared);
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
            .collect();
        Looked { placed, sifted, control: Some(control) }
    }

    /// A source whose capture is a wall may have another capture that is the page: an earlier one, or a copy.
    pub(super) fn look_behind_walls(&self, manifest: &Manifest, questions: &Questions<'_>, results: &mut [Placed]) {
        let blocked: Vec<usize> = (0..results.len())
            .filter(|number| {
                !results[*number].looks.is_empty() && results[*number].looks.iter().all(|look| look.seen.is_err())
            })
            .collect();
        if blocked.is_empty() {
            return;
        }
        let holdings = Holdings::new(self.held);
        for number in blocked {
            let (claim, key) = (results[number].claim, results[number].source.clone());
            let Some(source) = manifest.sources.get(&key) else { continue };
            for other in holdings.candidates(source, manifest.claims[claim].as_of).into_iter().skip(1).take(3) {
                let task = Task {
                    capture: other.id.clone(),
                    looks: vec![crate::plan::PlannedLook { claim, source: key.clone() }],
                };
                let looked = self.look(manifest, questions, &task, |_| ());
                let Some(again) = looked.placed.into_iter().next() else { continue };
                if again.looks.iter().any(|look| look.seen.is_ok()) {
                    results[number] = again;
                    break;
                }
            }
        }
    }
}

/// Why a capture that failed its controls says nothing: "not there" would be a guess.
fn distrust(control: &Control) -> Option<Failure> {
    match control {
        Control::Passed | Control::Impossible => None,
        Control::Failed(detail) => Some(Failure::new(Reason::SelfTestFailed, detail.clone())),
    }
}

/// What a finding is worth on a page that is not whole or not the page: words that stand there keep their verdict with a
/// caution, words that do not are never called absent.
pub(super) fn under(mut seen: Seen, obstacle: Option<&Failure>, capture: &Capture) -> Result<Seen, Failure> {
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

pub(super) fn add(seen: &mut Seen, flag: Flag) {
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
pub(super) fn capture_report(capture: &Capture) -> CaptureReport {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capture_that_fails_its_controls_is_not_trusted() {
        assert_eq!(distrust(&Control::Passed), None);
        assert_eq!(distrust(&Control::Impossible), None);
        let failure = distrust(&Control::Failed("not found".to_owned())).expect("a failure");
        assert_eq!((failure.reason, failure.detail.as_str()), (Reason::SelfTestFailed, "not found"));
    }
}
