//! Stage 6, `judge`: a claim and what was seen in each of its sources → its verdict, under the contract's orders.
//!
//! Pure and total: the same looks give the same verdict. "Could not look" stays `unavailable` whatever the other
//! sources say, unless one of them carries the claim or comes closer to the answer.

mod conflict;

use std::sync::Arc;

use crate::model::capture::Failure;
use crate::model::evidence::Disagreement;
use crate::model::report::{
    ArticleReport, CheckReport, ClaimReport, Controls, Kind, OtherReport, Report, SCHEMA, SealState, SignedReport,
    Summary,
};
use crate::model::{
    Check, CheckKind, CheckVerdict, Claim, ClaimVerdict, Expectation, Flag, FlagClass, Look, Manifest, Need, Seen,
};

/// Sketches that share at least so many of their sixteen entries are copies of one story.
const SAME_STORY: usize = 10;

/// Judges one claim.
///
/// `looks` holds, for each check of the claim, one look per source in the claim's order (none for an unsourced claim).
/// `address` names a source for people; `sealed` says what is not as it was signed, or that the seal cannot be read.
pub fn judge(
    claim: &Claim,
    looks: Vec<Vec<Look>>,
    address: &dyn Fn(&Look) -> Arc<str>,
    sealed: &dyn Fn(ClaimVerdict, &[CheckReport]) -> SealState,
) -> ClaimReport {
    let mut unchecked: Option<Vec<String>> = None;
    let mut checks = Vec::with_capacity(claim.checks.len());
    for (check, looks) in claim.checks.iter().zip(looks) {
        let judged = judge_check(claim, check, looks, address);
        if let Some(words) = judged.unchecked {
            unchecked = Some(match unchecked {
                // A word that stands near any of the evidence is checked.
                Some(before) => before.into_iter().filter(|word| words.contains(word)).collect(),
                None => words,
            });
        }
        checks.push(judged.report);
    }
    let unchecked = unchecked.unwrap_or_default();
    let verdict = claim_verdict(claim, &checks, &unchecked);
    let signed = claim.signed.as_ref().map(|signature| {
        let (valid, changed) = match sealed(verdict, &checks) {
            SealState::Holds => (true, Vec::new()),
            SealState::Lapsed(changed) => (false, changed),
        };
        SignedReport {
            by: signature.by.clone(),
            on: signature.on.to_string(),
            why: signature.why.clone(),
            valid,
            changed,
        }
    });
    let passes = signed.as_ref().is_some_and(|signed| signed.valid)
        || match claim.expect {
            Some(expected) => meets(expected, verdict, &checks),
            None => verdict == ClaimVerdict::OnRecord,
        };
    ClaimReport {
        id: claim.id.0.clone(),
        statement: claim.statement.clone(),
        verdict,
        passes,
        signed: signed.map(Box::new),
        expected: claim.expect.map(|expected| expected.word().to_owned()),
        unchecked,
        speaker: claim.speaker.clone(),
        via: claim.via.clone(),
        proposed: None,
        line: claim.place.line,
        at: Vec::new(),
        checks,
    }
}

impl Expectation {
    /// The word of the contract for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Claim(verdict) => verdict.word(),
            Self::Check(verdict) => verdict.word(),
        }
    }
}

/// Whether a claim got what it expects: a claim verdict, or with one check that check's.
fn meets(expected: Expectation, verdict: ClaimVerdict, checks: &[CheckReport]) -> bool {
    let word = expected.word();
    verdict.word() == word || matches!(checks, [only] if only.verdict.word() == word)
}

fn claim_verdict(claim: &Claim, checks: &[CheckReport], unchecked: &[String]) -> ClaimVerdict {
    if claim.sources.is_empty() {
        return ClaimVerdict::Unsourced;
    }
    let of = |check: &CheckReport| match check.verdict {
        CheckVerdict::Absent => ClaimVerdict::Absent,
        CheckVerdict::Mismatch => ClaimVerdict::Mismatch,
        CheckVerdict::Altered => ClaimVerdict::Altered,
        CheckVerdict::Unavailable => ClaimVerdict::Unavailable,
        _ if has(&check.flags, FlagClass::Veto) => ClaimVerdict::OutOfContext,
        CheckVerdict::Review => ClaimVerdict::Review,
        _ if has(&check.flags, FlagClass::Caution) => ClaimVerdict::Review,
        _ if !unchecked.is_empty() => ClaimVerdict::Partly,
        _ => ClaimVerdict::OnRecord,
    };
    let worst = checks.iter().map(of).min().unwrap_or(ClaimVerdict::Review);
    debug_assert!(ClaimVerdict::ALL.windows(2).all(|pair| pair[0] < pair[1]));
    worst
}

