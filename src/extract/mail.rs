//! E-mail and web archives (MIME): a message → who wrote it, its subject and its text. An MHTML file is a message whose
//! text is a page, and is read as one.

mod quoted;

use std::borrow::Cow;

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::Whole;
use super::charset::Decoded;
use super::html;
use super::text::TextBuilder;
use crate::model::{Document, Failure, Obstacle, Reason, Zone};

/// Messages inside each other that are read.
const MAX_DEPTH: usize = 4;
/// Messages of one mailbox that are read.
const MAX_MESSAGES: usize = 10_000;

/// Reads a message, or a mailbox (mbox, RFC 4155) of several.
///
/// # Errors
///
/// `damaged`, where it has no fields at all; `encrypted`, where its text is.
pub(super) fn read(bytes: &[u8]) -> Result<Whole, Failure> {
    if bytes.starts_with(b"From ") {
        return mailbox(bytes);
    }
    let (bytes, mut unread) = closed(bytes);
    let message = parsed(&bytes)?;
    // A page that a browser saved has no sender; what it says of itself is better than the fields around it.
    let saved = message.header_raw("Snapshot-Content-Location").is_some() || message.from().is_none();
    let page = message.html_bodies().next().filter(|_| saved);
    if let Some(PartType::Html(source)) = page.map(|part| &part.body) {
        return Ok(Whole { document: saved_page(&message, source), unread });
    }
    if let Some(what) = locked(&message) {
        return Err(Failure::new(Reason::Encrypted, format!("the text of the message is encrypted ({what})")));
    }
    let mut builder = TextBuilder::default();
    write(&message, &mut builder, 0, &mut unread);
    Ok(Whole { document: finished(&message, builder), unread })
}

/// Bytes of the styles of a saved page that are read with it.
const MAX_STYLES: usize = 2 << 20;
/// Frames of a saved page that are read with it.
const MAX_FRAMES: usize = 200;

/// A page that a browser saved with its styles and frames, each a part of the message.
fn saved_page(message: &mail_parser::Message<'_>, source: &str) -> Document {
    let is = |part: &mail_parser::MessagePart<'_>, subtype: &str| {
        part.content_type().and_then(|kind| kind.subtype()).is_some_and(|own| own.eq_ignore_ascii_case(subtype))
    };
    let mut styles = String::new();
    let mut frames: Vec<&str> = Vec::new();
    for part in &message.parts {
        match &part.body {
            PartType::Text(style) if is(part, "css") && styles.len() + style.len() <= MAX_STYLES => {
                styles.push_str(&style.replace("</", ""));
                styles.push('\n');
            }
            PartType::Html(frame) if !std::ptr::eq(frame.as_ptr(), source.as_ptr()) && frames.len() < MAX_FRAMES => {
                frames.push(frame);
            }
            _ => {}
        }
    }
    let styled = if styles.is_empty() { source.to_owned() } else { format!("{source}<style>{styles}</style>") };
    let page = html::read(decoded(&styled)).0;
    if frames.is_empty() {
        return page;
    }
    let mut builder = TextBuilder::default();
    builder.append(&page, |block| block.zone);
    for frame in frames {
        builder.begin_entry();
        builder.append(&html::read(decoded(frame)).0, |block| block.zone);
    }
    let document = builder.finish(page.charset, page.replacements);
    Document { text: document.text, blocks: document.blocks, ..page }
}

fn parsed(bytes: &[u8]) -> Result<mail_parser::Message<'_>, Failure> {
    MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Failure::new(Reason::Damaged, "the message cannot be read: it has no header"))
}

fn finished(message: &mail_parser::Message<'_>, builder: TextBuilder) -> Document {
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
    document
}

/// Reads the messages of a mailbox, each a record of its own.
fn mailbox(bytes: &[u8]) -> Result<Whole, Failure> {
    let mut builder = TextBuilder::default();
    let mut unread = None;
    let mut starts = vec![0];
    starts.extend(memchr::memmem::find_iter(bytes, b"\n\nFrom ").map(|at| at + 2));
    starts.extend(memchr::memmem::find_iter(bytes, b"\n\r\nFrom ").map(|at| at + 3));
    starts.sort_unstable();
    let mut first = None;
    for (number, start) in starts.iter().enumerate() {
        if number >= MAX_MESSAGES {
            let detail = format!("of the mailbox {MAX_MESSAGES} messages were read, and {} are there", starts.len());
            unread.get_or_insert(Obstacle { reason: Reason::TooLarge, detail });
            break;
        }
        let end = starts.get(number + 1).copied().unwrap_or(bytes.len());
        let (_, message) = bytes[*start..end].split_at(line_end(&bytes[*start..end]));
        let (message, cut) = closed(message);
        unread = unread.or(cut);
        let message = parsed(&message)?;
        if locked(&message).is_some() {
            let detail = "the text of a message is encrypted".to_owned();
            unread.get_or_insert(Obstacle { reason: Reason::Encrypted, detail });
        }
        write(&message, &mut builder, 0, &mut unread);
        first.get_or_insert_with(|| finished(&message, TextBuilder::default()));
    }
    let first = first.map(|first| (first.title, first.published));
    let mut document = builder.finish("MIME", 0);
    (document.title, document.published) = first.unwrap_or_default();
    Ok(Whole { document, unread })
}

