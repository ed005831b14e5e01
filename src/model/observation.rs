//! Observations: what one run saw of one claim in one source, and what became of the words between two of them.
//!
//! An observation keeps the words, not the page: the page is in the archive, and the verdict can be computed anew from
//! it. It names the versions of extractor and rules, so that our own change is never reported as the publisher's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::capture::{Origin, Reason};
use super::document::{Where, Zone};
use super::report::Kind;
use super::verdict::{CheckVerdict, Flag};

/// Versions of what reads and of what compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// The extractor's, `extract::EXTRACTOR_VERSION`.
    pub extractor: u32,
    /// The rules', `matching::RULES_VERSION`.
    pub rules: u32,
}

/// Which words of which claim are observed, and in which source. Orders observations in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// The manifest, as it is named in the ledger.
    pub manifest: String,
    /// The claim's id.
    pub claim: String,
    /// Number of the check in its claim, from 0.
    pub check: u32,
    /// The source's address, as reports show it.
    pub source: String,
}

/// What one run saw of one check in one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// What was observed.
    pub subject: Subject,
    /// What kind of check it is.
    pub kind: Kind,
    /// The words or the figure that were looked for.
    pub asked: String,
    /// The statement that they stand in.
    pub statement: String,
    /// The capture that was read, or the attempt that failed.
    pub capture: Option<CaptureSeen>,
    /// What it came to.
    pub verdict: CheckVerdict,
    /// Why the source could not be read.
    pub reason: Option<Reason>,
    /// Flags, in the order of the contract.
    pub flags: Vec<Flag>,
    /// The passage.
    pub passage: Option<Words>,
    /// By which versions.
    pub versions: Versions,
}

/// The capture that an observation was made in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureSeen {
    /// The address that answered.
    pub url: String,
    /// When, RFC 3339 in UTC.
    pub captured: String,
    /// HTTP status.
    pub status: Option<u16>,
    /// SHA-256 of the decoded body, lower-case hex; empty for an attempt without an answer.
    pub sha256: String,
    /// Where the bytes come from.
    pub origin: Origin,
}

/// The source's own words, and where they stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// From the first to the last matched character.
    pub text: String,
    /// A little of what stands before it.
    pub before: String,
    /// A little of what stands after it.
    pub after: String,
    /// The place on the page.
    pub place: Where,
    /// Its finer name.
    pub zone: Zone,
    /// First code point in the capture's text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// One state of the words, over the runs that saw it.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// What was seen; its capture is the last one in which it was seen.
    pub observation: Observation,
    /// The first capture in which it was seen.
    pub first_capture: Option<CaptureSeen>,
    /// The run that saw it first.
    pub first_run: i64,
    /// When that was.
    pub first_at: Timestamp,
    /// The run that saw it last.
    pub last_run: i64,
    /// When that was.
    pub last_at: Timestamp,
    /// How many runs saw it in a row.
    pub times: i64,
    /// Its number in the ledger.
    pub number: i64,
}

/// A sentence of an article that rests on the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Rests {
    /// The manifest.
    pub manifest: String,
    /// The claim.
    pub claim: String,
    /// The sentence, as the article prints it.
    pub statement: String,
    /// What the sentence takes from the source.
    pub asked: String,
    /// The wording that carried it.
    pub old: Option<String>,
    /// The wording now, where it is another.
    pub new: Option<String>,
    /// The last capture that carried it, RFC 3339.
    pub since: Option<String>,
    /// The first capture that no longer does, RFC 3339.
    pub seen: Option<String>,
    /// Whether the source carries it now.
    pub carried: bool,
}

/// What a source's page is, beside the words that we look for: enough to tell a redesign from another page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageSeen {
    /// The source's address.
    pub source: String,
    /// The capture.
    pub capture: CaptureSeen,
    /// The page's title.
    pub title: Option<String>,
    /// Correction and update notices, in the order of the page.
    pub notices: Vec<String>,
    /// Sixteen numbers by which two pages are told to be one story.
    pub sketch: Vec<u64>,
}

