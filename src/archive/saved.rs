//! What a file that a person saved is, and what it says of itself: the page in it, its address, its date.
//!
//! MHTML names the page and the date in its header, SingleFile in a comment at the top. Both are what the saving
//! program wrote; nobody vouches for them, and the person who imports the file may say otherwise.

use jiff::Timestamp;
use mail_parser::{MessageParser, MimeHeaders};

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedKind {
    /// A web archive (WARC, ARC or WACZ), which is kept whole.
    Archive,
    /// A page with its parts in one message (`.mht`, `.mhtml`).
    Mhtml,
    /// A page with its parts inside, saved by SingleFile.
    SingleFile,
    /// A PDF document.
    Pdf,
    /// Anything else.
    Plain,
}

/// What is in a file that a person saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its kind.
    pub kind: SavedKind,
    /// The page, where the file only carries it, with its media type.
    pub page: Option<(Vec<u8>, String)>,
    /// The address of the page, as the file says.
    pub address: Option<String>,
    /// When it was saved, as the file says.
    pub saved: Option<Timestamp>,
}

const HEAD: usize = 64 * 1024;

/// Tells what a file is from its bytes and its name.
pub fn recognise(bytes: &[u8], name: &str) -> Saved {
    let nothing = Saved { kind: SavedKind::Plain, page: None, address: None, saved: None };
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let lower = name.to_ascii_lowercase();
    if bytes.starts_with(b"WARC/") || bytes.starts_with(b"filedesc:") || super::parts::holds_records(&lower) {
        return Saved { kind: SavedKind::Archive, ..nothing };
    }
    if bytes.starts_with(b"PK\x03\x04") && lower.ends_with(".wacz") {
        return Saved { kind: SavedKind::Archive, ..nothing };
    }
    if memchr::memmem::find(head.get(..1024).unwrap_or(head), b"%PDF-").is_some() {
        return Saved { kind: SavedKind::Pdf, ..nothing };
    }
    if lower.ends_with(".mht") || lower.ends_with(".mhtml") || looks_like_mhtml(head) {
        return mhtml(bytes).unwrap_or(nothing);
    }
    if memchr::memmem::find(head, b"Page saved with SingleFile").is_some() {
        return single_file(head, nothing);
    }
    nothing
}

fn looks_like_mhtml(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head.get(..4096).unwrap_or(head)).to_ascii_lowercase();
    text.contains("mime-version:") && text.contains("multipart/related")
}

/// The root of the message: its first HTML part, or the one that its header names.
fn mhtml(bytes: &[u8]) -> Option<Saved> {
    let message = MessageParser::default().parse(bytes)?;
    let address = message.header_raw("Snapshot-Content-Location").map(|value| value.trim().to_owned());
    let saved = message.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    let mut page = None;
    let mut location = None;
    for part in &message.parts {
        let Some(kind) = part.content_type() else { continue };
        let subtype = kind.subtype().unwrap_or_default();
        if !kind.ctype().eq_ignore_ascii_case("text") || !subtype.eq_ignore_ascii_case("html") {
            continue;
        }
        let here = part.content_location().map(str::to_owned);
        let named = address.is_some() && here == address;
        if page.is_none() || named {
            // the parser has decoded the text: what comes out is UTF-8, whatever the part said
            page = Some((part.contents().to_vec(), "text/html; charset=utf-8".to_owned()));
            location = here;
        }
        if named {
            break;
        }
    }
    page.as_ref()?;
    Some(Saved { kind: SavedKind::Mhtml, page, address: address.or(location), saved })
}

fn single_file(head: &[u8], nothing: Saved) -> Saved {
    let text = String::from_utf8_lossy(head);
    let note = text.split_once("Page saved with SingleFile").map_or("", |(_, rest)| rest);
    let note = note.split("-->").next().unwrap_or_default();
    let field = |name: &str| note.lines().find_map(|line| line.trim().strip_prefix(name)).map(|value| value.trim());
    let saved = field("saved date:").and_then(|written| {
        // "Thu Mar 21 2024 07:00:00 GMT+0100 (Central European Standard Time)"
        let written = written.split(" (").next()?.replace("GMT", "");
        jiff::Zoned::strptime("%a %b %d %Y %H:%M:%S %z", &written).ok().map(|zoned| zoned.timestamp())
    });
    Saved { kind: SavedKind::SingleFile, address: field("url:").map(str::to_owned), saved, ..nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_gives_its_page_address_and_date() {
        let text = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://daily.example/story\r\n\
            Subject: Story\r\nDate: Thu, 21 Mar 2024 06:00:00 -0000\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--B\"\r\n\r\n\
            ----B\r\nContent-Type: text/css\r\nContent-Location: cid:x\r\n\r\np{}\r\n\
            ----B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Location: https://daily.example/frame\r\n\r\n<p>frame</p>\r\n\
            ----B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Location: https://daily.example/story\r\n\r\n<p>The tide =E2=80=93 it turned.</p>\r\n----B--\r\n";
        let saved = recognise(text.as_bytes(), "story.mhtml");
        assert_eq!(saved.kind, SavedKind::Mhtml);
        let page = String::from_utf8(saved.page.unwrap().0).unwrap();
        assert!(page.contains("The tide – it turned."), "{page}");
        assert_eq!(saved.address.as_deref(), Some("https://daily.example/story"));
        assert_eq!(saved.saved, Some("2024-03-21T06:00:00Z".parse().unwrap()));
    }

    #[test]
    fn singlefile_says_where_and_when() {
        let page = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://daily.example/story \n \
            saved date: Thu Mar 21 2024 07:00:00 GMT+0100 (Central European Standard Time)\n--><p>x</p>";
        let saved = recognise(page.as_bytes(), "story.html");
        assert_eq!(
            (saved.kind, saved.address.as_deref()),
            (SavedKind::SingleFile, Some("https://daily.example/story"))
        );
        assert_eq!(saved.saved, Some("2024-03-21T06:00:00Z".parse().unwrap()));
    }

    #[test]
    fn other_files_are_told_by_their_beginning() {
        for (bytes, name, kind) in [
            (&b"%PDF-1.7"[..], "a.bin", SavedKind::Pdf),
            (b"WARC/1.0\r\n", "a", SavedKind::Archive),
            (b"\x1f\x8b", "a.warc.gz", SavedKind::Archive),
            (b"PK\x03\x04", "a.wacz", SavedKind::Archive),
            (b"PK\x03\x04", "a.docx", SavedKind::Plain),
            (b"hello", "a.txt", SavedKind::Plain),
            (b"hello", "a.mhtml", SavedKind::Plain),
            (b"", "", SavedKind::Plain),
        ] {
            assert_eq!(recognise(bytes, name).kind, kind, "{name}");
        }
    }
}
