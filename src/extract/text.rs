//! Building a document: blocks one after the other, separated by one line feed.

use std::ops::Range;
use std::sync::Arc;

use super::metadata::guess_language;
use crate::model::{Block, Document, TextRange, Within, Zone};

/// A document that is being written.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    out: String,
    blocks: Vec<Block>,
    /// What the next blocks stand within.
    within: Within,
    /// The highest numbers that were given.
    given: Within,
}

impl TextBuilder {
    /// An entry begins: what is pushed from now on belongs to it and to none before.
    pub(super) fn begin_entry(&mut self) {
        self.given.entry += 1;
        self.within = Within { entry: self.given.entry, ..Within::default() };
    }

    /// The entries are over: what is pushed from now on is the text around them.
    pub(super) fn end_entries(&mut self) {
        self.within = Within::default();
    }

    /// A row of a table begins.
    pub(super) fn begin_row(&mut self) {
        self.given.row += 1;
        self.within = Within { row: self.given.row, ..self.within };
    }

    /// A table begins: its number.
    pub(super) fn begin_table(&mut self) -> u32 {
        self.given.table += 1;
        self.given.table
    }

    /// A cell or list item begins.
    pub(super) fn begin_unit(&mut self) {
        self.given.unit += 1;
        self.within.unit = self.given.unit;
    }

    /// What the next blocks stand within, to be set again when something inside it is over.
    pub(super) fn within(&self) -> Within {
        self.within
    }

    /// What the next blocks stand within is again what it was.
    pub(super) fn return_to(&mut self, within: Within) {
        self.within = within;
    }

    /// Adds a block with its white space folded to single spaces; `None` where nothing is left of it.
    pub(super) fn push(&mut self, text: &str, zone: Zone) -> Option<&mut Block> {
        let start = self.begin();
        for word in text.split([' ', '\n', '\t', '\r', '\u{c}', '\0']).filter(|word| !word.is_empty()) {
            if self.out.len() > start {
                self.out.push(' ');
            }
            self.out.push_str(word);
        }
        self.end(start, zone)
    }

    /// Adds a block that keeps its line breaks; white space inside its lines is folded.
    pub(super) fn push_lines(&mut self, text: &str, zone: Zone) -> Option<&mut Block> {
        let start = self.begin();
        for line in text.split(['\n', '\r']) {
            let mut first = true;
            for word in line.split([' ', '\t', '\u{c}', '\0']).filter(|word| !word.is_empty()) {
                if self.out.len() > start {
                    self.out.push(if first { '\n' } else { ' ' });
                }
                first = false;
                self.out.push_str(word);
            }
        }
        self.end(start, zone)
    }

    /// Adds the blocks of another document, with zones as `zone` turns them.
    pub(super) fn append(&mut self, other: &Document, zone: impl Fn(&Block) -> Zone) {
        let given = self.given;
        // Numbers of the other document follow those of this one; where it has none, the surroundings count.
        let moved = |around: u32, given: u32, own: u32| if own == 0 { around } else { given + own };
        for block in &other.blocks {
            let text = other.slice(block.range).to_owned();
            let zone = zone(block);
            let around = self.within;
            if let Some(own) = self.push_lines(&text, zone) {
                let within = Within {
                    entry: moved(around.entry, given.entry, block.within.entry),
                    row: moved(around.row, given.row, block.within.row),
                    unit: moved(around.unit, given.unit, block.within.unit),
                    table: moved(around.table, given.table, block.within.table),
                    column: block.within.column,
                };
                *own = Block { range: own.range, zone, within, ..block.clone() };
                self.given.entry = self.given.entry.max(within.entry);
                self.given.row = self.given.row.max(within.row);
                self.given.unit = self.given.unit.max(within.unit);
                self.given.table = self.given.table.max(within.table);
            }
        }
    }

