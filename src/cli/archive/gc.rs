//! `onrecord archive gc`: the archive again, without what nothing needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::Timestamp;

use crate::archive::{Archive, Mode, Rewritten};
use crate::cli::args::archive::Gc;
use crate::cli::exit::Exit;
use crate::cli::{ledger, load, output, runs, runtime};
use crate::engine::{self, Retention};
use crate::model::Manifest;
use crate::report::escape;

/// Captures that are listed one by one.
const MAX_SHOWN: usize = 200;

/// What belongs to the history, beside its file.
const HISTORY: [&str; 3] = [ledger::FILE, "history.sqlite-wal", "history.sqlite-shm"];

pub(super) fn run(options: &Gc) -> anyhow::Result<Exit> {
    let found = options.place.find_existing()?;
    let path = &found.path;
    anyhow::ensure!(path.is_dir(), "{} is one file and serves for reading only", path.display());
    anyhow::ensure!(
        path.join(ledger::FILE).is_file(),
        "there is no history in {}, so nobody knows which captures a claim needs: `onrecord check` begins one",
        path.display()
    );
    let mut manifests: Vec<Manifest> = found.manifest.into_iter().collect();
    for more in &options.manifests {
        manifests.push(load::manifest(more)?);
    }
    let needed = runtime()?.block_on(async {
        let ledger = ledger::existing(path).await?;
        let needed = ledger.needed().await?;
        // The last connection takes the journal into the file, which may be moved then.
        ledger.close().await;
        anyhow::Ok(needed)
    })?;
    let mode = if options.dry_run { Mode::Read } else { Mode::Write };
    let archive = Archive::open_with(path, mode, super::options())?;
    let kept_runs = runs::every(path)?;
    let retention = Retention { days: options.days, newest: options.newest };
    let now = Timestamp::now();
    let unneeded = engine::droppable(&archive, &needed, &manifests, &kept_runs, retention, now);
    let could = archive.could_drop(&unneeded)?;
    if options.dry_run || could.dropped.is_empty() {
        output::print(told(&could, "would be let go").as_bytes())?;
        return Ok(Exit::Good);
    }
    let rules = format!(
        "older than {} days, not among the {} newest of its address, and needed by no observation, claim or kept run",
        options.days, options.newest
    );
    let rewritten = rewrite(&archive, &unneeded, path, &rules, now)?;
    // The right to write to it ends: its folder is about to be moved.
    drop(archive);
    let old = free(path, "before-gc");
    swap(path, &beside(path, "gc"), &old)?;
    let mut text = told(&rewritten, "let go");
    text.push_str(&format!("old head     sha256:{}\nnew head     sha256:{}\n", rewritten.old_head, rewritten.head));
    if options.delete {
        fs::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    } else {
        text.push_str(&format!(
            "the archive as it was is in {}; remove it when nobody needs it (--delete does so at once)\n",
            old.display()
        ));
    }
    output::print(text.as_bytes())?;
    Ok(Exit::Good)
}

fn rewrite(
    archive: &Archive,
    unneeded: &BTreeSet<crate::model::CaptureId>,
    path: &Path,
    rules: &str,
    now: Timestamp,
) -> anyhow::Result<Rewritten> {
    let into = beside(path, "gc");
    if into.exists() {
        // What an earlier attempt left that was interrupted: the archive itself is where it was.
        fs::remove_dir_all(&into).with_context(|| format!("cannot remove {}", into.display()))?;
    }
    let rewritten = archive.rewrite_without(unneeded, &into, rules, now);
    if rewritten.is_err() {
        let _ = fs::remove_dir_all(&into);
    }
    Ok(rewritten?)
}

/// Puts the new folder in the place of the old one, the history with it. Killed between two steps, both are there.
fn swap(path: &Path, new: &Path, old: &Path) -> anyhow::Result<()> {
    let moved = |from: &Path, to: &Path| {
        fs::rename(from, to).with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
    };
    for file in HISTORY {
        if path.join(file).exists() {
            // A copy: the old archive stays whole.
            fs::copy(path.join(file), new.join(file)).with_context(|| format!("cannot copy {file}"))?;
        }
    }
    moved(path, old)?;
    moved(new, path)
}

/// A folder beside the archive, under its name.
fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.file_name().map_or_else(|| "archive".into(), std::ffi::OsStr::to_os_string);
    name.push(format!(".{what}"));
    path.with_file_name(name)
}

/// The first such folder that is not there yet.
fn free(path: &Path, what: &str) -> PathBuf {
    let numbered = (1..).map(|number: u32| beside(path, &format!("{what}-{number}")));
    numbered.into_iter().find(|path| !path.exists()).unwrap_or_else(|| beside(path, what))
}

fn told(rewritten: &Rewritten, what: &str) -> String {
    let mut text = String::new();
    for dropped in rewritten.dropped.iter().take(MAX_SHOWN) {
        text.push_str(&format!("{}  {}\n", dropped.captured, escape::terminal(&dropped.url, true)));
    }
    if rewritten.dropped.len() > MAX_SHOWN {
        text.push_str(&format!("and {} more\n", rewritten.dropped.len() - MAX_SHOWN));
    }
    text.push_str(&format!(
        "{} captures {what}, {} bytes of {}\n",
        rewritten.dropped.len(),
        rewritten.freed,
        rewritten.freed + rewritten.kept
    ));
    text
}
