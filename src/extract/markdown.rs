//! Markdown (CommonMark with tables, notes and strikethrough) → its text as a reader of the page would see it.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::charset::Decoded;
use super::html;
use super::table::Table;
use super::text::TextBuilder;
use crate::model::{Document, Zone};

/// Reads Markdown.
pub(super) fn read(decoded: Decoded) -> Document {
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
    let State { builder, title, .. } = state;
    let mut document = builder.finish(decoded.charset, decoded.replacements);
    document.title = title;
    document
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
    headed: bool,
    title: Option<String>,
}

impl State {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.write(&text);
            }
            Event::Html(source) | Event::InlineHtml(source) => self.write(&html::plain(&source)),
            Event::SoftBreak => self.write(" "),
            Event::HardBreak => self.write("\n"),
            Event::Rule => self.flush(),
            // A reference to a note is no part of the words.
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
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
            Tag::FootnoteDefinition(_) => Zone::Footnote,
            Tag::MetadataBlock(_) => Zone::Metadata,
            Tag::TableCell => {
                self.flush();
                if let Some(table) = &mut self.table {
                    table.open_cell(self.builder.len());
                }
                Zone::TableCell
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Table::default());
                return;
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.next_row();
                }
                return;
            }
            Tag::Strikethrough => {
                self.striking += 1;
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
        self.zones.push(zone);
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strikethrough => self.striking = self.striking.saturating_sub(1),
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
            }
            TagEnd::TableCell => {
                self.flush();
                self.zones.pop();
                if let Some(table) = &mut self.table {
                    let (text, blocks) = self.builder.parts();
                    table.close_cell(text, blocks);
                }
            }
            TagEnd::Table => self.table = None,
            _ => {}
        }
    }

    fn flush(&mut self) {
        let zone = self.zones.last().copied().unwrap_or(Zone::Paragraph);
        self.builder.push_lines(&std::mem::take(&mut self.text), zone);
        self.builder.push_lines(&std::mem::take(&mut self.struck), Zone::Struck);
    }
}
