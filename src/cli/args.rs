//! Arguments of every command, and the help that teaches them.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// Checks whether each quotation and figure of an article really stands in the archived copy of its source.
#[derive(Debug, Parser)]
#[command(
    name = "onrecord",
    version,
    about,
    after_help = "A claims manifest (claims.toml) pairs each statement of an article with its\n\
                  source. onrecord archives the sources, looks for every quotation and figure\n\
                  in the archived copies, names what differs, and reports. It says what a source\n\
                  carries, never what is true.\n\n\
                  Begin with `onrecord init`, then `onrecord check`."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Captures what the archive lacks, checks every claim, and reports
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    /// Looks for one quotation or figure, without a manifest
    #[command(after_help = FIND_HELP)]
    Find(Find),
    /// Archives the sources of a manifest without checking anything
    Capture(Capture),
    /// The archive: what is in it, in and out, and whether every byte of it still holds
    #[command(subcommand)]
    Archive(super::archive::Command),
    /// Prints the text that is read out of a source
    #[command(
        after_help = "Positions in reports count Unicode code points of exactly this text, without its final newline."
    )]
    Text(Text),
    /// Writes a starter manifest, and a .gitignore for the archive
    Init(Init),
    /// Prints the JSON Schema of the manifest, or of the report
    Schema(Schema),
    /// Prints shell completions
    Completions(Completions),
}

const CHECK_HELP: &str = "\
Exit status:
  0  every claim passes
  1  a claim failed: a quotation or figure differs, is absent, or stands in another context
  2  the run or an output could not be done, or there is nothing to check
  3  no claim failed, but one is open: a source could not be read, or a person must look

Examples:
  onrecord check                                 check claims.toml in this folder
  onrecord check --offline                       the same against what is archived, opening no socket
  onrecord check --format markdown=report.md     a report for people in a file, and the usual one here
  onrecord check --archive crawl.warc.gz         against captures that somebody else made";

const FIND_HELP: &str = "\
Examples:
  onrecord find \"has turned its attention to the coast\" https://wire.example/explainer
  onrecord find \"we took the money\" notes.txt --speaker \"Mara Lindqvist\"
  onrecord find --figure \"over 1,400\" --about \"fighters surrendered\" page.html";

/// Options of everything that reads sources.
#[derive(Debug, Clone, Args)]
pub(super) struct Sources {
    /// Opens no socket: a URL without a capture is unavailable (not-captured)
    #[arg(long)]
    pub(super) offline: bool,
    /// Where captures live: a folder, or a .warc, .warc.gz or .wacz file for reading only
    #[arg(long, value_name = "PATH")]
    pub(super) archive: Option<PathBuf>,
    /// Captures again what is there already
    #[arg(long, conflicts_with = "offline")]
    pub(super) refresh: bool,
    /// Permits loopback and private addresses as sources, which are refused otherwise
    #[arg(long)]
    pub(super) allow_private: bool,
    /// Permits files outside the manifest's folder as sources
    #[arg(long)]
    pub(super) allow_outside: bool,
    #[command(flatten)]
    pub(super) privacy: Privacy,
    #[command(flatten)]
    pub(super) limits: Limits,
}

/// What is left out of the archive.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Privacy")]
pub(super) struct Privacy {
    /// Archives no request records
    #[arg(long)]
    pub(super) no_requests: bool,
    /// Leaves cookies that servers set out of archived answers
    #[arg(long)]
    pub(super) no_cookies: bool,
    /// Replaces the value of this query parameter wherever a header names an address; may be repeated
    #[arg(long, value_name = "PARAMETER")]
    pub(super) redact: Vec<String>,
}

/// Limits of capturing and reading.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct Limits {
    /// Seconds that one request may take in all
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(super) timeout: Duration,
    /// Seconds until the headers of an answer must be there
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(super) header_timeout: Duration,
    /// Mebibytes that one source may have, as sent and as decoded
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=2048))]
    pub(super) max_size: u32,
    /// Redirects that are followed
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=50))]
    pub(super) max_redirects: u32,
    /// Seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub(super) interval: Duration,
    /// Threads that read captures; 0 for one per core
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub(super) threads: usize,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let value: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if !(0.0..=86_400.0).contains(&value) {
        return Err("not between 0 and 86400 seconds".to_owned());
    }
    Ok(Duration::from_secs_f64(value))
}

/// Options of everything that reports.
#[derive(Debug, Clone, Args)]
pub(super) struct Output {
    /// text, json, jsonl or markdown; with =FILE into a file. Several may be given, one of them without a file
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub(super) format: Vec<String>,
    /// Tells only the closing count
    #[arg(long, short, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Tells of every claim
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// Columns of the report for people; the terminal's width by default
    #[arg(long, value_name = "COLUMNS")]
    pub(super) width: Option<usize>,
    /// Draws with ASCII alone
    #[arg(long)]
    pub(super) ascii: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The manifest
    #[arg(default_value = "claims.toml")]
    pub(super) manifest: PathBuf,
    #[command(flatten)]
    pub(super) sources: Sources,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Find {
    /// The quotation, followed by the sources: URLs or files
    #[arg(required = true, value_name = "WORDS | SOURCE")]
    pub(super) words: Vec<String>,
    /// Whose words they are
    #[arg(long, value_name = "NAME")]
    pub(super) speaker: Option<String>,
    /// The chain between you and the speaker, nearest first; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) via: Vec<String>,
    /// Looks for a figure instead of a quotation; then every word given is a source
    #[arg(long, value_name = "FIGURE", allow_hyphen_values = true)]
    pub(super) figure: Option<String>,
    /// What the figure counts
    #[arg(long, value_name = "WORDS", requires = "figure")]
    pub(super) about: Option<String>,
    #[command(flatten)]
    pub(super) sources: Sources,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Capture {
    /// The manifest
    #[arg(default_value = "claims.toml")]
    pub(super) manifest: PathBuf,
    #[command(flatten)]
    pub(super) sources: Sources,
}

#[derive(Debug, Args)]
pub(super) struct Text {
    /// A URL or a file
    pub(super) source: String,
    /// Shows each block with its place on the page
    #[arg(long)]
    pub(super) zones: bool,
    #[command(flatten)]
    pub(super) sources: Sources,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to write to
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which schema
    #[arg(value_enum, default_value = "manifest")]
    pub(super) of: SchemaOf,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum SchemaOf {
    /// The manifest, claims.toml
    Manifest,
    /// The report, as --format json writes it
    Report,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: Shell,
}
