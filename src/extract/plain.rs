//! Plain text: paragraphs are what blank lines separate; line breaks inside them are kept.

use std::borrow::Cow;
use std::sync::Arc;

use super::charset::Decoded;
use super::metadata::guess_language;
use crate::model::{Block, Document, TextRange, Zone};

/// Reads plain text.
pub(super) fn read(decoded: Decoded) -> Document {
    // Offsets count the text as printed, so the text keeps its lines; only the byte order mark and carriage returns go.
    let text = decoded.text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n").replace('\0', " ");
    let text = unmarked(&text);
    let text = text.trim_end_matches('\n');
    let mut blocks = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            if let Some(start) = start.take() {
                blocks.push(paragraph(start, end));
            }
        } else {
            let first = at + (line.len() - line.trim_start().len());
            start.get_or_insert(first);
            end = first + trimmed.len();
        }
        at += line.len();
    }
    if let Some(start) = start {
        blocks.push(paragraph(start, end));
    }
    Document {
        language: guess_language(text),
        text: Arc::from(text),
        blocks,
        title: None,
        outlet: None,
        published: None,
        charset: decoded.charset,
        replacements: decoded.replacements,
    }
}

/// A text without the marks that quote an earlier message line by line (`> `, RFC 3676, section 4.5); a space stands in
/// place of each, so that offsets stay. Two lines in a row quote; one that begins with the sign may be about a number.
fn unmarked(text: &str) -> Cow<'_, str> {
    let quotes = |line: &str| line.starts_with('>') && line[1..].starts_with([' ', '>', '\n']) || line == ">";
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    if !lines.windows(2).any(|pair| quotes(pair[0]) && quotes(pair[1])) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (number, line) in lines.iter().enumerate() {
        let beside = number.checked_sub(1).is_some_and(|before| quotes(lines[before]))
            || lines.get(number + 1).is_some_and(|next| quotes(next));
        if quotes(line) && beside {
            let marks = line.find(|c| !matches!(c, '>' | ' ')).unwrap_or(line.len());
            out.extend(std::iter::repeat_n(' ', marks));
            out.push_str(&line[marks..]);
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

fn paragraph(start: usize, end: usize) -> Block {
    Block::new(TextRange::new(start, end), Zone::Paragraph)
}
