//! The command line: arguments → a call of the engine → output and an exit status. One file per command.
//!
//! Results go to standard output, progress and diagnostics to standard error. This is the only part of the library that
//! reads the environment and prints; it never decides anything about a claim.

mod archive;
mod archive_export;
mod archive_import;
mod archive_list;
mod archive_verify;
mod args;
mod capture;
mod check;
mod completions;
pub mod exit;
mod find;
mod init;
mod load;
mod output;
mod progress;
mod schema;
mod text;

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
        Command::Capture(options) => capture::run(&options),
        Command::Archive(command) => archive::run(&command),
        Command::Text(options) => text::run(&options),
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
