//! The kind of a document, by its content and by what was announced, together. First bytes that cannot be anything else
//! decide; where they leave it open, the header does, then the ending of the name. A header that is wrong is told.

use super::Input;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Html,
    Plain,
    Markdown,
    Pdf,
    Docx,
    Xlsx,
    Feed,
    Xml,
    Json,
    Csv(u8),
    Subtitles,
    Mail,
    /// An office document that asks for a password.
    Locked(&'static str),
    Unsupported(&'static str),
}

impl Kind {
    /// Its name for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Plain => "plain text",
            Self::Markdown => "Markdown",
            Self::Pdf => "PDF",
            Self::Docx => "a Word document (DOCX)",
            Self::Xlsx => "a spreadsheet (XLSX)",
            Self::Feed => "a feed (RSS or Atom)",
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::Csv(b'\t') => "a table (TSV)",
            Self::Csv(_) => "a table (CSV)",
            Self::Subtitles => "subtitles",
            Self::Mail => "an e-mail or web archive (MIME)",
            Self::Locked(name) | Self::Unsupported(name) => name,
        }
    }

    /// Kinds that are the same to a reader of headers: text is announced in many ways.
    fn family(self) -> u8 {
        match self {
            Self::Plain | Self::Markdown | Self::Csv(_) | Self::Subtitles | Self::Mail => 0,
            Self::Html => 1,
            Self::Pdf => 2,
            Self::Docx | Self::Xlsx | Self::Locked(_) => 3,
            Self::Feed | Self::Xml => 4,
            Self::Json => 5,
            Self::Unsupported(_) => 6,
        }
    }
}

/// A kind, and what was announced wrongly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decided {
    pub(super) kind: Kind,
    /// The lie, for people.
    pub(super) lie: Option<String>,
}

/// Bytes at the beginning that are looked at.
const HEAD: usize = 4096;

/// Decides what a document is.
pub(super) fn decide(input: &Input<'_>) -> Decided {
    let header = input.content_type.map(|value| value.split(';').next().unwrap_or("").trim().to_ascii_lowercase());
    let declared = header.as_deref().and_then(of_header);
    let named = of_ending(input.name);
    let kind = of_content(input.bytes, declared.or(named)).or(declared).or(named).unwrap_or(Kind::Plain);
    let lie = declared
        .filter(|declared| declared.family() != kind.family() && !is_kin(*declared, kind))
        .map(|_| format!("announced as {}, and it is {}", header.as_deref().unwrap_or_default(), kind.name()));
    Decided { kind, lie }
}

/// Pairs that are announced for each other so commonly that it is no lie.
fn is_kin(declared: Kind, kind: Kind) -> bool {
    matches!(
        (declared, kind),
        (Kind::Xml, Kind::Html)
            | (Kind::Plain, Kind::Json | Kind::Xml | Kind::Feed)
            | (Kind::Html, Kind::Unsupported(_))
            | (Kind::Unsupported(_), Kind::Locked(_))
    )
}

/// The kind that a media type announces; nothing for types that say nothing.
fn of_header(media_type: &str) -> Option<Kind> {
    Some(match media_type {
        "text/html" | "application/xhtml+xml" => Kind::Html,
        "text/plain" => Kind::Plain,
        "text/markdown" | "text/x-markdown" => Kind::Markdown,
        "application/pdf" | "application/x-pdf" => Kind::Pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Kind::Docx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Kind::Xlsx,
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => Kind::Feed,
        "application/xml" | "text/xml" => Kind::Xml,
        "application/json" | "application/ld+json" | "application/x-ndjson" | "text/json" => Kind::Json,
        "text/csv" | "application/csv" => Kind::Csv(b','),
        "text/tab-separated-values" => Kind::Csv(b'\t'),
        "application/x-subrip" | "text/vtt" | "text/srt" => Kind::Subtitles,
        "message/rfc822" | "multipart/related" | "application/x-mimearchive" => Kind::Mail,
        "application/octet-stream"
        | "binary/octet-stream"
        | "application/x-download"
        | "application/force-download"
        | "" => return None,
        "application/msword" | "application/vnd.ms-excel" => Kind::Unsupported("an office document of the old kind"),
        "application/rtf" | "text/rtf" => Kind::Unsupported("a rich text file (RTF)"),
        "text/css" | "text/javascript" | "application/javascript" => Kind::Unsupported("code"),
        other if other.starts_with("image/") => Kind::Unsupported("a picture"),
        other if other.starts_with("video/") || other.starts_with("audio/") => Kind::Unsupported("audio or video"),
        other if other.ends_with("+json") => Kind::Json,
        other if other.ends_with("+xml") => Kind::Xml,
        other if other.starts_with("text/") => Kind::Plain,
        _ => Kind::Unsupported("this media type"),
    })
}

