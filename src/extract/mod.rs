//! Stage 4, `extract`: the bytes of a capture → a [`Reading`]: text with blocks, zones and positions.
//!
//! Promises: nothing that a page carries is left out of the text (boilerplate is labelled, never deleted);
//! blocks stand in document order, metadata last; every limit is bounded; no input panics.
//! Refuses: kinds of document that it cannot read, with a reason. "Could not read" is never an empty text.

mod charset;
mod html;
mod markdown;
mod metadata;
mod plain;
mod table;
mod wall;
mod zones;

use crate::model::{Document, Link, Obstacle, Reading, Reason};

/// Version of the rules by which text is read; goes into every observation.
pub const EXTRACTOR_VERSION: u32 = 1;

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
    /// Bytes of a body that are read; a larger one is `too-large`. Default 64 MiB.
    pub max_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 64 << 20 }
    }
}

/// The kind of a document, by content and header together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Html,
    Markdown,
    Plain,
    Unsupported(&'static str),
}

/// A reading with the links of its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// What was read.
    pub reading: Reading,
    /// The links, in order. Those of a page that says or knows its address are absolute.
    pub links: Vec<Link>,
}

/// Reads the text out of a capture's body.
pub fn extract(input: &Input<'_>, limits: &Limits) -> Reading {
    extract_linked(input, limits).reading
}

/// Reads the text out of a body, with its links: of an article they are what its claims rest on.
pub fn extract_linked(input: &Input<'_>, limits: &Limits) -> Linked {
    let mut links = Vec::new();
    let reading = read(input, limits, &mut links);
    Linked { reading, links }
}

fn read(input: &Input<'_>, limits: &Limits, links: &mut Vec<Link>) -> Reading {
    if input.bytes.len() > limits.max_bytes {
        return unreadable(
            Reason::TooLarge,
            format!("the document has {} bytes, more than the limit of {}", input.bytes.len(), limits.max_bytes),
        );
    }
    match kind(input) {
        Kind::Unsupported(name) => {
            unreadable(Reason::UnsupportedType, format!("{name} is not a kind of document that is read"))
        }
        Kind::Html => {
            let decoded = charset::decode(input.bytes, input.content_type, charset::Prescan::Html);
            let (document, mut page) = html::read(decoded);
            *links = absolute(std::mem::take(&mut page.links), page.base.as_deref(), input.name);
            let obstacles = wall::obstacles(&document, &page);
            finish(document, obstacles, "html")
        }
        Kind::Markdown => {
            let decoded = charset::decode(input.bytes, input.content_type, charset::Prescan::None);
            let (document, found) = markdown::read(decoded);
            *links = found;
            finish(document, Vec::new(), "markdown")
        }
        Kind::Plain => {
            let decoded = charset::decode(input.bytes, input.content_type, charset::Prescan::None);
            finish(plain::read(decoded), Vec::new(), "plain")
        }
    }
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

fn finish(document: Document, mut obstacles: Vec<Obstacle>, engine: &'static str) -> Reading {
    let text = document.text.trim();
    if text.is_empty() {
        obstacles.push(Obstacle { reason: Reason::NoText, detail: "the document holds no text".to_owned() });
        return Reading { document: None, obstacles, engine, more: false };
    }
    let total = document.text.chars().count();
    if document.replacements > 20 && document.replacements * 20 > total {
        obstacles.push(Obstacle {
            reason: Reason::BadEncoding,
            detail: format!(
                "{} of {total} characters do not decode as {}; the page declares the wrong encoding or is damaged",
                document.replacements, document.charset
            ),
        });
    }
    Reading { document: Some(document), obstacles, engine, more: false }
}

fn unreadable(reason: Reason, detail: String) -> Reading {
    Reading { document: None, obstacles: vec![Obstacle { reason, detail }], engine: "none", more: false }
}

/// Decides the kind: unmistakable first bytes beat the header, the header beats the ending, markup beats silence.
fn kind(input: &Input<'_>) -> Kind {
    let head = &input.bytes[..input.bytes.len().min(1024)];
    for (magic, name) in [
        (&b"%PDF-"[..], "PDF"),
        (b"PK\x03\x04", "a ZIP container (DOCX, XLSX, EPUB)"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a gzip file"),
    ] {
        if head.starts_with(magic) {
            return Kind::Unsupported(name);
        }
    }
    let declared = input.content_type.map(|value| value.split(';').next().unwrap_or("").trim().to_ascii_lowercase());
    let looks_html = looks_like_html(head);
    match declared.as_deref() {
        Some("text/html" | "application/xhtml+xml") => Kind::Html,
        Some("text/markdown") => Kind::Markdown,
        Some("text/plain") => Kind::Plain,
        Some(other) if other.starts_with("image/") => Kind::Unsupported("a picture"),
        Some(other) if other.starts_with("video/") || other.starts_with("audio/") => {
            Kind::Unsupported("audio or video")
        }
        Some("application/pdf") if !looks_html => Kind::Unsupported("PDF"),
        Some("application/octet-stream" | "") | None => by_ending(input.name, looks_html),
        Some(_) if looks_html => Kind::Html,
        Some(other) if other.starts_with("text/") && !matches!(other, "text/css" | "text/javascript") => Kind::Plain,
        Some("application/json" | "application/xml" | "application/rss+xml" | "application/atom+xml") => {
            Kind::Unsupported("a data feed (JSON or XML)")
        }
        Some(_) => Kind::Unsupported("this media type"),
    }
}

fn by_ending(name: &str, looks_html: bool) -> Kind {
    let path = name.split(['?', '#']).next().unwrap_or(name).to_ascii_lowercase();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "html" | "htm" | "xhtml" | "shtml" => Kind::Html,
        _ if looks_html => Kind::Html,
        "md" | "markdown" => Kind::Markdown,
        "txt" | "text" => Kind::Plain,
        "pdf" => Kind::Unsupported("PDF"),
        "docx" | "xlsx" | "odt" | "epub" => Kind::Unsupported("an office document"),
        "mp3" | "mp4" | "webm" | "wav" => Kind::Unsupported("audio or video"),
        _ => Kind::Plain,
    }
}

fn looks_like_html(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    text.starts_with("<!doctype html")
        || text.starts_with("<html")
        || text.starts_with("<head")
        || text.starts_with("<body")
        || (text.starts_with('<')
            && ["<html", "<title", "<meta ", "<p>", "<p ", "<div", "<article"].iter().any(|tag| text.contains(tag)))
}

#[cfg(test)]
mod tests;
