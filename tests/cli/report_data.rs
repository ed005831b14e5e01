//! What machines read: every field of the contract, the same bytes twice, and nothing hostile on a terminal.

use serde_json::Value;

use super::desk::Desk;
use crate::support::server::Server;

/// The example of the contract, word for word but for the ellipses.
const EXAMPLE: &str = r#"{"schema": "onrecord/report/1",
 "summary": {"claims": 9, "passed": 6, "failed": 2, "open": 1, "signed": 0,
             "on-record": 5, "partly": 0, "review": 0, "unsourced": 0, "unavailable": 1, "out-of-context": 0, "altered": 2, "mismatch": 1, "absent": 0},
 "conflicts": [{"claims": ["toll-82", "toll-60"], "about": "people killed", "values": ["at least 82", "60"]}],
 "claims": [{"id": "lindqvist-on-coast", "statement": "…", "verdict": "altered", "passes": false, "signed": null, "unchecked": [],
   "checks": [{"kind": "quote", "text": "…", "verdict": "altered", "score": 0.71, "source": "https://…", "reason": null, "detail": null,
     "capture": {"url": "https://…", "captured": "2024-03-23T11:04:00Z", "status": 200, "media_type": "text/html", "sha256": "…", "origin": "live"},
     "passage": {"text": "…", "before": "…", "after": "…", "start": 1204, "end": 1311, "parts": [[1204, 1311]], "where": "body", "zone": "paragraph", "page": null, "time": null},
     "changes": [{"quote": "turned its attention to", "source": "been fixated on"}],
     "flags": ["word"], "others": []}]}]}"#;

/// Whether a value has every key of an example, with values of its kind; null is allowed for what there may be none of.
fn compare(example: &Value, actual: &Value, path: &str) {
    /// What may be null though the example has a value there.
    const MAY_BE_NULL: [&str; 7] = ["score", "source", "capture", "passage", "status", "media_type", "signed"];
    match (example, actual) {
        (Value::Null, _) => {}
        (_, Value::Null) => {
            let key = path.rsplit('.').next().unwrap();
            assert!(MAY_BE_NULL.contains(&key), "{path} is null");
        }
        (Value::Object(example), Value::Object(actual)) => {
            for (key, inner) in example {
                let found = actual.get(key).unwrap_or_else(|| panic!("{path}.{key} is left out"));
                compare(inner, found, &format!("{path}.{key}"));
            }
        }
        (Value::Array(example), Value::Array(actual)) => {
            for found in actual {
                if let Some(inner) = example.first() {
                    compare(inner, found, path);
                }
            }
        }
        (Value::String(_), Value::String(_))
        | (Value::Number(_), Value::Number(_))
        | (Value::Bool(_), Value::Bool(_)) => {}
        _ => panic!("{path} is {actual} instead of something like {example}"),
    }
}

const PAGE: &str = "<html><body><article><p>“The dam has been watched by fools,” said Ines Korda. At least 82 people died, she said.</p>\
    <p>The valley was empty by nightfall.</p></article></body></html>";

const OTHER: &str =
    "<html><body><article><p>Rescuers counted 60 people dead in the valley.</p></article></body></html>";

/// Claims that fill every field: what is altered, what cannot be read, what has no source, a conflict, another source.
const CLAIMS: &str = r#"
[[claim]]
id = "watched"
statement = 'Ines Korda said the dam “has been watched by engineers”.'
speaker = "Ines Korda"
source = ["page.html", "other.html"]
[[claim]]
id = "toll-82"
statement = "At least 82 people were killed in the valley."
source = "page.html"
[[claim]]
id = "toll-60"
statement = "60 people were killed in the valley."
source = "other.html"
[[claim]]
id = "unread"
statement = 'Ines Korda said “run”.'
source = "https://wire.example/never-captured"
[[claim]]
id = "unsourced"
statement = "The valley was green."
[[claim]]
id = "review"
statement = "The valley lay empty when night came."
source = "page.html"
[claim.signed]
by = "KM"
on = 2024-03-24
why = "read it"
seal = "lapsed"
"#;

fn desk() -> Desk {
    let desk = Desk::with(CLAIMS);
    desk.write("page.html", PAGE);
    desk.write("other.html", OTHER);
    desk
}

#[test]
fn no_field_of_the_contract_is_left_out() {
    let example: Value = serde_json::from_str(EXAMPLE).unwrap();
    let (report, _) = desk().check(&["--offline"]);
    compare(&example, &report, "report");
    assert_eq!(report["schema"], "onrecord/report/1");
    assert!(!report["conflicts"].as_array().unwrap().is_empty(), "{report:#}");
    let check = |number: usize| &report["claims"][number]["checks"][0];
    assert!(check(0)["passage"].is_object() && !check(0)["changes"].as_array().unwrap().is_empty());
    assert_eq!(check(0)["others"].as_array().unwrap().len(), 1);
    assert!(check(3)["passage"].is_null() && check(3)["capture"].is_null() && check(3)["score"].is_null());
    assert_eq!(check(3)["reason"], "not-captured");
    assert!(check(0)["capture"]["status"].is_null(), "a file has no status");
    assert_eq!(check(0)["capture"]["origin"], "local");
    assert_eq!(report["claims"][5]["signed"]["valid"], false);
}

