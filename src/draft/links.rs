//! Links: which of an article's links a claim rests on.
//!
//! The link in the claim's own sentence that fits its outlet; else the only, or nearest, link of the sentence; else one
//! of the paragraph that fits the outlet; else the note that the sentence refers to. Nothing is taken from further away.

use std::collections::{HashMap, HashSet};

use super::claim::DraftSource;
use crate::model::{Link, TextRange};

/// The links of an article, with the notes at its end.
pub(super) struct Links<'a> {
    text: &'a str,
    links: Vec<Link>,
    /// Notes by their number or sign.
    notes: Vec<Note>,
    named: Vec<Named>,
    /// Where an address stands in `named`.
    places: HashMap<String, usize>,
    taken: HashSet<String>,
}

/// Notes that a sentence is compared with.
const NOTES: usize = 400;

struct Note {
    sign: String,
    url: String,
    range: TextRange,
}

struct Named {
    name: String,
    url: String,
    outlet: Option<String>,
}

impl<'a> Links<'a> {
    /// Collects the links: those of the markup, bare addresses in the text, and notes (`[1] https://…`).
    pub(super) fn collect(text: &'a str, marked: &[Link], paragraphs: &[TextRange]) -> Self {
        let mut links: Vec<Link> =
            marked.iter().filter(|link| !link.range.is_empty() && is_source(&link.url)).cloned().collect();
        let mut notes = Vec::new();
        for paragraph in paragraphs {
            let slice = &text[paragraph.span()];
            let mut urls = Vec::new();
            let mut at = 0;
            while let Some(found) = slice[at..].find("http") {
                let start = at + found;
                at = start + 4;
                if !(slice[start..].starts_with("http://") || slice[start..].starts_with("https://")) {
                    continue;
                }
                let end = slice[start..]
                    .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '»'))
                    .map_or(slice.len(), |end| start + end);
                let url = slice[start..end].trim_end_matches(['.', ',', ';', ':', ')', ']', '\'']);
                let range =
                    TextRange::new(paragraph.start as usize + start, paragraph.start as usize + start + url.len());
                at = start + url.len().max(4);
                urls.push(Link { range, url: url.to_owned() });
            }
            if let Some(sign) = note_sign(slice)
                && let Some(link) = urls.first().or_else(|| {
                    marked
                        .get(marked.partition_point(|link| link.range.end <= paragraph.start))
                        .filter(|link| paragraph.overlaps(link.range))
                })
            {
                notes.push(Note { sign, url: link.url.clone(), range: *paragraph });
            }
            links.extend(urls);
        }
        links.sort_by_key(|link| (link.range.start, link.range.end));
        Self { text, links, notes, named: Vec::new(), places: HashMap::new(), taken: HashSet::new() }
    }

    /// Whether a place belongs to the list of notes or links rather than to the text.
    pub(super) fn is_note(&self, at: u32) -> bool {
        let note = self.notes.partition_point(|note| note.range.end <= at);
        self.notes.get(note).is_some_and(|note| note.range.contains(at))
    }

    /// The source that a claim rests on: a place in the list that [`Links::sources`] gives. A link that fits one of
    /// `named` goes before others; `outlet` is who publishes it, where the words tell.
    pub(super) fn source(
        &mut self,
        sentence: TextRange,
        content: TextRange,
        paragraph: TextRange,
        named: &[&str],
        outlet: Option<&str>,
    ) -> Option<usize> {
        let within = |range: TextRange| {
            let from = self.links.partition_point(|link| link.range.end <= range.start);
            self.links[from..].iter().take_while(move |link| link.range.start < range.end).take(200)
        };
        let fits = |link: &&Link| named.iter().any(|outlet| fits(self.text, link, outlet));
        let distance = |link: &&Link| {
            let (a, b) = (link.range, content);
            if a.overlaps(b) { 0 } else { a.start.abs_diff(b.end).min(b.start.abs_diff(a.end)) }
        };
        let chosen = within(sentence)
            .find(fits)
            .or_else(|| within(sentence).min_by_key(distance))
            .or_else(|| within(paragraph).find(fits))
            .map(|link| link.url.clone())
            .or_else(|| {
                // The sign of a note may stand right behind the full stop.
                let mut end = (sentence.end as usize + 12).min(paragraph.end.max(sentence.end) as usize);
                while !self.text.is_char_boundary(end) {
                    end -= 1;
                }
                let slice = &self.text[sentence.start as usize..end];
                self.notes
                    .iter()
                    .take(NOTES)
                    .find(|note| slice.contains(&note.sign) && !note.range.overlaps(sentence))
                    .map(|note| note.url.clone())
            })?;
        Some(self.name(&chosen, outlet))
    }

    /// The source that an embedded post is: its own address.
    pub(super) fn post(&mut self, address: &str) -> Option<usize> {
        is_source(address).then(|| self.name(address, None))
    }

    /// The first address that a stretch links to.
    pub(super) fn address_in(&self, range: TextRange) -> Option<String> {
        let at = self.links.partition_point(|link| link.range.end <= range.start);
        self.links.get(at).filter(|link| link.range.overlaps(range)).map(|link| link.url.clone())
    }

    fn name(&mut self, url: &str, outlet: Option<&str>) -> usize {
        let web = url.starts_with("http");
        let clean = url.split(if web { &['#'][..] } else { &['#', '?'][..] }).next().unwrap_or(url);
        if let Some(at) = self.places.get(clean).copied() {
            if self.named[at].outlet.is_none() {
                self.named[at].outlet = outlet.map(str::to_owned);
            }
            return at;
        }
        let base = source_name(clean);
        let mut name = base.clone();
        let mut number = 1;
        while self.taken.contains(&name) {
            number += 1;
            name = format!("{base}-{number}");
        }
        self.taken.insert(name.clone());
        self.places.insert(clean.to_owned(), self.named.len());
        self.named.push(Named { name, url: clean.to_owned(), outlet: outlet.map(str::to_owned) });
        self.named.len() - 1
    }

    /// The sources that claims rest on.
    pub(super) fn sources(self) -> Vec<DraftSource> {
        self.named
            .into_iter()
            .map(|named| DraftSource { name: named.name, address: named.url, outlet: named.outlet })
            .collect()
    }
}

