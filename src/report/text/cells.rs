//! A text → cells that know their columns: one for each code point, escaped, with the mark that belongs below it.
//!
//! Everything that is measured, wrapped or marked on the terminal is cells, so that marks stay below their words
//! whatever the words are: wide characters take two columns, spelled-out controls as many as they need.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::pen::{Ink, Span};
use crate::report::escape::{Glyph, terminal_glyph};
use crate::report::marks::{Kind, Mark};

/// One code point as it is printed.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    glyph: Glyph,
    width: usize,
    /// Whether a line may end after it.
    breaks: bool,
    space: bool,
    mark: Option<Kind>,
    missing: bool,
}

/// Makes one cell for each code point.
pub(super) fn cells(text: &str, unicode: bool) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(text.len());
    let mut previous = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let glyph = terminal_glyph(previous, c, rest.peek().copied(), unicode);
        let width = match &glyph {
            Glyph::Char(c) => c.width().unwrap_or(0),
            Glyph::Text(text) => text.width(),
            Glyph::Nothing => 0,
        };
        // A line break has a sign of its own, which stays at the end of a line.
        let space = c.is_whitespace() && matches!(glyph, Glyph::Char(_));
        cells.push(Cell { glyph, width, breaks: c.is_whitespace() || width == 2, space, mark: None, missing: false });
        previous = Some(c);
    }
    cells
}

/// Puts marks below cells. A mark of no length goes below the space at its place, where there is one.
pub(super) fn mark(cells: &mut [Cell], marks: &[Mark]) {
    let length = cells.len();
    for mark in marks {
        if mark.from < mark.to {
            let range = mark.from.min(length)..mark.to.min(length);
            let inked = |at: &usize| !cells[*at].space;
            // Spaces at its ends belong to no word; a mark below spaces alone says that they differ.
            let (first, last) = (range.clone().find(inked), range.clone().rfind(inked));
            let range = first.zip(last).map_or(range, |(first, last)| first..last + 1);
            for cell in &mut cells[range] {
                cell.mark = cell.mark.max(Some(mark.kind));
            }
        } else if length > 0 {
            let before = mark.from.min(length).saturating_sub(1);
            let at = if cells[before].space || mark.from >= length { before } else { mark.from };
            cells[at].missing = true;
        }
    }
}

/// Columns of a stretch.
pub(super) fn width(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.width).sum()
}

/// Columns of a stretch without the spaces at its end.
pub(super) fn inked_width(cells: &[Cell]) -> usize {
    let end = cells.iter().rposition(|cell| !cell.space).map_or(0, |last| last + 1);
    width(&cells[..end])
}

/// Cuts a stretch into words with the spaces behind them; none is wider than `most`.
pub(super) fn words(cells: &[Cell], within: Range<usize>, most: usize) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = within.start;
    let mut columns = 0;
    for at in within.clone() {
        let cell = &cells[at];
        let continues_space = cell.space && at > start && cells[at - 1].space;
        let wide_begins = cell.width == 2 && !cell.space;
        let after_break = at > start && cells[at - 1].breaks && !cell.space;
        let overflows = columns + cell.width > most && !cell.space;
        if at > start && !continues_space && (after_break || wide_begins || overflows) {
            words.push(start..at);
            (start, columns) = (at, 0);
        }
        columns += cell.width;
    }
    if start < within.end {
        words.push(start..within.end);
    }
    words
}

/// The printed text of a stretch, with its marked words in `marked` ink.
pub(super) fn spans(cells: &[Cell], plain: Ink, marked: Ink) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for cell in cells {
        let ink = if cell.mark == Some(Kind::Heavy) { marked } else { plain };
        if spans.last().is_none_or(|last| last.ink != ink) {
            spans.push(Span::new("", ink));
        }
        if let Some(last) = spans.last_mut() {
            match &cell.glyph {
                Glyph::Char(c) => last.text.push(*c),
                Glyph::Text(text) => last.text.push_str(text),
                Glyph::Nothing => {}
            }
        }
    }
    spans
}

/// The line of marks below a stretch; blank where nothing is marked.
pub(super) fn marks_below(cells: &[Cell], unicode: bool) -> String {
    let (heavy, light) = if unicode { ('━', '┄') } else { ('^', '.') };
    let mut line = String::new();
    for (index, cell) in cells.iter().enumerate() {
        // A space at the end of a line is not printed, and neither is a mark below it.
        let trails = cell.space && cells[index..].iter().all(|cell| cell.space);
        let below = match cell.mark {
            _ if cell.missing => '^',
            Some(_) if trails => ' ',
            Some(Kind::Heavy) => heavy,
            Some(Kind::Light) => light,
            None => ' ',
        };
        let columns = if cell.missing { cell.width.max(1) } else { cell.width };
        line.push(if columns > 0 { below } else { continue });
        let fill = if cell.missing { ' ' } else { below };
        (1..columns).for_each(|_| line.push(fill));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heavy(from: usize, to: usize) -> Mark {
        Mark { from, to, kind: Kind::Heavy }
    }

    fn below(text: &str, marks: &[Mark]) -> String {
        let mut cells = cells(text, true);
        mark(&mut cells, marks);
        marks_below(&cells, false).trim_end().to_owned()
    }

    #[test]
    fn marks_stand_below_their_words() {
        assert_eq!(below("a red dog", &[heavy(2, 5)]), "  ^^^");
        assert_eq!(below("a \u{1b}red dog", &[heavy(3, 6)]), "        ^^^");
        assert_eq!(below("海岸 red", &[heavy(0, 2)]), "^^^^");
        assert_eq!(below("海岸 red", &[heavy(3, 6)]), "     ^^^");
        assert_eq!(below("a red dog", &[heavy(1, 6)]), "  ^^^");
        assert_eq!(below("e\u{301}te red", &[heavy(5, 8)]), "    ^^^");
    }

    #[test]
    fn a_missing_word_is_pointed_at_between_its_neighbours() {
        assert_eq!(below("we will", &[heavy(3, 3)]), "  ^");
        assert_eq!(below("we will", &[heavy(7, 7)]), "      ^");
        assert_eq!(below("we will", &[heavy(0, 0)]), "^");
        assert_eq!(below("we will", &[heavy(99, 120)]), "");
    }

    #[test]
    fn words_cover_the_text_and_fit() {
        let cells = cells("one  two 海岸 abcdefghij", true);
        let words = words(&cells, 0..cells.len(), 4);
        assert_eq!(words.first().map(|word| word.start), Some(0));
        assert_eq!(words.last().map(|word| word.end), Some(cells.len()));
        assert!(words.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(words.iter().all(|word| inked_width(&cells[word.clone()]) <= 4));
        assert_eq!(words.len(), 7);
    }
}
