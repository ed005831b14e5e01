//! The history as people meet it: checks that note what they saw, several manifests on one archive, stored ledgers of
//! every format, and letting go of captures that nothing needs. Real processes on real files.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use onrecord::archive::{Answer, Archive, Exchange, Field, Key, Mode, Pins, Protocol, verify};
use onrecord::model::{Failure, Reason};
use serde_json::Value;

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

fn status(folder: &Path, arguments: &[&str], expected: i32) -> Ran {
    let ran = run(folder, arguments);
    assert_eq!(ran.status, expected, "{arguments:?}: {}{}", ran.out, ran.err);
    ran
}

const PAGE: &str = "<html lang=\"en\"><head><title>Ferries</title></head><body><article><h1>Ferries stay in port</h1>\
    <p>“The ferries will not sail before the quay is repaired,” Mara Lindqvist said on Monday.</p>\
    <p>The storm injured at least 82 people, the hospital of Vik said.</p></article></body></html>";

const CLAIM: &str = "[[claim]]\nid = \"ferries\"\n\
    statement = \"Mara Lindqvist said “the ferries will not sail before the quay is repaired”.\"\n\
    quote = \"the ferries will not sail before the quay is repaired\"\nspeaker = \"Mara Lindqvist\"\nsource = \"page.html\"\n\n";

const FAILS: &str = "[[claim]]\nid = \"lamps\"\nstatement = \"It was said that “the lamps of the harbour are green”.\"\n\
    quote = \"the lamps of the harbour are green\"\nsource = \"page.html\"\n\n";

/// Writes the page as of a minute: files count as captured when they were last changed.
fn page(folder: &Path, text: &str, minute: u64) {
    let path = folder.join("page.html");
    fs::write(&path, text).unwrap();
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_760_000_000 + 60 * minute);
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

fn desk(claims: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("claims.toml"), claims).unwrap();
    page(folder.path(), PAGE, 0);
    folder
}

#[test]
fn a_check_notes_what_it_saw_and_since_last_ends_by_what_changed() {
    let desk = desk(&format!("{CLAIM}{FAILS}"));
    let folder = desk.path();
    // what was never looked at counts as it is
    status(folder, &["check", "--since-last"], 1);
    // what has failed before keeps no night red
    let again = status(folder, &["check", "--since-last"], 0);
    assert!(again.err.contains("nothing became of the words"), "{}", again.err);
    status(folder, &["check"], 1);
    page(folder, &PAGE.replace("repaired,", "rebuilt,"), 1);
    let changed = status(folder, &["check", "--since-last"], 1);
    assert!(changed.err.contains("reworded") && changed.err.contains("⟦rebuilt⟧"), "{}", changed.err);
    status(folder, &["check", "--since-last"], 0);
    let history = status(folder, &["history", "ferries"], 0).out;
    assert!(history.contains("⟦repaired⟧") && history.contains("⟦rebuilt⟧"), "{history}");
    // the same capture read again is no further look
    assert_eq!(history.matches("so since one look").count(), 1, "{history}");
    // a new claim is judged, and an edited one too
    let open =
        CLAIM.replace("ferries\"\n", "nowhere\"\n").replace("source = \"page.html\"\n", "source = \"gone.html\"\n");
    fs::write(folder.join("claims.toml"), format!("{CLAIM}{FAILS}{open}")).unwrap();
    let unseen = run(folder, &["check", "--since-last", "--quiet"]);
    assert_ne!(unseen.status, 0, "{}", unseen.err);
    // layout alone is silence
    page(
        folder,
        &PAGE.replace("repaired,", "rebuilt,").replace("<article>", "<article class=\"new\"><!-- redesign -->"),
        2,
    );
    fs::write(folder.join("claims.toml"), format!("{CLAIM}{FAILS}")).unwrap();
    status(folder, &["check", "--since-last"], 0);
}

#[test]
fn what_a_person_signed_stands_until_its_seal_lapses() {
    let desk = desk(CLAIM);
    let folder = desk.path();
    page(folder, &PAGE.replace("repaired,", "rebuilt,"), 1);
    status(folder, &["check"], 1);
    status(folder, &["sign", "ferries", "--by", "KM", "--why", "the speaker confirmed it"], 0);
    status(folder, &["check", "--since-last"], 0);
    page(folder, &PAGE.replace("repaired,", "painted,"), 2);
    let lapsed = status(folder, &["check", "--since-last"], 1);
    assert!(lapsed.err.contains("⟦painted⟧"), "{}", lapsed.err);
}

