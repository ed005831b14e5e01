//! The walk: elements and text in document order → blocks with zones.
//!
//! What readers do not see and what is struck out inside a sentence is taken out of it and becomes a block behind it, so
//! that the sentence reads as on the screen.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use super::groups::{Group, Mark};
use super::{PageFacts, data, embeds, notes, push_block};
use crate::extract::metadata::Metadata;
use crate::extract::raised::{self, Raised};
use crate::extract::style::Sheet;
use crate::extract::table::Table;
use crate::extract::zones::{self, Role, Weight, Zones};
use crate::model::{Block, Link, TextRange, Zone};

struct Frame {
    zone: Zone,
    skip: bool,
    block: bool,
    link: bool,
    preformatted: bool,
    /// Whether its text is taken out of the sentence.
    side: bool,
    /// Whether it is one post, comment or entry of many.
    group: bool,
    /// What its text says of the group around it.
    mark: Option<Mark>,
    /// Of a link: where it leads.
    href: Option<String>,
    /// Of a link: where its words begin.
    linked_from: Option<usize>,
}

/// Text that is taken out of a sentence.
struct Side {
    zone: Zone,
    text: String,
}

#[derive(Default)]
pub(super) struct Walk {
    frames: Vec<Frame>,
    pub(super) out: String,
    pub(super) blocks: Vec<Block>,
    /// Start of the block that is being written.
    start: Option<usize>,
    zone: Option<Zone>,
    space: bool,
    linked: usize,
    tables: Vec<Table>,
    /// Alternative texts of pictures inside the block that is being written, and what was taken out of it.
    behind: Vec<Side>,
    sides: Vec<Side>,
    groups: Vec<Group>,
    /// Quotation marks that `<q>` has opened.
    quotes: usize,
    pub(super) metadata: Metadata,
    pub(super) facts: PageFacts,
    /// Whether the page's own `<title>` was read: later ones belong to pictures.
    titled: bool,
    /// Text of a `<script>`, `<title>` or `<noscript>` that is being read.
    aside: Option<Aside>,
    zones: Zones,
    /// Whether the page holds so little text that it may be a wall.
    little: bool,
    /// Whether the page marks notes with raised characters.
    noted: bool,
}

enum Aside {
    JsonLd(String),
    ScriptData(String),
    Script(String),
    Title(String),
    Noscript(String),
}

/// Links that are kept of one page.
const LINKS: usize = 20_000;

/// Bytes of text above which nobody looks for marks of a wall.
const LITTLE: u32 = 6_000;

impl Walk {
    /// A walk through a page with so much text.
    pub(super) fn new(total: u32, sheet: Sheet, noted: bool) -> Self {
        Self { zones: Zones::new(total, sheet), little: total < LITTLE, noted, ..Self::default() }
    }

    /// Ends the walk.
    pub(super) fn done(mut self) -> Self {
        self.end_block();
        self
    }

    pub(super) fn open(&mut self, node: NodeRef<'_, Node>, element: &Element, weight: Weight) {
        let name = element.name();
        let (zone, skip, link, preformatted) =
            self.frames.last().map_or((Zone::Paragraph, false, false, false), |frame| {
                (frame.zone, frame.skip, frame.link, frame.preformatted)
            });
        self.note_facts(element, name);
        self.facts.links.extend(embeds::of(element, self.out.len()).filter(|_| self.facts.links.len() < LINKS));
        let role = if skip { Role::Skip } else { self.zones.role(node, element, weight) };
        let block =
            zones::is_block(name) || name == "span" && weight.text > 3 && self.zones.is_displayed_as_block(element);
        let mut frame = Frame {
            zone,
            skip: skip || role == Role::Skip,
            block,
            link: link || name == "a" && element.attr("href").is_some(),
            preformatted: preformatted || name == "pre" || name == "textarea",
            side: false,
            group: false,
            mark: None,
            href: element.attr("href").filter(|_| name == "a").map(|href| href.trim().to_owned()),
            linked_from: None,
        };
        if let Role::Zone(found) = role
            && zones::strength(found) >= zones::strength(zone)
        {
            frame.zone = found;
        }
        let apart = matches!(frame.zone, Zone::Hidden | Zone::Struck) && frame.zone != zone;
        if !self.sides.is_empty() {
            if block || name == "br" {
                self.write_aside("\n");
            }
        } else if apart && !block {
            frame.side = true;
        } else if block {
            self.end_block();
        }
        if frame.side {
            self.sides.push(Side { zone: frame.zone, text: String::new() });
        }
        if !frame.skip {
            if zones::is_group(element, frame.zone, zone) {
                frame.group = true;
                self.groups.push(Group::new(self.blocks.len(), frame.zone));
            } else if let Some(group) = self.groups.last_mut() {
                frame.mark = group.mark(element, self.out.len());
            }
            self.special(node, element, weight, &mut frame);
        }
        self.frames.push(frame);
    }

