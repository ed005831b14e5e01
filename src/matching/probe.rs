//! What must hold of the inner parts for any input: shared by the property tests and the fuzz targets. Panics where it
//! does not hold; no part of the library as it is published.

use super::align::{self, Step};
use super::figure;
use super::fold::{self, Kind, bits};
use super::index::Index;
use super::locate;
use super::query::{self, Element};
use super::{Asked, Control, Prepared, Sought};
use crate::model::{Block, CheckKind, CheckVerdict, Claim, Document, Finding, PointTable, TextRange, Zone};

/// Folds a text: tokens stand in order on boundaries, nothing that counts lies between them, folding twice changes
/// nothing, every place in code points is the same characters, and no kind of space makes a difference.
pub fn folding(text: &str) {
    let table = PointTable::new(text);
    let mut end = 0;
    let mut between = String::new();
    fold::tokenize(text, |raw| {
        assert!(raw.start >= end && raw.end > raw.start);
        assert_eq!(&text[raw.start..raw.end], raw.text());
        between.push_str(&text[end..raw.start]);
        end = raw.end;
        let [first, last] = table.range(TextRange::new(raw.start, raw.end));
        assert!(last - first == raw.text().chars().count() && first == text[..raw.start].chars().count());
        let (mut once, mut twice) = (String::new(), String::new());
        fold::form(raw.text(), raw.kind, &mut once);
        fold::form(&once, raw.kind, &mut twice);
        assert_eq!(once, twice, "{:?}", raw.text());
        assert!(!raw.plain || once == raw.text(), "{:?} is not plain", raw.text());
        let (mut key, mut again) = (String::new(), String::new());
        fold::key(&once, &mut key);
        fold::key(&key, &mut again);
        assert_eq!(key, again, "{:?}", raw.text());
        assert!(!fold::is_key(&once) || key == once, "{:?} is not its own key", raw.text());
    });
    between.push_str(&text[end..]);
    let lost: String = between.chars().filter(|c| c.is_alphanumeric()).collect();
    assert!(lost.is_empty(), "{lost:?} of {text:?} is compared with nothing");
    // Plain words before a space have a way of their own through the tokenizer.
    let tokens = |text: &str| {
        let mut all = Vec::new();
        fold::tokenize(text, |raw| all.push((raw.text().to_owned(), raw.kind, raw.bits)));
        all
    };
    assert_eq!(tokens(text), tokens(&text.replace(' ', "\u{2003}")));
    assert_eq!(tokens(text), tokens(&format!("{text}                ")));
}

/// Aligns a quotation with a page: every element is used once, every token at most once, in order, inside the window.
pub fn aligning(page: &str, quotation: &str) {
    let document = lines(page);
    let index = Index::new(&document);
    for reading in query::readings(&[quotation.to_owned()], &index) {
        for window in locate::ranked(&reading, &index) {
            let alignment = align::align(&reading, &index, window.clone());
            let (mut element, mut token) = (0, window.start);
            let mut use_element = |number: usize| {
                assert_eq!(number, element, "elements in order");
                element += 1;
            };
            for step in &alignment.steps {
                match step {
                    Step::Ours { element } => use_element(*element),
                    Step::Pair { element, token: at } => {
                        assert!(matches!(reading.elements[*element], Element::Word(_)));
                        use_element(*element);
                        assert!(*at >= token, "tokens in order");
                        token = at + 1;
                    }
                    Step::Theirs { token: at } => {
                        assert!(*at >= token, "tokens in order");
                        token = at + 1;
                    }
                    Step::Mark { element, tokens } => {
                        use_element(*element);
                        assert!(tokens.start >= token && tokens.end >= tokens.start, "tokens in order");
                        token = tokens.end.max(token);
                    }
                }
            }
            assert_eq!(element, reading.elements.len(), "every element");
            assert!(token <= window.end);
        }
    }
}

/// Looks for a quotation in every way that there is: every range fits the text, the controls never fail, and what a
/// document carries passes the sieve of a whole run.
pub fn finding(document: &Document, quotation: &str) {
    let prepared = Prepared::new(document);
    if let Control::Failed(detail) = super::control(&prepared) {
        panic!("{detail}");
    }
    let fragments: Vec<String> = quotation.split('|').map(str::to_owned).collect();
    for (kind, speaker) in [
        (CheckKind::Quote(vec![quotation.to_owned()]), None),
        (CheckKind::Quote(fragments.clone()), quotation.split(' ').next().map(str::to_owned)),
        (CheckKind::Figure(quotation.to_owned()), None),
        (CheckKind::Statement, None),
    ] {
        let claim = claim(quotation, kind, speaker);
        let finding = find(&claim, &prepared);
        for passage in finding.passage.iter().chain(&finding.also) {
            assert!(document.text.get(passage.range.span()).is_some_and(|text| !text.is_empty()));
            assert!(passage.parts.iter().all(|part| document.text.get(part.span()).is_some()));
        }
        assert!((0.0..=1.0).contains(&finding.score), "{}", finding.score);
        for change in finding.changes.iter().filter_map(|change| change.at) {
            assert!(document.text.get(change.span()).is_some());
        }
        let carried = super::carries(&claim.checks[0], &prepared);
        let found = finding.verdict.is_good() || finding.verdict == CheckVerdict::Altered;
        assert!(!carried || found, "carried, and {:?}", finding.verdict);
    }
    if let Some(place) = super::locate(&fragments, &prepared) {
        assert!(document.text.get(place.span()).is_some());
    }
    standing(document);
}

