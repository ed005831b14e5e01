//! Every folder of `fixtures/cases`: the manifest is checked offline, and each claim gets what `expected.toml` says.
//!
//! A case needs no code. All differences of all cases are shown in one go.

use std::collections::BTreeMap;
use std::path::Path;

use onrecord::engine::{self, Reader, Settings};
use onrecord::manifest;
use onrecord::matching::figure;
use onrecord::model::report::Report;
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

fn differences(name: &str, folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("expected.toml")).expect("the case says what it expects");
    let expected: BTreeMap<String, Expected> = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let report = check(folder);
    let mut found = Vec::new();
    for claim in &report.claims {
        let Some(wanted) = expected.get(&claim.id) else {
            found.push(format!("{name}/{}: nothing is expected of this claim", claim.id));
            continue;
        };
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
            let Some(check) = claim.checks.get(number) else {
                wrong.push(format!("check {number} is missing"));
                continue;
            };
            if check.verdict.word() != wanted.verdict {
                wrong.push(format!("check {number}: {} instead of {}", check.verdict.word(), wanted.verdict));
            }
            if let Some(flags) = &wanted.flags {
                let mut flags = flags.clone();
                flags.sort();
                let mut given: Vec<&str> = check.flags.iter().map(|flag| flag.word()).collect();
                given.sort_unstable();
                if given != flags {
                    wrong.push(format!("check {number}: flags {given:?} instead of {flags:?}"));
                }
            }
            if let Some(place) = &wanted.place
                && check.passage.as_ref().map(|passage| passage.place.word()) != Some(place)
            {
                wrong.push(format!(
                    "check {number}: stands in {:?} instead of {place}",
                    check.passage.as_ref().map(|passage| passage.place)
                ));
            }
            if let Some(reason) = &wanted.reason
                && check.reason.map(|reason| reason.word()) != Some(reason)
            {
                wrong.push(format!("check {number}: reason {:?} instead of {reason}", check.reason));
            }
        }
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

#[test]
fn every_claim_of_every_case_gets_what_it_is_meant_to() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut names: Vec<String> = std::fs::read_dir(&cases)
        .expect("the cases")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    if let Ok(only) = std::env::var("CASE") {
        names.retain(|name| name.contains(&only));
    }
    assert!(!names.is_empty());
    let found: Vec<String> = names.iter().flat_map(|name| differences(name, &cases.join(name))).collect();
    assert!(found.is_empty(), "{} claims of {} cases differ:\n\n{}", found.len(), names.len(), found.join("\n\n"));
}
