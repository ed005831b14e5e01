//! The walk: elements and text in document order → blocks with zones.
//!
//! What readers do not see and what is struck out inside a sentence is taken out of it: it becomes a block behind it.

mod facts;
mod level;
mod parts;

use html5ever::local_name;

use parts::{Part, Terms};

use super::groups::{self, Group, Mark};
use super::{PageFacts, data, embeds, notes, push_block};
use crate::extract::metadata::Metadata;
use crate::extract::raised;
use crate::extract::style::{Marks, Sheet};
use crate::extract::table::Table;
use crate::extract::tree::{Element, NodeRef};
use crate::extract::zones::{self, Role, Weight, Zones};
use crate::model::words::single_spaced;
use crate::model::{Block, Link, TextRange, Within, Zone};

struct Frame<'a> {
    zone: Zone,
    within: Within,
    skip: bool,
    /// Whether it is a drawing, or a part of one that is no text.
    drawing: bool,
    block: bool,
    /// What it is of a table or a list.
    part: Option<Part>,
    link: bool,
    preformatted: bool,
    /// Whether its text is taken out of the sentence.
    side: bool,
    /// Whether it is one post, comment or entry of many.
    group: bool,
    /// What its text says of the group around it.
    mark: Option<Mark>,
    /// Of a link: where it leads.
    href: Option<&'a str>,
    /// Of a link: where its words begin.
    linked_from: Option<usize>,
    /// Its classes and ids, and those of what it stands in.
    marks: Marks,
    /// Of a `<figure>`: how many blocks stood before it.
    figure: Option<usize>,
}

/// Text that is taken out of a sentence.
struct Side {
    zone: Zone,
    text: String,
}

#[derive(Default)]
pub(super) struct Walk<'a> {
    frames: Vec<Frame<'a>>,
    pub(super) out: String,
    pub(super) blocks: Vec<Block>,
    /// Start of the block that is being written.
    start: Option<usize>,
    zone: Option<Zone>,
    /// What the block that is being written stands within, and the highest numbers that were given.
    within: Within,
    given: Within,
    space: bool,
    linked: usize,
    tables: Vec<Table>,
    /// Lists of terms that are open.
    terms: Vec<Terms>,
    /// Alternative texts of pictures inside the block that is being written, and what was taken out of it.
    behind: Vec<Side>,
    sides: Vec<Side>,
    groups: Vec<Group>,
    /// Quotation marks that `<q>` has opened.
    quotes: usize,
    pub(super) metadata: Metadata,
    pub(super) facts: PageFacts,
    /// Below a heading that stands above readers' comments: how many elements were open around it.
    commented: Option<usize>,
    /// Whether the page's own `<title>` was read: later ones belong to pictures.
    titled: bool,
    /// Text of a `<script>`, `<title>` or `<noscript>` that is being read.
    aside: Option<(Aside, String)>,
    zones: Zones<'a>,
    /// Whether the page holds so little text that it may be a wall.
    little: bool,
    /// Whether the page marks notes with raised characters.
    noted: bool,
}

enum Aside {
    JsonLd,
    ScriptData,
    Script,
    Title,
    Noscript,
}

/// Links that are kept of one page.
const LINKS: usize = 20_000;

/// Bytes of text above which nobody looks for marks of a wall.
const LITTLE: u32 = 6_000;

impl<'a> Walk<'a> {
    /// A walk through a page with so much text.
    pub(super) fn new(total: u32, sheet: Sheet, noted: bool) -> Self {
        Self { zones: Zones::new(total, sheet), little: total < LITTLE, noted, ..Self::default() }
    }

    /// Ends the walk.
    pub(super) fn done(mut self) -> Self {
        self.end_block();
        self
    }

