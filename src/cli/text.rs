//! `onrecord text`: the text that is read out of a source.

use std::io::IsTerminal;
use std::path::Path;

use super::args::Text;
use super::exit::Exit;
use super::progress::Progress;
use super::{find, load, output, runtime};
use crate::engine;
use crate::model::{Check, CheckKind, Place, SourceKey};
use crate::report::escape;

pub(super) fn run(options: &Text) -> anyhow::Result<Exit> {
    let key = SourceKey(options.source.clone());
    let claim = engine::single_claim(
        Check { kind: CheckKind::Statement, place: Place::default(), explicit: true },
        String::new(),
        None,
        Vec::new(),
        vec![key.clone()],
    );
    let manifest = find::manifest([(key, find::source(&options.source))].into(), vec![claim]);
    let settings = find::bare(load::settings(&options.sources, Path::new("."))?);
    let read = {
        let progress = Progress::new(false);
        runtime()?.block_on(engine::read(&manifest, &settings, &|event| progress.tell(event)))?
    };
    let document = match read {
        Ok(document) => document,
        Err(failure) => {
            output::complain(&format!("error: {} ({})", failure.detail, failure.reason.word()));
            return Ok(Exit::Open);
        }
    };
    let text = if options.zones {
        let mut lines = String::new();
        for block in &document.blocks {
            let words = document.slice(block.range).replace('\n', " ");
            lines.push_str(&format!("{:<12} {:<12} {words}\n", block.zone.place().word(), block.zone.word()));
        }
        lines
    } else {
        format!("{}\n", document.text)
    };
    // To a file or pipe the text goes as it is; a terminal must not be driven by it.
    if std::io::stdout().is_terminal() {
        output::print(escape::terminal_lines(&text).as_bytes())?;
    } else {
        output::print(text.as_bytes())?;
    }
    Ok(Exit::Good)
}
