//! HTML: a page → text with zoned blocks. html5ever parses as browsers do; the tree is walked without recursion.

use std::sync::Arc;

use scraper::Html;
use scraper::node::{Element, Node};

use super::charset::Decoded;
use super::metadata::{Metadata, guess_language};
use super::table::Table;
use super::zones::{self, Role, Weight};
use crate::model::{Block, Document, Link, TextRange, Zone};

/// What the page is made of besides its text, for telling walls and shells from pages.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    /// Characters of text that stand in the body, as a reader sees it.
    pub(super) body_chars: usize,
    /// `<script>` elements.
    pub(super) scripts: usize,
    /// Whether a password field is there.
    pub(super) password_field: bool,
    /// Text of `<noscript>`.
    pub(super) noscript: String,
    /// The links of the text, in order, as they are written.
    pub(super) links: Vec<Link>,
    /// What `<base>` says relative links begin with.
    pub(super) base: Option<String>,
}

/// Reads a page.
pub(super) fn read(decoded: Decoded) -> (Document, PageFacts) {
    let html = Html::parse_document(&decoded.text);
    let weights = weigh(&html);
    let total = weights.first().map_or(0, |weight| weight.text);
    let mut walk = Walk::default();
    let mut language = None;
    let mut order = 0;
    for edge in html.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => {
                let weight = weights[order];
                order += 1;
                match node.value() {
                    Node::Element(element) => {
                        if element.name() == "html" {
                            language =
                                element.attr("lang").map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned);
                        }
                        walk.open(element, weight, total);
                    }
                    Node::Text(text) => walk.text(text),
                    _ => {}
                }
            }
            ego_tree::iter::Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(element);
                }
            }
        }
    }
    walk.end_block();
    let facts = walk.facts;
    let metadata = walk.metadata;
    let (mut out, mut blocks) = (walk.out, walk.blocks);
    for text in &metadata.texts {
        push_block(&mut out, &mut blocks, text, Zone::Metadata);
    }
    let language = language.or_else(|| guess_language(&out));
    let document = Document {
        text: Arc::from(out),
        blocks,
        language,
        title: metadata.title.clone(),
        outlet: metadata.outlet.clone(),
        published: metadata.published,
        charset: decoded.charset,
        replacements: decoded.replacements,
    };
    (document, facts)
}

