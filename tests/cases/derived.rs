//! Claims derived from those of `fixtures/claims` and `fixtures/cases`: another speaker, half a quotation, a word dropped,
//! another figure of the page, a sentence of the page itself, the page in one paragraph.
//!
//! Nobody wrote down what they should come to. `fixtures/derived/<topic>.txt` has what they come to now, a line each, so that
//! no change of it goes unseen: the verdict, the flags, and a digest of the evidence. After a change that is meant,
//! `WRITE_EVIDENCE=1 cargo test --test cases derived` writes them anew, and the difference is to be read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use onrecord::extract::{Input, Limits, extract};
use onrecord::manifest;
use onrecord::matching::{self, Asked, Prepared, figure};
use onrecord::model::evidence::{Finding, Passage};
use onrecord::model::{CheckKind, Claim, Document};

/// A claim, and how it was made.
struct Derived {
    how: String,
    claim: Claim,
}

/// Compares what the derived claims of these folders come to with what is written down.
pub(crate) fn unchanged(name: &str, folders: &[std::path::PathBuf]) {
    let mut text = String::new();
    for folder in folders {
        folder_lines(folder, &mut text);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/derived").join(format!("{name}.txt"));
    if std::env::var_os("WRITE_EVIDENCE").is_some() {
        std::fs::write(&path, &text).expect("the lines are written");
    }
    let written = std::fs::read_to_string(&path).expect("what they came to");
    let now = pages(&text);
    let mut differences: Vec<String> = Vec::new();
    // A page that is new is written down when somebody writes the next time.
    for (page, then) in pages(&written) {
        let now = now.get(page).copied().unwrap_or_default();
        if now.lines().count() != then.lines().count() {
            differences.push(format!("{page}: {} lines, and {} were", now.lines().count(), then.lines().count()));
        }
        let lines = now.lines().zip(then.lines()).filter(|(now, then)| now != then);
        differences.extend(lines.map(|(now, then)| format!("{page}\n- {then}\n+ {now}")));
    }
    assert!(differences.is_empty(), "{} of {name} differ:\n{}", differences.len(), differences.join("\n"));
}

/// The lines of each page.
fn pages(text: &str) -> BTreeMap<&str, &str> {
    text.split("\n# ").filter_map(|section| section.split_once('\n')).collect()
}

fn folder_lines(folder: &Path, text: &mut String) {
    let path = folder.join("claims.toml");
    let Ok(written) = std::fs::read_to_string(&path) else { return };
    let Ok(parsed) = manifest::parse(&path, &written, &figure::written) else { return };
    let mut pages: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in &parsed.manifest.claims {
        let source = claim.sources.first().and_then(|key| parsed.manifest.sources.get(key));
        if let Some(page) =
            source.and_then(|source| source.path.as_deref().or(source.copy.as_ref().map(|copy| copy.path.as_str())))
            && page.ends_with(".html")
        {
            pages.entry(page).or_default().push(claim);
        }
    }
    let mut whole = Vec::new();
    let label = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for (page, claims) in pages {
        let Ok(bytes) = std::fs::read(folder.join(page)) else { continue };
        let Some(document) = read(&bytes) else { continue };
        let one =
            String::from_utf8_lossy(&bytes).replace("</p>\n<p>", " ").replace("</p> <p>", " ").replace("</p><p>", " ");
        let one = read(one.as_bytes()).unwrap_or_else(|| document.clone());
        whole.extend(
            document
                .blocks
                .iter()
                .map(|block| document.text[block.range.start as usize..block.range.end as usize].to_owned()),
        );
        let prepared = [Prepared::new(&document), Prepared::new(&one)];
        let documents = [&document, &one];
        let mut derived = from_claims(&claims);
        derived.extend(from_page(&document, &claims));
        writeln!(text, "\n# {label}/{page}").expect("a string");
        for derived in derived {
            line(&derived, &prepared[0], documents[0], text);
        }
        for claim in claims.into_iter().step_by(3) {
            let derived = Derived { how: format!("{} in one paragraph", claim.id), claim: claim.clone() };
            line(&derived, &prepared[1], documents[1], text);
        }
    }
    long(&whole, text);
}

/// More words than are aligned in one go: everything that the pages of the topic say, quoted, with a word left out, exchanged,
/// or doubled here and there, and an ellipsis.
fn long(blocks: &[String], text: &mut String) {
    let words: Vec<&str> = blocks.iter().flat_map(|block| block.split_whitespace()).take(2_600).collect();
    if words.len() < 2_600 {
        return;
    }
    let body: String =
        blocks.iter().map(|block| format!("<p>{}</p>\n", block.replace('&', "&amp;").replace('<', "&lt;"))).collect();
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><title>All</title></head><body><article>{body}</article></body></html>"
    );
    let Some(document) = read(page.as_bytes()) else { return };
    let prepared = Prepared::new(&document);
    let mut quote = String::new();
    for (at, word) in words.iter().enumerate() {
        match at % 90 {
            50 => {}
            60 => write!(quote, "however ").expect("a string"),
            70 => write!(quote, "{word} {word} ").expect("a string"),
            80 => write!(quote, "… ").expect("a string"),
            _ => write!(quote, "{word} ").expect("a string"),
        }
    }
    let claim = Claim::of("It said so.", CheckKind::Quote(vec![quote]));
    line(&Derived { how: String::from("everything"), claim }, &prepared, &document, text);
}

