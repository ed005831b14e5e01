//! The report as data: exactly what the contract's JSON has, plus the fields that the other renderings need.
//!
//! Fields that there is none of are null and lists are empty, never left out. Everything is sorted or in
//! manifest order, so that identical input gives identical bytes.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::capture::{Origin, Reason};
use super::document::{Where, Zone};
use super::verdict::{CheckVerdict, ClaimVerdict, Flag};

/// The identifier of this version of the report's format.
pub const SCHEMA: &str = "onrecord/report/1";

/// What one run says of one manifest.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always `onrecord/report/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// Title of the article, where the manifest gives it.
    pub title: Option<String>,
    /// The manifest as it was named: its path where that is relative, else its file's name.
    pub manifest: String,
    /// The article, where the manifest names one.
    #[serde(default)]
    pub article: Option<ArticleReport>,
    /// Counts.
    pub summary: Summary,
    /// The controls of the run.
    #[serde(default)]
    pub controls: Controls,
    /// Claims that count the same thing with different values.
    pub conflicts: Vec<Conflict>,
    /// The claims, in manifest order.
    pub claims: Vec<ClaimReport>,
}

/// The article whose claims these are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleReport {
    /// Where it is published.
    pub url: Option<String>,
    /// Its file, as the manifest names it.
    pub file: Option<String>,
    /// When it was published, as an RFC 3339 date.
    pub published: Option<String>,
    /// The paragraphs, headings and captions that readers see, in order; empty where the file is not known or cannot be
    /// read.
    pub blocks: Vec<ArticleBlock>,
}

/// A stretch of the article that belongs together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleBlock {
    /// What it is.
    pub zone: Zone,
    /// First code point, counted in the article's text as `onrecord text` prints it.
    pub start: usize,
    /// Its text.
    pub text: String,
}

/// What the archive has of one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The source, as people know it.
    pub source: String,
    /// Its captures, oldest first.
    pub captures: Vec<HeldCapture>,
}

/// One capture of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldCapture {
    /// The capture.
    pub capture: CaptureReport,
    /// Why it is no page to read, where it is none.
    pub failure: Option<String>,
}

/// The text of a capture that was read, to be shown beside the report. No part of the report's data: it is other people's
/// work, and stays in the archive.
#[derive(Debug, Clone, PartialEq)]
pub struct PageCopy {
    /// The capture.
    pub capture: CaptureReport,
    /// The page's title.
    pub title: Option<String>,
    /// Its text, every zone in document order.
    pub blocks: Vec<ArticleBlock>,
}

/// Counts over the claims of a report. The verdicts are counted whether or not a claim passes.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the number of claims with the verdict or state of that name")]
pub struct Summary {
    pub claims: usize,
    pub passed: usize,
    pub failed: usize,
    pub open: usize,
    pub signed: usize,
    pub on_record: usize,
    pub partly: usize,
    pub review: usize,
    pub unsourced: usize,
    pub unavailable: usize,
    pub out_of_context: usize,
    pub altered: usize,
    pub mismatch: usize,
    pub absent: usize,
}

/// Controls: for each source that was read, a sentence that stands in it was looked for, and the same sentence with a
/// digit or a "not" changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Controls {
    /// Captures that were read.
    pub sources: usize,
    /// Sentences that were looked for, changed ones among them.
    pub ran: usize,
    /// Captures that answered wrongly; everything that rests on them is `unavailable` (`self-test-failed`).
    pub failed: usize,
    /// Captures with no sentence that would do.
    pub without: usize,
}

impl Summary {
    /// The count of a verdict.
    pub fn of_mut(&mut self, verdict: ClaimVerdict) -> &mut usize {
        match verdict {
            ClaimVerdict::Absent => &mut self.absent,
            ClaimVerdict::Mismatch => &mut self.mismatch,
            ClaimVerdict::Altered => &mut self.altered,
            ClaimVerdict::OutOfContext => &mut self.out_of_context,
            ClaimVerdict::Unavailable => &mut self.unavailable,
            ClaimVerdict::Unsourced => &mut self.unsourced,
            ClaimVerdict::Review => &mut self.review,
            ClaimVerdict::Partly => &mut self.partly,
            ClaimVerdict::OnRecord => &mut self.on_record,
        }
    }
}

