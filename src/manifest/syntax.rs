//! The text as TOML: its tables, as far as they can be read, and every place where it is not TOML.
//!
//! The parser recovers from most mistakes on its own, but gives up the rest of the file after a key without a
//! value, and lets a bracket that nobody closed swallow what follows. Both are cut out here and the text is read
//! again, so that one slip does not hide the other mistakes of the file, nor make up new ones.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::shown;

/// How often a text is read again at most; each round mends at least one mistake.
const ROUNDS: usize = 24;
/// How many bytes all rounds together may read, so that a large hostile file is not read two dozen times.
const BUDGET: usize = 96 << 20;
/// How many mistakes of one round are looked at; more than anybody reads.
const MISTAKES: usize = 20_000;

/// A place where the text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) code: &'static str,
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) remedy: Option<String>,
}

/// A text that the parser can read to its end: the same length, with what hinders it replaced by spaces.
pub(crate) struct Mended {
    pub(crate) text: String,
    /// Every mistake, those that were cut out included.
    pub(crate) errors: Vec<SyntaxError>,
    /// What was cut out.
    pub(crate) cut: Vec<Range<usize>>,
}

/// Cuts out of a text what keeps the parser from reading its rest.
pub(crate) fn mend(original: &str) -> Mended {
    let mut text = original.to_owned();
    let mut known: Vec<SyntaxError> = Vec::new();
    let mut cut: Vec<Range<usize>> = Vec::new();
    let mut budget = BUDGET;
    for round in 0.. {
        let (document, errors) = DeTable::parse_recoverable(&text);
        let mut found: Vec<SyntaxError> = errors
            .iter()
            .filter_map(|error| describe(error.message(), error.span().unwrap_or(0..0), original))
            .filter(|error| !touches_any(&cut, &error.span))
            .take(MISTAKES)
            .collect();
        found.sort_by_key(|error| error.span.start);
        budget = budget.saturating_sub(text.len());
        let mut cuts = if round < ROUNDS && budget > 0 { stops(&text, &found) } else { Vec::new() };
        if cuts.is_empty() && round < ROUNDS && budget > 0 {
            cuts.extend(unclosed(&text, document.get_ref(), &found));
        }
        if cuts.is_empty() {
            known.extend(found);
            break;
        }
        drop(document);
        text = blank(text, cuts.iter().map(|cut| &cut.range));
        for Cut { range, error } in cuts {
            known.push(error);
            cut.push(range);
        }
        cut.sort_by_key(|range| range.start);
    }
    known.sort_by_key(|error| error.span.start);
    known.dedup_by(|later, earlier| later.span == earlier.span && later.message == earlier.message);
    Mended { text, errors: known, cut }
}

/// Something to cut out, and the mistake that it is.
struct Cut {
    range: Range<usize>,
    error: SyntaxError,
}

/// Lines after which the parser gives up: a key without a value, a header that is not closed.
fn stops(text: &str, errors: &[SyntaxError]) -> Vec<Cut> {
    const MESSAGES: [&str; 5] =
        ["key with no value", "missing value for key", "unclosed table", "unclosed array table", "invalid table"];
    let mut cuts: Vec<Cut> = Vec::new();
    for error in errors.iter().filter(|error| MESSAGES.contains(&error.message.as_str())) {
        let at = error.span.start.min(text.len());
        let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |line_feed| line_feed + 1);
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
        let seen = cuts.last().is_some_and(|last| last.range.start == start);
        if start < end && !seen {
            cuts.push(Cut { range: start..end, error: error.clone() });
        }
    }
    cuts
}

/// The outermost values that were never closed and run on into the tables after them.
fn unclosed(text: &str, document: &DeTable<'_>, errors: &[SyntaxError]) -> Vec<Cut> {
    if errors.is_empty() {
        return Vec::new();
    }
    let lines = Boundaries::new(text);
    let mut cuts = Vec::new();
    search(text, document, errors, &lines, &mut cuts);
    cuts
}

