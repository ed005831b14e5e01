//! Why a claim got its verdict: what was searched, what was found where, each difference with its rule, and the orders by
//! which findings become a verdict.

use crate::model::report::{CaptureReport, CheckReport, ClaimReport, Held, PassageReport, Report};
use crate::model::{ClaimVerdict, Flag, FlagClass};

use super::escape::terminal;
use super::rules::{Rule, change_rule, flag_rule};
use super::wording::{capture_phrase, moment, place_phrase};
use super::{Style, Verbosity, card, excerpt, text};

/// Code points of a passage, and of a difference.
const LONG: usize = 160;
const SHORT: usize = 80;

/// Explains one claim of a report. `held` is what the archive has of its sources.
pub fn explain(report: &Report, number: usize, held: &[Held], style: &Style) -> String {
    let Some(claim) = report.claims.get(number) else { return String::new() };
    let style = Style { verbosity: Verbosity::Verbose, ..*style };
    let mut out = text::blocks(&super::only(report, number), &style);
    let mut lines = Lines { out: String::new(), unicode: style.unicode };
    lines.head("What was searched");
    searched(&mut lines, claim, held);
    for check in &claim.checks {
        lines.head(&format!("How the {} was judged: {}", check.kind, excerpt::short(&check.text, SHORT, "...")));
        judged(&mut lines, check);
    }
    lines.head("How the claim was judged");
    verdict(&mut lines, claim);
    out.push_str(&lines.out);
    out
}

struct Lines {
    out: String,
    unicode: bool,
}

impl Lines {
    fn head(&mut self, text: &str) {
        self.out.push('\n');
        self.out.push_str(&terminal(text, self.unicode));
        self.out.push('\n');
    }

    fn line(&mut self, text: &str) {
        self.out.push_str("  ");
        self.out.push_str(&terminal(text, self.unicode));
        self.out.push('\n');
    }

    fn rule(&mut self, rule: Rule) {
        self.line(&format!("    rule: {}", rule.says));
        self.line(&format!("    from: {}", rule.source));
    }
}

fn searched(lines: &mut Lines, claim: &ClaimReport, held: &[Held]) {
    if held.is_empty() {
        lines.line("nothing: the claim names no source");
    }
    for source in held {
        lines.line(&source.source);
        if source.captures.is_empty() {
            lines.line("  no copy of it is in the archive");
        }
        for capture in &source.captures {
            // Which engine read it, and what it noted, is said of the reading and not of the capture.
            let same = |shown: Option<&CaptureReport>| {
                shown.is_some_and(|shown| {
                    (&shown.url, &shown.captured, &shown.sha256)
                        == (&capture.capture.url, &capture.capture.captured, &capture.capture.sha256)
                })
            };
            let read = claim.checks.iter().any(|check| same(check.capture.as_deref()));
            let also = claim.checks.iter().flat_map(|check| &check.others).any(|other| same(other.capture.as_deref()));
            let failure = capture.failure.as_ref().map(|why| format!(", which failed: {why}")).unwrap_or_default();
            let said = if read {
                "read, and decided"
            } else if also {
                "read"
            } else {
                "not read: another copy serves better"
            };
            lines.line(&format!("  {}{failure}: {said}", capture_phrase(&capture.capture)));
        }
    }
    for check in &claim.checks {
        if let (Some(searched), Some(capture)) = (check.searched, &check.capture) {
            lines.line(&format!(
                "{searched} characters of {}, every part of the page, of {}",
                capture.url,
                moment(&capture.captured)
            ));
            break;
        }
    }
}

fn judged(lines: &mut Lines, check: &CheckReport) {
    let found = |passage: &PassageReport| {
        let place = place_phrase(None, passage);
        format!(
            "characters {} to {}, {place}: {}",
            passage.start,
            passage.end,
            excerpt::short(&passage.text, LONG, "...")
        )
    };
    match (&check.passage, check.reason) {
        (Some(passage), _) => {
            lines.line(&format!("found at {}", found(passage)));
            if let Some(score) = check.score {
                lines.line(&format!(
                    "  it has {} % of what was looked for; this ranks places and decides nothing",
                    (score.clamp(0.0, 1.0) * 100.0).round()
                ));
            }
        }
        (None, Some(reason)) => lines.line(&format!("nobody could look: {}", super::reasons::reason_sentence(reason))),
        (None, None) => lines.line("found nowhere: no passage comes close"),
    }
    for passage in &check.also {
        lines.line(&format!("also at {}", found(passage)));
    }
    for change in &check.changes {
        let (ours, theirs) =
            (excerpt::short(&change.quote, SHORT, "..."), excerpt::short(&change.source, SHORT, "..."));
        let kind = change.flag.map_or("an edit that changes nothing", super::wording::flag_name);
        let words = |text: &str| if text.is_empty() { "(nothing)".to_owned() } else { text.to_owned() };
        lines.line(&format!("{} for {}: {kind}", words(&ours), words(&theirs)));
        let marked = change.quote.contains(['[', '…']) || change.quote.contains("...");
        lines.rule(change_rule(change.flag, marked));
    }
    let told = |flag: &&Flag| check.changes.iter().all(|change| change.flag != Some(**flag));
    for flag in check.flags.iter().filter(told) {
        let weight = match flag.class() {
            FlagClass::Difference => "this is what differs",
            FlagClass::Veto => "this alone takes the claim out of context",
            FlagClass::Caution => "this alone sends the claim to a person",
            FlagClass::Remark => "this changes nothing",
        };
        lines.line(&format!("{}: {} ({weight})", flag.word(), super::wording::flag_sentence(*flag)));
        lines.rule(flag_rule(*flag));
    }
    for other in &check.others {
        lines.line(&format!("{} {}", other.source, card::other_phrase(other)));
    }
    if !check.others.is_empty() {
        lines.line("of several sources the best one decides, or with need = \"all\" the worst (docs/report.md, \"Verdict of a check\")");
    }
    lines.line(&format!("so it is: {}", check.verdict.word()));
}

fn verdict(lines: &mut Lines, claim: &ClaimReport) {
    let order: Vec<&str> = ClaimVerdict::ALL.into_iter().map(ClaimVerdict::word).collect();
    lines.line(&format!("a claim is the worst of its checks, in this order: {}", order.join(", ")));
    if !claim.unchecked.is_empty() {
        lines.line(&format!(
            "no check covers these words of the statement, and they stand nowhere near the passage: {}",
            claim.unchecked.join(", ")
        ));
    }
    lines.line(&format!(
        "so it is {}, and {}",
        claim.verdict.word(),
        if claim.passes { "passes" } else { "does not pass" }
    ));
    lines.line("  from: docs/report.md, \"Verdict of a claim\"");
}
