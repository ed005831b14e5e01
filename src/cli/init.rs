//! `onrecord init`: a starter manifest, and a `.gitignore` for the archive. Writes over nothing.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::args::Init;
use super::exit::Exit;
use super::output;
use crate::manifest::{GITIGNORE, STARTER};

pub(super) fn run(options: &Init) -> anyhow::Result<Exit> {
    std::fs::create_dir_all(&options.folder).with_context(|| format!("cannot make {}", options.folder.display()))?;
    let manifest = options.folder.join("claims.toml");
    write_new(&manifest, STARTER)?;
    let mut said = format!("wrote {}\n", manifest.display());
    let ignore = options.folder.join(".gitignore");
    if ignore.exists() {
        said.push_str(&format!("{} is there already; add to it:\n{GITIGNORE}", ignore.display()));
    } else {
        write_new(&ignore, GITIGNORE)?;
        said.push_str(&format!("wrote {}\n", ignore.display()));
    }
    said.push_str("now write your claims, then run `onrecord check`\n");
    output::print(said.as_bytes())?;
    Ok(Exit::Good)
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => anyhow::anyhow!(
                "{} is there already and is not written over: add claims to it, or name another folder (`onrecord init FOLDER`)",
                path.display()
            ),
            _ => anyhow::Error::new(error).context(format!("cannot write {}", path.display())),
        })?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}
