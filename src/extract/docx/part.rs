//! One part of a Word document → its blocks, and where in them its links stand.

use std::collections::HashMap;
use std::ops::Range;

use super::super::raised::{self, Raised};
use super::super::table::Table;
use super::super::text::TextBuilder;
use super::super::xml::{Step, Tag, walk};
use super::targets::{self, Beside, Relations, Styles, is_on};
use crate::model::{Failure, Obstacle, TextRange, Within, Zone};

/// Links that are kept of one part.
const LINKS: usize = 20_000;
/// Fields that stand inside each other.
const FIELDS: usize = 64;
/// Comments whose words are being read at the same time.
const COMMENTED: usize = 64;

/// A part, and what it refers to.
pub(super) struct Part<'a> {
    /// What its paragraphs are, unless their style says more.
    pub(super) zone: Zone,
    pub(super) relations: Relations,
    pub(super) styles: &'a Styles,
}

/// Where a link leads.
pub(super) enum Target {
    Url(String),
    /// To the first address of a note or comment.
    Beside(String),
}

/// What came of reading a part.
pub(super) struct Read {
    /// The links of its words, in order of their ends.
    pub(super) links: Vec<(TextRange, Target)>,
    /// Why its end was not read.
    pub(super) unread: Option<Obstacle>,
}

/// Reads a part.
pub(super) fn read(
    source: &str,
    part: &Part<'_>,
    builder: &mut TextBuilder,
    beside: &mut Beside,
) -> Result<Read, Failure> {
    let mut reader = Reader { part, builder, beside, state: State::default() };
    let unread = walk(source, |step| reader.take(step))?;
    // What stood in a paragraph that nothing closes was read.
    while !reader.state.open.is_empty() {
        reader.end_paragraph();
    }
    reader.flush_joined();
    Ok(Read { links: reader.state.links, unread })
}

/// One paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    /// Struck out or deleted.
    struck: String,
    hidden: String,
    style: Option<String>,
    listed: bool,
    /// The mark at its end was deleted: the next paragraph continues it.
    joined: bool,
    links: Vec<(Range<usize>, Target)>,
    /// Elements that link, open: where their words begin.
    linking: Vec<(usize, Option<String>)>,
}

impl Paragraph {
    fn link(&mut self, from: usize, target: Target) {
        if from < self.text.len() {
            self.links.push((from..self.text.len(), target));
        }
    }
}

/// A field that is written as a run of marks: its instruction, and where its words begin once they do.
#[derive(Default)]
struct Field {
    instruction: String,
    from: Option<usize>,
}

#[derive(Default)]
struct State {
    open: Vec<Paragraph>,
    /// A paragraph that the next one continues.
    joined: Option<Paragraph>,
    tables: Vec<Table>,
    /// What these tables stand within.
    around: Vec<Within>,
    fields: Vec<Field>,
    /// Comments whose words are being read: where these begin.
    commented: HashMap<String, usize>,
    /// The note or comment that is being read.
    note: Option<String>,
    author: Option<String>,
    headed: bool,
    struck: bool,
    hidden: bool,
    /// Whether characters are set above the line.
    raised: bool,
    /// The same below the line.
    lowered: bool,
    /// How many deletions are open.
    deleted: usize,
    /// Whether characters count: as text, or as an instruction.
    reading: bool,
    instructing: bool,
    /// How many elements are open whose content is no text of the document.
    skipped: usize,
    /// Inside the properties of a paragraph.
    properties: bool,
    links: Vec<(TextRange, Target)>,
}

struct Reader<'a> {
    part: &'a Part<'a>,
    builder: &'a mut TextBuilder,
    beside: &'a mut Beside,
    state: State,
}

/// Whether an element holds nothing that the document says: the same box once more for programs that cannot draw the
/// first one, or how something was formatted before a tracked change.
fn is_skipped(name: &str) -> bool {
    name == "Fallback" || name.ends_with("Change")
}

