//! The other commands: find, text, init, schema, completions, and the help of all.

use std::collections::BTreeSet;

use serde_json::Value;

use super::desk::{Desk, verdicts};

const PAGE: &str = "<html><body><article><h1>Signal box sold</h1>\
    <p>“The points will not be moved again,” said Marit Oen. She keeps the signal box.</p>\
    <p>The line carried 21,700 passengers last year.</p></article></body></html>";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("page.html", PAGE);
    desk
}

fn find(arguments: &[&str]) -> (Value, i32) {
    let ran = desk().run(&[&["find", "--format", "json"], arguments].concat());
    (serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}")), ran.status)
}

#[test]
fn find_looks_for_one_quotation() {
    let (report, status) = find(&["The points will not be moved again", "page.html"]);
    assert_eq!((status, report["claims"][0]["checks"][0]["verdict"].as_str()), (0, Some("verbatim")));
    let (report, status) = find(&["The points will be moved again", "page.html"]);
    let check = &report["claims"][0]["checks"][0];
    assert_eq!((status, check["verdict"].as_str()), (1, Some("altered")));
    assert_eq!(check["flags"], serde_json::json!(["negation"]));
    let (report, status) = find(&["every whistle of the old engine was a letter home", "page.html"]);
    assert_eq!((status, report["claims"][0]["verdict"].as_str()), (1, Some("absent")));
    let (report, status) = find(&["The points will not be moved again", "no-such.html"]);
    let check = &report["claims"][0]["checks"][0];
    assert_eq!((status, check["reason"].as_str()), (3, Some("no-such-file")));
}

#[test]
fn find_knows_whose_words_they_are() {
    let words = "The points will not be moved again";
    assert_eq!(find(&[words, "page.html", "--speaker", "Marit Oen"]).1, 0);
    let (report, status) = find(&[words, "page.html", "--speaker", "Henrik Sand"]);
    assert_eq!((status, report["claims"][0]["verdict"].as_str()), (1, Some("out-of-context")));
    assert_eq!(report["claims"][0]["checks"][0]["flags"], serde_json::json!(["other-speaker"]));
}

#[test]
fn find_looks_for_one_figure() {
    let about = ["--about", "passengers carried last year", "page.html"];
    let (report, status) = find(&[&["--figure", "21,700"], &about[..]].concat());
    assert_eq!((status, verdicts(&report)), (0, vec!["find on-record".to_owned()]), "{report:#}");
    let (report, status) = find(&[&["--figure", "27,100"], &about[..]].concat());
    assert_eq!((status, verdicts(&report)), (1, vec!["find mismatch".to_owned()]));
    let (report, status) = find(&[&["--figure", "over 21,000"], &about[..]].concat());
    assert_eq!((status, verdicts(&report)), (0, vec!["find on-record".to_owned()]));
}

