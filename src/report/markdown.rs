//! A report → Markdown for pull requests, notes and wikis.
//!
//! The count, a table of the claims that want attention, a section for each of them, and the list of the others.
//! Changed words are bold. Addresses stand in code spans: nothing from a page or manifest becomes a link, and no
//! line begins with its words unprotected.

use std::fmt::Write as _;

use crate::model::report::{ClaimReport, Conflict, PassageReport, Report};

use super::card::{self, Card, Difference, Evidence, Pair, State};
use super::escape::{markdown, markdown_code, markdown_inline, markdown_line};
use super::excerpt;
use super::marks::Mark;
use super::{Style, Verbosity};

/// What stands for a middle that is left out.
const GAP: &str = "‹…›";

/// Code points of a difference, and of the context on each side of a passage.
const SHORT: usize = 80;

/// Renders a report. Of the style, only the verbosity matters.
pub(super) fn render(report: &Report, style: &Style) -> String {
    let mut out = String::new();
    let count = card::count_phrase(report);
    if style.verbosity == Verbosity::Quiet {
        return format!("{count}\n");
    }
    let title = report.title.as_deref().unwrap_or("Sources of the claims");
    let _ = writeln!(out, "# {}\n\n**{count}**", markdown_inline(title).trim());
    let shown = |claim: &&ClaimReport| style.verbosity == Verbosity::Verbose || card::needs_showing(claim);
    let cards: Vec<Card<'_>> = report.claims.iter().filter(shown).map(|claim| card::card(report, claim)).collect();
    table(&mut out, &cards);
    for card in &cards {
        claim(&mut out, card);
    }
    for (index, one) in report.conflicts.iter().enumerate() {
        if index == 0 {
            out.push_str("\n## Claims that disagree\n\n");
        }
        conflict(&mut out, one);
    }
    for (index, one) in report.claims.iter().filter(|claim| !shown(claim)).enumerate() {
        if index == 0 {
            out.push_str("\n## On record\n\n");
        }
        let _ = writeln!(out, "- {}: {}", markdown_code(&one.id), markdown_inline(&one.statement));
    }
    out
}

fn table(out: &mut String, cards: &[Card<'_>]) {
    if cards.is_empty() {
        return;
    }
    out.push_str("\n| | claim | verdict | in short |\n| :-: | --- | --- | --- |\n");
    for card in cards {
        let (sign, id) = (sign(card.state), markdown_code(&card.claim.id));
        let _ = writeln!(
            out,
            "| {sign} | {id} | {} | {} |",
            markdown(&card.heading),
            markdown(&card::in_short(card, SHORT, GAP))
        );
    }
}

fn claim(out: &mut String, card: &Card<'_>) {
    let _ = writeln!(
        out,
        "\n## {} {}: {}",
        sign(card.state),
        markdown_inline(&card.heading),
        markdown_code(&card.claim.id),
    );
    if !card.is_statement() {
        let _ = writeln!(out, "\n{}", markdown_line(&bold(&card.claim.statement, &card.unchecked)));
    }
    for one in &card.evidence {
        if card.evidence.len() > 1 {
            let _ = writeln!(out, "\n### {}: {}", one.check.kind, one.check.verdict.word());
        }
        evidence(out, one);
    }
    match card.evidence.len() {
        0 => out.push('\n'),
        1 => {}
        // A heading, since these entries would otherwise join the list of the last check.
        _ => out.push_str("\n### the whole claim\n\n"),
    }
    entry(out, "why", card.why);
    if !card.claim.unchecked.is_empty() {
        entry(out, "only ours", Some(&*card.claim.unchecked.join(", ")));
    }
    entry(out, "expected", card.expectation.as_deref());
    entry(out, "signed", card.signed.as_deref());
    for change in &card.changed {
        let words =
            |text: &str| if text.is_empty() { "(none)".to_owned() } else { excerpt::short(text, 4 * SHORT, GAP) };
        let told = format!("{}: {} → {}", change.what, words(change.signed), words(change.now));
        entry(out, "changed", Some(&*told));
    }
    entry(out, "help", card.help);
    if let Some(line) = &card.claim.proposed {
        let _ = writeln!(out, "- paste: {}", markdown_code(line));
    }
    entry(out, "in", (!card.place.is_empty()).then_some(&*card.place));
}

fn evidence(out: &mut String, evidence: &Evidence<'_>) {
    let check = evidence.check;
    match &evidence.pair {
        Pair::Nothing(why) => {
            let reason = check.reason.map(|reason| format!(": {}", reason.word())).unwrap_or_default();
            let _ = writeln!(out, "\n> we print: {}\n>\n> source: ({why}{reason})\n", markdown_inline(&check.text));
        }
        Pair::Same(passage) => {
            let (ours, theirs) = (markdown_inline(&check.text), context(passage));
            let _ = writeln!(out, "\n> we print: {ours}\n>\n> source: {theirs}\n");
        }
        Pair::Passage { label, passage, marks } => {
            let (ours, theirs) = (bold(&check.text, &marks.ours), bold(&passage.text, &marks.theirs));
            let _ = writeln!(out, "\n> we print: {ours}\n>\n> {label}: {theirs}\n");
        }
    }
    for one in &evidence.differences {
        entry(out, "differs", Some(&*difference(one)));
    }
    if !evidence.why.is_empty() {
        entry(out, "why", Some(&*evidence.why.join(" ")));
    }
    entry(out, "where", evidence.place.as_deref());
    if let (Pair::Passage { passage, .. }, Some(_)) = (&evidence.pair, &evidence.place) {
        let _ = writeln!(out, "- context: {}", context(passage));
    }
    let address = check.capture.as_ref().map(|capture| capture.url.as_str()).or(check.source.as_deref());
    if let Some(address) = address {
        let when = evidence.capture.as_deref().map(|when| format!(", {}", markdown_inline(when)));
        let _ = writeln!(out, "- capture: {}{}", markdown_code(address), when.unwrap_or_default());
    }
    for note in &evidence.notes {
        entry(out, "note", Some(&**note));
    }
    for other in &check.others {
        let phrase = markdown_inline(&card::other_phrase(other));
        let _ = writeln!(out, "- other source: {} {phrase}", markdown_code(&other.source));
    }
}

fn conflict(out: &mut String, conflict: &Conflict) {
    let _ = writeln!(out, "- {}", markdown(&card::conflict_phrase(conflict)));
    for (index, claim) in conflict.claims.iter().enumerate() {
        let side = card::side_phrase(conflict, index);
        let _ = writeln!(out, "  - {}: {}", markdown_code(claim), markdown_inline(&side));
    }
}

fn entry(out: &mut String, label: &str, text: Option<&str>) {
    if let Some(text) = text {
        let _ = writeln!(out, "- {label}: {}", markdown_inline(text));
    }
}

fn difference(difference: &Difference<'_>) -> String {
    let (ours, theirs) = (excerpt::short(difference.ours, SHORT, GAP), excerpt::short(difference.theirs, SHORT, GAP));
    difference.phrase(&ours, &theirs, "→")
}

/// A passage in bold between what stands before and after it.
fn context(passage: &PassageReport) -> String {
    let context = excerpt::context(passage, SHORT);
    let middle = excerpt::short(&passage.text, 2 * SHORT, GAP);
    let mut text = format!("{}{}", if context.cut_before { "…" } else { "" }, context.before);
    let from = text.chars().count();
    text.push_str(&middle);
    let mark = Mark { from, to: text.chars().count(), kind: super::marks::Kind::Heavy };
    text.push_str(context.after);
    text.push_str(if context.cut_after { "…" } else { "" });
    bold(&text, &[mark])
}

/// Escapes a text and makes its marked stretches bold.
fn bold(text: &str, marks: &[Mark]) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut ranges: Vec<[usize; 2]> = Vec::new();
    for range in marks.iter().filter_map(|mark| bold_range(&characters, mark)) {
        match ranges.last_mut() {
            Some(last) if range[0] <= last[1] => last[1] = last[1].max(range[1]),
            _ => ranges.push(range),
        }
    }
    let part = |from: usize, to: usize| markdown_inline(&characters[from..to].iter().collect::<String>());
    let mut out = String::new();
    let mut end = 0;
    for [from, to] in ranges {
        // A range that grew backwards may begin before the one before it ended.
        let from = from.max(end);
        if from < to {
            out.push_str(&part(end, from));
            let _ = write!(out, "**{}**", part(from, to));
            end = to;
        }
    }
    out.push_str(&part(end, characters.len()));
    out
}

