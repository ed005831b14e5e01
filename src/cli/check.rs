//! `onrecord check`.

use super::args::Check;
use super::exit::Exit;
use super::output::Outputs;
use super::progress::Progress;
use super::{load, runtime};
use crate::engine;

pub(super) fn run(options: &Check) -> anyhow::Result<Exit> {
    let outputs = Outputs::parse(&options.output)?;
    let manifest = load::manifest(&options.manifest)?;
    let settings = load::settings(&options.sources, load::folder(&options.manifest))?;
    let report = {
        let progress = Progress::new(options.output.quiet);
        runtime()?.block_on(engine::check(&manifest, &settings, &|event| progress.tell(event)))?
    };
    let copies = if outputs.show_copies() { engine::copies(&manifest, &settings, &report)? } else { Vec::new() };
    outputs.write(&report, &copies, &options.output)
}
