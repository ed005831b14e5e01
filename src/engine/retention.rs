//! Retention: which captures nobody needs any more.
//!
//! A capture is kept while anything rests on it: an observation of the ledger (the first and the last capture of every
//! state of the words, of every manifest that was ever checked), a claim of the manifests at hand, a run that is kept; and
//! every first, newest and recent one of its address; and whatever people brought in. Where it is doubtful, it is kept.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::as_written;
use super::look::date;
use crate::archive::Archive;
use crate::model::observation::CaptureSeen;
use crate::model::report::Report;
use crate::model::{Capture, CaptureId, Manifest, Origin, Outcome};
use crate::plan::Holdings;

/// What is kept although nothing rests on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Captures younger than this.
    pub days: u32,
    /// So many of the newest complete captures of each address.
    pub newest: usize,
}

impl Default for Retention {
    fn default() -> Self {
        Self { days: 90, newest: 3 }
    }
}

/// The captures that nothing needs: everything else is kept.
pub fn droppable(
    archive: &Archive,
    needed: &[CaptureSeen],
    manifests: &[Manifest],
    runs: &[Report],
    retention: Retention,
    now: Timestamp,
) -> BTreeSet<CaptureId> {
    let captures = archive.captures();
    let mut kept: HashSet<CaptureId> = HashSet::new();
    let mut seen: HashSet<(&str, &str, &str)> = HashSet::new();
    seen.extend(needed.iter().map(|seen| (&*seen.url, &*seen.captured, &*seen.sha256)));
    for check in runs.iter().flat_map(|run| &run.claims).flat_map(|claim| &claim.checks) {
        let others = check.others.iter().chain(&check.elsewhere).filter_map(|other| other.capture.as_ref());
        for shown in check.capture.iter().chain(others) {
            seen.insert((&shown.url, &shown.captured, &shown.sha256));
        }
    }
    for manifest in manifests {
        let written = as_written(manifest, archive);
        let holdings = Holdings::new(&written);
        let claims = manifest.claims.iter().flat_map(|claim| claim.sources.iter().map(|key| (key, claim.as_of)));
        for (key, as_of) in claims.chain(manifest.sources.keys().map(|key| (key, None))) {
            let Some(source) = manifest.sources.get(key) else { continue };
            kept.extend(holdings.serving(source, as_of).map(|capture| capture.id.clone()));
            kept.extend(holdings.newest(source).map(|capture| capture.id.clone()));
        }
    }
    let since = now.saturating_sub(SignedDuration::from_hours(24 * i64::from(retention.days))).unwrap_or(now);
    let mut by_address: BTreeMap<&str, Vec<&Capture>> = BTreeMap::new();
    for capture in captures {
        by_address.entry(&capture.requested).or_default().push(capture);
        let brought = matches!(capture.origin, Origin::Local | Origin::Imported) || capture.supplied_by.is_some();
        let rests = seen.contains(&(&*capture.address, &*date(capture), &*capture.sha256));
        if brought || rests || capture.captured >= since {
            kept.insert(capture.id.clone());
        }
    }
    for own in by_address.values_mut() {
        own.sort_by_key(|capture| capture.captured);
        let complete = || own.iter().filter(|capture| capture.outcome == Outcome::Body);
        kept.extend(own.first().into_iter().chain(own.last()).map(|capture| capture.id.clone()));
        kept.extend(
            complete().take(1).chain(complete().rev().take(retention.newest.max(1))).map(|capture| capture.id.clone()),
        );
    }
    captures.iter().map(|capture| &capture.id).filter(|id| !kept.contains(*id)).cloned().collect()
}
