//! Arguments of `onrecord bundle`, and its help.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Sources;
use super::archive::ListFormat;

pub(super) const HELP: &str = "\
The claims are checked anew against what is archived; no socket is opened. With --public
the report is the one for readers, and only captures that a server or another archive
answered with, of sources of published claims, go into the bundle.

Exit status:
  0  the bundle was written
  2  it could not be, or there is nothing to check

Examples:
  onrecord bundle evidence.zip                  report, captures and a page on how to check them
  onrecord bundle evidence.zip --public         the same for readers
  onrecord bundle verify evidence.zip           whether every byte of it holds";

const VERIFY_HELP: &str = "\
Compares every file with the list of digests, the captures with their own package, the
report with the captures: each passage must stand where it says. Opens no socket.

Exit status:
  0  everything holds, pinned key and head included
  1  something does not hold
  2  the bundle could not be read

Example:
  onrecord bundle verify evidence.zip --key 3f2a… --head sha256:9bd1…";

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(in crate::cli) struct Bundle {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<BundleCommand>,
    /// The file to write
    #[arg(required = true)]
    pub(in crate::cli) file: Option<PathBuf>,
    /// The manifest
    #[arg(default_value = "claims.toml")]
    pub(in crate::cli) manifest: PathBuf,
    /// For readers: short excerpts, no reasons of sign-offs, no files of the desk, no claims that the article does not print
    #[arg(long)]
    pub(in crate::cli) public: bool,
    /// Signs bundle and captures with this key
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) key: Option<PathBuf>,
    /// Replaces a file that is there already
    #[arg(long)]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum BundleCommand {
    /// Says whether every byte of a bundle holds, and whether its report says what its captures say
    #[command(after_help = VERIFY_HELP)]
    Verify(Verify),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Verify {
    /// The bundle
    pub(in crate::cli) file: PathBuf,
    /// The fingerprint of the key that must have signed
    #[arg(long, value_name = "FINGERPRINT")]
    pub(in crate::cli) key: Option<String>,
    /// The digest of the bundle, as it was noted earlier
    #[arg(long, value_name = "DIGEST")]
    pub(in crate::cli) head: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(in crate::cli) format: ListFormat,
}
