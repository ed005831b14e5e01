//! Watching from outside: one look after another at a page that is edited, what is told of it, and to whom.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::desk::Desk;
use crate::support::server::Server;

const EDITS: [(&str, &str); 4] = [
    ("The ferry will not sail before Thursday", "1,436"),
    ("The ferry will hardly sail before Thursday", "1,436"),
    ("The ferry will hardly sail before Friday", "1,436"),
    ("The ferry will hardly sail before Friday", "1,643"),
];

fn page(edit: usize) -> String {
    let (words, tiles) = EDITS[edit.min(EDITS.len() - 1)];
    format!(
        "<html lang=\"en\"><head><title>Quay closed</title></head><body><article><h1>Quay closed</h1>\
         <p>“{words},” said Ada Nyland, the harbour master of Skerry Point.</p>\
         <p>The storm tore {tiles} roof tiles from the customs house on Monday night.</p></article></body></html>"
    )
}

struct Scene {
    edit: Arc<AtomicUsize>,
    server: Server,
    desk: Desk,
}

fn scene() -> Scene {
    let edit = Arc::new(AtomicUsize::new(0));
    let now = Arc::clone(&edit);
    let server = Server::start(move |_, connection| connection.page(&page(now.load(Ordering::SeqCst))));
    let desk = Desk::with(&manifest(&server.url("/story")));
    Scene { edit, server, desk }
}

fn manifest(url: &str) -> String {
    format!(
        "every = \"6 h\"\n[[claim]]\nid = \"ferry\"\nstatement = 'Ada Nyland said “The ferry will not sail before Thursday”.'\n\
         quote = 'The ferry will not sail before Thursday'\nspeaker = 'Ada Nyland'\nsource = \"{url}\"\n\
         [[claim]]\nid = \"tiles\"\nstatement = 'The storm tore 1,436 roof tiles from the customs house.'\n\
         figure = '1,436'\nsource = \"{url}\"\n"
    )
}

const LOOK: [&str; 5] = ["watch", "--once", "--allow-private", "--interval", "0"];

/// Output with dates and the server's port left out.
fn plain(text: &str, server: &Server) -> String {
    let text = text.replace(&server.address().to_string(), "wire.example");
    let mut plain = String::new();
    for line in text.lines() {
        let words: Vec<String> = line
            .split(' ')
            .map(|word| {
                let bytes = word.as_bytes();
                let shape = |pattern: &str| {
                    bytes.len() == pattern.len()
                        && bytes
                            .iter()
                            .zip(pattern.bytes())
                            .all(|(b, p)| if p == b'0' { b.is_ascii_digit() } else { *b == p })
                };
                if shape("0000-00-00") {
                    "DATE".to_owned()
                } else if shape("00:00") {
                    "TIME".to_owned()
                } else if shape("0000-00-00T00:00:00Z") || shape("0000-00-00T00:00:00Z.") {
                    "WHEN".to_owned()
                } else {
                    word.to_owned()
                }
            })
            .collect();
        plain.push_str(words.join(" ").trim_end());
        plain.push('\n');
    }
    plain
}

#[test]
fn a_page_that_is_edited_three_times_has_its_history() {
    let Scene { edit, server, desk } = scene();
    let mut statuses = Vec::new();
    for number in 0..EDITS.len() {
        edit.store(number, Ordering::SeqCst);
        statuses.push(desk.run(&LOOK).status);
        // The same again is silence.
        assert_eq!(desk.run(&LOOK).status, 0);
        std::thread::sleep(Duration::from_millis(1100)); // captures of one second have one date
    }
    assert_eq!(statuses, [0, 1, 1, 1]);
    let history = desk.run(&["history"]);
    assert_eq!(history.status, 0, "{history:?}");
    insta::assert_snapshot!("history_of_an_edited_page", plain(&history.out, &server));
    let one = desk.run(&["history", "tiles"]);
    assert!(one.out.contains("1,643") && !one.out.contains("ferry"), "{one:?}");
    let unknown = desk.run(&["history", "nobody"]);
    assert_eq!(unknown.status, 2, "{unknown:?}");
    let diff = desk.run(&["diff", &server.url("/story")]);
    assert_eq!(diff.status, 1, "{diff:?}");
    insta::assert_snapshot!("diff_of_an_edited_page", plain(&diff.out, &server));
    let status = desk.run(&["status"]);
    insta::assert_snapshot!("status_of_a_watched_manifest", plain(&status.out, &server));
}

