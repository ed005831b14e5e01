//! Drafting from outside: an article's manifest, its updates, its gaps, and a check in one step.

use std::path::Path;

use serde_json::Value;

use super::desk::Desk;

const STORY: &str = "The quay closes\n\n“The ferries will never return,” Mara Lindqvist told Northern Wire.\n\n\
    Over 1,400 people came to the meeting in Northport.\n\nThe town of Northport lies on the coast of Example.\n";

fn linked() -> Desk {
    let desk = Desk::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/draft/linked");
    for name in ["story.html", "pages/wire.html", "pages/minutes.html", "pages/herald.html"] {
        desk.write(name, std::fs::read_to_string(folder.join(name)).unwrap());
    }
    desk
}

#[test]
fn a_draft_is_printed_as_a_manifest_and_as_data() {
    let desk = linked();
    let ran = desk.run(&["draft", "story.html"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    for line in [
        "title = \"The quay closes in autumn\"",
        "file = \"story.html\"",
        "published = 2024-03-23",
        "quote = \"The ferries will never return to the old quay,\"",
        "speaker = \"Mara Lindqvist\"",
        "via = [\"Northern Wire\"]",
        "source = \"pages/wire.html\"",
        "figure = \"Over 1,400\"",
        "source = \"pages/minutes.html\"",
        "source = \"pages/herald.html\"",
    ] {
        assert!(ran.out.lines().any(|printed| printed == line), "{line}\n{}", ran.out);
    }
    assert!(!ran.out.contains("elsewhere.html"), "navigation is no source");
    let ran = desk.run(&["draft", "story.html", "--format", "json"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    let kinds: Vec<&str> =
        value["claims"].as_array().unwrap().iter().filter_map(|claim| claim["kind"].as_str()).collect();
    assert_eq!(kinds, ["quote", "statement", "statement"]);
    let text = desk.run(&["text", "story.html"]).out;
    let points: Vec<char> = text.chars().collect();
    let content = &value["claims"][0]["content"][0];
    let at = |place: usize| usize::try_from(content[place].as_u64().unwrap()).unwrap();
    let said: String = points[at(0)..at(1)].iter().collect();
    assert_eq!(said, "“The ferries will never return to the old quay,”");
}

/// A Word document: hyperlinks of both kinds, a note, a comment that names a source, and changes tracked.
fn word() -> Desk {
    let desk = linked();
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/draft/linked/story.docx");
    desk.write("story.docx", std::fs::read(story).unwrap());
    desk
}

#[test]
fn a_word_document_is_drafted_as_if_its_changes_were_accepted() {
    let desk = word();
    let ran = desk.run(&["draft", "story.docx", "--format", "json"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let claims: Vec<[&str; 3]> = value["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| ["statement", "speaker", "source"].map(|key| claim[key].as_str().unwrap_or("-")))
        .collect();
    let expected = [
        // Inserted words are text, deleted ones are not.
        [
            "“The ferries will never return to the old quay,” Mara Lindqvist told Northern Wire.",
            "Mara Lindqvist",
            "pages/wire.html",
        ],
        ["The council counted 1,436 complaints, according to its minutes.", "its minutes", "pages/minutes.html"],
        // The end of a paragraph was deleted, and a note names the source.
        [
            "“We have asked for a second ferry,” said the harbour master, Ines Calloway.",
            "Ines Calloway",
            "pages/herald.html",
        ],
        // A comment names the source; what it says itself is no claim of the article.
        ["“A harbour is a door,” said Jon Hale.", "Jon Hale", "https://harbour.example/hale"],
        // Moved: once, where it went.
        ["“The tide is on our side,” said Ada Finch.", "Ada Finch", "-"],
    ];
    assert_eq!(claims, expected);
}

#[test]
fn check_and_gaps_read_word_documents_alike() {
    let desk = word();
    let ran = desk.run(&["check", "story.docx", "--offline", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let verdicts: Vec<&str> =
        report["claims"].as_array().unwrap().iter().filter_map(|claim| claim["verdict"].as_str()).collect();
    // The page counts people, not complaints; the herald has nothing of a second ferry; one page was never captured.
    assert_eq!((ran.status, verdicts), (1, vec!["on-record", "mismatch", "absent", "unavailable", "unsourced"]));
    assert_eq!(desk.run(&["gaps", "story.docx", "story.claims.toml"]).status, 0);
    let cut = desk.read("story.claims.toml").replace("Ada Finch", "Ada Fink").replace("The tide", "The wind");
    desk.write("story.claims.toml", cut);
    let ran = desk.run(&["gaps", "story.docx", "story.claims.toml"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("Ada Finch: “The tide is on our side,”"), "{}", ran.out);
    assert!(!ran.out.contains("Kit Moor") && !ran.out.contains("Olaf Brandt"), "{}", ran.out);
}

#[test]
fn check_of_an_article_drafts_its_manifest_and_reports() {
    let desk = linked();
    let ran = desk.run(&["check", "story.html", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let verdicts: Vec<&str> =
        report["claims"].as_array().unwrap().iter().filter_map(|claim| claim["verdict"].as_str()).collect();
    assert_eq!((ran.status, verdicts), (1, vec!["on-record", "on-record", "altered"]), "{report:#}");
    assert!(ran.err.contains("drafted 3 claims in story.claims.toml"), "{}", ran.err);
    let manifest = desk.read("story.claims.toml");
    let again = desk.run(&["check", "story.html"]);
    assert_eq!((again.status, desk.read("story.claims.toml")), (1, manifest));
    assert!(again.out.contains("The quay closes in autumn"), "{}", again.out);
}

#[test]
fn an_update_keeps_what_a_person_wrote_and_respects_what_was_dismissed() {
    let desk = Desk::new();
    desk.write("story.txt", STORY);
    assert_eq!(desk.run(&["draft", "story.txt", "--output", "claims.toml"]).status, 0);
    assert_eq!(desk.run(&["draft", "story.txt", "--output", "claims.toml"]).status, 2, "nothing is written over");
    let mine =
        desk.read("claims.toml").replace("# source = \"\"    # Northern Wire", "source = \"wire.html\"   # ours");
    desk.write("claims.toml", &mine);
    let ran = desk.run(&["draft", "story.txt", "--update", "claims.toml"]);
    assert_eq!((ran.status, desk.read("claims.toml")), (0, mine.clone()), "{}", ran.err);

    let id = mine.lines().filter_map(|line| line.strip_prefix("id = ")).nth(1).unwrap().trim_matches('"').to_owned();
    let ran = desk.run(&["dismiss", &id, "--why", "our own count"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let dismissed = desk.read("claims.toml");
    assert!(dismissed.contains("[[dismissed]]") && dismissed.contains("# ours") && !dismissed.contains("figure ="));
    desk.run(&["draft", "story.txt", "--update", "claims.toml"]);
    assert_eq!(desk.read("claims.toml"), dismissed);

    desk.write("story.txt", format!("{STORY}\n“It is a shame,” said Olaf Brandt.\n"));
    let ran = desk.run(&["draft", "story.txt", "--update", "claims.toml"]);
    assert!(ran.err.contains("added 1 claim to claims.toml"), "{}", ran.err);
    let updated = desk.read("claims.toml");
    assert!(updated.contains("speaker = \"Olaf Brandt\"") && updated.contains("# ours"));
    desk.run(&["draft", "story.txt", "--update", "claims.toml"]);
    assert_eq!(desk.read("claims.toml"), updated);
}

#[test]
fn gaps_says_what_is_missing_and_what_is_gone() {
    let desk = Desk::new();
    desk.write("story.txt", STORY);
    desk.write(
        "claims.toml",
        "[[claim]]\nstatement = 'Mara Lindqvist said “The ferries will never return,”'\nquote = \"The ferries will never return\"\n\
         \n[[claim]]\nid = \"old\"\nstatement = \"Nobody came to the meeting.\"\n",
    );
    let ran = desk.run(&["gaps", "story.txt", "claims.toml"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.out.contains("Over 1,400 — Over 1,400 people came"), "{}", ran.out);
    assert!(ran.out.contains("Claims that are not in the article:") && ran.out.contains("  old\n"), "{}", ran.out);
    assert!(ran.out.contains("The town of Northport lies on the coast of Example."), "{}", ran.out);
    assert!(!ran.out.contains("Quotations without a claim"), "{}", ran.out);

    std::fs::remove_file(desk.path("claims.toml")).unwrap();
    desk.run(&["draft", "story.txt", "--output", "claims.toml"]);
    assert_eq!(desk.run(&["gaps", "story.txt"]).status, 3, "a factual sentence is unchecked");
    desk.run(&["dismiss", "The town of Northport lies on the coast of Example."]);
    let ran = desk.run(&["gaps", "story.txt", "--format", "json"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, value["unchecked"].as_array().map(Vec::len)), (0, Some(0)), "{value:#}");
}

#[test]
fn a_folder_of_articles_gets_a_manifest_each() {
    let desk = Desk::new();
    desk.write("news/one.txt", STORY);
    desk.write("news/two.md", "# Two\n\n“The *pier* is lost,” said [Olaf Brandt](https://herald.example/pier).\n");
    desk.write("news/page.pdf", "no article");
    let ran = desk.run(&["draft", "news"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(ran.out.lines().count(), 2);
    assert!(desk.read("news/two.claims.toml").contains("url = \"https://herald.example/pier\""));
    assert!(desk.read("news/two.claims.toml").contains("quote = \"The pier is lost,\""));
    let ran = desk.run(&["draft", "nothing.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("no-such-file"), "{}", ran.err);
}