fn has(flags: &[Flag], class: FlagClass) -> bool {
    flags.iter().any(|flag| flag.class() == class)
}

struct JudgedCheck {
    report: CheckReport,
    /// Unchecked words near the evidence; `None` where the check says nothing of the statement.
    unchecked: Option<Vec<String>>,
}

fn judge_check(claim: &Claim, check: &Check, mut looks: Vec<Look>, address: &dyn Fn(&Look) -> Arc<str>) -> JudgedCheck {
    for look in &mut looks {
        settle(claim, look);
    }
    let kind = match check.kind {
        CheckKind::Quote(_) => Kind::Quote,
        CheckKind::Figure(_) => Kind::Figure,
        CheckKind::Statement => Kind::Statement,
    };
    let text = check.text(&claim.statement);
    let Some(chosen) = choose(claim.need, &looks) else {
        let detail = "the claim names no source".to_owned();
        return JudgedCheck { report: blank(kind, text, CheckVerdict::Unavailable, Some(detail)), unchecked: None };
    };
    let others: Vec<OtherReport> = looks
        .iter()
        .enumerate()
        .filter(|(number, _)| *number != chosen)
        .map(|(_, look)| other(look, address))
        .collect();
    let contradicted = looks.iter().enumerate().any(|(number, look)| number != chosen && contradicts(look));
    let carriers = carriers(&looks);
    let short_of = match claim.need {
        Need::AtLeast(wanted) if wanted > carriers.independent && carriers.independent > 0 => Some(wanted),
        _ => None,
    };
    let look = looks.swap_remove(chosen);
    let source = Some(address(&look));
    let mut report = blank(kind, text, CheckVerdict::Unavailable, None);
    report.source = source;
    report.outlet = look.outlet;
    report.published = look.published;
    report.searched = look.searched;
    report.capture = look.capture;
    report.others = others;
    let mut unchecked = None;
    match look.seen {
        Err(Failure { reason, detail }) => {
            report.reason = Some(reason);
            report.detail = Some(detail);
        }
        Ok(seen) => {
            if seen.verdict.is_good() || seen.verdict == CheckVerdict::Review {
                unchecked = Some(seen.unchecked);
            }
            report.verdict = seen.verdict;
            report.score = Some(seen.score);
            report.passage = seen.passage;
            report.also = seen.also;
            report.changes = seen.changes;
            report.flags = seen.flags;
            report.detail = seen.detail;
            if report.verdict.is_good() && contradicted {
                report.flags.push(Flag::Disputed);
                report.flags.sort_unstable();
                report.flags.dedup();
            }
        }
    }
    if let Some(wanted) = short_of
        && report.verdict.is_good()
    {
        report.verdict = CheckVerdict::Review;
        report.detail = Some(carriers.explain(wanted));
    }
    JudgedCheck { report, unchecked }
}

fn blank(kind: Kind, text: String, verdict: CheckVerdict, detail: Option<String>) -> CheckReport {
    CheckReport {
        kind,
        text,
        verdict,
        score: None,
        source: None,
        outlet: None,
        published: None,
        searched: None,
        reason: None,
        detail,
        capture: None,
        passage: None,
        also: Vec::new(),
        changes: Vec::new(),
        flags: Vec::new(),
        others: Vec::new(),
        elsewhere: Vec::new(),
    }
}

/// Adds what only the claim and the source together show: the outlet that carries the words.
fn settle(claim: &Claim, look: &mut Look) {
    let Ok(seen) = &mut look.seen else { return };
    if seen.verdict.is_good()
        && let (Some(declared), Some(outlet)) = (claim.via.first(), look.outlet.as_deref())
        && !same_outlet(declared, outlet)
        && !seen.flags.contains(&Flag::OtherOutlet)
    {
        seen.flags.push(Flag::OtherOutlet);
        seen.flags.sort_unstable();
    }
}

/// Whether two names mean one outlet: equal but for case, punctuation and an article.
fn same_outlet(left: &str, right: &str) -> bool {
    let plain = |name: &str| -> String {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !matches!(*word, "the" | "news" | "www" | "com" | "example"))
            .collect();
        words.concat()
    };
    let (left, right) = (plain(left), plain(right));
    left == right || !left.is_empty() && !right.is_empty() && (left.contains(&right) || right.contains(&left))
}

fn other(look: &Look, address: &dyn Fn(&Look) -> Arc<str>) -> OtherReport {
    let source = address(look);
    match &look.seen {
        Ok(seen) => OtherReport {
            source,
            verdict: seen.verdict,
            reason: None,
            flags: seen.flags.clone(),
            passage: seen.passage.clone(),
            capture: look.capture.clone(),
        },
        Err(failure) => OtherReport {
            source,
            verdict: CheckVerdict::Unavailable,
            reason: Some(failure.reason),
            flags: Vec::new(),
            passage: None,
            capture: look.capture.clone(),
        },
    }
}

