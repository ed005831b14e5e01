//! `onrecord completions`.

use clap::CommandFactory;

use super::args::{Arguments, Completions};
use super::exit::Exit;
use super::output;

pub(super) fn run(options: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "onrecord", &mut script);
    output::print(&script)?;
    Ok(Exit::Good)
}
