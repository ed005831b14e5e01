//! `onrecord report`: renders a run again, in any format, without checking anything.

use super::args::Report;
use super::exit::Exit;
use super::output::{Outputs, Reported};
use super::{ledger, load, output, runs};
use crate::engine;

pub(super) fn run(options: &Report) -> anyhow::Result<Exit> {
    let outputs = Outputs::parse(&options.output)?;
    let settings =
        engine::Settings { offline: true, ..load::settings(&options.sources, load::folder(&options.manifest))? };
    let of_file = options.manifest.extension().is_some_and(|ending| ending == "json");
    let manifest = if of_file { runs::bare_manifest(&options.manifest) } else { load::manifest(&options.manifest)? };
    if options.list {
        let mut lines = String::new();
        for (number, run) in runs::list(&manifest, &settings).iter().enumerate() {
            let summary = &run.report.summary;
            let ran = run.ran.strftime("%Y-%m-%d %H:%M:%S UTC");
            lines.push_str(&format!(
                "{:>3}  {ran}  {} claims: {} pass, {} fail, {} open\n",
                number + 1,
                summary.claims,
                summary.passed,
                summary.failed,
                summary.open
            ));
        }
        output::print(lines.as_bytes())?;
        return Ok(Exit::Good);
    }
    let run =
        if of_file { runs::read_file(&options.manifest)? } else { runs::read(&manifest, &settings, options.run)? };
    if !of_file && !options.output.quiet {
        output::complain(&format!("the run of {}", run.ran.strftime("%Y-%m-%d %H:%M UTC")));
    }
    let copies = outputs.copies(&manifest, &settings, &run.report)?;
    let stories = if outputs.pages() && !of_file && options.run == 1 {
        let archive = engine::archive_path(&manifest, settings.archive.as_deref());
        ledger::stories(&options.manifest, &archive)
    } else {
        Default::default()
    };
    let name = options.manifest.display().to_string();
    outputs.write_all(&[Reported { name, report: run.report, copies, stories }], &options.output)
}
