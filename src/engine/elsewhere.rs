//! Elsewhere: before a quotation is called absent, every capture that the manifest knows is looked through, and a claim
//! that names no source gets the one that carries it proposed.
//!
//! The first pass over the captures notes which quotations each *may* carry (a sieve of a few words each), and, while it has
//! the capture at hand, whether it does, for so many that keeping it costs little. The second reads, one at a time, what the
//! sieve let through beyond that for quotations that are still absent, and the captures that no claim rests on. So memory is
//! bounded by the largest page here too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::look::{Evidence, Questions, View, add, under};
use super::{Placed, on_every_core};
use crate::matching::{self, Prepared, Sought};
use crate::model::report::{ClaimReport, OtherReport};
use crate::model::{Capture, CheckKind, CheckVerdict, Failure, Flag, Manifest, Source, SourceKey};
use crate::plan::{PlannedLook, Task};

/// Captures that are read a second time for one quotation: what stands in more of them is no rare find.
const MAX_CANDIDATES: usize = 8;
/// Quotations that the first pass finds in captures of others and keeps, whether or not they will be missed; what the sieve
/// lets through beyond that is read again where it is.
const MAX_KEPT: usize = 1_000;
/// Places elsewhere that are reported for one check.
const MAX_REPORTED: usize = 3;

/// The quotations of a manifest, and which claims they belong to.
#[derive(Debug, Default)]
pub(super) struct Seek {
    sought: Sought,
    /// Claim and check of each number of the sieve.
    of: Vec<Place>,
    /// How many answers the first pass has kept.
    kept: AtomicUsize,
}

/// A check of the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    claim: usize,
    check: usize,
}

/// A quotation that a capture may carry.
#[derive(Debug)]
pub(super) struct Candidate {
    number: u32,
    task: usize,
    answer: Answer,
}

/// Whether a capture that may carry a quotation does.
#[derive(Debug)]
enum Answer {
    /// Nobody looked yet.
    Open,
    /// It does not.
    No,
    /// It does, and so.
    Yes(Box<OtherReport>),
}

impl Seek {
    /// Takes the quotations of every claim.
    pub(super) fn new(manifest: &Manifest) -> Self {
        let of = manifest
            .claims
            .iter()
            .enumerate()
            .flat_map(|(claim, content)| (0..content.checks.len()).map(move |check| Place { claim, check }));
        Self {
            sought: Sought::new(manifest.claims.iter().flat_map(|claim| &claim.checks)),
            of: of.collect(),
            kept: AtomicUsize::new(0),
        }
    }

    /// The quotations of other claims that the capture of a task may carry.
    fn foreign(&self, document: &Prepared<'_>, looks: &[PlannedLook]) -> Vec<u32> {
        let mut found = self.sought.in_document(document);
        found.retain(|number| {
            let claim = self.of[*number as usize].claim;
            // Looks stand in manifest order.
            looks.binary_search_by_key(&claim, |look| look.claim).is_err()
        });
        found
    }
}

/// A check that was found in a source that its claim does not name.
pub(super) struct Found {
    place: Place,
    source: SourceKey,
    report: OtherReport,
    /// The place of its capture in the order of the plan.
    order: usize,
}

/// What is looked for in the second pass.
struct Wanted {
    /// Quotations, with their looks as indices of the results; those of a claim without sources have none.
    quotations: HashMap<u32, Vec<usize>>,
    /// Figures of claims that name no source.
    figures: Vec<Place>,
}

/// A capture to read in the second pass.
struct Job<'j> {
    at: At<'j>,
    /// Its place in the order of the plan.
    order: usize,
    /// Quotations that it may carry; `None` where the sieve has not seen it.
    numbers: Option<BTreeSet<u32>>,
}

/// A capture and the source that it is of.
#[derive(Clone, Copy)]
struct At<'j> {
    capture: &'j Capture,
    source: &'j SourceKey,
}

