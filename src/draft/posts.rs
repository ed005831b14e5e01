//! Posts: embedded posts of social networks → handle, display name, date, text and link.
//!
//! Two forms: blocks that extraction marked as a post, and, in plain text, the signature that embedding leaves behind
//! (`— Name (@handle) March 23, 2024`) with the lines above it that belong to it.

use crate::model::{Document, TextRange, Zone};

/// An embedded post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    /// Its text, by lines, without the signature.
    pub(super) lines: Vec<TextRange>,
    /// From its first line to the end of its signature.
    pub(super) whole: TextRange,
    /// `@handle`.
    pub(super) handle: TextRange,
    /// The display name.
    pub(super) name: Option<TextRange>,
    /// The date as the post gives it.
    pub(super) date: Option<TextRange>,
}

/// How many lines of plain text a post may have above its signature.
const LINES: usize = 12;

/// Finds the posts of an article. `lines` are its paragraphs, in order.
pub(super) fn posts(document: &Document, lines: &[TextRange]) -> Vec<Post> {
    let text: &str = &document.text;
    let mut found: Vec<Post> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some(signature) = signature(text, *line) else { continue };
        let zone = |at: u32| document.block_at(at).map(|block| block.zone);
        let marked = zone(line.start) == Some(Zone::Post);
        let taken = found.last().map_or(0, |post| post.whole.end);
        let mut first = number;
        while first > 0 && number - first < LINES {
            let above = lines[first - 1];
            if above.start < taken {
                break;
            }
            let belongs = if marked {
                zone(above.start) == Some(Zone::Post)
            } else {
                zone(above.start) != Some(Zone::Headline) && (first == number || goes_on(text, above, lines[first]))
            };
            if !belongs {
                break;
            }
            first -= 1;
        }
        let mut body: Vec<TextRange> = lines[first..number].to_vec();
        // The signature may stand behind the text in one line.
        if signature.start > line.start {
            let before = TextRange { start: line.start, end: signature.start };
            let end = before.start + text[before.span()].trim_end().len() as u32;
            if end > before.start {
                body.push(TextRange { start: before.start, end });
            }
        }
        body.retain(|line| text[line.span()].chars().any(char::is_alphanumeric));
        if body.is_empty() {
            continue;
        }
        let whole = TextRange { start: body[0].start, end: signature.end };
        found.push(Post { lines: body, whole, handle: signature.handle, name: signature.name, date: signature.date });
    }
    found
}

struct Signature {
    start: u32,
    end: u32,
    handle: TextRange,
    name: Option<TextRange>,
    date: Option<TextRange>,
}

/// Reads `— Name (@handle) date` at the end of a line.
fn signature(text: &str, line: TextRange) -> Option<Signature> {
    let slice = &text[line.span()];
    let open = slice.rfind("(@")?;
    let close = open + slice[open..].find(')')?;
    let handle = &slice[open + 1..close];
    let name_ok = handle.len() > 1
        && handle.len() <= 80
        && handle[1..].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@'));
    if !name_ok {
        return None;
    }
    let dash = slice[..open].char_indices().rev().find(|(at, c)| {
        matches!(c, '—' | '–' | '―') || *c == '-' && (*at == 0 || slice[..*at].ends_with(char::is_whitespace))
    });
    let (dash, mark) = dash?;
    let behind = dash + mark.len_utf8();
    // Between dash and handle stands a name, not a sentence.
    if slice[behind..open].chars().count() > 100 {
        return None;
    }
    let place = |from: usize, to: usize| {
        let inner = &slice[from..to];
        let start = from + (inner.len() - inner.trim_start().len());
        let end = start + inner.trim().len();
        (end > start).then(|| TextRange::new(line.start as usize + start, line.start as usize + end))
    };
    let date = place(close + 1, slice.len()).filter(|date| {
        let written = &text[date.span()];
        written.len() <= 60 && written.chars().any(|c| c.is_ascii_digit())
    });
    // A date, or nothing, follows a signature; anything else is a sentence that mentions a handle.
    if date.is_none() && close + 1 < slice.len() && slice[close + 1..].chars().any(char::is_alphanumeric) {
        return None;
    }
    Some(Signature {
        start: line.start + dash as u32,
        end: date.map_or(line.start + close as u32 + 1, |date| date.end),
        handle: TextRange::new(line.start as usize + open + 1, line.start as usize + close),
        name: place(behind, open),
        date,
    })
}

/// Whether a line of plain text belongs to the post that the next line goes on with.
fn goes_on(text: &str, above: TextRange, below: TextRange) -> bool {
    // A blank line between them ends it.
    if text[above.end as usize..below.start as usize].matches('\n').count() > 1 {
        return false;
    }
    let line = text[above.span()].trim();
    let pictured = line.chars().next().is_some_and(is_pictograph);
    let ends = line.ends_with(['.', '!', '?', '”', '"', '’', ':']);
    pictured
        || line.contains("pic.twitter.com/")
        || line.contains("https://t.co/")
        || !ends && (line.contains('#') || line.contains('@') || line.ends_with(','))
}

/// Whether a character is a picture rather than a letter or mark.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}')
}

/// The address of a post's picture or page that its text carries.
pub(super) fn link(text: &str, post: &Post) -> Option<String> {
    let slice = &text[post.whole.span()];
    for marker in ["https://", "http://", "pic.twitter.com/"] {
        if let Some(at) = slice.find(marker) {
            let end = slice[at..].find(char::is_whitespace).map_or(slice.len(), |end| at + end);
            let found = slice[at..end].trim_end_matches([')', ',', '.', '”', '"']);
            return Some(if marker.starts_with("pic") { format!("https://{found}") } else { found.to_owned() });
        }
    }
    None
}

/// The words of a line without the address of a picture at its end.
pub(super) fn words(text: &str, line: TextRange) -> Option<TextRange> {
    let mut end = line.start as usize + text[line.span()].trim_end().len();
    while let Some(at) = text[line.start as usize..end]
        .rfind(char::is_whitespace)
        .map(|at| line.start as usize + at)
        .or(Some(line.start as usize))
    {
        let word = text[at..end].trim();
        let address = word.starts_with("pic.twitter.com/")
            || word.starts_with("https://")
            || word.starts_with("http://")
            || word.starts_with("t.co/");
        if !address {
            break;
        }
        let kept = line.start as usize + text[line.start as usize..at].trim_end().len();
        if kept >= end {
            break;
        }
        end = kept;
    }
    (end > line.start as usize).then(|| TextRange::new(line.start as usize, end))
}
