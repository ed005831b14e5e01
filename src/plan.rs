//! Stage 2, `plan`: a manifest and the captures held → what to capture, and what to check against what.
//!
//! Pure: what day it is comes in from outside. Made once before capturing, for [`Plan::wanted`], and once more with
//! what is held then, for [`Plan::tasks`]. Promises that no URL is wanted twice, that nothing under embargo is
//! wanted, that each capture is read once, and that a source which cannot be read is named with the reason.

mod serving;

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::address::{normalized, shown};
use crate::model::{Capture, CaptureId, Failure, Manifest, Outcome, Reason, Source, SourceKey};

pub use serving::{Holdings, serving};

/// What a run may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanOptions {
    /// What is captured again although it is held already.
    pub refresh: Refresh,
    /// Open no socket; local files are read all the same.
    pub offline: bool,
}

/// What is captured again although it is held already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Refresh {
    /// Nothing.
    #[default]
    Never,
    /// Every source of the manifest.
    Everything,
    /// The sources that claims rest on, held or not, unless they were asked after this moment: several manifests
    /// that rest on one page need it once. Other sources are left alone.
    Claimed(Timestamp),
}

/// What is to be done for a manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What to capture, in the order of the sources' keys; each URL and each file once.
    pub wanted: Vec<Wanted>,
    /// What would be wanted, were its embargo over.
    pub embargoed: Vec<Embargoed>,
    /// What to look for in which capture, in the order in which claims first need them.
    pub tasks: Vec<Task>,
    /// Captures of the manifest's sources that no claim rests on: other captures of theirs, and those of sources that no
    /// claim names. In the order of the sources' keys, the best of each first.
    pub spare: Vec<Spare>,
    /// Sources of claims that cannot be read, in the order of the claims.
    pub unreadable: Vec<Unreadable>,
}

/// Something to capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What.
    pub what: Target,
    /// The sources that it is for.
    pub sources: Vec<SourceKey>,
    /// Whether a claim names one of them; a manifest may list sources that none names.
    pub used: bool,
}

/// What a capture is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A URL, as the first of its sources writes it, without a fragment.
    Url(String),
    /// A path, as written; always read, since a file may have changed.
    File(String),
}

/// A source that may not be captured yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embargoed {
    /// Its URL.
    pub url: String,
    /// The sources with this URL.
    pub sources: Vec<SourceKey>,
    /// The first day on which it may be captured.
    pub until: Date,
    /// The same for people.
    pub detail: String,
}

/// One capture and everything to look for in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The capture.
    pub capture: CaptureId,
    /// The claims to check in it, in manifest order.
    pub looks: Vec<PlannedLook>,
}

/// One claim that rests on one source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedLook {
    /// Index of the claim in the manifest.
    pub claim: usize,
    /// The source of the claim that the capture serves.
    pub source: SourceKey,
}

/// A capture that no claim rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spare {
    /// The capture.
    pub capture: CaptureId,
    /// A source that it belongs to.
    pub source: SourceKey,
}

/// A source of a claim that cannot be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Index of the claim in the manifest.
    pub claim: usize,
    /// The source.
    pub source: SourceKey,
    /// The attempt that failed, where there was one.
    pub capture: Option<CaptureId>,
    /// Why.
    pub failure: Failure,
}

/// Plans a run over a manifest. `today` decides embargoes.
pub fn plan(manifest: &Manifest, held: &[Capture], today: Date, options: PlanOptions) -> Plan {
    let holdings = Holdings::new(held);
    let mut plan = Plan::default();
    want(manifest, &holdings, today, options, &mut plan);
    assign(manifest, &holdings, today, options, &mut plan);
    plan.spare = spare(manifest, &holdings, &plan.tasks);
    plan
}

/// Lists the captures that no task reads. Of captures with the same body one is enough.
fn spare(manifest: &Manifest, holdings: &Holdings<'_>, tasks: &[Task]) -> Vec<Spare> {
    let read: HashSet<&CaptureId> = tasks.iter().map(|task| &task.capture).collect();
    let captures = |source| holdings.candidates(source, None).into_iter();
    let sources = || manifest.sources.values();
    let mut bodies: HashSet<&str> = sources()
        .flat_map(captures)
        .filter(|capture| read.contains(&capture.id))
        .map(|capture| capture.sha256.as_str())
        .collect();
    let mut spare = Vec::new();
    for source in sources() {
        for capture in captures(source).filter(|capture| capture.outcome == Outcome::Body) {
            if !read.contains(&capture.id) && bodies.insert(&capture.sha256) {
                spare.push(Spare { capture: capture.id.clone(), source: source.key.clone() });
            }
        }
    }
    spare
}