impl Evidence<'_> {
    /// What the capture of a task may carry of the other claims' quotations, and, for the first of them, whether it does.
    pub(super) fn sift(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        seek: &Seek,
        task: usize,
        view: &View<'_>,
        obstacle: Option<&Failure>,
    ) -> Vec<Candidate> {
        let planned = &self.plan.tasks[task];
        let numbers = seek.foreign(view.prepared(), &planned.looks).into_iter();
        let at = self.at(planned);
        let answer = |number: u32| {
            let Some(at) = at.filter(|_| seek.kept.load(Ordering::Relaxed) < MAX_KEPT) else { return Answer::Open };
            let place = seek.of[number as usize];
            let check = &manifest.claims[place.claim].checks[place.check];
            if !matching::carries(check, view.prepared()) {
                return Answer::No;
            }
            match found(manifest, questions, place, at, view, obstacle) {
                Some(report) => {
                    seek.kept.fetch_add(1, Ordering::Relaxed);
                    Answer::Yes(Box::new(report))
                }
                None => Answer::No,
            }
        };
        numbers.map(|number| Candidate { number, task, answer: answer(number) }).collect()
    }

    /// The capture of a task, and the first source that it serves.
    fn at<'e>(&'e self, task: &'e Task) -> Option<At<'e>> {
        Some(At { capture: self.capture(&task.capture)?, source: &task.looks.first()?.source })
    }

    /// Looks through the captures of the run for quotations that are absent from the sources of their claims, marks
    /// the looks of those that are found, and hands out where.
    pub(super) fn look_elsewhere(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        seek: &Seek,
        candidates: Vec<Candidate>,
        results: &mut [Placed],
    ) -> Vec<Found> {
        let wanted = wanted(manifest, seek, results);
        if wanted.quotations.is_empty() && wanted.figures.is_empty() {
            return Vec::new();
        }
        let (jobs, mut found) = self.jobs(seek, &wanted, candidates);
        let again =
            on_every_core(self.settings.threads, &jobs, |job| self.look_in(manifest, questions, seek, &wanted, job));
        found.extend(again.into_iter().flatten());
        found.sort_by_key(|found| found.order);
        let mut by_place: BTreeMap<Place, Vec<Found>> = BTreeMap::new();
        for one in found {
            by_place.entry(one.place).or_default().push(one);
        }
        for (number, looks) in &wanted.quotations {
            let Some(first) = by_place.get(&seek.of[*number as usize]).and_then(|found| found.first()) else {
                continue;
            };
            for look in looks {
                let look = &mut results[*look].looks[first.place.check];
                let own = look.source == first.source;
                if let Ok(seen) = &mut look.seen {
                    add(seen, Flag::Elsewhere);
                    let when = first.report.capture.as_ref().map_or("", |capture| capture.captured.as_str());
                    seen.detail = Some(if own {
                        format!("not in the capture that serves, but it stands in that of {when}")
                    } else {
                        format!("not in this source, but it stands in {}", first.report.source)
                    });
                }
            }
        }
        by_place.into_values().flatten().collect()
    }

    /// What the second pass reads: what the sieve let through, and what no claim rests on, in the order of the plan; and what
    /// the first pass has found already.
    fn jobs<'j>(&'j self, seek: &Seek, wanted: &Wanted, mut candidates: Vec<Candidate>) -> (Vec<Job<'j>>, Vec<Found>) {
        // Quotation by quotation in the order of the tasks, whichever thread was first.
        candidates.sort_unstable_by_key(|candidate| (candidate.number, candidate.task));
        let mut of_task: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        let mut found = Vec::new();
        let (mut number, mut taken) = (None, 0);
        for candidate in candidates.into_iter().filter(|one| wanted.quotations.contains_key(&one.number)) {
            taken = if number.replace(candidate.number) == Some(candidate.number) { taken + 1 } else { 1 };
            if taken > MAX_CANDIDATES {
                continue;
            }
            match candidate.answer {
                Answer::Open => {
                    of_task.entry(candidate.task).or_default().insert(candidate.number);
                }
                Answer::No => {}
                Answer::Yes(report) => {
                    let Some(at) = self.at(&self.plan.tasks[candidate.task]) else { continue };
                    let place = seek.of[candidate.number as usize];
                    let source = at.source.clone();
                    found.push(Found { place, source, report: *report, order: candidate.task });
                }
            }
        }
        let tasks = self.plan.tasks.iter().enumerate().filter_map(|(order, task)| {
            let numbers = of_task.remove(&order).unwrap_or_default();
            if numbers.is_empty() && wanted.figures.is_empty() {
                return None;
            }
            Some(Job { at: self.at(task)?, order, numbers: Some(numbers) })
        });
        let mut jobs: Vec<Job<'j>> = tasks.collect();
        jobs.extend(self.plan.spare.iter().enumerate().filter_map(|(order, spare)| {
            let at = At { capture: self.capture(&spare.capture)?, source: &spare.source };
            Some(Job { at, order: self.plan.tasks.len() + order, numbers: None })
        }));
        (jobs, found)
    }

    fn look_in(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        seek: &Seek,
        wanted: &Wanted,
        job: &Job<'_>,
    ) -> Vec<Found> {
        let Ok(read) = self.read_capture(job.at.capture) else { return Vec::new() };
        let obstacle = read.failure();
        let Some(document) = read.reading.document else { return Vec::new() };
        let view = View::new(&document);
        let numbers = match &job.numbers {
            Some(numbers) => numbers.iter().copied().collect(),
            None => seek.sought.in_document(view.prepared()),
        };
        let quotations = numbers.iter().filter(|number| wanted.quotations.contains_key(number)).filter_map(|number| {
            let place = seek.of[*number as usize];
            let check = &manifest.claims[place.claim].checks[place.check];
            matching::carries(check, view.prepared()).then_some(place)
        });
        let figures = wanted.figures.iter().copied();
        let figures = figures.filter(|place| matching::speaks_of(&questions.of(place.claim), view.prepared()));
        let found = |place: Place| {
            let report = found(manifest, questions, place, job.at, &view, obstacle.as_ref())?;
            Some(Found { place, source: job.at.source.clone(), report, order: job.order })
        };
        quotations.chain(figures).filter_map(found).collect()
    }
}

