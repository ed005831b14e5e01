//! Looking: one capture → what every claim that rests on it sees there, or why nobody could look.
//!
//! Before anything is said of a capture it goes through its controls; one that fails them says nothing at all.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Gathered, Placed, Settings, stated};
use crate::archive::{Archive, ArchiveError};
use crate::capture::failure_of;
use crate::extract::pdf::PdfEngine;
use crate::extract::{self, Input};
use crate::matching::{self, Asked, Control, Prepared};
use crate::model::report::CaptureReport;
use crate::model::{
    Capture, CaptureId, Check, CheckVerdict, Claim, Completeness, Document, Failure, Finding, Flag, Look, Manifest,
    Obstacle, Origin, PointTable, Reading, Reason, Seen, Source, SourceKey, Zone,
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
    stated: stated::Speakers,
}

impl<'m> Questions<'m> {
    /// The questions of a manifest.
    pub(super) fn new(manifest: &'m Manifest) -> Self {
        let published = manifest.article.as_ref().and_then(|article| article.published);
        Self { manifest, published, stated: stated::Speakers::new(manifest.claims.len()) }
    }

    /// A claim, prepared.
    pub(super) fn of(&self, number: usize) -> Asked<'m> {
        let claim = &self.manifest.claims[number];
        let sources: Vec<&Source> = claim.sources.iter().filter_map(|key| self.manifest.sources.get(key)).collect();
        Asked::new(claim, &sources, self.published)
            .with_bands(self.manifest.bands)
            .with_stated_speaker(self.stated.of(number, claim))
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
    pub(super) reading: Reading,
    /// The bytes, where another engine could read them.
    again: Option<Vec<u8>>,
}

impl Read {
    /// Why the page is not the page, worst reason first.
    pub(super) fn failure(&self) -> Option<Failure> {
        self.reading.obstacles.first().map(|obstacle| Failure::new(obstacle.reason, obstacle.detail.clone()))
    }
}

/// The bytes of a capture, as decoded, or of the file that stands in for it.
fn bytes_of(archive: &Archive, file: Option<&PathBuf>, capture: &Capture) -> Result<Vec<u8>, Failure> {
    match file {
        Some(path) => std::fs::read(path)
            .map_err(|error| Failure::new(Reason::NoSuchFile, format!("cannot read {}: {error}", path.display()))),
        None => archive.body(&capture.id).map(|body| body.bytes).map_err(|error| match error {
            ArchiveError::NoBody { message, .. } => Failure::new(Reason::Damaged, message),
            error => Failure::new(Reason::Damaged, error.to_string()),
        }),
    }
}

/// Reads one capture of an archive, or the file that stands in for it.
pub(super) fn read_from(
    archive: &Archive,
    file: Option<&PathBuf>,
    capture: &Capture,
    settings: &Settings,
) -> Result<Read, Failure> {
    let bytes = bytes_of(archive, file, capture)?;
    let input = Input { bytes: &bytes, content_type: capture.content_type.as_deref(), name: &capture.address };
    let mut reading = if extract::is_pdf(&input) {
        read_pdf(&input, PdfEngine::First, settings)
    } else {
        extract::extract(&input, &settings.extract)
    };
    // What an engine cannot open, another one may.
    if reading.document.is_none() && reading.more {
        let other = read_pdf(&input, PdfEngine::Second, settings);
        if other.document.is_some() {
            reading = other;
        }
    }
    reading.obstacles.extend(extract::moved(&capture.requested, &capture.address, !capture.hops.is_empty()));
    if let Some(Failure { reason, detail }) = failure_of(capture) {
        reading.obstacles.insert(0, Obstacle { reason, detail });
    }
    let unfilled = |one: &&mut Obstacle| one.reason == Reason::ScriptOnly && capture.origin != Origin::Rendered;
    for obstacle in reading.obstacles.iter_mut().filter(unfilled) {
        obstacle.detail.push_str(settings.render.hint());
    }
    let again = (reading.more && reading.document.is_some()).then_some(bytes);
    Ok(Read { reading, again })
}

