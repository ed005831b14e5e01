//! `onrecord read-pdf`: the process in which PDFs are read. Started by the program itself, not by people.

use std::io::Read;

use super::args::ReadPdf;
use super::exit::Exit;
use super::output;
use crate::engine;
use crate::extract::pdf::PdfEngine;

pub(super) fn run(options: &ReadPdf) -> anyhow::Result<Exit> {
    let engine =
        PdfEngine::of_word(&options.engine).ok_or_else(|| anyhow::anyhow!("there is no engine {}", options.engine))?;
    bound(options.memory);
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    output::print(&engine::answer(bytes, engine))?;
    Ok(Exit::Good)
}

/// Bounds the memory that this process may ask for. Where the system knows no such bound, the deadline remains.
fn bound(memory: u64) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = Rlimit { current: Some(memory), maximum: Some(memory) };
        let _ = setrlimit(Resource::As, limit);
        // Nor does a reader of PDFs leave its memory behind on the disk.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(not(unix))]
    let _ = memory;
}
