//! `onrecord archive verify`, and what makes it say more: `sign`, `keygen`, `timestamp`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use jiff::Timestamp;
use serde_json::json;

use crate::archive::{Archive, Key, Mode, Pins, Verification, verify};
use crate::cli::args::archive::{Keygen, ListFormat, Sign, Stamp, Verify};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::engine;
use crate::model::{CaptureId, Manifest};
use crate::plan::Holdings;
use crate::report::escape;

/// Problems that are printed one by one.
const MAX_SHOWN: usize = 200;

pub(super) fn run(options: &Verify) -> anyhow::Result<Exit> {
    let mut place = options.place.clone();
    place.archive = options.path.clone().or(place.archive);
    let found = place.find_existing()?;
    let pins = Pins { key: options.key.clone(), head: options.head.clone() };
    let verified = verify(&found.path, &pins)?;
    let touched = touched(&found.path, &verified, found.manifest.as_ref());
    let text = match options.format {
        ListFormat::Json => format!("{}\n", as_json(&verified, &touched)),
        ListFormat::Text => as_text(&found.path, &verified, &touched, found.manifest.as_ref()),
    };
    output::print(text.as_bytes())?;
    Ok(if verified.holds() { Exit::Good } else { Exit::Failed })
}

/// What damage touches.
#[derive(Default)]
struct Touched {
    /// The address of each record that a capture has.
    addresses: BTreeMap<String, String>,
    claims: Vec<String>,
    /// Why nobody can tell.
    unknown: Option<String>,
}

fn touched(path: &Path, verified: &Verification, manifest: Option<&Manifest>) -> Touched {
    let mut touched = Touched::default();
    if verified.holds() {
        return touched;
    }
    let archive = match Archive::open_with(path, Mode::Read, super::options()) {
        Ok(archive) => archive,
        Err(error) => {
            touched.unknown = Some(error.to_string());
            return touched;
        }
    };
    let hit: BTreeSet<CaptureId> = archive.touched(verified);
    for capture in archive.captures() {
        touched.addresses.insert(capture.id.0.clone(), capture.requested.clone());
    }
    let Some(manifest) = manifest else { return touched };
    let captures = engine::as_written(manifest, &archive);
    let holdings = Holdings::new(&captures);
    for claim in &manifest.claims {
        let serves = claim.sources.iter().filter_map(|key| manifest.sources.get(key));
        let serving = serves.filter_map(|source| holdings.serving(source, claim.as_of));
        if serving.into_iter().any(|capture| hit.contains(&capture.id) || unreadable(&archive, &capture.id)) {
            touched.claims.push(claim.id.0.clone());
        }
    }
    touched
}

/// Whether the capture that a claim rests on cannot be read any more.
fn unreadable(archive: &Archive, id: &CaptureId) -> bool {
    matches!(archive.body(id), Err(crate::archive::ArchiveError::Damaged { .. }))
}

fn as_text(path: &Path, verified: &Verification, touched: &Touched, manifest: Option<&Manifest>) -> String {
    let clean = |text: &str| escape::terminal(text, true);
    let mut text = format!(
        "{}: {} records in {} files, {} lines of log\n",
        clean(&path.display().to_string()),
        verified.records,
        verified.files,
        verified.lines
    );
    if let Some(head) = &verified.head {
        text.push_str(&format!("head         sha256:{head}\n"));
    }
    if let Some(digest) = &verified.package {
        text.push_str(&format!("digest       {}\n", clean(digest)));
    }
    for problem in verified.problems.iter().take(MAX_SHOWN) {
        text.push_str(&format!("\nPROBLEM  {}\n         {}\n", clean(&problem.place), clean(&problem.message)));
        for record in problem.records.iter().take(20) {
            let address = touched.addresses.get(record).map_or_else(String::new, |address| format!("  {address}"));
            text.push_str(&format!("         record {}{}\n", clean(record), clean(&address)));
        }
        if problem.records.len() > 20 {
            text.push_str(&format!("         and {} records more\n", problem.records.len() - 20));
        }
    }
    if verified.problems.len() > MAX_SHOWN {
        text.push_str(&format!("\nand {} problems more\n", verified.problems.len() - MAX_SHOWN));
    }
    if let (false, Some(manifest)) = (verified.holds(), manifest) {
        let total = manifest.claims.len();
        text.push_str(&match (&touched.unknown, touched.claims.len()) {
            (Some(error), _) => format!("\nwhich claims this touches cannot be told: {}\n", clean(error)),
            (None, 0) => format!("\nno claim rests on what is damaged: all {total} stand\n"),
            (None, hit) => {
                let names: Vec<String> = touched.claims.iter().map(|id| clean(id)).collect();
                format!("\nclaims that rest on it: {}\nthe other {} stand\n", names.join(", "), total - hit)
            }
        });
    }
    if !verified.notes.is_empty() {
        text.push('\n');
    }
    for note in &verified.notes {
        text.push_str(&format!("note     {}\n", clean(note)));
    }
    text.push_str("\nwhat is attested:\n");
    for rung in &verified.ladder {
        let mark = if rung.holds { "yes" } else { "no " };
        text.push_str(&format!("  {mark}  {:<24}{}\n", rung.step.word(), clean(&rung.detail)));
    }
    text
}

