//! A claim of the report → what a reader is told about it, in the order of telling, before any layout.
//!
//! The renderings for people lay out the same cards, so that they agree in every sentence. A card's strings are
//! raw: whoever prints them escapes them for its format.

use crate::model::report::{
    CheckReport, ClaimReport, Conflict, Controls, Kind, OtherReport, PassageReport, Report, SealChange, Summary,
};
use crate::model::{CheckVerdict, ClaimVerdict, Flag, FlagClass};

use super::excerpt;
use super::marks::{self, Mark, Marks};
use super::reasons::{reason_remedy, reason_sentence};
use super::wording::{
    capture_phrase, check_phrase, flag_name, flag_sentence, mismatch_sentence, place_phrase, verdict_remedy,
    verdict_sentence,
};

/// How a claim counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Pass,
    Fail,
    Open,
}

impl State {
    pub(super) fn of(claim: &ClaimReport) -> Self {
        match claim {
            claim if claim.passes => Self::Pass,
            claim if claim.verdict.is_open() => Self::Open,
            _ => Self::Fail,
        }
    }
}

/// What a reader is told about one claim.
#[derive(Debug)]
pub(super) struct Card<'a> {
    pub(super) claim: &'a ClaimReport,
    pub(super) state: State,
    /// The verdict's word, and what explains why it passes all the same.
    pub(super) heading: String,
    /// Said where the claim was meant to get another verdict.
    pub(super) expectation: Option<String>,
    /// File and line of the claim; empty where it stands in no file.
    pub(super) place: String,
    /// Words of the statement that stand nowhere near the evidence.
    pub(super) unchecked: Vec<Mark>,
    pub(super) evidence: Vec<Evidence<'a>>,
    /// Said once for the claim, where no check says it.
    pub(super) why: Option<&'static str>,
    pub(super) signed: Option<String>,
    /// What is not as it was signed.
    pub(super) changed: Vec<Changed<'a>>,
    pub(super) help: Option<&'static str>,
}

impl Card<'_> {
    /// Whether it passes only because a person let it stand.
    pub(super) fn is_signed_off(&self) -> bool {
        signed_off(self.claim)
    }

    /// Whether the statement is itself what was checked, and so is shown with its passage.
    pub(super) fn is_statement(&self) -> bool {
        matches!(self.evidence.as_slice(), [one] if one.check.kind == Kind::Statement)
    }
}

/// One thing that is not as it was signed.
#[derive(Debug)]
pub(super) struct Changed<'a> {
    pub(super) what: &'static str,
    /// As it was signed; empty where there was none.
    pub(super) signed: &'a str,
    /// As it is now; empty where there is none.
    pub(super) now: &'a str,
}

/// What a reader is told about one check.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    pub(super) check: &'a CheckReport,
    /// What the check makes of its claim, flags included.
    pub(super) effect: ClaimVerdict,
    pub(super) pair: Pair<'a>,
    pub(super) differences: Vec<Difference<'a>>,
    pub(super) why: Vec<&'static str>,
    pub(super) notes: Vec<String>,
    /// Where the passage stands.
    pub(super) place: Option<String>,
    /// When and how the capture was made.
    pub(super) capture: Option<String>,
}

/// Our words and what stands against them.
#[derive(Debug)]
pub(super) enum Pair<'a> {
    /// A passage whose words differ, or that a person must compare.
    Passage { label: &'static str, passage: &'a PassageReport, marks: Marks },
    /// A passage that has our words: showing them twice would help nobody.
    Same(&'a PassageReport),
    /// No passage, and why.
    Nothing(&'static str),
}

/// A difference that counts.
#[derive(Debug)]
pub(super) struct Difference<'a> {
    pub(super) ours: &'a str,
    pub(super) theirs: &'a str,
    pub(super) name: &'static str,
}

impl Difference<'_> {
    /// Says what differs, with both texts as they are to be shown.
    pub(super) fn phrase(&self, ours: &str, theirs: &str, arrow: &str) -> String {
        // That words differ is plain where one side has none.
        let plain = self.name == flag_name(Flag::Word);
        let name = if plain { String::new() } else { format!(" ({})", self.name) };
        match (ours.is_empty(), theirs.is_empty()) {
            (true, true) => self.name.to_owned(),
            (true, false) => format!("only the source has: {theirs}{name}"),
            (false, true) => format!("only we have: {ours}{name}"),
            (false, false) => format!("{ours} {arrow} {theirs} ({})", self.name),
        }
    }
}

