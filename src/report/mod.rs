//! Stage 8: a [`Report`] and a [`Format`] → bytes.
//!
//! One file per format, one escaping function per format in [`escape`]. What people read is told once, in `card`,
//! in the sentences of [`wording`] and [`reasons`]; the formats only lay it out. Identical input gives identical
//! bytes; nothing from a page or manifest becomes markup, a link, a command or an escape sequence. Rendering never
//! fails, and decides nothing: verdicts, passes and counts are taken as the report has them.
//!
//! [`present`] brings what matching found to the outer edge that the report is made of.

mod card;
mod csv;
pub mod escape;
mod excerpt;
mod explain;
pub mod fragment;
mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod marks;
pub mod present;
mod public;
pub mod reasons;
pub mod rules;
mod sarif;
mod text;
pub mod timeline;
mod verifier;
pub mod wording;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::model::report::{ClaimReport, PageCopy, Report, Summary};

pub use explain::explain;
pub use public::{excerpted, may_give, public};
pub use verifier::verifier;

/// A format that a report can be rendered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For people at a terminal.
    Text,
    /// The contract's JSON, indented.
    Json,
    /// One element of `claims` a line.
    Jsonl,
    /// For pull requests, notes and wikis.
    Markdown,
    /// For people at a desk: one self-contained page.
    Html,
    /// For what shows the tests of a build.
    Junit,
    /// For what shows findings in the lines of a file.
    Sarif,
    /// For spreadsheets.
    Csv,
    /// Annotations of a GitHub workflow.
    Github,
}

impl Format {
    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Json,
        Self::Jsonl,
        Self::Markdown,
        Self::Html,
        Self::Junit,
        Self::Sarif,
        Self::Csv,
        Self::Github,
    ];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Junit => "junit",
            Self::Sarif => "sarif",
            Self::Csv => "csv",
            Self::Github => "github",
        }
    }

    /// Whether reports of several manifests can stand one after the other, or in one list.
    pub fn joins(self) -> bool {
        matches!(self, Self::Text | Self::Json | Self::Jsonl | Self::Markdown | Self::Github)
    }

    /// The words for all formats, as help and messages list them.
    pub fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format {word:?}, known are {}", Format::names())]
pub struct UnknownFormat {
    /// The word as given.
    pub word: String,
    /// The format that was probably meant.
    pub meant: Option<Format>,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        let lower = word.to_ascii_lowercase();
        let close = |format: &Self| strsim::jaro_winkler(format.name(), &lower);
        Self::ALL.into_iter().find(|format| format.name() == lower).ok_or_else(|| {
            let best = Self::ALL.into_iter().max_by(|a, b| close(a).total_cmp(&close(b)));
            UnknownFormat { word: word.to_owned(), meant: best.filter(|format| close(format) > 0.75) }
        })
    }
}

/// How much of a report is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Only the closing count.
    Quiet,
    /// What does not pass, and what passes with a verdict other than on record.
    #[default]
    Normal,
    /// Every claim, with all that is known about it.
    Verbose,
}

/// How a report for people looks. The formats for machines ignore it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal; less than 40 counts as 40.
    pub width: usize,
    /// Whether symbols and marks may go beyond ASCII. Words of pages and manifests keep their letters either way.
    pub unicode: bool,
    /// Whether to colour with ANSI sequences.
    pub colour: bool,
    /// How much to tell.
    pub verbosity: Verbosity,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 80, unicode: true, colour: false, verbosity: Verbosity::Normal }
    }
}

/// What the page shows beside the report itself; the other formats have nothing of it.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The text of the captures that were read.
    pub copies: &'a [PageCopy],
    /// What became of the words of claims over time, by their ids, as [`timeline::story`] tells it.
    pub stories: &'a BTreeMap<String, String>,
}

impl Beside<'_> {
    /// Nothing.
    pub const NOTHING: Self = Self { copies: &[], stories: &BTreeMap::new() };
}

