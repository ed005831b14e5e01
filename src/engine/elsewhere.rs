//! Elsewhere: before a quotation is called absent, every capture that the manifest knows is looked through, and a claim
//! that names no source gets the one that carries it proposed.
//!
//! The first pass over the captures only notes which quotations each *may* carry (a sieve of a few words each). The
//! second reads, one at a time, what the sieve let through for quotations that are still absent, and the captures that
//! no claim rests on. So memory is bounded by the largest page here too, and a run in which nothing is absent pays
//! nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::look::{Evidence, Questions, add, under};
use super::{Placed, on_every_core};
use crate::matching::{self, Prepared, Sought};
use crate::model::report::{ClaimReport, OtherReport};
use crate::model::{Capture, CheckKind, CheckVerdict, Flag, Manifest, PointTable, Source, SourceKey};
use crate::plan::{PlannedLook, Task};
use crate::report;

/// Captures that are read a second time for one quotation: what stands in more of them is no rare find.
const MAX_CANDIDATES: usize = 8;
/// Places elsewhere that are reported for one check.
const MAX_REPORTED: usize = 3;

/// The quotations of a manifest, and which claims they belong to.
#[derive(Debug, Default)]
pub(super) struct Seek {
    sought: Sought,
    /// Claim and check of each number of the sieve.
    of: Vec<Place>,
}

/// A check of the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    claim: usize,
    check: usize,
}

/// A quotation that a capture may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    number: u32,
    task: usize,
}

impl Seek {
    /// Takes the quotations of every claim.
    pub(super) fn new(manifest: &Manifest) -> Self {
        let of = manifest
            .claims
            .iter()
            .enumerate()
            .flat_map(|(claim, content)| (0..content.checks.len()).map(move |check| Place { claim, check }));
        Self { sought: Sought::new(manifest.claims.iter().flat_map(|claim| &claim.checks)), of: of.collect() }
    }

    /// The quotations of other claims that the capture of a task may carry.
    pub(super) fn sift(&self, document: &Prepared<'_>, task: usize, looks: &[PlannedLook]) -> Vec<Candidate> {
        let found = self.sought.in_document(document).into_iter();
        let foreign = found.filter(|number| {
            let claim = self.of[*number as usize].claim;
            // Looks stand in manifest order.
            looks.binary_search_by_key(&claim, |look| look.claim).is_err()
        });
        foreign.map(|number| Candidate { number, task }).collect()
    }
}

/// A check that was found in a source that its claim does not name.
pub(super) struct Found {
    place: Place,
    source: SourceKey,
    report: OtherReport,
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
    capture: &'j Capture,
    source: &'j SourceKey,
    /// Quotations that it may carry; `None` where the sieve has not seen it.
    numbers: Option<BTreeSet<u32>>,
}

