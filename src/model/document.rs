//! A document: the text of one capture with its blocks, zones and positions.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::capture::Reason;
use super::heads::Heads;

/// A range of bytes of a document's text, on character boundaries, end exclusive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// Makes a range from two byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    /// The same as a standard range, for indexing.
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies inside.
    pub fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Where on a page words stand, as the contract has it: seven places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Where {
    /// The headline or the deck.
    Headline,
    /// The text itself.
    Body,
    /// A caption, credit or alternative text.
    Caption,
    /// A reader's comment.
    Comment,
    /// Navigation, related links, footer.
    Navigation,
    /// Title, description, OpenGraph, JSON-LD.
    Metadata,
    /// Text that a reader does not see, or sees struck out.
    Hidden,
}

/// The finer name of a zone. Each belongs to one [`Where`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// The main heading.
    Headline,
    /// The standfirst below it.
    Deck,
    /// A heading inside the text.
    Subheading,
    /// Who wrote it, and when it appeared.
    Byline,
    /// Running text.
    Paragraph,
    /// A sentence repeated in large type.
    PullQuote,
    /// A quoted block.
    Blockquote,
    /// A post of a social network embedded in the page.
    Post,
    /// An entry of a list.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// An entry of a live blog.
    LiveEntry,
    /// A correction or update notice.
    Correction,
    /// A footnote.
    Footnote,
    /// Preformatted text.
    Preformatted,
    /// A subtitle, or a turn of a transcript with its time.
    Cue,
    /// A picture's caption or credit.
    Caption,
    /// Alternative text of a picture.
    AltText,
    /// A reader's comment.
    Comment,
    /// Menus, breadcrumbs, buttons.
    Navigation,
    /// Links to other stories, newsletters, promotions.
    Related,
    /// The page's footer.
    Footer,
    /// What stands at the head or foot of every page of a paged document, page numbers among it.
    RunningHead,
    /// Title, description, OpenGraph, JSON-LD.
    Metadata,
    /// Text hidden by attribute or style, `noscript`, `template`.
    Hidden,
    /// Text that is struck out: the source no longer says it.
    Struck,
    /// Text in scripts' data.
    ScriptData,
}

impl Zone {
    /// The place of the contract that this zone belongs to.
    pub fn place(self) -> Where {
        match self {
            Self::Headline | Self::Deck => Where::Headline,
            Self::Subheading
            | Self::Byline
            | Self::Paragraph
            | Self::PullQuote
            | Self::Blockquote
            | Self::Post
            | Self::ListItem
            | Self::TableCell
            | Self::LiveEntry
            | Self::Correction
            | Self::Footnote
            | Self::Preformatted
            | Self::Cue => Where::Body,
            Self::Caption | Self::AltText => Where::Caption,
            Self::Comment => Where::Comment,
            Self::Navigation | Self::Related | Self::Footer | Self::RunningHead => Where::Navigation,
            Self::Metadata => Where::Metadata,
            Self::Hidden | Self::Struck | Self::ScriptData => Where::Hidden,
        }
    }

    /// The word used for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Subheading => "subheading",
            Self::Byline => "byline",
            Self::Paragraph => "paragraph",
            Self::PullQuote => "pull-quote",
            Self::Blockquote => "blockquote",
            Self::Post => "post",
            Self::ListItem => "list-item",
            Self::TableCell => "table-cell",
            Self::LiveEntry => "live-entry",
            Self::Correction => "correction",
            Self::Footnote => "footnote",
            Self::Preformatted => "preformatted",
            Self::Cue => "cue",
            Self::Caption => "caption",
            Self::AltText => "alt-text",
            Self::Comment => "comment",
            Self::Navigation => "navigation",
            Self::Related => "related",
            Self::Footer => "footer",
            Self::RunningHead => "running-head",
            Self::Metadata => "metadata",
            Self::Hidden => "hidden",
            Self::Struck => "struck",
            Self::ScriptData => "script-data",
        }
    }
}

impl Where {
    /// The word of the contract for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Comment => "comment",
            Self::Navigation => "navigation",
            Self::Metadata => "metadata",
            Self::Hidden => "hidden",
        }
    }
}

/// What a block stands within: numbers that count through the document. Two blocks with the same numbers belong to one
/// flow of text; extraction gives the numbers, matching says what a border between them means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Within {
    /// The entry of a source that has many, each an utterance of its own: an item of a feed or live blog, a comment, a
    /// post, a sheet, a part of a message, a value of data. 0 is the text around them.
    pub entry: u32,
    /// The row of a table; 0 outside tables, and for the only cell of its row.
    pub row: u32,
    /// The cell, list item, term or definition; 0 outside of them.
    pub unit: u32,
    /// The table, list of terms or array of records; 0 outside of them.
    pub table: u32,
    /// The column of its table, from 0; [`Within::SECTION`] for a row that is the title of those below it.
    pub column: u16,
}

