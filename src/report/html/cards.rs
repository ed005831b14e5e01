//! A claim's card: everything that a person needs to decide it, in the order in which they ask.

use std::collections::BTreeMap;

use crate::model::report::{CheckReport, ClaimReport, Kind, OtherReport, PassageReport, Report};
use crate::model::{CheckVerdict, ClaimVerdict, Flag};
use crate::report::card::{self, Card, Evidence, Pair};
use crate::report::escape::html_href;
use crate::report::excerpt;
use crate::report::wording::{capture_phrase, place_phrase, zone_phrase};

use super::Anchors;
use super::copies::Copies;
use super::pieces::{Ink, Marked, Shown, marked, parts, passage};
use super::words;

/// Code points of context on each side of a passage, and of other places and sources.
const NEAR: usize = 160;
const FAR: usize = 90;

/// Code points of a difference in a card's first line, and of its statement there.
const SHORT: usize = 60;
const SAID: usize = 160;

/// Code points of a text that was signed, and of what it is now.
const LONG: usize = 600;

/// Other claims that a card names as disagreeing.
const SIDES: usize = 4;

/// Claims up to which every card is laid out at once. Of more, only the [`FIRST`] are, and the others wait until somebody
/// opens them, or the browser would be busy for seconds.
pub(super) const AT_ONCE: usize = 1_000;
pub(super) const FIRST: usize = 100;

/// What stands in place of a middle that is left out.
const GAP: &str = "…";

#[derive(Debug)]
pub(super) struct CardView {
    pub(super) id: Shown,
    pub(super) anchor: String,
    pub(super) number: usize,
    pub(super) class: String,
    pub(super) verdict: &'static str,
    pub(super) label: &'static str,
    pub(super) short: Option<Shown>,
    pub(super) said: Shown,
    pub(super) statement: Option<Marked>,
    pub(super) checks: Vec<CheckView>,
    pub(super) why: Vec<Shown>,
    pub(super) changed: Vec<Changed>,
    pub(super) facts: Vec<Fact>,
    /// What became of the words over time.
    pub(super) story: Option<Shown>,
    pub(super) help: Option<Shown>,
    pub(super) back: Option<String>,
    pub(super) place: Option<Shown>,
    /// Laid out only when somebody opens it.
    pub(super) later: bool,
}

#[derive(Debug)]
pub(super) struct CheckView {
    pub(super) class: &'static str,
    pub(super) head: Option<Shown>,
    pub(super) reading: Option<Reading>,
    pub(super) ours: Option<Marked>,
    pub(super) theirs_label: &'static str,
    pub(super) theirs: Marked,
    pub(super) differences: Vec<Shown>,
    pub(super) why: Vec<Shown>,
    pub(super) facts: Vec<Fact>,
    pub(super) links: Vec<Link>,
    pub(super) places: Vec<Named>,
    pub(super) others: Vec<Other>,
}

/// A figure and what the source gives for it.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) ours: Shown,
    pub(super) theirs: Shown,
}

#[derive(Debug)]
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) text: Shown,
}

#[derive(Debug)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) words: &'static str,
    pub(super) outside: bool,
}

#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) text: Marked,
}

#[derive(Debug)]
pub(super) struct Other {
    pub(super) class: &'static str,
    pub(super) name: Shown,
    pub(super) phrase: Shown,
    pub(super) text: Option<Shown>,
    pub(super) link: Option<Link>,
}

/// What became of one thing that was signed.
#[derive(Debug)]
pub(super) struct Changed {
    pub(super) what: &'static str,
    pub(super) signed: Shown,
    pub(super) now: Shown,
}

