//! Plain text: paragraphs are what blank lines separate; line breaks inside them are kept.

use std::borrow::Cow;
use std::sync::Arc;

use super::charset::Decoded;
use super::metadata::guess_language;
use crate::model::{Block, Document, TextRange, Within, Zone};

/// Reads plain text.
pub(super) fn read(decoded: Decoded) -> Document {
    // Offsets count the text as printed, so the text keeps its lines; only the byte order mark and carriage returns go.
    let text = decoded.text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n").replace('\0', " ");
    let text = unmarked(&text);
    let text = text.trim_end_matches('\n');
    let mut blocks: Vec<Block> = Vec::new();
    // Where the paragraph or entry that is being read begins and ends, and whether it is an entry of a list.
    let mut open: Option<(usize, usize, bool)> = None;
    let mut units = 0;
    let mut close = |open: &mut Option<(usize, usize, bool)>| {
        if let Some((start, end, entry)) = open.take() {
            units += u32::from(entry);
            let unit = if entry { units } else { 0 };
            let zone = if entry { Zone::ListItem } else { Zone::Paragraph };
            let within = Within { unit, ..Within::default() };
            blocks.push(Block { within, ..Block::new(TextRange::new(start, end), zone) });
        }
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut at = 0;
    for (number, line) in lines.iter().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            close(&mut open);
        } else {
            let first = at + (line.len() - line.trim_start().len());
            let end = first + trimmed.len();
            let entry = begins_entry(&lines, number);
            if entry {
                close(&mut open);
            }
            open = Some(open.map_or((first, end, entry), |(start, _, entry)| (start, end, entry)));
        }
        at += line.len();
    }
    close(&mut open);
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

/// Whether a line begins an entry of a list: the same mark or the next number stands before one close by.
fn begins_entry(lines: &[&str], number: usize) -> bool {
    /// Lines of one entry.
    const ENTRY: usize = 12;
    let Some(own) = entry_mark(lines[number]) else { return false };
    let same = |line: &&str| entry_mark(line).is_some_and(|mark| mark == own);
    let before = lines[..number].iter().rev().take(ENTRY);
    let behind = lines[number + 1..].iter().take(ENTRY);
    // A dash may open speech as well, so it takes a neighbour right beside it.
    if matches!(own, Mark::Sign('-' | '–' | '—')) {
        return before.take(1).any(&same) || behind.take(1).any(&same);
    }
    before.chain(behind).any(same)
}

/// What stands before an entry of a list.
#[derive(PartialEq, Eq)]
enum Mark {
    Sign(char),
    /// A number, and what stands behind it.
    Number(char),
}

fn entry_mark(line: &str) -> Option<Mark> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = line[digits..].chars();
    let sign = rest.next()?;
    let set_off = rest.next().is_some_and(|c| matches!(c, ' ' | '\t' | '\u{a0}'));
    match (digits, sign) {
        (0, '*' | '•' | '‣' | '◦' | '▪' | '·' | '-' | '–' | '—' | '+') if set_off => {
            Some(Mark::Sign(sign))
        }
        (1..=3, '.' | ')') if set_off => Some(Mark::Number(sign)),
        _ => None,
    }
}
