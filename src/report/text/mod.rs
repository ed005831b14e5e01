//! A report → text for a terminal: each claim that does not pass as a block like a compiler's diagnostic.
//!
//! The quotation stands over the source's wording, wrapped in step, with marks below the words that differ; then
//! what differs, why it matters, where it stands, which capture was read, and what to do. No line is wider than the
//! terminal, except addresses, which stay whole so that they can be followed. Only this module's own sequences
//! colour anything.

mod cells;
mod evidence;
mod page;
mod pair;
mod pen;

use std::collections::HashMap;

use unicode_width::UnicodeWidthStr;

use super::card::{self, Card, State};
use super::escape::terminal;
use super::marks::Mark;
use super::{Style, Verbosity};
use crate::model::report::{ClaimReport, Conflict, Report};
use cells::{cells, mark};
use page::{From, LONG, PROSE, Page};
use pair::wrap;
use pen::{Ink, Span};

/// Code points of a text that was signed, and of what it is now.
const LONG_TEXT: usize = 300;

/// Renders a report.
pub(super) fn render(report: &Report, style: &Style) -> String {
    let mut page = Page::new(style);
    if style.verbosity != Verbosity::Quiet {
        if let Some(title) = &report.title {
            page.paragraph(title, Ink::Strong, 0);
        }
        for group in groups(report, style.verbosity) {
            page.group(&group);
            for card in &group.cards {
                page.claim(card);
            }
        }
        page.from = None;
        for conflict in &report.conflicts {
            page.conflict(conflict);
        }
        page.pen.gap();
        page.next(report);
    }
    if let Some(controls) = card::controls_phrase(report).filter(|_| style.verbosity != Verbosity::Quiet) {
        page.paragraph(&controls, Ink::Faint, 0);
    }
    page.paragraph(&card::count_phrase(report), Ink::Strong, 0);
    page.pen.finish()
}

/// Renders the claims of a report alone: no hints on what to do next, no counts.
pub(super) fn blocks(report: &Report, style: &Style) -> String {
    let mut page = Page::new(style);
    for group in groups(report, style.verbosity) {
        page.group(&group);
        for card in &group.cards {
            page.claim(card);
        }
    }
    page.from = None;
    for conflict in &report.conflicts {
        page.conflict(conflict);
    }
    page.pen.finish()
}

/// Claims that were decided by one capture of one source.
struct Group<'a> {
    /// The source's publisher, where it is known.
    outlet: Option<&'a str>,
    from: Option<From<'a>>,
    cards: Vec<Card<'a>>,
}

/// Sorts what is told to the sources that decided it, in the order in which the manifest comes to them.
fn groups(report: &Report, verbosity: Verbosity) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut by_source: HashMap<Option<From<'_>>, usize> = HashMap::new();
    let shown = |claim: &&ClaimReport| verbosity == Verbosity::Verbose || card::needs_showing(claim);
    for claim in report.claims.iter().filter(shown) {
        let card = card::card(report, claim);
        let decisive = card.evidence.iter().find(|evidence| evidence.effect == claim.verdict).or(card.evidence.first());
        let check = decisive.map(|evidence| evidence.check);
        let from = check.and_then(From::of);
        let at = *by_source.entry(from).or_insert_with(|| {
            groups.push(Group { outlet: check.and_then(|check| check.outlet.as_deref()), from, cards: Vec::new() });
            groups.len() - 1
        });
        groups[at].cards.push(card);
    }
    groups
}

