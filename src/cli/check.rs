//! `onrecord check`.

use super::args::Check;
use super::exit::Exit;
use super::output::Outputs;
use super::progress::Progress;
use super::{load, runs, wait};
use crate::engine;

pub(super) fn run(options: &Check) -> anyhow::Result<Exit> {
    let outputs = Outputs::parse(&options.output)?;
    let manifest = load::manifest(&options.manifest)?;
    let settings = load::settings(&options.sources, load::folder(&options.manifest))?;
    let report = {
        let progress = Progress::new(options.output.quiet);
        wait(engine::check(&manifest, &settings, &|event| progress.tell(event)))??
    };
    runs::keep(&manifest, &settings, &report, options.keep_runs);
    let copies = outputs.copies(&manifest, &settings, &report)?;
    outputs.write(&report, &copies, &options.output)
}