/// Blocks of a document that are asked for.
const ASKED_FOR: usize = 4;
/// A word that no text has.
const UNHEARD: &str = "quixotrelle";

/// Asks for what stands in a document: each block as it is is `verbatim`, its passage has the same words, and the sieve
/// lets it through. With one substantive edit it is neither `verbatim` nor `edited`.
pub fn standing(document: &Document) {
    let prepared = Prepared::new(document);
    let page = words(&document.text);
    let step = document.blocks.len().div_ceil(ASKED_FOR).max(1);
    for block in document.blocks.iter().step_by(step) {
        let quote = document.slice(block.range);
        let ours = words(quote);
        if ours.is_empty() || quote.len() > 4_000 {
            continue;
        }
        let claim = quotation(quote);
        let found = find(&claim, &prepared);
        assert_eq!(found.verdict, CheckVerdict::Verbatim, "{quote:?}");
        let passage = found.passage.expect("what is found has a place");
        assert!(carries_words(&ours, &words(document.slice(passage.range))), "{quote:?}");
        assert!(super::stands(quote, &prepared), "{quote:?}");
        if super::carries(&claim.checks[0], &prepared) {
            assert_eq!(Sought::new(&claim.checks).in_document(&prepared), [0], "the sieve loses {quote:?}");
        }
        for (edit, edited) in edits(quote, &page) {
            let found = find(&quotation(&edited), &prepared);
            assert!(!found.verdict.is_good(), "{edit}: {:?} {edited:?} in {quote:?}", found.verdict);
        }
    }
}

/// Figures of a text, in any language: places lie in it, on boundaries of characters, and `written` gives words of it.
/// What a line says is looked for in the page that it stands in.
pub fn figures(text: &str) {
    for language in [None, Some("en"), Some("de"), Some("fr"), Some("zh"), Some("hi"), Some("ar")] {
        for found in figure::read(text, language) {
            assert!(text.get(found.range.span()).is_some_and(|figure| !figure.is_empty()), "{found:?}");
            assert!(found.bound_at.is_none_or(|at| text.get(at.span()).is_some()), "{found:?}");
        }
        for written in figure::written(text, language) {
            assert!(!written.is_empty() && text.contains(&written));
        }
    }
    let document = lines(text);
    let prepared = Prepared::new(&document);
    for line in text.lines().filter(|line| line.len() < 1_000).take(ASKED_FOR) {
        for figure in figure::written(line, None).into_iter().take(ASKED_FOR) {
            let found = find(&claim(line, CheckKind::Figure(figure.clone()), None), &prepared);
            assert!(found.passage.is_none_or(|passage| document.text.get(passage.range.span()).is_some()));
            assert_ne!(found.verdict, CheckVerdict::Absent, "{figure:?} of {line:?}");
        }
    }
}

