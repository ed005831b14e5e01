//! `onrecord capture`: archives the sources of a manifest.

use super::args::Capture;
use super::exit::Exit;
use super::progress::Progress;
use super::{load, output, wait};
use crate::engine;
use crate::model::Outcome;
use crate::report::escape;

pub(super) fn run(options: &Capture) -> anyhow::Result<Exit> {
    let manifest = load::manifest(&options.manifest)?;
    anyhow::ensure!(!manifest.sources.is_empty(), "the manifest names no sources: there is nothing to capture");
    let settings = load::settings(&options.sources, load::folder(&options.manifest))?;
    let sources = manifest.sources.clone();
    let captures = {
        let progress = Progress::new(false);
        wait(engine::capture(&manifest, &settings, &|event| progress.tell(event)))??
    };
    let holdings = crate::plan::Holdings::new(&captures);
    let mut missing = 0;
    let mut lines = String::new();
    for source in sources.values() {
        let address = escape::terminal(&crate::model::address::shown(source.address()), true);
        match holdings.serving(source, None) {
            Some(capture) if capture.outcome == Outcome::Body => {
                let status = capture.status.map_or_else(|| "file".to_owned(), |status| status.to_string());
                lines.push_str(&format!("{}  {status}  {address}\n", capture.captured.strftime("%Y-%m-%d %H:%M UTC")));
            }
            _ => {
                missing += 1;
                lines.push_str(&format!("not captured          -    {address}\n"));
            }
        }
    }
    output::print(lines.as_bytes())?;
    Ok(if missing == 0 { Exit::Good } else { Exit::Open })
}
