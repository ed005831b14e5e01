//! Stage 4, `extract`: the bytes of a capture → a [`Reading`]: text with blocks, zones and positions.
//!
//! Promises: nothing that a page carries is left out of the text (boilerplate is labelled, never deleted);
//! blocks stand in document order, metadata last; every limit is bounded; no input panics.
//! Refuses: kinds of document that it cannot read, with a reason. "Could not read" is never an empty text.

mod charset;
mod docx;
mod feed;
mod grid;
mod html;
mod kind;
mod mail;
mod markdown;
mod metadata;
pub mod pdf;
mod plain;
#[cfg(any(test, fuzzing))]
pub mod probe;
mod raised;
mod records;
mod snippet;
mod style;
mod subtitles;
mod table;
mod text;
mod tree;
mod turns;
mod wall;
mod xlsx;
mod xml;
mod zip;
mod zones;

use charset::Prescan;
use kind::Kind;
use pdf::{PdfEngine, PdfText};

pub use wall::moved;

use crate::model::{Document, Failure, Link, Obstacle, Reading, Reason};

/// Version of the rules by which text is read; goes into every observation.
pub const EXTRACTOR_VERSION: u32 = 3;

/// What extraction needs to know of a capture.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The decoded body.
    pub bytes: &'a [u8],
    /// `Content-Type` as served, with its parameters.
    pub content_type: Option<&'a str>,
    /// The address or path: its ending helps where no type is given.
    pub name: &'a str,
}

/// Limits of extraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body that are read, and that the parts of a container may unfold to; a larger one is `too-large`.
    /// Default 64 MiB.
    pub max_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 64 << 20 }
    }
}

/// Whether a capture is a PDF, by its content or, where that says nothing, by what it was announced as.
pub fn is_pdf(input: &Input<'_>) -> bool {
    kind::decide(input).kind == Kind::Pdf
}

/// Reads a PDF with one engine, which `read` runs wherever it must run.
pub fn read_pdf(
    input: &Input<'_>,
    limits: &Limits,
    engine: PdfEngine,
    read: impl FnOnce(&[u8]) -> Result<PdfText, Failure>,
) -> Reading {
    if let Some(reading) = too_large(input, limits) {
        return reading;
    }
    let decided = kind::decide(input);
    let mut reading = match read(input.bytes) {
        Ok(text) => pdf::document(text, engine),
        Err(failure) => {
            // A password stays a password; what one engine takes for damage or a scan, another may read.
            let more = engine == PdfEngine::First && failure.reason != Reason::Encrypted;
            Reading { more, ..unreadable(failure.reason, failure.detail) }
        }
    };
    reading.notes.extend(decided.lie);
    reading
}

/// A reading with the links of its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// What was read.
    pub reading: Reading,
    /// The links, in order. Those of a page that says or knows its address are absolute.
    pub links: Vec<Link>,
}

/// Reads the text out of a body, with its links: of an article they are what its claims rest on.
pub fn extract_linked(input: &Input<'_>, limits: &Limits) -> Linked {
    let mut links = Vec::new();
    let reading = read(input, limits, &mut links);
    Linked { reading, links }
}

/// Reads the text out of a capture's body. A PDF is read in this process, without a limit of time: callers that read
/// what others made run [`read_pdf`] in a process of its own.
pub fn extract(input: &Input<'_>, limits: &Limits) -> Reading {
    extract_linked(input, limits).reading
}

fn read(input: &Input<'_>, limits: &Limits, links: &mut Vec<Link>) -> Reading {
    if let Some(reading) = too_large(input, limits) {
        return reading;
    }
    let decided = kind::decide(input);
    let mut doubt = None;
    let mut text = |prescan| {
        let mut decoded = charset::decode(input.bytes, input.content_type, prescan);
        doubt = decoded.note.take();
        decoded
    };
    let whole = |document: Document| Whole { document, unread: None };
    let read = match decided.kind {
        Kind::Unsupported(name) => {
            Err(Failure::new(Reason::UnsupportedType, format!("{name} is not a kind of document that is read")))
        }
        Kind::Locked(name) => Err(Failure::new(Reason::Encrypted, format!("{name} that asks for a password"))),
        Kind::Pdf => {
            return read_pdf(input, limits, PdfEngine::First, |bytes| pdf::read(bytes, PdfEngine::First));
        }
        Kind::Html => {
            let (document, mut page) = html::read(text(Prescan::Html));
            *links = absolute(std::mem::take(&mut page.links), page.base.as_deref(), input.name);
            let obstacles = wall::obstacles(&document, &page);
            let unread = wall::unread(&document, &page).filter(|_| obstacles.is_empty());
            return told(told(finish(document, obstacles, unread, "html"), doubt), decided.lie);
        }
        Kind::Plain => Ok((whole(plain::read(text(Prescan::None))), "plain")),
        Kind::Markdown => {
            let (document, found) = markdown::read(text(Prescan::None));
            *links = found;
            Ok((whole(document), "markdown"))
        }
        Kind::Docx => docx::read(input.bytes, limits).map(|(whole, found)| {
            *links = found;
            (whole, "docx")
        }),
        Kind::Xlsx => xlsx::read(input.bytes, limits).map(|whole| (whole, "xlsx")),
        Kind::Feed => feed::read(text(Prescan::Xml)).map(|whole| (whole, "feed")),
        Kind::Xml => xml::read(text(Prescan::Xml)).map(|whole| (whole, "xml")),
        Kind::Json => records::json(text(Prescan::None)).map(|whole| (whole, "json")),
        Kind::Csv(separator) => records::csv(text(Prescan::None), separator).map(|document| (whole(document), "csv")),
        Kind::Subtitles => Ok((whole(subtitles::read(text(Prescan::None))), "subtitles")),
        Kind::Mail => mail::read(input.bytes).map(|whole| (whole, "mail")),
    };
    match read {
        Ok((Whole { document, unread }, engine)) => {
            told(told(finish(document, Vec::new(), unread, engine), doubt), decided.lie)
        }
        Err(failure) => told(unreadable(failure.reason, failure.detail), decided.lie),
    }
}

