//! `onrecord archive push` and `pull`: the archive in a second place.

use std::path::Path;

use crate::archive::Archive;
use crate::archive::Mode;
use crate::cli::args::archive::Remote;
use crate::cli::exit::Exit;
use crate::cli::{output, runtime};
use crate::remote::{Moved, Place};

pub(super) fn push(options: &Remote) -> anyhow::Result<Exit> {
    let found = options.place.find_existing()?;
    ensure_folder(&found.path)?;
    let moved = runtime()?.block_on(place(options)?.push(&found.path))?;
    tell(&moved)
}

pub(super) fn pull(options: &Remote) -> anyhow::Result<Exit> {
    let found = options.place.find()?;
    ensure_folder(&found.path)?;
    let moved = runtime()?.block_on(place(options)?.pull(&found.path))?;
    // makes the index, and says what is odd about what came
    for warning in Archive::open_with(&found.path, Mode::Write, super::options())?.warnings() {
        output::complain(&format!("warning: {warning}"));
    }
    tell(&moved)
}

fn place(options: &Remote) -> anyhow::Result<Place> {
    let settings = std::env::vars_os().filter_map(|(name, value)| {
        let (name, value) = (name.into_string().ok()?, value.into_string().ok()?);
        name.starts_with("AWS_").then_some((name, value))
    });
    Ok(Place::open(&options.other, settings)?)
}

fn ensure_folder(path: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(!path.is_file(), "{} is a single file; only a folder is handed over or fetched", path.display());
    Ok(())
}

fn tell(moved: &Moved) -> anyhow::Result<Exit> {
    let mut text = String::new();
    for file in &moved.files {
        text.push_str(&format!("{file}\n"));
    }
    let what = match moved.files.len() {
        0 => "nothing was missing".to_owned(),
        1 => format!("1 file, {} bytes", moved.bytes),
        count => format!("{count} files, {} bytes", moved.bytes),
    };
    text.push_str(&format!("{what}; head sha256:{}\n", moved.head));
    output::print(text.as_bytes())?;
    Ok(Exit::Good)
}
