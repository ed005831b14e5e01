//! `onrecord status`: what is watched, when it was looked at last, and what could not be read.

use super::args::Status;
use super::exit::Exit;
use super::{ledger, load, output, runtime};
use crate::engine;
use crate::report::timeline;

pub(super) fn run(options: &Status) -> anyhow::Result<Exit> {
    let mut page = String::new();
    for path in &options.manifests {
        let manifest = load::manifest(path)?;
        let archive = engine::archive_path(&manifest, options.archive.as_deref());
        let name = ledger::name(path, &archive);
        let states = runtime()?.block_on(async {
            let ledger = ledger::existing(&archive).await?;
            let states = ledger.history(&name, None).await?;
            ledger.close().await;
            anyhow::Ok(states)
        })?;
        page.push_str(&timeline::status(&name, manifest.claims.len(), &states));
    }
    output::print(page.as_bytes())?;
    Ok(Exit::Good)
}