impl Evidence<'_> {
    /// Looks through the captures of the run for quotations that are absent from the sources of their claims, marks
    /// the looks of those that are found, and hands out where.
    pub(super) fn look_elsewhere(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        seek: &Seek,
        candidates: &mut [Candidate],
        results: &mut [Placed],
    ) -> Vec<Found> {
        let wanted = wanted(manifest, seek, results);
        if wanted.quotations.is_empty() && wanted.figures.is_empty() {
            return Vec::new();
        }
        let jobs = self.jobs(&wanted, candidates);
        let mut found: Vec<Vec<Found>> =
            on_every_core(self.settings.threads, &jobs, |job| self.look_in(manifest, questions, seek, &wanted, job));
        let mut by_place: BTreeMap<Place, Vec<Found>> = BTreeMap::new();
        for one in found.drain(..).flatten() {
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

    /// What the second pass reads: what the sieve let through, and what no claim rests on, in the order of the plan.
    fn jobs<'j>(&'j self, wanted: &Wanted, candidates: &mut [Candidate]) -> Vec<Job<'j>> {
        // Quotation by quotation in the order of the tasks, whichever thread was first.
        candidates.sort_unstable();
        let mut of_task: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        let of_one = candidates.chunk_by(|a, b| a.number == b.number);
        for kept in of_one.filter(|kept| wanted.quotations.contains_key(&kept[0].number)) {
            for candidate in kept.iter().take(MAX_CANDIDATES) {
                of_task.entry(candidate.task).or_default().insert(candidate.number);
            }
        }
        let tasks = self.plan.tasks.iter().enumerate().filter_map(|(number, task)| {
            let numbers = of_task.remove(&number).unwrap_or_default();
            (!numbers.is_empty() || !wanted.figures.is_empty()).then_some((task, numbers))
        });
        let job = |task: &'j Task, numbers| {
            let source = &task.looks.first()?.source;
            Some(Job { capture: self.capture(&task.capture)?, source, numbers: Some(numbers) })
        };
        let mut jobs: Vec<Job<'j>> = tasks.filter_map(|(task, numbers)| job(task, numbers)).collect();
        jobs.extend(self.plan.spare.iter().filter_map(|spare| {
            Some(Job { capture: self.capture(&spare.capture)?, source: &spare.source, numbers: None })
        }));
        jobs
    }

    fn look_in(
        &self,
        manifest: &Manifest,
        questions: &Questions<'_>,
        seek: &Seek,
        wanted: &Wanted,
        job: &Job<'_>,
    ) -> Vec<Found> {
        let Ok(read) = self.read_capture(job.capture) else { return Vec::new() };
        let obstacle = read.failure();
        let unread = read.reading.unread;
        let Some(document) = read.reading.document else { return Vec::new() };
        let prepared = Prepared::new(&document);
        let numbers = match &job.numbers {
            Some(numbers) => numbers.iter().copied().collect(),
            None => seek.sought.in_document(&prepared),
        };
        let quotations = numbers.iter().filter(|number| wanted.quotations.contains_key(number)).filter_map(|number| {
            let place = seek.of[*number as usize];
            let check = &manifest.claims[place.claim].checks[place.check];
            matching::carries(check, &prepared).then_some(place)
        });
        let figures = wanted.figures.iter().copied();
        let figures = figures.filter(|place| matching::speaks_of(&questions.of(place.claim), &prepared));
        let points = std::cell::OnceCell::new();
        let mut found = Vec::new();
        for place in quotations.chain(figures) {
            let claim = &manifest.claims[place.claim];
            let check = &claim.checks[place.check];
            let finding = matching::find(check, &questions.of(place.claim), &prepared);
            if !finding.verdict.is_good() {
                continue;
            }
            let points = points.get_or_init(|| PointTable::new(&document.text));
            let text = check.text(&claim.statement);
            let visible = report::fragment::Visible::new(&document);
            let seen = report::present::seen_at(&document, points, &visible, &finding, &text, [u64::MAX; 16]);
            if let Ok(seen) = under(seen, obstacle.as_ref(), unread.as_ref(), job.capture) {
                found.push(Found { place, source: job.source.clone(), report: other(manifest, job, seen) });
            }
        }
        found
    }
}

fn other(manifest: &Manifest, job: &Job<'_>, seen: crate::model::Seen) -> OtherReport {
    OtherReport {
        source: crate::model::address::shown(
            manifest.sources.get(job.source).map_or(job.source.0.as_str(), Source::address),
        )
        .into_owned(),
        verdict: seen.verdict,
        reason: None,
        flags: seen.flags,
        passage: seen.passage,
        capture: Some(super::look::capture_report(job.capture)),
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
    for Found { place, source, report } in found {
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
            let source = manifest.sources.get(key);
            let name = source.map_or(key.0.as_str(), |source| source.name.as_deref().unwrap_or(source.address()));
            toml::Value::String(name.to_owned()).to_string()
        })
        .collect();
    match names.as_slice() {
        [one] => format!("source = {one}"),
        several => format!("source = [{}]", several.join(", ")),
    }
}
