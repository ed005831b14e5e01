//! Runs that are kept beside the archive, so that a report can be rendered again without checking anything.

use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::output;
use crate::model::Manifest;
use crate::model::report::{Report, SCHEMA};
use crate::{engine, model};

/// What a kept run says it is. A later form gets another number, and this one goes on to be read.
const FORMAT: &str = "onrecord/run/1";

/// Bytes of a kept run that are read.
const LARGEST: u64 = 1 << 30;

/// One run as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Run {
    run: String,
    /// When it ran.
    pub(super) ran: Timestamp,
    /// Which version of the program.
    version: String,
    pub(super) report: Report,
}

/// The same while it is written: a report of many claims is neither copied nor held as text.
#[derive(Serialize)]
struct Kept<'r> {
    run: &'static str,
    ran: Timestamp,
    version: &'static str,
    report: &'r Report,
}

/// The reports of every run that is kept beside an archive, of whichever manifest.
///
/// # Errors
///
/// When one of them cannot be read: what it shows is not known then.
pub(super) fn every(archive: &Path) -> anyhow::Result<Vec<Report>> {
    let Ok(entries) = std::fs::read_dir(of_archive(archive)) else { return Ok(Vec::new()) };
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let kept = files.filter(|file| file.extension().is_some_and(|ending| ending == "json"));
    kept.map(|file| read_file(&file).map(|run| run.report)).collect()
}

/// The folder in which the runs of an archive are kept: beside it, under its name.
fn folder(manifest: &Manifest, settings: &engine::Settings) -> PathBuf {
    of_archive(&engine::archive_path(manifest, settings.archive.as_deref()))
}

fn of_archive(archive: &Path) -> PathBuf {
    let mut name = archive.file_name().map_or_else(|| "archive".into(), std::ffi::OsStr::to_os_string);
    name.push(".runs");
    archive.with_file_name(name)
}

/// What the files of one manifest's runs begin with.
fn stem(manifest: &Manifest) -> String {
    let stem = manifest.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let safe = |c: char| if c.is_alphanumeric() { c } else { '_' };
    format!("{}-", stem.chars().take(60).map(safe).collect::<String>())
}

/// Keeps a run, and of the older ones of this manifest the newest.
pub(super) fn keep(manifest: &Manifest, settings: &engine::Settings, report: &Report, most: usize) {
    if most == 0 || report.claims.is_empty() {
        return;
    }
    if let Err(error) = write(manifest, settings, report, most) {
        output::complain(&format!("warning: the run is not kept: {}", super::chain(&error)));
    }
}

fn write(manifest: &Manifest, settings: &engine::Settings, report: &Report, most: usize) -> anyhow::Result<()> {
    let folder = folder(manifest, settings);
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let time = settings.now.strftime("%Y%m%dT%H%M%S%6fZ");
    let file = folder.join(format!("{}{time}.json", stem(manifest)));
    let run = Kept { run: FORMAT, ran: settings.now, version: env!("CARGO_PKG_VERSION"), report };
    output::replace_with(&file, |out| Ok(serde_json::to_writer(out, &run)?))?;
    let files = files(&folder, manifest);
    for old in files.iter().rev().skip(most) {
        // Another run may have taken it away already.
        let _ = std::fs::remove_file(old);
    }
    Ok(())
}

/// The runs of a manifest, oldest first.
fn files(folder: &Path, manifest: &Manifest) -> Vec<PathBuf> {
    let stem = stem(manifest);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let time = name.strip_prefix(&stem).and_then(|rest| rest.strip_suffix("Z.json"));
            time.is_some_and(|time| time.len() == 21 && time.bytes().all(|b| b.is_ascii_digit() || b == b'T'))
        })
        .collect();
    files.sort();
    files
}