fn read_pdf(input: &Input<'_>, engine: PdfEngine, settings: &Settings) -> Reading {
    extract::read_pdf(input, &settings.extract, engine, |bytes| settings.reader.read(bytes, engine))
}

impl<'a> Evidence<'a> {
    /// The evidence of a run.
    pub(super) fn new(gathered: &'a Gathered, settings: &'a Settings) -> Self {
        let Gathered { archive, held, files, plan, .. } = gathered;
        // A redirect and the page that it leads to share a record: the one that was asked for comes first, with its way there.
        let by_id = held.iter().enumerate().rev().map(|(number, capture)| (&capture.id, number)).collect();
        Self { archive, files, held, by_id, plan, settings }
    }

    /// Every capture that is held.
    pub(super) fn held(&self) -> &'a [Capture] {
        self.held
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

    /// The bytes of a capture, as decoded.
    pub(super) fn body(&self, capture: &Capture) -> Result<Vec<u8>, Failure> {
        bytes_of(self.archive, self.files.get(&capture.id), capture)
    }

    pub(super) fn read_capture(&self, capture: &Capture) -> Result<Read, Failure> {
        read_from(self.archive, self.files.get(&capture.id), capture, self.settings)
    }

    /// What the second engine sees, once, of a capture that the first has read.
    pub(super) fn second(&self, read: &Read) -> Option<Document> {
        let bytes = read.again.as_deref()?;
        let input = Input { bytes, content_type: Some("application/pdf"), name: "" };
        read_pdf(&input, PdfEngine::Second, self.settings).document
    }