fn search(text: &str, table: &DeTable<'_>, errors: &[SyntaxError], lines: &Boundaries, cuts: &mut Vec<Cut>) {
    for value in table.values() {
        match value.get_ref() {
            DeValue::Table(inner) if !text[value.span()].starts_with('{') => search(text, inner, errors, lines, cuts),
            DeValue::Array(items) if text[value.span()].starts_with("[[") && items.iter().all(is_table) => {
                for item in items.iter() {
                    if let DeValue::Table(inner) = item.get_ref() {
                        search(text, inner, errors, lines, cuts);
                    }
                }
            }
            DeValue::String(_) | DeValue::Array(_) | DeValue::Table(_) => {
                cuts.extend(runaway(text, value, errors, lines));
            }
            _ => {}
        }
    }
}

/// Cuts a value that was never closed from its beginning to the line before the next table or key.
fn runaway(text: &str, value: &Spanned<DeValue<'_>>, errors: &[SyntaxError], lines: &Boundaries) -> Option<Cut> {
    let span = value.span();
    let raw = &text[span.clone()];
    let first = errors.partition_point(|error| error.span.start < span.start);
    if errors.get(first)?.span.start > span.end {
        return None;
    }
    let (kind, close, end) = match value.get_ref() {
        DeValue::Array(_) => {
            let header = lines.first(&lines.headers, &span);
            let key = lines.first(&lines.keys, &span).filter(|key| !text[span.start..*key].contains('{'));
            ("array", "]", [header, key].into_iter().flatten().min()?)
        }
        DeValue::Table(_) => ("inline table", "}", lines.first(&lines.headers, &span)?),
        DeValue::String(_) => {
            let marks = ["\"\"\"", "'''"].into_iter().find(|marks| raw.starts_with(marks))?;
            if raw.len() >= 6 && raw.ends_with(marks) {
                return None;
            }
            ("string", marks, lines.first(&lines.headers, &span)?)
        }
        _ => return None,
    };
    let opening = span.start..span.start + if kind == "string" { 3 } else { 1 };
    let error = SyntaxError {
        code: "syntax",
        span: opening,
        message: format!("unclosed {kind}"),
        remedy: Some(format!("close it with `{close}`")),
    };
    // The line feed before the next line is no part of what is broken.
    Some(Cut { range: span.start..(end - 1).max(span.start), error })
}

fn is_table(value: &Spanned<DeValue<'_>>) -> bool {
    value.get_ref().is_table()
}

/// Offsets of lines that look like the header of a table, and of lines that look like a key.
struct Boundaries {
    headers: Vec<usize>,
    keys: Vec<usize>,
}

impl Boundaries {
    fn new(text: &str) -> Self {
        let mut lines = Self { headers: Vec::new(), keys: Vec::new() };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if is_header(line) {
                lines.headers.push(start);
            } else if is_key(line) {
                lines.keys.push(start);
            }
            start += line.len();
        }
        lines
    }

    /// The first of them inside a span, its beginning excluded.
    fn first(&self, offsets: &[usize], span: &Range<usize>) -> Option<usize> {
        let at = offsets.partition_point(|offset| *offset <= span.start);
        offsets.get(at).copied().filter(|offset| *offset < span.end)
    }
}

fn is_header(line: &str) -> bool {
    let Some(inner) = line.trim().strip_prefix('[') else { return false };
    let inner = inner.strip_prefix('[').unwrap_or(inner).trim_start();
    let Some((name, rest)) = inner.split_once(']') else { return false };
    let rest = rest.strip_prefix(']').unwrap_or(rest).trim_start();
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.contains(',')
        && (rest.is_empty() || rest.starts_with('#'))
}

fn is_key(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    rest.len() < line.len() && rest.trim_start().starts_with('=')
}

/// Whether a span overlaps one of the ranges or stands beside it; the ranges are sorted and do not overlap.
pub(crate) fn touches_any(ranges: &[Range<usize>], span: &Range<usize>) -> bool {
    let after = ranges.partition_point(|range| range.start <= span.end);
    after > 0 && ranges[after - 1].end >= span.start
}

