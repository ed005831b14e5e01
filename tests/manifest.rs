//! The manifest as people meet it: every mistake of a file at once, printed as a compiler prints it.

use onrecord::manifest::{Severity, no_figures, parse, render_all};

const MISTAKEN: &str = include_str!("../fixtures/manifests/mistaken.toml");

#[test]
fn every_mistake_of_a_file_is_shown_at_once() {
    let found = parse("mistaken.toml".as_ref(), MISTAKEN, &no_figures).expect_err("the file is full of mistakes");
    let errors: Vec<String> = found
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| format!("{}:{} {}", problem.place.line, problem.place.column, problem.code))
        .collect();
    assert_eq!(
        errors,
        [
            "4:12 bad-language",
            "7:13 bad-date",
            "9:1 missing-key",
            "13:1 unknown-key",
            "14:10 unknown-source",
            "16:1 missing-key",
            "17:6 duplicate-id",
            "18:9 empty-value",
            "19:10 bad-url",
            "20:8 bad-need",
            "21:10 wrong-type",
            "22:10 bad-expect",
            "24:13 syntax",
        ]
    );
    insta::assert_snapshot!(render_all(&found, "mistaken.toml"));
}
