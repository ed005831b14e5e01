//! What a part of a Word document refers to: addresses by their number, styles by their built-in names, notes and
//! comments by theirs.

use std::collections::HashMap;

use super::super::xml::{Step, Tag, walk};
use super::super::zip::Container;
use crate::model::Failure;

/// Links, styles, notes and comments that are kept of one document.
const MOST: usize = 20_000;
/// Members that a document takes in whole.
const CHUNKS: usize = 100;
/// Styles that a style may be based on, one behind the other.
const BASES: usize = 10;

/// The addresses that a part refers to, by number.
pub(super) type Relations = HashMap<String, String>;

/// The member that holds the text, as the container says.
pub(super) fn main(container: &mut Container<'_>) -> Result<Option<String>, Failure> {
    let Some(source) = container.text("_rels/.rels")? else { return Ok(None) };
    let mut main = None;
    walk(&source, |step| {
        if let Step::Open(tag) = step
            && tag.name() == "Relationship"
            && tag.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            main = tag.attr("Target").map(|target| target.trim_start_matches('/').to_owned());
        }
    })?;
    Ok(main)
}

/// The addresses outside the container that a member refers to.
pub(super) fn relations(container: &mut Container<'_>, member: &str) -> Result<Relations, Failure> {
    let (folder, name) = member.rsplit_once('/').unwrap_or(("", member));
    let mut relations = Relations::new();
    let Some(source) = container.text(&format!("{folder}/_rels/{name}.rels"))? else { return Ok(relations) };
    walk(&source, |step| {
        if let Step::Open(tag) = step
            && tag.name() == "Relationship"
            && tag.attr("Type").is_some_and(|kind| kind.ends_with("/hyperlink"))
            && let (Some(id), Some(target)) = (tag.attr("Id"), tag.attr("Target"))
            && relations.len() < MOST
        {
            relations.insert(id, target);
        }
    })?;
    Ok(relations)
}

/// The members that a document takes in whole (`altChunk`), in the order of their names.
pub(super) fn chunks(container: &mut Container<'_>, member: &str) -> Result<Vec<String>, Failure> {
    let (folder, name) = member.rsplit_once('/').unwrap_or(("", member));
    let mut chunks = Vec::new();
    let Some(source) = container.text(&format!("{folder}/_rels/{name}.rels"))? else { return Ok(chunks) };
    walk(&source, |step| {
        if let Step::Open(tag) = step
            && tag.name() == "Relationship"
            && tag.attr("Type").is_some_and(|kind| kind.ends_with("/aFChunk"))
            && let Some(target) = tag.attr("Target")
            && chunks.len() < CHUNKS
        {
            chunks.push(match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}/{target}"),
            });
        }
    })?;
    chunks.sort_unstable();
    Ok(chunks)
}

/// The address in the instruction of a field: `HYPERLINK "https://…"`; none of a place in the document itself.
pub(super) fn of_field(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!address.is_empty() && !address.starts_with('\\')).then(|| address.to_owned())
}

/// Styles: the names that their ids stand for. An id is in the language of the program that wrote it, a built-in name
/// always in English.
#[derive(Debug, Default)]
pub(super) struct Styles {
    known: HashMap<String, Style>,
}

/// What is read of one style.
#[derive(Debug, Default)]
struct Style {
    name: String,
    /// The style that it is based on.
    base: Option<String>,
    /// Whether it strikes out, hides or lists what has it, where it says so.
    struck: Option<bool>,
    hidden: Option<bool>,
    listed: Option<bool>,
}

impl Styles {
    /// Reads the member that lists them.
    pub(super) fn read(source: &str) -> Result<Self, Failure> {
        let mut known: HashMap<String, Style> = HashMap::new();
        let mut open = None;
        walk(source, |step| {
            let Step::Open(tag) = step else { return };
            if tag.name() == "style" {
                open = tag.attr("styleId").filter(|_| known.len() < MOST);
            }
            let Some(id) = &open else { return };
            match tag.name() {
                "name" => {
                    if let Some(name) = tag.attr("val") {
                        known.entry(id.clone()).or_default().name = name;
                    }
                }
                "basedOn" => known.entry(id.clone()).or_default().base = tag.attr("val"),
                "strike" | "dstrike" => known.entry(id.clone()).or_default().struck = Some(is_on(&tag)),
                "vanish" => known.entry(id.clone()).or_default().hidden = Some(is_on(&tag)),
                "numPr" => known.entry(id.clone()).or_default().listed = Some(true),
                _ => {}
            }
        })?;
        Ok(Self { known })
    }

    /// The names of a style and of those that it is based on, in lower case without spaces, its id first.
    pub(super) fn names(&self, id: &str) -> Vec<String> {
        let plain = |name: &str| name.to_ascii_lowercase().replace(' ', "");
        let mut names = vec![plain(id)];
        names.extend(self.bases(id).map(|style| plain(&style.name)));
        names
    }

    /// Whether a style strikes out what has it.
    pub(super) fn strikes(&self, id: &str) -> bool {
        self.bases(id).find_map(|style| style.struck).unwrap_or(false)
    }

    /// Whether a style hides what has it.
    pub(super) fn hides(&self, id: &str) -> bool {
        self.bases(id).find_map(|style| style.hidden).unwrap_or(false)
    }

    /// Whether a style makes an entry of a list of what has it.
    pub(super) fn lists(&self, id: &str) -> bool {
        self.bases(id).find_map(|style| style.listed).unwrap_or(false)
    }

    /// A style and those that it is based on, one behind the other.
    fn bases<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let base = |style: &&'s Style| style.base.as_deref().and_then(|id| self.known.get(id));
        std::iter::successors(self.known.get(id), base).take(BASES)
    }
}

/// A switch of formatting is on unless it says otherwise.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    !tag.attr("val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

/// Notes and comments, by kind and number, with the first address in each.
#[derive(Debug, Default)]
pub(super) struct Beside {
    addresses: HashMap<String, String>,
}

impl Beside {
    /// Keeps the first address of a note or comment.
    pub(super) fn keep(&mut self, place: &str, address: &str) {
        if self.addresses.len() < MOST {
            self.addresses.entry(place.to_owned()).or_insert_with(|| address.to_owned());
        }
    }

    /// Its first address.
    pub(super) fn address(&self, place: &str) -> Option<&str> {
        self.addresses.get(place).map(String::as_str)
    }
}

/// The first address that a text spells out.
pub(super) fn spelled(text: &str) -> Option<&str> {
    let at = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let rest = &text[at..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '»')).unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches(['.', ',', ';', ':', ')', ']', '\'']))
}