/// Renders a report.
pub fn render(report: &Report, format: Format, style: &Style) -> Vec<u8> {
    let mut out = Vec::new();
    write(report, format, style, &Beside::NOTHING, &mut out).expect("writing to memory never fails");
    out
}

/// Writes a report in a format. The machines' formats are written claim by claim, so that a large report need not stand
/// in memory a second time.
///
/// # Errors
///
/// What `out` answers.
pub fn write(
    report: &Report,
    format: Format,
    style: &Style,
    beside: &Beside<'_>,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    match format {
        Format::Text => out.write_all(text::render(report, style).as_bytes()),
        Format::Json => json::report(report, out),
        Format::Jsonl => json::claims(report, out),
        Format::Markdown => out.write_all(markdown::render(report, style).as_bytes()),
        Format::Html => out.write_all(&html::render(report, beside)),
        Format::Junit => out.write_all(&junit::render(report)),
        Format::Sarif => out.write_all(&sarif::render(report)),
        Format::Csv => out.write_all(&csv::render(report)),
        Format::Github => out.write_all(github::render(report).as_bytes()),
    }
}

/// Writes the reports of several manifests, each with its manifest's name: one after the other, as one list (JSON), or
/// claim by claim (JSON Lines, where each line names its `manifest`). Formats that do not [join](Format::joins) are
/// written one after the other all the same, which nothing reads.
///
/// # Errors
///
/// What `out` answers.
pub fn write_several(
    reports: &[(&str, &Report)],
    format: Format,
    style: &Style,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    match format {
        Format::Json => json::list(reports, out),
        Format::Jsonl => json::claims_of(reports, out),
        _ => {
            for (number, (name, report)) in reports.iter().enumerate() {
                let name = escape::terminal(name, style.unicode);
                match format {
                    Format::Text if number > 0 => writeln!(out, "\n{name}\n")?,
                    Format::Text => writeln!(out, "{name}\n")?,
                    Format::Markdown if number > 0 => writeln!(out)?,
                    _ => {}
                }
                write(report, format, style, &Beside::NOTHING, out)?;
            }
            Ok(())
        }
    }
}

/// The report of one claim alone, with its conflicts.
pub fn only(report: &Report, number: usize) -> Report {
    let claims: Vec<ClaimReport> = report.claims.get(number).cloned().into_iter().collect();
    let mut summary = Summary { claims: claims.len(), ..Summary::default() };
    let mut conflicts = report.conflicts.clone();
    if let Some(claim) = claims.first() {
        summary.passed = usize::from(claim.passes);
        summary.open = usize::from(!claim.passes && claim.verdict.is_open());
        summary.failed = 1 - summary.passed - summary.open;
        summary.signed = usize::from(claim.signed.as_ref().is_some_and(|signed| signed.valid));
        *summary.of_mut(claim.verdict) += 1;
        conflicts.retain(|conflict| conflict.claims.contains(&claim.id));
    }
    Report { summary, conflicts, claims, ..report.clone() }
}

/// The address that names the schema.
const SCHEMA_ID: &str = "https://onrecord.example/schema/report/1";

/// Returns the JSON Schema of the report, as `onrecord schema report` prints it.
pub fn schema() -> serde_json::Value {
    // As it is written, not as it could be read: nullable fields are required, since they are never left out.
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    // Defaults serve the readers of older reports alone; in what is written every field stands.
    let mut without_defaults = schemars::transform::RecursiveTransform(|schema: &mut schemars::Schema| {
        schema.remove("default");
    });
    let mut schema = settings.into_generator().into_root_schema_for::<Report>();
    schemars::transform::Transform::transform(&mut without_defaults, &mut schema);
    schema.insert("$id".to_owned(), SCHEMA_ID.into());
    schema.insert("title".to_owned(), "onrecord report".into());
    schema.to_value()
}
