//! Charset: bytes → text as browsers decide it (WHATWG Encoding and HTML standards): byte order mark, then the
//! header, then `<meta>` in the first 1,024 bytes, then a guess. The decision and the number of sequences that
//! did not decode are kept. Where what was declared is plainly not what the bytes are, [`doubt`] reads them as
//! what they are, and says so.

mod doubt;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Bytes of stretches that the guess looks at.
const LOOK: usize = 64 << 10;

/// Text with the decision that made it.
pub(super) struct Decoded {
    /// The text, invalid sequences replaced by U+FFFD.
    pub(super) text: String,
    /// The encoding's name, as the Encoding standard spells it.
    pub(super) charset: &'static str,
    /// How many sequences were replaced.
    pub(super) replacements: usize,
    /// For people: that the bytes are not what they are declared to be, and what they were read as.
    pub(super) note: Option<String>,
}

/// Whether the bytes may declare their encoding themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Prescan {
    /// Look for `<meta>`.
    Html,
    /// Look for `<?xml … encoding=…?>`; UTF-8 where there is none.
    Xml,
    /// Nothing to look for.
    None,
}

/// Decodes `bytes`.
pub(super) fn decode(bytes: &[u8], content_type: Option<&str>, prescan: Prescan) -> Decoded {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let declared = marked.or_else(|| content_type.and_then(from_header)).or_else(|| match prescan {
        Prescan::Html => from_meta(&bytes[..bytes.len().min(1024)]),
        Prescan::Xml => from_declaration(&bytes[..bytes.len().min(200)]),
        Prescan::None => None,
    });
    // Text of two bytes a letter says it by its zeros, whatever is declared of it.
    let wide = if marked.is_none() { wide(bytes) } else { None };
    let declared = declared.filter(|_| wide.is_none());
    let encoding = wide.or(declared).unwrap_or_else(|| guess(bytes));
    let (text, used, malformed) = encoding.decode(bytes);
    // A byte order mark is the text's own word; what was guessed was guessed from the bytes already.
    if declared.is_some()
        && marked.is_none()
        && let Some(other) = doubt::other(bytes, used, &text, malformed)
    {
        return other;
    }
    let decoded = Decoded { replacements: replaced(&text), text: text.into_owned(), charset: used.name(), note: None };
    doubt::unscrambled(decoded)
}

/// UTF-16 without a byte order mark: every other byte of plain letters, digits and spaces is zero, and no other byte is.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4_096) & !1];
    let (mut even, mut odd) = (0_usize, 0_usize);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = head.len() / 2;
    let encoding = match (even, odd) {
        (0, odd) if odd * 10 >= pairs => UTF_16LE,
        (even, 0) if even * 10 >= pairs => UTF_16BE,
        _ => return None,
    };
    let (text, malformed) = encoding.decode_without_bom_handling(head);
    let control = |c: char| c.is_control() && !c.is_whitespace();
    (pairs >= 16 && !malformed && !text.chars().any(control)).then_some(encoding)
}

/// How many characters of a text stand for what did not decode.
fn replaced(text: &str) -> usize {
    memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}".as_bytes()).count()
}

/// The `charset` parameter of a `Content-Type` value.
fn from_header(value: &str) -> Option<&'static Encoding> {
    let at = value.to_ascii_lowercase().find("charset=")? + "charset=".len();
    let label = value[at..].trim_start_matches(['"', '\'', ' ']);
    let label = label.split(['"', '\'', ';', ' ', ',']).next()?;
    Encoding::for_label(label.as_bytes())
}

/// The prescan of the HTML standard, reduced to `<meta … charset=…>` outside comments.
fn from_meta(head: &[u8]) -> Option<&'static Encoding> {
    let text: String = head.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let mut rest = text.as_str();
    loop {
        let comment = rest.find("<!--");
        let meta = rest.find("<meta")?;
        if let Some(comment) = comment.filter(|at| *at < meta) {
            let end = rest[comment..].find("-->")?;
            rest = &rest[comment + end + 3..];
            continue;
        }
        let tag = &rest[meta + 5..];
        let end = tag.find('>').unwrap_or(tag.len());
        if let Some(at) = tag[..end].find("charset") {
            let value = tag[at + 7..end].trim_start();
            if let Some(value) = value.strip_prefix('=') {
                let value = value.trim_start().trim_start_matches(['"', '\'']);
                let label = value.split(['"', '\'', ';', ' ', '/', '>']).next().unwrap_or("");
                if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                    // The HTML standard's two exceptions: a page whose meta could be read is no UTF-16.
                    return Some(match encoding {
                        found if found == UTF_16BE || found == UTF_16LE => UTF_8,
                        found if found == X_USER_DEFINED => WINDOWS_1252,
                        found => found,
                    });
                }
            }
        }
        rest = &tag[end..];
    }
}

