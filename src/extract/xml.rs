//! XML: markup → steps (an element opens, text, an element closes), and the reading of XML that is nothing in particular.
//!
//! Of the entities that a document defines itself those are expanded whose value is plain text, up to a limit, so nothing
//! grows; none is ever fetched. Depth and steps are bounded.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Whole;
use super::charset::Decoded;
use super::snippet;
use super::text::TextBuilder;
use crate::model::{Failure, Obstacle, Reason, Within, Zone};

/// Elements inside each other that are followed.
const MAX_DEPTH: usize = 512;
/// Steps of one document.
const MAX_STEPS: usize = 20_000_000;
/// Entities that a document may define, and bytes that they may unfold to.
const MAX_ENTITIES: usize = 1_000;
const MAX_UNFOLDED: usize = 1 << 20;

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

/// Walks through a document. What comes back says that its end, or a part of its text, was not there to be read.
///
/// # Errors
///
/// `damaged`, where the markup breaks before anything was read or nests too deeply; what is cut off later ends the walk.
pub(super) fn walk(source: &str, mut take: impl FnMut(Step<'_>)) -> Result<Option<Obstacle>, Failure> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut depth = 0_usize;
    // A document is whole when its first element ends, however carelessly those inside it are closed.
    let (mut root, mut ended): (Option<String>, bool) = (None, false);
    let mut entities = Entities::default();
    for step in 0..MAX_STEPS {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                root.get_or_insert_with(|| start.local_name().into_inner().to_owned());
                if depth > MAX_DEPTH {
                    return Err(damaged(&format!("its elements stand more than {MAX_DEPTH} deep in each other")));
                }
                take(Step::Open(Tag(&start)));
            }
            Ok(Event::Empty(start)) => {
                ended |= root.is_none();
                take(Step::Open(Tag(&start)));
                take(Step::Close(start.local_name().into_inner()));
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                ended |= root.as_deref() == Some(end.local_name().into_inner());
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
                let own = entities.unfold(&reference);
                take(Step::Text(character.or_else(known).or(own).unwrap_or_else(named)));
            }
            Ok(Event::DocType(declared)) => entities.read(&declared),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) if step < 2 => return Err(damaged(&error.to_string())),
            Err(_) => break,
        }
    }
    Ok(match (ended, entities.left_out) {
        (false, _) => {
            Some(Obstacle { reason: Reason::Truncated, detail: "the XML breaks off: its end is missing".to_owned() })
        }
        (true, true) => Some(Obstacle {
            reason: Reason::Damaged,
            detail: "the XML holds entities that are not expanded: their text was not read".to_owned(),
        }),
        (true, false) => None,
    })
}

/// The entities that a document defines.
#[derive(Default)]
struct Entities {
    /// Those whose value is plain text; of the others there is no value.
    values: HashMap<String, Option<String>>,
    unfolded: usize,
    /// Whether one was asked for that has no value here.
    left_out: bool,
}

impl Entities {
    /// Reads the definitions in a document type: `<!ENTITY name "value">`.
    fn read(&mut self, declared: &str) {
        for definition in declared.split("<!ENTITY").skip(1).take(MAX_ENTITIES) {
            let definition = definition.trim_start();
            let Some((name, rest)) = definition.split_once(char::is_whitespace) else { continue };
            let rest = rest.trim_start();
            let quoted = rest.chars().next().filter(|mark| matches!(mark, '"' | '\'')).and_then(|mark| {
                let inner = &rest[1..];
                inner.find(mark).map(|end| &inner[..end])
            });
            // A value with markup or other entities in it, or one from elsewhere, is left alone.
            let plain = quoted.filter(|value| !value.contains(['&', '<', '%'])).map(str::to_owned);
            self.values.insert(name.to_owned(), plain);
        }
    }

    fn unfold(&mut self, name: &str) -> Option<String> {
        match self.values.get(name)? {
            Some(value) if self.unfolded + value.len() <= MAX_UNFOLDED => {
                self.unfolded += value.len();
                Some(value.clone())
            }
            _ => {
                self.left_out = true;
                Some(String::new())
            }
        }
    }
}

fn damaged(what: &str) -> Failure {
    Failure::new(Reason::Damaged, format!("the XML cannot be read: {what}"))
}

