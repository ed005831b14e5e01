//! What damage touches, and what another archive says.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Step, Verification};
use crate::archive::log;
use crate::archive::parts;
use crate::archive::store::{Archive, Mode};
use crate::model::{Capture, CaptureId, Origin, Outcome};

impl Archive {
    /// The captures that the problems of a verification touch: their own records, those that they refer to, and
    /// those that were written with them.
    pub fn touched(&self, found: &Verification) -> BTreeSet<CaptureId> {
        let mut ids: BTreeSet<&str> =
            found.problems.iter().flat_map(|problem| problem.records.iter().map(String::as_str)).collect();
        let log = if self.single { None } else { log::read(&self.path).ok().flatten() };
        for entry in log.iter().flat_map(|log| &log.entries) {
            if entry.records.iter().any(|record| ids.contains(record.id.as_str())) {
                ids.extend(entry.records.iter().map(|record| record.id.as_str()));
            }
        }
        let hit = |slot: usize| {
            let entry = &self.entries[self.slots[slot]];
            let file = entry.file.split('#').next().unwrap_or(&entry.file);
            let id = self.own(slot).map_or("", |capture| capture.id.0.as_str());
            ids.contains(id) || parts::inner(&entry.file).is_some() && ids.contains(file) || ids.contains(file)
        };
        self.captures
            .iter()
            .zip(&self.links)
            .filter(|(capture, link)| hit(link.own) || hit(link.body) || ids.contains(capture.id.0.as_str()))
            .map(|(capture, _)| capture.id.clone())
            .collect()
    }
}

/// The rung of copies that another archive made on its own.
pub(super) fn independent(path: &Path, found: &mut Verification) {
    let Ok(archive) = Archive::open(path, Mode::Read) else {
        found.rung(Step::IndependentlyCaptured, false, "the captures cannot be listed");
        return;
    };
    let (mut equal, mut mementos) = (0, 0);
    let body = |capture: &&Capture| capture.outcome == Outcome::Body && !capture.sha256.is_empty();
    for memento in archive.captures().iter().filter(|capture| capture.origin == Origin::Memento).filter(body) {
        mementos += 1;
        let same = archive.captures_of(&memento.address).into_iter().any(|capture| {
            capture.origin == Origin::Live && capture.outcome == Outcome::Body && capture.sha256 == memento.sha256
        });
        equal += usize::from(same);
    }
    let detail = match (equal, mementos) {
        (0, 0) => "no copy by another archive is held".to_owned(),
        (0, _) => format!("{mementos} copies by other archives are held; none is byte for byte equal to ours"),
        _ => format!("{equal} captures are byte for byte equal to a copy that another archive holds"),
    };
    found.rung(Step::IndependentlyCaptured, equal > 0, detail);
}