/// What became of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DriftKind {
    /// The words stand elsewhere on the page than they did: in a caption, a comment, a headline.
    Moved,
    /// The source has other words there now.
    Reworded,
    /// The words stand, and what stands around them turns them: a denial, a condition, an omission.
    ContextChanged,
    /// The words stand, in another mouth.
    SpeakerChanged,
    /// The source gives another value now.
    FigureCorrected,
    /// The words are gone from a page that is there.
    Removed,
    /// Words that were gone, or other, stand again as we print them.
    Restored,
    /// The page is behind a wall now.
    Walled,
    /// The page is gone.
    Gone,
    /// The address leads to another page now.
    Redirected,
    /// The address answers with another page.
    Replaced,
    /// The page cannot be reached; said after several failures in a row.
    Unreachable,
    /// A page that could not be read can be read again.
    Reachable,
    /// The page carries a correction or update notice that it did not carry.
    NoticeAdded,
    /// Our own side: the claim was edited.
    ClaimEdited,
    /// Our own side: the same bytes, read or compared by other rules.
    RulesChanged,
}

/// One difference between two observations of the same words, or of the same source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// What became of the words.
    pub kind: DriftKind,
    /// The subject; for drift of a whole source the claim is empty.
    pub subject: Subject,
    /// Ids of the claims that it befalls, sorted.
    pub claims: Vec<String>,
    /// The wording before: the passage, the value, the notice, or why the source could not be read.
    pub before: String,
    /// The wording after.
    pub after: String,
    /// The last capture in which it was as before, RFC 3339.
    pub since: Option<String>,
    /// The first capture in which it is as after, RFC 3339.
    pub seen: Option<String>,
    /// For a notice: whether it touches words that a claim rests on.
    pub touches: Option<bool>,
}

/// One run over one manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its number in the ledger, from 1, in the order in which runs began: clocks may be wrong, numbers are not.
    pub number: i64,
    /// When it began.
    pub at: Timestamp,
    /// The manifest, as it is named in the ledger.
    pub manifest: String,
    /// By which versions.
    pub versions: Versions,
}

impl DriftKind {
    /// All kinds, in the order in which they are shown: what a desk must act on comes first.
    pub const ALL: [Self; 16] = [
        Self::FigureCorrected,
        Self::Reworded,
        Self::Removed,
        Self::SpeakerChanged,
        Self::ContextChanged,
        Self::NoticeAdded,
        Self::Replaced,
        Self::Redirected,
        Self::Gone,
        Self::Walled,
        Self::Unreachable,
        Self::Moved,
        Self::Restored,
        Self::Reachable,
        Self::ClaimEdited,
        Self::RulesChanged,
    ];

    /// The word for it in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Reworded => "reworded",
            Self::ContextChanged => "context-changed",
            Self::SpeakerChanged => "speaker-changed",
            Self::FigureCorrected => "figure-corrected",
            Self::Removed => "removed",
            Self::Restored => "restored",
            Self::Walled => "walled",
            Self::Gone => "gone",
            Self::Redirected => "redirected",
            Self::Replaced => "replaced",
            Self::Unreachable => "unreachable",
            Self::Reachable => "reachable",
            Self::NoticeAdded => "notice-added",
            Self::ClaimEdited => "claim-edited",
            Self::RulesChanged => "rules-changed",
        }
    }

    /// What happened, as a desk says it.
    pub fn says(self) -> &'static str {
        match self {
            Self::Moved => "the words were moved to another place of the page",
            Self::Reworded => "the source was reworded",
            Self::ContextChanged => "what stands around the words has changed",
            Self::SpeakerChanged => "the words now stand in another mouth",
            Self::FigureCorrected => "the source gives another figure now",
            Self::Removed => "the words were taken out",
            Self::Restored => "the words stand again as we print them",
            Self::Walled => "the page is behind a wall now",
            Self::Gone => "the page is gone",
            Self::Redirected => "the address leads elsewhere now",
            Self::Replaced => "the address shows another page now",
            Self::Unreachable => "the page could not be reached several times in a row",
            Self::Reachable => "the page can be read again",
            Self::NoticeAdded => "the page carries a new notice",
            Self::ClaimEdited => "our own claim was edited",
            Self::RulesChanged => "nothing changed on the page; onrecord reads it by newer rules",
        }
    }

    /// Whether somebody should be told at once rather than in the daily digest: words that we print are no longer
    /// carried, or a correction was made.
    pub fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::FigureCorrected
                | Self::Reworded
                | Self::Removed
                | Self::SpeakerChanged
                | Self::ContextChanged
                | Self::NoticeAdded
                | Self::Replaced
        )
    }

    /// Whether it is a change of our own side, which no publisher is told of.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::ClaimEdited | Self::RulesChanged)
    }
}
