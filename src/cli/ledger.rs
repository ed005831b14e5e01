//! Where the ledger of an archive is, and how manifests are named in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::history::Ledger;
use crate::model::observation::State;
use crate::report::timeline;

/// The ledger's file, inside the archive's folder: what belongs together moves together.
pub(super) const FILE: &str = "history.sqlite";

/// Opens the ledger of an archive.
///
/// # Errors
///
/// When the archive is one file, which serves for reading only, or the ledger cannot be used.
pub(super) async fn open(archive: &Path) -> anyhow::Result<Ledger> {
    anyhow::ensure!(
        !archive.is_file(),
        "{} is one file and serves for reading only: it has no history",
        archive.display()
    );
    std::fs::create_dir_all(archive).with_context(|| format!("cannot make {}", archive.display()))?;
    Ok(Ledger::open(&archive.join(FILE)).await?)
}

/// Opens the ledger of an archive that has one.
///
/// # Errors
///
/// When there is none yet, or it cannot be used.
pub(super) async fn existing(archive: &Path) -> anyhow::Result<Ledger> {
    anyhow::ensure!(
        archive.join(FILE).is_file(),
        "there is no history in {} yet: `onrecord watch --once` writes it",
        archive.display()
    );
    open(archive).await
}

/// Opens the ledger of an archive for a run that can do without: `None` where there is no folder that could have one.
///
/// # Errors
///
/// When there is a folder, and its ledger cannot be used or made.
pub(super) async fn for_check(archive: &Path) -> anyhow::Result<Option<Ledger>> {
    if !archive.is_dir() {
        return Ok(None);
    }
    open(archive).await.map(Some)
}

/// What became of the words of every claim of a manifest, where its archive has a history; one that cannot be read is
/// told of.
pub(super) fn stories(manifest: &Path, archive: &Path) -> BTreeMap<String, String> {
    if !archive.join(FILE).is_file() {
        return BTreeMap::new();
    }
    let name = name(manifest, archive);
    let read = super::runtime().and_then(|runtime| {
        runtime.block_on(async {
            let ledger = existing(archive).await?;
            let read = (ledger.history(&name, None).await?, ledger.drifts(&name, None).await?);
            ledger.close().await;
            Ok(read)
        })
    });
    let (states, drifts) = read.unwrap_or_else(|error| {
        super::output::complain(&format!("warning: the report shows no history: {}", super::chain(&error)));
        Default::default()
    });
    let drifts: Vec<_> = drifts.into_iter().map(|(_, drift)| drift).collect();
    let mut by_claim: BTreeMap<String, Vec<State>> = BTreeMap::new();
    for state in states {
        by_claim.entry(state.observation.subject.claim.clone()).or_default().push(state);
    }
    by_claim.into_iter().map(|(claim, states)| (claim, timeline::story(&states, &drifts))).collect()
}

/// The name of a manifest in the ledger: its path from the archive's own folder, so that the two may move together;
/// its whole path where it lies elsewhere.
pub(super) fn name(manifest: &Path, archive: &Path) -> String {
    let whole = |path: &Path| std::path::absolute(path).map(|path| tidy(&path)).unwrap_or_else(|_| path.to_owned());
    let (manifest, archive) = (whole(manifest), whole(archive));
    let base = archive.parent().unwrap_or(Path::new("/"));
    manifest.strip_prefix(base).unwrap_or(&manifest).to_string_lossy().replace('\\', "/")
}

/// A path without `.` and without `..` that can be resolved by its text.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_named_from_the_archives_own_folder() {
        let named = |manifest: &str, archive: &str| name(Path::new(manifest), Path::new(archive));
        assert_eq!(named("/desk/a/claims.toml", "/desk/a/archive"), "claims.toml");
        assert_eq!(named("/desk/a/../b/claims.toml", "/desk/archive"), "b/claims.toml");
        assert_eq!(named("/elsewhere/claims.toml", "/desk/archive"), "/elsewhere/claims.toml");
        assert_eq!(named("claims.toml", "archive"), "claims.toml");
    }
}
