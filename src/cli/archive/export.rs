//! `onrecord archive export`: the captures of a manifest in one file.

use anyhow::Context;
use jiff::Timestamp;

use crate::archive::{Archive, Export as Package, Extra, Mode};
use crate::cli::args::archive::Export;
use crate::cli::exit::Exit;
use crate::cli::{output, runtime};
use crate::engine::{self, Settings};
use crate::model::{CaptureId, Manifest, SourceKey};
use crate::plan::Holdings;
use crate::report::{self, Format, Style};

pub(super) fn run(options: &Export) -> anyhow::Result<Exit> {
    let found = options.place.find_existing()?;
    anyhow::ensure!(
        options.force || !options.file.exists(),
        "{} is there already; --force replaces it",
        options.file.display()
    );
    anyhow::ensure!(
        options.all || found.manifest.is_some(),
        "there is no manifest whose sources could be exported; --manifest names one, --all exports every capture"
    );
    anyhow::ensure!(
        !options.with_claims || found.manifest.is_some(),
        "there is no manifest whose claims could be put in; --manifest names one"
    );
    let key = options.key.as_deref().map(super::key).transpose()?;
    let archive = Archive::open_with(&found.path, Mode::Read, super::options())?;
    for warning in archive.warnings() {
        output::complain(&format!("warning: {warning}"));
    }
    let mut captures = found.manifest.as_ref().map(|manifest| of_manifest(manifest, &archive)).unwrap_or_default();
    if options.all {
        let rest = archive.captures().iter().map(|capture| capture.id.clone());
        let rest: Vec<CaptureId> = rest.filter(|id| !captures.contains(id)).collect();
        captures.extend(rest);
    }
    let mut seen = std::collections::HashSet::new();
    captures.retain(|id| seen.insert(id.clone()));
    anyhow::ensure!(!captures.is_empty(), "the archive has no capture of the manifest's sources: nothing was written");
    let created = Timestamp::now();
    let mut extras = Vec::new();
    let mut title = None;
    if let Some(manifest) = found.manifest.as_ref().filter(|_| options.with_claims) {
        extras = with_claims(manifest, &found.path, created)?;
        title = manifest.article.as_ref().and_then(|article| article.title.clone());
    }
    let package = Package { captures, extras, title, created, key: key.as_ref() };
    let exported = archive.export(&options.file, &package)?;
    for warning in &exported.warnings {
        output::complain(&format!("warning: {warning}"));
    }
    let mut told = format!(
        "{}: {} records, {} pages\ndigest       sha256:{}\n",
        options.file.display(),
        exported.records,
        exported.pages,
        exported.digest
    );
    if let Some(key) = &key {
        told.push_str(&format!("signed by    {}\n", key.fingerprint()));
    }
    output::print(told.as_bytes())?;
    Ok(Exit::Good)
}

/// The captures of a manifest's sources: for each claim what serves it, then what else is held of its sources.
pub(in crate::cli) fn of_manifest(manifest: &Manifest, archive: &Archive) -> Vec<CaptureId> {
    let written = engine::as_written(manifest, archive);
    let holdings = Holdings::new(&written);
    let mut first = Vec::new();
    let mut rest = Vec::new();
    let mut take = |key: &SourceKey, as_of| {
        let Some(source) = manifest.sources.get(key) else { return };
        first.extend(holdings.serving(source, as_of).map(|capture| capture.id.clone()));
        rest.extend(holdings.candidates(source, as_of).into_iter().map(|capture| capture.id.clone()));
    };
    for claim in &manifest.claims {
        claim.sources.iter().for_each(|key| take(key, claim.as_of));
    }
    manifest.sources.keys().for_each(|key| take(key, None));
    first.extend(rest);
    first
}

/// The manifest, and what checking it against the archive alone gives.
fn with_claims(manifest: &Manifest, path: &std::path::Path, now: Timestamp) -> anyhow::Result<Vec<Extra>> {
    let text = std::fs::read(&manifest.path).with_context(|| format!("cannot read {}", manifest.path.display()))?;
    let settings = Settings { offline: true, archive: Some(path.to_owned()), ..Settings::at(now) };
    let report = runtime()?.block_on(engine::check(manifest, &settings, &|_| {}))?;
    let json = report::render(&report, Format::Json, &Style::default());
    Ok(vec![
        Extra { name: "claims.toml".to_owned(), bytes: text },
        Extra { name: "report.json".to_owned(), bytes: json },
    ])
}