/// The `encoding` of an XML declaration.
fn from_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let text: String = head.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let declaration = text.trim_start().strip_prefix("<?xml")?;
    let declaration = &declaration[..declaration.find("?>")?];
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.trim_start_matches(['"', '\'']).split(['"', '\'', ' ']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|found| *found != UTF_16BE && *found != UTF_16LE)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    detected(bytes, chardetng::Utf8Detection::Allow)
}

/// What the bytes are by their own look. Only stretches with letters beyond ASCII say anything, and the first of them say
/// it all.
fn detected(bytes: &[u8], utf8: chardetng::Utf8Detection) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let mut left = LOOK;
    for stretch in bytes.split_inclusive(|byte| *byte == b'<').filter(|stretch| !stretch.is_ascii()) {
        let stretch = &stretch[..stretch.len().min(left)];
        left -= stretch.len();
        detector.feed(stretch, left == 0);
        if left == 0 {
            return detector.guess(None, utf8);
        }
    }
    detector.feed(b"", true);
    detector.guess(None, utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_beats_the_meta() {
        let page = b"<meta charset=windows-1252>caf\xc3\xa9";
        assert!(decode(page, Some("text/html; charset=UTF-8"), Prescan::Html).text.ends_with("café"));
        let page = b"<meta charset=windows-1252>caf\xe9";
        assert!(decode(page, Some("text/html"), Prescan::Html).text.ends_with("café"));
    }

    #[test]
    fn a_byte_order_mark_beats_the_header() {
        let decoded = decode(b"\xef\xbb\xbfcaf\xc3\xa9", Some("text/plain; charset=iso-8859-1"), Prescan::None);
        assert_eq!((decoded.text.as_str(), decoded.charset), ("café", "UTF-8"));
    }

    #[test]
    fn a_commented_meta_does_not_count() {
        let page =
            b"<!-- <meta charset=koi8-r> --><meta http-equiv=content-type content='text/html; charset=Shift_JIS'>";
        assert_eq!(decode(page, None, Prescan::Html).charset, "Shift_JIS");
    }

    #[test]
    fn replacements_are_counted() {
        assert_eq!(decode(b"a\xffb\xfec", Some("text/plain; charset=utf-8"), Prescan::None).replacements, 2);
    }

    #[test]
    fn wide_text_without_a_mark_is_told_by_its_zeros() {
        let page = "<p>Совет порта опубликовал данные в понедельник</p>";
        let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, charset) in [(little, "UTF-16LE"), (big, "UTF-16BE")] {
            for declared in [None, Some("text/html; charset=utf-8")] {
                let decoded = decode(&bytes, declared, Prescan::Html);
                assert_eq!((decoded.text.as_str(), decoded.charset), (page, charset));
            }
        }
        assert_eq!(decode(b"a\0b\0", None, Prescan::None).charset, "UTF-8");
    }

    #[test]
    fn a_few_stray_bytes_do_not_make_another_encoding_of_utf_8() {
        let page = b"The line \xe2\x80\x9ccarried 48,213\xe2\x80\x9d before \xe9\xe8 \xff";
        let decoded = decode(page, Some("text/html; charset=utf-8"), Prescan::Html);
        assert_eq!(decoded.charset, "UTF-8");
        assert!(decoded.text.starts_with("The line “carried 48,213” before "), "{}", decoded.text);
        assert!(decoded.replacements > 0);
    }

    #[test]
    fn what_declares_nothing_is_guessed() {
        let bytes = encoding_rs::WINDOWS_1251.encode("Правительство объявило о новых мерах поддержки").0.into_owned();
        assert_eq!(decode(&bytes, None, Prescan::None).charset, "windows-1251");
    }
}
