//! The sample of the repository: what the README promises of it.

use std::collections::BTreeSet;
use std::path::Path;

use super::desk::{Desk, files, run_in};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample alone, in a folder of its own.
fn copied() -> Desk {
    let desk = Desk::new();
    desk.write("claims.toml", std::fs::read(root().join("claims.toml")).unwrap());
    for (path, bytes) in files(&root().join("fixtures/sample")) {
        desk.write(&format!("fixtures/sample/{}", path.display()), bytes);
    }
    desk
}

#[test]
fn it_passes_and_says_nothing_but_its_report() {
    let ran = run_in(root(), &["check", "--offline"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.is_empty() || ran.err.starts_with("warning"), "{}", ran.err);
    assert!(!ran.err.contains("error"), "{}", ran.err);
    assert!(ran.out.trim_end().lines().last().is_some_and(|line| line.contains("claims:") && !line.contains("fail")));
}

#[test]
fn the_readme_shows_what_it_prints() {
    let Ok(readme) = std::fs::read_to_string(root().join("README.md")) else { return };
    let Some((_, rest)) = readme.split_once("<!-- sample output begin -->") else { return };
    let (block, _) = rest.split_once("<!-- sample output end -->").expect("the block ends");
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("```"));
        lines.map(|line| line.trim_end().to_owned()).collect()
    };
    let shown = lines(block.trim_matches('\n')).join("\n");
    let printed = lines(&run_in(root(), &["check", "--offline"]).out).join("\n");
    assert_eq!(shown.trim_matches('\n'), printed.trim_matches('\n'), "the README shows another output");
}

#[test]
fn it_shows_every_verdict_of_a_claim_and_of_a_check() {
    let (report, status) = copied().check(&["--offline"]);
    assert_eq!(status, 0);
    let claims = report["claims"].as_array().unwrap();
    let word = |value: &serde_json::Value| value["verdict"].as_str().unwrap().to_owned();
    let of_claims: BTreeSet<String> = claims.iter().map(word).collect();
    let of_checks: BTreeSet<String> =
        claims.iter().flat_map(|claim| claim["checks"].as_array().unwrap()).map(word).collect();
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(
        of_claims,
        set(&[
            "on-record",
            "partly",
            "review",
            "unsourced",
            "unavailable",
            "out-of-context",
            "altered",
            "mismatch",
            "absent"
        ])
    );
    assert_eq!(
        of_checks,
        set(&["verbatim", "edited", "altered", "absent", "match", "mismatch", "review", "unavailable"])
    );
}

#[test]
fn each_bad_verdict_is_an_expected_one() {
    let (report, _) = copied().check(&["--offline"]);
    for claim in report["claims"].as_array().unwrap() {
        assert_eq!(claim["passes"], true, "{}", claim["id"]);
        if claim["verdict"] != "on-record" {
            assert!(claim["expected"].is_string(), "{}", claim["id"]);
        }
    }
}

#[test]
fn checking_it_offline_changes_no_file() {
    let desk = copied();
    let before = desk.files();
    for format in ["text", "json"] {
        assert_eq!(desk.run(&["check", "--offline", "--format", format]).status, 0);
        let after = desk.files();
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        for (path, bytes) in &before {
            assert!(after[path] == *bytes, "{} was changed", path.display());
        }
    }
}

#[test]
fn nothing_of_it_depends_on_where_it_lies() {
    let here = run_in(root(), &["check", "--offline", "--format", "json"]);
    let there = copied().run(&["check", "--offline", "--format", "json"]);
    let differing = here.out.lines().zip(there.out.lines()).find(|(here, there)| here != there);
    assert_eq!(differing, None);
    assert!(here.out == there.out);
}
