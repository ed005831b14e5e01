//! Observing: a report → one observation for each check and each source that it was looked for in.

use crate::model::observation::{CaptureSeen, Observation, Subject, Versions, Words};
use crate::model::report::{CaptureReport, CheckReport, ClaimReport, PassageReport, Report};

/// Takes the observations out of a report. `manifest` is its name in the ledger. Claims without a source are no
/// observation: nobody looked.
pub fn observe(report: &Report, manifest: &str, versions: Versions) -> Vec<Observation> {
    let mut observations = Vec::new();
    for claim in &report.claims {
        for (number, check) in claim.checks.iter().enumerate() {
            let place = Place { manifest, claim, check, number: number as u32, versions };
            if let Some(source) = &check.source {
                observations.push(Observation {
                    capture: check.capture.as_deref().map(capture),
                    verdict: check.verdict,
                    reason: check.reason,
                    flags: check.flags.clone(),
                    passage: check.passage.as_deref().map(words),
                    ..place.of(source)
                });
            }
            for other in &check.others {
                observations.push(Observation {
                    capture: other.capture.as_deref().map(capture),
                    verdict: other.verdict,
                    reason: other.reason,
                    flags: other.flags.clone(),
                    passage: other.passage.as_deref().map(words),
                    ..place.of(&other.source)
                });
            }
        }
    }
    observations
}

/// What all observations of one check share.
struct Place<'r> {
    manifest: &'r str,
    claim: &'r ClaimReport,
    check: &'r CheckReport,
    number: u32,
    versions: Versions,
}

impl Place<'_> {
    fn of(&self, source: &str) -> Observation {
        Observation {
            subject: Subject {
                manifest: self.manifest.to_owned(),
                claim: self.claim.id.clone(),
                check: self.number,
                source: source.to_owned(),
            },
            kind: self.check.kind,
            asked: self.check.text.clone(),
            statement: self.claim.statement.to_string(),
            capture: None,
            verdict: self.check.verdict,
            reason: None,
            flags: Vec::new(),
            passage: None,
            versions: self.versions,
        }
    }
}

fn capture(capture: &CaptureReport) -> CaptureSeen {
    CaptureSeen {
        url: capture.url.clone(),
        captured: capture.captured.clone(),
        status: capture.status,
        sha256: capture.sha256.clone(),
        origin: capture.origin,
    }
}

fn words(passage: &PassageReport) -> Words {
    Words {
        text: passage.text.clone(),
        before: passage.before.clone(),
        after: passage.after.clone(),
        place: passage.place,
        zone: passage.zone,
        start: passage.start,
        end: passage.end,
    }
}