impl Within {
    /// The column of what is said of the rows below.
    pub const SECTION: u16 = u16::MAX;
}

/// A stretch of text that belongs together: a paragraph, a heading, a cell.
///
/// Blocks stand in document order, do not overlap, and are separated by line feeds that belong to none of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Where it stands in the document's text.
    pub range: TextRange,
    /// What it is.
    pub zone: Zone,
    /// Page number, from 1, where the document has pages.
    pub page: Option<u32>,
    /// Time of a live-blog entry, subtitle or post, as the source writes it.
    pub time: Option<String>,
    /// Author of a comment or post, as the source writes it.
    pub author: Option<String>,
    /// Heads of the row and column of a table cell, or the term or lead-in of a list item.
    pub heads: Heads,
    /// Its entry, row and unit.
    pub within: Within,
}

impl Block {
    /// A block of which no more is known than what it is.
    pub fn new(range: TextRange, zone: Zone) -> Self {
        Self { range, zone, page: None, time: None, author: None, heads: Heads::default(), within: Within::default() }
    }
}

/// The text of one capture, and what is known about its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Every zone in document order, metadata last; blocks are separated by one line feed.
    pub text: Arc<str>,
    /// The blocks, in document order.
    pub blocks: Vec<Block>,
    /// BCP 47 language tag that the document declares, else a guess from its words.
    pub language: Option<String>,
    /// The document's title.
    pub title: Option<String>,
    /// The outlet that the document names as its publisher.
    pub outlet: Option<String>,
    /// Its own date of publication, from its metadata.
    pub published: Option<Date>,
    /// Name of the character encoding that was used, as the Encoding standard spells it.
    pub charset: &'static str,
    /// How many sequences did not decode and became U+FFFD.
    pub replacements: usize,
}

impl Document {
    /// A document of which no more is known than its text and where its blocks are.
    pub fn new(text: impl Into<Arc<str>>, blocks: Vec<Block>) -> Self {
        Self {
            text: text.into(),
            blocks,
            language: None,
            title: None,
            outlet: None,
            published: None,
            charset: "UTF-8",
            replacements: 0,
        }
    }

    /// The block that holds the byte at `offset`.
    pub fn block_at(&self, offset: u32) -> Option<&Block> {
        self.block_index_at(offset).map(|index| &self.blocks[index])
    }

    /// The index of the block that holds the byte at `offset`.
    pub fn block_index_at(&self, offset: u32) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.range.start <= offset);
        let index = after.checked_sub(1)?;
        (offset < self.blocks[index].range.end).then_some(index)
    }

    /// The text of a range.
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range.span()]
    }

    /// Converts ranges to Unicode code points. This is the only place where the program does so.
    pub fn code_points(&self, ranges: &[TextRange]) -> Vec<[usize; 2]> {
        let mut edges: Vec<usize> =
            ranges.iter().flat_map(|range| [range.start as usize, range.end as usize]).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut counted = Vec::with_capacity(edges.len());
        let (mut at, mut points) = (0, 0);
        for edge in edges {
            points += self.text[at..edge].chars().count();
            at = edge;
            counted.push((edge, points));
        }
        let points = |byte: u32| {
            counted.binary_search_by_key(&(byte as usize), |(edge, _)| *edge).map_or(0, |index| counted[index].1)
        };
        ranges.iter().map(|range| [points(range.start), points(range.end)]).collect()
    }
}

/// A link of a document: the words that carry it, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words that are linked, in the document's text; empty where an embedded post stands, whose address it then is.
    pub range: TextRange,
    /// Where it leads: an absolute address, or of a local document a path as it writes it.
    pub url: String,
}

/// What stands between a reader and the page: said of a page that can be read and yet is not the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Which kind.
    pub reason: Reason,
    /// The same for people.
    pub detail: String,
}

/// What one engine makes of one capture.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The text; `None` where nothing can be read, and then `obstacles` says why.
    pub document: Option<Document>,
    /// What stands in the way, worst first.
    pub obstacles: Vec<Obstacle>,
    /// A part that nobody could read although the rest could be: pages that are pictures, an end that is cut off. Words
    /// that are not found may stand there; of those that are found it says nothing.
    pub unread: Option<Obstacle>,
    /// Which engine read it, and in which version.
    pub engine: &'static str,
    /// Whether another engine could be asked before anything is called absent.
    pub more: bool,
    /// What people should know of the reading although it stands: a kind that was announced wrongly, characters that did
    /// not decode, text beyond a limit.
    pub notes: Vec<String>,
}
