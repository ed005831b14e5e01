//! Tags, comments and character references in their common forms. Everything here answers `None` where a form is not
//! common: html5ever's tokenizer knows what the HTML standard makes of it.

use hashbrown::HashMap;
use html5ever::interface::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{LocalName, QualName, ns};

/// Names that were met before: looking one up here is much cheaper than in the parser's own table.
#[derive(Debug, Default)]
pub(super) struct Names<'a>(HashMap<&'a str, LocalName>);

/// Names that are remembered of one page.
const MAX_NAMES: usize = 5_000;

impl<'a> Names<'a> {
    fn get(&mut self, name: &'a str) -> LocalName {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let found = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => LocalName::from(name.to_ascii_lowercase()),
            false => LocalName::from(name),
        };
        if self.0.len() < MAX_NAMES {
            self.0.insert(name, found.clone());
        }
        found
    }
}

/// A tag, and the place behind it.
pub(super) struct Read {
    pub(super) tag: Tag,
    pub(super) end: usize,
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | 0x0c)
}

/// The place of the first byte from `at` on that ends a name.
fn name_end(bytes: &[u8], at: usize) -> Option<usize> {
    Some(at + bytes.get(at..)?.iter().position(|byte| is_blank(*byte) || matches!(byte, b'/' | b'>' | b'='))?)
}

/// Reads a start tag whose name begins at `from`.
pub(super) fn start<'a>(source: &'a StrTendril, from: usize, names: &mut Names<'a>) -> Option<Read> {
    let text: &'a str = source;
    let bytes = text.as_bytes();
    let mut at = name_end(bytes, from)?;
    if bytes[at] == b'=' {
        return None;
    }
    let mut tag = Tag {
        kind: TagKind::StartTag,
        name: names.get(&text[from..at]),
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    };
    loop {
        at += bytes[at..].iter().position(|byte| !is_blank(*byte))?;
        match bytes[at] {
            b'>' => return Some(Read { tag, end: at + 1 }),
            b'/' => {
                at += 1;
                tag.self_closing = *bytes.get(at)? == b'>';
            }
            b'=' => return None,
            _ => {
                let end = name_end(bytes, at)?;
                let name = names.get(&text[at..end]);
                let value;
                (value, at) = match bytes[end] {
                    b'=' => self::value(source, end + 1)?,
                    _ => spaced_value(source, end)?,
                };
                if tag.attrs.iter().any(|known| known.name.local == name) {
                    tag.had_duplicate_attributes = true;
                } else {
                    tag.attrs.push(Attribute { name: QualName::new(None, ns!(), name), value });
                }
            }
        }
    }
}

/// Reads an end tag whose name begins at `from`.
pub(super) fn end<'a>(source: &'a StrTendril, from: usize, names: &mut Names<'a>) -> Option<Read> {
    let text: &'a str = source;
    let bytes = text.as_bytes();
    let end = name_end(bytes, from)?;
    let at = end + bytes[end..].iter().position(|byte| !is_blank(*byte))?;
    let tag = |name| Tag {
        kind: TagKind::EndTag,
        name,
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    };
    (bytes[at] == b'>').then(|| Read { tag: tag(names.get(&text[from..end])), end: at + 1 })
}

/// The value behind a name that ends before white space or the end of the tag: there may be none.
fn spaced_value(source: &StrTendril, at: usize) -> Option<(StrTendril, usize)> {
    let bytes = source.as_bytes();
    let next = at + bytes[at..].iter().position(|byte| !is_blank(*byte))?;
    if bytes[next] == b'=' && next > at { value(source, next + 1) } else { Some((StrTendril::new(), at)) }
}

/// Reads the value behind the equals sign at `at - 1`; gives the place behind it.
fn value(source: &StrTendril, at: usize) -> Option<(StrTendril, usize)> {
    let bytes = source.as_bytes();
    let at = at + bytes.get(at..)?.iter().position(|byte| !is_blank(*byte))?;
    match bytes[at] {
        quote @ (b'"' | b'\'') => {
            let end = at + 1 + memchr::memchr(quote, &bytes[at + 1..])?;
            Some((resolved(source, at + 1, end)?, end + 1))
        }
        // No value at all where one should be.
        b'>' => None,
        _ => {
            let end = at + bytes[at..].iter().position(|byte| is_blank(*byte) || *byte == b'>')?;
            Some((resolved(source, at, end)?, end))
        }
    }
}

/// A value with its character references resolved.
fn resolved(source: &StrTendril, from: usize, to: usize) -> Option<StrTendril> {
    let text = &source[from..to];
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        // Positions in a tendril are of 32 bits, as is its length.
        return Some(source.subtendril(from as u32, (to - from) as u32));
    }
    let mut value = StrTendril::new();
    let mut rest = text;
    while let Some(mark) = memchr::memchr(b'&', rest.as_bytes()) {
        value.push_slice(&rest[..mark]);
        rest = &rest[mark..];
        let length = match reference(rest, true)? {
            Piece::Character(c, length) => {
                value.push_char(c);
                length
            }
            Piece::Itself(length) => {
                value.push_slice(&rest[..length]);
                length
            }
        };
        rest = &rest[length..];
    }
    value.push_slice(rest);
    Some(value)
}

