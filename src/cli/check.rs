//! `onrecord check`: of a manifest, or of an article, whose manifest is drafted beside it first.

use super::args::Check;
use super::exit::Exit;
use super::output::{self, Outputs};
use super::progress::Progress;
use super::{draft, find, load, runs, wait};
use crate::engine;

pub(super) fn run(options: &Check) -> anyhow::Result<Exit> {
    let outputs = Outputs::parse(&options.output)?;
    let settings = load::settings(&options.sources, load::folder(&options.manifest))?;
    let path = if draft::is_article(&options.manifest) {
        let article = match draft::read(&options.manifest.to_string_lossy(), &find::bare(settings.clone()))? {
            Ok(article) => article,
            Err(exit) => return Ok(exit),
        };
        let beside = draft::beside(&options.manifest, &article, &engine::draft(&article, None))?;
        if !options.output.quiet {
            let what = if beside.known == 0 { "drafted" } else { "added" };
            if beside.added > 0 {
                output::complain(&format!("{what} {} in {}", draft::claims(beside.added), beside.path.display()));
            }
        }
        beside.path
    } else {
        options.manifest.clone()
    };
    let manifest = load::manifest(&path)?;
    let report = {
        let progress = Progress::new(options.output.quiet);
        wait(engine::check(&manifest, &settings, &|event| progress.tell(event)))??
    };
    runs::keep(&manifest, &settings, &report, options.keep_runs);
    let copies = outputs.copies(&manifest, &settings, &report)?;
    outputs.write(&report, &copies, &options.output)
}
