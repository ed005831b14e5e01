//! Escaping for the formats that machines read.

use std::fmt::Write;

use super::{is_treacherous, visible};

/// A text for XML: what XML cannot hold, and what hides, is spelled out; the writer of the format escapes its own signs.
pub(in crate::report) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' => out.push(c),
            c if is_treacherous(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push_str(&visible(c)),
            c => out.push(c),
        }
    }
    out
}

/// The same on one line, for an attribute, where a parser makes spaces of line breaks.
pub(in crate::report) fn xml_line(text: &str) -> String {
    xml(text).replace(['\n', '\t'], " ")
}

/// A cell of a table that a spreadsheet may open: one that it would take for a formula begins with an apostrophe, which a
/// spreadsheet does not show. A cell that begins with an apostrophe gets one more, so that every cell can be read back.
pub(in crate::report) fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    if text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠'])
    {
        out.push('\'');
    }
    for c in text.chars() {
        match c {
            '\t' | '\n' => out.push(c),
            c if is_treacherous(c) => out.push_str(&visible(c)),
            c => out.push(c),
        }
    }
    out
}

/// The text of a SARIF message: its signs for links and placeholders are escaped as SARIF 2.1.0 has it (3.11.5, 3.11.6).
pub(in crate::report) fn sarif(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '[' | ']' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '{' | '}' => {
                out.push(c);
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A path as a relative reference: nothing in it is a scheme, a query or a step upwards to a parser of addresses.
pub(in crate::report) fn reference(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The message of a workflow command.
pub(in crate::report) fn command(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c if is_treacherous(c) => out.push_str(&visible(c)),
            c => out.push(c),
        }
    }
    out
}

/// A property of a workflow command.
pub(in crate::report) fn command_property(text: &str) -> String {
    command(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "'=1", "＝1", "\r=1"] {
            assert!(cell(text).starts_with('\''), "{text}");
        }
        assert_eq!(cell("1,400 people"), "1,400 people");
        assert_eq!(cell("a\u{1b}[31m"), "a\\u{1b}[31m");
    }

    #[test]
    fn nothing_is_a_command() {
        assert_eq!(command("a\n::error::b%0A"), "a%0A::error::b%250A");
        assert_eq!(command_property("x,line=1::y"), "x%2Cline=1%3A%3Ay");
    }

    #[test]
    fn nothing_is_a_link_or_an_address() {
        assert_eq!(sarif("[a](0) {0} \\"), "\\[a\\](0) {{0}} \\\\");
        assert_eq!(reference("javascript:x?y#z é"), "javascript%3Ax%3Fy%23z%20%C3%A9");
        assert_eq!(xml("a\0b\u{ffff}\n"), "a\\u{0}b\\u{ffff}\n");
    }
}