fn read(bytes: &[u8]) -> Option<Document> {
    let input = Input { bytes, content_type: Some("text/html"), name: "page.html" };
    extract(&input, &Limits::default()).document
}

fn from_claims(claims: &[&Claim]) -> Vec<Derived> {
    let mut speakers: Vec<&str> = claims.iter().filter_map(|claim| claim.speaker.as_deref()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let figures: Vec<&str> = claims
        .iter()
        .filter_map(|claim| match &claim.checks.first()?.kind {
            CheckKind::Figure(figure) => Some(figure.as_str()),
            _ => None,
        })
        .collect();
    let mut derived = Vec::new();
    for (at, claim) in claims.iter().enumerate() {
        let next = claims[(at + 1) % claims.len()];
        let mut add = |how: String, claim: Claim| derived.push(Derived { how, claim });
        match &claim.checks[0].kind {
            CheckKind::Quote(fragments) => {
                let others: Vec<&&str> =
                    speakers.iter().filter(|speaker| claim.speaker.as_deref() != Some(speaker)).collect();
                if let Some(speaker) = others.get(at % others.len().max(1)) {
                    let other = Claim { speaker: Some((**speaker).to_string()), ..(*claim).clone() };
                    add(format!("{} by {speaker}", claim.id), other);
                }
                if at % 2 == 0 {
                    add(format!("{} by nobody", claim.id), Claim { speaker: None, ..(*claim).clone() });
                } else {
                    let statement = Claim { statement: next.statement.clone(), ..(*claim).clone() };
                    add(format!("{} stated as {}", claim.id, next.id), statement);
                }
                let quote = fragments.join(" … ");
                let pieces: Vec<&str> = quote.split(' ').collect();
                let third = pieces.len() / 3;
                let quotes = match (pieces.len(), at % 6) {
                    (0..4, _) => Vec::new(),
                    (_, 0) => vec![pieces[..pieces.len() / 2].join(" ")],
                    (_, 1) => vec![pieces[pieces.len() / 2..].join(" ")],
                    (_, 2) => vec![[&pieces[..third], &pieces[third + 1..]].concat().join(" ")],
                    (_, 3) => vec![format!("{} … {}", pieces[..third].join(" "), pieces[2 * third..].join(" "))],
                    (_, 4) => vec![
                        [&pieces[..third], &[pieces[third + 1], pieces[third]], &pieces[third + 2..]]
                            .concat()
                            .join(" "),
                    ],
                    _ => vec![[&pieces[..2 * third], &[pieces[0]], &pieces[2 * third + 1..]].concat().join(" ")],
                };
                for quote in quotes {
                    let mut other = (*claim).clone();
                    other.statement = other.statement.replace(&fragments.join(" "), &quote).into();
                    other.checks[0].kind = CheckKind::Quote(vec![quote.clone()]);
                    add(format!("{} as “{quote}”", claim.id), other);
                }
            }
            CheckKind::Figure(figure) => {
                let others: Vec<&&str> = figures.iter().filter(|other| **other != figure.as_str()).collect();
                if let Some(other) = others.get(at % others.len().max(1)) {
                    let statement = claim.statement.replace(figure.as_str(), other);
                    add(format!("{} with {other}", claim.id), with_figure(claim, statement, other));
                }
                if at % 2 == 0 {
                    let statement = format!("{} {}", next.statement, claim.statement);
                    add(format!("{} behind {}", claim.id, next.id), with_figure(claim, statement, figure));
                }
            }
            CheckKind::Statement => {}
        }
    }
    derived
}

fn with_figure(claim: &Claim, statement: String, figure: &str) -> Claim {
    let mut other = claim.clone();
    other.statement = statement.into();
    other.checks[0].kind = CheckKind::Figure(figure.to_owned());
    other
}

/// Sentences of the page, claimed: as they stand, with a figure of the next, and their words in a mouth.
fn from_page(document: &Document, claims: &[&Claim]) -> Vec<Derived> {
    let sentences: Vec<&str> = document
        .text
        .lines()
        .flat_map(|line| line.split_inclusive(". ").flat_map(|part| part.split_inclusive('。')))
        .map(str::trim)
        .filter(|sentence| sentence.chars().count() > 20)
        .collect();
    let language = document.language.as_deref();
    let mut derived = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let next = sentences[(at + 1) % sentences.len()];
        let (own, others) = (figure::written(sentence, language), figure::written(next, language));
        let base = Claim { language: claims[0].language.clone(), ..Claim::of(*sentence, CheckKind::Statement) };
        if at % 3 == 0 {
            derived.push(Derived { how: format!("sentence {at}"), claim: base.clone() });
        }
        for (figure, other) in own.iter().zip(others.iter().chain(&own)).take(1 + at % 2) {
            derived.push(Derived {
                how: format!("sentence {at} {figure}"),
                claim: with_figure(&base, (*sentence).to_owned(), figure),
            });
            let statement = sentence.replace(figure.as_str(), other);
            derived.push(Derived {
                how: format!("sentence {at} {figure} as {other}"),
                claim: with_figure(&base, statement, other),
            });
        }
        if at % 2 == 0 {
            continue;
        }
        let speaker = claims[at % claims.len()].speaker.clone();
        let words: Vec<&str> = sentence.split(' ').collect();
        let quote = words[..words.len().min(6 + at % 5)].join(" ");
        let mut claim = Claim { speaker, ..base };
        claim.statement = format!("{} – “{quote}”", claim.speaker.as_deref().unwrap_or_default()).into();
        claim.checks[0].kind = CheckKind::Quote(vec![quote]);
        derived.push(Derived { how: format!("words of sentence {at}"), claim });
    }
    derived
}

