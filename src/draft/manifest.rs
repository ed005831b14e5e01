//! The draft as a manifest that a person likes to edit: the article's order, the sentence around each claim, and what is
//! still to be filled in as a comment where it belongs.

use toml_edit::Value;

use super::{Draft, DraftClaim, Kind};
use crate::model::words::single_spaced;
use crate::model::{Document, TextRange};

/// Columns of a comment.
const WIDTH: usize = 100;

/// Where an article is, for the head of its manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Where it is published.
    pub url: Option<String>,
    /// Its file, relative to the manifest.
    pub file: Option<String>,
}

/// Writes a whole manifest.
pub fn manifest(draft: &Draft, document: &Document, at: &Whereabouts) -> String {
    let mut out = String::from(
        "# Drafted from the article below. Fill in the sources that are still comments, delete what is no claim\n\
         # (or `onrecord dismiss` it, so that it does not come back), then run `onrecord check`.\n\n",
    );
    if let Some(language) = document.language.as_deref().filter(|tag| is_tag(tag)) {
        out.push_str(&format!("language = {}\n\n", string(language)));
    }
    let title = title(document);
    if title.is_some() || at.url.is_some() || at.file.is_some() || document.published.is_some() {
        out.push_str("[article]\n");
        if let Some(title) = title {
            out.push_str(&format!("title = {}\n", string(&title)));
        }
        if let Some(url) = &at.url {
            out.push_str(&format!("url = {}\n", string(url)));
        }
        if let Some(file) = &at.file {
            out.push_str(&format!("file = {}\n", string(file)));
        }
        if let Some(published) = document.published {
            out.push_str(&format!("published = {published}\n"));
        }
        out.push('\n');
    }
    for source in draft.sources.iter().filter(|source| source.is_web()) {
        out.push_str(&source_table(&source.name, &source.address, source.outlet.as_deref()));
    }
    for claim in &draft.claims {
        out.push_str(&claim_table(claim, draft, document, &|at| {
            draft.sources.get(at).map(|source| source.key().to_owned())
        }));
        out.push('\n');
    }
    for url in &draft.embeds {
        comment(&mut out, "an embedded post whose words the article does not have:");
        out.push_str(&format!("# source = {}\n\n", string(&one_line(url))));
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// The headline: the document's title, else its first line where that is short.
fn title(document: &Document) -> Option<String> {
    if let Some(title) = document.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        return Some(plain(title));
    }
    let first = document.blocks.first()?;
    let line = document.slice(first.range).lines().next()?.trim();
    let short = line.chars().count() <= 120
        && !line.ends_with('.') | (line.chars().count() <= 100 && document.text.len() > 400);
    (short && !line.is_empty()).then(|| plain(line))
}

fn is_tag(tag: &str) -> bool {
    !tag.is_empty()
        && tag.len() <= 35
        && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// One named source.
pub(super) fn source_table(name: &str, url: &str, outlet: Option<&str>) -> String {
    let mut out = format!("[sources.{name}]\nurl = {}\n", string(url));
    if let Some(outlet) = outlet {
        out.push_str(&format!("outlet = {}\n", string(&plain(outlet))));
    }
    out.push('\n');
    out
}

/// One claim with its comments. `source` names the source at a place in the draft's list.
pub(super) fn claim_table(
    claim: &DraftClaim,
    _draft: &Draft,
    document: &Document,
    source: &dyn Fn(usize) -> Option<String>,
) -> String {
    let words = |range: TextRange| plain(document.slice(range));
    let mut out = String::new();
    let head = heading(claim, document);
    comment(&mut out, &head);
    if claim.around != claim.statement {
        comment(&mut out, &format!("in: {}", words(claim.around)));
    }
    out.push_str("[[claim]]\n");
    out.push_str(&format!("id = {}\n", string(&claim.id)));
    out.push_str(&format!("statement = {}\n", string(&words(claim.statement))));
    let quote: Vec<String> = claim.quote.iter().map(|fragment| words(*fragment)).collect();
    if !quote.is_empty() {
        out.push_str(&format!("quote = {}\n", one_or_many(&quote)));
    }
    // A figure inside the quoted words is checked with them.
    let figures: Vec<String> = claim
        .figures
        .iter()
        .filter(|figure| !claim.quote.iter().any(|fragment| fragment.overlaps(**figure)))
        .map(|figure| words(*figure))
        .collect();
    if !figures.is_empty() {
        out.push_str(&format!("figure = {}\n", one_or_many(&figures)));
    }
    if let Some(speaker) = &claim.speaker {
        out.push_str(&format!("speaker = {}\n", string(&plain(speaker))));
    }
    if !claim.via.is_empty() {
        let via: Vec<String> = claim.via.iter().map(|name| string(&plain(name))).collect();
        out.push_str(&format!("via = [{}]\n", via.join(", ")));
    }
    match claim.source.and_then(source) {
        Some(name) => out.push_str(&format!("source = {}\n", string(&name))),
        None => {
            let whose = claim.via.first().or(claim.speaker.as_ref());
            let hint = whose.map_or_else(String::new, |name| format!("    # {}", one_line(name)));
            let known = claim.link.as_deref().map(string);
            out.push_str(&format!("# source = {}{hint}\n", known.unwrap_or_else(|| "\"\"".to_owned())));
        }
    }
    out
}

/// The line above a claim: what it is, and whose.
fn heading(claim: &DraftClaim, document: &Document) -> String {
    let kind = match claim.kind {
        Kind::Quote => "quotation",
        Kind::Statement => "statement",
        Kind::Figure if claim.figures.len() > 1 => "figures, nobody named",
        Kind::Figure => "figure, nobody named",
        Kind::Post => "post",
    };
    let mut head = kind.to_owned();
    if claim.kind == Kind::Post {
        let name = claim.name.map(|name| plain(document.slice(name)));
        let date = claim.date.map(|date| plain(document.slice(date)));
        for part in [name, claim.speaker.clone(), date].into_iter().flatten() {
            head.push_str(" · ");
            head.push_str(&part);
        }
        return head;
    }
    if let Some(speaker) = &claim.speaker {
        head.push_str(" · ");
        head.push_str(speaker);
        let written = claim.speaker_at.map(|at| plain(document.slice(at)));
        if let Some(written) =
            written.filter(|written| !written.contains(speaker.as_str()) && written.chars().count() < 60)
        {
            head.push_str(&format!(" (“{written}”)"));
        }
    } else if claim.kind != Kind::Figure && claim.via.is_empty() {
        match claim.speaker_at {
            Some(at) => head.push_str(&format!(" · who is “{}”?", plain(document.slice(at)))),
            None => head.push_str(" · nobody named"),
        }
    }
    for via in &claim.via {
        head.push_str(&format!(" · via {via}"));
    }
    head
}

fn one_or_many(words: &[String]) -> String {
    match words {
        [one] => string(one),
        many => format!("[{}]", many.iter().map(|word| string(word)).collect::<Vec<_>>().join(", ")),
    }
}

/// A TOML string, escaped as it must be.
pub(super) fn string(text: &str) -> String {
    Value::from(text).to_string()
}

/// Text in one line, without characters that a terminal or an editor would act on.
pub(super) fn plain(text: &str) -> String {
    let joined = single_spaced(text);
    joined.chars().filter(|c| !c.is_control()).collect()
}

fn one_line(text: &str) -> String {
    plain(text).chars().filter(|c| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')).collect()
}

/// Writes a comment, wrapped between words.
fn comment(out: &mut String, text: &str) {
    let mut column = 0;
    for word in one_line(text).split(' ') {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            out.push('\n');
            column = 0;
        }
        if column == 0 {
            out.push('#');
            column = 1;
        }
        out.push(' ');
        out.push_str(word);
        column += 1 + width;
    }
    out.push('\n');
}
