//! Gathering: a manifest → its captures in the archive, its files beside them, and the plan over both.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{EngineError, Event, Listener, Settings, rescue};
use crate::archive::{Archive, ArchiveError, DecodeLimits, Mode, Options, Privacy};
use crate::capture::{self, Progress, read_local};
use crate::model::address::Addresses;
use crate::model::{Capture, CaptureId, Completeness, Failure, Manifest, Origin, Outcome, SourceKey};
use crate::plan::{self, Plan, PlanOptions, Target};

/// An archive with the manifest's own files beside it, after everything that was wanted is there.
pub(super) struct Gathered {
    pub(super) archive: Archive,
    /// Captures that serve, those of files that could not be archived among them.
    pub(super) held: Vec<Capture>,
    /// Files that are read again when they are checked, because the archive could not take them.
    pub(super) files: HashMap<CaptureId, PathBuf>,
    /// Files that could not be read.
    pub(super) unreadable: HashMap<String, Failure>,
    pub(super) plan: Plan,
}

impl Gathered {
    /// Why a source cannot be read: a file's own reason, where it was tried, before what the plan supposes.
    pub(super) fn failure<'g>(&'g self, manifest: &Manifest, unreadable: &'g plan::Unreadable) -> &'g Failure {
        let source = manifest.sources.get(&unreadable.source);
        let of_file =
            source.and_then(|source| source.path.as_deref().or(source.copy.as_ref().map(|copy| copy.path.as_str())));
        of_file.and_then(|path| self.unreadable.get(path)).unwrap_or(&unreadable.failure)
    }
}

/// The folder that the paths of a manifest count from.
fn folder(manifest: &Manifest) -> PathBuf {
    manifest.path.parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Where captures live: where `option` says, else where the manifest does.
pub fn archive_path(manifest: &Manifest, option: Option<&Path>) -> PathBuf {
    let written = || folder(manifest).join(manifest.archive.as_deref().unwrap_or("archive"));
    option.map_or_else(written, Path::to_owned)
}

/// What is left out of the archive: what the manifest and the settings say, together.
fn privacy(manifest: &Manifest, settings: &Settings) -> Privacy {
    let (written, given) = (&manifest.privacy, &settings.privacy);
    Privacy {
        without_requests: written.requests || given.without_requests,
        without_cookies: written.cookies || given.without_cookies,
        redact: [written.redact.as_slice(), &given.redact].concat(),
    }
}

/// Captures what the archive lacks, reads the files, and plans over what is held then.
pub(super) async fn gather(
    manifest: &Manifest,
    settings: &Settings,
    listener: Listener<'_>,
) -> Result<Gathered, EngineError> {
    let folder = folder(manifest);
    let path = archive_path(manifest, settings.archive.as_deref());
    let privacy = privacy(manifest, settings);
    let sources = Written::new(manifest, &privacy);
    let limits = Options { addresses: Some(sources.addresses.clone()), ..archive_options(settings, privacy) };
    let today = settings.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let options = PlanOptions { refresh: settings.refresh, offline: settings.offline };
    let reading = Archive::open_with(&path, Mode::Read, limits.clone())?;
    let wanted = {
        let held = sources.held(reading.captures().iter());
        plan::plan(manifest, &held, today, options).wanted
    };
    let urls: Vec<String> = wanted
        .iter()
        .filter_map(|wanted| match &wanted.what {
            Target::Url(url) => Some(url.clone()),
            Target::File(_) => None,
        })
        .collect();
    let paths: Vec<(&str, bool)> = wanted
        .iter()
        .filter_map(|wanted| match &wanted.what {
            Target::File(path) => Some((path.as_str(), is_copy(manifest, &wanted.sources, path))),
            Target::Url(_) => None,
        })
        .collect();
    // What an interrupted run left is put in order even where nothing is wanted.
    // An archive that is one file, or that another run is writing, or that may not be written, serves for reading.
    let single = path.is_file();
    let interrupted = reading.is_interrupted();
    let mut archive = if urls.is_empty() && paths.is_empty() && !interrupted || single {
        reading
    } else {
        drop(reading);
        match Archive::open_with(&path, Mode::Write, limits.clone()) {
            Ok(archive) => archive,
            Err(error) if urls.is_empty() => {
                if !paths.is_empty() {
                    listener(Event::Warning(format!("{error}; files are read without being archived")));
                }
                Archive::open_with(&path, Mode::Read, limits.clone())?
            }
            Err(error) => return Err(error.into()),
        }
    };
    for warning in archive.warnings() {
        listener(Event::Warning(format!("{}: {}", warning.record, warning.message)));
    }
    let mut own: Vec<Capture> = Vec::new();
    let mut files = HashMap::new();
    let mut unreadable = HashMap::new();
    for (written, copy) in &paths {
        match take_file(&mut archive, &folder, written, *copy, settings) {
            Ok(Taken::Archived(capture)) => own.push(capture),
            Ok(Taken::Beside(capture, file)) => {
                files.insert(capture.id.clone(), file);
                own.push(capture);
            }
            Err(TakeError::Failure(failure)) => {
                unreadable.insert((*written).to_owned(), failure);
            }
            Err(TakeError::Archive(error)) => return Err(error.into()),
        }
    }
    if !urls.is_empty() {
        if single {
            listener(Event::Warning(format!(
                "{} is one file and serves for reading only: nothing was captured",
                path.display()
            )));
        } else {
            listener(Event::Capturing(urls.iter().map(|url| crate::model::address::shown(url).into_owned()).collect()));
            let fresh = capture::capture_all(urls, &settings.capture, &mut archive, |progress: Progress<'_>| {
                let failure = |capture: &Capture| match &capture.outcome {
                    Outcome::Failed(failure) => Some(failure.clone()),
                    Outcome::Body => capture::failure_of(capture),
                };
                let shown = |url: &str| crate::model::address::shown(url).into_owned();
                match progress {
                    Progress::Started { .. } => {}
                    Progress::Waiting { url, capture, .. } => {
                        listener(Event::Waiting { url: shown(url), failure: failure(capture) });
                    }
                    Progress::Finished { url, capture } => {
                        listener(Event::Captured { url: shown(url), failure: failure(capture) });
                    }
                }
            })
            .await?;
            if settings.save {
                rescue::save(&fresh, settings, listener).await;
            }
        }
    }
    if !single && !settings.offline {
        archive = rescue::rescue(manifest, archive, &path, &limits, settings, listener).await?;
    }
    archive.flush()?;
    // A file is what it is now: earlier states of it stay in the archive and do not serve.
    let current: HashMap<&str, &CaptureId> =
        own.iter().map(|capture| (capture.requested.as_str(), &capture.id)).collect();
    let serves = |capture: &&Capture| match settings.before {
        Some(before) => capture.captured <= before,
        None => {
            capture.origin != Origin::Local
                || current.get(capture.requested.as_str()).is_some_and(|id| **id == capture.id)
        }
    };
    let mut held = sources.held(archive.captures().iter().filter(serves));
    held.extend(own.iter().filter(|capture| files.contains_key(&capture.id)).cloned());
    let plan = plan::plan(manifest, &held, today, PlanOptions { offline: settings.offline || single, ..options });
    Ok(Gathered { archive, held, files, unreadable, plan })
}

