//! Collects every problem of one text, so that all of them can be shown in one go.

use std::ops::Range;

use super::diagnostic::{Diagnostic, Severity};
use super::place::Lines;
use crate::model::Place;

/// The problems found so far in one text.
pub(crate) struct Problems<'t> {
    lines: Lines<'t>,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    /// How many of each are kept; a hostile file could otherwise fill memory with them.
    limit: usize,
    errors_left_out: usize,
}

impl<'t> Problems<'t> {
    pub(crate) fn new(text: &'t str, limit: usize) -> Self {
        Self { lines: Lines::new(text), errors: Vec::new(), warnings: Vec::new(), limit, errors_left_out: 0 }
    }

    /// The text that they are problems of.
    pub(crate) fn text(&self) -> &'t str {
        self.lines.text()
    }

    /// Line and column of a byte offset.
    pub(crate) fn place(&self, offset: usize) -> Place {
        self.lines.place(offset)
    }

    /// Whether anything makes the manifest unusable.
    pub(crate) fn any_error(&self) -> bool {
        !self.errors.is_empty() || self.errors_left_out > 0
    }

    /// Whether further errors are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.errors.len() >= self.limit
    }

    /// Adds an error.
    pub(crate) fn error(&mut self, code: &'static str, span: &Range<usize>, message: String, remedy: Option<String>) {
        if self.errors.len() < self.limit {
            let found = self.diagnostic(Severity::Error, code, span, message, remedy);
            self.errors.push(found);
        } else {
            self.errors_left_out += 1;
        }
    }

    /// Adds a warning.
    pub(crate) fn warning(&mut self, code: &'static str, span: &Range<usize>, message: String, remedy: Option<String>) {
        if self.warnings.len() < self.limit {
            let found = self.diagnostic(Severity::Warning, code, span, message, remedy);
            self.warnings.push(found);
        }
    }

    /// The warnings alone, sorted by place.
    pub(crate) fn into_warnings(mut self) -> Vec<Diagnostic> {
        self.warnings.sort_by_key(|warning| warning.place);
        self.warnings
    }

    /// Errors and warnings, sorted by place.
    pub(crate) fn into_all(mut self) -> Vec<Diagnostic> {
        let mut all = std::mem::take(&mut self.errors);
        all.append(&mut self.warnings);
        all.sort_by_key(|problem| (problem.place, problem.severity));
        if self.errors_left_out > 0 {
            let end = self.text().len()..self.text().len();
            let message = format!("{} more errors are not shown", self.errors_left_out);
            let remedy = Some("correct the first ones and try again".to_owned());
            all.push(self.diagnostic(Severity::Error, "too-many-errors", &end, message, remedy));
        }
        all
    }

    fn diagnostic(
        &self,
        severity: Severity,
        code: &'static str,
        span: &Range<usize>,
        message: String,
        remedy: Option<String>,
    ) -> Diagnostic {
        let excerpt = self.lines.excerpt(span);
        Diagnostic {
            severity,
            code,
            message,
            place: self.lines.place(span.start),
            line_text: excerpt.text,
            skipped: excerpt.skipped,
            width: excerpt.width,
            remedy,
        }
    }
}
