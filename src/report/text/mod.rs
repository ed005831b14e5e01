//! A report → text for a terminal: each claim that does not pass as a block like a compiler's diagnostic.
//!
//! The quotation stands over the source's wording, wrapped in step, with marks below the words that differ; then
//! what differs, why it matters, where it stands, which capture was read, and what to do. No line is wider than the
//! terminal, except addresses, which stay whole so that they can be followed. Only this module's own sequences
//! colour anything.

mod cells;
mod pair;
mod pen;

use unicode_width::UnicodeWidthStr;

use crate::model::report::{CheckReport, ClaimReport, Conflict, PassageReport, Report};
use crate::model::{CheckVerdict, ClaimVerdict, Flag};

use super::card::{self, Card, Difference, Evidence, Pair, State};
use super::escape::terminal;
use super::marks::{Kind, Mark, Marks};
use super::wording::place_phrase;
use super::{Style, Verbosity};
use cells::{Cell, cells, mark, marks_below, spans};
use pair::{Limits, Piece, rows, wrap};
use pen::{Ink, Pen, Span};

/// Columns before the texts: indent, label, gap.
const MARGIN: usize = 13;

/// Sentences are not wider than this, however wide the terminal is.
const PROSE: usize = 100;

/// Pairs of texts are not wider than this.
const WIDEST: usize = 180;

/// An address longer than this is wrapped like a text.
const ADDRESS: usize = 400;

/// Code points of context beside a passage that a pair shows already, and beside one that only context shows.
const NEAR: usize = 60;
const FAR: usize = 160;

/// Renders a report.
pub(super) fn render(report: &Report, style: &Style) -> String {
    let mut page = Page { pen: Pen::new(style.colour), style, width: style.width.max(40) };
    if style.verbosity != Verbosity::Quiet {
        if let Some(title) = &report.title {
            page.paragraph(title, Ink::Strong, 0);
        }
        for claim in &report.claims {
            if style.verbosity == Verbosity::Verbose || card::needs_showing(claim) {
                page.claim(&card::card(report, claim));
            }
        }
        for conflict in &report.conflicts {
            page.conflict(conflict);
        }
        page.pen.gap();
    }
    page.paragraph(&card::count_phrase(report), Ink::Strong, 0);
    page.pen.finish()
}

struct Page<'a> {
    pen: Pen,
    style: &'a Style,
    width: usize,
}

