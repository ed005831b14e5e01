//! Figures, as tables: every row of `tests/figures/*.tsv` is a claim and a source, with the verdict and the flags that the
//! rules of figures ask for. All differences of all rows are shown in one go.

use onrecord::extract::{Input, Limits, extract};
use onrecord::matching::{self, Asked, Prepared};
use onrecord::model::evidence::Finding;
use onrecord::model::{Check, CheckKind, CheckVerdict, Claim, ClaimId, Need, Place};

/// One row: a claim, a source, and what it comes to.
struct Row<'t> {
    line: usize,
    language: &'t str,
    figure: &'t str,
    statement: String,
    source: String,
    verdict: &'t str,
    flags: &'t str,
}

fn look(row: &Row<'_>) -> Finding {
    let source = if row.source.starts_with('<') { row.source.clone() } else { format!("<p>{}</p>", row.source) };
    let page = format!("<html lang=\"{}\"><body><article>{source}</article></body></html>", row.language);
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    let mut document = extract(&input, &Limits::default()).document.expect("the page has text");
    document.published = Some("2024-03-15".parse().expect("a date"));
    let prepared = Prepared::new(&document);
    let claim = Claim {
        id: ClaimId("row".to_owned()),
        statement: row.statement.clone(),
        checks: vec![Check { kind: CheckKind::Figure(row.figure.to_owned()), place: Place::default(), explicit: true }],
        speaker: None,
        via: Vec::new(),
        sources: Vec::new(),
        need: Need::Any,
        language: Some(row.language.to_owned()),
        as_of: None,
        watching: Default::default(),
        expect: None,
        signed: None,
        place: Place::default(),
    };
    matching::find(&claim.checks[0], &Asked::new(&claim, &[], None), &prepared)
}

/// What is wrong with a row, if anything is.
fn difference(table: &str, row: &Row<'_>) -> Option<String> {
    let found = look(row);
    let flags: Vec<&str> = found.flags.iter().map(|flag| flag.word()).collect();
    let mut wanted: Vec<&str> = row.flags.split(' ').filter(|word| !matches!(*word, "-" | "*")).collect();
    let mut given = flags.clone();
    wanted.sort_unstable();
    given.sort_unstable();
    // A match whose statement says more than the evidence is `partly`.
    let word = if found.verdict == CheckVerdict::Match && !found.unchecked.is_empty() {
        "partly"
    } else {
        found.verdict.word()
    };
    let verdict = row.verdict.split('|').any(|verdict| verdict == word || verdict == found.verdict.word());
    if verdict && (row.flags == "*" || wanted == given) {
        return None;
    }
    Some(format!(
        "{table}:{} [{}] {} {flags:?} instead of {} {}\n    “{}” in: {}\n    source: {}\n    detail: {:?}",
        row.line,
        row.language,
        found.verdict.word(),
        row.verdict,
        row.flags,
        row.figure,
        row.statement,
        row.source,
        found.detail,
    ))
}

/// Rows of the sentence that both sides stand in.
fn values(text: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut frame = None;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells.as_slice() {
            ["@", language, sentence] => frame = Some((*language, *sentence)),
            [figure, other, verdict, flags] => {
                let (language, sentence) = frame.expect("a row stands under a sentence");
                rows.push(Row {
                    line: at + 1,
                    language,
                    figure,
                    statement: sentence.replace("{}", figure),
                    source: sentence.replace("{}", other),
                    verdict,
                    flags,
                });
            }
            _ => panic!("values.tsv:{}: {} cells", at + 1, cells.len()),
        }
    }
    rows
}

/// Rows with a statement and a source of their own.
fn things(text: &str) -> Vec<Row<'_>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(at, line)| match line.split('\t').collect::<Vec<_>>().as_slice() {
            [language, figure, statement, source, verdict, flags] => Row {
                line: at + 1,
                language,
                figure,
                statement: (*statement).to_owned(),
                source: (*source).to_owned(),
                verdict,
                flags,
            },
            cells => panic!("things.tsv:{}: {} cells", at + 1, cells.len()),
        })
        .collect()
}

fn hold(table: &str, rows: &[Row<'_>]) {
    let only = std::env::var("ROWS").ok();
    let found: Vec<String> = rows
        .iter()
        .filter(|row| only.as_deref().is_none_or(|only| row.language == only))
        .filter_map(|row| difference(table, row))
        .collect();
    assert!(found.is_empty(), "{} of {} rows differ:\n\n{}", found.len(), rows.len(), found.join("\n"));
}

#[test]
fn a_figure_is_a_value_in_every_language() {
    let rows = values(include_str!("figures/values.tsv"));
    assert!(rows.len() >= 600, "{}", rows.len());
    let languages: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.language).collect();
    assert!(languages.len() >= 12, "{languages:?}");
    hold("values.tsv", &rows);
}

#[test]
fn a_value_stands_with_what_it_counts() {
    hold("things.tsv", &things(include_str!("figures/things.tsv")));
}
