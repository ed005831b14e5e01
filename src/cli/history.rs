//! `onrecord history`: what became of the words of a claim, or of every claim.

use super::args::History;
use super::exit::Exit;
use super::{ledger, load, output, runtime};
use crate::engine;
use crate::report::timeline;

pub(super) fn run(options: &History) -> anyhow::Result<Exit> {
    let manifest = load::manifest(&options.manifest)?;
    let archive = engine::archive_path(&manifest, options.archive.as_deref());
    let name = ledger::name(&options.manifest, &archive);
    let (states, drifts) = runtime()?.block_on(async {
        let ledger = ledger::existing(&archive).await?;
        let states = ledger.history(&name, options.claim.as_deref()).await?;
        let drifts = ledger.drifts(&name, options.claim.as_deref()).await?;
        ledger.close().await;
        anyhow::Ok((states, drifts))
    })?;
    if states.is_empty() {
        match &options.claim {
            Some(claim) => output::complain(&format!("error: nothing was seen yet of a claim {claim} of {name}")),
            None => output::complain(&format!("error: nothing was seen yet of {name}")),
        }
        return Ok(Exit::Trouble);
    }
    let drifts: Vec<_> = drifts.into_iter().map(|(_, drift)| drift).collect();
    output::print(timeline::timeline(&states, &drifts).as_bytes())?;
    Ok(Exit::Good)
}