/// Lays out what to tell about `claim`.
pub(super) fn card<'a>(report: &Report, claim: &'a ClaimReport) -> Card<'a> {
    let evidence: Vec<Evidence<'a>> = match claim.verdict {
        ClaimVerdict::Unsourced => Vec::new(),
        _ => claim.checks.iter().map(|check| evidence(claim, check)).collect(),
    };
    let said = evidence.iter().any(|evidence| evidence.effect == claim.verdict);
    Card {
        claim,
        state: State::of(claim),
        heading: heading(claim),
        expectation: expectation(claim),
        // Lines count from 1: what was asked on the command line stands in no file.
        place: if claim.line == 0 { String::new() } else { format!("{}:{}", report.manifest, claim.line) },
        unchecked: marks::words_in(&claim.statement, &claim.unchecked),
        why: (!said).then(|| verdict_sentence(claim.verdict)),
        signed: signed(claim),
        changed: changed(claim),
        help: help(claim, &evidence),
        evidence,
    }
}

/// Whether the claim got the verdict that it is meant to get, as a claim or as its one check.
pub(super) fn is_as_expected(claim: &ClaimReport) -> bool {
    let one_check = match claim.checks.as_slice() {
        [check] => Some(check.verdict.word()),
        _ => None,
    };
    claim.expected.as_deref().is_some_and(|word| word == claim.verdict.word() || one_check == Some(word))
}

/// Whether a claim is worth more than being counted.
pub(super) fn needs_showing(claim: &ClaimReport) -> bool {
    !claim.passes || claim.verdict != ClaimVerdict::OnRecord
}

fn signed_off(claim: &ClaimReport) -> bool {
    let bad = claim.verdict != ClaimVerdict::OnRecord && !is_as_expected(claim);
    claim.passes && bad && claim.signed.as_ref().is_some_and(|signed| signed.valid)
}

fn heading(claim: &ClaimReport) -> String {
    let word = claim.verdict.word();
    match claim {
        claim if claim.passes && claim.verdict == ClaimVerdict::OnRecord => word.to_owned(),
        claim if claim.passes && is_as_expected(claim) => format!("{word} (as expected)"),
        claim if signed_off(claim) => format!("{word} (signed)"),
        claim if !claim.passes && claim.verdict == ClaimVerdict::OnRecord => format!("{word} (not as expected)"),
        _ => word.to_owned(),
    }
}

fn expectation(claim: &ClaimReport) -> Option<String> {
    let expected = claim.expected.as_deref().filter(|_| !is_as_expected(claim))?;
    Some(format!("expected {expected}, got {}", claim.verdict.word()))
}

fn signed(claim: &ClaimReport) -> Option<String> {
    let signed = claim.signed.as_ref()?;
    let mut text = format!("by {} on {}: {}", signed.by, signed.on, signed.why);
    if !signed.valid {
        text.push_str(" (it no longer counts: the claim or its passage has changed since; read it and sign anew)");
    }
    Some(text)
}

fn changed(claim: &ClaimReport) -> Vec<Changed<'_>> {
    let lapsed = claim.signed.as_ref().filter(|signed| !signed.valid);
    let what = |change: &SealChange| match change.what.as_str() {
        "statement" => "the statement",
        "quote" => "the quotation",
        "figure" => "the figure",
        "speaker" => "the speaker",
        "via" => "the chain",
        "source" => "the source",
        "passage" => "the passage",
        "verdict" => "the finding",
        _ => "what speaks against it",
    };
    let told = |text: &str| Flag::ALL.into_iter().find(|flag| flag.word() == text).map(flag_sentence);
    lapsed
        .iter()
        .flat_map(|signed| &signed.changed)
        .map(|change| Changed {
            what: what(change),
            signed: change.signed.as_str(),
            // What speaks against it is told in a sentence, as everywhere.
            now: if change.what == "flag" { told(&change.now).unwrap_or(&change.now) } else { change.now.as_str() },
        })
        .collect()
}