impl Reader<'_> {
    fn take(&mut self, step: Step<'_>) {
        match step {
            Step::Open(tag) if is_skipped(tag.name()) => self.state.skipped += 1,
            Step::Close(name) if is_skipped(name) => self.state.skipped = self.state.skipped.saturating_sub(1),
            _ if self.state.skipped > 0 => {}
            Step::Open(tag) => self.opened(&tag),
            Step::Text(text) => {
                if self.state.reading && self.state.raised {
                    self.raise(&text);
                } else if self.state.reading && self.state.lowered {
                    let before = self.state.open.last().map_or("", |paragraph| paragraph.text.as_str());
                    let lowered = raised::lowered(before, &text);
                    self.write(lowered.as_deref().unwrap_or(&text));
                } else if self.state.reading {
                    self.write(&text);
                } else if self.state.instructing
                    && let Some(field) = self.state.fields.last_mut()
                    && field.instruction.len() < 4_096
                {
                    field.instruction.push_str(&text);
                }
            }
            Step::Close(name) => self.closed(name),
        }
    }

    /// Writes raised characters as what they are.
    fn raise(&mut self, text: &str) {
        let before = self.state.open.last().map_or("", |paragraph| paragraph.text.as_str());
        match raised::judge(before, text, None, true) {
            Raised::Note => {}
            Raised::Joined => self.write(text),
            Raised::Power(power) => self.write(&power),
        }
    }

    fn opened(&mut self, tag: &Tag<'_>) {
        let state = &mut self.state;
        match tag.name() {
            "p" => {
                let paragraph = state.joined.take().unwrap_or_default();
                state.open.push(Paragraph { joined: false, style: None, ..paragraph });
            }
            "pPr" => state.properties = true,
            "r" => {
                let style = state.open.last().and_then(|paragraph| paragraph.style.as_deref());
                state.struck = style.is_some_and(|style| self.part.styles.strikes(style));
                state.hidden = style.is_some_and(|style| self.part.styles.hides(style));
                (state.raised, state.lowered) = (false, false);
            }
            "rStyle" => {
                if let Some(style) = tag.attr("val") {
                    state.struck |= self.part.styles.strikes(&style);
                    state.hidden |= self.part.styles.hides(&style);
                }
            }
            "vertAlign" => {
                let place = tag.attr("val");
                state.raised = place.as_deref() == Some("superscript");
                state.lowered = place.as_deref() == Some("subscript");
            }
            "strike" | "dstrike" => state.struck = is_on(tag),
            "vanish" => state.hidden = is_on(tag),
            "del" | "moveFrom" if state.properties => {
                if let Some(paragraph) = state.open.last_mut() {
                    paragraph.joined = true;
                }
            }
            "del" | "moveFrom" => state.deleted += 1,
            "pStyle" => {
                if let Some(paragraph) = state.open.last_mut() {
                    paragraph.style = tag.attr("val");
                }
            }
            "numPr" => {
                if let Some(paragraph) = state.open.last_mut() {
                    paragraph.listed = true;
                }
            }
            "t" | "delText" => state.reading = true,
            "instrText" => state.instructing = true,
            "tab" if !state.properties => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("\u{2011}"),
            "softHyphen" => self.write("\u{ad}"),
            "hyperlink" => {
                let url = tag.attr("id").and_then(|id| self.part.relations.get(&id).cloned());
                self.linking(url);
            }
            "fldSimple" => self.linking(tag.attr("instr").and_then(|instruction| targets::of_field(&instruction))),
            "fldChar" => self.field(tag.attr("fldCharType").as_deref().unwrap_or_default()),
            "footnoteReference" => self.noted('f', tag),
            "endnoteReference" => self.noted('e', tag),
            "commentRangeStart" => {
                if let (Some(id), Some(paragraph)) = (tag.attr("id"), state.open.last())
                    && state.commented.len() < COMMENTED
                {
                    state.commented.insert(id, paragraph.text.len());
                }
            }
            "commentRangeEnd" => {
                if let Some(id) = tag.attr("id")
                    && let Some(from) = state.commented.remove(&id)
                    && let Some(paragraph) = state.open.last_mut()
                {
                    paragraph.link(from, Target::Beside(format!("c{id}")));
                }
            }
            kind @ ("footnote" | "endnote" | "comment") => {
                state.author = tag.attr("author").filter(|_| kind == "comment");
                state.note = tag.attr("id").map(|id| format!("{}{id}", &kind[..1]));
                self.builder.begin_entry();
            }
            "tbl" => {
                self.flush_joined();
                let number = self.builder.begin_table();
                self.state.tables.push(Table::new(number));
                self.state.around.push(self.builder.within());
            }
            "tr" => {
                self.builder.begin_row();
                if let Some(table) = state.tables.last_mut() {
                    table.next_row();
                }
            }
            "tc" => {
                self.builder.begin_unit();
                if let Some(table) = state.tables.last_mut() {
                    table.open_cell(self.builder.len());
                }
            }
            "gridSpan" => {
                if let Some(table) = state.tables.last_mut() {
                    table.span(tag.attr("val").as_deref(), None, false);
                }
            }
            _ => {}
        }
    }

    fn closed(&mut self, name: &str) {
        match name {
            "t" | "delText" => self.state.reading = false,
            "instrText" => self.state.instructing = false,
            "pPr" => self.state.properties = false,
            "del" | "moveFrom" if !self.state.properties => {
                self.state.deleted = self.state.deleted.saturating_sub(1);
            }
            "hyperlink" | "fldSimple" => {
                if let Some(paragraph) = self.state.open.last_mut()
                    && let Some((from, Some(url))) = paragraph.linking.pop()
                {
                    paragraph.link(from, Target::Url(url.clone()));
                    self.address(&url);
                }
            }
            "p" => self.end_paragraph(),
            "tc" => {
                self.flush_joined();
                if let Some(table) = self.state.tables.last_mut() {
                    let (text, blocks) = self.builder.parts();
                    table.close_cell(text, blocks);
                }
            }
            "tr" => {
                if let Some(table) = self.state.tables.last_mut() {
                    let (text, blocks) = self.builder.parts();
                    table.close_row(text, blocks);
                }
            }
            "txbxContent" | "footnote" | "endnote" | "comment" => self.flush_joined(),
            "tbl" => {
                self.state.tables.pop();
                self.builder.return_to(self.state.around.pop().unwrap_or_default());
            }
            _ => {}
        }
    }

    /// An element that links begins.
    fn linking(&mut self, url: Option<String>) {
        if let Some(paragraph) = self.state.open.last_mut()
            && paragraph.linking.len() < FIELDS
        {
            paragraph.linking.push((paragraph.text.len(), url));
        }
    }

    /// A field begins, its words begin, or it ends.
    fn field(&mut self, kind: &str) {
        let at = self.state.open.last().map_or(0, |paragraph| paragraph.text.len());
        match kind {
            "begin" if self.state.fields.len() < FIELDS => self.state.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.state.fields.last_mut() {
                    field.from = Some(at);
                }
            }
            "end" => {
                if let Some(field) = self.state.fields.pop()
                    && let Some(url) = targets::of_field(&field.instruction)
                    && let Some(paragraph) = self.state.open.last_mut()
                {
                    paragraph.link(field.from.unwrap_or(at).min(at), Target::Url(url.clone()));
                    self.address(&url);
                }
            }
            _ => {}
        }
    }

    /// The word before the sign of a note leads where the note leads.
    fn noted(&mut self, kind: char, tag: &Tag<'_>) {
        if self.state.deleted > 0 {
            return;
        }
        if let (Some(id), Some(paragraph)) = (tag.attr("id"), self.state.open.last_mut()) {
            let end = paragraph.text.trim_end().len();
            let start = paragraph.text[..end].rfind(char::is_whitespace).map_or(0, |at| at + 1);
            if start < end {
                paragraph.links.push((start..end, Target::Beside(format!("{kind}{id}"))));
            }
        }
    }

    /// Keeps the address of the note or comment that is being read.
    fn address(&mut self, url: &str) {
        if let Some(note) = &self.state.note {
            self.beside.keep(note, url);
        }
    }

    fn write(&mut self, text: &str) {
        let struck = self.state.struck || self.state.deleted > 0;
        if let Some(paragraph) = self.state.open.last_mut() {
            let to = match (struck, self.state.hidden) {
                (true, _) => &mut paragraph.struck,
                (_, true) => &mut paragraph.hidden,
                _ => &mut paragraph.text,
            };
            to.push_str(text);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.state.open.pop() else { return };
        if paragraph.joined {
            if let Some(before) = self.state.joined.replace(paragraph) {
                self.push(before);
            }
            return;
        }
        // What goes on in the next paragraph has its words in this one too.
        let mut ids: Vec<&String> = self.state.commented.keys().collect();
        ids.sort_unstable();
        for id in ids {
            paragraph.link(self.state.commented[id], Target::Beside(format!("c{id}")));
        }
        for from in self.state.commented.values_mut() {
            *from = 0;
        }
        for field in self.state.fields.iter_mut().filter(|field| field.from.is_some()) {
            if let (Some(from), Some(url)) = (field.from.replace(0), targets::of_field(&field.instruction)) {
                paragraph.link(from, Target::Url(url));
            }
        }
        self.push(paragraph);
    }

    fn flush_joined(&mut self) {
        if let Some(paragraph) = self.state.joined.take() {
            self.push(paragraph);
        }
    }

    /// Writes a paragraph as blocks.
    fn push(&mut self, paragraph: Paragraph) {
        let zone = match self.part.zone {
            Zone::Paragraph if !self.state.tables.is_empty() => Zone::TableCell,
            Zone::Paragraph => self.of_style(&paragraph),
            zone => zone,
        };
        let around = self.builder.within();
        if zone == Zone::ListItem {
            self.builder.begin_unit();
        }
        if let Some(url) = targets::spelled(&paragraph.text) {
            self.address(url);
        }
        for (text, zone) in
            [(&paragraph.text, zone), (&paragraph.struck, Zone::Struck), (&paragraph.hidden, Zone::Hidden)]
        {
            if let Some(block) = self.builder.push_lines(text, zone) {
                block.author = self.state.author.clone().filter(|_| zone == Zone::Comment);
                let range = block.range;
                if zone != Zone::Struck && zone != Zone::Hidden {
                    let places = self.builder.places(range, text, paragraph.links.iter().map(|(at, _)| at.clone()));
                    let targets = paragraph.links.iter().map(|(_, target)| match target {
                        Target::Url(url) => Target::Url(url.clone()),
                        Target::Beside(place) => Target::Beside(place.clone()),
                    });
                    let found = places.into_iter().zip(targets).filter_map(|(place, target)| Some((place?, target)));
                    let free = LINKS.saturating_sub(self.state.links.len());
                    self.state.links.extend(found.take(free));
                }
            }
        }
        self.builder.return_to(around);
    }

    fn of_style(&mut self, paragraph: &Paragraph) -> Zone {
        if paragraph.text.trim().is_empty() {
            return Zone::Paragraph;
        }
        let names = paragraph.style.as_deref().map(|style| self.part.styles.names(style)).unwrap_or_default();
        for style in &names {
            if style == "title" || style == "heading1" || style.starts_with("berschrift1") || style == "titre1" {
                let first = !std::mem::replace(&mut self.state.headed, true);
                return if first { Zone::Headline } else { Zone::Subheading };
            }
            match style.as_str() {
                "subtitle" => return Zone::Deck,
                "quote" | "intensequote" => return Zone::Blockquote,
                "caption" => return Zone::Caption,
                _ if style.starts_with("heading") || style.starts_with("berschrift") => return Zone::Subheading,
                _ if style.starts_with("toc") => return Zone::Navigation,
                _ => {}
            }
        }
        let listed = || paragraph.style.as_deref().is_some_and(|style| self.part.styles.lists(style));
        if paragraph.listed || listed() { Zone::ListItem } else { Zone::Paragraph }
    }
}