    /// The blocks from the one with this index on, to be marked together.
    pub(super) fn blocks_from(&mut self, first: usize) -> &mut [Block] {
        let first = first.min(self.blocks.len());
        &mut self.blocks[first..]
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Text and blocks together, for a table that gives its cells their heads.
    pub(super) fn parts(&mut self) -> (&str, &mut Vec<Block>) {
        (&self.out, &mut self.blocks)
    }

    /// Where stretches of what was pushed stand in the block that came of it, whose white space is folded; `None` where
    /// a stretch has nothing but white space.
    pub(super) fn places(
        &self,
        block: TextRange,
        pushed: &str,
        stretches: impl Iterator<Item = Range<usize>>,
    ) -> Vec<Option<TextRange>> {
        let mut stretches = stretches.peekable();
        if stretches.peek().is_none() {
            return Vec::new();
        }
        let is_kept = |byte: &u8| !matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'\0');
        // For each byte that is pushed, how many that are kept stand before it; for each of these, where it went.
        let mut before = Vec::with_capacity(pushed.len() + 1);
        let mut count = 0_usize;
        for byte in pushed.as_bytes() {
            before.push(count);
            count += usize::from(is_kept(byte));
        }
        before.push(count);
        let start = block.start as usize;
        let written = self.out.as_bytes()[block.span()].iter().enumerate();
        let kept: Vec<usize> = written.filter(|(_, byte)| is_kept(byte)).map(|(at, _)| start + at).collect();
        stretches
            .map(|at| {
                let (from, to) = (*before.get(at.start)?, *before.get(at.end)?);
                let (first, last) = (*kept.get(from)?, *kept.get(to.checked_sub(1)?)?);
                (from < to).then(|| TextRange::new(first, last + 1))
            })
            .collect()
    }

    fn begin(&mut self) -> usize {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.len()
    }

    fn end(&mut self, start: usize, zone: Zone) -> Option<&mut Block> {
        if self.out.len() == start {
            // Nothing came: the separator goes as well.
            self.out.truncate(start.saturating_sub(1));
            return None;
        }
        let range = TextRange::new(start, self.out.len());
        self.blocks.push(Block { within: self.within, ..Block::new(range, zone) });
        self.blocks.last_mut()
    }

    /// The document, with what its words say of its language.
    pub(super) fn finish(self, charset: &'static str, replacements: usize) -> Document {
        Document {
            language: guess_language(&self.out),
            text: Arc::from(self.out),
            blocks: self.blocks,
            title: None,
            outlet: None,
            published: None,
            charset,
            replacements,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_found_again_although_white_space_was_folded() {
        let mut builder = TextBuilder::default();
        builder.push("before", Zone::Paragraph);
        let pushed = "  the  the\u{a0}wire \n says ";
        let block = builder.push_lines(pushed, Zone::Paragraph).unwrap().range;
        let at = |from: usize, to: usize| builder.places(block, pushed, std::iter::once(from..to))[0];
        let words = |range: Option<TextRange>| range.map(|range| &builder.out[range.span()]);
        assert_eq!(words(at(7, 16)), Some("the\u{a0}wire"));
        assert_eq!(words(at(5, 22)), Some("the\u{a0}wire\nsay"));
        assert_eq!(words(at(0, 2)), None);
        assert_eq!(words(at(0, 99)), None);
    }

    #[test]
    fn blocks_are_separated_by_one_line_feed_that_belongs_to_none() {
        let mut builder = TextBuilder::default();
        builder.push("  a \n b ", Zone::Paragraph);
        assert!(builder.push(" \n", Zone::Paragraph).is_none());
        builder.push_lines("c  d\r\n\n e", Zone::Paragraph);
        let document = builder.finish("UTF-8", 0);
        assert_eq!(&*document.text, "a b\nc d\ne");
        assert_eq!(
            document.blocks.iter().map(|block| document.slice(block.range)).collect::<Vec<_>>(),
            ["a b", "c d\ne"]
        );
    }
}
