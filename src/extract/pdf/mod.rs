//! PDF: bytes → text with page numbers, in two steps, so that the first can run in a process of its own.
//!
//! [`read`] runs foreign engines over hostile bytes and gives a [`PdfText`], plain data that crosses between processes;
//! [`document`] makes the reading of it. Running heads and feet stand behind the paragraph that they interrupt, so that a
//! sentence over two pages stays one.

mod columns;
mod engines;
mod glyph;
mod layout;
mod line;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use engines::PdfEngine;
use engines::{MAX_PAGES, pages};
use glyph::{MAX_GLYPHS, Page};
use layout::{Paragraph, Part};
use line::Line;

use super::text::TextBuilder;
use crate::model::{Document, Failure, Heads, Obstacle, Reading, Reason, Zone};

/// In place of the name of a charset: what characters are is said by the fonts.
pub(super) const NO_CHARSET: &str = "none";
/// Bytes of text that are kept of one document.
const MAX_TEXT: usize = 64 << 20;
/// Share of a page's height, at its top and at its foot, in which running heads and feet stand.
const MARGIN: f64 = 0.1;
/// Bytes at the end of a file in which the mark of its end stands.
const END: usize = 2_048;
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
    /// Pages that hold pictures and no text: scans, as far as anybody can tell.
    pub pictured: Vec<u32>,
    /// Pages that could not be drawn to their end.
    pub broken: Vec<u32>,
    /// Whether the file breaks off before its end.
    pub broken_off: bool,
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
        pictured: numbers(&pages, |page| page.glyphs.is_empty() && page.pictures > 0),
        broken: numbers(&pages, |page| page.broken),
        broken_off: breaks_off(bytes),
        ..PdfText::default()
    };
    let mut held: Vec<PdfBlock> = Vec::new();
    let mut written = 0;
    let mut headed = false;
    for page in &pages {
        let mut interrupted = text.blocks.last().is_some_and(|block| is_unfinished(&block.text));
        let mut notes = Vec::new();
        let lines = layout::lines(page);
        let margins = Margins::of(page, &lines);
        if page.pictures > 0 && is_stamped(page, &lines, &margins) {
            text.pictured.push(page.number);
        }
        let (edge, body): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| {
            line.numbering
                || margins.contain(line) && (running.contains_key(&key(&line.text)) || is_page_number(&line.text))
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
                            &mut written,
                            PdfBlock { text: cell.text, kind: PdfKind::Cell, page: page.number, head },
                        );
                    }
                }
                // A line in small type above the rest of a sentence is no part of it, though it stands on this page alone.
                Part::Paragraph(paragraph)
                    if interrupted
                        && paragraph.lines == 1
                        && paragraph.size < size * 0.92
                        && paragraph.bottom < margins.top =>
                {
                    let kind = PdfKind::Running;
                    held.push(PdfBlock { text: paragraph.text, kind, page: page.number, head: None });
                    continue;
                }
                Part::Paragraph(paragraph) => {
                    let kind = kind(&paragraph, page, size, &mut headed);
                    let block = PdfBlock { text: paragraph.text, kind, page: page.number, head: None };
                    if kind == PdfKind::Footnote {
                        notes.push(block);
                    } else {
                        push(&mut text, &mut written, block);
                    }
                }
            }
            if interrupted {
                // The sentence is whole again: now what stood between its halves.
                interrupted = false;
                for block in held.drain(..) {
                    push(&mut text, &mut written, block);
                }
            }
        }
        held.extend(notes);
        if !text.blocks.last().is_some_and(|block| is_unfinished(&block.text)) {
            for block in held.drain(..) {
                push(&mut text, &mut written, block);
            }
        }
    }
    for block in held {
        push(&mut text, &mut written, block);
    }
    if text.blocks.iter().all(|block| !block.text.chars().any(char::is_alphanumeric)) {
        if text.broken_off {
            let detail = "the PDF breaks off, and nothing of its text can be read: the end of the file is missing";
            return Err(Failure::new(Reason::Truncated, detail));
        }
        let detail = match text.unmapped {
            0 if text.pictured.is_empty() => format!("the PDF holds no text on its {} pages", text.pages),
            0 => format!("the PDF holds no text on its {} pages: they are pictures (a scan)", text.pages),
            unmapped => format!("the fonts of the PDF do not say what its {unmapped} characters are"),
        };
        return Err(Failure::new(Reason::NoText, detail));
    }
    Ok(text)
}

/// Whether all the text of a page is a stamp at its edge, with a date or a number, as archives and scanners print it.
fn is_stamped(page: &Page, lines: &[Line], margins: &Margins) -> bool {
    (1..=3).contains(&lines.len())
        && page.glyphs.len() <= 240
        && lines.iter().all(|line| margins.contain(line))
        && lines.iter().any(|line| line.text.contains(|c: char| c.is_ascii_digit()))
}

/// The numbers of the pages of which something holds.
fn numbers(pages: &[Page], holds: impl Fn(&Page) -> bool) -> Vec<u32> {
    pages.iter().filter(|page| holds(page)).map(|page| page.number).collect()
}

/// Whether a file breaks off: the mark of its end is missing (ISO 32000-1, 7.5.5). Readers look for it in the last 1,024
/// bytes; a little more may follow.
fn breaks_off(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[bytes.len().saturating_sub(END)..], b"%%EOF").is_none()
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
    // The table of the block before, and its column.
    let (mut table, mut column) = (0, 0);
    for block in &text.blocks {
        let zone = match block.kind {
            PdfKind::Headline => Zone::Headline,
            PdfKind::Subheading => Zone::Subheading,
            PdfKind::Paragraph => Zone::Paragraph,
            PdfKind::Footnote => Zone::Footnote,
            PdfKind::Cell => Zone::TableCell,
            PdfKind::Running => Zone::RunningHead,
        };
        // Where rows begin is a guess from positions; that cells stand apart is not.
        let around = builder.within();
        if block.kind == PdfKind::Cell {
            builder.begin_unit();
            table = if table == 0 { builder.begin_table() } else { table };
        } else {
            table = 0;
        }
        let pushed = builder.push_lines(&block.text, zone);
        if let Some(own) = pushed {
            own.page = Some(block.page);
            if block.kind == PdfKind::Cell {
                own.heads = block.head.as_deref().map(Heads::of_row).unwrap_or_default();
                column = if block.head.is_some() { column + 1 } else { 0 };
                own.within.table = table;
                own.within.column = column;
            }
        }
        builder.return_to(around);
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
    let unread = unread(&text);
    Reading { more: engine == PdfEngine::First, ..super::finish(document, obstacles, unread, engine.name()) }
}

/// What part of a PDF nobody could read.
fn unread(text: &PdfText) -> Option<Obstacle> {
    let listed = |pages: &[u32]| {
        let mut shown: Vec<String> = pages.iter().take(5).map(u32::to_string).collect();
        if pages.len() > shown.len() {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    };
    let of = |reason, detail| Some(Obstacle { reason, detail });
    if text.broken_off {
        of(Reason::Truncated, "the PDF breaks off: pages behind its end may be missing".to_owned())
    } else if !text.broken.is_empty() {
        of(
            Reason::Damaged,
            format!("pages of the PDF are damaged and were not read to their end: {}", listed(&text.broken)),
        )
    } else if !text.pictured.is_empty() {
        of(Reason::NoText, format!("pages of the PDF are pictures without text (a scan): {}", listed(&text.pictured)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
