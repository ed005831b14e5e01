//! `onrecord archive` as people run it: real processes on real files.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::fs;
use std::path::Path;
use std::process::Command;

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("onrecord"))
        .env_clear()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn good(folder: &Path, arguments: &[&str]) -> String {
    let ran = run(folder, arguments);
    assert_eq!(ran.status, 0, "{arguments:?}: {}{}", ran.out, ran.err);
    ran.out
}

const MHTML: &str = "Snapshot-Content-Location: https://daily.example/wall\r\nDate: Thu, 21 Mar 2024 06:00:00 -0000\r\n\
    MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\n\
    Content-Location: https://daily.example/wall\r\n\r\n<p>The tide turned before dawn, the keeper said.</p>\r\n--B--\r\n";

/// A desk whose two sources were saved by a person: one as MHTML, one as plain text.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "archive = \"kept\"\n\n[article]\ntitle = \"Nobody knows yet\"\n\n\
        [[claim]]\nid = \"tide\"\nstatement = \"The keeper said: \\\"The tide turned before dawn\\\".\"\n\
        source = \"https://daily.example/wall\"\n\n\
        [[claim]]\nid = \"lamp\"\nstatement = \"On Thursday \\\"the lamp was lit\\\".\"\n\
        source = \"https://daily.example/note\"\n";
    fs::write(folder.path().join("claims.toml"), manifest).unwrap();
    fs::write(folder.path().join("wall.mhtml"), MHTML).unwrap();
    fs::write(folder.path().join("note.txt"), "On Thursday the lamp was lit.").unwrap();
    good(folder.path(), &["archive", "import", "wall.mhtml", "--by", "KM", "--from", "a reader"]);
    good(
        folder.path(),
        &["archive", "import", "note.txt", "--url", "https://daily.example/note", "--seen", "2024-03-22"],
    );
    folder
}

#[test]
fn what_was_imported_is_listed_shown_and_carries_claims() {
    let desk = desk();
    let folder = desk.path();
    let list = good(folder, &["archive", "list"]);
    assert!(list.contains("https://daily.example/wall") && list.lines().count() == 2, "{list}");
    assert_eq!(good(folder, &["archive", "list", "note", "--format", "json"]).lines().count(), 1);
    let shown = good(folder, &["archive", "show", "https://daily.example/wall"]);
    for word in ["2024-03-21T06:00:00Z", "imported", "KM", "a reader", "wall.mhtml"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let body = good(folder, &["archive", "show", "https://daily.example/wall", "--body"]);
    assert_eq!(body.trim_end(), "<p>The tide turned before dawn, the keeper said.</p>");
    let report = good(folder, &["check", "--offline", "--format", "jsonl"]);
    assert_eq!(report.matches("\"origin\":\"imported\"").count(), 2, "{report}");
    assert_eq!(run(folder, &["archive", "show", "https://daily.example/none"]).status, 2);
    // importing the same again changes nothing
    assert!(good(folder, &["archive", "import", "wall.mhtml", "--by", "KM"]).contains("there already"));
    // what does not say itself where and when it is from must be told
    let unsaid = run(folder, &["archive", "import", "note.txt"]);
    assert!(unsaid.status == 2 && unsaid.err.contains("--url"), "{}", unsaid.err);
    let undated = run(folder, &["archive", "import", "note.txt", "--url", "https://daily.example/x"]);
    assert!(undated.status == 2 && undated.err.contains("--seen"), "{}", undated.err);
}

#[test]
fn a_package_leaks_no_claim_unless_it_is_asked_for() {
    let desk = desk();
    let folder = desk.path();
    good(folder, &["archive", "export", "evidence.wacz"]);
    let bytes = fs::read(folder.join("evidence.wacz")).unwrap();
    let has = |bytes: &[u8], text: &str| memchr::memmem::find(bytes, text.as_bytes()).is_some();
    assert!(!has(&bytes, "Nobody knows yet") && !has(&bytes, "claims.toml"));
    assert_eq!(run(folder, &["archive", "export", "evidence.wacz"]).status, 2, "nothing is overwritten unasked");
    good(folder, &["archive", "export", "evidence.wacz", "--with-claims", "--force"]);
    let bytes = fs::read(folder.join("evidence.wacz")).unwrap();
    assert!(has(&bytes, "Nobody knows yet") && has(&bytes, "provenance/report.json"));
    assert!(good(folder, &["archive", "verify", "evidence.wacz"]).contains("yes  bytes-intact"));
    // the package serves as an archive
    let report = good(folder, &["check", "--offline", "--archive", "evidence.wacz", "--format", "jsonl"]);
    assert_eq!(report.lines().count(), 2, "{report}");
}

#[test]
fn verify_names_the_claims_that_damage_touches() {
    let desk = desk();
    let folder = desk.path();
    assert_eq!(run(folder, &["archive", "verify"]).status, 0);
    let path = folder.join("kept/segment-000001.warc.gz");
    let bytes = fs::read(&path).unwrap();
    let mut damaged = bytes.clone();
    // the checksum of the last record, the note: a bit elsewhere may be one that unpacking does not look at
    let at = bytes.len() - 6;
    damaged[at] ^= 4;
    fs::write(&path, &damaged).unwrap();
    let found = run(folder, &["archive", "verify"]);
    assert_eq!(found.status, 1, "{}", found.out);
    assert!(found.out.contains("claims that rest on it: lamp"), "{}", found.out);
    assert!(found.out.contains("the other 1 stand"), "{}", found.out);
    assert!(!found.out.to_lowercase().contains("authentic"), "{}", found.out);
    let json = run(folder, &["archive", "verify", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["holds"], &json["claims"]), (&false.into(), &serde_json::json!(["lamp"])));
    assert_eq!(run(folder, &["archive", "verify", "nowhere"]).status, 2);
    // the claim whose capture is whole still stands
    let report = run(folder, &["check", "--offline", "--format", "jsonl"]);
    let verdicts: Vec<String> = report
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["verdict"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(verdicts, ["on-record", "unavailable"], "{}", report.out);
}

#[test]
fn a_key_and_a_head_that_were_pinned_are_asked_for() {
    let desk = desk();
    let folder = desk.path();
    let fingerprint = good(folder, &["archive", "keygen", "desk.pem"]);
    let fingerprint = fingerprint.split_whitespace().nth(1).unwrap();
    assert_eq!(run(folder, &["archive", "keygen", "desk.pem"]).status, 2, "a key is never replaced");
    let signed = good(folder, &["archive", "sign", "--key", "desk.pem"]);
    let head = signed.split_whitespace().nth(1).unwrap();
    good(folder, &["archive", "verify", "--key", fingerprint, "--head", head]);
    let other = "00".repeat(32);
    assert_eq!(run(folder, &["archive", "verify", "--key", &other]).status, 1);
    assert_eq!(run(folder, &["archive", "verify", "--head", &other]).status, 1);
    good(folder, &["archive", "export", "signed.wacz", "--key", "desk.pem"]);
    good(folder, &["archive", "verify", "signed.wacz", "--key", fingerprint]);
    good(folder, &["archive", "export", "bare.wacz"]);
    assert_eq!(run(folder, &["archive", "verify", "bare.wacz", "--key", fingerprint]).status, 1, "not signed");
}
