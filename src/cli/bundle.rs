//! `onrecord bundle`: report, captures and a page for whoever checks them, in one file; and checking one.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::Timestamp;
use serde_json::json;

use super::archive::{captures_of, key, options as archive_options};
use super::args::archive::ListFormat;
use super::args::bundle::{Bundle as Options, BundleCommand, Verify};
use super::exit::Exit;
use super::{load, output, wait};
use crate::archive::{
    Archive, Bundle, BundleFile, Export, Key, Mode, Pins, Problem, Verification, open_bundle, verify as verify_package,
    write_bundle,
};
use crate::engine::{self, Settings};
use crate::extract::EXTRACTOR_VERSION;
use crate::model::report::Report;
use crate::model::{CaptureId, Manifest};
use crate::report::{self, Beside, Format, Style, escape};

/// Problems that are printed one by one.
const MAX_SHOWN: usize = 200;

pub(super) fn run(options: &Options) -> anyhow::Result<Exit> {
    match &options.command {
        Some(BundleCommand::Verify(options)) => verify(options),
        None => write(options),
    }
}

fn write(options: &Options) -> anyhow::Result<Exit> {
    let file = options.file.as_deref().context("no file to write is named")?;
    anyhow::ensure!(options.force || !file.exists(), "{} is there already; --force replaces it", file.display());
    let key = options.key.as_deref().map(key).transpose()?;
    let manifest = load::manifest(&options.manifest)?;
    let settings = Settings { offline: true, ..load::settings(&options.sources, load::folder(&options.manifest))? };
    let whole = wait(engine::check(&manifest, &settings, &|_| {}))??;
    let report = if options.public { report::public(&whole) } else { whole };
    anyhow::ensure!(
        !report.claims.is_empty(),
        if options.public { "no claim may be published: nothing was written" } else { "there is nothing to check" }
    );
    let json = report::render(&report, Format::Json, &Style::default());
    // What is packed is what a verifier reads, number for number.
    let report: Report = serde_json::from_slice(&json).context("the report cannot be read back")?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let package = folder.path().join(BundleFile::Captures.name());
    let exported = export(options, &manifest, &report, &settings, &package, key.as_ref())?;
    let package = exported.is_some().then_some(package);
    let page = page(&report, package.as_deref(), options.public, &settings)?;
    let readme = report::verifier(options.public, package.is_some());
    let files = [
        (BundleFile::Readme, readme.as_bytes()),
        (BundleFile::Page, page.as_slice()),
        (BundleFile::Report, json.as_slice()),
    ];
    let compared = engine::compare(&report, package.as_deref(), options.public, true, &settings)?;
    for problem in &compared.problems {
        output::complain(&format!("warning: {}: {}", problem.claim, problem.message));
    }
    let bundle = Bundle::new(settings.now, EXTRACTOR_VERSION, options.public);
    let written = write_bundle(file, &bundle, &files, package.as_deref(), key.as_ref())?;
    let mut told = format!(
        "{}: {} claims, {} pages\ndigest       sha256:{}\n",
        file.display(),
        report.claims.len(),
        exported.unwrap_or(0),
        written.digest
    );
    if compared.withheld > 0 {
        told.push_str(&format!(
            "left out     captures of the desk’s files and supplied copies: {}\n",
            compared.withheld
        ));
    }
    if let Some(key) = &key {
        told.push_str(&format!("signed by    {}\n", key.fingerprint()));
    }
    output::print(told.as_bytes())?;
    Ok(Exit::Good)
}

/// Writes the package of captures; how many pages it has, or `None` where there is no capture to put in.
fn export(
    options: &Options,
    manifest: &Manifest,
    report: &Report,
    settings: &Settings,
    package: &Path,
    key: Option<&Key>,
) -> anyhow::Result<Option<usize>> {
    let path = engine::archive_path(manifest, settings.archive.as_deref());
    if !path.exists() {
        return Ok(None);
    }
    let archive = Archive::open_with(&path, Mode::Read, archive_options())?;
    let mut captures = engine::named_captures(report, &archive, options.public);
    if !options.public {
        let known: HashSet<CaptureId> = captures.iter().cloned().collect();
        captures.extend(captures_of(manifest, &archive).into_iter().filter(|id| !known.contains(id)));
    }
    let mut seen = HashSet::new();
    captures.retain(|id| seen.insert(id.clone()));
    if captures.is_empty() {
        return Ok(None);
    }
    let title = manifest.article.as_ref().and_then(|article| article.title.clone()).filter(|_| !options.public);
    let addresses: HashSet<&str> = archive
        .captures()
        .iter()
        .filter(|capture| seen.contains(&capture.id))
        .map(|capture| capture.requested.as_str())
        .collect();
    let export = Export { captures, extras: Vec::new(), title, created: settings.now, key };
    let exported = archive.export(package, &export)?;
    for warning in &exported.warnings {
        output::complain(&format!("warning: {warning}"));
    }
    if options.public {
        // A body that another address answered with as well is stored once, with that other capture.
        let packed = Archive::open_with(package, Mode::Read, archive_options())?;
        let stranger = packed.captures().iter().find(|capture| !addresses.contains(capture.requested.as_str()));
        anyhow::ensure!(
            stranger.is_none(),
            "a capture of a published source is stored only as a copy of one of a source that is not published; capture \
             the published sources into an archive of their own (--archive) first"
        );
    }
    Ok(Some(exported.pages))
}