fn as_json(verified: &Verification, touched: &Touched) -> serde_json::Value {
    json!({
        "holds": verified.holds(),
        "files": verified.files,
        "records": verified.records,
        "lines": verified.lines,
        "head": verified.head,
        "package": verified.package,
        "problems": verified.problems.iter().map(|problem| json!({
            "place": problem.place, "records": problem.records, "message": problem.message,
        })).collect::<Vec<_>>(),
        "claims": touched.claims,
        "notes": verified.notes,
        "ladder": verified.ladder.iter().map(|rung| json!({
            "step": rung.step.word(), "holds": rung.holds, "detail": rung.detail,
        })).collect::<Vec<_>>(),
    })
}

pub(super) fn sign(options: &Sign) -> anyhow::Result<Exit> {
    let found = options.place.find_existing()?;
    let key = super::key(&options.key)?;
    let mut archive = Archive::open_with(&found.path, Mode::Write, super::options())?;
    for warning in archive.warnings() {
        output::complain(&format!("warning: {warning}"));
    }
    let fingerprint = archive.sign(&key, Timestamp::now())?;
    let head = archive.head()?.unwrap_or_default();
    output::print(format!("head         sha256:{head}\nsigned by    {fingerprint}\n").as_bytes())?;
    Ok(Exit::Good)
}

pub(super) fn keygen(options: &Keygen) -> anyhow::Result<Exit> {
    let whole = || format!("cannot write {}", options.file.display());
    let key = Key::generate()?;
    let pem = key.to_pem()?;
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut file = open.open(&options.file).with_context(whole)?;
    file.write_all(pem.as_bytes()).and_then(|()| file.sync_all()).with_context(whole)?;
    output::print(format!("fingerprint  {}\n", key.fingerprint()).as_bytes())?;
    output::complain(&format!(
        "keep {} to yourself, and note the fingerprint where readers of the evidence can find it",
        options.file.display()
    ));
    Ok(Exit::Good)
}

pub(super) fn timestamp(options: &Stamp) -> anyhow::Result<Exit> {
    let found = options.place.find_existing()?;
    let mut archive = Archive::open_with(&found.path, Mode::Write, super::options())?;
    if let Some(file) = &options.query {
        let query = archive.timestamp_query()?;
        output::replace(file, &query)?;
        let head = archive.head()?.unwrap_or_default();
        output::print(format!("head         sha256:{head}\nquestion     {}\n", file.display()).as_bytes())?;
    } else if let Some(file) = &options.reply {
        let whole = || format!("cannot read {}", file.display());
        let length = std::fs::metadata(file).with_context(whole)?.len();
        anyhow::ensure!(length <= 1 << 20, "{} has {length} bytes, more than any answer", file.display());
        let told = archive.add_timestamp(&std::fs::read(file).with_context(whole)?)?;
        output::print(format!("existed before {told}\n").as_bytes())?;
    }
    Ok(Exit::Good)
}
