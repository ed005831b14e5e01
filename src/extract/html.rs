//! HTML: a page → text with zoned blocks. html5ever parses as browsers do; the tree is walked without recursion.

mod data;
mod embeds;
mod entries;
mod groups;
mod notes;
mod walk;

use std::sync::Arc;

use html5ever::local_name;

use super::charset::Decoded;
use super::metadata::guess_language;
use super::snippet;
use super::style::Sheet;
use super::tree::{Edge, Tree, Value};
use super::zones::{Begins, Weight};
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
    /// Frames that show other pages.
    pub(super) frames: usize,
    /// Makers of walls whose marks the page bears.
    pub(super) vendors: Vec<&'static str>,
    /// The manager of consent whose window the page bears.
    pub(super) consent: Option<&'static str>,
    /// Whether the page's own data says that it is not for everybody (`isAccessibleForFree`).
    pub(super) paid: bool,
}

/// Reads a page.
pub(super) fn read(decoded: Decoded) -> (Document, PageFacts) {
    read_tree(&Tree::page(&decoded.text), decoded.charset, decoded.replacements)
}

/// Reads a piece of markup that another format carries.
pub(super) fn fragment(source: &str) -> Document {
    read_tree(&Tree::fragment(source), "UTF-8", 0).0
}

/// Resolves character references alone: what looks like a tag stays.
pub(super) fn unescaped(source: &str) -> String {
    snippet::text(&source.replace('<', "&lt;"))
}

/// Makes a text stand in markup as it is.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn read_tree(tree: &Tree, charset: &'static str, replacements: usize) -> (Document, PageFacts) {
    let weighed = weigh(tree);
    let total = weighed.weights.first().map_or(0, |weight| weight.text);
    let mut walk = Walk::new(total, weighed.sheet, weighed.noted);
    let mut language = None;
    for edge in tree.edges() {
        match edge {
            Edge::Open(node) => match node.value() {
                Value::Element(element) => {
                    if *element.name() == local_name!("html") {
                        let tag = element.attr(&local_name!("lang")).map(str::trim);
                        language = tag.filter(|tag| !tag.is_empty()).map(str::to_owned);
                    }
                    walk.open(node, element, weighed.weights[node.index()]);
                }
                Value::Text(text) => walk.text(text),
                Value::Other => {}
            },
            Edge::Close(node) => {
                if let Value::Element(element) = node.value() {
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
    /// One per node, by its number.
    weights: Vec<Weight>,
    sheet: Sheet,
    /// Whether the page marks notes with raised characters.
    noted: bool,
}

/// Weighs every node, so that the walk knows what an element holds when it opens.
fn weigh(tree: &Tree) -> Weighed {
    let mut weights = vec![Weight::default(); tree.len()];
    let mut sheet = Sheet::default();
    let mut style = false;
    let mut noted = false;
    for edge in tree.edges() {
        match edge {
            Edge::Open(node) => match node.value() {
                Value::Text(text) => {
                    if style {
                        sheet.add(text);
                    }
                    let weight = &mut weights[node.index()];
                    weight.text = text.trim().len() as u32;
                    weight.begins = entries::of_text(text);
                }
                Value::Element(element) => {
                    // A style for print alone is none for readers.
                    noted |= *element.name() == local_name!("sup") && notes::is_plain_mark(node, element);
                    style = *element.name() == local_name!("style")
                        && element
                            .attr(&local_name!("media"))
                            .is_none_or(|media| media.contains("screen") || media == "all");
                }
                Value::Other => {}
            },
            Edge::Close(node) => {
                let weight = &mut weights[node.index()];
                let mut own = *weight;
                if let Value::Element(element) = node.value() {
                    match *element.name() {
                        local_name!("script")
                        | local_name!("style")
                        | local_name!("noscript")
                        | local_name!("template")
                        | local_name!("svg")
                        | local_name!("head") => {
                            own = Weight::default();
                            // The element's own tag does not count against its hints, only what it holds.
                            weight.text = 0;
                        }
                        local_name!("h1") => own.heading = true,
                        local_name!("a") => own.linked = own.text,
                        local_name!("time") | local_name!("meta") if entries::is_time(element) => {
                            own.begins = Begins::Time;
                        }
                        local_name!("article") | local_name!("main") => own.article = true,
                        _ => {}
                    }
                    style = false;
                }
                if let Some(parent) = node.parent() {
                    let parent = &mut weights[parent.index()];
                    parent.text = parent.text.saturating_add(own.text);
                    parent.heading |= own.heading;
                    parent.linked = parent.linked.saturating_add(own.linked);
                    if parent.begins == Begins::Nothing {
                        parent.begins = own.begins;
                    }
                    match node.value() {
                        Value::Text(text) => parent.ended = entries::ends(text).unwrap_or(parent.ended),
                        _ if own.text as usize >= entries::SENTENCE => parent.ended = own.ended,
                        _ => {}
                    }
                    // Teasers are articles too: only one that holds real text counts.
                    parent.article |= own.article && own.text > 600;
                }
            }
        }
    }
    entries::mark(tree, &mut weights);
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
