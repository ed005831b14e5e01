//! The command line: arguments → a call of the engine → output and an exit status. One file per command.
//!
//! Results go to standard output, progress and diagnostics to standard error. This is the only part of the library that
//! reads the environment and prints; it never decides anything about a claim.

mod affected;
mod args;
mod attach;
mod capture;
mod check;
mod completions;
mod diff;
mod dismiss;
mod draft;
pub mod exit;
mod find;
mod gaps;
mod history;
mod init;
mod ledger;
mod load;
mod output;
mod progress;
mod schema;
mod status;
mod text;
mod watch;

use std::ffi::OsString;

use clap::Parser;

use args::{Arguments, Command};
use exit::Exit;

/// Runs the program with the given arguments, the program's name among them.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, everything else is a run that could not be done.
            let _ = error.print();
            return if error.use_stderr() { Exit::Trouble } else { Exit::Good };
        }
    };
    let result = match arguments.command {
        Command::Check(options) => check::run(&options),
        Command::Find(options) => find::run(&options),
        Command::Draft(options) => draft::run(&options),
        Command::Gaps(options) => gaps::run(&options),
        Command::Dismiss(options) => dismiss::run(&options),
        Command::Capture(options) => capture::run(&options),
        Command::Attach(options) => attach::run(&options),
        Command::Text(options) => text::run(&options),
        Command::History(options) => history::run(&options),
        Command::Diff(options) => diff::run(&options),
        Command::Affected(options) => affected::run(&options),
        Command::Watch(options) => watch::run(&options),
        Command::Status(options) => status::run(&options),
        Command::Init(options) => init::run(&options),
        Command::Schema(options) => schema::run(&options),
        Command::Completions(options) => completions::run(&options),
    };
    result.unwrap_or_else(|error| {
        output::complain(&format!("error: {error:#}"));
        Exit::Trouble
    })
}

/// A runtime for the part of a run that waits for the network.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}
