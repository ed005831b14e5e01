//! E-mail and web archives (MIME): a message → who wrote it, its subject and its text. An MHTML file is a message whose
//! text is a page, and is read as one.

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::charset::Decoded;
use super::html;
use super::text::TextBuilder;
use crate::model::{Document, Failure, Reason, Zone};

/// Messages inside each other that are read.
const MAX_DEPTH: usize = 4;

/// Reads a message.
///
/// # Errors
///
/// `damaged`, where it has no fields at all.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Failure> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Failure::new(Reason::Damaged, "the message cannot be read: it has no header"))?;
    // A page that a browser saved has no sender; what it says of itself is better than the fields around it.
    let saved = message.header_raw("Snapshot-Content-Location").is_some() || message.from().is_none();
    let page = message.html_bodies().next().filter(|_| saved);
    if let Some(PartType::Html(source)) = page.map(|part| &part.body) {
        return Ok(html::read(decoded(source)).0);
    }
    let mut builder = TextBuilder::default();
    write(&message, &mut builder, 0);
    let mut document = builder.finish("MIME", 0);
    document.title = message.subject().map(str::to_owned);
    document.published = message.date().and_then(|date| {
        jiff::civil::Date::new(
            i16::try_from(date.year).ok()?,
            i8::try_from(date.month).ok()?,
            i8::try_from(date.day).ok()?,
        )
        .ok()
    });
    Ok(document)
}

fn decoded(source: &str) -> Decoded {
    Decoded {
        text: source.to_owned(),
        charset: "MIME",
        replacements: memchr::memmem::find_iter(source.as_bytes(), "\u{fffd}".as_bytes()).count(),
        note: None,
    }
}

fn write(message: &mail_parser::Message<'_>, builder: &mut TextBuilder, depth: usize) {
    let first = builder.len();
    let sender = message
        .from()
        .and_then(|from| from.first())
        .map(|from| from.name().or(from.address()).unwrap_or_default().to_owned());
    let time = message.date().map(mail_parser::DateTime::to_rfc3339);
    builder.push(message.subject().unwrap_or_default(), Zone::Headline);
    if let Some(sender) = &sender {
        builder.push(&format!("From: {sender}"), Zone::Byline);
    }
    // Of two forms of one text the page is what most people see; the other is read where there is none.
    let pages: Vec<&mail_parser::MessagePart<'_>> = message.html_bodies().collect();
    let parts = if pages.is_empty() { message.text_bodies().collect() } else { pages };
    for part in parts {
        match &part.body {
            PartType::Html(source) => {
                let document = html::fragment(source);
                builder.append(&document, |block| block.zone);
            }
            PartType::Text(source) => write_plain(source, builder),
            _ => {}
        }
    }
    for block in builder.blocks_from(first) {
        block.time = block.time.take().or_else(|| time.clone());
        if block.zone != Zone::Blockquote {
            block.author = block.author.take().or_else(|| sender.clone());
        }
    }
    for part in message.attachments() {
        match &part.body {
            PartType::Message(inner) if depth < MAX_DEPTH => write(inner, builder, depth + 1),
            _ => {
                if let Some(name) = part.attachment_name() {
                    builder.push(&format!("Attachment: {name}"), Zone::Metadata);
                }
            }
        }
    }
}

/// Plain text of a message: what it quotes of an earlier one is somebody else's.
fn write_plain(source: &str, builder: &mut TextBuilder) {
    let mut lines: Vec<&str> = Vec::new();
    let mut quoted = false;
    for line in source.lines().chain([""]) {
        let quotes = line.starts_with('>');
        let blank = line.trim_start_matches(['>', ' ']).trim().is_empty();
        if blank || quotes != quoted {
            let zone = if quoted { Zone::Blockquote } else { Zone::Paragraph };
            builder.push_lines(&lines.join("\n"), zone);
            lines.clear();
        }
        quoted = quotes;
        if !blank {
            lines.push(line.trim_start_matches(['>', ' ']));
        }
    }
}
