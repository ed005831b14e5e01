//! Posts: embedded posts of social networks → handle, display name, date, text and link.
//!
//! Three forms: blocks that extraction marked as a post, signed or not, and, in plain text, the signature that embedding
//! leaves behind (`— Name (@handle) March 23, 2024`) with the lines above it that belong to it.

use crate::model::{Document, Link, TextRange, Zone};

/// An embedded post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    /// Its text, by lines, without the signature.
    pub(super) lines: Vec<TextRange>,
    /// From its first line to the end of its signature.
    pub(super) whole: TextRange,
    /// `@handle`, where the text has it.
    pub(super) handle: Option<TextRange>,
    /// Who posts it: the handle, or what else tells it.
    pub(super) speaker: Option<String>,
    /// The address of the post itself, where its embedding code or its signature has it.
    pub(super) address: Option<String>,
    /// The display name.
    pub(super) name: Option<TextRange>,
    /// The date as the post gives it.
    pub(super) date: Option<TextRange>,
}

/// How many lines of plain text a post may have above its signature.
const LINES: usize = 12;

/// Finds the posts of an article, and the addresses of embeds that left no words. `lines` are its paragraphs, in order.
pub(super) fn posts(document: &Document, lines: &[TextRange], links: &[Link]) -> (Vec<Post>, Vec<String>) {
    let text: &str = &document.text;
    let mut found = signed(document, lines);
    unsigned(document, lines, links, &mut found);
    found.sort_by_key(|post| post.whole.start);
    let mut wordless = Vec::new();
    for embed in links.iter().filter(|link| link.range.is_empty()) {
        let at = found.partition_point(|post| post.whole.end <= embed.range.start);
        let near = found.get_mut(at).filter(|post| {
            let between = text.get(embed.range.start as usize..post.whole.start.max(embed.range.start) as usize);
            post.address.is_none() && between.is_some_and(|between| !between.chars().any(char::is_alphanumeric))
        });
        match near {
            Some(post) => post.address = Some(embed.url.clone()),
            None if !wordless.contains(&embed.url) => wordless.push(embed.url.clone()),
            None => {}
        }
    }
    for post in &mut found {
        let own = || links.iter().rev().find(|link| link.range.overlaps(post.whole) && is_post(&link.url));
        if post.address.is_none() {
            post.address = own().map(|link| link.url.split(['?', '#']).next().unwrap_or(&link.url).to_owned());
        }
        if post.speaker.is_none() {
            post.speaker = post.address.as_deref().and_then(account);
        }
    }
    wordless.retain(|url| !found.iter().any(|post| post.address.as_ref() == Some(url)));
    (found, wordless)
}

/// Whether an address is one of a single post.
pub(super) fn is_post(url: &str) -> bool {
    let rest = url.split("://").nth(1).unwrap_or(url);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let mut parts = rest.split('/');
    let host = parts.next().unwrap_or_default().trim_start_matches("www.");
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let number = |part: &&str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_digit());
    match host {
        "t.me" => parts.len() >= 2 && parts.last().is_some_and(number),
        "bsky.app" => matches!(parts.as_slice(), ["profile", _, "post", ..]),
        "twitter.com" | "x.com" | "mobile.twitter.com" => {
            parts.windows(2).any(|pair| pair[0].starts_with("status") && number(&pair[1]))
        }
        "instagram.com" => matches!(parts.first(), Some(&"p" | &"reel")) && parts.len() >= 2,
        "tiktok.com" => matches!(parts.as_slice(), [_, "video", ..]),
        "facebook.com" => parts.contains(&"posts"),
        "threads.net" | "threads.com" => matches!(parts.as_slice(), [_, "post", ..]),
        _ => matches!(parts.as_slice(), [name, number_] if name.starts_with('@') && number(number_)),
    }
}

