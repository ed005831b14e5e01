//! Every case of `fixtures/draft/cases`: a text, and every claim that is in it, no more and no less.

use std::path::Path;

use onrecord::engine::{self, ArticleText};
use onrecord::extract::{self, Input, Limits};

/// A text as an article.
pub(super) fn article(text: &str, language: &str) -> ArticleText {
    let input = Input { bytes: text.as_bytes(), content_type: Some("text/plain; charset=utf-8"), name: "" };
    let read = extract::extract_linked(&input, &Limits::default());
    let mut document = read.reading.document.expect("there is text");
    document.language = Some(language.to_owned());
    ArticleText { document, links: read.links, at: Default::default() }
}

/// The claims of a text, one line each, as the files have them.
fn drafted(text: &str, language: &str) -> Vec<String> {
    let article = article(text, language);
    let draft = engine::draft(&article, Some(language));
    let words = |range| article.document.slice(range).split_whitespace().collect::<Vec<_>>().join(" ");
    draft
        .claims
        .iter()
        .map(|claim| {
            let said: Vec<String> = claim.content.iter().map(|piece| words(*piece)).collect();
            let mut line =
                format!("{} | {} | {}", claim.kind.word(), claim.speaker.as_deref().unwrap_or("-"), said.join(" / "));
            let figures: Vec<String> = claim.figures.iter().map(|figure| words(*figure)).collect();
            let shown = claim.kind.word() != "figure" && !figures.is_empty();
            if !claim.via.is_empty() || shown {
                line.push_str(&format!(
                    " | {}",
                    if claim.via.is_empty() { "-".to_owned() } else { claim.via.join(", ") }
                ));
            }
            if shown {
                line.push_str(&format!(" | {}", figures.join(", ")));
            }
            line
        })
        .collect()
}

struct Case {
    line: usize,
    text: String,
    expected: Vec<String>,
}

fn cases(source: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match (line.strip_prefix("> "), cases.last_mut()) {
            (Some(text), _) => {
                cases.push(Case { line: number + 1, text: text.replace(" ¶ ", "\n\n"), expected: Vec::new() });
            }
            (None, Some(case)) if line != "none" => case.expected.push(line.to_owned()),
            _ => {}
        }
    }
    cases
}

#[test]
fn every_case_has_the_claims_that_it_is_written_with() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/draft/cases");
    let (mut count, mut wrong) = (0, Vec::new());
    for language in ["en", "de", "fr", "es"] {
        let file = folder.join(format!("{language}.txt"));
        let source = std::fs::read_to_string(&file).expect("a file of cases");
        for case in cases(&source) {
            count += 1;
            let found = drafted(&case.text, language);
            if found != case.expected {
                wrong.push(format!(
                    "{language}.txt:{}: {}\n  expected {:#?}\n  found    {found:#?}",
                    case.line, case.text, case.expected
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 120, "{count} cases");
}

#[test]
fn a_case_that_is_wrong_is_found() {
    let cases = cases("# a remark\n> “A b c,” Lind said.\nnone\n");
    assert_eq!(cases.len(), 1);
    assert_ne!(drafted(&cases[0].text, "en"), cases[0].expected);
}