#[test]
fn find_over_two_sources_takes_the_better_one() {
    let desk = desk();
    desk.write("other.txt", "Nothing was said about trains in this town.\n");
    let ran = desk.run(&["find", "The points will not be moved again", "other.txt", "page.html", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let check = &report["claims"][0]["checks"][0];
    assert_eq!(
        (check["source"].as_str(), check["others"][0]["source"].as_str()),
        (Some("page.html"), Some("other.txt"))
    );
}

#[test]
fn find_names_no_manifest_that_there_is_none_of() {
    let ran = desk().run(&["find", "The points will be moved again", "page.html"]);
    assert!(ran.out.contains("negation"), "{}", ran.out);
    assert!(!ran.out.contains("claims.toml"), "{}", ran.out);
}

#[test]
fn find_says_what_it_lacks() {
    for arguments in [
        &["find"][..],
        &["find", "words alone"],
        &["find", " ", "page.html"],
        &["find", "words", "page.html", "--about", "trains"],
    ] {
        let ran = desk().run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains("error"), "{ran:?}");
    }
}

/// Characters beyond the basic plane, combining marks, wide and joined ones, before and in every passage.
const WIDE: &str = "<html><head><meta charset=utf-8><title>𝔉𝔢𝔯𝔯𝔶 🛳️</title></head><body><nav>🏠 Home · Ｎｅｗｓ</nav>\
    <article><h1>🚢🚢 Cafe\u{301} at the pier 👩‍🚀</h1>\
    <p>𝒯he cafe\u{301} on the pier 🛳 served “soup, 🍲 bread and <em>nothing</em>&nbsp;else”, said Zoe\u{308} Brandt.</p>\
    <p>It sold 1\u{202f}240 bowls in A\u{30a}lsund 🍲🍲 before noon, and the queue reached the 𝐥𝐢𝐠𝐡𝐭𝐡𝐨𝐮𝐬𝐞.</p>\
    <p>The owner said the cafe\u{301} 🧁 would re&shy;open in May.</p></article></body></html>";

#[test]
fn passages_are_stretches_of_what_text_prints() {
    let desk = Desk::with(
        r#"
        [[claim]]
        statement = 'The café served “soup, 🍲 bread and nothing else”, said Zoë Brandt.'
        source = "wide.html"
        [[claim]]
        statement = 'The café served “soup, 🍲 fish and nothing else”, said Zoë Brandt.'
        source = "wide.html"
        [[claim]]
        statement = "It sold 1,240 bowls in Ålsund before noon."
        source = "wide.html"
        [[claim]]
        statement = "It sold 1,420 bowls in Ålsund before noon."
        source = "wide.html"
        [[claim]]
        statement = "The café would reopen in May."
        source = "wide.html"
        [[claim]]
        statement = "A paraphrase about the owner of the café on the pier."
        source = "wide.html"
        "#,
    );
    desk.write("wide.html", WIDE);
    let ran = desk.run(&["text", "wide.html"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let text: Vec<char> = ran.out.strip_suffix('\n').expect("a final newline").chars().collect();
    let slice = |from: usize, to: usize| text[from..to].iter().collect::<String>();
    let (report, _) = desk.check(&["--offline"]);
    let mut seen = 0;
    for check in report["claims"].as_array().unwrap().iter().flat_map(|claim| claim["checks"].as_array().unwrap()) {
        let passages = std::iter::once(&check["passage"]).chain(check["also"].as_array().unwrap());
        for passage in passages.filter(|passage| !passage.is_null()) {
            let point = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
            let (start, end) = (point(&passage["start"]), point(&passage["end"]));
            assert_eq!(slice(start, end), passage["text"].as_str().unwrap(), "{check:#}");
            let parts = passage["parts"].as_array().unwrap();
            assert!(!parts.is_empty());
            let (first, last) = (point(&parts[0][0]), point(&parts[parts.len() - 1][1]));
            assert!(start <= first && last <= end, "{passage:#}");
            if check["kind"] == "quote" {
                assert_eq!((first, last), (start, end), "from the first to the last matched character");
            }
            let (before, after) = (passage["before"].as_str().unwrap(), passage["after"].as_str().unwrap());
            assert!(slice(0, start).ends_with(before), "{before:?}");
            assert!(slice(end, text.len()).starts_with(after), "{after:?}");
            seen += 1;
        }
        for change in check["changes"].as_array().unwrap() {
            if let Some(at) = change["source_at"].as_array() {
                let point = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
                let stretch = slice(point(&at[0]), point(&at[1]));
                assert_eq!(stretch.trim(), change["source"].as_str().unwrap().trim(), "{change:#}");
            }
        }
    }
    assert!(seen >= 6, "{report:#}");
}

#[test]
fn text_shows_where_each_block_stands() {
    let desk = desk();
    let ran = desk.run(&["text", "page.html", "--zones"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.out.lines().any(|line| line.starts_with("headline") && line.ends_with("Signal box sold")),
        "{}",
        ran.out
    );
    assert!(ran.out.lines().any(|line| line.starts_with("body") && line.contains("21,700")), "{}", ran.out);
    let ran = desk.run(&["text", "missing.html"]);
    assert_eq!((ran.status, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("no-such-file"), "{ran:?}");
    let ran = desk.run(&["text", "https://wire.example/story", "--offline"]);
    assert_eq!((ran.status, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("not-captured"), "{ran:?}");
}

#[test]
fn init_writes_two_files_that_can_be_checked() {
    let desk = Desk::new();
    let ran = desk.run(&["init"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let names: Vec<String> = desk.files().keys().map(|path| path.display().to_string()).collect();
    assert_eq!(names, [".gitignore", "claims.toml"]);
    let ran = desk.run(&["check", "--offline"]);
    assert_eq!((ran.status, ran.err.as_str()), (3, ""), "{ran:?}");
    assert!(ran.out.contains("not-captured"), "{}", ran.out);
    assert_eq!(desk.files().len(), 2);
}

#[test]
fn init_writes_over_nothing() {
    let desk = Desk::with("# mine\n");
    desk.write(".gitignore", "mine too\n");
    let ran = desk.run(&["init"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert_eq!((desk.read("claims.toml"), desk.read(".gitignore")), ("# mine\n".to_owned(), "mine too\n".to_owned()));
    let desk = Desk::new();
    desk.write("there/.gitignore", "mine too\n");
    let ran = desk.run(&["init", "there"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("archive/"), "{ran:?}");
    assert_eq!(desk.read("there/.gitignore"), "mine too\n");
    assert!(desk.path("there/claims.toml").exists());
}

#[test]
fn schemas_are_json_and_name_the_keys() {
    let desk = Desk::new();
    for (arguments, key) in
        [(&["schema"][..], "claim"), (&["schema", "manifest"], "claim"), (&["schema", "report"], "summary")]
    {
        let ran = desk.run(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        let schema: Value = serde_json::from_str(&ran.out).unwrap();
        assert!(schema["properties"][key].is_object(), "{arguments:?}");
    }
}

#[test]
fn the_schemas_in_the_repository_are_those_that_are_printed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let desk = Desk::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let written: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let of = if name.contains("report") { "report" } else { "manifest" };
        let printed: Value = serde_json::from_str(&desk.run(&["schema", of]).out).unwrap();
        assert_eq!(written, printed, "{name} is another than `onrecord schema {of}` prints");
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = Desk::new().run(&["completions", shell]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{shell}");
        assert!(ran.out.contains("onrecord") && ran.out.contains("capture"), "{shell}");
    }
    assert_eq!(Desk::new().run(&["completions", "abacus"]).status, 2);
}

#[test]
fn every_command_explains_itself() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (0, ""));
    let rest = help.out.split_once("Commands:").expect("a list of commands").1;
    let commands: BTreeSet<&str> = rest
        .lines()
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    for command in ["check", "find", "capture", "text", "init", "schema", "completions"] {
        assert!(commands.contains(command), "{commands:?}");
    }
    for command in commands {
        let ran = desk.run(&[command, "--help"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{command}");
        assert!(ran.out.lines().count() > 3, "{command}: {}", ran.out);
    }
    let widest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest(&help.out) <= 100, "{}", help.out);
    assert!(desk.run(&["--version"]).out.starts_with("onrecord "));
}
