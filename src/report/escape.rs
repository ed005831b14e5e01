//! Escaping, one function per format: whatever comes from pages and manifests passes here on its way out.
//!
//! [`terminal`] leaves no control, bidirectional or invisible character raw and no command that a build log would
//! obey; [`markdown`] leaves nothing that a renderer takes for markup, a link, a table or a mention; JSON
//! strings stay equal when parsed and are safe to print. Nothing is dropped silently except soft hyphens on a
//! terminal, which no reader of the page sees either.

mod html;
mod machines;

use std::fmt::Write as _;
use std::io;

pub(super) use html::{href as html_href, text as html_text};
pub(super) use machines::{
    cell, command, command_property, reference as sarif_reference, sarif as sarif_text, xml, xml_line,
};

/// What is printed for one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Glyph {
    /// The character itself.
    Char(char),
    /// Something that stands for it.
    Text(String),
    /// Nothing.
    Nothing,
}

/// Whether a character can steer a terminal, reorder text, or hide in it.
pub(super) fn is_treacherous(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        // Fillers: letters by their category, and nothing to the eye.
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{34f}' | '\u{17b4}' | '\u{17b5}')
}

/// Whether a character ends a line.
pub(super) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn visible(c: char) -> String {
    format!("\\u{{{:x}}}", u32::from(c))
}

/// Chooses what a terminal shows for `c`, which stands between `previous` and `next`.
///
/// A second colon in a row and the bracket of `##[` are spelled out, since build logs take lines with them for
/// commands, and wrapping could bring any word to the beginning of a line.
pub(super) fn terminal_glyph(previous: Option<char>, c: char, next: Option<char>, unicode: bool) -> Glyph {
    match c {
        '\r' if next == Some('\n') => Glyph::Nothing,
        '\u{ad}' => Glyph::Nothing,
        '\t' => Glyph::Char(' '),
        c if is_line_break(c) => Glyph::Text(if unicode { " ⏎ " } else { " / " }.to_owned()),
        ':' if previous == Some(':') => Glyph::Text(visible(c)),
        '[' if previous == Some('#') => Glyph::Text(visible(c)),
        c if is_treacherous(c) => Glyph::Text(visible(c)),
        c => Glyph::Char(c),
    }
}

/// Makes a text safe to print on a terminal, on one line.
pub fn terminal(text: &str, unicode: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match terminal_glyph(previous, c, rest.peek().copied(), unicode) {
            Glyph::Char(c) => out.push(c),
            Glyph::Text(text) => out.push_str(&text),
            Glyph::Nothing => {}
        }
        previous = Some(c);
    }
    out
}

/// The same for text of several lines, which stay lines.
pub fn terminal_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| terminal(line, true)).collect();
    lines.join("\n")
}

/// Makes a text safe as a line of Markdown: a paragraph, a list entry, a table cell.
///
/// Words that renderers turn into links or mentions though nothing in them is markup (`@team`, `#12`,
/// `www.site.example`, `:tada:`) become code spans, where they stay as they are.
pub fn markdown(text: &str) -> String {
    markdown_line(&markdown_inline(text))
}

/// Makes a text safe inside a line of Markdown, behind something else.
pub(super) fn markdown_inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if is_linked_by_renderers(word) {
            code_runs(word, &mut out);
        } else {
            word.chars().for_each(|c| markdown_char(c, &mut out));
        }
    }
    out
}

/// Keeps an escaped text from opening a list, a heading, a rule or a code block at the beginning of its line, and
/// from being a command there to a build log that shows the Markdown as it is.
pub(super) fn markdown_line(escaped: &str) -> String {
    let line = escaped.trim_start();
    match block_opener(line) {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line.to_owned(),
    }
}

/// Where a line has the character that would make it a list, a heading, a rule or a command.
fn block_opener(line: &str) -> Option<usize> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let openers: &[char] = if digits == 0 { &['+', '-', '=', ':'] } else { &['.', ')'] };
    line[digits..].starts_with(openers).then_some(digits)
}

/// Makes a code span of Markdown: what cannot stand in one, or not in every place, stands between its pieces.
pub fn markdown_code(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    code_runs(text, &mut out);
    out
}