fn help(claim: &ClaimReport, evidence: &[Evidence<'_>]) -> Option<&'static str> {
    if claim.passes {
        return None;
    }
    if claim.verdict == ClaimVerdict::OnRecord {
        return Some("if the verdict is right, correct 'expect'");
    }
    let worst = evidence.iter().find(|evidence| evidence.effect == claim.verdict);
    let reason = worst.and_then(|worst| worst.check.reason).filter(|_| claim.verdict == ClaimVerdict::Unavailable);
    // The value stands there, but of something else: printing it anew would change nothing.
    let beside = (claim.verdict == ClaimVerdict::Mismatch
        && worst.is_some_and(|worst| !worst.check.flags.iter().any(|flag| flag.class() == FlagClass::Difference)))
    .then_some("say of it what the source says, or name a source that gives the value to this");
    let of_flag = worst.and_then(|worst| worst.check.flags.iter().find_map(|&flag| flag_remedy(flag, worst.effect)));
    let remedy = reason.map(reason_remedy).or(of_flag);
    Some(
        remedy.or(beside).unwrap_or_else(|| {
            verdict_remedy(claim.verdict, worst.is_some_and(|worst| worst.check.kind == Kind::Figure))
        }),
    )
}

/// What to do where a flag decided the verdict and the remedy is its own.
fn flag_remedy(flag: Flag, effect: ClaimVerdict) -> Option<&'static str> {
    let decides = match flag.class() {
        FlagClass::Veto => effect == ClaimVerdict::OutOfContext,
        FlagClass::Caution => effect == ClaimVerdict::Review || flag == Flag::Elsewhere,
        FlagClass::Difference | FlagClass::Remark => false,
    };
    match flag {
        _ if !decides => None,
        Flag::Denied | Flag::Conditional | Flag::Question | Flag::OmitsNegation => {
            Some("quote far enough that the denial, the condition or the question is in the quotation")
        }
        Flag::OtherSpeaker => Some("name the person who says it there, or find where your speaker does"),
        Flag::CutsNumber | Flag::CutsWord => Some("quote the whole number or word"),
        Flag::SecondHand => Some("name the chain in 'via', nearest first, or go to the original"),
        Flag::OtherOutlet => Some("name the outlet of the source first in 'via', or use another source"),
        Flag::HeadlineOnly => Some("say that it is the headline, or quote the text"),
        Flag::OutsideBody => Some("say where it stands (caption, comment), or quote the text"),
        Flag::Short => Some("quote more, or give the claim its 'speaker'"),
        Flag::Repeated => Some("give the claim its 'speaker', or quote more"),
        Flag::TruncatedCapture => Some("capture the page again with --refresh"),
        Flag::Elsewhere => Some("name the source in which it was found"),
        Flag::NotPrinted => Some("make the claim's words those of the article, or the article's those of the claim"),
        Flag::HedgeDropped => Some("add the source's 'about', 'may' or 'alleged', or sign the claim with your reason"),
        _ => None,
    }
}

/// What a check makes of its claim.
fn effect(check: &CheckReport) -> ClaimVerdict {
    let has = |class: FlagClass| check.flags.iter().any(|flag| flag.class() == class);
    match check.verdict {
        CheckVerdict::Absent => ClaimVerdict::Absent,
        CheckVerdict::Mismatch => ClaimVerdict::Mismatch,
        CheckVerdict::Altered => ClaimVerdict::Altered,
        _ if has(FlagClass::Veto) => ClaimVerdict::OutOfContext,
        CheckVerdict::Unavailable => ClaimVerdict::Unavailable,
        CheckVerdict::Review => ClaimVerdict::Review,
        _ if has(FlagClass::Caution) => ClaimVerdict::Review,
        CheckVerdict::Verbatim | CheckVerdict::Edited | CheckVerdict::Match => ClaimVerdict::OnRecord,
    }
}

fn evidence<'a>(claim: &ClaimReport, check: &'a CheckReport) -> Evidence<'a> {
    let effect = effect(check);
    let differences: Vec<Difference<'a>> = check
        .changes
        .iter()
        .filter_map(|change| {
            let name = flag_name(change.flag?);
            Some(Difference { ours: &change.quote, theirs: &change.source, name })
        })
        .collect();
    let named = |flag: Flag| check.changes.iter().any(|change| change.flag == Some(flag));
    let mut why = Vec::new();
    match effect {
        ClaimVerdict::OnRecord => {}
        ClaimVerdict::Mismatch => why.push(mismatch_sentence(&check.flags)),
        effect => why.push(verdict_sentence(effect)),
    }
    if let Some(reason) = check.reason {
        why.push(reason_sentence(reason));
    }
    // What the line of differences already says need not be said again.
    let worth_saying =
        |flag: &Flag| flag.class() != FlagClass::Remark && !(flag.class() == FlagClass::Difference && named(*flag));
    why.extend(check.flags.iter().copied().filter(worth_saying).map(flag_sentence));
    let remarks = check.flags.iter().filter(|flag| flag.class() == FlagClass::Remark);
    let notes = remarks.map(|flag| flag_sentence(*flag).to_owned()).chain(check.detail.clone()).collect();
    Evidence {
        pair: pair(claim, check),
        place: check.passage.as_ref().map(|passage| place_phrase(check.outlet.as_deref(), passage)),
        capture: check.capture.as_deref().map(capture_phrase),
        check,
        effect,
        differences,
        why,
        notes,
    }
}