/// The text with ranges replaced by as many bytes of space; line ends stay.
fn blank<'r>(text: String, ranges: impl Iterator<Item = &'r Range<usize>>) -> String {
    let mut bytes = text.into_bytes();
    for range in ranges {
        bytes[range.clone()].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
    // The ranges begin and end between characters, so what is left is whole.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Says what the parser says, in our words: what is wrong, and apart from it what to write.
fn describe(message: &str, span: Range<usize>, text: &str) -> Option<SyntaxError> {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let span = span.start.min(text.len())..span.end.min(text.len());
    let at = text.get(span.clone())?;
    let before = text.get(..span.start)?;
    let error = |code, message: String, remedy: &str| SyntaxError {
        code,
        span: span.clone(),
        message,
        remedy: Some(remedy.to_owned()).filter(|remedy| !remedy.is_empty()),
    };
    Some(match what {
        "duplicate key" if at == "claim" => error(
            "duplicate-key",
            format!("duplicate key {}", shown(at)),
            "write each claim as `[[claim]]`, with two brackets",
        ),
        "duplicate key" => error("duplicate-key", format!("duplicate key {}", shown(at)), "keep one of them"),
        "string values must be quoted" if at.is_empty() => {
            error("syntax", "a value is missing".to_owned(), "write one after the `=`")
        }
        "string values must be quoted" if at.starts_with(['“', '”', '„', '«', '‘', '’']) => error(
            "syntax",
            "typographic marks do not delimit a string".to_owned(),
            "put \" or ' around it; typographic marks may stand inside",
        ),
        "string values must be quoted" => {
            error("syntax", "a string without quotation marks".to_owned(), "put \" or ' around it")
        }
        "unexpected key or value" if before.ends_with(['"', '\'']) => error(
            "syntax",
            "unexpected text after the string".to_owned(),
            "if the mark before it belongs to the string, put ''' around the whole string",
        ),
        "missing escaped value" => error(
            "syntax",
            "unknown escape in a string".to_owned(),
            "write \\\\ for a backslash, or put ' around the string",
        ),
        "cannot recurse further; max recursion depth met" | "recursion limit" => {
            error("too-deep", "nested too deep".to_owned(), "a manifest needs three levels")
        }
        _ if what.starts_with("invalid date") || what.starts_with("invalid time") => {
            error("bad-date", what.to_owned(), "write a date as 2024-03-23")
        }
        _ if expected.is_empty() => error("syntax", what.to_owned(), ""),
        _ => error("syntax", what.to_owned(), &format!("expected {expected}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<(usize, String)> {
        mend(text).errors.into_iter().map(|error| (error.span.start, error.message)).collect()
    }

    fn keys(text: &str) -> String {
        let mended = mend(text);
        assert_eq!(mended.text.len(), text.len());
        let (document, _) = DeTable::parse_recoverable(&mended.text);
        format!("{:?}", document.get_ref().keys().map(|key| key.get_ref().to_string()).collect::<Vec<_>>())
    }

    #[test]
    fn a_key_without_a_value_does_not_hide_the_rest() {
        let text = "a = 1\nstatement\nb = 2\nother\nc = [1,,2]\n";
        assert_eq!(
            messages(text),
            [(15, "key with no value".into()), (27, "key with no value".into()), (35, "extra comma in array".into())]
        );
        assert_eq!(keys(text), r#"["a", "b", "c"]"#);
    }

    #[test]
    fn an_unclosed_bracket_is_one_mistake() {
        let text = "[[claim]]\nsource = [\"x\"\n[[claim]]\nb = 2\n[[claim]]\nc=3\n";
        assert_eq!(messages(text), [(19, "unclosed array".into())]);
        let text = "a = [\n  \"x\",\nb = 2\nc = { d = 1\n[e]\n";
        assert_eq!(messages(text), [(4, "unclosed array".into()), (23, "unclosed inline table".into())]);
        assert_eq!(keys(text), r#"["a", "b", "c", "e"]"#);
        let text = "a = \"\"\"x\nb=2\n[[claim]]\nc=[1,,]";
        assert_eq!(messages(text), [(4, "unclosed string".into()), (28, "extra comma in array".into())]);
    }

    #[test]
    fn a_header_inside_a_closed_string_is_no_boundary() {
        let text = "a = '''\n[[claim]]\n'''\nb = [1,,2]\n";
        assert_eq!(messages(text), [(29, "extra comma in array".into())]);
    }

    #[test]
    fn deep_nesting_is_refused_without_harm() {
        for text in [
            format!("a={}", "[".repeat(200_000)),
            format!("a={}", "{a=".repeat(200_000)),
            format!("{}a=1", "a.".repeat(200_000)),
        ] {
            assert!(mend(&text).errors.iter().any(|error| error.code == "too-deep"));
        }
    }
}