/// The report as a page, with the copies that it rests on where it is not for readers.
fn page(report: &Report, package: Option<&Path>, public: bool, settings: &Settings) -> anyhow::Result<Vec<u8>> {
    let copies = match package {
        Some(package) if !public => {
            let settings = Settings { archive: Some(package.to_owned()), ..settings.clone() };
            engine::copies(&super::runs::bare_manifest(package), &settings, report)?
        }
        _ => Vec::new(),
    };
    let mut page = Vec::new();
    // A history is the desk's, and no part of what a verifier can make again.
    let beside = Beside { copies: &copies, ..Beside::NOTHING };
    report::write(report, Format::Html, &Style::default(), &beside, &mut page)?;
    Ok(page)
}

/// What checking a bundle gave.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    /// What each problem touches, in words, by its number.
    touches: BTreeMap<usize, String>,
    /// Claims that rest on what does not hold.
    claims: BTreeSet<String>,
    notes: Vec<String>,
    claims_in_all: usize,
    passages: usize,
    withheld: usize,
    package: Option<Verification>,
}

impl Found {
    fn add(&mut self, problem: Problem, touches: &str) {
        self.touches.insert(self.problems.len(), touches.to_owned());
        self.problems.push(problem);
    }
}

fn verify(options: &Verify) -> anyhow::Result<Exit> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let package: PathBuf = folder.path().join(BundleFile::Captures.name());
    let pins = Pins { key: options.key.clone(), head: options.head.clone() };
    let opened = open_bundle(&options.file, &pins, &package)?;
    let mut found = Found::default();
    for problem in opened.problems {
        let touches = touched_by(&problem.place);
        found.add(problem, touches);
    }
    let package = opened.captures.then_some(package);
    let settings = Settings { offline: true, ..reading()? };
    let report = opened.files.get(&BundleFile::Report).and_then(|bytes| match serde_json::from_slice(bytes) {
        Ok(report) => Some(report),
        Err(_) => {
            let message = "it is no report that this version reads".to_owned();
            let place = BundleFile::Report.name().to_owned();
            found.add(Problem { place, records: Vec::new(), message }, "every claim: compare report.html by eye");
            None
        }
    });
    let report: Option<Report> = report;
    if let Some(package) = &package {
        captures(package, &options.key, report.as_ref(), &mut found)?;
    }
    if let (Some(report), Some(bundle)) = (&report, &opened.bundle) {
        found.claims_in_all = report.claims.len();
        let same_reader = bundle.extractor == EXTRACTOR_VERSION;
        if !same_reader {
            found.notes.push("texts were read by another version: passages are looked for, without their place".into());
        }
        match engine::compare(report, package.as_deref(), bundle.public, same_reader, &settings) {
            Ok(compared) => {
                (found.passages, found.withheld) = (compared.passages, compared.withheld);
                for problem in compared.problems {
                    let place = BundleFile::Report.name().to_owned();
                    let touches = if problem.claim.is_empty() { "what the report counts" } else { &problem.claim };
                    found.add(Problem { place, records: Vec::new(), message: problem.message }, touches);
                    found.claims.extend(Some(problem.claim).filter(|claim| !claim.is_empty()));
                }
            }
            Err(error) => {
                let place = BundleFile::Captures.name().to_owned();
                found.add(Problem { place, records: Vec::new(), message: error.to_string() }, "every claim");
            }
        }
        if !bundle.is_of_this_version() {
            found.notes.push(format!("made by {}: the page is not made again to be compared", bundle.software));
        } else if opened.files.get(&BundleFile::Page).is_some_and(|bytes| {
            page(report, package.as_deref(), bundle.public, &settings).is_ok_and(|page| page != *bytes)
        }) {
            let message = "the page does not say what report.json says".to_owned();
            let place = BundleFile::Page.name().to_owned();
            found.add(Problem { place, records: Vec::new(), message }, "the page alone");
        }
    }
    let holds = found.problems.is_empty();
    let text = match options.format {
        ListFormat::Json => {
            let value = json!({
                "holds": holds,
                "digest": opened.digest,
                "created": opened.bundle.as_ref().map(|bundle| &bundle.created),
                "software": opened.bundle.as_ref().map(|bundle| &bundle.software),
                "public": opened.bundle.as_ref().map(|bundle| bundle.public),
                "signed": opened.signed,
                "claims": found.claims_in_all,
                "passages": found.passages,
                "withheld": found.withheld,
                "problems": found.problems.iter().enumerate().map(|(number, problem)| json!({
                    "place": problem.place, "message": problem.message, "records": problem.records,
                    "touches": found.touches.get(&number),
                })).collect::<Vec<_>>(),
                "touched": found.claims,
                "notes": found.notes,
                "ladder": found.package.iter().flat_map(|package| &package.ladder).map(|rung| json!({
                    "step": rung.step.word(), "holds": rung.holds, "detail": rung.detail,
                })).collect::<Vec<_>>(),
            });
            format!("{value}\n")
        }
        ListFormat::Text => as_text(&options.file, opened.digest.as_deref(), &opened.signed, &found),
    };
    output::print(text.as_bytes())?;
    Ok(if holds { Exit::Good } else { Exit::Failed })
}

