//! Coloured words → lines, with ANSI sequences where they are wanted and no trailing space.

/// What a stretch of text is, for its colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Ink {
    #[default]
    Plain,
    Strong,
    Faint,
    Bad,
    Unsure,
    Good,
    Ours,
    Theirs,
}

impl Ink {
    fn sequence(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\u{1b}[1m",
            Self::Faint => "\u{1b}[2m",
            Self::Bad => "\u{1b}[1;31m",
            Self::Unsure => "\u{1b}[1;33m",
            Self::Good => "\u{1b}[1;32m",
            Self::Ours => "\u{1b}[31m",
            Self::Theirs => "\u{1b}[32m",
        }
    }
}

/// A stretch of a line in one ink. Its text is escaped already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) ink: Ink,
}

impl Span {
    pub(super) fn new(text: impl Into<String>, ink: Ink) -> Self {
        Self { text: text.into(), ink }
    }
}

/// Collects lines.
#[derive(Debug)]
pub(super) struct Pen {
    out: String,
    colour: bool,
}

impl Pen {
    pub(super) fn new(colour: bool) -> Self {
        Self { out: String::new(), colour }
    }

    /// Writes one line.
    pub(super) fn line(&mut self, spans: &[Span]) {
        let inked = spans.iter().rposition(|span| !span.text.trim_end_matches(' ').is_empty());
        let last = inked.map_or(0, |last| last + 1);
        for (index, span) in spans[..last].iter().enumerate() {
            let text = if index + 1 == last { span.text.trim_end_matches(' ') } else { &span.text };
            let sequence = if self.colour && !text.trim().is_empty() { span.ink.sequence() } else { "" };
            self.out.push_str(sequence);
            self.out.push_str(text);
            if !sequence.is_empty() {
                self.out.push_str("\u{1b}[0m");
            }
        }
        self.out.push('\n');
    }

    /// Writes an empty line, unless nothing or an empty line stands before it.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_ends_in_a_space_and_no_gap_is_doubled() {
        let mut pen = Pen::new(false);
        pen.gap();
        pen.line(&[Span::new("a ", Ink::Bad), Span::new("  ", Ink::Plain)]);
        pen.gap();
        pen.gap();
        pen.line(&[Span::new("   ", Ink::Plain)]);
        assert_eq!(pen.finish(), "a\n\n\n");
    }

    #[test]
    fn colours_are_closed_where_they_are_opened() {
        let mut pen = Pen::new(true);
        pen.line(&[Span::new("a", Ink::Bad), Span::new("b", Ink::Plain)]);
        assert_eq!(pen.finish(), "\u{1b}[1;31ma\u{1b}[0mb\n");
    }
}