/// Claims of one manifest that count the same thing with different values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// Ids of the claims, in manifest order.
    pub claims: Vec<String>,
    /// What is counted, in the words that the statements share.
    pub about: String,
    /// Each claim's figure, as written.
    pub values: Vec<String>,
    /// Whether they exclude each other, or are of different days of a count that grows.
    #[serde(default)]
    pub kind: ConflictKind,
    /// The same for people.
    #[serde(default)]
    pub detail: String,
    /// For each claim, in the same order: where its value comes from, and when.
    #[serde(default)]
    pub sides: Vec<ConflictSide>,
}

/// What kind of conflict it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ConflictKind {
    /// The values exclude each other, as far as anybody can tell.
    #[default]
    Contradiction,
    /// The smaller values have the earlier dates, and such a count grows.
    Earlier,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictSide {
    /// Id of the claim.
    pub claim: String,
    /// Its figure, as written.
    pub value: String,
    /// What its own sources made of it.
    pub verdict: CheckVerdict,
    /// The source that decided, as people know it; null where the claim names none.
    pub source: Option<String>,
    /// Who publishes it, where it is known.
    pub outlet: Option<String>,
    /// The date of the value: the source's own, else the day that the claim asks about; null where neither is known.
    pub date: Option<String>,
    /// When the capture was made that was read; null where there is none.
    pub captured: Option<String>,
}

/// One claim.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ClaimReport {
    /// Its id.
    pub id: String,
    /// The statement as the article prints it.
    pub statement: Arc<str>,
    /// What it came to.
    pub verdict: ClaimVerdict,
    /// Whether it is on record, validly signed, or got the verdict that it expects.
    pub passes: bool,
    /// The sign-off, where there is one.
    pub signed: Option<Box<SignedReport>>,
    /// The verdict that the manifest expects, as written.
    pub expected: Option<String>,
    /// Content words, names and dates of the statement that stand nowhere near the evidence.
    pub unchecked: Vec<String>,
    /// Whose words they are, as the manifest says.
    pub speaker: Option<String>,
    /// The chain that the manifest declares.
    pub via: Vec<String>,
    /// For a claim that names no source: the line to put into the manifest, naming the source that carries it.
    #[serde(default)]
    pub proposed: Option<String>,
    /// Line of the claim in the manifest, from 1.
    pub line: u32,
    /// Where the article's text has the statement, in code points; empty where it does not, or is not known.
    #[serde(default)]
    pub at: Vec<[usize; 2]>,
    /// The checks: quotes first, then figures.
    pub checks: Vec<CheckReport>,
}

/// A sign-off and whether it still holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignedReport {
    /// Who signed.
    pub by: String,
    /// When, as an RFC 3339 date.
    pub on: String,
    /// Why.
    pub why: String,
    /// Whether claim and passage are what was signed.
    pub valid: bool,
    /// What is not as it was signed; empty where it is, and where the seal does not tell.
    #[serde(default)]
    pub changed: Vec<SealChange>,
}

/// One thing that is not as it was signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SealChange {
    /// What it is: `statement`, `quote`, `figure`, `speaker`, `via`, `source`, `passage`, `verdict` or `flag`.
    pub what: String,
    /// As it was signed; empty where there was none.
    pub signed: String,
    /// As it is now; empty where there is none.
    pub now: String,
}

/// What became of a sign-off.
#[derive(Debug, Clone, PartialEq)]
pub enum SealState {
    /// Claim and passages are what was signed.
    Holds,
    /// They are not; what differs, as far as the seal tells.
    Lapsed(Vec<SealChange>),
}

/// What kind of check it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A quotation.
    Quote,
    /// A figure.
    Figure,
    /// A statement with nothing exact to check.
    Statement,
}