/// What a document carries of a check, as the report shows it.
fn found(
    manifest: &Manifest,
    questions: &Questions<'_>,
    place: Place,
    at: At<'_>,
    view: &View<'_>,
    obstacle: Option<&Failure>,
) -> Option<OtherReport> {
    let claim = &manifest.claims[place.claim];
    let check = &claim.checks[place.check];
    let finding = matching::find(check, &questions.of(place.claim), view.prepared());
    if !finding.verdict.is_good() {
        return None;
    }
    let seen = view.seen(&finding, &check.text(&claim.statement));
    // a part of the page that was not read says nothing against words that were
    under(seen, obstacle, None, at.capture).ok().map(|seen| other(manifest, at, seen))
}

fn other(manifest: &Manifest, at: At<'_>, seen: crate::model::Seen) -> OtherReport {
    OtherReport {
        source: crate::model::address::shown(manifest.sources.get(at.source).map_or(&at.source.0, Source::address))
            .into(),
        verdict: seen.verdict,
        reason: None,
        flags: seen.flags,
        passage: seen.passage,
        capture: Some(super::look::capture_report(at.capture).into()),
    }
}

/// Quotations that every source of their claim lacks, and whatever can be looked for of claims that name no source.
fn wanted(manifest: &Manifest, seek: &Seek, results: &[Placed]) -> Wanted {
    let mut by_claim: Vec<Vec<usize>> = manifest.claims.iter().map(|_| Vec::new()).collect();
    for (at, placed) in results.iter().enumerate() {
        by_claim[placed.claim].push(at);
    }
    let mut wanted = Wanted { quotations: HashMap::new(), figures: Vec::new() };
    for (number, place) in seek.of.iter().enumerate() {
        let claim = &manifest.claims[place.claim];
        let own = &by_claim[place.claim];
        let absent = |at: &usize| {
            results[*at].looks[place.check].seen.as_ref().is_ok_and(|seen| seen.verdict == CheckVerdict::Absent)
        };
        match &claim.checks[place.check].kind {
            CheckKind::Quote(_) if claim.sources.is_empty() || !own.is_empty() && own.iter().all(absent) => {
                wanted.quotations.insert(number as u32, own.clone());
            }
            CheckKind::Figure(_) if claim.sources.is_empty() => wanted.figures.push(*place),
            _ => {}
        }
    }
    wanted
}

/// Puts what was found elsewhere into the judged claims, and proposes a source for those that name none.
pub(super) fn attach(manifest: &Manifest, found: Vec<Found>, claims: &mut [ClaimReport]) {
    let mut carriers: BTreeMap<usize, Vec<(usize, SourceKey)>> = BTreeMap::new();
    for Found { place, source, report, .. } in found {
        if manifest.claims[place.claim].sources.is_empty() {
            carriers.entry(place.claim).or_default().push((place.check, source));
        }
        let check = &mut claims[place.claim].checks[place.check];
        if check.elsewhere.len() < MAX_REPORTED {
            check.elsewhere.push(report);
        }
    }
    for (claim, carriers) in carriers {
        claims[claim].proposed = Some(line(manifest, carriers));
    }
}

/// The line of the manifest that names the fewest sources that together carry what was found.
fn line(manifest: &Manifest, carriers: Vec<(usize, SourceKey)>) -> String {
    let mut open: BTreeSet<usize> = carriers.iter().map(|(check, _)| *check).collect();
    let mut chosen: Vec<&SourceKey> = Vec::new();
    while !open.is_empty() {
        let carried =
            |key: &SourceKey| carriers.iter().filter(|(check, source)| source == key && open.contains(check)).count();
        // Of sources that carry as much, the one that was met first.
        let mut best: Option<(usize, &SourceKey)> = None;
        for (_, key) in &carriers {
            let number = carried(key);
            if best.is_none_or(|(before, _)| number > before) {
                best = Some((number, key));
            }
        }
        let Some((_, key)) = best.filter(|(number, _)| *number > 0) else { break };
        open.retain(|open| !carriers.iter().any(|(check, source)| check == open && source == key));
        chosen.push(key);
    }
    let names: Vec<String> = chosen
        .iter()
        .map(|key| {
            let source = manifest.sources.get(*key);
            let name = source.map_or(&*key.0, |source| source.name.as_deref().unwrap_or(source.address()));
            toml::Value::String(name.to_owned()).to_string()
        })
        .collect();
    match names.as_slice() {
        [one] => format!("source = {one}"),
        several => format!("source = [{}]", several.join(", ")),
    }
}
