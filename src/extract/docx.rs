//! DOCX: a Word document → its text with headings, lists, tables, notes and comments. What was deleted with changes
//! tracked, or is struck out, is told apart from what the document says.

use super::Limits;
use super::raised::{self, Raised};
use super::table::Table;
use super::text::TextBuilder;
use super::xml::{Step, Tag, walk};
use super::zip::Container;
use crate::model::{Document, Failure, Reason, Zone};

/// Members that hold text beside the main one, in the order in which they are read.
const BESIDE: [(&str, Zone); 5] = [
    ("word/footnotes", Zone::Footnote),
    ("word/endnotes", Zone::Footnote),
    ("word/comments.xml", Zone::Comment),
    ("word/header", Zone::RunningHead),
    ("word/footer", Zone::RunningHead),
];

/// Reads a Word document.
///
/// # Errors
///
/// `damaged`, `encrypted`, `too-large`.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Failure> {
    let mut container = Container::open(bytes, limits)?;
    let main = container
        .text("word/document.xml")?
        .ok_or_else(|| Failure::new(Reason::Damaged, "the document has lost its text (word/document.xml)"))?;
    let mut builder = TextBuilder::default();
    part(&main, Zone::Paragraph, &mut builder)?;
    let names = container.names();
    for (prefix, zone) in BESIDE {
        for name in names.iter().filter(|name| name.starts_with(prefix) && name.ends_with(".xml")) {
            if let Some(source) = container.text(name)? {
                part(&source, zone, &mut builder)?;
            }
        }
    }
    let mut title = None;
    if let Some(core) = container.text("docProps/core.xml")? {
        let mut text = String::new();
        walk(&core, |step| match step {
            Step::Open(_) => text.clear(),
            Step::Text(more) => text.push_str(&more),
            Step::Close(name) => {
                if matches!(name, "title" | "subject" | "description") {
                    if name == "title" && !text.trim().is_empty() {
                        title = Some(text.trim().to_owned());
                    }
                    builder.push(&text, Zone::Metadata);
                }
                text.clear();
            }
        })?;
    }
    let mut document = builder.finish("UTF-8", 0);
    document.title = title;
    Ok(document)
}

/// One paragraph that is being read.
#[derive(Default)]
struct Run {
    text: String,
    /// Struck out or deleted.
    struck: String,
    hidden: String,
    style: Option<String>,
    listed: bool,
}

fn part(source: &str, zone: Zone, builder: &mut TextBuilder) -> Result<(), Failure> {
    let mut open: Vec<Run> = Vec::new();
    let mut tables: Vec<Table> = Vec::new();
    let mut author = None;
    let mut headed = false;
    let mut raised = false;
    let (mut struck, mut hidden, mut deleted, mut reading, mut skipped) = (false, false, 0_usize, false, 0_usize);
    walk(source, |step| match step {
        Step::Open(tag) => match tag.name() {
            // The same text box once more, for programs that cannot draw the first one.
            "Fallback" => skipped += 1,
            _ if skipped > 0 => {}
            "p" => open.push(Run::default()),
            "r" => (struck, hidden, raised) = (false, false, false),
            "vertAlign" => raised = tag.attr("val").is_some_and(|value| value == "superscript"),
            "strike" | "dstrike" => struck = is_on(&tag),
            "vanish" => hidden = is_on(&tag),
            "del" | "moveFrom" => deleted += 1,
            "pStyle" => {
                if let Some(run) = open.last_mut() {
                    run.style = tag.attr("val");
                }
            }
            "numPr" => {
                if let Some(run) = open.last_mut() {
                    run.listed = true;
                }
            }
            "t" | "delText" => reading = true,
            "tab" => write(&mut open, "\t", struck || deleted > 0, hidden),
            "br" | "cr" => write(&mut open, "\n", struck || deleted > 0, hidden),
            "noBreakHyphen" => write(&mut open, "\u{2011}", struck || deleted > 0, hidden),
            "softHyphen" => write(&mut open, "\u{ad}", struck || deleted > 0, hidden),
            "comment" => author = tag.attr("author"),
            "tbl" => tables.push(Table::default()),
            "tr" => {
                if let Some(table) = tables.last_mut() {
                    table.next_row();
                }
            }
            "tc" => {
                if let Some(table) = tables.last_mut() {
                    table.open_cell(builder.len());
                }
            }
            _ => {}
        },
        Step::Text(text) => {
            if reading && skipped == 0 {
                let before = open.last().filter(|_| raised).map_or("", |run| run.text.as_str());
                match if raised { raised::judge(before, &text, None, true) } else { Raised::Joined } {
                    Raised::Note => {}
                    Raised::Joined => write(&mut open, &text, struck || deleted > 0, hidden),
                    Raised::Power(power) => write(&mut open, &power, struck || deleted > 0, hidden),
                }
            }
        }
        Step::Close(name) => match name {
            "Fallback" => skipped = skipped.saturating_sub(1),
            _ if skipped > 0 => {}
            "t" | "delText" => reading = false,
            "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
            "p" => {
                if let Some(run) = open.pop() {
                    let zone = match zone {
                        Zone::Paragraph if !tables.is_empty() => Zone::TableCell,
                        Zone::Paragraph => of_style(&run, &mut headed),
                        zone => zone,
                    };
                    for (text, zone) in [(&run.text, zone), (&run.struck, Zone::Struck), (&run.hidden, Zone::Hidden)] {
                        if let Some(block) = builder.push_lines(text, zone) {
                            block.author = author.clone().filter(|_| zone == Zone::Comment);
                        }
                    }
                }
            }
            "tc" => {
                if let Some(table) = tables.last_mut() {
                    let (text, blocks) = builder.parts();
                    table.close_cell(text, blocks);
                }
            }
            "tbl" => {
                tables.pop();
            }
            _ => {}
        },
    })
}

/// A switch of formatting is on unless it says otherwise.
fn is_on(tag: &Tag<'_>) -> bool {
    !tag.attr("val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

fn write(open: &mut [Run], text: &str, struck: bool, hidden: bool) {
    if let Some(run) = open.last_mut() {
        let to = match (struck, hidden) {
            (true, _) => &mut run.struck,
            (_, true) => &mut run.hidden,
            _ => &mut run.text,
        };
        to.push_str(text);
    }
}

fn of_style(run: &Run, headed: &mut bool) -> Zone {
    let style = run.style.as_deref().unwrap_or_default().to_ascii_lowercase();
    if run.text.trim().is_empty() {
        return Zone::Paragraph;
    }
    if style == "title" || style == "heading1" || style.starts_with("berschrift1") || style.starts_with("titre1") {
        let first = !std::mem::replace(headed, true);
        return if first { Zone::Headline } else { Zone::Subheading };
    }
    match style.as_str() {
        "subtitle" => Zone::Deck,
        "quote" | "intensequote" => Zone::Blockquote,
        "caption" => Zone::Caption,
        _ if style.starts_with("heading") => Zone::Subheading,
        _ if run.listed => Zone::ListItem,
        _ => Zone::Paragraph,
    }
}