impl Page<'_> {
    fn claim(&mut self, card: &Card<'_>) {
        self.pen.gap();
        self.head(card);
        let statement_is_checked = matches!(card.evidence.as_slice(), [one] if one.check.kind == "statement");
        let signed_only = card.state == State::Pass && card.heading.ends_with("(signed)") && !self.verbose();
        if !statement_is_checked || signed_only {
            self.marked(&card.claim.statement, &card.unchecked, 2);
        }
        if !signed_only {
            for evidence in &card.evidence {
                self.evidence(card.claim, evidence);
            }
            self.pen.gap();
            self.sentences("why", card.why.into_iter());
            if !card.claim.unchecked.is_empty() {
                self.field("only we", &format!("say: {}", card.claim.unchecked.join(", ")), Ink::Plain);
            }
        }
        self.optional("expected", card.expectation.as_deref(), Ink::Strong);
        self.optional("signed", card.signed.as_deref(), Ink::Plain);
        self.optional("help", card.help, Ink::Plain);
    }

    /// Verdict, id and place in one line where they fit.
    fn head(&mut self, card: &Card<'_>) {
        let ink = match card.state {
            State::Pass => Ink::Good,
            State::Fail => Ink::Bad,
            State::Open => Ink::Unsure,
        };
        let sign = self.sign(card.state);
        let verdict = format!("{sign} {}", card.heading);
        let id = terminal(&card.claim.id, self.style.unicode);
        let place = terminal(&card.place, self.style.unicode);
        let used = verdict.width() + 2 + id.width();
        let right = self.width.min(PROSE);
        if used + 2 + place.width() <= right {
            let fill = " ".repeat(right - used - place.width());
            self.pen.line(&[
                Span::new(verdict, ink),
                Span::new("  ", Ink::Plain),
                Span::new(id, Ink::Strong),
                Span::new(fill, Ink::Plain),
                Span::new(place, Ink::Faint),
            ]);
        } else {
            self.pen.line(&[Span::new(verdict, ink)]);
            self.paragraph(&card.claim.id, Ink::Strong, 2);
            self.paragraph(&card.place, Ink::Faint, 2);
        }
    }

    fn evidence(&mut self, claim: &ClaimReport, evidence: &Evidence<'_>) {
        let check = evidence.check;
        self.pen.gap();
        if claim.checks.len() > 1 {
            let (state, ink) = match evidence.effect {
                ClaimVerdict::OnRecord => (State::Pass, Ink::Good),
                effect if effect.is_open() => (State::Open, Ink::Unsure),
                _ => (State::Fail, Ink::Bad),
            };
            let head = format!("{} {}: {}", self.sign(state), check.kind, check.verdict.word());
            if evidence.effect == ClaimVerdict::OnRecord && !self.verbose() {
                self.paragraph(&format!("{head}, {}", check.text), Ink::Plain, 2);
                return;
            }
            self.pen.line(&[Span::new("  ", Ink::Plain), Span::new(head, ink)]);
        }
        self.pair(evidence);
        self.differences(&evidence.differences);
        self.sentences("why", evidence.why.iter().copied());
        self.place(evidence);
        self.also(check);
        self.source(evidence);
        for note in &evidence.notes {
            self.field("note", note, Ink::Plain);
        }
        self.others(check);
        if self.verbose() {
            self.details(check);
        }
    }

    fn pair(&mut self, evidence: &Evidence<'_>) {
        let check = evidence.check;
        match &evidence.pair {
            Pair::Nothing(why) => {
                self.field("we print", &check.text, Ink::Plain);
                self.field("source", why, Ink::Faint);
            }
            Pair::Same(passage) => {
                self.field("we print", &check.text, Ink::Plain);
                self.context("source", passage, FAR);
            }
            Pair::Passage { label, passage, marks } => {
                self.in_step(label, &check.text, passage, marks);
                if evidence.effect == ClaimVerdict::OutOfContext {
                    self.context("it reads", passage, FAR);
                }
            }
        }
    }

    /// Our text over theirs, row by row, with marks below both.
    fn in_step(&mut self, label: &str, text: &str, passage: &PassageReport, marks: &Marks) {
        let unicode = self.style.unicode;
        let (mut ours, mut theirs) = (cells(text, unicode), cells(&passage.text, unicode));
        mark(&mut ours, &marks.ours);
        mark(&mut theirs, &marks.theirs);
        let rows = rows(&ours, &theirs, &marks.anchors, self.limits(self.width.min(WIDEST) - MARGIN));
        let several = rows.len() > 1;
        for row in rows {
            for (label, cells, pieces, ink) in
                [("we print", &ours, row.ours, Ink::Ours), (label, &theirs, row.theirs, Ink::Theirs)]
            {
                if !pieces.is_empty() {
                    self.row(&margin(label), cells, &pieces, ink);
                }
            }
            if several {
                self.pen.gap();
            }
        }
        self.pen.gap();
    }

    /// One line of a text, and the line of its marks if it has any.
    fn row(&mut self, margin: &str, cells: &[Cell], pieces: &[Piece], ink: Ink) {
        let mut line = vec![Span::new(margin, Ink::Faint)];
        let mut below = String::new();
        for piece in pieces {
            match piece {
                Piece::Cells(range) => {
                    line.extend(spans(&cells[range.clone()], Ink::Plain, ink));
                    below.push_str(&marks_below(&cells[range.clone()], self.style.unicode));
                }
                Piece::Gap => {
                    line.push(Span::new(self.gap_sign(), Ink::Faint));
                    below.push_str(&" ".repeat(self.gap_sign().width()));
                }
            }
        }
        self.pen.line(&line);
        if !below.trim().is_empty() {
            self.pen.line(&[Span::new(" ".repeat(margin.width()), Ink::Plain), Span::new(below, ink)]);
        }
    }

    fn differences(&mut self, differences: &[Difference<'_>]) {
        const MOST: usize = 8;
        let most = if self.verbose() { differences.len() } else { MOST };
        let arrow = if self.style.unicode { "→" } else { "->" };
        let mut label = "differs";
        for difference in differences.iter().take(most) {
            let (ours, theirs) = (self.short(difference.ours, NEAR), self.short(difference.theirs, NEAR));
            let line = match (ours.is_empty(), theirs.is_empty()) {
                (true, true) => difference.name.to_owned(),
                (true, false) => format!("only the source has: {theirs} ({})", difference.name),
                (false, true) => format!("only we have: {ours} ({})", difference.name),
                (false, false) => format!("{ours} {arrow} {theirs} ({})", difference.name),
            };
            self.field(label, &line, Ink::Strong);
            label = "";
        }
        if differences.len() > most {
            self.field(label, &format!("and {} more", differences.len() - most), Ink::Faint);
        }
    }

    fn place(&mut self, evidence: &Evidence<'_>) {
        let Some(place) = &evidence.place else { return };
        self.field("where", place, Ink::Plain);
        let shown = matches!(evidence.pair, Pair::Same(_)) || evidence.effect == ClaimVerdict::OutOfContext;
        if let (Some(passage), false) = (&evidence.check.passage, shown) {
            self.context("", passage, NEAR);
        }
    }

    /// Other places of the same source: they matter where the places differ.
    fn also(&mut self, check: &CheckReport) {
        let matters = check.flags.contains(&Flag::Repeated) || check.verdict == CheckVerdict::Mismatch;
        let most = if self.verbose() { check.also.len() } else { 3 };
        if !matters && !self.verbose() {
            return;
        }
        let mut label = "also";
        for passage in check.also.iter().take(most) {
            self.field(label, &place_phrase(None, passage), Ink::Plain);
            self.context("", passage, NEAR);
            label = "";
        }
        if check.also.len() > most {
            self.field(label, &format!("and {} more places", check.also.len() - most), Ink::Faint);
        }
    }

    fn source(&mut self, evidence: &Evidence<'_>) {
        let check = evidence.check;
        let address = check.capture.as_ref().map(|capture| capture.url.as_str()).or(check.source.as_deref());
        if let Some(address) = address {
            self.address(if evidence.capture.is_some() { "capture" } else { "address" }, address);
        }
        // A source that led elsewhere is found in the manifest under the name it has there.
        if let (Some(source), Some(address)) = (&check.source, address)
            && source != address
            && self.verbose()
        {
            self.field("", &format!("asked for as {source}"), Ink::Plain);
        }
        self.optional(if address.is_some() { "" } else { "capture" }, evidence.capture.as_deref(), Ink::Plain);
    }

    fn others(&mut self, check: &CheckReport) {
        let mut label = "others";
        for other in &check.others {
            let mut line = format!("{} {}", other.source, card::other_phrase(other));
            if let Some(passage) = other.passage.as_ref().filter(|_| !other.verdict.is_good()) {
                line.push_str(&format!(": {}", self.short(&passage.text, NEAR)));
            }
            self.field(label, &line, Ink::Plain);
            label = "";
        }
    }

    fn details(&mut self, check: &CheckReport) {
        if let Some(score) = check.score.filter(|score| score.is_finite()) {
            let share = (score.clamp(0.0, 1.0) * 100.0).round();
            self.field("details", &format!("the passage covers {share} % of our words"), Ink::Faint);
        }
        if let Some(passage) = &check.passage {
            let positions = format!("characters {} to {} of the page's text", passage.start, passage.end);
            self.field("", &positions, Ink::Faint);
        }
        if let Some(capture) = &check.capture {
            self.field("", &format!("sha256 {}", capture.sha256), Ink::Faint);
        }
    }

    fn conflict(&mut self, conflict: &Conflict) {
        self.pen.gap();
        self.paragraph(&format!("! {}", card::conflict_phrase(conflict)), Ink::Unsure, 0);
        for (index, claim) in conflict.claims.iter().enumerate() {
            let value = conflict.values.get(index).map_or("", String::as_str);
            self.paragraph(&format!("{claim}: {value}"), Ink::Plain, 4);
        }
    }

    /// A passage in brackets between what stands before and after it.
    fn context(&mut self, label: &str, passage: &PassageReport, most: usize) {
        let (open, close, dots) = if self.style.unicode { ("⟦", "⟧", "…") } else { ("[[", "]]", "...") };
        let before = tail(&passage.before, most);
        let after = lead(&passage.after, most);
        let mut text = String::new();
        text.push_str(if before.len() < passage.before.len() { dots } else { "" });
        text.push_str(before);
        let from = text.chars().count();
        text.push_str(open);
        text.push_str(&self.short(&passage.text, most.max(80)));
        text.push_str(close);
        let to = text.chars().count();
        text.push_str(after);
        text.push_str(if after.len() < passage.after.len() { dots } else { "" });
        let mut cells = cells(&text, self.style.unicode);
        mark(&mut cells, &[Mark { from, to, kind: Kind::Heavy }]);
        self.lines(&margin(label), &cells, Ink::Plain, Ink::Theirs);
    }

    /// A text with marks below some of its words.
    fn marked(&mut self, text: &str, marks: &[Mark], indent: usize) {
        let mut cells = cells(text, self.style.unicode);
        mark(&mut cells, marks);
        let limits = self.limits(self.width.min(PROSE) - indent);
        for pieces in wrap(&cells, limits) {
            self.row(&" ".repeat(indent), &cells, &pieces, Ink::Ours);
        }
    }

    fn paragraph(&mut self, text: &str, ink: Ink, indent: usize) {
        self.lines(&" ".repeat(indent), &cells(text, self.style.unicode), ink, ink);
    }

    fn sentences<'s>(&mut self, label: &str, sentences: impl Iterator<Item = &'s str>) {
        for (index, sentence) in sentences.enumerate() {
            self.field(if index == 0 { label } else { "" }, sentence, Ink::Plain);
        }
    }

    fn optional(&mut self, label: &str, text: Option<&str>, ink: Ink) {
        if let Some(text) = text {
            self.field(label, text, ink);
        }
    }

    /// A label and its text.
    fn field(&mut self, label: &str, text: &str, ink: Ink) {
        self.lines(&margin(label), &cells(text, self.style.unicode), ink, ink);
    }

    /// An address in a line of its own, whole, so that a terminal can open it.
    fn address(&mut self, label: &str, address: &str) {
        let shown = terminal(address, self.style.unicode);
        if shown.width() > ADDRESS || shown.contains(' ') {
            self.field(label, address, Ink::Plain);
        } else {
            self.pen.line(&[Span::new(margin(label), Ink::Faint), Span::new(shown, Ink::Plain)]);
        }
    }

    /// Wraps cells behind a margin, whose text stands in the first line only.
    fn lines(&mut self, margin: &str, cells: &[Cell], ink: Ink, marked: Ink) {
        let indent = margin.width();
        let limits = self.limits(self.width.min(PROSE) - indent);
        let mut margin = margin.to_owned();
        for pieces in wrap(cells, limits) {
            let mut line = vec![Span::new(margin, Ink::Faint)];
            for piece in pieces {
                match piece {
                    Piece::Cells(range) => line.extend(spans(&cells[range], ink, marked)),
                    Piece::Gap => line.push(Span::new(self.gap_sign(), Ink::Faint)),
                }
            }
            self.pen.line(&line);
            margin = " ".repeat(indent);
        }
    }

    /// A text that fits a line, its middle left out where it is longer.
    fn short(&self, text: &str, most: usize) -> String {
        if text.chars().count() <= most {
            return text.to_owned();
        }
        let half = most / 2;
        format!("{} {}{}", lead(text, half).trim_end(), self.gap_sign(), tail(text, half).trim_start())
    }

    fn limits(&self, columns: usize) -> Limits {
        Limits { columns, gap: self.gap_sign().width(), whole: self.verbose() }
    }

    fn gap_sign(&self) -> &'static str {
        if self.style.unicode { "‹…› " } else { "<...> " }
    }

    fn sign(&self, state: State) -> &'static str {
        match (state, self.style.unicode) {
            (State::Pass, true) => "✓",
            (State::Fail, true) => "✗",
            (State::Pass, false) => "+",
            (State::Fail, false) => "x",
            (State::Open, _) => "?",
        }
    }

    fn verbose(&self) -> bool {
        self.style.verbosity == Verbosity::Verbose
    }
}

fn margin(label: &str) -> String {
    format!("  {label:<width$}", width = MARGIN - 2)
}

/// The end of a text, from the beginning of a word where one begins nearby.
fn tail(text: &str, most: usize) -> &str {
    let Some((cut, _)) = text.char_indices().rev().nth(most.saturating_sub(1)).filter(|(cut, _)| *cut > 0) else {
        return text;
    };
    let end = &text[cut..];
    end.char_indices().take(20).find(|(_, c)| c.is_whitespace()).map_or(end, |(at, _)| end[at..].trim_start())
}

/// The beginning of a text, to the end of a word where one ends nearby.
fn lead(text: &str, most: usize) -> &str {
    let Some((cut, _)) = text.char_indices().nth(most) else { return text };
    let start = &text[..cut];
    start.char_indices().rev().take(20).find(|(_, c)| c.is_whitespace()).map_or(start, |(at, _)| start[..at].trim_end())
}