/// What an ampersand begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// A reference to a character, of so many bytes.
    Character(char, usize),
    /// So many bytes that stand for themselves.
    Itself(usize),
}

/// Reads the character reference that a text begins with, in the value of an attribute or outside.
pub(super) fn reference(text: &str, attribute: bool) -> Option<Piece> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        let (digits, radix) = match bytes.get(2) {
            Some(b'x' | b'X') => (3, 16),
            _ => (2, 10),
        };
        let length = bytes[digits..].iter().position(|byte| !char::from(*byte).is_digit(radix))?;
        let number = u32::from_str_radix(&text[digits..digits + length], radix).ok()?;
        // Numbers that stand for other characters than their own are not common.
        let plain = matches!(number, 0x9 | 0xa | 0x20..=0x7e | 0xa0..=0xd7ff | 0xe000..=0xfdcf | 0x1f000..=0x1ffef);
        return (plain && bytes.get(digits + length) == Some(&b';'))
            .then(|| char::from_u32(number))
            .flatten()
            .map(|c| Piece::Character(c, digits + length + 1));
    }
    let length = bytes[1..].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len() - 1);
    match bytes.get(1 + length) {
        _ if length == 0 => Some(Piece::Itself(1)),
        Some(b';') => named(&text[1..=length]).map(|c| Piece::Character(c, length + 2)),
        // `?a=1&b=2`: a name that does not end in a semicolon is none before an equals sign or a letter.
        Some(b'=') if attribute => Some(Piece::Itself(1 + length)),
        // Names that need no semicolon have two to six letters.
        _ if attribute && !(2..=6).contains(&length) => Some(Piece::Itself(1 + length)),
        _ => None,
    }
}

/// The character of a name, for names that are common.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "lsaquo" => '‹',
        "rsaquo" => '›',
        "bull" => '•',
        "middot" => '·',
        "deg" => '°',
        "sect" => '§',
        "times" => '×',
        "euro" => '€',
        "pound" => '£',
        "cent" => '¢',
        "yen" => '¥',
        "frac12" => '½',
        "frac14" => '¼',
        "frac34" => '¾',
        "iexcl" => '¡',
        "iquest" => '¿',
        "ordf" => 'ª',
        "ordm" => 'º',
        "aacute" => 'á',
        "agrave" => 'à',
        "acirc" => 'â',
        "atilde" => 'ã',
        "auml" => 'ä',
        "aring" => 'å',
        "aelig" => 'æ',
        "ccedil" => 'ç',
        "eacute" => 'é',
        "egrave" => 'è',
        "ecirc" => 'ê',
        "euml" => 'ë',
        "iacute" => 'í',
        "igrave" => 'ì',
        "icirc" => 'î',
        "iuml" => 'ï',
        "ntilde" => 'ñ',
        "oacute" => 'ó',
        "ograve" => 'ò',
        "ocirc" => 'ô',
        "otilde" => 'õ',
        "ouml" => 'ö',
        "oslash" => 'ø',
        "oelig" => 'œ',
        "szlig" => 'ß',
        "uacute" => 'ú',
        "ugrave" => 'ù',
        "ucirc" => 'û',
        "uuml" => 'ü',
        "Aacute" => 'Á',
        "Agrave" => 'À',
        "Auml" => 'Ä',
        "Aring" => 'Å',
        "Ccedil" => 'Ç',
        "Eacute" => 'É',
        "Egrave" => 'È',
        "Iacute" => 'Í',
        "Ntilde" => 'Ñ',
        "Oacute" => 'Ó',
        "Ouml" => 'Ö',
        "Oslash" => 'Ø',
        "Uacute" => 'Ú',
        "Uuml" => 'Ü',
        _ => return None,
    })
}

/// The length of a comment with its end, from behind `<!--` on.
pub(super) fn comment(inside: &[u8]) -> Option<usize> {
    if inside.starts_with(b">") || inside.starts_with(b"->") {
        return None;
    }
    let end = memchr::memmem::find(inside, b"-->")?;
    // An exclamation mark behind two strokes may end a comment as well.
    memchr::memmem::find(&inside[..end], b"--!").is_none().then_some(end + 3)
}

/// Where the inside of an element ends that holds nothing but text.
pub(super) fn raw_end(inside: &[u8], name: &str) -> Option<usize> {
    memchr::memmem::find_iter(inside, b"</").find(|at| {
        let tag = &inside[at + 2..];
        tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && tag.get(name.len()).is_some_and(|byte| is_blank(*byte) || matches!(byte, b'/' | b'>'))
    })
}