#[test]
fn a_history_that_cannot_be_written_is_told_and_changes_no_status() {
    let desk = desk(CLAIM);
    let folder = desk.path();
    fs::create_dir_all(folder.join("archive/history.sqlite")).unwrap();
    let ran = status(folder, &["check"], 0);
    assert!(ran.err.contains("warning") && ran.err.contains("not in the history"), "{}", ran.err);
    // one file serves for reading only, and has none
    fs::remove_dir(folder.join("archive/history.sqlite")).unwrap();
    status(folder, &["archive", "export", "one.wacz"], 0);
    let ran = status(folder, &["check", "--archive", "one.wacz", "--offline"], 0);
    assert!(!ran.err.contains("history"), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn what_a_check_noticed_is_told_by_the_next_watch_once() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk(CLAIM);
    let folder = desk.path();
    let pager = folder.join("pager.sh");
    fs::write(&pager, format!("#!/bin/sh\n/bin/cat >> {0}/told\necho >> {0}/told\n", folder.display())).unwrap();
    fs::set_permissions(&pager, fs::Permissions::from_mode(0o755)).unwrap();
    let alert = format!("command={}", pager.display());
    status(folder, &["watch", "--once", "--alert", &alert], 0);
    page(folder, &PAGE.replace("repaired,", "rebuilt,"), 1);
    status(folder, &["check"], 1);
    status(folder, &["check"], 1);
    let watch = status(folder, &["watch", "--once", "--alert", &alert], 1);
    assert!(watch.out.contains("⟦rebuilt⟧"), "{}", watch.out);
    status(folder, &["watch", "--once", "--alert", &alert], 0);
    let told = fs::read_to_string(folder.join("told")).unwrap();
    assert_eq!(told.matches("onrecord/alert/1").count(), 1, "{told}");
}

#[test]
fn several_manifests_are_one_run_on_one_archive() {
    let desk = desk(CLAIM);
    let folder = desk.path();
    fs::write(folder.join("second.toml"), CLAIM.replace("“the", "that “the")).unwrap();
    fs::create_dir(folder.join("third")).unwrap();
    let third = format!("archive = \"../archive\"\n\n{}", CLAIM.replace("page.html", "../page.html"));
    fs::write(folder.join("third/claims.toml"), third + &FAILS.replace("page.html", "../page.html")).unwrap();
    let all = ["check", "claims.toml", "second.toml", "third/claims.toml", "--allow-outside"];
    let text = status(folder, &all, 1).out;
    let at = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name}: {text}"));
    assert!(at("claims.toml\n") < at("second.toml\n") && at("second.toml\n") < at("third/claims.toml\n"), "{text}");
    // one manifest alone has the shape that it always had
    let one: Value = serde_json::from_str(&status(folder, &["check", "--format", "json"], 0).out).unwrap();
    assert_eq!(one["schema"], "onrecord/report/1");
    let list = status(folder, &[&all[..], &["--format", "json"]].concat(), 1).out;
    let list: Vec<Value> = serde_json::from_str(&list).unwrap();
    assert_eq!((list.len(), &list[0]), (3, &one));
    let lines = status(folder, &[&all[..], &["--format", "jsonl"]].concat(), 1).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<&str> = lines.iter().map(|line| line["manifest"].as_str().unwrap()).collect();
    assert_eq!(names, ["claims.toml", "second.toml", "third/claims.toml", "third/claims.toml"]);
    assert_eq!(lines[0]["id"], "ferries");
    let refused = status(folder, &[&all[..], &["--format", "html"]].concat(), 2);
    assert!(refused.err.contains("--format html=FILE"), "{}", refused.err);
    status(folder, &[&all[..], &["--format", "html=report.html", "--format", "junit=tests.xml"]].concat(), 1);
    for file in ["report.claims.html", "report.second.html", "report.third-claims.html", "tests.second.xml"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
}

#[test]
fn what_rests_on_a_source_is_told_over_three_manifests() {
    let desk = desk(CLAIM);
    let folder = desk.path();
    let figure = "[[claim]]\nid = \"injured\"\nstatement = \"The storm injured at least 82 people.\"\n\
        figure = \"at least 82\"\nsource = \"page.html\"\n";
    fs::write(folder.join("second.toml"), figure).unwrap();
    fs::write(folder.join("third.toml"), CLAIM.replace("\"ferries\"", "\"again\"")).unwrap();
    let all = ["check", "claims.toml", "second.toml", "third.toml"];
    status(folder, &all, 0);
    let before = status(folder, &["affected", "page.html"], 0).out;
    assert_eq!(before.matches("still carried").count(), 3, "{before}");
    page(folder, &PAGE.replace("repaired,", "rebuilt,"), 1);
    status(folder, &all, 1);
    let after = status(folder, &["affected", "page.html"], 1).out;
    for words in
        ["claims.toml  ferries", "third.toml  again", "second.toml  injured", "⟦repaired⟧", "⟦rebuilt⟧", "2025-10-09"]
    {
        assert!(after.contains(words), "{words}: {after}");
    }
    assert_eq!(after.matches("no longer carried").count(), 2, "{after}");
    assert_eq!(after.matches("still carried").count(), 1, "{after}");
    let second = after.split("second.toml  injured").nth(1).unwrap();
    assert!(second.trim_start().starts_with("The storm injured at least 82 people."), "{after}");
}

#[test]
fn a_ledger_of_every_format_is_read_and_a_later_one_refused() {
    let claims = "[[claim]]\nid = \"ferries\"\n\
        statement = \"Mara Lindqvist said “the ferries will not sail before the quay is repaired”.\"\n\
        quote = \"the ferries will not sail before the quay is repaired\"\nsource = \"page.html\"\n";
    let mut read = 0;
    for entry in fs::read_dir("fixtures/ledgers").unwrap() {
        let stored = entry.unwrap().path();
        if stored.extension().is_none_or(|ending| ending != "sqlite") {
            continue;
        }
        read += 1;
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join("claims.toml"), claims).unwrap();
        fs::create_dir(folder.join("archive")).unwrap();
        let ledger = folder.join("archive/history.sqlite");
        fs::copy(&stored, &ledger).unwrap();
        for _ in 0..2 {
            let history = status(folder, &["history"], 0).out;
            for words in
                ["ferries", "⟦repaired⟧", "⟦rebuilt⟧", "⟦82⟧", "⟦92⟧", "2026-01-05 08:00 UTC – 2026-01-06 09:30 UTC"]
            {
                assert!(history.contains(words), "{}: {words}: {history}", stored.display());
            }
        }
        assert_eq!(format_of(&ledger), 2, "it was brought up to date");
        assert!(
            status(folder, &["affected", "page.html", "--archive", "archive"], 1).out.contains("no longer carried")
        );
        // a later format
        let mut bytes = fs::read(&ledger).unwrap();
        bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
        for beside in ["history.sqlite-wal", "history.sqlite-shm"] {
            let _ = fs::remove_file(folder.join("archive").join(beside));
        }
        fs::write(&ledger, &bytes).unwrap();
        let refused = status(folder, &["history"], 2);
        assert!(refused.err.contains("format 99") && refused.err.contains("use a newer onrecord"), "{}", refused.err);
        page(folder, PAGE, 0);
        let checked = status(folder, &["check"], 0);
        assert!(checked.err.contains("warning") && checked.err.contains("format 99"), "{}", checked.err);
        assert_eq!(fs::read(&ledger).unwrap(), bytes, "what a later version wrote is left as it is");
    }
    assert_eq!(read, 2, "one of each format");
}