fn pair<'a>(claim: &ClaimReport, check: &'a CheckReport) -> Pair<'a> {
    let Some(passage) = &check.passage else {
        return Pair::Nothing(match check.verdict {
            CheckVerdict::Unavailable => "could not be read",
            _ => "nothing in it comes close",
        });
    };
    let mut marks = marks::marks(&check.text, passage, &check.changes);
    if check.kind == Kind::Statement && marks.ours.is_empty() {
        marks.ours = marks::words_in(&check.text, &claim.unchecked);
    }
    match check.verdict {
        CheckVerdict::Verbatim | CheckVerdict::Match if !marks.is_heavy() => Pair::Same(passage),
        CheckVerdict::Verbatim | CheckVerdict::Edited | CheckVerdict::Match => {
            Pair::Passage { label: "source", passage, marks }
        }
        CheckVerdict::Altered | CheckVerdict::Mismatch => Pair::Passage { label: "source", passage, marks },
        CheckVerdict::Review | CheckVerdict::Absent | CheckVerdict::Unavailable => {
            Pair::Passage { label: "closest", passage, marks }
        }
    }
}

/// Says in one sentence what another source of the claim gave.
pub(super) fn other_phrase(other: &OtherReport) -> String {
    let mut phrase = check_phrase(other.verdict).to_owned();
    if let Some(reason) = other.reason {
        phrase.push_str(&format!(" ({})", reason.word()));
    }
    let flags: Vec<&str> = other.flags.iter().map(|flag| flag_name(*flag)).collect();
    if !flags.is_empty() {
        phrase.push_str(&format!(" ({})", flags.join(", ")));
    }
    phrase
}

/// Says in one line what came of the controls; `None` where nothing was controlled.
pub(super) fn controls_phrase(report: &Report) -> Option<String> {
    let Controls { sources, ran, failed, without } = report.controls;
    if sources == 0 {
        return None;
    }
    let of = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    if ran == 0 {
        return Some(format!("no control was run: {} had no sentence that would do", of(without, "source")));
    }
    let mut phrase = format!("{} on {}", of(ran, "control"), of(sources - without, "source"));
    phrase.push_str(&match failed {
        0 => ": every known sentence was found, no changed one was".to_owned(),
        failed => format!(": {} answered wrongly and say nothing", of(failed, "source")),
    });
    if without > 0 {
        phrase.push_str(&format!(" ({} without a sentence that would do)", of(without, "source")));
    }
    Some(phrase)
}

/// Says in one sentence what a conflict is about, and of which kind it is.
pub(super) fn conflict_phrase(conflict: &Conflict) -> String {
    let about = format!("these claims count the same thing differently: {}", conflict.about);
    if conflict.detail.is_empty() { about } else { format!("{about}; {}", conflict.detail) }
}