    pub(super) fn open(&mut self, node: NodeRef<'a>, element: &'a Element, weight: Weight) {
        let name = element.name();
        let (zone, skip, link, preformatted, mut marks) =
            self.frames.last().map_or((Zone::Paragraph, false, false, false, Marks::default()), |frame| {
                (frame.zone, frame.skip, frame.link, frame.preformatted, frame.marks)
            });
        let within = self.frames.last().map_or_else(Within::default, |frame| frame.within);
        self.note_facts(element, name);
        self.facts.links.extend(embeds::of(element, self.out.len()).filter(|_| self.facts.links.len() < LINKS));
        let drawing = self.frames.last().is_some_and(|frame| frame.drawing);
        let role = match *name {
            // The words of a drawing stand in it as a caption would.
            ref name if drawing && &**name == "text" => Role::Zone(Zone::Caption),
            _ if skip => Role::Skip,
            _ => self.zones.role(node, element, weight, &mut marks),
        };
        let drawn = drawing && role == Role::Zone(Zone::Caption);
        let named = zones::part_of_table(element);
        let part = parts::part(&named);
        let block = drawn
            || zones::is_block(&named)
            || *name == local_name!("span") && weight.text > 3 && self.zones.is_displayed_as_block(element);
        let href = (*name == local_name!("a")).then(|| element.attr(&local_name!("href"))).flatten().map(str::trim);
        let mut frame = Frame {
            zone,
            within,
            skip: skip && !drawn || role == Role::Skip,
            // What hides a drawing hides its words: they are read only where nothing else skips it.
            drawing: *name == local_name!("svg") && !skip || drawing && !drawn,
            block,
            part,
            link: link || href.is_some(),
            preformatted: preformatted || matches!(*name, local_name!("pre") | local_name!("textarea")),
            side: false,
            group: false,
            mark: None,
            href,
            linked_from: None,
            marks,
            figure: None,
        };
        if let Role::Zone(found) = role
            && zones::strength(found) >= zones::strength(zone)
        {
            frame.zone = found;
        }
        let entry = weight.entry && zones::strength(frame.zone) <= zones::strength(Zone::LiveEntry);
        if entry {
            frame.zone = Zone::LiveEntry;
        }
        let apart = matches!(frame.zone, Zone::Hidden | Zone::Struck) && frame.zone != zone;
        if !self.sides.is_empty() {
            if block || *name == local_name!("br") {
                self.write_aside("\n");
            }
        } else if apart && !block {
            frame.side = true;
        } else if block {
            self.end_block();
            frame.figure = (*name == local_name!("figure")).then_some(self.blocks.len());
        }
        if frame.side {
            self.sides.push(Side { zone: frame.zone, text: String::new() });
        }
        if !frame.skip {
            if entry || zones::is_group(element, frame.zone, zone) {
                frame.group = true;
                if matches!(frame.zone, Zone::LiveEntry | Zone::Comment | Zone::Post) {
                    self.given.entry += 1;
                    frame.within = Within { entry: self.given.entry, ..Within::default() };
                }
                self.groups.push(Group::new(self.blocks.len(), frame.zone));
            } else if let Some(group) = self.groups.last_mut() {
                frame.mark = group.mark(element, self.out.len());
            }
            self.special(node, element, weight, &mut frame);
        }
        self.frames.push(frame);
    }

    /// Elements that are no text themselves, and those that do something to it.
    fn special(&mut self, node: NodeRef<'a>, element: &Element, weight: Weight, frame: &mut Frame<'a>) {
        let name = element.name();
        if weight.text as usize <= raised::LONGEST && (*name == local_name!("sup") || notes::is_raised(element)) {
            self.raise(node, element, frame);
        } else if *name == local_name!("sub") && weight.text as usize <= raised::LONGEST {
            self.lower(node, frame);
        } else if weight.text <= 8 && self.is_glued() && notes::is_mark(node, element) {
            frame.skip = true;
        }
        match *name {
            local_name!("br") if self.sides.is_empty() => self.line_break(),
            ref name
                if matches!(*name, local_name!("img") | local_name!("area"))
                    || matches!(&**name, "amp-img" | "amp-anim") =>
            {
                if let Some(alt) = element.attr(&local_name!("alt")).filter(|alt| !alt.trim().is_empty()) {
                    // A large initial that is a picture is the first letter of its word.
                    if alt.chars().count() == 1 && element.classes().any(notes::is_initial) {
                        self.text(alt);
                    } else {
                        // Inside a sentence a picture must not tear it apart: its text becomes a block between blocks.
                        let strong = zones::strength(frame.zone) > zones::strength(Zone::AltText);
                        self.set_behind(alt.to_owned(), if strong { frame.zone } else { Zone::AltText });
                    }
                }
            }
            local_name!("q") => {
                self.quotes += 1;
                self.text(if self.quotes % 2 == 1 { "“" } else { "‘" });
            }
            _ => {}
        }
        if let Some(part) = frame.part {
            self.open_part(part, element, &mut frame.within);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, buffer)) = &mut self.aside {
            buffer.push_str(text);
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
        let (zone, within, link, preformatted) = (frame.zone, frame.within, frame.link, frame.preformatted);
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
                self.begin(zone, within);
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

    fn begin(&mut self, zone: Zone, within: Within) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.start = Some(self.out.len());
        self.zone = Some(zone);
        self.within = within;
        self.space = false;
        self.linked = 0;
    }

