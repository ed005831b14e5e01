//! `onrecord affected`: every sentence of every article that rests on a source.

use std::path::PathBuf;

use super::args::Affected;
use super::exit::Exit;
use super::{ledger, load, output, runtime};
use crate::history::affected;
use crate::report::timeline;

pub(super) fn run(options: &Affected) -> anyhow::Result<Exit> {
    let archive = options
        .archive
        .clone()
        .or_else(|| load::archive_beside().map(PathBuf::from))
        .unwrap_or_else(|| PathBuf::from("archive"));
    let states = runtime()?.block_on(async {
        let ledger = ledger::existing(&archive).await?;
        let states = ledger.resting_on(&options.source).await?;
        ledger.close().await;
        anyhow::Ok(states)
    })?;
    let affected = affected(&options.source, &states);
    output::print(timeline::affected(&affected.source, &affected.rests, affected.note.as_deref()).as_bytes())?;
    Ok(if affected.note.is_some() { Exit::Failed } else { Exit::Good })
}