/// The handle in the address of a post: `@deltaeyes` of `https://t.me/deltaeyes/2210`.
fn account(url: &str) -> Option<String> {
    let rest = url.split("://").nth(1)?;
    let mut parts = rest.split('/');
    let host = parts.next()?.trim_start_matches("www.");
    let first = parts.next()?;
    let name = match host {
        "t.me" | "twitter.com" | "x.com" if !matches!(first, "i" | "s" | "c") => first,
        "tiktok.com" | "threads.net" | "threads.com" => first.strip_prefix('@')?,
        _ => return first.starts_with('@').then(|| format!("{first}@{host}")),
    };
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
    plain.then(|| format!("@{name}"))
}

/// Posts without a signature: what extraction marked as one, up to the next that is embedded.
fn unsigned(document: &Document, lines: &[TextRange], links: &[Link], found: &mut Vec<Post>) {
    let text: &str = &document.text;
    let taken: Vec<TextRange> = found.iter().map(|post| post.whole).collect();
    let embeds: Vec<u32> = links.iter().filter(|link| link.range.is_empty()).map(|link| link.range.start).collect();
    let mut open: Option<Post> = None;
    let mut last = 0;
    for line in lines {
        let block = document.block_at(line.start);
        let free = !taken.iter().any(|whole| whole.overlaps(*line));
        if !free || block.is_none_or(|block| block.zone != Zone::Post) {
            found.extend(open.take());
            continue;
        }
        let split = embeds.iter().any(|at| last <= *at && *at <= line.start && last > 0)
            || text
                .get(last as usize..line.start as usize)
                .is_some_and(|gap| last > 0 && gap.trim().chars().count() > 0);
        if split {
            found.extend(open.take());
        }
        last = line.end;
        let said = is_said(&text[line.span()]);
        let author = block.and_then(|block| block.author.clone());
        let post = open.get_or_insert_with(|| Post {
            lines: Vec::new(),
            whole: *line,
            handle: None,
            speaker: None,
            address: None,
            name: None,
            date: None,
        });
        post.whole.end = line.end;
        if said {
            post.lines.push(*line);
        }
        if post.handle.is_none()
            && let Some(handle) = handle(text, *line).filter(|_| !said || line.start == post.whole.start)
        {
            post.speaker = Some(text[handle.span()].to_owned());
            post.handle = Some(handle);
        }
        if post.speaker.is_none() {
            post.speaker = author;
        }
    }
    found.extend(open);
    found.retain(|post| !post.lines.is_empty());
}

/// Whether a line of a post is words of whoever posts it rather than of the platform around it.
fn is_said(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let platform = lower.starts_with("view this post")
        || lower.starts_with("view on ")
        || lower.starts_with("post by @")
        || lower.starts_with("a post shared by")
        || lower.starts_with("voir cette publication")
        || lower.starts_with("sieh dir diesen beitrag")
        || lower.starts_with("ver esta publicación")
        || matches!(lower.as_str(), "[image or embed]" | "[image]" | "[video]" | "[embed]");
    !platform && line.chars().any(char::is_alphanumeric) && !(lower.starts_with('@') && !lower.contains(' '))
}

/// The first handle of a line.
fn handle(text: &str, line: TextRange) -> Option<TextRange> {
    let slice = &text[line.span()];
    let at = slice.match_indices('@').map(|(at, _)| at).find(|at| {
        let free = slice[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        free && slice[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
    })?;
    let end = slice[at + 1..]
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@')))
        .map_or(slice.len(), |end| at + 1 + end);
    let end = at + slice[at..end].trim_end_matches('.').len();
    Some(TextRange::new(line.start as usize + at, line.start as usize + end))
}

/// Posts that a signature closes.
fn signed(document: &Document, lines: &[TextRange]) -> Vec<Post> {
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
        body.retain(|line| is_said(&text[line.span()]));
        if body.is_empty() {
            continue;
        }
        let whole = TextRange { start: body[0].start, end: signature.end };
        found.push(Post {
            lines: body,
            whole,
            handle: Some(signature.handle),
            speaker: Some(text[signature.handle.span()].to_owned()),
            address: None,
            name: signature.name,
            date: signature.date,
        });
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
    if let Some(rest) = text[line.start as usize..end].strip_suffix("[image or embed]") {
        end = line.start as usize + rest.trim_end().len();
    }
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