    /// Elements that are no text themselves, and those that do something to it.
    fn special(&mut self, node: NodeRef<'_, Node>, element: &Element, weight: Weight, frame: &mut Frame) {
        let name = element.name();
        if weight.text as usize <= raised::LONGEST && (name == "sup" || notes::is_raised(element)) {
            self.raise(node, element, frame);
        } else if weight.text <= 8 && self.is_glued() && notes::is_mark(node, element) {
            frame.skip = true;
        }
        match name {
            "br" if self.sides.is_empty() => self.line_break(),
            "img" | "area" => {
                if let Some(alt) = element.attr("alt").filter(|alt| !alt.trim().is_empty()) {
                    // A large initial that is a picture is the first letter of its word.
                    if alt.chars().count() == 1 && element.classes().any(notes::is_initial) {
                        self.text(alt);
                    } else {
                        self.alternative(alt, frame.zone);
                    }
                }
            }
            "q" => {
                self.quotes += 1;
                self.text(if self.quotes % 2 == 1 { "“" } else { "‘" });
            }
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

    fn note_facts(&mut self, element: &Element, name: &str) {
        match name {
            "meta" => {
                let key =
                    element.attr("property").or_else(|| element.attr("name")).or_else(|| element.attr("itemprop"));
                if let (Some(key), Some(content)) = (key, element.attr("content")) {
                    self.metadata.meta(key, content);
                }
                if element.attr("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"))
                    && self.facts.refresh.is_none()
                {
                    self.facts.refresh = element.attr("content").and_then(data::refresh);
                }
            }
            "script" => {
                self.facts.scripts += 1;
                if self.little {
                    self.facts.vendors.extend(element.attr("src").and_then(data::vendor));
                }
                self.aside = match element.attr("type").map(str::to_ascii_lowercase).as_deref() {
                    Some("application/ld+json") => Some(Aside::JsonLd(String::new())),
                    Some("application/json") => Some(Aside::ScriptData(String::new())),
                    None | Some("text/javascript" | "application/javascript" | "module") => {
                        Some(Aside::Script(String::new()))
                    }
                    _ => None,
                };
            }
            "base" if self.facts.base.is_none() => self.facts.base = element.attr("href").map(str::to_owned),
            "iframe" if self.little => self.facts.vendors.extend(element.attr("src").and_then(data::vendor)),
            "title" if !self.titled => self.aside = Some(Aside::Title(String::new())),
            "noscript" => self.aside = Some(Aside::Noscript(String::new())),
            "input" if element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")) => {
                self.facts.password_field = true
            }
            "div" | "form" if self.little => {
                self.facts.vendors.extend(element.classes().chain(element.id()).find_map(data::vendor));
            }
            _ => {}
        }
    }

    /// Tells the mark of a note, which is no part of the words, from a power, which stays raised.
    fn raise(&mut self, node: NodeRef<'_, Node>, element: &Element, frame: &mut Frame) {
        if notes::is_hinted(element) || self.frames.last().is_some_and(|frame| frame.link) || notes::is_linked(node) {
            frame.skip = true;
            return;
        }
        if !self.sides.is_empty() {
            return;
        }
        let own = notes::inner_text(node);
        if notes::is_numerator(node) {
            // `4<sup>1</sup>/<sub>2</sub>` is four and a half.
            self.space |= self.out.ends_with(|c: char| c.is_ascii_digit());
            return;
        }
        let before = match self.start {
            Some(start) if !self.space => &self.out[start..],
            _ => "",
        };
        match raised::judge(before, &own, notes::behind(node), self.noted) {
            Raised::Joined => {}
            Raised::Note => frame.skip = true,
            Raised::Power(power) => {
                self.text(&power);
                frame.skip = true;
            }
        }
    }

