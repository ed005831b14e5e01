//! The report as data: exactly what the contract's JSON has, plus the fields that the other renderings need.
//!
//! Fields that there is none of are null and lists are empty, never left out. Everything is sorted or in
//! manifest order, so that identical input gives identical bytes.

use schemars::JsonSchema;
use serde::Serialize;

use super::capture::{Origin, Reason};
use super::document::{Where, Zone};
use super::verdict::{CheckVerdict, ClaimVerdict, Flag};

/// The identifier of this version of the report's format.
pub const SCHEMA: &str = "onrecord/report/1";

/// What one run says of one manifest.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// Always `onrecord/report/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: &'static str,
    /// Title of the article, where the manifest gives it.
    pub title: Option<String>,
    /// The manifest as it was named.
    pub manifest: String,
    /// Counts.
    pub summary: Summary,
    /// Claims that count the same thing with different values.
    pub conflicts: Vec<Conflict>,
    /// The claims, in manifest order.
    pub claims: Vec<ClaimReport>,
}

/// Counts over the claims of a report. The verdicts are counted whether or not a claim passes.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
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

/// Claims of one manifest that count the same thing with different values.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Conflict {
    /// Ids of the claims, in manifest order.
    pub claims: Vec<String>,
    /// What is counted, in the words that the statements share.
    pub about: String,
    /// Each claim's figure, as written.
    pub values: Vec<String>,
}

/// One claim.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ClaimReport {
    /// Its id.
    pub id: String,
    /// The statement as the article prints it.
    pub statement: String,
    /// What it came to.
    pub verdict: ClaimVerdict,
    /// Whether it is on record, validly signed, or got the verdict that it expects.
    pub passes: bool,
    /// The sign-off, where there is one.
    pub signed: Option<SignedReport>,
    /// The verdict that the manifest expects, as written.
    pub expected: Option<String>,
    /// Content words, names and dates of the statement that stand nowhere near the evidence.
    pub unchecked: Vec<String>,
    /// Whose words they are, as the manifest says.
    pub speaker: Option<String>,
    /// The chain that the manifest declares.
    pub via: Vec<String>,
    /// Line of the claim in the manifest, from 1.
    pub line: u32,
    /// The checks: quotes first, then figures.
    pub checks: Vec<CheckReport>,
}

/// A sign-off and whether it still holds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SignedReport {
    /// Who signed.
    pub by: String,
    /// When, as an RFC 3339 date.
    pub on: String,
    /// Why.
    pub why: String,
    /// Whether claim and passage are what was signed.
    pub valid: bool,
}

/// One check.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckReport {
    /// `quote`, `figure` or `statement`.
    #[schemars(extend("enum" = ["quote", "figure", "statement"]))]
    pub kind: &'static str,
    /// What was looked for; fragments joined by ` … `.
    pub text: String,
    /// What it came to over all sources.
    pub verdict: CheckVerdict,
    /// How much of it the best passage covers, 0 to 1; null where no source could be read.
    pub score: Option<f64>,
    /// The source that decided, as people know it; null where the claim names none.
    pub source: Option<String>,
    /// Who publishes that source, where it is known.
    pub outlet: Option<String>,
    /// Why the source could not be read.
    pub reason: Option<Reason>,
    /// An explanation for people.
    pub detail: Option<String>,
    /// The capture that was read.
    pub capture: Option<CaptureReport>,
    /// The passage, in the source's own wording.
    pub passage: Option<PassageReport>,
    /// Other places of the same source that fit as well.
    pub also: Vec<PassageReport>,
    /// What differs.
    pub changes: Vec<ChangeReport>,
    /// Flags, in the order of the contract.
    pub flags: Vec<Flag>,
    /// What each other source gave.
    pub others: Vec<OtherReport>,
}

/// The capture that a check was made against.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
    /// Which engine read the text out of it; null where none did.
    pub engine: Option<&'static str>,
    /// What people should know of the reading: a kind that was announced wrongly, characters that did not decode.
    pub notes: Vec<String>,
}

/// A passage at the outer edge: offsets count Unicode code points of the text that `onrecord text` prints.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OtherReport {
    /// The source, as people know it.
    pub source: String,
    /// What the check came to there.
    pub verdict: CheckVerdict,
    /// Why it could not be read.
    pub reason: Option<Reason>,
    /// Flags there.
    pub flags: Vec<Flag>,
    /// The closest passage there.
    pub passage: Option<PassageReport>,
    /// The capture there.
    pub capture: Option<CaptureReport>,
}
