//! Exit statuses, diagnostics, and where output goes.

use super::desk::{Desk, Ran};

const PAGE: &str = "<html><body><article><p>“The bridge is closed to lorries,” said Olav Reth.</p>\
    <p>The works cost $2.4 million.</p></article></body></html>";

const GOOD: &str = "[[claim]]\nid = \"bridge\"\nstatement = '“The bridge is closed to lorries,” said Olav Reth.'\n\
    quote = \"The bridge is closed to lorries\"\nspeaker = \"Olav Reth\"\nsource = \"page.html\"\n";

const BAD: &str = "[[claim]]\nid = \"works\"\nstatement = \"The works cost $2.4 billion.\"\n\
    figure = \"$2.4 billion\"\nsource = \"page.html\"\n";

const OPEN: &str = "[[claim]]\nid = \"nowhere\"\nstatement = 'Olav Reth said “wait”.'\nsource = \"missing.html\"\n";

fn desk(claims: &[&str]) -> Desk {
    let desk = Desk::with(&claims.concat());
    desk.write("page.html", PAGE);
    desk
}

/// A run that could not be done: status 2, a word on standard error, nothing on standard output.
fn trouble(ran: &Ran) {
    assert_eq!(ran.status, 2, "{ran:?}");
    assert_eq!(ran.out, "", "{ran:?}");
    assert!(ran.err.contains("error"), "{ran:?}");
}

#[test]
fn the_status_is_the_worst_that_happened() {
    for (claims, status, count) in [
        (vec![GOOD], 0, "1 claim: 1 pass"),
        (vec![GOOD, BAD], 1, "2 claims: 1 pass, 1 fail (1 mismatch)"),
        (vec![GOOD, OPEN], 3, "2 claims: 1 pass, 1 open (1 unavailable)"),
        (vec![OPEN, BAD, GOOD], 1, "3 claims: 1 pass, 1 fail (1 mismatch), 1 open (1 unavailable)"),
    ] {
        let ran = desk(&claims).run(&["check", "--offline"]);
        assert_eq!(ran.status, status, "{ran:?}");
        let last = ran.out.lines().last().unwrap();
        assert!(last == count, "{last}");
        assert_eq!(ran.err, "", "findings are no diagnostics");
    }
}

#[test]
fn an_expected_verdict_passes_and_a_missed_one_fails() {
    assert_eq!(desk(&[BAD, "expect = \"mismatch\"\n"]).run(&["check", "--offline"]).status, 0);
    assert_eq!(desk(&[GOOD, "expect = \"altered\"\n"]).run(&["check", "--offline"]).status, 1);
}

#[test]
fn nothing_to_check_is_trouble() {
    for empty in ["", "# nothing yet\n", "archive = \"archive\"\n"] {
        let ran = Desk::with(empty).run(&["check", "--offline"]);
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(ran.err.contains("no claims"), "{ran:?}");
    }
    let ran = Desk::new().run(&["check"]);
    trouble(&ran);
    assert!(ran.err.contains("onrecord init"), "{ran:?}");
    trouble(&Desk::new().run(&["check", "no-such-manifest.toml"]));
    trouble(&Desk::new().run(&["check", "."]));
}