fn of_ending(name: &str) -> Option<Kind> {
    let path = name.split(['?', '#']).next().unwrap_or(name).to_ascii_lowercase();
    // A host is no name of a file: `https://wire.example` does not end in a kind of document.
    let file = path.rsplit('/').next().filter(|_| !path.ends_with("://"))?;
    let (_, ending) = file.rsplit_once('.')?;
    Some(match ending {
        "html" | "htm" | "xhtml" | "shtml" => Kind::Html,
        "txt" | "text" => Kind::Plain,
        "md" | "markdown" => Kind::Markdown,
        "pdf" => Kind::Pdf,
        "docx" => Kind::Docx,
        "xlsx" => Kind::Xlsx,
        "rss" | "atom" => Kind::Feed,
        "xml" => Kind::Xml,
        "json" | "jsonl" | "ndjson" => Kind::Json,
        "csv" => Kind::Csv(b','),
        "tsv" => Kind::Csv(b'\t'),
        "srt" | "vtt" => Kind::Subtitles,
        "eml" | "mhtml" | "mht" | "mbox" => Kind::Mail,
        "odt" | "epub" | "doc" | "xls" | "ppt" | "pptx" | "rtf" => Kind::Unsupported("this kind of office document"),
        "mp3" | "mp4" | "webm" | "wav" => Kind::Unsupported("audio or video"),
        _ => return None,
    })
}

/// What the content shows by itself; nothing where it leaves it to what was announced.
fn of_content(bytes: &[u8], announced: Option<Kind>) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if pdf_start(bytes).is_some() {
        return Some(Kind::Pdf);
    }
    for (magic, kind) in [
        (&b"\x89PNG"[..], Kind::Unsupported("a picture")),
        (b"\xff\xd8\xff", Kind::Unsupported("a picture")),
        (b"GIF8", Kind::Unsupported("a picture")),
        (b"\x1f\x8b", Kind::Unsupported("a gzip file")),
        (b"{\\rtf", Kind::Unsupported("a rich text file (RTF)")),
        (b"ID3", Kind::Unsupported("audio or video")),
        (b"\x1aE\xdf\xa3", Kind::Unsupported("audio or video")),
    ] {
        if head.starts_with(magic) {
            return Some(kind);
        }
    }
    if head.starts_with(b"PK\x03\x04") {
        return Some(of_container(bytes, announced));
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        // A locked document is wrapped in the old container, with a stream of this name.
        let locked: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
        return Some(match memchr::memmem::find(bytes, &locked) {
            Some(_) => Kind::Locked("an office document"),
            None => Kind::Unsupported("an office document of the old kind"),
        });
    }
    if head.len() > 8 && &head[4..8] == b"ftyp" {
        return Some(Kind::Unsupported("audio or video"));
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if text.starts_with("WEBVTT") {
        return Some(Kind::Subtitles);
    }
    if let Some(kind) = of_markup(text) {
        return match announced {
            // A text that shows markup is still a text where it is announced as one and not plainly a page.
            Some(Kind::Plain | Kind::Markdown | Kind::Csv(_) | Kind::Subtitles | Kind::Mail) if !is_document(text) => {
                None
            }
            Some(Kind::Feed) if kind == Kind::Xml => Some(Kind::Feed),
            _ => Some(kind),
        };
    }
    match announced {
        Some(Kind::Pdf | Kind::Docx | Kind::Xlsx) if is_text(head) => Some(Kind::Plain),
        Some(Kind::Html | Kind::Xml | Kind::Feed | Kind::Unsupported("this media type")) | None
            if text.starts_with(['{', '[']) && is_json(bytes) =>
        {
            Some(Kind::Json)
        }
        None if is_srt(text) => Some(Kind::Subtitles),
        None | Some(Kind::Plain) if is_mail(text) => Some(Kind::Mail),
        None if !is_text(head) => Some(Kind::Unsupported("this kind of file")),
        _ => None,
    }
}

/// Where a PDF begins: every reader takes other bytes before its mark, within the first 1,024 (ISO 32000-1, implementation
/// note 13). Where these are text, what follows must be made of objects, for a text may speak of the format.
pub(super) fn pdf_start(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(1024)];
    let at = memchr::memmem::find(head, b"%PDF-")?;
    let objects = || {
        !head[..at].contains(&b'<')
            && memchr::memmem::find(&bytes[at..], b" obj").is_some()
            && memchr::memmem::find(&bytes[at..], b"endobj").is_some()
            && !bytes[at..].is_ascii()
    };
    (at == 0 || !is_text(&head[..at]) || objects()).then_some(at)
}

/// What a container holds, by the names of its members.
fn of_container(bytes: &[u8], announced: Option<Kind>) -> Kind {
    // The directory may be cut off; the names stand in front of the members as well.
    let has = |name: &str| memchr::memmem::find(bytes, name.as_bytes()).is_some();
    // Some programs number the member that holds the text.
    if has("word/document") {
        Kind::Docx
    } else if has("xl/workbook.xml") {
        Kind::Xlsx
    } else if has("EncryptedPackage") {
        Kind::Locked("an office document")
    } else {
        // Of a container that breaks off nobody can tell what it held; what it was announced as fails with a better reason.
        let whole = || memchr::memmem::rfind(bytes, b"PK\x05\x06").is_some();
        match announced {
            Some(kind @ (Kind::Docx | Kind::Xlsx)) if !whole() => kind,
            _ => Kind::Unsupported("this kind of ZIP container"),
        }
    }
}

