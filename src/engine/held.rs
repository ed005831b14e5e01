//! What the archive has of a claim's sources, for those who ask why a copy was read and another one was not.

use super::{EngineError, Settings, archive_path};
use crate::archive::{Archive, Mode, Privacy};
use crate::capture::failure_of;
use crate::model::report::{Held, HeldCapture};
use crate::model::{Claim, Manifest, Outcome};

/// Lists the captures of each source of a claim, failed attempts included, oldest first.
///
/// # Errors
///
/// When the archive cannot be opened.
pub fn held(manifest: &Manifest, settings: &Settings, claim: &Claim) -> Result<Vec<Held>, EngineError> {
    let archive = Archive::open(&archive_path(manifest, settings.archive.as_deref()), Mode::Read)?;
    let privacy = Privacy { redact: manifest.privacy.redact.clone(), ..Privacy::default() };
    let sources = claim.sources.iter().filter_map(|key| manifest.sources.get(key));
    let list = sources.map(|source| {
        let copy = source.copy.as_ref().map(|copy| copy.path.as_str());
        let addresses = [source.url.as_deref(), source.path.as_deref(), copy];
        let mut captures: Vec<HeldCapture> = addresses
            .into_iter()
            .flatten()
            .flat_map(|address| archive.captures_of(&privacy.redact(address)))
            .map(|capture| HeldCapture {
                capture: super::look::capture_report(capture),
                failure: match &capture.outcome {
                    Outcome::Failed(failure) => Some(failure.detail.clone()),
                    Outcome::Body => failure_of(capture).map(|failure| failure.detail),
                },
            })
            .collect();
        captures.sort_by(|a, b| a.capture.captured.cmp(&b.capture.captured));
        Held { source: source.address().to_owned(), captures }
    });
    Ok(list.collect())
}