/// Whether an address can be a source: a page or a file, not a button that shares the article.
fn is_source(url: &str) -> bool {
    const SHARING: [&str; 8] =
        ["/intent/", "sharer", "/share?", "/share/", "shareArticle", "api.whatsapp.com", "mailto:", "javascript:"];
    let web = url.starts_with("http://") || url.starts_with("https://");
    // Of a local article a link may be a file beside it; what else is no address is none.
    let file = !url.starts_with(['/', '#', '?', '\\']) && !url.contains(':');
    !url.is_empty() && (web || file) && !SHARING.iter().any(|part| url.contains(part)) && url.len() <= 4_096
}

/// The sign of a note that a paragraph is: `[1]`, `1.`, `1)`, `[^a]:`.
fn note_sign(paragraph: &str) -> Option<String> {
    if let Some(rest) = paragraph.strip_prefix('[') {
        let sign = rest.split(']').next().filter(|sign| !sign.is_empty() && sign.len() <= 8)?;
        return Some(format!("[{sign}]"));
    }
    let digits: String = paragraph.chars().take_while(char::is_ascii_digit).collect();
    let behind = paragraph[digits.len()..].chars().next()?;
    (!digits.is_empty() && digits.len() <= 3 && matches!(behind, '.' | ')' | ' ')).then(|| format!("[{digits}]"))
}

/// Whether a link leads to an outlet, by its host or by the words that carry it.
fn fits(text: &str, link: &Link, outlet: &str) -> bool {
    let squash =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let outlet = squash(outlet.trim_start_matches("the ").trim_start_matches("The "));
    if outlet.len() < 2 {
        return false;
    }
    let host = squash(host(&link.url));
    let words = squash(&text[link.range.span()]);
    host.contains(&outlet) || words.contains(&outlet) || words.len() > 3 && outlet.contains(&words)
}

fn host(url: &str) -> &str {
    let rest = url.split("://").nth(1).unwrap_or(url);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit('@').next().unwrap_or(host);
    host.split(':').next().unwrap_or(host)
}

/// A name for a source: its host without `www` and ending, and the last telling word of its path.
fn source_name(url: &str) -> String {
    let host = host(url).trim_start_matches("www.");
    let labels: Vec<&str> = host.split('.').collect();
    let stem = match labels.as_slice() {
        [.., name, second, last] if last.len() == 2 && second.len() <= 3 => name,
        [.., name, _] => name,
        [name] => name,
        [] => "source",
    };
    let slug: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let slug = slug.trim_matches('-').to_owned();
    if slug.is_empty() { "source".to_owned() } else { slug }
}