/// Says of one side of a conflict what it gives, where that comes from and when.
pub(super) fn side_phrase(conflict: &Conflict, index: usize) -> String {
    let value = conflict.values.get(index).map_or("", String::as_str);
    let Some(side) = conflict.sides.get(index) else { return value.to_owned() };
    let mut phrase = format!("{value} ({})", side.verdict.word());
    match (&side.outlet, &side.source) {
        (Some(outlet), Some(source)) => phrase.push_str(&format!(", {outlet}, {source}")),
        (None, Some(source)) => phrase.push_str(&format!(", {source}")),
        (_, None) => phrase.push_str(", no source"),
    }
    if let Some(date) = &side.date {
        phrase.push_str(&format!(", of {date}"));
    }
    if let Some(captured) = &side.captured {
        phrase.push_str(&format!(", captured {captured}"));
    }
    phrase
}

/// Counts the report's claims in one line.
pub(super) fn count_phrase(report: &Report) -> String {
    let Summary { claims, passed, failed, open, .. } = report.summary;
    if claims == 0 {
        return "no claims".to_owned();
    }
    let mut parts = Vec::new();
    for (number, word, state) in
        [(passed, "pass", State::Pass), (failed, "fail", State::Fail), (open, "open", State::Open)]
    {
        if number > 0 {
            parts.push(format!("{number} {word}{}", breakdown(report, state)));
        }
    }
    format!("{claims} {}: {}", if claims == 1 { "claim" } else { "claims" }, parts.join(", "))
}

fn breakdown(report: &Report, state: State) -> String {
    let of_state = || report.claims.iter().filter(|claim| State::of(claim) == state);
    let mut counted = Vec::new();
    if state == State::Pass {
        let bad = |claim: &&ClaimReport| claim.verdict != ClaimVerdict::OnRecord;
        let expected = of_state().filter(bad).filter(|claim| is_as_expected(claim)).count();
        let signed = of_state().filter(|claim| signed_off(claim)).count();
        counted.extend([(expected, "as expected"), (signed, "signed")]);
    } else {
        let of = |verdict| of_state().filter(|claim| claim.verdict == verdict).count();
        counted.extend(ClaimVerdict::ALL.map(|verdict| (of(verdict), verdict.word())));
    }
    let words: Vec<String> = counted
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

/// The most telling sentence of a card: what differs, else what is special about this claim. Texts of a difference are
/// shortened to `most` code points, with `gap` in place of the middle.
pub(super) fn in_short(card: &Card<'_>, most: usize, gap: &str) -> String {
    // That nothing was checked is said by the verdict: what tells one such claim from another is whose it is, and its figures.
    if card.claim.verdict == ClaimVerdict::Unsourced && card.expectation.is_none() {
        let figures =
            card.claim.checks.iter().filter(|check| check.kind == Kind::Figure).map(|check| check.text.as_str());
        let said = card.claim.speaker.as_deref().into_iter().chain(card.claim.via.iter().map(String::as_str).take(1));
        let parts: Vec<String> = said.chain(figures.take(3)).map(|part| excerpt::short(part, most, gap)).collect();
        if !parts.is_empty() {
            return parts.join(" · ");
        }
    }
    let decisive = card.evidence.iter().find(|evidence| evidence.effect == card.claim.verdict);
    let difference = decisive.and_then(|evidence| evidence.differences.first()).map(|difference| {
        let (ours, theirs) = (excerpt::short(difference.ours, most, gap), excerpt::short(difference.theirs, most, gap));
        difference.phrase(&ours, &theirs, "→")
    });
    // The first sentence says what the verdict means, the last one what is special about this claim.
    let sentence = decisive.and_then(|evidence| evidence.why.last().copied()).or(card.why);
    let unchecked = (card.claim.verdict == ClaimVerdict::Partly && !card.claim.unchecked.is_empty())
        .then(|| format!("only ours: {}", card.claim.unchecked.join(", ")));
    card.expectation.clone().or(difference).or(unchecked).or(sentence.map(str::to_owned)).unwrap_or_default()
}