/// The stretch that can be bold: asterisks between punctuation and a letter would stand there as asterisks, so such
/// a stretch grows to whole words.
fn bold_range(characters: &[char], mark: &Mark) -> Option<[usize; 2]> {
    let (mut from, mut to) = (mark.from.min(characters.len()), mark.to.min(characters.len()));
    let blank = |index: usize| characters.get(index).is_none_or(|c| c.is_whitespace());
    while from < to && blank(from) {
        from += 1;
    }
    while from < to && blank(to - 1) {
        to -= 1;
    }
    if from == to {
        return None;
    }
    let inside: String = characters[from..to].iter().collect();
    let escaped = markdown_inline(&inside);
    if !escaped.starts_with(char::is_alphanumeric) {
        while from > 0 && !blank(from - 1) {
            from -= 1;
        }
    }
    if !escaped.ends_with(char::is_alphanumeric) {
        while to < characters.len() && !blank(to) {
            to += 1;
        }
    }
    Some([from, to])
}

fn sign(state: State) -> &'static str {
    match state {
        State::Pass => "✓",
        State::Fail => "✗",
        State::Open => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::marks::Kind;

    fn heavy(from: usize, to: usize) -> Mark {
        Mark { from, to, kind: Kind::Heavy }
    }

    #[test]
    fn bold_words_stay_bold_beside_punctuation() {
        assert_eq!(bold("a red dog", &[heavy(2, 5)]), "a **red** dog");
        assert_eq!(bold("of 43,548 people", &[heavy(5, 9)]), "of **43,548** people");
        assert_eq!(bold("x(red)y", &[heavy(1, 6)]), "**x(red)y**");
        assert_eq!(bold("a  b", &[heavy(1, 3)]), "a  b");
        assert_eq!(bold("ask @team now", &[heavy(4, 9)]), "ask **`@team`** now");
    }

    #[test]
    fn overlapping_stretches_are_one() {
        assert_eq!(bold("a-b-c d", &[heavy(0, 2), heavy(2, 4), heavy(6, 7)]), "**a-b-c** **d**");
        assert_eq!(bold("ab", &[heavy(1, 90), heavy(50, 60), heavy(0, 0)]), "a**b**");
    }
}