/// The sources that share one URL.
struct Shared<'m> {
    url: &'m str,
    sources: Vec<SourceKey>,
    /// The latest of their embargoes: one of them is enough to keep the page from being asked for.
    not_before: Option<Date>,
}

/// Finds out what to capture.
fn want(manifest: &Manifest, holdings: &Holdings<'_>, today: Date, options: PlanOptions, plan: &mut Plan) {
    let used: HashSet<&SourceKey> = manifest.claims.iter().flat_map(|claim| &claim.sources).collect();
    let mut urls: BTreeMap<String, Shared<'_>> = BTreeMap::new();
    let mut files: BTreeMap<&str, Vec<SourceKey>> = BTreeMap::new();
    for source in manifest.sources.values() {
        if let Some(url) = source.url.as_deref() {
            let shared = urls.entry(normalized(url).into_owned()).or_insert_with(|| Shared {
                url,
                sources: Vec::new(),
                not_before: None,
            });
            shared.sources.push(source.key.clone());
            shared.not_before = shared.not_before.max(source.not_before);
        }
        let copy = source.copy.as_ref().map(|copy| copy.path.as_str());
        for path in [source.path.as_deref(), copy].into_iter().flatten() {
            files.entry(path).or_default().push(source.key.clone());
        }
    }
    let is_used = |sources: &[SourceKey]| sources.iter().any(|key| used.contains(key));
    for (address, shared) in urls {
        let is_wanted = match options.refresh {
            Refresh::Never => !holdings.has_body(&address),
            Refresh::Everything => true,
            Refresh::Claimed(since) => is_used(&shared.sources) && !holdings.was_asked(&address, since),
        };
        if options.offline || !is_wanted {
            continue;
        }
        match shared.not_before.filter(|day| *day > today) {
            Some(until) => plan.embargoed.push(Embargoed {
                url: shared.url.to_owned(),
                sources: shared.sources,
                until,
                detail: embargo(until),
            }),
            None => plan.wanted.push(Wanted {
                what: Target::Url(shared.url.to_owned()),
                used: is_used(&shared.sources),
                sources: shared.sources,
            }),
        }
    }
    plan.wanted.extend(files.into_iter().map(|(path, sources)| Wanted {
        what: Target::File(path.to_owned()),
        used: is_used(&sources),
        sources,
    }));
    plan.wanted.sort_by(|a, b| (a.sources.first(), &a.what).cmp(&(b.sources.first(), &b.what)));
    plan.embargoed.sort_by(|a, b| a.sources.first().cmp(&b.sources.first()));
}

/// Groups the claims by the captures that serve their sources.
fn assign(manifest: &Manifest, holdings: &Holdings<'_>, today: Date, options: PlanOptions, plan: &mut Plan) {
    // Many claims name one source: which capture serves is found out once for each source and day.
    let mut known: HashMap<(&SourceKey, Option<Date>), Option<&Capture>> = HashMap::new();
    let mut tasks: HashMap<&CaptureId, usize> = HashMap::new();
    for (index, claim) in manifest.claims.iter().enumerate() {
        for key in &claim.sources {
            let Some(source) = manifest.sources.get(key) else { continue };
            let serving = *known.entry((key, claim.as_of)).or_insert_with(|| holdings.serving(source, claim.as_of));
            let unreadable = |capture: Option<&Capture>, failure| Unreadable {
                claim: index,
                source: key.clone(),
                capture: capture.map(|capture| capture.id.clone()),
                failure,
            };
            match serving.map(|capture| (capture, &capture.outcome)) {
                Some((capture, Outcome::Body)) => {
                    let at = *tasks.entry(&capture.id).or_insert_with(|| {
                        plan.tasks.push(Task { capture: capture.id.clone(), looks: Vec::new() });
                        plan.tasks.len() - 1
                    });
                    plan.tasks[at].looks.push(PlannedLook { claim: index, source: key.clone() });
                }
                Some((capture, Outcome::Failed(failure))) => {
                    plan.unreadable.push(unreadable(Some(capture), failure.clone()));
                }
                None => plan.unreadable.push(unreadable(None, not_captured(source, today, options))),
            }
        }
    }
}

/// Says why there is no capture of a source.
fn not_captured(source: &Source, today: Date, options: PlanOptions) -> Failure {
    let detail = if source.url.is_none() {
        format!("the file {} has not been read", source.address())
    } else if let Some(until) = source.not_before.filter(|day| *day > today) {
        embargo(until)
    } else if options.offline {
        format!(
            "the archive has no capture of {}, and the run is offline; run it once without --offline",
            shown(source.address())
        )
    } else {
        format!("the archive has no capture of {}", shown(source.address()))
    };
    Failure::new(Reason::NotCaptured, detail)
}

fn embargo(until: Date) -> String {
    format!("under embargo: no capture before {until}")
}

#[cfg(test)]
mod tests;
