//! Markdown (CommonMark with tables, notes and strikethrough) → its text as a reader of the page would see it.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::charset::Decoded;
use super::snippet;
use super::table::Table;
use super::text::TextBuilder;
use crate::model::{Document, Link, TextRange, Within, Zone};

/// Links that are kept of one text.
const LINKS: usize = 20_000;

/// Reads Markdown, and what its links and notes lead to.
pub(super) fn read(decoded: Decoded) -> (Document, Vec<Link>) {
    let mut state = State::default();
    let source = decoded.text.trim_start_matches('\u{feff}').replace('\0', " ");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for event in Parser::new_ext(&source, options) {
        state.take(event);
    }
    state.flush();
    let State { builder, title, targets, notes, .. } = state;
    let links = targets
        .into_iter()
        .filter_map(|(range, target)| {
            let url = match target {
                Target::Url(url) => url,
                Target::Note(label) => notes.get(&label)?.clone(),
            };
            Some(Link { range, url })
        })
        .collect();
    let mut document = builder.finish(decoded.charset, decoded.replacements);
    document.title = title;
    (document, links)
}

/// Where a link leads: an address, or a note that may hold one.
enum Target {
    Url(String),
    Note(String),
}

#[derive(Default)]
struct State {
    builder: TextBuilder,
    /// Zones that are open, innermost last.
    zones: Vec<Zone>,
    text: String,
    struck: String,
    /// How many strikethroughs are open.
    striking: usize,
    /// Alternative text of a picture that is being read.
    picture: Option<String>,
    table: Option<Table>,
    /// What the tables and list items that are open stand within.
    around: Vec<Within>,
    headed: bool,
    title: Option<String>,
    /// Links that are open: where their words begin in `text`.
    open: Vec<(usize, String)>,
    /// Links of the block that is being written.
    own: Vec<(Range<usize>, Target)>,
    /// Links of the blocks that are written.
    targets: Vec<(TextRange, Target)>,
    /// The first address in each note.
    notes: HashMap<String, String>,
    /// The note that is being read.
    note: Option<String>,
}

impl State {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                if let Some(url) = text.split_whitespace().find(|word| word.contains("://")) {
                    self.noted(url);
                }
                self.write(&text);
            }
            Event::Html(source) | Event::InlineHtml(source) => self.write(&snippet::text(&source)),
            Event::SoftBreak => self.write(" "),
            Event::HardBreak => self.write("\n"),
            Event::Rule => self.flush(),
            // A reference to a note is no part of the words; the word before it leads where the note leads.
            Event::FootnoteReference(label) => {
                let end = self.text.trim_end().len();
                let start = self.text[..end].rfind(char::is_whitespace).map_or(0, |at| at + 1);
                if start < end {
                    self.own.push((start..end, Target::Note(label.to_string())));
                }
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn write(&mut self, text: &str) {
        match &mut self.picture {
            Some(picture) => picture.push_str(text),
            None if self.striking > 0 => self.struck.push_str(text),
            None => self.text.push_str(text),
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        let zone = match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } if !self.headed => {
                self.headed = true;
                Zone::Headline
            }
            Tag::Heading { .. } => Zone::Subheading,
            Tag::BlockQuote(_) => Zone::Blockquote,
            Tag::Item => Zone::ListItem,
            Tag::CodeBlock(_) => Zone::Preformatted,
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.note = Some(label.to_string());
                Zone::Footnote
            }
            Tag::MetadataBlock(_) => Zone::Metadata,
            Tag::TableCell => {
                self.flush();
                self.builder.begin_unit();
                if let Some(table) = &mut self.table {
                    table.open_cell(self.builder.len());
                }
                Zone::TableCell
            }
            Tag::Table(_) => {
                self.flush();
                self.around.push(self.builder.within());
                self.table = Some(Table::new(self.builder.begin_table()));
                return;
            }
            Tag::TableHead | Tag::TableRow => {
                self.builder.begin_row();
                if let Some(table) = &mut self.table {
                    table.next_row();
                }
                return;
            }
            Tag::Strikethrough => {
                self.striking += 1;
                return;
            }
            Tag::Link { dest_url, link_type, .. } => {
                let url =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                self.noted(&url);
                self.open.push((self.text.len(), url));
                return;
            }
            Tag::Image { .. } => {
                self.picture = Some(String::new());
                return;
            }
            Tag::Paragraph | Tag::HtmlBlock => {
                self.flush();
                return;
            }
            _ => return,
        };
        self.flush();
        if zone == Zone::ListItem {
            self.around.push(self.builder.within());
            self.builder.begin_unit();
        }
        self.zones.push(zone);
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strikethrough => self.striking = self.striking.saturating_sub(1),
            TagEnd::Link => {
                if let Some((from, url)) = self.open.pop()
                    && from < self.text.len()
                {
                    self.own.push((from..self.text.len(), Target::Url(url)));
                }
            }
            TagEnd::Image => {
                if let Some(picture) = self.picture.take() {
                    // A picture inside a sentence does not tear it apart.
                    if self.text.trim().is_empty() {
                        self.builder.push(&picture, Zone::AltText);
                    }
                }
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_) => {
                if self.zones.last() == Some(&Zone::Headline) {
                    self.title = Some(self.text.trim().to_owned());
                }
                self.flush();
                self.zones.pop();
                match tag {
                    TagEnd::FootnoteDefinition => self.note = None,
                    TagEnd::Item => self.leave(),
                    _ => {}
                }
            }
            TagEnd::TableCell => {
                self.flush();
                self.zones.pop();
                if let Some(table) = &mut self.table {
                    let (text, blocks) = self.builder.parts();
                    table.close_cell(text, blocks);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    let (text, blocks) = self.builder.parts();
                    table.close_row(text, blocks);
                }
            }
            TagEnd::Table => {
                self.table = None;
                self.leave();
            }
            _ => {}
        }
    }

    /// A table or list item is over.
    fn leave(&mut self) {
        let around = self.around.pop().unwrap_or_default();
        self.builder.return_to(around);
    }

    fn flush(&mut self) {
        let zone = self.zones.last().copied().unwrap_or(Zone::Paragraph);
        let text = std::mem::take(&mut self.text);
        let range = self.builder.push_lines(&text, zone).map(|block| block.range);
        let own = std::mem::take(&mut self.own);
        if let Some(range) = range {
            self.place_links(range, &text, own);
        }
        self.builder.push_lines(&std::mem::take(&mut self.struck), Zone::Struck);
    }

    /// Places the links of a block in the block as it was written, with its white space folded.
    fn place_links(&mut self, block: TextRange, text: &str, own: Vec<(Range<usize>, Target)>) {
        let places = self.builder.places(block, text, own.iter().map(|(at, _)| at.clone()));
        let found = places.into_iter().zip(own).filter_map(|(place, (_, target))| Some((place?, target)));
        self.targets.extend(found.take(LINKS.saturating_sub(self.targets.len())));
    }

    /// Keeps the first address that a note names.
    fn noted(&mut self, url: &str) {
        if let Some(label) = &self.note {
            self.notes.entry(label.clone()).or_insert_with(|| url.to_owned());
        }
    }
}
