//! The command line: arguments → a call of the engine → output and an exit status. One file per command.
//!
//! Results go to standard output, progress and diagnostics to standard error. This is the only part of the library that
//! reads the environment and prints; it never decides anything about a claim.

mod affected;
mod archive;
mod args;
mod attach;
mod bundle;
mod capture;
mod check;
mod completions;
mod diff;
mod dismiss;
mod draft;
pub mod exit;
mod explain;
mod find;
mod gaps;
mod history;
mod init;
mod ledger;
mod load;
mod output;
mod progress;
mod read_pdf;
mod report;
mod runs;
mod schema;
mod sign;
mod status;
mod text;
mod watch;

use std::ffi::OsString;
use std::time::Duration;

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
        Command::Sign(options) => sign::run(&options),
        Command::Report(options) => report::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Draft(options) => draft::run(&options),
        Command::Gaps(options) => gaps::run(&options),
        Command::Dismiss(options) => dismiss::run(&options),
        Command::Capture(options) => capture::run(&options),
        Command::Bundle(options) => bundle::run(&options),
        Command::Archive(command) => archive::run(&command),
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
        Command::ReadPdf(options) => read_pdf::run(&options),
    };
    result.unwrap_or_else(|error| {
        output::complain(&format!("error: {}", chain(&error)));
        Exit::Trouble
    })
}

/// An error with its causes, each once: many messages say their cause themselves.
fn chain(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string).filter(|cause| !cause.is_empty()) {
        if !said.contains(&cause) {
            said.push_str(": ");
            said.push_str(&cause);
        }
    }
    said
}

/// A runtime for the part of a command that waits.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}

/// How long a run may take to end after it was interrupted; work that does not wait for anything cannot be ended sooner.
const GRACE: Duration = Duration::from_secs(1);

/// Runs the part of a command that waits for the network, to its end or until somebody interrupts it.
///
/// # Errors
///
/// When it was interrupted: everything that was reported is in the archive then, and the next run goes on from there.
fn wait<T>(work: impl Future<Output = T>) -> anyhow::Result<T> {
    const SAID: &str = "interrupted; what was captured is in the archive, and the next run goes on from there";
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        let (send, interrupted) = tokio::sync::oneshot::channel();
        tokio::spawn(async {
            signal().await;
            let _ = send.send(());
            tokio::time::sleep(GRACE).await;
            output::complain(&format!("error: {SAID}"));
            std::process::exit(i32::from(Exit::Trouble.status()));
        });
        tokio::select! {
            biased;
            Ok(()) = interrupted => Err(anyhow::anyhow!(SAID)),
            result = work => Ok(result),
        }
    });
    // a name that is being resolved would be waited for
    runtime.shutdown_background();
    result
}

/// Waits until somebody wants the run to end.
async fn signal() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    #[test]
    fn a_cause_that_was_said_is_not_said_again() {
        let error = Err::<(), _>(anyhow::anyhow!("the disk is full")).context("cannot write a: the disk is full");
        let error = error.context("the run ended").unwrap_err();
        assert_eq!(super::chain(&error), "the run ended: cannot write a: the disk is full");
    }
}