/// Reads XML of no kind that is known: the text of each innermost element is a block, and the short values beside each other
/// in one element are a record. An element inside a sentence is a part of it; one that says whose words it holds is an
/// utterance of its own.
pub(super) fn read(decoded: Decoded) -> Result<Whole, Failure> {
    let mut values = Values::default();
    let mut title = None;
    let unread = walk(&decoded.text, |step| match step {
        Step::Open(tag) => values.open(&tag),
        Step::Text(more) => values.text.push_str(&more),
        Step::Close(name) => {
            if name == "title" && title.is_none() {
                title = Some(values.text.trim().to_owned()).filter(|title| !title.is_empty());
            }
            values.close(name);
        }
    })?;
    values.flush();
    let mut document = values.builder.finish(decoded.charset, decoded.replacements);
    document.title = title;
    Ok(Whole { document, unread })
}

/// An element that is open.
struct Open {
    name: String,
    /// Whether it stands inside a sentence.
    inline: bool,
    /// Whose words it holds, where it says so.
    speaker: Option<String>,
    /// What stood around it, where it is an utterance of its own.
    around: Option<Within>,
    /// Its row, once it holds a value.
    row: u32,
}

/// Attributes that say whose words an element holds (TEI, EAF and the like).
const SPEAKERS: [&str; 4] = ["who", "speaker", "voice", "agent"];

/// Whether an element holds paragraphs or is one, whatever text stands before it.
fn holds_blocks(name: &str) -> bool {
    const BLOCKS: [&str; 22] = [
        "p",
        "para",
        "paragraph",
        "div",
        "section",
        "sec",
        "head",
        "heading",
        "title",
        "list",
        "item",
        "li",
        "entry",
        "row",
        "table",
        "sp",
        "speech",
        "turn",
        "quote",
        "blockquote",
        "note",
        "u",
    ];
    BLOCKS.contains(&name)
}

/// Values that are being read.
#[derive(Default)]
struct Values {
    builder: TextBuilder,
    open: Vec<Open>,
    text: String,
    /// The tables that elements in the same place are rows of, and the columns that names are.
    tables: HashMap<String, u32>,
    columns: HashMap<String, u16>,
    rows: u32,
}

impl Values {
    fn open(&mut self, tag: &Tag<'_>) {
        let inline = !self.text.trim().is_empty() && !holds_blocks(tag.name());
        if !inline {
            self.flush();
        }
        let speaker = SPEAKERS.iter().find_map(|name| tag.attr(name)).filter(|name| !name.trim().is_empty());
        let around = speaker.is_some().then(|| self.builder.within());
        if around.is_some() {
            self.builder.begin_entry();
        }
        self.open.push(Open { name: tag.name().to_owned(), inline, speaker, around, row: 0 });
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        if !self.open[at].inline {
            self.flush();
        }
        for closed in self.open.drain(at..).rev() {
            if let Some(around) = closed.around {
                self.builder.return_to(around);
            }
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if let Some(speaker) = self.open.iter().rev().find_map(|open| open.speaker.clone()) {
            if let Some(block) = self.builder.push(&text, Zone::Cue) {
                block.author = Some(speaker);
            }
            return;
        }
        let short = !text.trim().is_empty() && text.split_whitespace().nth(3).is_none();
        let Some(name) = self.open.last().map(|open| open.name.clone()).filter(|_| short) else {
            self.builder.push(&text, Zone::Paragraph);
            return;
        };
        let next = u16::try_from(self.columns.len()).unwrap_or(Within::SECTION - 1).min(Within::SECTION - 1);
        let column = *self.columns.entry(name.clone()).or_insert(next);
        let (table, row) = self.record();
        // A short value stands with its name, which is the only word that says what it is.
        if let Some(block) = self.builder.push(&format!("{name}: {text}"), Zone::ListItem) {
            block.within = Within { row, table, column, ..block.within };
        }
    }

    /// The table and the row of the value that stands here: the element around it is its record.
    fn record(&mut self) -> (u32, u32) {
        let Some(around) = self.open.len().checked_sub(2) else { return (0, 0) };
        let path: Vec<&str> = self.open[..=around].iter().map(|open| open.name.as_str()).collect();
        let path = path.join("/");
        let builder = &mut self.builder;
        let table = *self.tables.entry(path).or_insert_with(|| builder.begin_table());
        if self.open[around].row == 0 {
            self.rows += 1;
            self.open[around].row = self.rows;
        }
        (table, self.open[around].row)
    }
}