/// Weighs every node in document order, so that the walk knows what an element holds when it opens.
fn weigh(html: &Html) -> Vec<Weight> {
    let mut weights: Vec<Weight> = Vec::with_capacity(1024);
    let mut open: Vec<usize> = Vec::new();
    for edge in html.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => {
                open.push(weights.len());
                weights.push(match node.value() {
                    Node::Text(text) => Weight { text: text.trim().len() as u32, ..Weight::default() },
                    _ => Weight::default(),
                });
            }
            ego_tree::iter::Edge::Close(node) => {
                let Some(index) = open.pop() else { continue };
                let mut own = weights[index];
                if let Node::Element(element) = node.value() {
                    match element.name() {
                        "script" | "style" | "noscript" | "template" | "svg" | "head" => own = Weight::default(),
                        "h1" => own.heading = true,
                        "article" | "main" => own.article = true,
                        _ => {}
                    }
                    weights[index] = Weight {
                        // The element's own tag does not count against its hints, only what it holds.
                        heading: weights[index].heading,
                        article: weights[index].article,
                        text: own.text,
                    };
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
    weights
}

/// Links that are kept of one page.
const LINKS: usize = 20_000;

struct Frame {
    zone: Zone,
    skip: bool,
    block: bool,
    link: bool,
    preformatted: bool,
    /// For an embedded post: the first of its blocks.
    post_from: Option<usize>,
    /// Of a link: where it leads.
    href: Option<String>,
    /// Of a link: where its words begin.
    linked_from: Option<usize>,
}

#[derive(Default)]
struct Walk {
    frames: Vec<Frame>,
    out: String,
    blocks: Vec<Block>,
    /// Start of the block that is being written.
    start: Option<usize>,
    zone: Option<Zone>,
    space: bool,
    linked: usize,
    tables: Vec<Table>,
    /// Alternative texts of pictures inside the block that is being written.
    pictures: Vec<String>,
    metadata: Metadata,
    facts: PageFacts,
    /// Whether the page's own `<title>` was read: later ones belong to pictures.
    titled: bool,
    /// Text of a `<script type="application/ld+json">`, `<title>` or `<noscript>` that is being read.
    aside: Option<Aside>,
}

enum Aside {
    JsonLd(String),
    ScriptData(String),
    Title(String),
    Noscript(String),
}

impl Walk {
    fn frame(&self) -> Option<&Frame> {
        self.frames.last()
    }

    fn open(&mut self, element: &Element, weight: Weight, total: u32) {
        let name = element.name();
        let (zone, skip, link, preformatted) = self.frame().map_or((Zone::Paragraph, false, false, false), |frame| {
            (frame.zone, frame.skip, frame.link, frame.preformatted)
        });
        match name {
            "meta" => {
                let key =
                    element.attr("property").or_else(|| element.attr("name")).or_else(|| element.attr("itemprop"));
                if let (Some(key), Some(content)) = (key, element.attr("content")) {
                    self.metadata.meta(key, content);
                }
            }
            "script" => {
                self.facts.scripts += 1;
                self.aside = match element.attr("type").map(str::to_ascii_lowercase).as_deref() {
                    Some("application/ld+json") => Some(Aside::JsonLd(String::new())),
                    Some("application/json") => Some(Aside::ScriptData(String::new())),
                    _ => None,
                };
            }
            "base" if self.facts.base.is_none() => self.facts.base = element.attr("href").map(str::to_owned),
            "title" if !self.titled => self.aside = Some(Aside::Title(String::new())),
            "noscript" => self.aside = Some(Aside::Noscript(String::new())),
            "input" if element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")) => {
                self.facts.password_field = true
            }
            _ => {}
        }
        let role = if skip { Role::Skip } else { zones::role(element, weight, total) };
        let block = zones::is_block(name);
        if block {
            self.end_block();
        }
        let mut frame = Frame {
            zone,
            skip: skip || role == Role::Skip,
            block,
            link: link || name == "a" && element.attr("href").is_some(),
            preformatted: preformatted || name == "pre" || name == "textarea",
            post_from: None,
            href: element.attr("href").filter(|_| name == "a").map(|href| href.trim().to_owned()),
            linked_from: None,
        };
        if role == Role::Zone(Zone::Post) && zone != Zone::Post {
            frame.post_from = Some(self.blocks.len());
        }
        if let Role::Zone(found) = role
            && zones::strength(found) >= zones::strength(zone)
        {
            frame.zone = found;
        }
        if !frame.skip {
            match name {
                "br" => self.line_break(),
                "img" | "area" => {
                    if let Some(alt) = element.attr("alt").filter(|alt| !alt.trim().is_empty()) {
                        self.alternative(alt, frame.zone);
                    }
                }
                "sup" if self.is_note(element) => frame.skip = true,
                "q" => self.text("“"),
                "table" => self.tables.push(Table::default()),
                "tr" => {
                    if let Some(table) = self.tables.last_mut() {
                        table.next_row();
                    }
                }
                "td" | "th" => {
                    let blocks = self.blocks.len();
                    if let Some(table) = self.tables.last_mut() {
                        table.open_cell(blocks);
                    }
                }
                _ => {}
            }
        }
        self.frames.push(frame);
    }

    /// A superscript that is a reference to a note is no part of the words.
    fn is_note(&self, element: &Element) -> bool {
        let hinted = element.classes().chain(element.id()).any(|word| {
            let word = word.to_ascii_lowercase();
            ["ref", "note", "cite", "fn"].iter().any(|hint| word.contains(hint))
        });
        hinted || self.frame().is_some_and(|frame| frame.link)
    }

    fn text(&mut self, text: &str) {
        if let Some(aside) = &mut self.aside {
            match aside {
                Aside::JsonLd(buffer) | Aside::ScriptData(buffer) | Aside::Title(buffer) | Aside::Noscript(buffer) => {
                    buffer.push_str(text)
                }
            }
            return;
        }
        let Some(frame) = self.frames.last() else { return };
        if frame.skip {
            return;
        }
        let (zone, link, preformatted) = (frame.zone, frame.link, frame.preformatted);
        let bytes = text.as_bytes();
        if bytes.first().is_some_and(u8::is_ascii_whitespace) {
            self.space = true;
        }
        let mut first = true;
        for word in text.split([' ', '\n', '\t', '\r', '\u{c}', '\0']) {
            if word.is_empty() {
                continue;
            }
            if self.start.is_none() {
                self.begin(zone);
            } else if self.space || !first {
                self.out.push(if preformatted && self.space { '\n' } else { ' ' });
            }
            if link && let Some(frame) = self.frames.iter_mut().rev().find(|frame| frame.href.is_some()) {
                frame.linked_from.get_or_insert(self.out.len());
            }
            first = false;
            self.space = false;
            self.out.push_str(word);
            if link {
                self.linked += word.len();
            }
        }
        if bytes.last().is_some_and(u8::is_ascii_whitespace) {
            self.space = true;
        }
    }

    fn begin(&mut self, zone: Zone) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.start = Some(self.out.len());
        self.zone = Some(zone);
        self.space = false;
        self.linked = 0;
    }

    fn line_break(&mut self) {
        if self.start.is_some() && !self.out.ends_with('\n') {
            self.out.push('\n');
            self.space = false;
        }
    }

    fn alternative(&mut self, alt: &str, zone: Zone) {
        // A picture inside a sentence must not tear it apart, so its text becomes a block only between blocks.
        let zone = if zones::strength(zone) > zones::strength(Zone::AltText) { zone } else { Zone::AltText };
        if self.start.is_some() {
            self.pictures.push(alt.to_owned());
            return;
        }
        push_block(&mut self.out, &mut self.blocks, alt, zone);
    }

    fn end_block(&mut self) {
        self.space = false;
        if let (Some(start), Some(zone)) = (self.start.take(), self.zone.take()) {
            let end = start + self.out[start..].trim_end().len();
            self.out.truncate(end);
            if start == end {
                // Only white space: take back the separator as well.
                if self.out.ends_with('\n') {
                    self.out.pop();
                }
            } else {
                let linked = self.linked * 10 >= (end - start) * 8;
                let zone = match zone {
                    Zone::Paragraph | Zone::ListItem | Zone::Subheading | Zone::TableCell if linked => Zone::Related,
                    zone => zone,
                };
                if zone.place() == crate::model::Where::Body {
                    self.facts.body_chars += end - start;
                }
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
        for alt in std::mem::take(&mut self.pictures) {
            push_block(&mut self.out, &mut self.blocks, &alt, Zone::AltText);
        }
    }

    fn close(&mut self, element: &Element) {
        match (element.name(), self.aside.take()) {
            ("script", Some(Aside::JsonLd(json))) => self.metadata.json_ld(&json),
            ("script", Some(Aside::ScriptData(json))) => self.script_data(&json),
            ("title", Some(Aside::Title(title))) => {
                self.titled = true;
                self.metadata.add(&title);
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                self.metadata.title.get_or_insert(title);
            }
            ("noscript", Some(Aside::Noscript(source))) => self.noscript(&source),
            (_, aside) => self.aside = aside,
        }
        if element.name() == "q" && self.frame().is_some_and(|frame| !frame.skip) {
            self.text("”");
        }
        if let Some(mut frame) = self.frames.pop() {
            if let (Some(url), Some(from)) = (frame.href.take(), frame.linked_from)
                && self.facts.links.len() < LINKS
                && from < self.out.len()
            {
                self.facts.links.push(Link { range: TextRange::new(from, self.out.len()), url });
            }
            if !frame.block {
                return;
            }
            self.end_block();
            if !frame.skip {
                match element.name() {
                    "td" | "th" => {
                        if let Some(table) = self.tables.last_mut() {
                            table.close_cell(&self.out, &mut self.blocks);
                        }
                    }
                    "table" => {
                        self.tables.pop();
                    }
                    _ => {}
                }
            }
            if let Some(first) = frame.post_from {
                self.sign_post(first);
            }
        }
    }

    /// Reads the signature of an embedded post (`— Name (@handle) date`), and gives its author and date to its blocks.
    fn sign_post(&mut self, first: usize) {
        let signature = self.blocks[first..]
            .iter()
            .rev()
            .find_map(|block| self.out[block.range.span()].trim().strip_prefix(['—', '–', '-']).map(str::to_owned));
        let Some(signature) = signature else { return };
        let (author, time) = match signature.split_once(')') {
            Some((author, time)) => (format!("{})", author.trim()), time.trim().to_owned()),
            None => (signature.trim().to_owned(), String::new()),
        };
        for block in &mut self.blocks[first..] {
            block.author = Some(author.clone());
            block.time = (!time.is_empty()).then(|| time.clone());
        }
    }

    /// html5ever keeps the inside of `<noscript>` as source text, as a browser with scripts does.
    fn noscript(&mut self, source: &str) {
        let inner = Html::parse_fragment(source);
        let text: String = inner.root_element().text().take(10_000).collect::<Vec<_>>().join(" ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.end_block();
            push_block(&mut self.out, &mut self.blocks, &text, Zone::Hidden);
            self.facts.noscript.push_str(&text);
        }
    }

    /// Strings of a page's data that read like text (`__NEXT_DATA__` and the like).
    fn script_data(&mut self, json: &str) {
        if json.len() > 8 << 20 {
            return;
        }
        let Ok(value) = serde_json::from_str::<serde_json::Value>(json.trim()) else { return };
        let mut stack = vec![&value];
        let mut texts = Vec::new();
        while let Some(value) = stack.pop() {
            match value {
                serde_json::Value::String(text)
                    if text.split_whitespace().nth(4).is_some() && !text.contains("://") =>
                {
                    texts.push(text)
                }
                serde_json::Value::Array(items) => stack.extend(items.iter().rev()),
                serde_json::Value::Object(map) => stack.extend(map.values().rev()),
                _ => {}
            }
        }
        self.end_block();
        for text in texts {
            let plain = if text.contains('<') {
                Html::parse_fragment(text).root_element().text().collect::<Vec<_>>().join(" ")
            } else {
                text.clone()
            };
            push_block(&mut self.out, &mut self.blocks, &plain, Zone::ScriptData);
        }
    }
}

fn push_block(out: &mut String, blocks: &mut Vec<Block>, text: &str, zone: Zone) {
    let text = text
        .split([' ', '\n', '\t', '\r', '\u{c}', '\0'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if text.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let start = out.len();
    out.push_str(&text);
    blocks.push(Block {
        range: TextRange::new(start, out.len()),
        zone,
        page: None,
        time: None,
        author: None,
        heads: Vec::new(),
    });
}
