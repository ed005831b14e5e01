//! Plain text: paragraphs are what blank lines separate; line breaks inside them are kept.

use std::sync::Arc;

use super::charset::Decoded;
use super::metadata::guess_language;
use crate::model::{Block, Document, TextRange, Zone};

/// Reads plain text.
pub(super) fn read(decoded: Decoded) -> Document {
    // Offsets count the text as printed, so the text keeps its lines; only the byte order mark and carriage returns go.
    let text = decoded.text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n").replace('\0', " ");
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

fn paragraph(start: usize, end: usize) -> Block {
    Block::new(TextRange::new(start, end), Zone::Paragraph)
}