/// A document, and what part of it nobody could read.
struct Whole {
    document: Document,
    unread: Option<Obstacle>,
}

/// Links as addresses: against `<base>`, else against the page's own address; of a file they stay as written.
fn absolute(links: Vec<Link>, base: Option<&str>, name: &str) -> Vec<Link> {
    let own = url::Url::parse(name).ok().filter(|url| url.has_host());
    let base = match (base, &own) {
        (Some(base), Some(own)) => own.join(base).ok(),
        (Some(base), None) => url::Url::parse(base).ok().filter(|url| url.has_host()),
        (None, own) => own.clone(),
    };
    links
        .into_iter()
        .map(|link| match &base {
            Some(base) => Link { url: base.join(&link.url).map_or(link.url, String::from), ..link },
            None => link,
        })
        .collect()
}

fn told(mut reading: Reading, lie: Option<String>) -> Reading {
    if let (Some(lie), Some(obstacle), None) = (&lie, reading.obstacles.first_mut(), &reading.document) {
        // Where nothing could be read, the lie is part of the reason.
        obstacle.detail = format!("{} ({lie})", obstacle.detail);
    }
    reading.notes.extend(lie);
    reading
}

fn too_large(input: &Input<'_>, limits: &Limits) -> Option<Reading> {
    (input.bytes.len() > limits.max_bytes).then(|| {
        unreadable(
            Reason::TooLarge,
            format!("the document has {} bytes, more than the limit of {}", input.bytes.len(), limits.max_bytes),
        )
    })
}

fn finish(
    mut document: Document,
    mut obstacles: Vec<Obstacle>,
    unread: Option<Obstacle>,
    engine: &'static str,
) -> Reading {
    let mut notes: Vec<String> = unread.iter().map(|unread| unread.detail.clone()).collect();
    if document.text.trim().is_empty() {
        if let Some(unread) = unread {
            // What could not be read is why there is no text.
            obstacles.insert(0, unread);
        } else if obstacles.is_empty() {
            obstacles.push(Obstacle { reason: Reason::NoText, detail: "the document holds no text".to_owned() });
        }
        return Reading { document: None, obstacles, unread: None, engine, more: false, notes };
    }
    turns::split(&mut document);
    if document.replacements > 0 {
        let total = document.text.chars().count();
        let said = match document.charset {
            pdf::NO_CHARSET => format!("the fonts do not say what {} characters are", document.replacements),
            charset => format!("{} of {total} characters do not decode as {charset}", document.replacements),
        };
        if is_damaged(&document, total) {
            obstacles.push(Obstacle {
                reason: Reason::BadEncoding,
                detail: format!("{said}; the page declares the wrong encoding or is damaged"),
            });
        }
        notes.push(said);
    }
    Reading { document: Some(document), obstacles, unread, engine, more: false, notes }
}

/// Whether so much of a text did not decode that words missing from it may be words that nobody could read: much of the
/// whole, or of the letters that need decoding at all.
fn is_damaged(document: &Document, total: usize) -> bool {
    let replaced = document.replacements;
    if replaced > 20 && replaced * 20 > total {
        return true;
    }
    let decoded = || document.text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    replaced >= 4 && replaced * 400 > total && replaced > decoded()
}

fn unreadable(reason: Reason, detail: String) -> Reading {
    Reading {
        document: None,
        obstacles: vec![Obstacle { reason, detail }],
        unread: None,
        engine: "none",
        more: false,
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