/// The captures of a manifest's sources in an archive, under the addresses that the manifest writes, also where its
/// `[privacy]` had a parameter's value left out.
pub fn as_written(manifest: &Manifest, archive: &Archive) -> Vec<Capture> {
    let privacy = Privacy { redact: manifest.privacy.redact.clone(), ..Privacy::default() };
    Written::new(manifest, &privacy).held(archive.captures().iter())
}

/// The addresses of a manifest's sources.
struct Written<'m> {
    /// As the manifest writes them, and as an archive has them.
    addresses: Arc<Addresses>,
    /// How the manifest writes those that an archive has without a parameter's value.
    redacted: HashMap<String, &'m String>,
}

impl<'m> Written<'m> {
    fn new(manifest: &'m Manifest, privacy: &Privacy) -> Self {
        let urls = manifest.sources.values().filter_map(|source| source.url.as_ref());
        let redacted: HashMap<String, &String> =
            urls.map(|url| (privacy.redact(url), url)).filter(|(redacted, url)| redacted != *url).collect();
        let mut addresses: Addresses = manifest.sources.values().collect();
        addresses.extend(redacted.keys().cloned());
        Self { addresses: Arc::new(addresses), redacted }
    }

    /// The captures that matter to the manifest, under the addresses that it writes. An archive may be many manifests' and
    /// hold years of them: the others are not copied.
    fn held<'a>(&self, captures: impl Iterator<Item = &'a Capture>) -> Vec<Capture> {
        let mut held: Vec<Capture> = captures.filter(|capture| self.addresses.has(capture)).cloned().collect();
        for capture in &mut held {
            if let Some(url) = self.redacted.get(&capture.requested) {
                capture.requested.clone_from(url);
            }
        }
        held
    }
}

/// How the archive is opened: its limits are those of reading.
pub(super) fn archive_options(settings: &Settings, privacy: Privacy) -> Options {
    let decode = DecodeLimits { bytes: settings.extract.max_bytes, ..settings.decode.clone() };
    Options { privacy, ..Options::from(decode) }
}

/// Whether a path is a copy that a person saved of a source, rather than the source itself.
fn is_copy(manifest: &Manifest, sources: &[SourceKey], path: &str) -> bool {
    sources
        .iter()
        .filter_map(|key| manifest.sources.get(key))
        .any(|source| source.copy.as_ref().is_some_and(|copy| copy.path == path))
}

enum Taken {
    Archived(Capture),
    Beside(Capture, PathBuf),
}

enum TakeError {
    Failure(Failure),
    Archive(ArchiveError),
}

/// Reads a file of the manifest's folder and archives it where that can be done.
fn take_file(
    archive: &mut Archive,
    folder: &Path,
    written: &str,
    copy: bool,
    settings: &Settings,
) -> Result<Taken, TakeError> {
    let file = read_local(folder, written, settings.allow_outside, settings.extract.max_bytes as u64)
        .map_err(TakeError::Failure)?;
    let path = folder.join(written);
    if archive.is_writable() {
        let added = if copy {
            archive.append_imported(written, &file.bytes, file.content_type, file.modified, settings.now)
        } else {
            archive.append_local(written, &file.bytes, file.content_type, file.modified, settings.now)
        };
        return added.map(Taken::Archived).map_err(TakeError::Archive);
    }
    let sha256 = crate::archive::sha256_hex(&file.bytes);
    let capture = Capture {
        id: CaptureId(format!("urn:onrecord:unarchived:{sha256}:{written}")),
        requested: written.to_owned(),
        address: written.to_owned(),
        hops: Vec::new(),
        captured: file.modified,
        origin: if copy { Origin::Imported } else { Origin::Local },
        status: None,
        content_type: Some(file.content_type.to_owned()),
        sha256,
        completeness: Completeness::Complete,
        outcome: Outcome::Body,
        supplied_by: None,
    };
    Ok(Taken::Beside(capture, path))
}