impl<'a> Page<'a> {
    /// The source that the next claims were checked against.
    fn group(&mut self, group: &Group<'a>) {
        self.from = group.from;
        self.pen.gap();
        let rule = if self.style.unicode { "━━ " } else { "== " };
        let evidence = group.cards.iter().flat_map(|card| &card.evidence);
        let when = evidence.into_iter().find(|evidence| From::of(evidence.check) == group.from);
        let when = when.and_then(|evidence| evidence.capture.clone());
        let Some(from) = group.from else {
            self.paragraph(&format!("{rule}no source named"), Ink::Strong, 0);
            return;
        };
        match (group.outlet, when) {
            (Some(outlet), Some(when)) => self.paragraph(&format!("{rule}{outlet}, {when}"), Ink::Strong, 0),
            (Some(outlet), None) => self.paragraph(&format!("{rule}{outlet}"), Ink::Strong, 0),
            (None, Some(when)) => self.paragraph(&format!("{rule}{when}"), Ink::Strong, 0),
            (None, None) => self.paragraph(&format!("{rule}not captured"), Ink::Strong, 0),
        }
        self.address_behind("   ", from.address);
    }

    /// What a person does next; nothing where all is well.
    fn next(&mut self, report: &Report) {
        let open = report.claims.iter().filter(|claim| !claim.passes);
        let Some(first) = open.min_by_key(|claim| claim.verdict) else { return };
        let id = if first.line == 0 { return } else { &first.id };
        self.field("next", &format!("onrecord explain {id}: why a finding is what it is"), Ink::Plain);
        self.field("", &format!("onrecord sign {id} --by NAME --why REASON: let it stand"), Ink::Plain);
        self.field("", "onrecord report --format html=report.html: all of it beside the article", Ink::Plain);
        self.pen.gap();
    }

    fn claim(&mut self, card: &Card<'_>) {
        self.pen.gap();
        self.head(card);
        let signed_only = card.is_signed_off() && !self.verbose();
        if !card.is_statement() || signed_only {
            self.statement(&card.claim.statement, &card.unchecked);
        }
        if !signed_only {
            for evidence in &card.evidence {
                self.evidence(card.claim, evidence);
                self.pen.gap();
            }
            self.sentences("why", card.why.into_iter());
            if !card.claim.unchecked.is_empty() {
                self.field("only ours", &card.claim.unchecked.join(", "), Ink::Strong);
            }
        }
        self.optional("expected", card.expectation.as_deref(), Ink::Strong);
        self.optional("signed", card.signed.as_deref(), Ink::Plain);
        for change in &card.changed {
            let words = |text: &str| if text.is_empty() { "(none)".to_owned() } else { self.short(text, LONG_TEXT) };
            let (signed, now) = (words(change.signed), words(change.now));
            self.field("signed was", &format!("{}: {signed}", change.what), Ink::Ours);
            self.field("is now", &now, Ink::Theirs);
        }
        self.optional("help", card.help, Ink::Plain);
        self.optional("paste", card.claim.proposed.as_deref(), Ink::Strong);
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
            if !place.is_empty() {
                self.paragraph(&card.place, Ink::Faint, 2);
            }
        }
    }

    fn conflict(&mut self, conflict: &Conflict) {
        self.pen.gap();
        self.paragraph(&format!("! {}", card::conflict_phrase(conflict)), Ink::Unsure, 0);
        for (index, claim) in conflict.claims.iter().enumerate() {
            self.paragraph(&format!("{claim}: {}", card::side_phrase(conflict, index)), Ink::Plain, 4);
        }
    }

    /// The statement, with marks below the words that stand nowhere near the evidence.
    fn statement(&mut self, text: &str, marks: &[Mark]) {
        const INDENT: &str = "  ";
        let mut cells = cells(text, self.style.unicode);
        mark(&mut cells, marks);
        for pieces in wrap(&cells, self.limits(self.width.min(PROSE) - INDENT.len(), LONG)) {
            let (mut line, marks) = self.line_of(&cells, &pieces, Ink::Ours);
            line.insert(0, Span::new(INDENT, Ink::Plain));
            self.pen.line(&line);
            if !marks.is_empty() {
                self.pen.line(&[Span::new(INDENT, Ink::Plain), Span::new(marks, Ink::Ours)]);
            }
        }
        self.pen.gap();
    }
}
