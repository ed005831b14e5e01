//! Markdown: a text with marks → the text without them, with blocks and links.
//!
//! What a reader of the rendered page sees is the text; addresses, emphasis and fences are not. Raw HTML is left out.

use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::charset::Decoded;
use super::metadata::guess_language;
use crate::model::{Block, Document, Link, TextRange, Zone};

/// Links that are kept of one text.
const LINKS: usize = 20_000;

/// Reads Markdown (CommonMark, with footnotes, tables and strikethrough).
pub(super) fn read(decoded: Decoded) -> (Document, Vec<Link>) {
    let source = decoded.text.trim_start_matches('\u{feff}').replace('\0', " ");
    let (front, body) = front_matter(&source);
    let mut writer = Writer::default();
    let options = Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(body, options) {
        writer.take(event);
    }
    writer.end();
    let Writer { out, blocks, links, title, .. } = writer;
    let title = front_value(front, "title").or(title);
    let document = Document {
        language: front_value(front, "lang")
            .or_else(|| front_value(front, "language"))
            .or_else(|| guess_language(&out)),
        published: front_value(front, "date").and_then(|date| date.get(..10).and_then(|day| day.parse().ok())),
        text: Arc::from(out),
        blocks,
        title,
        outlet: None,
        charset: decoded.charset,
        replacements: decoded.replacements,
    };
    (document, links)
}

/// Cuts off the block between `---` that many writers' tools put before a text.
fn front_matter(source: &str) -> (&str, &str) {
    let Some(rest) = source.strip_prefix("---\n") else { return ("", source) };
    match rest.find("\n---\n") {
        Some(end) if end < 8_192 => (&rest[..end], &rest[end + 5..]),
        _ => ("", source),
    }
}

fn front_value(front: &str, key: &str) -> Option<String> {
    front.lines().find_map(|line| {
        let value = line.strip_prefix(key)?.trim_start().strip_prefix(':')?.trim();
        let value = value.trim_matches(['"', '\'']).trim();
        (!value.is_empty()).then(|| value.to_owned())
    })
}

#[derive(Default)]
struct Writer {
    out: String,
    blocks: Vec<Block>,
    links: Vec<Link>,
    title: Option<String>,
    zones: Vec<Zone>,
    start: Option<usize>,
    open: Vec<(usize, String)>,
    /// Inside what is no text: raw HTML, metadata.
    silent: usize,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.text(&text),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::FootnoteReference(label) => {
                let mark = format!("[{label}]");
                self.text(&mark);
            }
            Event::Rule => self.end(),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        let inherited = self.zones.last().copied();
        let zone = match &tag {
            Tag::Heading { .. } if self.title.is_none() && self.blocks.is_empty() => Zone::Headline,
            Tag::Heading { .. } => Zone::Subheading,
            Tag::BlockQuote(_) => Zone::Blockquote,
            Tag::Item => Zone::ListItem,
            Tag::CodeBlock(_) => Zone::Preformatted,
            Tag::FootnoteDefinition(_) => Zone::Footnote,
            Tag::TableCell => Zone::TableCell,
            Tag::Image { .. } => Zone::AltText,
            _ => inherited.unwrap_or(Zone::Paragraph),
        };
        match tag {
            Tag::Link { dest_url, link_type, .. } => {
                let url =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                self.open.push((self.out.len(), url));
                return;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => return,
            Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.silent += 1;
                return;
            }
            Tag::FootnoteDefinition(label) => {
                self.end();
                self.zones.push(zone);
                let mark = format!("[{label}] ");
                self.text(&mark);
                return;
            }
            Tag::Paragraph if self.zones.last() == Some(&Zone::Footnote) && self.start.is_some() => {}
            _ => self.end(),
        }
        self.zones.push(zone);
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => {
                if let Some((from, url)) = self.open.pop()
                    && self.out.len() > from
                    && self.links.len() < LINKS
                {
                    let gap = self.out[from..].len() - self.out[from..].trim_start().len();
                    self.links.push(Link { range: TextRange::new(from + gap, self.out.len()), url });
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.silent = self.silent.saturating_sub(1),
            _ => {
                self.end();
                self.zones.pop();
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent > 0 || text.is_empty() {
            return;
        }
        if self.start.is_none() {
            if text.trim().is_empty() {
                return;
            }
            if !self.out.is_empty() {
                self.out.push('\n');
            }
            self.start = Some(self.out.len());
            // A link that opens a block begins with the block.
            for (from, _) in &mut self.open {
                *from = (*from).max(self.out.len());
            }
        }
        self.out.push_str(text);
    }

    fn end(&mut self) {
        let Some(start) = self.start.take() else { return };
        let end = start + self.out[start..].trim_end().len();
        self.out.truncate(end);
        let zone = self.zones.last().copied().unwrap_or(Zone::Paragraph);
        if zone == Zone::Headline && self.title.is_none() {
            self.title = Some(self.out[start..end].split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if end > start {
            self.blocks.push(Block {
                range: TextRange::new(start, end),
                zone,
                page: None,
                time: None,
                author: None,
                heads: Vec::new(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(source: &str) -> (Document, Vec<Link>) {
        read(Decoded { text: source.to_owned().into(), charset: "UTF-8", replacements: 0 })
    }

    #[test]
    fn marks_go_and_links_stay() {
        let (document, links) = reading(
            "# The quay\n\n*Mara Lind* said the quay [will **close**](https://wire.example/quay), and\nlater.[^1]\n\n> Quoted words.\n\n[^1]: See <https://minutes.example/1>.\n",
        );
        assert_eq!(
            &*document.text,
            "The quay\nMara Lind said the quay will close, and later.[1]\nQuoted words.\n[1] See https://minutes.example/1."
        );
        let zones: Vec<Zone> = document.blocks.iter().map(|block| block.zone).collect();
        assert_eq!(zones, [Zone::Headline, Zone::Paragraph, Zone::Blockquote, Zone::Footnote]);
        assert_eq!(document.title.as_deref(), Some("The quay"));
        let shown: Vec<(&str, &str)> =
            links.iter().map(|link| (document.slice(link.range), link.url.as_str())).collect();
        assert_eq!(
            shown,
            [("will close", "https://wire.example/quay"), ("https://minutes.example/1", "https://minutes.example/1")]
        );
    }

    #[test]
    fn front_matter_is_read_and_raw_html_is_not() {
        let (document, _) = reading(
            "---\ntitle: \"A day\"\ndate: 2024-03-23T10:00\nlang: en\n---\nText <b>here</b>.\n\n<div>gone</div>\n",
        );
        assert_eq!(&*document.text, "Text here.");
        assert_eq!(document.title.as_deref(), Some("A day"));
        assert_eq!(document.published, Some(jiff::civil::date(2024, 3, 23)));
        assert_eq!(document.language.as_deref(), Some("en"));
    }
}