    fn line_break(&mut self) {
        if self.start.is_some() && !self.out.ends_with('\n') {
            self.out.push('\n');
            self.space = false;
        }
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
                let text = &self.out[start..end];
                let leads = zones::leads_elsewhere(text, self.linked);
                if matches!(zone, Zone::Subheading | Zone::Headline) {
                    // A heading inside one comment ends none of them.
                    let around = self.frames.len();
                    if zones::heads_comments(text) {
                        self.commented = Some(around);
                    } else if self.commented.is_some_and(|heading| around <= heading) {
                        self.commented = None;
                    }
                }
                let zone = match zone {
                    zone if self.commented.is_some()
                        && zones::strength(zone) < zones::strength(Zone::Comment)
                        && zone != Zone::Subheading =>
                    {
                        Zone::Comment
                    }
                    Zone::Paragraph | Zone::ListItem if leads => Zone::Related,
                    Zone::Paragraph | Zone::ListItem | Zone::Subheading | Zone::TableCell if linked => Zone::Related,
                    Zone::Paragraph if zones::is_notice(&self.out[start..end]) => Zone::Correction,
                    zone => zone,
                };
                self.blocks.push(Block { within: self.within, ..Block::new(TextRange::new(start, end), zone) });
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
        match (element.name().clone(), self.aside.take()) {
            (local_name!("script"), Some((Aside::JsonLd, json))) => self.metadata.json_ld(&json),
            (local_name!("script"), Some((Aside::ScriptData, json))) => self.script_data(&json),
            (local_name!("script"), Some((Aside::Script, code))) => {
                if let Some(json) = data::assigned(&code) {
                    self.script_data(json);
                }
            }
            (local_name!("title"), Some((Aside::Title, title))) => {
                self.titled = true;
                self.metadata.add(&title);
                let title = single_spaced(&title);
                self.metadata.title.get_or_insert(title);
            }
            (local_name!("noscript"), Some((Aside::Noscript, source))) => self.noscript(&source),
            (_, aside) => self.aside = aside,
        }
        if *element.name() == local_name!("q") && self.frames.last().is_some_and(|frame| !frame.skip) {
            self.text(if self.quotes % 2 == 1 { "”" } else { "’" });
            self.quotes = self.quotes.saturating_sub(1);
        }
        let Some(frame) = self.frames.pop() else { return };
        if let (Some(url), Some(from)) = (frame.href, frame.linked_from)
            && self.facts.links.len() < LINKS
            && from < self.out.len()
        {
            self.facts.links.push(Link { range: TextRange::new(from, self.out.len()), url: url.to_owned() });
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
            if let Some(part) = frame.part.filter(|_| !frame.skip) {
                self.close_part(part);
            }
        }
        if frame.group
            && let Some(group) = self.groups.pop()
        {
            self.end_block();
            group.sign(&self.out, &mut self.blocks);
        }
        if let Some(first) = frame.figure {
            groups::sign_figure(first, &self.out, &mut self.blocks);
        }
        if self.commented.is_some_and(|heading| self.frames.len() < heading) {
            self.commented = None;
        }
    }

    /// html5ever keeps the inside of `<noscript>` as source text, as a browser with scripts does.
    fn noscript(&mut self, source: &str) {
        if !data::has_text(source) {
            return;
        }
        let text = crate::extract::snippet::text(source);
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