    /// Looks for everything that a task names. `sift` gets the document as well, if it can be trusted,
    /// and what stands in front of it.
    pub(super) fn look<S: Default>(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        task: &Task,
        sift: impl FnOnce(&View<'_>, Option<&Failure>) -> S,
    ) -> Looked<S> {
        let (capture, read) = (self.capture(&task.capture), self.read(&task.capture));
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
                    live: false,
                })
                .collect();
            Looked { placed, sifted: S::default(), control }
        };
        let (mut read, capture) = match (read, capture) {
            (Ok(read), Some(capture)) => (read, capture),
            (Err(failure), _) => return all_fail(failure, None),
            (Ok(_), None) => return all_fail(Failure::new(Reason::Damaged, "the capture is gone"), None),
        };
        let (obstacle, document, unread) = (read.failure(), read.reading.document.take(), read.reading.unread.as_ref());
        let Some(document) = document else {
            return all_fail(obstacle.unwrap_or_else(|| Failure::new(Reason::NoText, "there is no text")), None);
        };
        // Relative dates resolve against the source's own date, else the page's, else its capture.
        let own_date = document.published;
        let said = task.looks.iter().find_map(|planned| source_of(&planned.source).and_then(|source| source.published));
        let date = said.or(document.published).or(Some(capture.captured.to_zoned(jiff::tz::TimeZone::UTC).date()));
        let live = document.blocks.iter().any(|block| block.zone == Zone::LiveEntry);
        let document = Document { published: date, ..document };
        let view = View::new(&document);
        let control = matching::control(&view.prepared);
        if let Some(failure) = distrust(&control) {
            return all_fail(failure, Some(control));
        }
        let sifted = sift(&view, obstacle.as_ref());
        let (engine, notes) = (Some(read.reading.engine.to_owned()), read.reading.notes.clone());
        let written = |day: jiff::civil::Date| Some(Arc::<str>::from(day.to_string()));
        let (outlet, dated) = (document.outlet.as_deref().map(Arc::from), own_date.and_then(written));
        let shown = Arc::new(CaptureReport { engine, notes, ..capture_report(capture) });
        let mut placed: Vec<Placed> = task
            .looks
            .iter()
            .map(|planned| {
                let (claim, source) = (&manifest.claims[planned.claim], source_of(&planned.source));
                let outlet = source.and_then(|source| source.outlet.clone()).or_else(|| outlet.clone());
                let asked = questions.of(planned.claim);
                let dated = source.and_then(|source| source.published).map_or_else(|| dated.clone(), written);
                let looks = claim
                    .checks
                    .iter()
                    .map(|check| Look {
                        source: planned.source.clone(),
                        outlet: outlet.clone(),
                        published: dated.clone(),
                        capture: Some(shown.clone()),
                        searched: Some(view.points().point(document.text.len())),
                        seen: under(view.find(claim, check, &asked), obstacle.as_ref(), unread, capture),
                    })
                    .collect();
                Placed { claim: planned.claim, source: planned.source.clone(), looks, live }
            })
            .collect();
        self.ask_again(manifest, questions, &read, date, &mut placed);
        Looked { placed, sifted, control: Some(control) }
    }

    /// An entry that has left a live blog since may stand in another capture of it.
    pub(super) fn look_at_earlier_entries(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        results: &mut [Placed],
    ) {
        let absent = |look: &Look| look.seen.as_ref().is_ok_and(|seen| seen.verdict == CheckVerdict::Absent);
        let holdings = Holdings::new(self.held);
        for placed in results.iter_mut().filter(|placed| placed.live && placed.looks.iter().any(absent)) {
            let Some(source) = manifest.sources.get(&placed.source) else { continue };
            let others = holdings.candidates(source, manifest.claims[placed.claim].as_of);
            for other in others.into_iter().skip(1).take(MAX_OTHERS) {
                let planned = crate::plan::PlannedLook { claim: placed.claim, source: placed.source.clone() };
                let task = Task { capture: other.id.clone(), looks: vec![planned] };
                let looked = self.look(manifest, questions, &task, |_, _| ());
                let Some(again) = looked.placed.into_iter().next() else { continue };
                for (look, mut earlier) in placed.looks.iter_mut().zip(again.looks) {
                    let Ok(seen) = &mut earlier.seen else { continue };
                    if absent(look) && seen.verdict.is_good() {
                        seen.detail =
                            Some("the entry is not in the newest capture of the live blog any more".to_owned());
                        *look = earlier;
                    }
                }
            }
            for look in placed.looks.iter_mut().filter(|look| absent(look)) {
                if let Ok(seen) = &mut look.seen {
                    let detail = "the source is a live blog, whose earlier entries leave the page: a capture of that time may hold it";
                    seen.detail.get_or_insert_with(|| detail.to_owned());
                }
            }
        }
    }

    /// Before anything of a PDF is called absent or altered, the other engine is asked: columns and fonts are
    /// read in more than one way, and words that one of them finds do stand there.
    fn ask_again(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        read: &Read,
        date: Option<jiff::civil::Date>,
        placed: &mut [Placed],
    ) {
        let missing = |look: &Look| {
            look.seen.as_ref().is_ok_and(|seen| matches!(seen.verdict, CheckVerdict::Absent | CheckVerdict::Altered))
        };
        if read.again.is_none() || !placed.iter().any(|placed| placed.looks.iter().any(missing)) {
            return;
        }
        let Some(document) = self.second(read) else { return };
        let document = Document { published: date, ..document };
        let view = View::new(&document);
        for placed in placed {
            let claim = &manifest.claims[placed.claim];
            let asked = questions.of(placed.claim);
            for (look, check) in placed.looks.iter_mut().zip(&claim.checks) {
                if !missing(look) {
                    continue;
                }
                let seen = view.find(claim, check, &asked);
                if seen.verdict.is_good() {
                    look.seen = Ok(seen);
                    if let Some(capture) = &mut look.capture {
                        Arc::make_mut(capture).engine = Some(PdfEngine::Second.name().to_owned());
                    }
                }
            }
        }
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
            for other in holdings.candidates(source, manifest.claims[claim].as_of).into_iter().skip(1).take(MAX_OTHERS)
            {
                let task = Task {
                    capture: other.id.clone(),
                    looks: vec![crate::plan::PlannedLook { claim, source: key.clone() }],
                };
                let looked = self.look(manifest, questions, &task, |_, _| ());
                let Some(again) = looked.placed.into_iter().next() else { continue };
                if again.looks.iter().any(|look| look.seen.is_ok()) {
                    results[number] = again;
                    break;
                }
            }
        }
    }
}

