//! A desk: a folder of its own with files in it, and the program run there with a cleared environment.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A folder to run the program in; gone when dropped.
pub(crate) struct Desk {
    folder: TempDir,
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with a manifest.
    pub(crate) fn with(manifest: &str) -> Self {
        let desk = Self::new();
        desk.write("claims.toml", manifest);
        desk
    }

    /// The path of a file in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, its folders with it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Reads a file as text.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the program in the folder.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        run_in(self.folder.path(), arguments)
    }

    /// Runs the program in the folder with these variables in its environment.
    pub(crate) fn run_with<A: AsRef<OsStr>>(&self, arguments: &[A], variables: &[(&str, &str)]) -> Ran {
        run_in_with(self.folder.path(), arguments, variables)
    }

    /// Runs `check` with more arguments and JSON on standard output; the report with the status.
    pub(crate) fn check(&self, arguments: &[&str]) -> (Value, i32) {
        let ran = self.run(&[&["check", "--format", "json"], arguments].concat());
        let report = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        (report, ran.status)
    }

    /// Every file with its bytes.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(self.folder.path())
    }
}

/// Runs the program in a folder, with nothing from the environment.
pub(crate) fn run_in<A: AsRef<OsStr>>(folder: &Path, arguments: &[A]) -> Ran {
    run_in_with(folder, arguments, &[])
}

fn run_in_with<A: AsRef<OsStr>>(folder: &Path, arguments: &[A], variables: &[(&str, &str)]) -> Ran {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("onrecord"))
        .env_clear()
        .envs(variables.iter().copied())
        .current_dir(folder)
        .args(arguments)
        .timeout(std::time::Duration::from_secs(120))
        .output()
        .unwrap();
    Ran {
        status: output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}")),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Every file below a folder with its bytes, but for the runs that a check keeps beside its archive: those are tested by
/// themselves, and no check reads them.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.extension().is_none_or(|ending| ending != "runs") {
                    folders.push(path);
                }
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The claim of a report with an id.
pub(crate) fn claim<'r>(report: &'r Value, id: &str) -> &'r Value {
    let claims = report["claims"].as_array().unwrap();
    claims.iter().find(|claim| claim["id"] == id).unwrap_or_else(|| panic!("no claim {id} in {report:#}"))
}

/// The verdict of each claim, in order, as `id verdict`.
pub(crate) fn verdicts(report: &Value) -> Vec<String> {
    let word = |claim: &Value, key: &str| claim[key].as_str().unwrap().to_owned();
    let claims = report["claims"].as_array().unwrap();
    claims.iter().map(|claim| format!("{} {}", word(claim, "id"), word(claim, "verdict"))).collect()
}

/// The string at a key of every object in a value, however deep.
pub(crate) fn strings_at(value: &Value, key: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                if name == key
                    && let Some(text) = inner.as_str()
                {
                    found.push(text.to_owned());
                }
                strings_at(inner, key, found);
            }
        }
        Value::Array(array) => array.iter().for_each(|inner| strings_at(inner, key, found)),
        _ => {}
    }
}
