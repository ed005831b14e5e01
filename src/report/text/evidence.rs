//! One check of a claim: our words over the source's, what differs, where it stands, which capture was read.

use super::cells::{cells, mark};
use super::page::{From, MARGIN, Page, margin};
use super::pair::rows;
use super::pen::{Ink, Span};
use crate::model::report::{CheckReport, ClaimReport, PassageReport};
use crate::model::{CheckVerdict, ClaimVerdict, Flag};
use crate::report::card::{self, Difference, Evidence, Pair, State};
use crate::report::excerpt;
use crate::report::marks::{Kind, Mark, Marks};
use crate::report::wording::place_phrase;

/// Pairs of texts are not wider than this.
const WIDEST: usize = 180;

/// Words that a pair may have alike between two differences before some are left out.
const ALIKE: usize = 24;

/// Code points of context beside a passage that a pair shows already, and beside one that only context shows.
const NEAR: usize = 60;
const FAR: usize = 160;

impl Page<'_> {
    pub(super) fn evidence(&mut self, claim: &ClaimReport, evidence: &Evidence<'_>) {
        let check = evidence.check;
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
                let reason = check.reason.map(|reason| format!(": {}", reason.word())).unwrap_or_default();
                self.field("source", &format!("({why}{reason})"), Ink::Faint);
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
        let rows = rows(&ours, &theirs, &marks.anchors, self.limits(self.width.min(WIDEST) - MARGIN, ALIKE));
        let several = rows.len() > 1;
        for row in rows {
            let (our_line, our_marks) = self.line_of(&ours, &row.ours, Ink::Ours);
            let (their_line, their_marks) = self.line_of(&theirs, &row.theirs, Ink::Theirs);
            let unmarked = our_marks.is_empty() && their_marks.is_empty();
            if several && unmarked && our_line == their_line {
                self.row("both", our_line, "", Ink::Plain);
            } else {
                for (label, line, marks, ink) in
                    [("we print", our_line, our_marks, Ink::Ours), (label, their_line, their_marks, Ink::Theirs)]
                {
                    if !line.is_empty() {
                        self.row(label, line, &marks, ink);
                    }
                }
            }
            if several {
                self.pen.gap();
            }
        }
        self.pen.gap();
    }

    fn differences(&mut self, differences: &[Difference<'_>]) {
        const MOST: usize = 8;
        let most = if self.verbose() { differences.len() } else { MOST };
        let arrow = if self.style.unicode { "→" } else { "->" };
        let mut label = "differs";
        for difference in differences.iter().take(most) {
            let (ours, theirs) = (self.short(difference.ours, NEAR), self.short(difference.theirs, NEAR));
            let line = difference.phrase(&ours, &theirs, arrow);
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
        let alone = |passage: &PassageReport| passage.before.trim().is_empty() && passage.after.trim().is_empty();
        if let Some(passage) = evidence.check.passage.as_ref().filter(|passage| !shown && !alone(passage)) {
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
        if From::of(check) == self.from && !self.verbose() {
            return;
        }
        let address = check.capture.as_ref().map(|capture| capture.url.as_str()).or(check.source.as_deref());
        if let Some(address) = address {
            self.address(if evidence.capture.is_some() { "capture" } else { "address" }, address);
        }
        // A source that led elsewhere is found in the manifest under the name it has there.
        if let (Some(source), Some(address)) = (&check.source, address)
            && **source != *address
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
        for other in &check.elsewhere {
            self.field("elsewhere", &format!("{} {}", other.source, card::other_phrase(other)), Ink::Plain);
            if let Some(passage) = &other.passage {
                self.context("", passage, NEAR);
            }
        }
    }

    fn details(&mut self, check: &CheckReport) {
        if let Some(passage) = &check.passage {
            if let Some(score) = check.score.filter(|score| score.is_finite()) {
                let share = (score.clamp(0.0, 1.0) * 100.0).round();
                self.field("details", &format!("the passage covers {share} % of our words"), Ink::Faint);
            }
            let positions = format!("characters {} to {} of the page's text", passage.start, passage.end);
            self.field("", &positions, Ink::Faint);
        }
        if let Some(capture) = &check.capture {
            self.field("sha256", &capture.sha256, Ink::Faint);
        }
    }

    /// A passage in brackets between what stands before and after it.
    fn context(&mut self, label: &str, passage: &PassageReport, most: usize) {
        let (open, close, dots) = if self.style.unicode { ("⟦", "⟧", "…") } else { ("[[", "]]", "...") };
        let context = excerpt::context(passage, most);
        let mut text = String::new();
        text.push_str(if context.cut_before { dots } else { "" });
        text.push_str(context.before);
        let from = text.chars().count();
        text.push_str(open);
        text.push_str(&self.short(&passage.text, most.max(80)));
        text.push_str(close);
        let to = text.chars().count();
        text.push_str(context.after);
        text.push_str(if context.cut_after { dots } else { "" });
        let mut cells = cells(&text, self.style.unicode);
        mark(&mut cells, &[Mark { from, to, kind: Kind::Heavy }]);
        self.lines(&margin(label), &cells, Ink::Plain, Ink::Theirs);
    }
}
