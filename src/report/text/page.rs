//! Labels, sentences and addresses → wrapped lines.
//!
//! Everything but an address is wrapped to the terminal's width; every text is escaped on its way into cells.

use unicode_width::UnicodeWidthStr;

use super::cells::{Cell, cells, marks_below, spans};
use super::pair::{Limits, Piece, wrap};
use super::pen::{Ink, Pen, Span};
use crate::model::report::CheckReport;
use crate::report::card::State;
use crate::report::escape::terminal;
use crate::report::{Style, Verbosity, excerpt};

/// Columns before the texts: indent, label, gap.
pub(super) const MARGIN: usize = 13;

/// Sentences are not wider than this, however wide the terminal is.
pub(super) const PROSE: usize = 100;

/// Words that a text other than a pair may have before some are left out.
pub(super) const LONG: usize = 150;

/// An address longer than this is wrapped like a text.
const ADDRESS: usize = 400;

/// A capture of a source, as claims are grouped by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct From<'a> {
    pub(super) address: &'a str,
    pub(super) captured: &'a str,
}

impl<'a> From<'a> {
    /// The capture of a check; `None` where the claim names no source.
    pub(super) fn of(check: &'a CheckReport) -> Option<Self> {
        let capture = check.capture.as_ref();
        let address = capture.map(|capture| capture.url.as_str()).or(check.source.as_deref())?;
        Some(Self { address, captured: capture.map_or("", |capture| capture.captured.as_str()) })
    }
}

/// A report in the making.
pub(super) struct Page<'a> {
    /// The source that was named last: what was checked against it need not name it again.
    pub(super) from: Option<From<'a>>,
    pub(super) pen: Pen,
    pub(super) style: &'a Style,
    /// Columns of the terminal.
    pub(super) width: usize,
}

impl<'a> Page<'a> {
    pub(super) fn new(style: &'a Style) -> Self {
        Self { from: None, pen: Pen::new(style.colour), style, width: style.width.max(40) }
    }

    /// One line of a text, and the line of marks below it, empty where nothing is marked.
    pub(super) fn line_of(&self, cells: &[Cell], pieces: &[Piece], ink: Ink) -> (Vec<Span>, String) {
        let mut line = Vec::new();
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
        below.truncate(below.trim_end().len());
        (line, below)
    }

    pub(super) fn row(&mut self, label: &str, line: Vec<Span>, marks: &str, ink: Ink) {
        let mut spans = vec![Span::new(margin(label), Ink::Faint)];
        spans.extend(line);
        self.pen.line(&spans);
        if !marks.is_empty() {
            self.pen.line(&[Span::new(margin(""), Ink::Plain), Span::new(marks, ink)]);
        }
    }

    pub(super) fn paragraph(&mut self, text: &str, ink: Ink, indent: usize) {
        self.lines(&" ".repeat(indent), &cells(text, self.style.unicode), ink, ink);
    }

    pub(super) fn sentences<'s>(&mut self, label: &str, sentences: impl Iterator<Item = &'s str>) {
        for (index, sentence) in sentences.enumerate() {
            self.field(if index == 0 { label } else { "" }, sentence, Ink::Plain);
        }
    }

    pub(super) fn optional(&mut self, label: &str, text: Option<&str>, ink: Ink) {
        if let Some(text) = text {
            self.field(label, text, ink);
        }
    }

    /// A label and its text.
    pub(super) fn field(&mut self, label: &str, text: &str, ink: Ink) {
        self.lines(&margin(label), &cells(text, self.style.unicode), ink, ink);
    }

    /// An address in a line of its own, whole, so that a terminal can open it.
    pub(super) fn address(&mut self, label: &str, address: &str) {
        self.address_behind(&margin(label), address);
    }

    /// The same behind a margin.
    pub(super) fn address_behind(&mut self, margin: &str, address: &str) {
        let shown = terminal(address, self.style.unicode);
        if shown.width() > ADDRESS || shown.contains(' ') {
            self.lines(margin, &cells(address, self.style.unicode), Ink::Plain, Ink::Plain);
        } else {
            self.pen.line(&[Span::new(margin, Ink::Faint), Span::new(shown, Ink::Plain)]);
        }
    }

    /// Wraps cells behind a margin, whose text stands in the first line only.
    pub(super) fn lines(&mut self, margin: &str, cells: &[Cell], ink: Ink, marked: Ink) {
        let indent = margin.width();
        let limits = self.limits(self.width.min(PROSE) - indent, LONG);
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

    pub(super) fn short(&self, text: &str, most: usize) -> String {
        excerpt::short(text, most, self.gap_sign().trim_end())
    }

    pub(super) fn limits(&self, columns: usize, long: usize) -> Limits {
        Limits { columns, gap: self.gap_sign().width(), long: if self.verbose() { usize::MAX } else { long } }
    }

    pub(super) fn gap_sign(&self) -> &'static str {
        if self.style.unicode { "‹…› " } else { "<...> " }
    }

    pub(super) fn sign(&self, state: State) -> &'static str {
        match (state, self.style.unicode) {
            (State::Pass, true) => "✓",
            (State::Fail, true) => "✗",
            (State::Pass, false) => "+",
            (State::Fail, false) => "x",
            (State::Open, _) => "?",
        }
    }

    pub(super) fn verbose(&self) -> bool {
        self.style.verbosity == Verbosity::Verbose
    }
}

/// The indent, a label, and the space behind it.
pub(super) fn margin(label: &str) -> String {
    format!("  {label:<width$}", width = MARGIN - 2)
}
