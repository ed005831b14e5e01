//! Arguments of every command, and the help that teaches them.

pub(super) mod archive;
pub(super) mod bundle;
mod sources;
mod watching;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;

#[cfg(feature = "render")]
pub(super) use sources::RenderWhen;
pub(super) use sources::{Network, Sources};
use watching::WATCH_HELP;
pub(super) use watching::{Affected, Diff, History, Status, Watch};

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
    /// Lets a claim stand, with your name and reason, until it changes
    Sign(Sign),
    /// Renders the last run again, in any format
    #[command(after_help = REPORT_HELP)]
    Report(Report),
    /// Says why a claim got its verdict, with every rule
    Explain(Explain),
    /// Drafts the manifest of an article: its quotations, statements, figures, posts
    #[command(after_help = DRAFT_HELP)]
    Draft(Draft),
    /// Says what an article prints that no claim of its manifest covers
    #[command(after_help = GAPS_HELP)]
    Gaps(Gaps),
    /// Notes in a manifest that some words of the article are no claim
    #[command(after_help = DISMISS_HELP)]
    Dismiss(Dismiss),
    /// Archives the sources of a manifest without checking anything
    Capture(Capture),
    /// Packs a report and its captures into one file, or checks such a file
    #[command(after_help = bundle::HELP)]
    Bundle(bundle::Bundle),
    /// The archive: what is in it, in and out, and whether every byte of it still holds
    #[command(subcommand)]
    Archive(archive::Command),
    /// Adds a copy of a source that a person saved, with who saw it when
    #[command(after_help = ATTACH_HELP)]
    Attach(Attach),
    /// Prints the text that is read out of a source
    #[command(
        after_help = "Positions in reports count Unicode code points of exactly this text, without its final newline."
    )]
    Text(Text),
    /// Tells what became of a claim's words over time
    History(History),
    /// Holds two captures of a source against each other
    Diff(Diff),
    /// Tells which sentences of which articles rest on a source
    Affected(Affected),
    /// Looks at claims again when they are due, and tells what became of the words
    #[command(after_help = WATCH_HELP)]
    Watch(Watch),
    /// Tells what is watched, when it was looked at last, and what could not be read
    Status(Status),
    /// Writes a starter manifest, and a .gitignore for the archive
    Init(Init),
    /// Prints the JSON Schema of the manifest, or of the report
    Schema(Schema),
    /// Prints shell completions
    Completions(Completions),
    /// Reads the text of a PDF from standard input, for the program itself
    #[command(hide = true)]
    ReadPdf(ReadPdf),
}

const CHECK_HELP: &str = "\
Exit status:
  0  every claim passes
  1  a claim failed: a quotation or figure differs, is absent, or stands in another context
  2  the run or an output could not be done, or there is nothing to check
  3  no claim failed, but one is open: a source could not be read, or a person must look
With --since-last:
  0  nothing became of the words since the last look; what fails has failed before
  1  something became of them, or a claim that was never looked at failed
  2  the run or an output could not be done, or there is nothing to check
  3  a claim that was never looked at is open

Several manifests are checked one after the other; the status is the worst of theirs.
Reports follow each other in text, markdown, github and jsonl (where each line names its
manifest); json is a list of reports. A file gets the manifest's name before its ending:
--format html=report.html writes report.first.html and report.second.html.

Examples:
  onrecord check                                 check claims.toml in this folder
  onrecord check --offline                       the same against what is archived, opening no socket
  onrecord check --format markdown=report.md     a report for people in a file, and the usual one here
  onrecord check --archive crawl.warc.gz         against captures that somebody else made";

const REPORT_HELP: &str = "\
Examples:
  onrecord report --format html=report.html      the last run as a page to read beside the article
  onrecord report --public --format html=p.html  the same for readers: short excerpts, no reasons, no drafts
  onrecord report --run 2                        the run before the last
  onrecord report report.json --format csv       a report that --format json wrote";
const DRAFT_HELP: &str = "\
Reads .html, .docx, .md and .txt files and URLs. A folder, or several articles, get a manifest
each, beside the article: story.html becomes story.claims.toml. What a manifest has
already stays as it is; what a person dismissed does not come back.

Examples:
  onrecord draft story.html                          prints the manifest
  onrecord draft story.html --output claims.toml     writes it to a new file
  onrecord draft story.html --update claims.toml     adds what is new to a manifest in use
  onrecord draft story.html --format json            the same as data";

const GAPS_HELP: &str = "\
Exit status:
  0  claims cover the article, and the article contains the claims
  1  a quotation, an attributed statement, a figure or a post has no claim, or a claim's
     statement is not in the article
  2  the run could not be done
  3  only factual sentences that nobody is named for have no claim

`onrecord draft ARTICLE --update MANIFEST` adds what is missing; `onrecord dismiss` says
that something is no claim.";

const DISMISS_HELP: &str = "\
Examples:
  onrecord dismiss 1-400-people --why \"a round number of ours\"     a claim, by its id: it is taken out
  onrecord dismiss \"over 1,400 people came\" --manifest story.claims.toml";

const FIND_HELP: &str = "\
Examples:
  onrecord find \"has turned its attention to the coast\" https://wire.example/explainer
  onrecord find \"we took the money\" notes.txt --speaker \"Mara Lindqvist\"
  onrecord find --figure \"over 1,400\" --about \"fighters surrendered\" page.html";

const ATTACH_HELP: &str = "\
Reports show such a copy as supplied by that person, never as the answer of a server.