#[test]
fn what_rests_on_a_source_is_named_over_all_manifests() {
    let Scene { edit, server, desk } = scene();
    let url = server.url("/story");
    for name in ["one.toml", "two.toml"] {
        let other = manifest(&url).replace("id = \"ferry\"", "id = \"boat\"");
        std::fs::write(desk.path(name), other).unwrap();
    }
    let elsewhere = manifest(&server.url("/other"));
    std::fs::write(desk.path("three.toml"), elsewhere).unwrap();
    let all = [&LOOK[..], &["claims.toml", "one.toml", "two.toml", "three.toml"]].concat();
    assert_eq!(desk.run(&all).status, 0);
    edit.store(1, Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(desk.run(&all).status, 1);
    let affected = desk.run(&["affected", &url]);
    assert_eq!(affected.status, 1, "{affected:?}");
    insta::assert_snapshot!("what_rests_on_an_edited_page", plain(&affected.out, &server));
    let nothing = desk.run(&["affected", "https://nobody.example/"]);
    assert!(nothing.status == 0 && nothing.out.contains("no claim"), "{nothing:?}");
}

/// How often each delivery came.
fn deliveries(receiver: &Server) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for request in receiver.requests() {
        let number = request.header("onrecord-delivery").unwrap().to_owned();
        assert!(request.header("onrecord-signature").is_some_and(|value| value.starts_with("sha256=")));
        *counted.entry(number).or_default() += 1;
    }
    counted
}

#[test]
fn an_alert_that_is_not_taken_is_kept_and_one_that_is_taken_is_not_sent_again() {
    let Scene { edit, server: _server, desk } = scene();
    let answers = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&answers);
    let receiver = Server::start(move |_, connection| match count.fetch_add(1, Ordering::SeqCst) {
        0 => connection.answer("503 Service Unavailable", "", "busy"),
        _ => connection.answer("204 No Content", "", ""),
    });
    let channel = format!("webhook={}", receiver.url("/hook"));
    let look = [&LOOK[..], &["--alert", &channel]].concat();
    let secret = [("ONRECORD_WEBHOOK_SECRET", "a long secret")];
    assert_eq!(desk.run_with(&look, &secret).status, 0);
    edit.store(2, Ordering::SeqCst);
    let ran = desk.run_with(&look, &secret);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("it will be tried again"), "{ran:?}");
    // Not before its time.
    assert_eq!(desk.run_with(&look, &secret).status, 0);
    assert_eq!(deliveries(&receiver).values().sum::<usize>(), 1, "the next try is a minute away");
    // Once it is due it goes, and then never again.
    let ledger = desk.path("archive/history.sqlite");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ledger = onrecord::history::Ledger::open(&ledger).await.unwrap();
        let later = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(2);
        let due = ledger.due(later).await.unwrap();
        assert_eq!(due.len(), 1);
        ledger.not_told(&due, jiff::Timestamp::now(), "again, at once").await.unwrap();
    });
    for _ in 0..3 {
        assert_eq!(desk.run_with(&look, &secret).status, 0);
    }
    assert_eq!(deliveries(&receiver), BTreeMap::from([("1".to_owned(), 2)]), "one refused, one taken");
}

#[test]
fn killed_at_any_moment_nothing_is_lost() {
    let Scene { edit, server: _server, desk } = scene();
    let receiver = Server::start(|_, connection| connection.answer("204 No Content", "", ""));
    let channel = format!("webhook={}", receiver.url("/hook"));
    let look = [&LOOK[..], &["--alert", &channel]].concat();
    let secret = [("ONRECORD_WEBHOOK_SECRET", "a long secret")];
    assert_eq!(desk.run_with(&look, &secret).status, 0);
    edit.store(1, Ordering::SeqCst);
    for pause in [15, 30, 45, 60, 80, 100, 130, 160] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("onrecord"))
            .env_clear()
            .env(secret[0].0, secret[0].1)
            .current_dir(desk.path("."))
            .args(&look)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        let _ = child.kill();
        child.wait().unwrap();
    }
    let last = desk.run_with(&look, &secret);
    assert!(matches!(last.status, 0 | 1), "{last:?}");
    let history = desk.run(&["history", "ferry"]);
    assert_eq!(history.out.matches("the source was reworded").count(), 1, "{history:?}");
    let told = deliveries(&receiver);
    assert_eq!(told.keys().collect::<Vec<_>>(), ["1"], "one change, one number");
}

#[test]
fn a_ledger_that_another_process_holds_is_waited_for_or_named() {
    let Scene { desk, .. } = scene();
    assert_eq!(desk.run(&LOOK).status, 0);
    let path = desk.path("archive/history.sqlite");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ran = runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
        let pool = sqlx::sqlite::SqlitePool::connect_with(options).await.unwrap();
        let held = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let ran = desk.run(&LOOK);
        held.rollback().await.unwrap();
        ran
    });
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("history.sqlite") && ran.err.contains("locked"), "{ran:?}");
    assert_eq!(desk.run(&LOOK).status, 0, "and goes on afterwards");
}

#[test]
fn a_schedule_that_cannot_be_understood_is_named_with_its_line() {
    let Scene { desk, server, .. } = scene();
    desk.write("claims.toml", manifest(&server.url("/story")).replace("6 h", "now and then"));
    let ran = desk.run(&LOOK);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("now and then") && ran.err.contains("claims.toml:2"), "{ran:?}");
}