#[test]
fn the_counts_are_those_of_the_claims() {
    let (report, _) = desk().check(&["--offline"]);
    let claims = report["claims"].as_array().unwrap();
    let summary = report["summary"].as_object().unwrap();
    let count = |key: &str| usize::try_from(summary[key].as_u64().unwrap()).unwrap();
    assert_eq!(count("claims"), claims.len());
    assert_eq!(count("passed") + count("failed") + count("open"), claims.len());
    assert_eq!(count("passed"), claims.iter().filter(|claim| claim["passes"] == true).count());
    for verdict in
        summary.keys().filter(|key| !["claims", "passed", "failed", "open", "signed"].contains(&key.as_str()))
    {
        assert_eq!(count(verdict), claims.iter().filter(|claim| claim["verdict"] == **verdict).count(), "{verdict}");
    }
}

#[test]
fn each_line_of_jsonl_is_a_claim_of_the_json() {
    let desk = desk();
    let (report, _) = desk.check(&["--offline"]);
    let lines: Vec<Value> = desk
        .run(&["check", "--offline", "--format", "jsonl"])
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(Value::Array(lines), report["claims"]);
}

/// The first line in which two outputs differ.
fn difference<'t>(one: &'t str, other: &'t str) -> Option<(&'t str, &'t str)> {
    assert_eq!(one.lines().count(), other.lines().count());
    one.lines().zip(other.lines()).find(|(one, other)| one != other)
}

#[test]
fn the_same_claims_give_the_same_bytes() {
    let desk = desk();
    let first = desk.run(&["check", "--offline", "--format", "json"]).out;
    for threads in ["0", "1", "3", "8"] {
        let again = desk.run(&["check", "--offline", "--format", "json", "--threads", threads]).out;
        assert_eq!(difference(&first, &again), None, "with {threads} threads");
    }
    for format in ["text", "markdown", "jsonl"] {
        let run = || desk.run(&["check", "--offline", "--verbose", "--format", format]).out;
        assert_eq!(run(), run(), "{format}");
    }
}

/// Escapes as bytes and as references, a link that a terminal would make, text that runs backwards.
const HOSTILE: &str = "<html><head><title>\u{1b}]0;owned\u{7} news</title></head><body><article>\
    <h1>Gate &#27;[2J shut</h1>\
    <p>Ola Fenn said “the gate &#x1b;[31mis shut\u{1b}[0m at \u{202e}ksud\u{202c} and \
    \u{1b}]8;;https://evil.example/\u{1b}\\stays\u{1b}]8;;\u{1b}\\ shut \u{9b}31m until \u{2066}spring\u{2069}”.</p>\
    <p>::error::owned ##[error]owned</p></article></body></html>";

const HOSTILE_CLAIMS: &str = r#"
[article]
title = "\u001b]0;owned\u0007 \u202etitle"
[[claim]]
id = "altered"
statement = "Ola Fenn said “the gate was shut at dusk and stays shut until spring”."
source = "page.html"
[[claim]]
id = "statement"
statement = "Ola Fenn \u001b[31msays\u009b0m the \u202egate\u202c stays \u2066shut\u2069 until spring."
source = "page.html"
[[claim]]
id = "source"
statement = "Ola Fenn said “shut”."
source = "https://wire.example/%1b[31m\u202egate"
[[claim]]
id = "file"
statement = "Ola Fenn said “shut”."
source = "no\u001b[31m\u202efile.html"
"#;

/// What steers a terminal or turns text around; line feeds do neither.
fn treacherous(text: &str) -> Vec<char> {
    let is = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
    };
    text.chars().filter(is).collect()
}

#[test]
fn nothing_of_a_page_or_manifest_steers_a_terminal() {
    let desk = Desk::with(HOSTILE_CLAIMS);
    desk.write("page.html", HOSTILE);
    let (report, _) = desk.check(&["--offline"]);
    let passage = report["claims"][0]["checks"][0]["passage"]["text"].as_str().expect("a passage").to_owned();
    assert!(passage.contains("at") && passage.contains("shut"), "{passage:?}");
    let mut shown = 0;
    for arguments in
        [&["--format", "text"][..], &["--verbose"], &["--verbose", "--ascii"], &["--width", "40"], &["--quiet"]]
    {
        let ran = desk.run(&[&["check", "--offline"], arguments].concat());
        for text in [&ran.out, &ran.err] {
            assert!(treacherous(text).is_empty(), "{arguments:?}: {text:?}");
            shown += text.matches("\\u{1b}").count();
        }
        assert!(!ran.out.lines().any(|line| line.trim_start().starts_with("::")), "{}", ran.out);
    }
    assert!(shown > 0, "the escapes are made visible");
    let markdown = desk.run(&["check", "--offline", "--format", "markdown"]);
    assert!(treacherous(&markdown.out).is_empty(), "{:?}", markdown.out);
    let json = desk.run(&["check", "--offline", "--format", "json"]);
    assert!(treacherous(&json.out).is_empty(), "JSON is safe to print, too");
}

#[test]
fn nothing_of_a_server_steers_a_terminal() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/words" => connection.answer("404 \u{1b}[31mowned", "Content-Type: text/html\r\n", "<p>\u{1b}[2Jgone</p>"),
        "/to" => connection.redirect("ftp://\u{1b}[31m\u{202e}evil.example/"),
        _ => connection.answer("200 OK", "Content-Type: \u{1b}]0;owned\u{7}/x\r\n", "owned"),
    });
    let claims: String = ["/words", "/to", "/type"]
        .iter()
        .map(|path| {
            format!("[[claim]]\nstatement = 'Ola Fenn said “shut” {path}.'\nsource = \"{}\"\n", server.url(path))
        })
        .collect();
    let desk = Desk::with(&claims);
    let ran = desk.run(&["check", "--allow-private", "--interval", "0", "--verbose"]);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert!(!ran.err.is_empty());
    for text in [&ran.out, &ran.err] {
        assert!(treacherous(text).is_empty(), "{text:?}");
    }
}
