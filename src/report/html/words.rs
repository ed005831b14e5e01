//! The words of the page for verdicts and states, and the classes that its style knows them by.

use crate::model::report::{CaptureReport, ClaimReport};
use crate::model::{CheckVerdict, ClaimVerdict, Origin};
use crate::report::card::State;

/// Names a finding in the words of a desk.
pub(super) fn label(verdict: ClaimVerdict) -> &'static str {
    match verdict {
        ClaimVerdict::Absent => "Not in the source",
        ClaimVerdict::Mismatch => "Another figure",
        ClaimVerdict::Altered => "Words differ",
        ClaimVerdict::OutOfContext => "Out of context",
        ClaimVerdict::Unavailable => "Could not look",
        ClaimVerdict::Unsourced => "No source",
        ClaimVerdict::Review => "Read it",
        ClaimVerdict::Partly => "Only in part",
        ClaimVerdict::OnRecord => "On record",
    }
}

/// The class of a finding's shape: what is wrong stays visibly wrong where a person let it stand.
pub(super) fn class(verdict: ClaimVerdict) -> &'static str {
    match verdict {
        ClaimVerdict::OnRecord => "pass",
        verdict if verdict.is_open() => "open",
        _ => "fail",
    }
}

/// The class of the finding of one check.
pub(super) fn check_class(verdict: CheckVerdict) -> &'static str {
    match verdict {
        CheckVerdict::Verbatim | CheckVerdict::Edited | CheckVerdict::Match => "pass",
        CheckVerdict::Review | CheckVerdict::Unavailable => "open",
        CheckVerdict::Altered | CheckVerdict::Mismatch | CheckVerdict::Absent => "fail",
    }
}

/// The classes of a claim: its shape, and whether it was let stand.
pub(super) fn classes(claim: &ClaimReport) -> String {
    let state = match State::of(claim) {
        State::Fail => "need failed",
        State::Open => "need undecided",
        State::Pass if claim.verdict == ClaimVerdict::OnRecord => "stands",
        State::Pass => "stands let",
    };
    // On record where something else was expected is wrong all the same.
    let shape = if claim.verdict == ClaimVerdict::OnRecord && !claim.passes { "fail" } else { class(claim.verdict) };
    format!("{shape} {state}")
}

/// Says how good a capture is as evidence, from the page as we fetched it down to a file that somebody handed in.
pub(super) fn evidence(capture: &CaptureReport) -> &'static str {
    match capture.origin {
        Origin::Live => "fetched from the source by this program",
        Origin::Memento => "fetched from another web archive",
        Origin::Rendered => "fetched from the source, as a browser shows it",
        Origin::Imported => "supplied by a person or another archive; this program did not see the live page",
        Origin::Local => "a file of this desk; there is no public page to compare it with",
    }
}
