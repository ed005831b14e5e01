//! XML: markup → steps (an element opens, text, an element closes), and the reading of XML that is nothing in particular.
//!
//! Entities that a document defines itself are never expanded, so nothing grows; depth and steps are bounded.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::charset::Decoded;
use super::snippet;
use super::text::TextBuilder;
use crate::model::{Document, Failure, Reason, Zone};

/// Elements inside each other that are followed.
const MAX_DEPTH: usize = 512;
/// Steps of one document.
const MAX_STEPS: usize = 20_000_000;

/// One step through a document.
pub(super) enum Step<'a> {
    /// An element begins.
    Open(Tag<'a>),
    /// Text, with its entities resolved.
    Text(String),
    /// An element ends: its name without prefix.
    Close(&'a str),
}

/// The beginning of an element.
pub(super) struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attr(&self, name: &str) -> Option<String> {
        self.0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .map(|attribute| {
                quick_xml::escape::unescape(&attribute.value).map_or(attribute.value.to_string(), Into::into)
            })
    }
}

/// Walks through a document.
///
/// # Errors
///
/// `damaged`, where the markup breaks before anything was read or nests too deeply; what is cut off later ends the walk.
pub(super) fn walk(source: &str, mut take: impl FnMut(Step<'_>)) -> Result<(), Failure> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut depth = 0_usize;
    for step in 0..MAX_STEPS {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(damaged(&format!("its elements stand more than {MAX_DEPTH} deep in each other")));
                }
                take(Step::Open(Tag(&start)));
            }
            Ok(Event::Empty(start)) => {
                take(Step::Open(Tag(&start)));
                take(Step::Close(start.local_name().into_inner()));
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                take(Step::Close(end.local_name().into_inner()));
            }
            Ok(Event::Text(text)) => {
                take(Step::Text(text.xml_content(quick_xml::XmlVersion::Implicit1_0).into_owned()))
            }
            Ok(Event::CData(text)) => {
                take(Step::Text(text.xml_content(quick_xml::XmlVersion::Implicit1_0).into_owned()))
            }
            Ok(Event::GeneralRef(reference)) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let known = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                let named = || {
                    // Names of HTML, which feeds use without defining them.
                    snippet::text(&format!("&{};", &*reference))
                };
                take(Step::Text(character.or_else(known).unwrap_or_else(named)));
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) if step < 2 => return Err(damaged(&error.to_string())),
            Err(_) => return Ok(()),
        }
    }
    Ok(())
}

fn damaged(what: &str) -> Failure {
    Failure::new(Reason::Damaged, format!("the XML cannot be read: {what}"))
}

/// Reads XML of no kind that is known: the text of each innermost element is a block.
pub(super) fn read(decoded: Decoded) -> Result<Document, Failure> {
    let mut builder = TextBuilder::default();
    let mut names: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut title = None;
    walk(&decoded.text, |step| match step {
        Step::Open(tag) => {
            flush(&mut builder, &mut text, &names);
            names.push(tag.name().to_owned());
        }
        Step::Text(more) => text.push_str(&more),
        Step::Close(name) => {
            if name == "title" && title.is_none() {
                title = Some(text.trim().to_owned()).filter(|title| !title.is_empty());
            }
            flush(&mut builder, &mut text, &names);
            if let Some(at) = names.iter().rposition(|open| open == name) {
                names.truncate(at);
            }
        }
    })?;
    flush(&mut builder, &mut text, &names);
    let mut document = builder.finish(decoded.charset, decoded.replacements);
    document.title = title;
    Ok(document)
}

fn flush(builder: &mut TextBuilder, text: &mut String, names: &[String]) {
    match names.last() {
        // A short value stands with its name, which is the only word that says what it is.
        Some(name) if !text.trim().is_empty() && text.split_whitespace().nth(3).is_none() => {
            builder.push(&format!("{name}: {text}"), Zone::ListItem);
        }
        _ => {
            builder.push(text, Zone::Paragraph);
        }
    }
    text.clear();
}
