//! RSS and Atom: a feed → its entries, each with its title, its text and its date.

use super::Whole;
use super::charset::Decoded;
use super::html;
use super::snippet;
use super::text::TextBuilder;
use super::xml::{Step, walk};
use crate::model::{Failure, Reason, Zone};

/// Entries that are read.
const MAX_ENTRIES: usize = 50_000;

#[derive(Default)]
struct Entry {
    title: String,
    /// What it says of its pictures.
    captions: Vec<String>,
    /// Descriptions, summaries and contents, which hold markup.
    texts: Vec<String>,
    time: String,
    author: String,
}

/// Reads a feed.
///
/// # Errors
///
/// `damaged`, where it is not XML; `too-large`, where it holds too many entries.
pub(super) fn read(decoded: Decoded) -> Result<Whole, Failure> {
    let mut builder = TextBuilder::default();
    let mut title: Option<String> = None;
    let mut entry: Option<Entry> = None;
    let mut entries = 0;
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let pictured = |path: &[String]| {
        path.last().is_some_and(|around| matches!(around.as_str(), "content" | "group" | "thumbnail"))
    };
    // Atom may hold its content as elements of its own: they are put back into markup.
    let mut inside: Option<usize> = None;
    let unread = walk(&decoded.text, |step| match step {
        Step::Open(tag) => {
            let name = tag.name().to_owned();
            if inside.is_some() {
                text.push_str(&format!("<{name}>"));
            } else {
                text.clear();
                if matches!(name.as_str(), "item" | "entry") {
                    entry = Some(Entry::default());
                } else if tag.attr("type").as_deref() == Some("xhtml") {
                    inside = Some(path.len());
                }
            }
            path.push(name);
        }
        Step::Text(more) if inside.is_some() => text.push_str(&html::escaped(&more)),
        Step::Text(more) => text.push_str(&more),
        Step::Close(name) => {
            path.pop();
            if inside.is_some_and(|depth| path.len() > depth) {
                text.push_str(&format!("</{name}>"));
                return;
            }
            inside = None;
            let own = std::mem::take(&mut text);
            match (&mut entry, name) {
                (Some(_), "item" | "entry") => {
                    entries += 1;
                    if let Some(entry) = entry.take().filter(|_| entries <= MAX_ENTRIES) {
                        write(entry, &mut builder);
                    }
                }
                (Some(entry), "description" | "title") if pictured(&path) => entry.captions.push(own),
                (Some(entry), "title") => entry.title = own,
                (Some(entry), "description" | "summary" | "content" | "encoded") => entry.texts.push(own),
                (Some(entry), "pubDate" | "published" | "date") => entry.time = own,
                (Some(entry), "updated") if entry.time.is_empty() => entry.time = own,
                (Some(entry), "author" | "creator" | "name") if !own.trim().is_empty() => entry.author = own,
                (None, "title") if title.is_none() => {
                    builder.push(&own, Zone::Headline);
                    title = Some(own.trim().to_owned());
                }
                (None, "description" | "subtitle") => {
                    builder.push(&own, Zone::Deck);
                }
                _ => {}
            }
        }
    })?;
    if entries > MAX_ENTRIES {
        return Err(Failure::new(Reason::TooLarge, format!("the feed holds {entries} entries")));
    }
    if let Some(entry) = entry {
        write(entry, &mut builder);
    }
    let mut document = builder.finish(decoded.charset, decoded.replacements);
    document.outlet.clone_from(&title);
    document.title = title;
    Ok(Whole { document, unread })
}

fn write(entry: Entry, builder: &mut TextBuilder) {
    let first = builder.len();
    builder.begin_entry();
    builder.push(&snippet::text(&entry.title), Zone::Headline);
    let mut seen: Vec<String> = Vec::new();
    for source in &entry.texts {
        let document = html::fragment(source);
        // A summary that the full text begins with is not told twice.
        if !seen.iter().any(|text| text.contains(&*document.text)) {
            // A summary and the text that it sums up are two texts.
            builder.begin_entry();
            builder.append(&document, |block| block.zone);
            seen.push(document.text.to_string());
        }
    }
    for caption in &entry.captions {
        builder.push(&snippet::text(caption), Zone::Caption);
    }
    let time = Some(entry.time.trim().to_owned()).filter(|time| !time.is_empty());
    let author = Some(entry.author.trim().to_owned()).filter(|author| !author.is_empty());
    for block in builder.blocks_from(first) {
        block.time = block.time.take().or_else(|| time.clone());
        block.author = block.author.take().or_else(|| author.clone());
    }
    builder.end_entries();
}