/// Markup by its first tags.
fn of_markup(text: &str) -> Option<Kind> {
    let mut rest = text;
    let xml = rest.starts_with("<?xml");
    // Past declarations and comments, the first element names the kind.
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<?") || rest.starts_with("<!") && !starts(rest, "<!doctype html") {
            rest.find('>')? + 1
        } else {
            break;
        };
        rest = &rest[end..];
    }
    let tag = rest.strip_prefix('<')?;
    let name: String = tag.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '>' | '/')).collect();
    let name = name.to_ascii_lowercase();
    match name.rsplit(':').next().unwrap_or(&name) {
        "!doctype" | "html" | "head" | "body" | "title" | "meta" => Some(Kind::Html),
        "rss" | "feed" | "rdf" => Some(Kind::Feed),
        _ if xml => Some(Kind::Xml),
        _ => {
            let lower = text.to_ascii_lowercase();
            let tags = ["<html", "<title", "<meta ", "<p>", "<p ", "<div", "<article", "<br"];
            tags.iter().any(|tag| lower.contains(tag)).then_some(Kind::Html)
        }
    }
}

fn is_document(text: &str) -> bool {
    starts(text, "<!doctype html") || starts(text, "<html") || text.starts_with("<?xml")
}

fn starts(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn is_text(head: &[u8]) -> bool {
    let utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let control = head.iter().filter(|byte| **byte < 9 || (14..32).contains(*byte) && **byte != 27).count();
    utf16 || control * 50 <= head.len()
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}

/// A number, then two times with an arrow between.
fn is_srt(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let number = lines.next().is_some_and(|line| line.bytes().all(|byte| byte.is_ascii_digit()));
    number && lines.next().is_some_and(|line| line.contains("-->") && line.contains(':'))
}

/// Fields of a message before its first empty line, among them one that only messages have.
fn is_mail(text: &str) -> bool {
    // A mailbox begins each message with a line of its own.
    let lines = text.lines().skip(usize::from(text.starts_with("From ")));
    let head: Vec<&str> = lines.take_while(|line| !line.trim().is_empty()).collect();
    let field = |line: &&str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
    };
    let has = |name: &str| head.iter().any(|line| starts(line, name));
    head.len() >= 3 && head.iter().all(field) && (has("mime-version:") || has("message-id:") || has("received:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(bytes: &[u8], content_type: Option<&str>, name: &str) -> Decided {
        decide(&Input { bytes, content_type, name })
    }

    #[test]
    fn content_and_header_decide_together() {
        let kind = |bytes: &[u8], content_type, name| decided(bytes, content_type, name).kind;
        assert_eq!(kind(b"%PDF-1.7\n", Some("text/html"), ""), Kind::Pdf);
        assert_eq!(kind(b"<!doctype html><p>x", Some("application/pdf"), ""), Kind::Html);
        assert_eq!(kind(b"HTTP/1.1 200\n%PDF-1.4\n%\xe2\xe3\n1 0 obj\nendobj\n", None, ""), Kind::Pdf);
        assert_eq!(kind(b"A file begins with %PDF-1.4, then 1 0 obj and endobj.", None, ""), Kind::Plain);
        assert_eq!(kind(b"1 < 2 and <p> is a tag", Some("text/plain"), ""), Kind::Plain);
        assert_eq!(kind(b"<?xml version='1.0'?><rss version='2.0'>", Some("text/xml"), ""), Kind::Feed);
        assert_eq!(kind(b"<?xml version='1.0'?><!-- x --><!DOCTYPE html><html>", None, ""), Kind::Html);
        assert_eq!(kind(b"{\"a\": 1}", None, "data"), Kind::Json);
        assert_eq!(kind(b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", None, "talk"), Kind::Subtitles);
        assert_eq!(kind(b"From: a\nMIME-Version: 1.0\nSubject: b\n\nc", None, ""), Kind::Mail);
        assert_eq!(kind(b"Name: a\nTown: b\nAge: c\n\nd", None, ""), Kind::Plain);
        assert_eq!(kind(b"a,b\n1,2\n", None, "figures.csv"), Kind::Csv(b','));
        assert_eq!(kind(b"\0\x01\x02\x03\0\0\0", None, "https://wire.example"), Kind::Unsupported("this kind of file"));
    }

    #[test]
    fn a_lie_is_told_and_a_loose_word_is_not() {
        let lie = |bytes: &[u8], content_type| decided(bytes, Some(content_type), "").lie;
        assert_eq!(
            lie(b"<html><p>x", "application/pdf").as_deref(),
            Some("announced as application/pdf, and it is HTML")
        );
        assert_eq!(lie(b"%PDF-1.4", "text/html").as_deref(), Some("announced as text/html, and it is PDF"));
        assert_eq!(lie(b"WEBVTT\n", "text/plain"), None);
        assert_eq!(lie(b"%PDF-1.4", "application/octet-stream"), None);
        assert_eq!(lie(b"plain words", "text/html"), None);
    }
}