/// Lays out the card of one claim.
pub(super) fn view(
    report: &Report,
    number: usize,
    anchors: &Anchors,
    copies: &Copies<'_>,
    stories: &BTreeMap<String, String>,
) -> CardView {
    let claim = &report.claims[number];
    let card = card::card(report, claim);
    let short = card::in_short(&card, SHORT, GAP);
    let conflicts = report.conflicts.iter().filter(|conflict| conflict.claims.contains(&claim.id));
    let mut facts: Vec<Fact> = Vec::new();
    let mut fact = |name, text: String| facts.push(Fact { name, text: Shown(text) });
    if !claim.unchecked.is_empty() {
        fact("only ours", claim.unchecked.join(", "));
    }
    for conflict in conflicts {
        let others = || conflict.claims.iter().zip(&conflict.values).filter(|(id, _)| **id != claim.id);
        let values: Vec<String> = others().take(SIDES).map(|(id, value)| format!("{value} ({id})")).collect();
        let more = others().count().saturating_sub(SIDES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        fact("disagrees with", format!("{}{more} on {}", values.join(", "), conflict.about));
    }
    if let Some(expectation) = &card.expectation {
        fact("expected", expectation.clone());
    } else if claim.passes && card::is_as_expected(claim) {
        fact("expected", format!("{}, as the manifest says", claim.expected.as_deref().unwrap_or_default()));
    }
    if let Some(signed) = &card.signed {
        fact("signed", signed.clone());
    }
    let several = card.evidence.len() > 1;
    let unsourced = claim.verdict == ClaimVerdict::Unsourced;
    CardView {
        id: Shown(claim.id.clone()),
        anchor: anchors.of(number).to_owned(),
        number,
        class: words::classes(claim),
        verdict: claim.verdict.word(),
        label: words::label(claim.verdict),
        // The label of a claim without a source says already that nothing was checked.
        short: (!claim.passes && !short.is_empty() && Some(short.as_str()) != card.why.filter(|_| unsourced))
            .then_some(Shown(short)),
        said: Shown(excerpt::short(&claim.statement, SAID, GAP)),
        statement: (!card.is_statement()).then(|| marked(&claim.statement, &card.unchecked, Ink::Ours)),
        checks: card
            .evidence
            .iter()
            .enumerate()
            .map(|(at, one)| check(claim, one, several, copies.place(number, at)))
            .collect(),
        why: card.why.into_iter().map(Shown::from).collect(),
        changed: changed(&card),
        facts,
        story: stories.get(&claim.id).map(|story| Shown(story.clone())),
        help: card.help.map(Shown::from),
        back: Some(anchors.back(number)),
        place: place(&card),
        later: false,
    }
}

fn place(card: &Card<'_>) -> Option<Shown> {
    let (file, line) = card.place.rsplit_once(':')?;
    Some(Shown(format!("{file}, line {line}")))
}

fn said_by(claim: &ClaimReport) -> Option<String> {
    let via = (!claim.via.is_empty()).then(|| claim.via.join(", who has it from "));
    match (&claim.speaker, via) {
        (Some(speaker), Some(via)) => Some(format!("{speaker}, passed on by {via}")),
        (Some(speaker), None) => Some(speaker.clone()),
        (None, Some(via)) => Some(format!("passed on by {via}")),
        (None, None) => None,
    }
}

fn changed(card: &Card<'_>) -> Vec<Changed> {
    let words = |text: &str| if text.is_empty() { "(none)".to_owned() } else { excerpt::short(text, LONG, GAP) };
    let one = |change: &card::Changed<'_>| Changed {
        what: change.what,
        signed: Shown(words(change.signed)),
        now: Shown(words(change.now)),
    };
    card.changed.iter().map(one).collect()
}

fn check(claim: &ClaimReport, evidence: &Evidence<'_>, several: bool, copy: Option<String>) -> CheckView {
    let check = evidence.check;
    let reading = reading(check);
    let figure = check.kind == Kind::Figure;
    let (ours, label, theirs) = match &evidence.pair {
        Pair::Nothing(why) => {
            let mut theirs = Marked::default();
            theirs.push(&format!("({why})"), Ink::Around);
            (Some(marked(&check.text, &[], Ink::Ours)), "Source", theirs)
        }
        Pair::Same(found) if figure => (None, "Source", passage(found, &parts(found), Ink::Theirs, NEAR)),
        Pair::Same(found) => {
            (Some(marked(&check.text, &[], Ink::Ours)), "Source", passage(found, &[], Ink::Theirs, NEAR))
        }
        Pair::Passage { label, passage: found, marks } => {
            let label = if *label == "closest" { "Closest" } else { "Source" };
            let theirs = passage(found, &marks.theirs, ink(check), NEAR);
            let ours = (!figure || reading.is_none()).then(|| marked(&check.text, &marks.ours, Ink::Ours));
            (ours, label, theirs)
        }
    };
    let head = several.then(|| Shown(format!("{}: {}", heading(check.kind), check.text)));
    CheckView {
        class: words::check_class(check.verdict),
        head,
        ours,
        theirs_label: label,
        theirs,
        differences: if reading.is_some() || (!several && evidence.differences.len() < 2 && !claim.passes) {
            Vec::new()
        } else {
            evidence.differences.iter().map(|one| Shown(one.phrase(one.ours, one.theirs, "→"))).collect()
        },
        reading,
        why: evidence.why.iter().copied().map(Shown::from).collect(),
        facts: facts(claim, evidence),
        links: links(check, copy),
        places: also(check),
        others: check.others.iter().map(other).collect(),
    }
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Quote => "Quotation",
        Kind::Figure => "Figure",
        Kind::Statement => "Statement",
    }
}

