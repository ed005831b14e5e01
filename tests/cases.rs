//! Every folder of `fixtures/cases` and `fixtures/claims`: the manifest is checked offline, and each claim gets what
//! `expected.toml` says.
//!
//! A case needs no code. All differences of all cases are shown in one go.

#[path = "cases/derived.rs"]
mod derived;
#[path = "cases/topics.rs"]
mod topics;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onrecord::engine::{self, Reader, Settings};
use onrecord::manifest;
use onrecord::matching::figure;
use onrecord::model::report::{CheckReport, ClaimReport, Report};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    verdict: String,
    checks: Option<Vec<ExpectedCheck>>,
    unchecked: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedCheck {
    verdict: String,
    flags: Option<Vec<String>>,
    #[serde(rename = "where")]
    place: Option<String>,
    reason: Option<String>,
    /// The whole passage, in the source's wording; empty where there is none.
    passage: Option<String>,
    /// Our words, the source's words, the flag (empty for none) of each change.
    changes: Option<Vec<[String; 3]>>,
    /// How many other places fit as well.
    also: Option<usize>,
    /// The explanation for people; empty where there is none.
    detail: Option<String>,
    /// How much of it the passage covers, in hundredths.
    score: Option<i64>,
}

fn check(folder: &Path) -> Report {
    let path = folder.join("claims.toml");
    let text = std::fs::read_to_string(&path).expect("the case has a manifest");
    let parsed = manifest::parse(&path, &text, &figure::written)
        .unwrap_or_else(|problems| panic!("{}", manifest::render_all(&problems, &path.display().to_string())));
    let archive = tempfile::tempdir().expect("a folder");
    // A case whose sources are on the web brings their captures along.
    let own = folder.join("captures.warc");
    let settings = Settings {
        offline: true,
        archive: Some(if own.is_file() { own } else { archive.path().to_owned() }),
        reader: Reader { program: Some(env!("CARGO_BIN_EXE_onrecord").into()), ..Reader::default() },
        threads: 1,
        ..Settings::at("2026-11-24T12:00:00Z".parse().expect("a time"))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(engine::check(&parsed.manifest, &settings, &|_| ())).expect("the case is checked")
}

/// What of a claim is not as it is meant to be.
fn differs(claim: &ClaimReport, wanted: &Expected) -> Vec<String> {
    let mut wrong = Vec::new();
    if claim.verdict.word() != wanted.verdict {
        wrong.push(format!("verdict {} instead of {}", claim.verdict.word(), wanted.verdict));
    }
    if let Some(words) = &wanted.unchecked
        && claim.unchecked != *words
    {
        wrong.push(format!("unchecked {:?} instead of {words:?}", claim.unchecked));
    }
    for (number, wanted) in wanted.checks.iter().flatten().enumerate() {
        match claim.checks.get(number) {
            None => wrong.push(format!("check {number} is missing")),
            Some(check) => {
                wrong.extend(check_differs(check, wanted).into_iter().map(|what| format!("check {number}: {what}")));
            }
        }
    }
    wrong
}

fn check_differs(check: &CheckReport, wanted: &ExpectedCheck) -> Vec<String> {
    let mut wrong = Vec::new();
    if check.verdict.word() != wanted.verdict {
        wrong.push(format!("{} instead of {}", check.verdict.word(), wanted.verdict));
    }
    if let Some(flags) = &wanted.flags {
        let mut flags = flags.clone();
        flags.sort();
        let given = topics::flags(check);
        if given != flags {
            wrong.push(format!("flags {given:?} instead of {flags:?}"));
        }
    }
    if let Some(place) = &wanted.place
        && check.passage.as_ref().map(|passage| passage.place.word()) != Some(place)
    {
        wrong.push(format!("stands in {:?} instead of {place}", check.passage.as_ref().map(|passage| passage.place)));
    }
    if let Some(reason) = &wanted.reason
        && check.reason.map(|reason| reason.word()) != Some(reason)
    {
        wrong.push(format!("reason {:?} instead of {reason}", check.reason));
    }
    if let Some(passage) = &wanted.passage
        && topics::passage(check) != passage
    {
        wrong.push(format!("passage “{}” instead of “{passage}”", topics::passage(check)));
    }
    if let Some(changes) = &wanted.changes
        && topics::changes(check) != *changes
    {
        wrong.push(format!("changes {:?} instead of {changes:?}", topics::changes(check)));
    }
    if let Some(also) = wanted.also
        && check.also.len() != also
    {
        wrong.push(format!("{} other places instead of {also}", check.also.len()));
    }
    if let Some(detail) = &wanted.detail
        && topics::detail(check) != detail
    {
        wrong.push(format!("detail “{}” instead of “{detail}”", topics::detail(check)));
    }
    if let Some(score) = wanted.score
        && topics::score(check) != score
    {
        wrong.push(format!("score {} instead of {score}", topics::score(check)));
    }
    wrong
}

fn expected(name: &str, folder: &Path) -> BTreeMap<String, Expected> {
    let text = std::fs::read_to_string(folder.join("expected.toml")).expect("the case says what it expects");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn differences(name: &str, folder: &Path) -> Vec<String> {
    let expected = expected(name, folder);
    let report = check(folder);
    let mut found = Vec::new();
    for claim in &report.claims {
        let Some(wanted) = expected.get(&claim.id) else {
            found.push(format!("{name}/{}: nothing is expected of this claim", claim.id));
            continue;
        };
        let wrong = differs(claim, wanted);
        if !wrong.is_empty() {
            let seen: Vec<String> = claim
                .checks
                .iter()
                .map(|check| {
                    format!(
                        "  {} “{}” → {:?} {:?}\n    passage: {}\n    changes: {:?}\n    detail: {:?}  unchecked: {:?}",
                        check.kind,
                        check.text,
                        check.verdict,
                        check.flags,
                        check.passage.as_ref().map_or("", |passage| passage.text.as_str()),
                        check
                            .changes
                            .iter()
                            .map(|change| (change.quote.as_str(), change.source.as_str(), change.flag))
                            .collect::<Vec<_>>(),
                        check.detail,
                        claim.unchecked
                    )
                })
                .collect();
            found.push(format!(
                "{name}/{}: {}\n  statement: {}\n{}",
                claim.id,
                wrong.join("; "),
                claim.statement,
                seen.join("\n")
            ));
        }
    }
    for id in expected.keys() {
        if !report.claims.iter().any(|claim| claim.id == *id) {
            found.push(format!("{name}/{id}: there is no such claim"));
        }
    }
    found
}

/// The folders of all cases, sorted.
fn folders() -> Vec<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(cases).expect("the cases").map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    folders
}

#[test]
fn every_claim_of_every_case_gets_what_it_is_meant_to() {
    let mut folders = folders();
    if let Ok(only) = std::env::var("CASE") {
        folders.retain(|folder| folder.file_name().is_some_and(|name| name.to_string_lossy().contains(&only)));
    }
    assert!(!folders.is_empty());
    let found: Vec<String> = folders
        .iter()
        .flat_map(|folder| differences(&folder.file_name().unwrap_or_default().to_string_lossy(), folder))
        .collect();
    assert!(found.is_empty(), "{} claims of {} cases differ:\n\n{}", found.len(), folders.len(), found.join("\n\n"));
}