fn line(derived: &Derived, prepared: &Prepared<'_>, document: &Document, text: &mut String) {
    let claim = &derived.claim;
    let found = matching::find(&claim.checks[0], &Asked::new(claim, &[], None), prepared);
    let flags: Vec<&str> = found.flags.iter().map(|flag| flag.word()).collect();
    let how: String = derived.how.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    writeln!(
        text,
        "{how} | {} {} {:08x}",
        found.verdict.word(),
        flags.join(","),
        crc32fast::hash(evidence(&found, document).as_bytes())
    )
    .expect("a string");
}

/// All of the evidence, in words rather than in places, which depend on what else the page has.
fn evidence(found: &Finding, document: &Document) -> String {
    let passage = |passage: &Passage| {
        let parts = passage.parts.iter().map(|part| &document.text[part.start as usize..part.end as usize]);
        format!("{}|{}|{:?}", passage.place.word(), parts.collect::<Vec<_>>().join("…"), passage.zone)
    };
    format!(
        "{:?}|{:?}|{:?}|{:?}|{:?}|{:.2}",
        found.passage.as_ref().map(passage),
        found.also.iter().map(passage).collect::<Vec<_>>(),
        found.changes.iter().map(|change| (&change.quote, &change.source, change.flag)).collect::<Vec<_>>(),
        found.detail,
        found.unchecked,
        found.score
    )
}