/// The figure as the source gives it: the part of the passage that was compared.
fn reading(check: &CheckReport) -> Option<Reading> {
    if check.kind != Kind::Figure || !matches!(check.verdict, CheckVerdict::Match | CheckVerdict::Mismatch) {
        return None;
    }
    let found = check.passage.as_ref()?;
    let part = parts(found).into_iter().next()?;
    let theirs: String = found.text.chars().skip(part.from).take(part.to - part.from).collect();
    Some(Reading { ours: Shown(check.text.clone()), theirs: Shown(theirs) })
}

fn facts(claim: &ClaimReport, evidence: &Evidence<'_>) -> Vec<Fact> {
    let check = evidence.check;
    let mut facts = Vec::new();
    let mut fact = |name, text: String| facts.push(Fact { name, text: Shown(text) });
    if let Some(by) = said_by(claim) {
        fact("said by", by);
    }
    if let Some(found) = &check.passage {
        fact("stands", place_phrase(None, found));
    }
    let source = match (&check.outlet, &check.source) {
        (Some(outlet), Some(source)) => Some(format!("{outlet}: {source}")),
        (outlet, source) => outlet.as_ref().or(source.as_ref()).map(ToString::to_string),
    };
    if let Some(source) = source {
        fact("source", source);
    }
    if let Some(day) = &check.published {
        fact("published", day.to_string());
    }
    if let (Some(capture), Some(when)) = (&check.capture, &evidence.capture) {
        if check.source.as_deref().is_some_and(|source| source != capture.url) {
            fact("answered by", capture.url.clone());
        }
        fact("copy", when.clone());
        fact("evidence", words::evidence(capture).to_owned());
    }
    // What the two figures above say already.
    let said = reading(check).map(|reading| format!("the source gives {}", reading.theirs.0));
    for note in evidence.notes.iter().filter(|note| Some(*note) != said.as_ref()) {
        fact("note", note.clone());
    }
    facts
}

fn links(check: &CheckReport, copy: Option<String>) -> Vec<Link> {
    let mut links = Vec::new();
    let live = check.capture.as_ref().map(|capture| capture.url.as_str()).or(check.source.as_deref());
    links.extend(live.and_then(|url| live_link(url, check.passage.as_deref())));
    links.extend(copy.map(|place| Link { href: format!("#{place}"), words: "the archived copy", outside: false }));
    links
}

/// A link to a page of the web, at the passage where a fragment leads there.
fn live_link(url: &str, found: Option<&PassageReport>) -> Option<Link> {
    let href = html_href(url)?;
    let fragment = found.and_then(|found| found.fragment.as_deref()).filter(|fragment| {
        fragment.starts_with(":~:text=")
            && fragment.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"'`#".contains(&byte) || byte == b'\'')
    });
    Some(match fragment {
        Some(fragment) => {
            Link { href: format!("{href}#{fragment}"), words: "the live page, at the passage", outside: true }
        }
        None => Link { href, words: "the live page", outside: true },
    })
}

/// How words of the source are marked: in green what agrees; of words or a value that differ it would say the opposite.
fn ink(check: &CheckReport) -> Ink {
    if words::check_class(check.verdict) == "fail" { Ink::Differs } else { Ink::Theirs }
}

/// Other places of the same source, where they matter.
fn also(check: &CheckReport) -> Vec<Named> {
    let matters =
        check.flags.contains(&Flag::Repeated) || check.verdict == CheckVerdict::Mismatch || check.kind == Kind::Figure;
    let places = check.also.iter().take(if matters { 3 } else { 2 });
    let ink = ink(check);
    places
        .map(|found| {
            let marks = if check.kind == Kind::Figure { parts(found) } else { Vec::new() };
            Named { name: zone_phrase(found.zone), text: passage(found, &marks, ink, FAR) }
        })
        .collect()
}

fn other(other: &OtherReport) -> Other {
    let url = other.capture.as_ref().map_or(&*other.source, |capture| &capture.url);
    let mut phrase = card::other_phrase(other);
    if let Some(capture) = &other.capture {
        phrase.push_str(&format!(", {}", capture_phrase(capture)));
    }
    Other {
        class: words::check_class(other.verdict),
        name: Shown(other.source.to_string()),
        phrase: Shown(phrase),
        text: other.passage.as_ref().map(|found| Shown(excerpt::short(&found.text, 2 * FAR, GAP))),
        link: live_link(url, other.passage.as_deref()),
    }
}