Examples:
  onrecord attach https://wire.example/explainer saved.html --seen 2024-03-23 --by \"K. Moreau\"
  onrecord attach print page-4.jpg --typed page-4.txt --seen 2024-03-23 --by \"K. Moreau\"";

/// Options of everything that reports.
#[derive(Debug, Clone, Args)]
pub(super) struct Output {
    /// text, json, jsonl, markdown, html, junit, sarif, csv or github; with =FILE into a file. Several may be given, one of them without a file
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub(super) format: Vec<String>,
    /// For readers: short excerpts, no reasons of sign-offs, no files of the desk, no claims that the article does not print
    #[arg(long)]
    pub(super) public: bool,
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
    /// The manifest; or an article (.html, .docx, .md, .txt), whose manifest is drafted beside it first; or several of them
    #[arg(default_value = "claims.toml", value_name = "MANIFEST | ARTICLE")]
    pub(super) manifests: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) sources: Sources,
    #[command(flatten)]
    pub(super) output: Output,
    /// Runs of this manifest that are kept beside the archive for `onrecord report`; 0 keeps none
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(super) keep_runs: usize,
    /// Ends by what changed since the last look, or since a claim was signed, and not by what stands
    #[arg(long)]
    pub(super) since_last: bool,
}

#[derive(Debug, Args)]
pub(super) struct Sign {
    /// The claim's id
    pub(super) claim: String,
    /// The manifest
    #[arg(default_value = "claims.toml")]
    pub(super) manifest: PathBuf,
    /// Who signs
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// Why the claim may stand
    #[arg(long, value_name = "REASON")]
    pub(super) why: String,
    /// The day of the signature; today by default
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<Date>,
    #[command(flatten)]
    pub(super) sources: Sources,
}

#[derive(Debug, Args)]
pub(super) struct Report {
    /// The manifest whose last run is rendered, or a report that --format json wrote
    #[arg(default_value = "claims.toml")]
    pub(super) manifest: PathBuf,
    /// Which run, counted back: 1 is the last one
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(super) run: usize,
    /// Lists the runs that are kept
    #[arg(long)]
    pub(super) list: bool,
    #[command(flatten)]
    pub(super) sources: Sources,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The claim's id
    pub(super) claim: String,
    /// The manifest
    #[arg(default_value = "claims.toml")]
    pub(super) manifest: PathBuf,
    #[command(flatten)]
    pub(super) sources: Sources,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Draft {
    /// Articles: files, folders of them, or a URL
    #[arg(required = true, value_name = "ARTICLE")]
    pub(super) articles: Vec<String>,
    /// toml (a manifest), or json (the same as data)
    #[arg(long, value_enum, default_value = "toml")]
    pub(super) format: DraftFormat,
    /// Writes to a new file instead of standard output
    #[arg(long, short, value_name = "FILE", conflicts_with = "update")]
    pub(super) output: Option<PathBuf>,
    /// Adds what is new to this manifest, and leaves the rest of it as it is
    #[arg(long, value_name = "MANIFEST")]
    pub(super) update: Option<PathBuf>,
    /// Language of the article, such as de; told from the text by default
    #[arg(long, value_name = "TAG")]
    pub(super) language: Option<String>,
    #[command(flatten)]
    pub(super) sources: Sources,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum DraftFormat {
    /// A manifest
    Toml,
    /// Data
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Gaps {
    /// The article: a file or a URL
    pub(super) article: String,
    /// Its manifest
    #[arg(default_value = "claims.toml")]
    pub(super) manifest: PathBuf,
    /// text, or json
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: GapsFormat,
    #[command(flatten)]
    pub(super) sources: Sources,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum GapsFormat {
    /// For people
    Text,
    /// Data
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Dismiss {
    /// The id of a claim, or words of the article
    #[arg(required = true, value_name = "CLAIM | WORDS")]
    pub(super) words: Vec<String>,
    /// The manifest
    #[arg(long, default_value = "claims.toml")]
    pub(super) manifest: PathBuf,
    /// Why it is no claim
    #[arg(long, value_name = "TEXT")]
    pub(super) why: Option<String>,
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
pub(super) struct Attach {
    /// The source: its name in the manifest, or its URL
    pub(super) source: String,
    /// The copy: a saved page, a PDF, a transcript, or a picture
    pub(super) file: PathBuf,
    /// The day on which the person saw it so, or the instant (2024-03-23, 2024-03-23T11:04:00Z)
    #[arg(long, value_name = "DATE")]
    pub(super) seen: String,
    /// Who saw it
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// A text file with the words of the picture, typed off
    #[arg(long, value_name = "FILE")]
    pub(super) typed: Option<PathBuf>,
    /// The manifest that names the source and the archive
    #[arg(long, value_name = "FILE", default_value = "claims.toml")]
    pub(super) manifest: PathBuf,
    /// The archive, in place of the manifest's
    #[arg(long, value_name = "PATH")]
    pub(super) archive: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Text {
    /// A URL or a file
    pub(super) source: String,
    /// Shows each block with its place on the page, its page and its time
    #[arg(long)]
    pub(super) zones: bool,
    /// text, or json: every block with its zone and its offsets
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(super) format: TextFormat,
    #[command(flatten)]
    pub(super) sources: Sources,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TextFormat {
    /// For people
    Text,
    /// For programs
    Json,
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

#[derive(Debug, Args)]
pub(super) struct ReadPdf {
    /// Which engine reads
    pub(super) engine: String,
    /// Bytes of memory that the process may ask for
    pub(super) memory: u64,
}