fn markdown_char(c: char, out: &mut String) {
    match c {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '`' => out.push_str("&#96;"),
        // An entity, since a backslash before it does not survive inside the cell of every table.
        '|' => out.push_str("&#124;"),
        '\\' | '*' | '_' | '[' | ']' | '~' | '$' | '#' => {
            out.push('\\');
            out.push(c);
        }
        '\t' => out.push(' '),
        c if is_line_break(c) => out.push_str(" ⏎ "),
        c if is_treacherous(c) => {
            let _ = write!(out, "\\\\u{{{:x}}}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// Whether a renderer could make something else of the word than its characters.
fn is_linked_by_renderers(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let has = |part: &str| lower.contains(part);
    let followed = |part: &'static str, by: fn(char) -> bool| {
        lower.match_indices(part).any(|(at, _)| {
            let inside = lower[..at].ends_with(char::is_alphanumeric) && part != "#";
            !inside && lower[at + part.len()..].starts_with(by)
        })
    };
    has("@")
        || has("://")
        || has("www.")
        || has("mailto:")
        || has("xmpp:")
        || followed("#", char::is_alphanumeric)
        || followed("gh-", |c| c.is_ascii_digit())
        || has_shortcode(&lower)
        || has_hash(&lower)
}

/// Whether the word holds `:tada:`.
fn has_shortcode(word: &str) -> bool {
    let pieces: Vec<&str> = word.split(':').collect();
    let inner = pieces.get(1..pieces.len() - 1).unwrap_or_default();
    inner.iter().any(|piece| {
        piece.contains(|c: char| c.is_ascii_alphabetic())
            && piece.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
    })
}

/// Whether seven or more hexadecimal digits stand together, letters among them: a renderer may link a revision.
fn has_hash(word: &str) -> bool {
    word.split(|c: char| !c.is_ascii_hexdigit()).any(|run| {
        run.len() >= 7 && run.bytes().any(|b| b.is_ascii_alphabetic()) && run.bytes().any(|b| b.is_ascii_digit())
    })
}

fn code_runs(text: &str, out: &mut String) {
    let mut run = String::new();
    let close = |run: &mut String, out: &mut String| {
        // A span of spaces alone, or with spaces at both ends, is not shown as it is written.
        let (inner, lead) = (run.trim_matches(' '), run.len() - run.trim_start_matches(' ').len());
        if inner.is_empty() {
            out.push_str(run);
        } else {
            out.push_str(&run[..lead]);
            out.push('`');
            out.push_str(inner);
            out.push('`');
            out.push_str(&run[lead + inner.len()..]);
        }
        run.clear();
    };
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '`' | '|' | '\\' => {
                close(&mut run, out);
                markdown_char(c, out);
            }
            // `##[` is a command of build logs wherever it stands.
            '[' if run.ends_with('#') => {
                close(&mut run, out);
                markdown_char(c, out);
            }
            '\t' => run.push(' '),
            c if is_line_break(c) => run.push_str(" ⏎ "),
            c if is_treacherous(c) => run.push_str(&visible(c)),
            c => run.push(c),
        }
    }
    close(&mut run, out);
}

/// Writes the strings of JSON so that they can be printed: what is treacherous is spelled out, and parses back equal.
#[derive(Debug, Default)]
pub(super) struct PrintableJson<F>(pub(super) F);

impl<F: serde_json::ser::Formatter> serde_json::ser::Formatter for PrintableJson<F> {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_treacherous) {
            let (plain, from) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            let mut characters = from.chars();
            if let Some(c) = characters.next() {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_shows_what_would_steer_it() {
        assert_eq!(terminal("\u{1b}[31mred\u{9b}0m", true), "\\u{1b}[31mred\\u{9b}0m");
        assert_eq!(terminal("a\u{202e}b\u{2066}c\u{200b}d", false), "a\\u{202e}b\\u{2066}c\\u{200b}d");
        assert_eq!(terminal("one\r\ntwo\nthree\rfour", true), "one ⏎ two ⏎ three\\u{d}four");
        assert_eq!(terminal("one\u{2029}two", false), "one / two");
        assert_eq!(terminal("at\u{ad}ten\u{ad}tion", true), "attention");
    }

    #[test]
    fn a_build_log_finds_no_command() {
        assert_eq!(terminal("::error::x", true), ":\\u{3a}error:\\u{3a}x");
        assert_eq!(terminal("##[group]x", true), "##\\u{5b}group]x");
        assert_eq!(markdown("::error file=x::y"), "\\::error file=x::y");
        // Read as a shortcode, and harmless behind the backtick.
        assert_eq!(markdown("::error::x"), "`::error::x`");
        assert_eq!(markdown("##[group]#12"), "`##`\\[`group]#12`");
    }

    #[test]
    fn markdown_stays_text() {
        assert_eq!(markdown("<script>a & b</script>"), "&lt;script&gt;a &amp; b&lt;/script&gt;");
        assert_eq!(markdown("**bold** [a](b) | `c`"), "\\*\\*bold\\*\\* \\[a\\](b) &#124; &#96;c&#96;");
        assert_eq!(markdown("ask @team about #12"), "ask `@team` about `#12`");
        assert_eq!(markdown("see https://x.example/a`b|c<d"), "see `https://x.example/a`&#96;`b`&#124;`c`&lt;`d`");
        assert_eq!(markdown("a\u{1b}b\nc"), "a\\\\u{1b}b ⏎ c");
        assert_eq!(markdown("3 percent, 1,400 people"), "3 percent, 1,400 people");
    }

    #[test]
    fn markdown_opens_no_block() {
        assert_eq!(markdown("# head"), "\\# head");
        assert_eq!(markdown("    - item"), "\\- item");
        assert_eq!(markdown("12. item"), "12\\. item");
        assert_eq!(markdown("1) item"), "1\\) item");
        assert_eq!(markdown("> quote"), "&gt; quote");
        assert_eq!(markdown("==="), "\\===");
    }

    #[test]
    fn a_code_span_cannot_be_left() {
        assert_eq!(markdown_code("a``b"), "`a`&#96;&#96;`b`");
        assert_eq!(markdown_code(" a "), " `a` ");
        assert_eq!(markdown_code(""), "");
        assert_eq!(markdown_code("a\\"), "`a`\\\\");
    }
}