/// The settings that captures are read with.
fn reading() -> anyhow::Result<Settings> {
    let mut settings = Settings::at(Timestamp::now());
    settings.reader.program = std::env::current_exe().ok();
    Ok(settings)
}

/// The package of captures by its own description, and the claims that damage in it touches.
fn captures(package: &Path, key: &Option<String>, report: Option<&Report>, found: &mut Found) -> anyhow::Result<()> {
    let verified = verify_package(package, &Pins { key: key.clone(), head: None })?;
    if !verified.holds() {
        let claims = match (report, Archive::open_with(package, Mode::Read, archive_options())) {
            (Some(report), Ok(archive)) => engine::resting(report, &archive, &archive.touched(&verified)),
            _ => BTreeSet::new(),
        };
        let names = claims.iter().cloned().collect::<Vec<_>>().join(", ");
        let touches = if names.is_empty() { "no claim that could be told".to_owned() } else { names };
        for problem in &verified.problems {
            let place = format!("{}#{}", BundleFile::Captures.name(), problem.place);
            let touches = if problem.records.is_empty() { "the package as a whole" } else { &touches };
            found.add(Problem { place, ..problem.clone() }, touches);
        }
        found.claims.extend(claims);
    }
    found.notes.extend(verified.notes.iter().cloned());
    found.package = Some(verified);
    Ok(())
}

/// What a damaged file of the bundle means for its reader.
fn touched_by(place: &str) -> &'static str {
    let of = |file: BundleFile| place == file.name() || place.ends_with(&format!(" {}", file.name()));
    if of(BundleFile::Readme) || of(BundleFile::Sums) {
        "no claim: it is there to explain"
    } else if of(BundleFile::Page) {
        "the page alone; report.json says the same"
    } else if of(BundleFile::Report) {
        "what the report says of every claim"
    } else if of(BundleFile::Captures) {
        "captures; see the problems of captures.wacz"
    } else {
        "what vouches for the files, not their content"
    }
}

fn as_text(path: &Path, digest: Option<&str>, signed: &str, found: &Found) -> String {
    let clean = |text: &str| escape::terminal(text, true);
    let mut text = format!(
        "{}: {} claims, {} passages stand in their captures\n",
        clean(&path.display().to_string()),
        found.claims_in_all,
        found.passages
    );
    if let Some(digest) = digest {
        text.push_str(&format!("digest       sha256:{digest}\n"));
    }
    text.push_str(&format!("signature    {}\n", clean(signed)));
    if found.withheld > 0 {
        text.push_str(&format!("left out     captures whose passages cannot be checked here: {}\n", found.withheld));
    }
    for (number, problem) in found.problems.iter().enumerate().take(MAX_SHOWN) {
        text.push_str(&format!("\nPROBLEM  {}\n         {}\n", clean(&problem.place), clean(&problem.message)));
        if let Some(touches) = found.touches.get(&number) {
            text.push_str(&format!("         touches {}\n", clean(touches)));
        }
    }
    if found.problems.len() > MAX_SHOWN {
        text.push_str(&format!("\nand {} problems more\n", found.problems.len() - MAX_SHOWN));
    }
    if !found.claims.is_empty() {
        let names: Vec<String> = found.claims.iter().map(|id| clean(id)).collect();
        let rest = found.claims_in_all.saturating_sub(names.len());
        text.push_str(&format!("\nclaims that rest on it: {}\nthe other {rest} stand\n", names.join(", ")));
    }
    if !found.notes.is_empty() {
        text.push('\n');
    }
    for note in &found.notes {
        text.push_str(&format!("note     {}\n", clean(note)));
    }
    if let Some(package) = &found.package {
        text.push_str("\nwhat is attested of the captures:\n");
        for rung in &package.ladder {
            let mark = if rung.holds { "yes" } else { "no " };
            text.push_str(&format!("  {mark}  {:<24}{}\n", rung.step.word(), clean(&rung.detail)));
        }
    }
    text.push_str(if found.problems.is_empty() { "\neverything holds\n" } else { "\nit does not hold\n" });
    text
}