/// A quotation with one substantive edit of each kind that it allows, so that what comes of it stands nowhere on the page.
fn edits(quote: &str, page: &[String]) -> Vec<(&'static str, String)> {
    let mut spans = Vec::new();
    fold::tokenize(quote, |raw| spans.push((raw.start..raw.end, raw.kind, raw.bits)));
    let ours = words(quote);
    // Marks of editing, and what a line's end may join, mean more than the words say.
    let marked = |c: char| {
        matches!(c, '[' | ']' | '(' | ')' | '（' | '）' | '［' | '］' | '【' | '】' | '〔' | '〕' | '…' | '⋯' | '\n')
            || matches!(c, '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
            || fold::is_quote_mark(c) && !fold::is_apostrophe(c)
    };
    if spans.len() < 7 || quote.contains(marked) || quote.contains("..") || quote.contains(". .") {
        return Vec::new();
    }
    let at = 2 + quote.bytes().fold(7, |sum: usize, byte| (sum * 31 + usize::from(byte)) % 65_521) % (spans.len() - 5);
    let (span, kind, _) = spans[at].clone();
    let put =
        |range: std::ops::Range<usize>, text: &str| format!("{}{text}{}", &quote[..range.start], &quote[range.end..]);
    let mut all = Vec::new();
    if !page.iter().any(|word| word == UNHEARD) {
        all.push(("put in", put(span.start..span.start, &format!(" {UNHEARD} "))));
        if kind == Kind::Word {
            all.push(("another word", put(span.clone(), &format!(" {UNHEARD} "))));
        }
    }
    let number = &quote[span.clone()];
    if kind == Kind::Number && number.bytes().all(|byte| byte.is_ascii_digit()) {
        let last = number.as_bytes()[number.len() - 1];
        let other =
            format!("{}{}", &number[..number.len() - 1], char::from(if last == b'9' { b'0' } else { last + 1 }));
        if !page.contains(&other) {
            all.push(("another digit", put(span.clone(), &other)));
        }
    }
    let mut fewer = ours.clone();
    fewer.remove(at);
    all.push(("left out", put(span.clone(), " ")));
    let (next, _, joined) = spans[at + 1].clone();
    let (mut swapped, mut keys) = (ours.clone(), [String::new(), String::new()]);
    swapped.swap(at, at + 1);
    fold::key(&ours[at], &mut keys[0]);
    fold::key(&ours[at + 1], &mut keys[1]);
    if keys[0] != keys[1] && joined & (bits::HYPHEN | bits::APOSTROPHE | bits::ADJACENT) == 0 {
        let words = format!(" {}{}{} ", &quote[next.clone()], &quote[span.end..next.start], &quote[span.clone()]);
        all.push(("swapped", put(span.start..next.end, &words)));
    }
    // An edit must do what it is called, and what comes of it must not stand there after all.
    all.retain(|(edit, edited)| {
        let now = words(edited);
        let done = match *edit {
            "left out" => now == fewer,
            "swapped" => now == swapped,
            _ => now != ours,
        };
        done && !page.windows(now.len()).any(|run| carries_words(&now, run))
    });
    all
}

/// Whether a run of a page has these words, as an exact place may have them: the case of the first letter aside, and cut
/// at the edges.
fn carries_words(ours: &[String], run: &[String]) -> bool {
    let (Some(last), true) = (ours.len().checked_sub(1), ours.len() == run.len()) else { return false };
    ours.iter().zip(run).enumerate().all(|(at, (ours, theirs))| {
        ours == theirs
            || at == 0 && (ours.to_lowercase() == theirs.to_lowercase() || theirs.ends_with(ours.as_str()))
            || at == last && theirs.starts_with(ours.as_str())
    })
}

/// The folded forms of a text.
fn words(text: &str) -> Vec<String> {
    let (mut all, mut form) = (Vec::new(), String::new());
    fold::tokenize(text, |raw| {
        fold::form(raw.text(), raw.kind, &mut form);
        all.push(form.clone());
    });
    all
}

fn quotation(words: &str) -> Claim {
    claim(words, CheckKind::Quote(vec![words.to_owned()]), None)
}

fn find(claim: &Claim, prepared: &Prepared<'_>) -> Finding {
    super::find(&claim.checks[0], &Asked::new(claim, &[], None), prepared)
}

/// A claim with one check.
fn claim(statement: &str, kind: CheckKind, speaker: Option<String>) -> Claim {
    Claim { speaker, ..Claim::of(statement, kind) }
}

/// A document of lines.
pub fn lines(text: &str) -> Document {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        if !line.is_empty() {
            let range = TextRange::new(at, at + line.len());
            blocks.push(Block::new(range, Zone::Paragraph));
        }
        at += line.len() + 1;
    }
    Document::new(text, blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_edited_in_every_way_that_it_allows() {
        let page: Vec<String> = words("In 1911 the old wall along the harbour was built on sand and on nothing else.");
        let made = |quote: &str| -> Vec<(&'static str, String)> { edits(quote, &page) };
        let quotes = [
            "In 1911 the old wall along the harbour was built",
            "In 1911 1912 1913 1914 1915 1916 1917 1918",
            "the old wall along the harbour was built on sand",
        ];
        let mut kinds: Vec<&str> = quotes.iter().flat_map(|quote| made(quote)).map(|(kind, _)| kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds, ["another digit", "another word", "left out", "put in", "swapped"]);
        for quote in quotes {
            assert!(made(quote).iter().all(|(_, edited)| words(edited) != words(quote)), "{quote}");
        }
        // Too short, or with marks that mean more than the words say.
        for quote in ["the old wall along the harbour", "In 1911 the old wall [along] the harbour was built"] {
            assert_eq!(made(quote), [], "{quote}");
        }
    }
}
