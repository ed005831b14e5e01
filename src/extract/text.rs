//! Building a document: blocks one after the other, separated by one line feed.

use std::sync::Arc;

use super::metadata::guess_language;
use crate::model::{Block, Document, TextRange, Zone};

/// A document that is being written.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    out: String,
    blocks: Vec<Block>,
}

impl TextBuilder {
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
        for block in &other.blocks {
            let text = other.slice(block.range).to_owned();
            let zone = zone(block);
            if let Some(own) = self.push_lines(&text, zone) {
                *own = Block { range: own.range, zone, ..block.clone() };
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
        self.blocks.push(Block::new(TextRange::new(start, self.out.len()), zone));
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
