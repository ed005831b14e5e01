//! Diagnostics: what is wrong in a manifest, where, and what to write instead, printed as a compiler prints it.
//!
//! A diagnostic owns everything that it shows, so it outlives the text. What it shows of a hostile file cannot
//! disturb a terminal: control and bidirectional characters are made visible and long lines are clipped.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::model::Place;

/// Columns of a line that are shown.
const COLUMNS: usize = 160;
/// Columns that are shown before the place where a line must be clipped.
const BEFORE: usize = 60;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The manifest cannot be used.
    Error,
    /// The manifest can be used, and probably does not say what was meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name of the kind of problem, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, lower case, without a full stop.
    pub message: String,
    /// Where it begins.
    pub place: Place,
    /// The line of the place without its end; of a very long line the part around the place.
    pub line_text: String,
    /// Code points of the line that stand before `line_text`; 0 but for very long lines.
    pub skipped: u32,
    /// How many code points are underlined.
    pub width: usize,
    /// What to write instead.
    pub remedy: Option<String>,
}

impl Diagnostic {
    /// Prints the diagnostic with its line, as a compiler would; ends with a line feed.
    pub fn render(&self, file: &str) -> String {
        let number = self.place.line.to_string();
        let gutter = " ".repeat(number.len());
        let shown = self.shown_line();
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}[{}]: {}", self.severity.word(), self.code, self.message);
        let _ = writeln!(out, "{gutter}--> {}:{}:{}", visible(file), number, self.place.column);
        let _ = writeln!(out, "{gutter} |");
        let _ = writeln!(out, "{number} | {}", shown.text);
        let remedy = self.remedy.as_deref().map(|remedy| format!(" {remedy}")).unwrap_or_default();
        let _ = writeln!(out, "{gutter} | {}{}{remedy}", " ".repeat(shown.before), "^".repeat(shown.marked));
        out
    }

    /// The line as it is printed: escapes made visible, clipped around the place.
    fn shown_line(&self) -> ShownLine {
        let at = (self.place.column.saturating_sub(1)).saturating_sub(self.skipped) as usize;
        let cells: Vec<String> = self.line_text.chars().map(visible_char).collect();
        let widths: Vec<usize> = cells.iter().map(|cell| cell.width()).collect();
        let at = at.min(cells.len());
        let (mut from, mut room) = (at, BEFORE);
        while from > 0 && widths[from - 1] <= room {
            from -= 1;
            room -= widths[from];
        }
        if widths.iter().sum::<usize>() <= COLUMNS {
            from = 0;
        }
        let (mut to, mut room) = (from, COLUMNS);
        while to < cells.len() && widths[to] <= room {
            room -= widths[to];
            to += 1;
        }
        let cut_before = from > 0 || self.skipped > 0;
        let mut text = String::from(if cut_before { "…" } else { "" });
        cells[from..to].iter().for_each(|cell| text.push_str(cell));
        if to < cells.len() {
            text.push('…');
        }
        let end = (at + self.width).min(to).max(at);
        ShownLine {
            text: text.trim_end().to_owned(),
            before: usize::from(cut_before) + widths[from..at].iter().sum::<usize>(),
            marked: widths[at..end].iter().sum::<usize>().max(1),
        }
    }
}

struct ShownLine {
    text: String,
    /// Columns before the mark.
    before: usize,
    /// Columns of the mark.
    marked: usize,
}

/// Prints diagnostics in the order of their places, with a closing count.
pub fn render_all(diagnostics: &[Diagnostic], file: &str) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| (diagnostic.place, diagnostic.severity));
    let mut out = String::new();
    for diagnostic in &sorted {
        out.push_str(&diagnostic.render(file));
        out.push('\n');
    }
    let errors = sorted.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let counts = [(errors, "error"), (sorted.len() - errors, "warning")];
    let words: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    if !words.is_empty() {
        out.push_str(&words.join(", "));
        out.push('\n');
    }
    out
}

/// The text with everything that would disturb a terminal made visible.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// A piece of the manifest inside a message: made visible, and clipped where it is long.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let clipped: String = text.chars().take(LONGEST).collect();
    let more = if clipped.len() < text.len() { "…" } else { "" };
    format!("`{}{more}`", visible(&clipped))
}

fn visible_char(c: char) -> String {
    match c {
        '\t' => "    ".to_owned(),
        // Bidirectional controls could reorder what stands beside them; invisible characters could hide.
        '\u{061C}'
        | '\u{00AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => c.escape_unicode().to_string(),
        _ if c.is_control() || c.width().is_none() => c.escape_unicode().to_string(),
        _ => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(line_text: &str, column: u32, width: usize) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code: "unknown-key",
            message: "unknown key `statment` in [[claim]]".to_owned(),
            place: Place { line: 12, column },
            line_text: line_text.to_owned(),
            skipped: 0,
            width,
            remedy: Some("did you mean `statement`?".to_owned()),
        }
    }

    #[test]
    fn it_prints_like_a_compiler() {
        let expected = "error[unknown-key]: unknown key `statment` in [[claim]]\n  --> claims.toml:12:1\n   |\n\
                        12 | statment = \"...\"\n   | ^^^^^^^^ did you mean `statement`?\n";
        assert_eq!(diagnostic("statment = \"...\"", 1, 8).render("claims.toml"), expected);
    }

    #[test]
    fn marks_stand_under_wide_characters_and_escapes() {
        let text = diagnostic("日本\u{202e}x = 1", 4, 1).render("a\u{1b}[31m.toml");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "  --> a\\u{1b}[31m.toml:12:4");
        assert_eq!(lines[3], "12 | 日本\\u{202e}x = 1");
        assert_eq!(lines[4], format!("   | {}^ did you mean `statement`?", " ".repeat(4 + 8)));
    }

    #[test]
    fn a_long_line_is_clipped_around_the_place() {
        let line = format!("{}HERE{}", "a".repeat(300), "b".repeat(300));
        let text = diagnostic(&line, 301, 4).render("claims.toml");
        let shown = text.lines().nth(3).unwrap_or_default();
        let marks = text.lines().nth(4).unwrap_or_default();
        assert!(shown.width() <= COLUMNS + 10, "{}", shown.width());
        let column = marks.find('^').expect("there is a mark");
        assert_eq!(shown.chars().skip(column).take(4).collect::<String>(), "HERE");
        assert!(shown.contains("| …a") && shown.ends_with('…'));
    }

    #[test]
    fn a_place_past_the_end_of_the_line_is_marked_there() {
        let text = diagnostic("x =", 4, 1).render("claims.toml");
        assert_eq!(text.lines().nth(4), Some("   |    ^ did you mean `statement`?"));
    }

    #[test]
    fn all_are_sorted_and_counted() {
        let mut first = diagnostic("x = 1", 1, 1);
        first.place.line = 3;
        first.severity = Severity::Warning;
        let all = render_all(&[diagnostic("y", 1, 1), first], "claims.toml");
        assert!(all.find(":3:1") < all.find(":12:1"));
        assert!(all.ends_with("\n1 error, 1 warning\n"));
        assert_eq!(render_all(&[], "claims.toml"), "");
    }
}