/// The format that a ledger says it has: where SQLite keeps `user_version`.
fn format_of(ledger: &Path) -> u32 {
    u32::from_be_bytes(fs::read(ledger).unwrap()[60..64].try_into().unwrap())
}

fn time(day: i64) -> Timestamp {
    Timestamp::from_second(1_711_000_000 + day * 86_400).unwrap()
}

fn exchange(url: &str, body: &str, day: i64) -> Exchange {
    let answer = Answer {
        url: url.to_owned(),
        asked: time(day),
        request: vec![Field::new("Host", "wire.example")],
        protocol: Protocol::Http11,
        status: 200,
        fields: vec![Field::new("content-type", "text/html; charset=utf-8")],
        body: body.as_bytes().to_vec(),
        truncated: None,
        peer: None,
        location: None,
    };
    Exchange { requested: url.to_owned(), began: time(day), hops: Vec::new(), answer: Some(answer), failure: None }
}

#[test]
fn letting_go_never_takes_what_an_observation_needs() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let url = "https://wire.example/ferries";
    let claims = CLAIM.replace("\"page.html\"", &format!("\"{url}\""));
    fs::write(folder.join("claims.toml"), &claims).unwrap();
    let archive = folder.join("archive");
    let look = |day: i64, body: &str| {
        let mut open = Archive::open(&archive, Mode::Write).unwrap();
        open.append_exchange(&exchange(url, body, day)).unwrap();
        open.flush().unwrap();
    };
    // ten looks at the same words, an edit that a check saw, ten looks more; between them, failures and another page
    for day in 0..10 {
        look(day, &PAGE.replace("<body>", &format!("<body><p>Advertisement {day}.</p>")));
    }
    status(folder, &["check"], 0);
    look(10, &PAGE.replace("repaired,", "rebuilt,"));
    status(folder, &["check"], 1);
    for day in 11..20 {
        look(day, &PAGE.replace("<body>", &format!("<body><p>Advertisement {day}.</p>")));
    }
    {
        let mut open = Archive::open(&archive, Mode::Write).unwrap();
        open.append_failure(url, Failure::new(Reason::Timeout, "no answer"), time(15)).unwrap();
        open.append_exchange(&exchange("https://wire.example/other", "<p>Nobody's claim.</p>", 3)).unwrap();
        let key = Key::generate().unwrap();
        open.sign(&key, time(21)).unwrap();
        open.flush().unwrap();
    }
    status(folder, &["check"], 0);
    let history = status(folder, &["history"], 0).out;
    let before: Vec<_> = Archive::open(&archive, Mode::Read).unwrap().captures().to_vec();
    assert_eq!(before.len(), 22);

    let told = status(folder, &["archive", "gc", "--dry-run"], 0).out;
    assert!(told.contains("captures would be let go"), "{told}");
    assert_eq!(Archive::open(&archive, Mode::Read).unwrap().captures().len(), 22, "a dry run changes nothing");
    // with the newest kept by the hundred, or of the last hundred years, nothing goes
    for few in [["--newest", "100"], ["--days", "36500"]] {
        let told = status(folder, &["archive", "gc", few[0], few[1]], 0).out;
        let most = if few[0] == "--newest" { "1 captures would" } else { "0 captures would" };
        assert!(told.contains(most) || told.contains("1 captures let go") || told.contains("0 captures"), "{told}");
    }
    let told = status(folder, &["archive", "gc"], 0).out;
    assert!(told.contains("let go") && told.contains("old head") && told.contains("before-gc"), "{told}");
    let kept = Archive::open(&archive, Mode::Read).unwrap();
    assert!(kept.captures().len() < 12, "{}", kept.captures().len());
    // the only capture of the edit, what was seen before and after it, the first and the newest
    for day in [0, 9, 10, 19] {
        let of_day = kept.captures().iter().find(|capture| capture.captured == time(day) && capture.requested == url);
        let of_day = of_day.unwrap_or_else(|| panic!("day {day} is gone: {told}"));
        assert!(!kept.body(&of_day.id).unwrap().bytes.is_empty());
    }
    assert!(kept.captures().iter().any(|capture| capture.requested.ends_with("/other")));
    // every byte holds, and the old log with its signature still vouches for what was kept
    let verified = verify(&archive, &Pins::default()).unwrap();
    assert!(verified.holds(), "{:?}", verified.problems);
    let notes = verified.notes.join("\n");
    assert!(notes.contains("records were let go") && notes.contains("signed"), "{notes}");
    // the same history, and a check goes on
    assert_eq!(status(folder, &["history"], 0).out, history);
    status(folder, &["check", "--since-last"], 0);
    look(30, PAGE);
    status(folder, &["check"], 0);
    assert!(verify(&archive, &Pins::default()).unwrap().holds());
    // the archive as it was is whole
    let old = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let old: Vec<_> = old.filter(|path| path.to_string_lossy().contains("before-gc")).collect();
    assert!(!old.is_empty());
    assert!(old.iter().any(|old| Archive::open(old, Mode::Read).unwrap().captures().len() == 22));
    // what was brought along is vouched for as well
    let log = archive.join("gc-000001.log.jsonl");
    let mut bytes = fs::read(&log).unwrap();
    bytes[40] ^= 1;
    fs::write(&log, bytes).unwrap();
    assert!(!verify(&archive, &Pins::default()).unwrap().holds());
    let refused = status(folder, &["archive", "gc", "--days", "0", "--newest", "1"], 2);
    assert!(refused.err.contains("nothing is let go") || refused.err.contains("does not hold"), "{}", refused.err);
}

#[test]
fn without_a_history_nothing_is_let_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut open = Archive::open(&folder.path().join("archive"), Mode::Write).unwrap();
    for day in 0..9 {
        open.append_exchange(&exchange("https://wire.example/a", &format!("<p>{day}</p>"), day)).unwrap();
    }
    drop(open);
    let refused = status(folder.path(), &["archive", "gc"], 2);
    assert!(refused.err.contains("no history"), "{}", refused.err);
}
