//! `onrecord archive`: which archive is meant, and what its commands share.

mod export;
mod gc;
mod import;
mod list;
mod remote;
mod verify;

pub(super) use export::of_manifest as captures_of;

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::archive::{Command, Where};
use super::exit::Exit;
use super::load;
use crate::archive::{Key, Options};
use crate::engine;
use crate::model::Manifest;

pub(super) fn run(command: &Command) -> anyhow::Result<Exit> {
    match command {
        Command::List(options) => list::list(options),
        Command::Show(options) => list::show(options),
        Command::Import(options) => import::run(options),
        Command::Export(options) => export::run(options),
        Command::Verify(options) => verify::run(options),
        Command::Gc(options) => gc::run(options),
        Command::Sign(options) => verify::sign(options),
        Command::Keygen(options) => verify::keygen(options),
        Command::Timestamp(options) => verify::timestamp(options),
        Command::Push(options) => remote::push(options),
        Command::Pull(options) => remote::pull(options),
    }
}

/// An archive, and the manifest that it belongs to where there is one.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) manifest: Option<Manifest>,
}

impl Where {
    /// Finds the archive: what was named, else that of the manifest, else `archive` in this folder.
    pub(super) fn find(&self) -> anyhow::Result<Found> {
        let default = Path::new("claims.toml");
        let manifest = match &self.manifest {
            Some(path) => Some(load::manifest(path)?),
            // an archive that was named needs no manifest that happens to lie here
            None if self.archive.is_none() && default.is_file() => Some(load::manifest(default)?),
            None => None,
        };
        let path = match (&self.archive, &manifest) {
            (named, Some(manifest)) => engine::archive_path(manifest, named.as_deref()),
            (Some(path), None) => path.clone(),
            (None, None) => PathBuf::from("archive"),
        };
        Ok(Found { path, manifest })
    }

    /// The same, for what must be there.
    pub(super) fn find_existing(&self) -> anyhow::Result<Found> {
        let found = self.find()?;
        anyhow::ensure!(
            found.path.exists(),
            "there is no archive at {}; --archive names another one",
            found.path.display()
        );
        Ok(found)
    }
}

/// Reads a key from its file.
pub(super) fn key(path: &Path) -> anyhow::Result<Key> {
    let whole = || format!("cannot use {} as a key", path.display());
    let length = std::fs::metadata(path).with_context(whole)?.len();
    anyhow::ensure!(length <= 64 * 1024, "{}: it has {length} bytes", whole());
    Key::from_pem(&std::fs::read_to_string(path).with_context(whole)?).with_context(whole)
}

/// What an archive is opened with where nothing is captured.
pub(super) fn options() -> Options {
    Options::default()
}