impl Kind {
    /// The word of the contract for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Figure => "figure",
            Self::Statement => "statement",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// One check.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct CheckReport {
    /// `quote`, `figure` or `statement`.
    pub kind: Kind,
    /// What was looked for; fragments joined by ` … `.
    pub text: String,
    /// What it came to over all sources.
    pub verdict: CheckVerdict,
    /// How much of it the best passage covers, 0 to 1; null where no source could be read.
    pub score: Option<f64>,
    /// The source that decided, as people know it; null where the claim names none.
    pub source: Option<Arc<str>>,
    /// Who publishes that source, where it is known.
    pub outlet: Option<Arc<str>>,
    /// The source's own date, as the manifest gives it, else as the page does.
    #[serde(default)]
    pub published: Option<Arc<str>>,
    /// Code points of the text that was searched; null where there was none.
    #[serde(default)]
    pub searched: Option<usize>,
    /// Why the source could not be read.
    pub reason: Option<Reason>,
    /// An explanation for people.
    pub detail: Option<String>,
    /// The capture that was read.
    // shared by all checks that were made against it
    pub capture: Option<Arc<CaptureReport>>,
    /// The passage, in the source's own wording.
    pub passage: Option<Box<PassageReport>>,
    /// Other places of the same source that fit as well.
    pub also: Vec<PassageReport>,
    /// What differs.
    pub changes: Vec<ChangeReport>,
    /// Flags, in the order of the contract.
    pub flags: Vec<Flag>,
    /// What each other source gave.
    pub others: Vec<OtherReport>,
    /// Where it stands instead: in captures that the manifest knows and the claim does not name.
    #[serde(default)]
    pub elsewhere: Vec<OtherReport>,
}

/// The capture that a check was made against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaptureReport {
    /// The address that answered, or the path as written.
    pub url: String,
    /// RFC 3339, UTC, whole seconds.
    pub captured: String,
    /// HTTP status.
    pub status: Option<u16>,
    /// Media type without parameters.
    pub media_type: Option<String>,
    /// SHA-256 of the decoded body, lower-case hex.
    pub sha256: String,
    /// Where the bytes come from.
    pub origin: Origin,
    /// Who supplied the copy; null where nobody did, and a server, a browser or a file gave it.
    #[serde(default)]
    pub supplied_by: Option<String>,
    /// Which engine read the text out of it; null where none did.
    #[serde(default)]
    pub engine: Option<String>,
    /// What people should know of the reading: a kind that was announced wrongly, characters that did not decode.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A passage at the outer edge: offsets count Unicode code points of the text that `onrecord text` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassageReport {
    /// The source's own wording, from the first to the last matched character.
    pub text: String,
    /// A little of what stands before it.
    pub before: String,
    /// A little of what stands after it.
    pub after: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The matched pieces.
    pub parts: Vec<[usize; 2]>,
    /// The place on the page.
    #[serde(rename = "where")]
    pub place: Where,
    /// Its finer name.
    pub zone: Zone,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Time of the entry or subtitle.
    pub time: Option<String>,
    /// The text fragment (`:~:text=…`) that takes a browser to this passage on a page with this text; null where no
    /// fragment would.
    #[serde(default)]
    pub fragment: Option<String>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeReport {
    /// Our words.
    pub quote: String,
    /// The source's words.
    pub source: String,
    /// What kind of difference it is; null for a free or editorial one.
    pub flag: Option<Flag>,
    /// Code points of `text` that are our words, an empty stretch where words are missing there; null where they are
    /// no stretch of it.
    pub quote_at: Option<[usize; 2]>,
    /// Code points of the capture's text that are the source's words, an empty stretch where it has none at that
    /// place; null where no place is known.
    pub source_at: Option<[usize; 2]>,
}

/// What another source of the claim gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtherReport {
    /// The source, as people know it.
    pub source: Arc<str>,
    /// What the check came to there.
    pub verdict: CheckVerdict,
    /// Why it could not be read.
    pub reason: Option<Reason>,
    /// Flags there.
    pub flags: Vec<Flag>,
    /// The closest passage there.
    pub passage: Option<Box<PassageReport>>,
    /// The capture there.
    pub capture: Option<Arc<CaptureReport>>,
}