/// The contract's order over several sources: the lower, the better.
fn rank(look: &Look) -> u8 {
    match &look.seen {
        Err(_) => 6,
        Ok(seen) => match seen.verdict {
            CheckVerdict::Verbatim | CheckVerdict::Edited | CheckVerdict::Match => {
                if has(&seen.flags, FlagClass::Veto) { 2 } else { u8::from(has(&seen.flags, FlagClass::Caution)) }
            }
            CheckVerdict::Review => 3,
            CheckVerdict::Altered => 4,
            CheckVerdict::Mismatch => 5,
            CheckVerdict::Unavailable => 6,
            CheckVerdict::Absent => 7,
        },
    }
}

/// The look that decides; the first of equals.
fn choose(need: Need, looks: &[Look]) -> Option<usize> {
    let ranks = looks.iter().map(rank).enumerate();
    match need {
        Need::Any | Need::AtLeast(_) => ranks.min_by_key(|(_, rank)| *rank).map(|(number, _)| number),
        Need::All => ranks.max_by_key(|(number, rank)| (*rank, std::cmp::Reverse(*number))).map(|(number, _)| number),
    }
}

/// Whether another source gives another value, or the words with another number or a negation.
fn contradicts(look: &Look) -> bool {
    look.seen.as_ref().is_ok_and(|seen| match seen.verdict {
        CheckVerdict::Mismatch => seen.flags.iter().any(|flag| flag.class() == FlagClass::Difference),
        CheckVerdict::Altered => seen
            .flags
            .iter()
            .any(|flag| matches!(flag, Flag::Number | Flag::Negation | Flag::Antonym | Flag::Scale | Flag::Date)),
        _ => false,
    })
}

struct Carriers {
    all: usize,
    independent: usize,
    copies: Vec<String>,
}

impl Carriers {
    fn explain(&self, wanted: usize) -> String {
        let mut text = format!("{} of {wanted} independent sources carry it", self.independent);
        if !self.copies.is_empty() {
            text.push_str(&format!(
                "; {} are copies of one story: {}",
                self.all - self.independent + 1,
                self.copies.join(", ")
            ));
        }
        text
    }
}

/// How many sources carry a check, copies of one wire story counted once.
fn carriers(looks: &[Look]) -> Carriers {
    let good: Vec<(&Look, &Seen)> = looks
        .iter()
        .filter_map(|look| look.seen.as_ref().ok().filter(|seen| seen.verdict.is_good()).map(|seen| (look, seen)))
        .collect();
    let mut stories: Vec<(&Look, &Seen)> = Vec::new();
    let mut copies: Vec<String> = Vec::new();
    for (look, seen) in &good {
        let copy_of = stories.iter().find(|(_, story)| {
            seen.sketch.iter().zip(story.sketch.iter()).filter(|(a, b)| a == b && **a != u64::MAX).count() >= SAME_STORY
        });
        match copy_of {
            Some((first, _)) => {
                for name in [&first.source.0, &look.source.0] {
                    if !copies.iter().any(|copy| **copy == **name) {
                        copies.push(name.to_string());
                    }
                }
            }
            None => stories.push((look, seen)),
        }
    }
    Carriers { all: good.len(), independent: stories.len(), copies }
}

/// Puts the judged claims of one manifest into a report.
pub fn report(manifest: &Manifest, name: String, found: &[Disagreement], claims: Vec<ClaimReport>) -> Report {
    let conflicts = found.iter().map(|found| conflict::conflict(manifest, &claims, found)).collect();
    let mut summary = Summary { claims: claims.len(), ..Summary::default() };
    for claim in &claims {
        *summary.of_mut(claim.verdict) += 1;
        summary.signed += usize::from(claim.signed.as_ref().is_some_and(|signed| signed.valid));
        if claim.passes {
            summary.passed += 1;
        } else if claim.verdict.is_open() {
            summary.open += 1;
        } else {
            summary.failed += 1;
        }
    }
    Report {
        schema: SCHEMA.to_owned(),
        title: manifest.article.as_ref().and_then(|article| article.title.clone()),
        manifest: name,
        article: manifest.article.as_ref().map(|article| ArticleReport {
            url: article.url.clone(),
            file: article.file.clone(),
            published: article.published.map(|day| day.to_string()),
            blocks: Vec::new(),
        }),
        summary,
        controls: Controls::default(),
        conflicts,
        claims,
    }
}
