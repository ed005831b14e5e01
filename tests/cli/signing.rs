//! Signing, rendering again, and explaining, as a desk does it.

use crate::desk::Desk;

const PAGE: &str = "<article><h1>Quay</h1><p>A first line about the weather.</p><figure><img src=a alt=''><figcaption>The roof of the hall came down within minutes of the blast</figcaption></figure><p>A last line about the ferries.</p></article>";

const MANIFEST: &str = "# the desk's own words\n\n[[claim]]   # the roof\nid = \"roof\"\nstatement = 'The roof “came down within minutes of the blast”, the wire reports.'\nquote = 'came down within minutes of the blast'\nsource = 'page.html'\nnote = 'ask the photographer'\n\n# --- last ---\n[[claim]]\nid = 'ferries'\nstatement = 'It says “a last line about the ferries”.'\nsource = 'page.html'\n";

fn desk() -> Desk {
    let desk = Desk::with(MANIFEST);
    desk.write("page.html", PAGE);
    desk
}

fn sign(desk: &Desk) {
    let ran = desk.run(&["sign", "roof", "--by", "KM", "--why", "the caption is the source", "--on", "2024-03-24"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("signed roof by KM on 2024-03-24"), "{}", ran.out);
}

#[test]
fn a_signed_claim_passes_and_nothing_else_of_the_manifest_moves() {
    let desk = desk();
    assert_eq!(desk.check(&["--offline"]).1, 3);
    sign(&desk);
    let (report, status) = desk.check(&["--offline"]);
    assert_eq!(status, 0);
    assert_eq!(report["claims"][0]["signed"]["valid"], true);
    assert_eq!(report["summary"]["signed"], 1);
    let written = desk.read("claims.toml");
    let (before, rest) = written.split_once("\n[claim.signed]\n").unwrap();
    let (_, after) = rest.split_once("seal = \"").unwrap();
    let (_, after) = after.split_once("\"\n").unwrap();
    assert_eq!(format!("{before}{after}"), MANIFEST);
}

#[test]
fn the_seal_lapses_with_one_word_of_the_passage_and_says_which() {
    let desk = desk();
    sign(&desk);
    desk.write("page.html", PAGE.replace("minutes", "seconds"));
    let (report, status) = desk.check(&["--offline"]);
    assert_eq!((status, &report["claims"][0]["signed"]["valid"]), (1, &false.into()));
    let changed = report["claims"][0]["signed"]["changed"].as_array().unwrap();
    let passage = changed.iter().find(|change| change["what"] == "passage").unwrap();
    assert!(passage["signed"].as_str().unwrap().contains("minutes"), "{passage}");
    assert!(passage["now"].as_str().unwrap().contains("seconds"), "{passage}");
    let told = desk.run(&["check", "--offline"]).out;
    assert!(
        told.contains("within minutes of") && told.contains("within seconds of") && told.contains("signed was"),
        "{told}"
    );
}

#[test]
fn the_seal_holds_when_the_page_changes_elsewhere() {
    let desk = desk();
    sign(&desk);
    desk.write(
        "page.html",
        PAGE.replace("the weather", "the tide and the weather").replace("A last", "One more and a last"),
    );
    let (report, status) = desk.check(&["--offline"]);
    assert_eq!((status, &report["claims"][0]["signed"]["valid"]), (0, &true.into()), "{report}");
}

#[test]
fn the_seal_lapses_with_the_statement_and_with_what_nobody_has_seen() {
    let desk = desk();
    sign(&desk);
    let signed = desk.read("claims.toml");
    desk.write("claims.toml", signed.replace("the wire reports", "the mayor reports"));
    assert_eq!(desk.check(&["--offline"]).0["claims"][0]["signed"]["changed"][0]["what"], "statement");
    desk.write("claims.toml", &signed);
    let denied = PAGE.replace("<figcaption>The roof of the hall", "<figcaption>It is a lie that the roof of the hall");
    desk.write("page.html", denied);
    let (report, status) = desk.check(&["--offline"]);
    assert_eq!(status, 1, "{report}");
    assert_eq!(report["claims"][0]["signed"]["valid"], false);
}

#[test]
fn a_signature_needs_a_name_a_reason_and_a_claim() {
    let desk = desk();
    let wrong: [&[&str]; 3] = [
        &["sign", "roof", "--by", " ", "--why", "x"],
        &["sign", "roof", "--by", "KM", "--why", ""],
        &["sign", "rouf", "--by", "KM", "--why", "x"],
    ];
    for arguments in wrong {
        assert_eq!(desk.run(arguments).status, 2);
    }
    assert!(desk.run(wrong[2]).err.contains("did you mean roof?"));
    assert_eq!(desk.read("claims.toml"), MANIFEST);
}

#[test]
fn a_run_is_rendered_again_in_any_format() {
    let desk = desk();
    let first = desk.run(&["check", "--offline", "--format", "json"]);
    desk.write("page.html", "<p>nothing</p>");
    let again = desk.run(&["report", "--format", "json"]);
    assert_eq!((again.out, again.status), (first.out.clone(), first.status));
    for format in ["text", "jsonl", "markdown", "html", "junit", "sarif", "csv", "github"] {
        let ran = desk.run(&["report", "--format", format]);
        assert_eq!(ran.status, first.status, "{format}: {}", ran.err);
        assert!(ran.out.contains("roof"), "{format}");
    }
    let second = desk.run(&["check", "--offline", "--format", "json"]);
    assert_eq!(desk.run(&["report", "--format", "json"]).out, second.out);
    assert_eq!(desk.run(&["report", "--run", "2", "--format", "json"]).out, first.out);
    assert_eq!(desk.run(&["report", "--run", "3"]).status, 2);
    assert_eq!(desk.run(&["report", "--list"]).out.lines().count(), 2);
    desk.write("saved.json", &first.out);
    assert_eq!(desk.run(&["report", "saved.json", "--format", "json"]).out, first.out);
    desk.write("other.json", first.out.replace("report/1", "report/9"));
    assert_eq!(desk.run(&["report", "other.json"]).status, 2);
}

#[test]
fn only_so_many_runs_are_kept() {
    let desk = desk();
    for _ in 0..4 {
        desk.run(&["check", "--offline", "--keep-runs", "2"]);
    }
    assert_eq!(desk.run(&["report", "--list"]).out.lines().count(), 2);
    desk.run(&["check", "--offline", "--keep-runs", "0"]);
    assert_eq!(desk.run(&["report", "--list"]).out.lines().count(), 2);
}

#[test]
fn an_explanation_names_what_was_searched_and_the_rule() {
    let desk = desk();
    desk.write("page.html", PAGE.replace("came down within", "never came down within"));
    let ran = desk.run(&["explain", "roof"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    for part in ["What was searched", "page.html", "characters", "rule: ", "from: docs/", "so it is"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn several_formats_in_one_run_and_for_readers() {
    let desk = desk();
    let ran = desk.run(&[
        "check",
        "--offline",
        "--public",
        "--format",
        "html=r.html",
        "--format",
        "csv=r.csv",
        "--format",
        "sarif=r.sarif",
        "--format",
        "junit=r.xml",
        "--format",
        "github",
    ]);
    assert_eq!(ran.status, 3, "{ran:?}");
    for file in ["r.html", "r.csv", "r.sarif", "r.xml"] {
        let written = desk.read(file);
        assert!(written.contains("roof") && !written.contains("page.html"), "{file}");
        assert!(!written.contains("ask the photographer"), "{file}");
    }
}
