//! DOCX: a Word document → its text with headings, lists, tables, notes and comments, and its links.
//!
//! Tracked changes are read as if they were accepted: what was inserted or moved in is text, what was deleted, moved
//! away or struck out is told apart as struck, and how something was formatted before does not count. The words that a
//! note or a comment hangs on lead to the first address in it.

mod part;
mod targets;

use super::Limits;
use super::Whole;
use super::text::TextBuilder;
use super::xml::{Step, walk};
use super::zip::Container;
use crate::model::{Failure, Link, Obstacle, Reason, Zone};
use part::{Part, Target};
use targets::{Beside, Styles};

/// Where the text stands, unless the container says otherwise.
const MAIN: &str = "word/document.xml";
/// Members that hold text beside the main one, in the order in which they are read.
const BESIDE: [(&str, Zone); 5] = [
    ("footnotes", Zone::Footnote),
    ("endnotes", Zone::Footnote),
    ("comments.xml", Zone::Comment),
    ("header", Zone::RunningHead),
    ("footer", Zone::RunningHead),
];

/// Reads a Word document, and what its words link to.
///
/// # Errors
///
/// `damaged`, `encrypted`, `too-large`.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<(Whole, Vec<Link>), Failure> {
    let mut container = Container::open(bytes, limits)?;
    let main = targets::main(&mut container)?.unwrap_or_else(|| MAIN.to_owned());
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let source = container
        .text(&main)?
        .ok_or_else(|| Failure::new(Reason::Damaged, format!("the document has lost its text ({main})")))?;
    let styles = match container.text(&format!("{folder}/styles.xml"))? {
        Some(source) => Styles::read(&source)?,
        None => Styles::default(),
    };
    let mut builder = TextBuilder::default();
    let relations = targets::relations(&mut container, &main)?;
    let mut beside = Beside::default();
    let part::Read { links: body, mut unread } =
        part::read(&source, &Part { zone: Zone::Paragraph, relations, styles: &styles }, &mut builder, &mut beside)?;
    let names = container.names();
    for (stem, zone) in BESIDE {
        let prefix = format!("{folder}/{stem}");
        for name in names.iter().filter(|name| name.starts_with(&prefix) && name.ends_with(".xml")) {
            if let Some(source) = container.text(name)? {
                let relations = targets::relations(&mut container, name)?;
                let read = part::read(&source, &Part { zone, relations, styles: &styles }, &mut builder, &mut beside)?;
                unread = unread.or(read.unread);
            }
        }
    }
    for member in targets::chunks(&mut container, &main)? {
        match (container.text(&member)?, member.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())) {
            (Some(source), Some(ending)) if matches!(ending.as_str(), "html" | "htm" | "xhtml") => {
                builder.append(&super::html::fragment(&source), |block| block.zone);
            }
            (Some(source), Some(ending)) if ending == "txt" => {
                builder.push_lines(&source, Zone::Paragraph);
            }
            _ => {
                let detail = format!("the document takes in another file that was not read ({member})");
                unread.get_or_insert(Obstacle { reason: Reason::UnsupportedType, detail });
            }
        }
    }
    let title = properties(&mut container, &mut builder)?;
    let links = body
        .into_iter()
        .filter_map(|(range, target)| {
            let url = match target {
                Target::Url(url) => url,
                Target::Beside(place) => beside.address(&place)?.to_owned(),
            };
            Some(Link { range, url })
        })
        .collect();
    let mut document = builder.finish("UTF-8", 0);
    document.title = title;
    // Inside a container that is whole nothing was cut off: it was written that way.
    let unread = unread.map(|unread| match unread.reason {
        Reason::Truncated => Obstacle { reason: Reason::Damaged, ..unread },
        _ => unread,
    });
    Ok((Whole { document, unread }, links))
}

/// Reads what the document says of itself; its title.
fn properties(container: &mut Container<'_>, builder: &mut TextBuilder) -> Result<Option<String>, Failure> {
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
    Ok(title)
}
