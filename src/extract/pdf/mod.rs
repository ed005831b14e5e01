//! PDF: bytes → text with page numbers, in two steps, so that the first can run in a process of its own.
//!
//! [`read`] runs foreign engines over hostile bytes and gives a [`PdfText`], plain data that crosses between processes;
//! [`document`] makes the reading of it. Running heads and feet stand behind the paragraph that they interrupt, so that a
//! sentence over two pages stays one.

mod engines;
mod glyph;
mod layout;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use engines::PdfEngine;
use engines::{MAX_PAGES, pages};
use glyph::{MAX_GLYPHS, Page};
use layout::{Line, Paragraph, Part};

use super::text::TextBuilder;
use crate::model::{Document, Failure, Obstacle, Reading, Reason, Zone};

/// In place of the name of a charset: what characters are is said by the fonts.
pub(super) const NO_CHARSET: &str = "none";
/// Bytes of text that are kept of one document.
const MAX_TEXT: usize = 64 << 20;
/// Share of a page's height, at its top and at its foot, in which running heads and feet stand.
const MARGIN: f64 = 0.1;
/// Lines at either edge of a page that may be running heads or feet.
const RUNNING_LINES: usize = 3;

/// What an engine reads out of a PDF.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfText {
    /// How many pages it has.
    pub pages: usize,
    /// Its text, in reading order.
    pub blocks: Vec<PdfBlock>,
    /// Characters whose font does not say what they are.
    pub unmapped: usize,
    /// Whether text was left out because a limit was reached.
    pub cut: bool,
}

/// A paragraph, heading or cell of a PDF.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PdfBlock {
    /// Its text; lines are separated by line feeds.
    pub text: String,
    /// What it is.
    pub kind: PdfKind,
    /// Page, from 1.
    pub page: u32,
    /// For a cell, the first cell of its row.
    pub head: Option<String>,
}

/// What a block of a PDF is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PdfKind {
    /// The heading of the first page.
    Headline,
    /// Another heading.
    Subheading,
    /// Running text.
    Paragraph,
    /// A note at the foot of a page.
    Footnote,
    /// A cell of a table.
    Cell,
    /// A running head or foot, or a page number.
    Running,
}

/// Reads the text of a PDF.
///
/// # Errors
///
/// `encrypted`, `damaged`, or `no-text` where its pages hold pictures alone.
pub fn read(bytes: &[u8], engine: PdfEngine) -> Result<PdfText, Failure> {
    let pages = pages(bytes, engine)?;
    let running = running_lines(&pages);
    let size = body_size(&pages);
    let mut text = PdfText {
        pages: pages.len(),
        unmapped: pages.iter().map(|page| page.unmapped).sum(),
        cut: pages.len() >= MAX_PAGES || pages.iter().any(|page| page.glyphs.len() >= MAX_GLYPHS),
        ..PdfText::default()
    };
    let mut held: Vec<PdfBlock> = Vec::new();
    let mut bytes = 0;
    let mut headed = false;
    for page in &pages {
        let mut interrupted = text.blocks.last().is_some_and(|block| is_unfinished(&block.text));
        let mut notes = Vec::new();
        let lines = layout::lines(page);
        let margins = Margins::of(page, &lines);
        let (edge, body): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| {
            margins.contain(line) && (running.contains_key(&key(&line.text)) || is_page_number(&line.text))
        });
        for line in edge {
            held.push(PdfBlock { text: line.text, kind: PdfKind::Running, page: page.number, head: None });
        }
        for part in layout::parts(&body) {
            match part {
                Part::Row(cells) => {
                    let head = cells.first().map(|cell| cell.text.clone());
                    for (column, cell) in cells.into_iter().enumerate() {
                        let head = head.clone().filter(|_| column > 0);
                        push(
                            &mut text,
                            &mut bytes,
                            PdfBlock { text: cell.text, kind: PdfKind::Cell, page: page.number, head },
                        );
                    }
                }
                Part::Paragraph(paragraph) => {
                    let kind = kind(&paragraph, page, size, &mut headed);
                    let block = PdfBlock { text: paragraph.text, kind, page: page.number, head: None };
                    if kind == PdfKind::Footnote {
                        notes.push(block);
                    } else {
                        push(&mut text, &mut bytes, block);
                    }
                }
            }
            if interrupted {
                // The sentence is whole again: now what stood between its halves.
                interrupted = false;
                for block in held.drain(..) {
                    push(&mut text, &mut bytes, block);
                }
            }
        }
        held.extend(notes);
        if !text.blocks.last().is_some_and(|block| is_unfinished(&block.text)) {
            for block in held.drain(..) {
                push(&mut text, &mut bytes, block);
            }
        }
    }
    for block in held {
        push(&mut text, &mut bytes, block);
    }
    if text.blocks.iter().all(|block| !block.text.chars().any(char::is_alphanumeric)) {
        let detail = match text.unmapped {
            0 => format!("the PDF holds no text on its {} pages: they are pictures (a scan)", text.pages),
            unmapped => format!("the fonts of the PDF do not say what its {unmapped} characters are"),
        };
        return Err(Failure::new(Reason::NoText, detail));
    }
    Ok(text)
}

fn push(text: &mut PdfText, bytes: &mut usize, block: PdfBlock) {
    *bytes += block.text.len();
    if *bytes > MAX_TEXT {
        text.cut = true;
    } else {
        text.blocks.push(block);
    }
}

