//! What must hold of the inner parts for any input: shared by the property tests and the fuzz targets. Panics where it
//! does not hold; no part of the library as it is published.

use super::align::{self, Step};
use super::fold;
use super::index::Index;
use super::locate;
use super::query::{self, Element};
use super::{Asked, Control, Prepared};
use crate::model::{Block, Check, CheckKind, Claim, ClaimId, Document, Need, Place, TextRange, Zone};

/// Folds a text: tokens stand in order on boundaries, nothing that counts lies between them, and folding twice changes
/// nothing.
pub fn folding(text: &str) {
    let mut end = 0;
    let mut between = String::new();
    fold::tokenize(text, |raw| {
        assert!(raw.start >= end && raw.end > raw.start);
        assert_eq!(&text[raw.start..raw.end], raw.text());
        between.push_str(&text[end..raw.start]);
        end = raw.end;
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

/// Looks for a quotation in every way that there is: every range fits the text, and the controls never fail.
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
        let claim = Claim {
            id: ClaimId(String::new()),
            statement: quotation.to_owned(),
            checks: vec![Check { kind, place: Place::default(), explicit: true }],
            speaker,
            via: Vec::new(),
            sources: Vec::new(),
            need: Need::Any,
            language: None,
            as_of: None,
            watching: Default::default(),
            expect: None,
            signed: None,
            place: Place::default(),
        };
        let finding = super::find(&claim.checks[0], &Asked::new(&claim, &[], None), &prepared);
        for passage in finding.passage.iter().chain(&finding.also) {
            assert!(document.text.get(passage.range.span()).is_some_and(|text| !text.is_empty()));
            assert!(passage.parts.iter().all(|part| document.text.get(part.span()).is_some()));
        }
        assert!((0.0..=1.0).contains(&finding.score), "{}", finding.score);
        for change in finding.changes.iter().filter_map(|change| change.at) {
            assert!(document.text.get(change.span()).is_some());
        }
        super::carries(&claim.checks[0], &prepared);
    }
    if let Some(place) = super::locate(&fragments, &prepared) {
        assert!(document.text.get(place.span()).is_some());
    }
}

/// A document of lines.
fn lines(text: &str) -> Document {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        if !line.is_empty() {
            let range = TextRange::new(at, at + line.len());
            blocks.push(Block::new(range, Zone::Paragraph));
        }
        at += line.len() + 1;
    }
    Document {
        text: text.into(),
        blocks,
        language: None,
        title: None,
        outlet: None,
        published: None,
        charset: "UTF-8",
        replacements: 0,
    }
}
