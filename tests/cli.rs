//! The program as people run it: real processes, real files, a real server on the loopback interface.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop, in its helpers too")]

mod support;

#[path = "cli/attaching.rs"]
mod attaching;
#[path = "cli/capturing.rs"]
mod capturing;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/desk.rs"]
mod desk;
#[path = "cli/drafting.rs"]
mod drafting;
#[path = "cli/killed.rs"]
mod killed;
#[path = "cli/report_data.rs"]
mod report_data;
#[path = "cli/sample.rs"]
mod sample;
#[path = "cli/signing.rs"]
mod signing;
#[path = "cli/statuses.rs"]
mod statuses;
#[path = "cli/watching.rs"]
mod watching;
