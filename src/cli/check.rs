//! `onrecord check`: of manifests, or of articles, whose manifests are drafted beside them first.

use std::path::{Path, PathBuf};

use super::args::Check;
use super::exit::Exit;
use super::output::{self, Outputs, Reported};
use super::progress::Progress;
use super::{draft, find, ledger, load, runs, runtime, wait};
use crate::capture::Memory;
use crate::engine::{self, Noted, Observed, Settings};
use crate::model::Manifest;
use crate::report::timeline;

pub(super) fn run(options: &Check) -> anyhow::Result<Exit> {
    let outputs = Outputs::parse(&options.output)?;
    outputs.fit(options.manifests.len())?;
    let mut reported = Vec::new();
    let mut since = Exit::Good;
    let memory = Memory::default();
    for path in &options.manifests {
        let mut settings = load::settings(&options.sources, load::folder(path))?;
        settings.capture.memory = memory.clone();
        let path = match of_article(path, options, &settings)? {
            Ok(path) => path,
            Err(exit) => return Ok(exit),
        };
        let manifest = load::manifest(&path)?;
        let archive = engine::archive_path(&manifest, settings.archive.as_deref());
        let name = ledger::name(&path, &archive);
        let (report, observed) = {
            let progress = Progress::new(options.output.quiet);
            wait(engine::check_observing(&manifest, &name, &settings, &|event| progress.tell(event)))??
        };
        runs::keep(&manifest, &settings, &report, options.keep_runs);
        // An offline run writes nothing, unless it is asked what changed.
        let noting = !settings.offline || options.since_last;
        let noted = if noting { note(&manifest, &name, &settings, &observed, &archive) } else { None };
        if options.since_last {
            since = since.worse(tell(&noted, &report, options));
        }
        let copies = outputs.copies(&manifest, &settings, &report)?;
        let stories = if outputs.pages() { ledger::stories(&path, &archive) } else { Default::default() };
        reported.push(Reported { name: path.display().to_string(), report, copies, stories });
    }
    let exit = outputs.write_all(&reported, &options.output)?;
    Ok(if options.since_last && exit != Exit::Trouble { since } else { exit })
}

/// The manifest of an article, drafted beside it; a manifest's own path as it is.
fn of_article(path: &Path, options: &Check, settings: &Settings) -> anyhow::Result<Result<PathBuf, Exit>> {
    if !draft::is_article(path) {
        return Ok(Ok(path.to_owned()));
    }
    let article = match draft::read(&path.to_string_lossy(), &find::bare(settings.clone()))? {
        Ok(article) => article,
        Err(exit) => return Ok(Err(exit)),
    };
    let beside = draft::beside(path, &article, &engine::draft(&article, None))?;
    if !options.output.quiet {
        let what = if beside.known == 0 { "drafted" } else { "added" };
        if beside.added > 0 {
            output::complain(&format!("{what} {} in {}", draft::claims(beside.added), beside.path.display()));
        }
    }
    Ok(Ok(beside.path))
}

/// Records in the ledger what a check saw. A check never fails of it: an archive that cannot be written has no ledger.
fn note(manifest: &Manifest, name: &str, settings: &Settings, observed: &Observed, archive: &Path) -> Option<Noted> {
    let noted = runtime().and_then(|runtime| {
        runtime.block_on(async {
            let Some(ledger) = ledger::for_check(archive).await? else { return Ok(None) };
            let noted = engine::note(manifest, name, settings, observed, &ledger, &|_| ()).await?;
            ledger.close().await;
            Ok(Some(noted))
        })
    });
    noted.unwrap_or_else(|error| {
        output::complain(&format!("warning: what was seen is not in the history: {}", super::chain(&error)));
        None
    })
}

/// Says what became of the words since the last look, and how a run ends by that. Without a history everything is new.
fn tell(noted: &Option<Noted>, report: &crate::model::report::Report, options: &Check) -> Exit {
    let Some(noted) = noted.as_ref().filter(|noted| noted.known) else { return Exit::of(&report.summary) };
    let holds = |id: &String| {
        let of = report.claims.iter().find(|claim| claim.id == *id);
        of.and_then(|claim| claim.signed.as_ref()).is_some_and(|signed| signed.valid)
    };
    let drifts: Vec<_> = noted
        .drifts
        .iter()
        // What a person signed stands until its seal lapses.
        .filter(|drift| !drift.kind.is_ours() && (drift.claims.is_empty() || !drift.claims.iter().all(holds)))
        .cloned()
        .collect();
    if !options.output.quiet {
        match timeline::drifts(&drifts).trim_end() {
            "" => output::complain("since the last look: nothing became of the words"),
            changes => output::complain(&format!("since the last look:\n\n{changes}\n")),
        }
    }
    let unseen = report.claims.iter().filter(|claim| noted.unseen.contains(&claim.id) && !claim.passes);
    let unseen = unseen.map(|claim| if claim.verdict.is_open() { Exit::Open } else { Exit::Failed });
    let changed = if drifts.is_empty() { Exit::Good } else { Exit::Failed };
    unseen.fold(changed, Exit::worse)
}