/// Whether a text breaks off in the middle of a sentence.
fn is_unfinished(text: &str) -> bool {
    !text.trim_end_matches(['"', '”', '’', ')', ']', '»', ' ']).ends_with(['.', '!', '?', ':', '。', '！', '？', '…'])
}

/// The heights between which a page's own text stands: what lies above or below may be a running head or foot.
struct Margins {
    top: f64,
    foot: f64,
}

impl Margins {
    fn of(page: &Page, lines: &[Line]) -> Self {
        let mut heights: Vec<f64> = lines.iter().map(|line| line.y).collect();
        heights.sort_by(f64::total_cmp);
        heights.dedup_by(|next, last| (*next - *last).abs() < 3.0);
        let (first, last) = (heights.first().copied().unwrap_or(0.0), heights.last().copied().unwrap_or(0.0));
        // Some pages are cut out of a larger sheet, and their text stands beyond the edges that they announce.
        let announced = page.height > 0.0 && first >= 0.0 && last <= page.height;
        let (from, to) = if announced { (0.0, page.height) } else { (first, last) };
        let margin = (to - from) * MARGIN;
        // Nor is more than a few lines of a page a running head.
        let outermost = |at: Option<&f64>, otherwise: f64| at.copied().unwrap_or(otherwise);
        Self {
            top: (from + margin).min(outermost(heights.get(RUNNING_LINES), f64::MAX) - 1.0),
            foot: (to - margin).max(outermost(heights.iter().rev().nth(RUNNING_LINES), f64::MIN) + 1.0),
        }
    }

    fn contain(&self, line: &Line) -> bool {
        line.y < self.top || line.y > self.foot
    }
}

/// A line as compared between pages: its numbers count as the same.
fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

fn is_page_number(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let roman = |word: &str| word.len() <= 6 && word.bytes().all(|byte| b"ivxlc".contains(&byte));
    match words.as_slice() {
        [word] => number(word) || roman(word),
        [label, word] => label.chars().count() <= 6 && !number(label) && number(word),
        [first, of, last] => number(first) && of.chars().count() <= 3 && number(last),
        [label, first, of, last] => {
            label.chars().count() <= 6 && number(first) && of.chars().count() <= 3 && number(last)
        }
        _ => false,
    }
}

/// Lines that stand at the edge of several pages.
fn running_lines(pages: &[Page]) -> HashMap<String, usize> {
    let mut counted: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let lines = layout::lines(page);
        let margins = Margins::of(page, &lines);
        let mut own: Vec<String> = lines
            .iter()
            .filter(|line| margins.contain(line) && line.text.chars().count() <= 120)
            .map(|line| key(&line.text))
            .collect();
        own.sort_unstable();
        own.dedup();
        for line in own {
            *counted.entry(line).or_default() += 1;
        }
    }
    let wanted = if pages.len() < 4 { pages.len().max(2) } else { 3 };
    counted.retain(|_, count| *count >= wanted);
    counted
}

/// The size in which most of the document is set.
fn body_size(pages: &[Page]) -> f64 {
    let mut sizes: HashMap<i64, usize> = HashMap::new();
    for glyph in pages.iter().flat_map(|page| &page.glyphs) {
        *sizes.entry((glyph.size * 2.0).round() as i64).or_default() += 1;
    }
    let most = sizes.into_iter().max_by_key(|(size, count)| (*count, *size));
    most.map_or(0.0, |(size, _)| size as f64 / 2.0)
}

fn kind(paragraph: &Paragraph, page: &Page, size: f64, headed: &mut bool) -> PdfKind {
    if paragraph.size > size * 1.2 && paragraph.lines <= 4 && paragraph.text.chars().count() < 300 {
        let first = page.number == 1 && !*headed;
        *headed |= first;
        return if first { PdfKind::Headline } else { PdfKind::Subheading };
    }
    let marked =
        paragraph.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³'));
    if paragraph.size < size * 0.92 && marked && paragraph.top > page.height * 0.5 {
        return PdfKind::Footnote;
    }
    PdfKind::Paragraph
}

/// Makes a document of what was read.
pub fn document(text: PdfText, engine: PdfEngine) -> Reading {
    let mut builder = TextBuilder::default();
    for block in &text.blocks {
        let zone = match block.kind {
            PdfKind::Headline => Zone::Headline,
            PdfKind::Subheading => Zone::Subheading,
            PdfKind::Paragraph => Zone::Paragraph,
            PdfKind::Footnote => Zone::Footnote,
            PdfKind::Cell => Zone::TableCell,
            PdfKind::Running => Zone::RunningHead,
        };
        if let Some(own) = builder.push_lines(&block.text, zone) {
            own.page = Some(block.page);
            own.heads = block.head.iter().cloned().collect();
        }
    }
    let title =
        text.blocks.iter().find(|block| block.kind == PdfKind::Headline).map(|block| block.text.replace('\n', " "));
    let mut document: Document = builder.finish(NO_CHARSET, text.unmapped);
    document.title = title;
    let obstacles = if text.cut {
        let detail = format!("only the beginning of the PDF was read: its {} pages pass a limit", text.pages);
        vec![Obstacle { reason: Reason::TooLarge, detail }]
    } else {
        Vec::new()
    };
    Reading { more: engine == PdfEngine::First, ..super::finish(document, obstacles, engine.name()) }
}

#[cfg(test)]
mod tests;