#[test]
fn a_manifest_with_eight_mistakes_shows_eight_diagnostics() {
    let mistaken = [
        "language = \"english\"",
        "[article]",
        "published = \"23 March 2024\"",
        "[[claim]]",
        "id = \"one\"",
        "statement = 'Olav Reth said “wait”.'",
        "sauce = \"page.html\"",
        "source = \"pier\"",
        "[[claim]]",
        "id = \"one\"",
        "statement = 'Olav Reth said “wait”.'",
        "quote = \"\"",
        "need = \"most\"",
        "figure = 12",
        "[sources.peer]",
        "url = \"https://peer.example/\"",
    ];
    let ran = Desk::with(&mistaken.join("\n")).run(&["check", "--offline"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ran:?}");
    let places: Vec<&str> = ran.err.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    let expected = ["1:12", "3:13", "7:1", "8:10", "10:6", "12:9", "13:8", "14:10"];
    assert_eq!(places, expected.map(|place| format!("claims.toml:{place}")), "{}", ran.err);
    assert_eq!(ran.err.lines().filter(|line| line.starts_with("error[")).count(), 8, "{}", ran.err);
    for line in expected.map(|place| place.split_once(':').unwrap().0.parse::<usize>().unwrap()) {
        assert!(ran.err.contains(mistaken[line - 1]), "line {line} is not shown: {}", ran.err);
    }
    assert!(ran.err.contains("did you mean") && ran.err.contains("peer"), "{}", ran.err);
}

#[test]
fn a_warning_is_told_and_ends_nothing() {
    let odd = GOOD.replace("quote = \"The bridge is closed", "quote = \"The old bridge is closed");
    let ran = desk(&[&odd]).run(&["check", "--offline", "--format", "json"]);
    assert!(ran.err.starts_with("warning["), "{ran:?}");
    assert!(ran.err.contains("--> claims.toml:4:9"), "{ran:?}");
    assert!(ran.out.starts_with('{'));
}

#[test]
fn a_format_that_there_is_none_of_is_trouble_before_anything_is_done() {
    let desk = desk(&[GOOD]);
    let before = desk.files();
    let ran = desk.run(&["check", "--format", "jsno"]);
    trouble(&ran);
    assert!(ran.err.contains("did you mean json"), "{ran:?}");
    let ran = desk.run(&["check", "--format", "json", "--format", "text"]);
    trouble(&ran);
    assert!(ran.err.contains("=FILE"), "{ran:?}");
    trouble(&desk.run(&["check", "--format", "json="]));
    trouble(&desk.run(&["check", "--refresh", "--offline"]));
    trouble(&desk.run(&["chek"]));
    assert_eq!(before, desk.files());
}

#[test]
fn reports_go_to_files_and_the_text_to_standard_output() {
    let desk = desk(&[GOOD, BAD]);
    let ran = desk.run(&["check", "--offline", "--format", "json=out.json", "--format", "markdown=out.md"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.out.ends_with("2 claims: 1 pass, 1 fail (1 mismatch)\n"), "{}", ran.out);
    let report: serde_json::Value = serde_json::from_str(&desk.read("out.json")).unwrap();
    assert_eq!(report["summary"]["claims"], 2);
    assert!(desk.read("out.md").starts_with('#'), "{}", desk.read("out.md"));
    let ran = desk.run(&["check", "--offline", "--format", "json", "--format", "text=out.txt"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&ran.out).unwrap(), report);
    assert!(desk.read("out.txt").contains("works"));
    let left: Vec<_> = desk.files().into_keys().filter(|path| path.extension().is_some_and(|e| e == "part")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_output_that_cannot_be_written_is_trouble() {
    let desk = desk(&[GOOD]);
    for file in ["no/such/folder/out.json", "."] {
        let ran = desk.run(&["check", "--offline", "--format", &format!("json={file}")]);
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(ran.err.contains("cannot write"), "{ran:?}");
    }
}

#[test]
fn an_archive_that_is_none_is_trouble() {
    let desk = desk(&[GOOD]);
    desk.write("notes.txt", "not an archive at all");
    trouble(&desk.run(&["check", "--offline", "--archive", "notes.txt"]));
    trouble(&desk.run(&["check", "--offline", "--archive", "missing.warc.gz"]));
}

#[test]
fn files_outside_the_folder_need_permission() {
    let outside = Desk::new();
    outside.write("page.html", PAGE);
    let path = outside.path("page.html").display().to_string();
    let desk = Desk::with(&GOOD.replace("page.html", &path));
    let (report, status) = desk.check(&["--offline"]);
    assert_eq!((status, report["claims"][0]["verdict"].as_str()), (3, Some("unavailable")));
    assert_eq!(desk.check(&["--offline", "--allow-outside"]).1, 0);
}
