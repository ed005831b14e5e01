//! The program: arguments → run → exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(onrecord::cli::run(std::env::args_os()).status())
}