/// Other captures of a source that are tried where the first one is a wall, or has lost its entry.
pub(super) const MAX_OTHERS: usize = 3;

/// A document with what is computed once for all claims on it, each from the moment in which it is asked for.
pub(super) struct View<'d> {
    document: &'d Document,
    prepared: Prepared<'d>,
    points: OnceCell<PointTable<'d>>,
    visible: OnceCell<report::fragment::Visible<'d>>,
    sketch: OnceCell<Arc<[u64; 16]>>,
}

impl<'d> View<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            prepared: Prepared::new(document),
            points: OnceCell::new(),
            visible: OnceCell::new(),
            sketch: OnceCell::new(),
        }
    }

    pub(super) fn prepared(&self) -> &Prepared<'d> {
        &self.prepared
    }

    fn points(&self) -> &PointTable<'d> {
        self.points.get_or_init(|| PointTable::new(&self.document.text))
    }

    pub(super) fn sketch(&self) -> &Arc<[u64; 16]> {
        self.sketch.get_or_init(|| Arc::new(self.prepared.sketch()))
    }

    pub(super) fn find(&self, claim: &Claim, check: &Check, asked: &Asked<'_>) -> Seen {
        self.seen(&matching::find(check, asked, &self.prepared), &check.text(&claim.statement))
    }

    /// A finding in this document, as the report shows it.
    pub(super) fn seen(&self, finding: &Finding, text: &str) -> Seen {
        let visible = self.visible.get_or_init(|| report::fragment::Visible::new(self.document));
        report::present::seen_at(self.document, self.points(), visible, finding, text, self.sketch().clone())
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
pub(super) fn under(
    mut seen: Seen,
    obstacle: Option<&Failure>,
    unread: Option<&Obstacle>,
    capture: &Capture,
) -> Result<Seen, Failure> {
    if let Some(failure) = obstacle {
        if !seen.verdict.is_good() {
            return Err(failure.clone());
        }
        add(&mut seen, Flag::Obstacle);
    }
    if capture.completeness == Completeness::Truncated {
        // the words, or the right value, may stand in what did not arrive
        if matches!(seen.verdict, CheckVerdict::Absent | CheckVerdict::Altered | CheckVerdict::Mismatch) {
            return Err(Failure::new(
                Reason::Truncated,
                "the transfer was cut off, and the words are not in what arrived",
            ));
        }
        add(&mut seen, Flag::TruncatedCapture);
    }
    if let Some(unread) = unread {
        if seen.verdict == CheckVerdict::Absent {
            return Err(Failure::new(unread.reason, unread.detail.clone()));
        }
        if unread.reason == Reason::Truncated && seen.verdict.is_good() {
            add(&mut seen, Flag::TruncatedCapture);
        }
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
        published: source.and_then(|source| source.published).map(|day| day.to_string().into()),
        searched: None,
        capture: attempt.map(|capture| capture_report(capture).into()),
        seen: Err(failure),
    }
}

/// The date of a capture as reports give it: RFC 3339, UTC, whole seconds.
pub(super) fn date(capture: &Capture) -> String {
    capture.captured.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A capture at the outer edge.
pub(super) fn capture_report(capture: &Capture) -> CaptureReport {
    CaptureReport {
        url: capture.address.clone(),
        captured: date(capture),
        status: capture.status,
        media_type: capture
            .content_type
            .as_deref()
            .map(|value| value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()),
        sha256: capture.sha256.clone(),
        origin: capture.origin,
        supplied_by: capture.supplied_by.clone(),
        engine: None,
        notes: Vec::new(),
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