    /// Whether what comes next stands right behind a word.
    fn is_glued(&self) -> bool {
        let word =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '”' | '’' | '»' | '"');
        self.start.is_some() && !self.space && self.sides.is_empty() && self.out.ends_with(word)
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(aside) = &mut self.aside {
            match aside {
                Aside::JsonLd(buffer)
                | Aside::ScriptData(buffer)
                | Aside::Script(buffer)
                | Aside::Title(buffer)
                | Aside::Noscript(buffer) => buffer.push_str(text),
            }
            return;
        }
        let Some(frame) = self.frames.last() else { return };
        if frame.skip {
            return;
        }
        if !self.sides.is_empty() {
            self.write_aside(text);
            return;
        }
        let (zone, link, preformatted) = (frame.zone, frame.link, frame.preformatted);
        let bytes = text.as_bytes();
        if bytes.first().is_some_and(u8::is_ascii_whitespace) {
            self.space = true;
        }
        let blank = |byte: u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0c | 0);
        let mut first = true;
        let mut at = 0;
        while let Some(skipped) = bytes[at..].iter().position(|byte| !blank(*byte)) {
            at += skipped;
            // Words with one space between them are taken together.
            let mut end = at;
            while end < bytes.len() {
                if blank(bytes[end]) {
                    if bytes[end] != b' ' || bytes.get(end + 1).is_none_or(|next| blank(*next)) {
                        break;
                    }
                    end += 1;
                }
                end += 1;
            }
            if self.start.is_none() {
                self.begin(zone);
            } else if self.space || !first {
                self.out.push(if preformatted && self.space { '\n' } else { ' ' });
            }
            first = false;
            self.space = false;
            if link {
                if let Some(frame) = self.frames.iter_mut().rev().find(|frame| frame.href.is_some()) {
                    frame.linked_from.get_or_insert(self.out.len());
                }
                self.linked += bytes[at..end].iter().filter(|byte| **byte != b' ').count();
            }
            self.out.push_str(&text[at..end]);
            at = end;
        }
        if bytes.last().is_some_and(u8::is_ascii_whitespace) {
            self.space = true;
        }
    }

    fn write_aside(&mut self, text: &str) {
        if let Some(side) = self.sides.last_mut() {
            side.text.push_str(text);
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
        self.set_behind(alt.to_owned(), zone);
    }

    /// Makes a block of a text, behind the one that is being written.
    fn set_behind(&mut self, text: String, zone: Zone) {
        if self.start.is_some() {
            self.behind.push(Side { zone, text });
        } else {
            push_block(&mut self.out, &mut self.blocks, &text, zone);
        }
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
                    Zone::Paragraph if zones::is_notice(&self.out[start..end]) => Zone::Correction,
                    zone => zone,
                };
                self.blocks.push(Block::new(TextRange::new(start, end), zone));
                if zone == Zone::Caption {
                    self.drop_repeated_alternative();
                }
            }
        }
        for Side { zone, text } in std::mem::take(&mut self.behind) {
            push_block(&mut self.out, &mut self.blocks, &text, zone);
        }
    }

    /// A picture's text that its caption begins with is not told twice.
    fn drop_repeated_alternative(&mut self) {
        let [.., alternative, caption] = self.blocks.as_mut_slice() else { return };
        let (first, second) = (alternative.range, caption.range);
        if alternative.zone != Zone::AltText || !self.out[second.span()].starts_with(&self.out[first.span()]) {
            return;
        }
        self.out.replace_range(first.start as usize..second.start as usize, "");
        caption.range = TextRange { start: first.start, end: second.end - (second.start - first.start) };
        let at = self.blocks.len() - 2;
        self.blocks.remove(at);
        let gone = second.start - first.start;
        for link in self.facts.links.iter_mut().rev().take_while(|link| link.range.start >= second.start) {
            link.range = TextRange { start: link.range.start - gone, end: link.range.end - gone };
        }
    }

    pub(super) fn close(&mut self, element: &Element) {
        match (element.name(), self.aside.take()) {
            ("script", Some(Aside::JsonLd(json))) => self.metadata.json_ld(&json),
            ("script", Some(Aside::ScriptData(json))) => self.script_data(&json),
            ("script", Some(Aside::Script(code))) => {
                if let Some(json) = data::assigned(&code) {
                    self.script_data(json);
                }
            }
            ("title", Some(Aside::Title(title))) => {
                self.titled = true;
                self.metadata.add(&title);
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                self.metadata.title.get_or_insert(title);
            }
            ("noscript", Some(Aside::Noscript(source))) => self.noscript(&source),
            (_, aside) => self.aside = aside,
        }
        if element.name() == "q" && self.frames.last().is_some_and(|frame| !frame.skip) {
            self.text(if self.quotes % 2 == 1 { "”" } else { "’" });
            self.quotes = self.quotes.saturating_sub(1);
        }
        let Some(mut frame) = self.frames.pop() else { return };
        if let (Some(url), Some(from)) = (frame.href.take(), frame.linked_from)
            && self.facts.links.len() < LINKS
            && from < self.out.len()
        {
            self.facts.links.push(Link { range: TextRange::new(from, self.out.len()), url });
        }
        if let (Some(mark), Some(group)) = (frame.mark, self.groups.last_mut()) {
            group.marked(mark, &self.out);
        }
        if frame.side {
            if let Some(side) = self.sides.pop() {
                self.set_behind(side.text, side.zone);
            }
        } else if frame.block && self.sides.is_empty() {
            self.end_block();
            self.close_table(element.name(), frame.skip);
        }
        if frame.group
            && let Some(group) = self.groups.pop()
        {
            self.end_block();
            group.sign(&self.out, &mut self.blocks);
        }
    }

    fn close_table(&mut self, name: &str, skip: bool) {
        match name {
            _ if skip => {}
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

    /// html5ever keeps the inside of `<noscript>` as source text, as a browser with scripts does.
    fn noscript(&mut self, source: &str) {
        if !data::has_text(source) {
            return;
        }
        let text = super::plain(source);
        let text = text.split_whitespace().take(20_000).collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.end_block();
            push_block(&mut self.out, &mut self.blocks, &text, Zone::Hidden);
            self.facts.noscript.push_str(&text);
        }
    }

    fn script_data(&mut self, json: &str) {
        let texts = data::texts(json);
        if !texts.is_empty() {
            self.end_block();
        }
        for text in texts {
            push_block(&mut self.out, &mut self.blocks, &text, Zone::ScriptData);
        }
    }
}
