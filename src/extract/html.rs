//! HTML: a page → text with zoned blocks. html5ever parses as browsers do; the tree is walked without recursion.

mod data;
mod embeds;
mod groups;
mod notes;
mod walk;

use std::sync::Arc;

use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::Node;

use super::charset::Decoded;
use super::metadata::guess_language;
use super::style::Sheet;
use super::tree;
use super::zones::Weight;
use crate::model::{Block, Document, Link, TextRange, Where, Zone};
use walk::Walk;

/// What the page is made of besides its text, for telling walls and shells from pages.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    /// Bytes of text that stand in the body, as a reader sees it.
    pub(super) body_chars: usize,
    /// The links of the text, in order, as they are written.
    pub(super) links: Vec<Link>,
    /// What `<base>` says relative links begin with.
    pub(super) base: Option<String>,
    /// Where the page sends its readers on to at once.
    pub(super) refresh: Option<String>,
    /// `<script>` elements.
    pub(super) scripts: usize,
    /// Whether a password field is there.
    pub(super) password_field: bool,
    /// Text of `<noscript>`.
    pub(super) noscript: String,
    /// Makers of walls whose marks the page bears.
    pub(super) vendors: Vec<&'static str>,
    /// Whether the page's own data says that it is not for everybody (`isAccessibleForFree`).
    pub(super) paid: bool,
}

/// Reads a page.
pub(super) fn read(decoded: Decoded) -> (Document, PageFacts) {
    let html = tree::document(&decoded.text);
    read_tree(&html, decoded.charset, decoded.replacements)
}

/// Reads a piece of markup that another format carries.
pub(super) fn fragment(source: &str) -> Document {
    read_tree(&tree::fragment(source), "UTF-8", 0).0
}

/// The text of a piece of markup, without any layout.
pub(super) fn plain(source: &str) -> String {
    if !source.contains(['<', '&']) {
        return source.to_owned();
    }
    tree::fragment(source).root_element().text().collect()
}

/// Resolves character references alone: what looks like a tag stays.
pub(super) fn unescaped(source: &str) -> String {
    plain(&source.replace('<', "&lt;"))
}

/// Makes a text stand in markup as it is.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn read_tree(html: &Html, charset: &'static str, replacements: usize) -> (Document, PageFacts) {
    let weighed = weigh(html);
    let total = weighed.weights.first().map_or(0, |weight| weight.text);
    let mut walk = Walk::new(total, weighed.sheet, weighed.noted);
    let mut language = None;
    let mut order = 0;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                let weight = weighed.weights[order];
                order += 1;
                match node.value() {
                    Node::Element(element) => {
                        if element.name() == "html" {
                            language =
                                element.attr("lang").map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned);
                        }
                        walk.open(node, element, weight);
                    }
                    Node::Text(text) => walk.text(text),
                    _ => {}
                }
            }
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(element);
                }
            }
        }
    }
    let Walk { mut out, mut blocks, metadata, mut facts, .. } = walk.done();
    for text in &metadata.texts {
        push_block(&mut out, &mut blocks, text, Zone::Metadata);
    }
    facts.paid = metadata.paid;
    facts.body_chars =
        blocks.iter().filter(|block| block.zone.place() == Where::Body).map(|block| block.range.len()).sum();
    let language = language.or_else(|| guess_language(&out));
    let document = Document {
        text: Arc::from(out),
        blocks,
        language,
        title: metadata.title.clone(),
        outlet: metadata.outlet.clone(),
        published: metadata.published,
        charset,
        replacements,
    };
    (document, facts)
}

/// What is known of a page before the walk.
struct Weighed {
    /// One per node, in document order.
    weights: Vec<Weight>,
    sheet: Sheet,
    /// Whether the page marks notes with raised characters.
    noted: bool,
}

/// Weighs every node in document order, so that the walk knows what an element holds when it opens.
fn weigh(html: &Html) -> Weighed {
    let mut weights: Vec<Weight> = Vec::with_capacity(1024);
    let mut sheet = Sheet::default();
    let mut open: Vec<usize> = Vec::new();
    let mut style = false;
    let mut noted = false;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                open.push(weights.len());
                weights.push(match node.value() {
                    Node::Text(text) => {
                        if style {
                            sheet.add(text);
                        }
                        Weight { text: text.trim().len() as u32, ..Weight::default() }
                    }
                    Node::Element(element) => {
                        // A style for print alone is none for readers.
                        noted |= element.name() == "sup" && notes::is_plain_mark(node, element);
                        style = element.name() == "style"
                            && element.attr("media").is_none_or(|media| media.contains("screen") || media == "all");
                        Weight::default()
                    }
                    _ => Weight::default(),
                });
            }
            Edge::Close(node) => {
                let Some(index) = open.pop() else { continue };
                let mut own = weights[index];
                if let Node::Element(element) = node.value() {
                    match element.name() {
                        "script" | "style" | "noscript" | "template" | "svg" | "head" => own = Weight::default(),
                        "h1" => own.heading = true,
                        "article" | "main" => own.article = true,
                        _ => {}
                    }
                    style = false;
                    // The element's own tag does not count against its hints, only what it holds.
                    let Weight { heading, article, .. } = weights[index];
                    weights[index] = Weight { heading, article, text: own.text };
                }
                if let Some(parent) = open.last() {
                    let parent = &mut weights[*parent];
                    parent.text = parent.text.saturating_add(own.text);
                    parent.heading |= own.heading;
                    // Teasers are articles too: only one that holds real text counts.
                    parent.article |= own.article && own.text > 600;
                }
            }
        }
    }
    Weighed { weights, sheet, noted }
}

/// Adds a block with its white space folded.
fn push_block(out: &mut String, blocks: &mut Vec<Block>, text: &str, zone: Zone) {
    let before = out.len();
    if before > 0 {
        out.push('\n');
    }
    let start = out.len();
    for word in text.split([' ', '\n', '\t', '\r', '\u{c}', '\0']).filter(|word| !word.is_empty()) {
        if out.len() > start {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.len() == start {
        out.truncate(before);
    } else {
        blocks.push(Block::new(TextRange::new(start, out.len()), zone));
    }
}