/// Reads a kept run: the last one, the one before it, and so on, counted from 1.
pub(super) fn read(manifest: &Manifest, settings: &engine::Settings, back: usize) -> anyhow::Result<Run> {
    let folder = folder(manifest, settings);
    let files = files(&folder, manifest);
    let file = files.iter().rev().nth(back.saturating_sub(1));
    let held = files.len();
    let file = file.with_context(|| match held {
        0 => format!("no run is kept in {}; `onrecord check` makes one", folder.display()),
        held => format!("only {held} runs are kept in {}", folder.display()),
    })?;
    read_file(file)
}

/// When each kept run of a manifest ran, newest first.
pub(super) fn list(manifest: &Manifest, settings: &engine::Settings) -> Vec<Run> {
    files(&folder(manifest, settings), manifest).iter().rev().filter_map(|file| read_file(file).ok()).collect()
}

/// Reads a run, or a report that `--format json` wrote.
pub(super) fn read_file(file: &Path) -> anyhow::Result<Run> {
    let cannot = || format!("cannot read {}", file.display());
    let size = std::fs::metadata(file).with_context(cannot)?.len();
    anyhow::ensure!(size <= LARGEST, "{} has {size} bytes, more than the limit of {LARGEST}", file.display());
    let bytes = std::fs::read(file).with_context(cannot)?;
    parse(&bytes).with_context(|| format!("{} is no report that this version reads", file.display()))
}

fn parse(bytes: &[u8]) -> anyhow::Result<Run> {
    let value: serde_json::Value = serde_json::from_slice(bytes)?;
    let run = if value.get("run").is_some() {
        serde_json::from_value(value)?
    } else {
        Run {
            run: FORMAT.to_owned(),
            ran: Timestamp::UNIX_EPOCH,
            version: String::new(),
            report: serde_json::from_value(value)?,
        }
    };
    anyhow::ensure!(run.run == FORMAT, "it says {:?}, and this version reads {FORMAT}", run.run);
    anyhow::ensure!(run.report.schema == SCHEMA, "it says {:?}, and this version reads {SCHEMA}", run.report.schema);
    Ok(run)
}

/// A manifest for a report without one: nothing but the place where its archive would be.
pub(super) fn bare_manifest(file: &Path) -> Manifest {
    Manifest {
        path: file.with_file_name("claims.toml"),
        archive: None,
        language: None,
        article: None,
        sources: std::collections::BTreeMap::<model::SourceKey, model::Source>::new(),
        claims: Vec::new(),
        dismissed: Vec::new(),
        bands: Default::default(),
        privacy: model::LeftOut::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_of_the_first_version_is_read() {
        // As version 0.1.0 wrote it, before articles, dates and fragments were reported.
        let old = r#"{"schema": "onrecord/report/1", "title": null, "manifest": "claims.toml",
            "summary": {"claims": 1, "passed": 0, "failed": 0, "open": 1, "signed": 1, "on-record": 0, "partly": 0,
            "review": 0, "unsourced": 1, "unavailable": 0, "out-of-context": 0, "altered": 0, "mismatch": 0, "absent": 0},
            "conflicts": [], "claims": [{"id": "a", "statement": "A.", "verdict": "unsourced", "passes": false,
            "signed": {"by": "KM", "on": "2024-03-24", "why": "w", "valid": false}, "expected": null, "unchecked": [],
            "speaker": null, "via": [], "line": 3, "checks": [{"kind": "statement", "text": "A.",
            "verdict": "unavailable", "score": null, "source": null, "outlet": null, "reason": null, "detail": null,
            "capture": null, "passage": null, "also": [], "changes": [], "flags": [], "others": []}]}]}"#;
        let run = parse(old.as_bytes()).expect("it is read");
        assert_eq!(run.report.claims[0].id, "a");
        let kept = serde_json::to_vec(&run).expect("it is written");
        assert_eq!(parse(&kept).expect("it is read").report.claims[0].line, 3);
        for (from, to) in [("report/1", "report/2"), ("\"unsourced\", \"passes\"", "\"fine\", \"passes\"")] {
            assert!(parse(old.replace(from, to).as_bytes()).is_err(), "{to}");
        }
        assert!(parse(b"{\"run\": \"onrecord/run/2\"}").is_err());
    }
}
