//! `onrecord archive import`: what others saved, with what the user says of it.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use jiff::Timestamp;

use crate::archive::{Archive, ImportNote, Mode, Original, Saved, SavedKind, Supplied, recognise};
use crate::capture::content_type;
use crate::cli::args::archive::Import;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::report::escape;

/// Bytes that tell what a file is.
const HEAD: u64 = 64 * 1024;

pub(super) fn run(options: &Import) -> anyhow::Result<Exit> {
    let found = options.place.find()?;
    let one = options.files.len() == 1;
    anyhow::ensure!(one || options.url.is_none(), "--url names one address: import the files one by one");
    let mut archive = Archive::open_with(&found.path, Mode::Write, super::options())?;
    for warning in archive.warnings() {
        output::complain(&format!("warning: {warning}"));
    }
    let now = Timestamp::now();
    for file in &options.files {
        let told =
            import(&mut archive, file, options, now).with_context(|| format!("cannot import {}", file.display()))?;
        output::print(format!("{}\n", escape::terminal(&told, true)).as_bytes())?;
    }
    archive.flush()?;
    Ok(Exit::Good)
}

fn import(archive: &mut Archive, file: &Path, options: &Import, now: Timestamp) -> anyhow::Result<String> {
    let name = file.file_name().context("it has no name")?.to_string_lossy().into_owned();
    let mut head = Vec::new();
    std::fs::File::open(file)?.take(HEAD).read_to_end(&mut head)?;
    if recognise(&head, &name).kind == SavedKind::Archive {
        return import_archive(archive, file, name, options, now);
    }
    let limit = u64::from(options.max_size) << 20;
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(limit + 1).read_to_end(&mut bytes)?;
    anyhow::ensure!(bytes.len() as u64 <= limit, "it has more than {limit} bytes; --max-size permits more");
    let Saved { kind, page, address, saved } = recognise(&bytes, &name);
    let address = options.url.clone().or(address).context("it does not say what it is a copy of: --url URL does")?;
    let seen = options.seen.or(saved).context("it does not say when it was saved: --seen DATE does")?;
    let given = match kind {
        SavedKind::Mhtml => "multipart/related",
        SavedKind::SingleFile => "text/html",
        SavedKind::Pdf => "application/pdf",
        SavedKind::Plain | SavedKind::Archive => content_type(&name),
    };
    let (read, media_type, original) = match &page {
        Some((page, media_type)) => {
            (page.as_slice(), media_type.as_str(), Some(Original { bytes: &bytes, content_type: given }))
        }
        None => (bytes.as_slice(), given, None),
    };
    let copy = Supplied {
        address: &address,
        bytes: read,
        content_type: media_type,
        original,
        seen,
        by: options.by.as_deref(),
        from: options.from.as_deref(),
        file: &name,
    };
    let before = archive.captures().len();
    let capture = archive.append_supplied(&copy, now)?;
    let known = if archive.captures().len() == before { " (it was there already)" } else { "" };
    Ok(format!("{name}: a copy of {} as of {}{known}", capture.requested, capture.captured))
}

fn import_archive(
    archive: &mut Archive,
    file: &Path,
    name: String,
    options: &Import,
    now: Timestamp,
) -> anyhow::Result<String> {
    anyhow::ensure!(options.url.is_none(), "a web archive says itself which addresses it has: leave --url out");
    let note =
        ImportNote { file: name.clone(), from: options.from.clone(), by: options.by.clone(), seen: options.seen };
    let imported = archive.import_archive(file, &note, now)?;
    for warning in &imported.warnings {
        output::complain(&format!("warning: {warning}"));
    }
    let known = if imported.known { " (it was there already)" } else { "" };
    Ok(format!("{name}: {} captures, kept whole as {}{known}", imported.captures, imported.name))
}
