//! `onrecord explain`: why a claim got its verdict.

use super::args::Explain;
use super::exit::Exit;
use super::{load, output, sign, wait};
use crate::engine;
use crate::report;

pub(super) fn run(options: &Explain) -> anyhow::Result<Exit> {
    let manifest = load::manifest(&options.manifest)?;
    let number = sign::claim_named(&manifest, &options.claim)?;
    let settings = engine::Settings {
        offline: true,
        refresh: engine::Refresh::Never,
        ..load::settings(&options.sources, load::folder(&options.manifest))?
    };
    let whole = wait(engine::check(&manifest, &settings, &|_| {}))??;
    let held = engine::held(&manifest, &settings, &manifest.claims[number])?;
    let style = output::style(&options.output, false);
    output::print(report::explain(&whole, number, &held, &style).as_bytes())?;
    Ok(Exit::Good)
}