/// Behind the first line.
fn line_end(bytes: &[u8]) -> usize {
    memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1)
}

/// A message whose last part is closed, and what is missing of one whose is not: what saved or sent it broke off there.
fn closed(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<Obstacle>) {
    let head = &bytes[..bytes.len().min(64 << 10)];
    let end =
        memchr::memmem::find(head, b"\n\r\n").or_else(|| memchr::memmem::find(head, b"\n\n")).unwrap_or(head.len());
    let boundary = MessageParser::default()
        .parse(&head[..end])
        .and_then(|message| message.content_type()?.attribute("boundary").map(str::to_owned));
    let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) else { return (Cow::Borrowed(bytes), None) };
    let last = format!("--{boundary}--");
    if memchr::memmem::find(bytes, last.as_bytes()).is_some() {
        return (Cow::Borrowed(bytes), None);
    }
    let mut whole = bytes.to_vec();
    whole.extend_from_slice(format!("\r\n{last}\r\n").as_bytes());
    let detail = "the message breaks off: the mark of its end is missing".to_owned();
    (Cow::Owned(whole), Some(Obstacle { reason: Reason::Truncated, detail }))
}

/// What encrypts the text of a message, where something does.
fn locked(message: &mail_parser::Message<'_>) -> Option<&'static str> {
    message.parts.iter().find_map(|part| {
        let kind = part.content_type()?;
        match (kind.ctype().to_ascii_lowercase().as_str(), kind.subtype()?.to_ascii_lowercase().as_str()) {
            ("application", "pgp-encrypted") => Some("PGP"),
            ("application", "pkcs7-mime" | "x-pkcs7-mime") => Some("S/MIME"),
            _ => None,
        }
    })
}

fn decoded(source: &str) -> Decoded {
    Decoded {
        text: source.to_owned(),
        charset: "MIME",
        replacements: memchr::memmem::find_iter(source.as_bytes(), "\u{fffd}".as_bytes()).count(),
        note: None,
    }
}

fn write(message: &mail_parser::Message<'_>, builder: &mut TextBuilder, depth: usize, unread: &mut Option<Obstacle>) {
    let first = builder.len();
    builder.begin_entry();
    let sender = message
        .from()
        .and_then(|from| from.first())
        .map(|from| from.name().or(from.address()).unwrap_or_default().to_owned());
    let time = message.date().map(mail_parser::DateTime::to_rfc3339);
    builder.push(message.subject().unwrap_or_default(), Zone::Headline);
    if let Some(sender) = &sender {
        builder.push(&format!("From: {sender}"), Zone::Byline);
    }
    let body = builder.len();
    // Of two forms of one text the page is what most people see; the other is read where there is none.
    let pages: Vec<&mail_parser::MessagePart<'_>> = message.html_bodies().collect();
    let parts = if pages.is_empty() { message.text_bodies().collect() } else { pages };
    for part in parts {
        builder.begin_entry();
        match &part.body {
            PartType::Html(source) => {
                let document = html::fragment(source);
                builder.append(&document, |block| block.zone);
            }
            PartType::Text(source) => write_plain(source, builder),
            _ => {}
        }
    }
    let (text, blocks) = builder.parts();
    if let Some(own) = blocks.get_mut(body..) {
        quoted::attribute(text, own);
    }
    for block in builder.blocks_from(first) {
        block.time = block.time.take().or_else(|| time.clone());
        if block.zone != Zone::Blockquote {
            block.author = block.author.take().or_else(|| sender.clone());
        }
    }
    for part in message.attachments() {
        match &part.body {
            PartType::Message(inner) if depth < MAX_DEPTH => write(inner, builder, depth + 1, unread),
            PartType::Text(source) => {
                builder.begin_entry();
                name(part, builder);
                write_plain(source, builder);
            }
            PartType::Html(source) => {
                builder.begin_entry();
                name(part, builder);
                builder.append(&html::fragment(source), |block| block.zone);
            }
            _ => {
                name(part, builder);
                if may_hold_words(part) {
                    let named = part.attachment_name().unwrap_or("without a name");
                    let detail = format!("an attachment of the message was not read ({named})");
                    unread.get_or_insert(Obstacle { reason: Reason::UnsupportedType, detail });
                }
            }
        }
    }
    builder.end_entries();
}

/// Writes the name of an attachment.
fn name(part: &mail_parser::MessagePart<'_>, builder: &mut TextBuilder) {
    if let Some(name) = part.attachment_name() {
        builder.push(&format!("Attachment: {name}"), Zone::Metadata);
    }
}

/// Whether an attachment that is not read may hold words: not pictures, sounds, films, signatures and visiting cards.
fn may_hold_words(part: &mail_parser::MessagePart<'_>) -> bool {
    let Some(kind) = part.content_type() else { return true };
    let subtype = kind.subtype().unwrap_or_default().to_ascii_lowercase();
    !matches!(kind.ctype().to_ascii_lowercase().as_str(), "image" | "audio" | "video" | "font")
        && !subtype.contains("signature")
        && !matches!(subtype.as_str(), "calendar" | "vcard" | "x-vcard" | "css" | "javascript")
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
