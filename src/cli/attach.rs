//! `onrecord attach`: a copy of a source that a person saved, into the archive.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::Attach;
use super::exit::Exit;
use super::{load, output};
use crate::archive::{Archive, Mode, Original, Supplied};
use crate::capture::content_type;
use crate::model::SourceKey;
use crate::model::address::shown;
use crate::report::escape;

/// Bytes of a copy.
const MAX_BYTES: u64 = 64 << 20;
/// Bytes of a person's name.
const MAX_NAME: usize = 200;

pub(super) fn run(options: &Attach) -> anyhow::Result<Exit> {
    let by = options.by.trim();
    ensure!(!by.is_empty() && by.len() <= MAX_NAME, "--by wants the name of whoever saw the copy");
    let now = Timestamp::now();
    let seen = seen(&options.seen)?;
    ensure!(seen <= now, "--seen {} is in the future", options.seen);
    let manifest = if options.manifest.exists() { Some(load::manifest(&options.manifest)?) } else { None };
    let source = match &manifest {
        Some(manifest) => match manifest.sources.get(&SourceKey(options.source.as_str().into())) {
            Some(source) => match &source.url {
                Some(url) => url.clone(),
                None => bail!("the source {} is a file already; attach is for what stands on the web", options.source),
            },
            None => address(&options.source)?,
        },
        None => address(&options.source)?,
    };
    let source = shown(source.split('#').next().unwrap_or(&source)).into_owned();
    let file = read(&options.file)?;
    let kind = content_type(&options.file.to_string_lossy());
    let typed = options.typed.as_deref().map(read).transpose()?;
    if typed.is_none() {
        ensure!(
            !kind.starts_with("image/"),
            "a picture has no words to check: type them into a file and name it with --typed"
        );
    }
    let (bytes, content_type, original) = match &typed {
        Some(typed) => {
            let picture = Original { bytes: &file, content_type: kind };
            (typed.as_slice(), "text/plain; charset=utf-8", Some(picture))
        }
        None => (file.as_slice(), kind, None),
    };
    ensure!(!bytes.is_empty(), "the copy is empty");
    let folder = load::folder(&options.manifest);
    let path = options.archive.clone().unwrap_or_else(|| {
        folder.join(manifest.as_ref().and_then(|manifest| manifest.archive.as_deref()).unwrap_or("archive"))
    });
    let mut archive = Archive::open(&path, Mode::Write)?;
    let name = options.file.file_name().unwrap_or_default().to_string_lossy();
    let copy =
        Supplied { address: &source, bytes, content_type, original, seen, by: Some(by), from: None, file: &name };
    let capture = archive.append_supplied(&copy, now)?;
    archive.flush()?;
    let line = format!(
        "attached to {}: seen {} by {}, sha256 {}\n",
        escape::terminal(&source, true),
        capture.captured.strftime("%Y-%m-%d %H:%M UTC"),
        escape::terminal(by, true),
        capture.sha256
    );
    output::print(line.as_bytes())?;
    Ok(Exit::Good)
}

/// A URL as it is named on the command line.
fn address(written: &str) -> anyhow::Result<String> {
    let url = url::Url::parse(written)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .with_context(|| format!("{written} is neither a source of the manifest nor a URL"))?;
    Ok(url.into())
}

fn seen(written: &str) -> anyhow::Result<Timestamp> {
    let written = written.trim();
    if let Ok(instant) = written.parse::<Timestamp>() {
        return Ok(instant);
    }
    let day: Date = written
        .parse()
        .ok()
        .filter(|_| written.len() == 10)
        .with_context(|| format!("--seen {written} is no date; write it as 2024-03-23 or 2024-03-23T11:04:00Z"))?;
    Ok(day.to_zoned(TimeZone::UTC)?.timestamp())
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let size = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?.len();
    ensure!(size <= MAX_BYTES, "{} has {size} bytes, more than the limit of {MAX_BYTES}", path.display());
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
