//! A run that is killed: what it had captured stays, and the next run goes on from there.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use onrecord::archive::{Archive, Mode};
use onrecord::model::Outcome;

use super::desk::Desk;
use crate::support::server::Server;

// a page that is kept waiting here must not end for its time instead
const CAPTURE: [&str; 6] = ["capture", "--allow-private", "--interval", "0", "--header-timeout", "60"];

fn page(path: &str) -> String {
    format!(
        "<html><body><article><p>The lighthouse of page {path} was painted red in spring.</p></article></body></html>"
    )
}

/// A manifest with a claim for each path.
fn manifest(server: &Server, paths: &[String]) -> String {
    let claim = |path: &String| {
        let url = server.url(path);
        format!("[[claim]]\nstatement = \"The lighthouse of page {path} was painted red.\"\nsource = \"{url}\"\n")
    };
    paths.iter().map(claim).collect()
}

fn begin(desk: &Desk) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("onrecord"))
        .env_clear()
        .current_dir(desk.path("."))
        .args(CAPTURE)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Ends a run as a power cut would.
fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// How many bodies an archive holds, each of them read.
fn bodies(folder: &Path) -> usize {
    let archive = Archive::open(folder, Mode::Read).unwrap();
    for capture in archive.captures() {
        assert_eq!(capture.outcome, Outcome::Body, "{capture:?}");
        let body = archive.body(&capture.id).unwrap();
        assert!(String::from_utf8(body.bytes).unwrap().contains("lighthouse"));
    }
    archive.captures().len()
}

fn asked(server: &Server, path: &str) -> usize {
    server.requests().iter().filter(|request| request.path == path).count()
}

#[test]
fn what_arrived_before_the_end_is_not_fetched_again() {
    let open = Arc::new(AtomicBool::new(false));
    let gate = Arc::clone(&open);
    // Whichever page is asked for first is served, and the other one waits.
    let served = AtomicUsize::new(0);
    let server = Server::start(move |request, connection| {
        let began = Instant::now();
        let late = request.path != "/robots.txt" && served.fetch_add(1, Ordering::SeqCst) > 0;
        while late && !gate.load(Ordering::SeqCst) && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(10));
        }
        connection.page(&page(&request.path));
    });
    let desk = Desk::with(&manifest(&server, &["/1".to_owned(), "/2".to_owned()]));
    let child = begin(&desk);
    let began = Instant::now();
    while asked(&server, "/1") == 0 || asked(&server, "/2") == 0 || bodies(&desk.path("archive")) == 0 {
        assert!(began.elapsed() < Duration::from_secs(15), "the first page never arrived");
        std::thread::sleep(Duration::from_millis(10));
    }
    kill(child);
    open.store(true, Ordering::SeqCst);
    let ran = desk.run(&CAPTURE);
    assert_eq!(ran.status, 0, "{ran:?}");
    let mut times = [asked(&server, "/1"), asked(&server, "/2")];
    times.sort_unstable();
    assert_eq!(times, [1, 2], "what had arrived is not asked for again");
    assert_eq!(bodies(&desk.path("archive")), 2);
    assert_eq!(desk.run(&["check", "--offline", "--format", "json"]).status, 3, "statements are for people");
}

#[test]
fn runs_that_are_killed_at_any_moment_leave_whole_records() {
    let server = Server::start(|request, connection| {
        std::thread::sleep(Duration::from_millis(3));
        connection.page(&page(&request.path));
    });
    let paths: Vec<String> = (0..40).map(|number| format!("/{number}")).collect();
    let desk = Desk::with(&manifest(&server, &paths));
    let mut held = 0;
    for pause in [10, 25, 40, 60, 80, 100] {
        let child = begin(&desk);
        std::thread::sleep(Duration::from_millis(pause));
        kill(child);
        let now = if desk.path("archive").exists() { bodies(&desk.path("archive")) } else { 0 };
        assert!(now >= held, "records were lost: {held}, then {now}");
        held = now;
    }
    let ran = desk.run(&CAPTURE);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(bodies(&desk.path("archive")), paths.len(), "each page once");
}

#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_ends_cleanly_and_the_next_one_goes_on() {
    let open = Arc::new(AtomicBool::new(false));
    let gate = Arc::clone(&open);
    // Whichever page is asked for first is served, and the other one waits.
    let first = Arc::new(OnceLock::new());
    let served = Arc::clone(&first);
    let server = Server::start(move |request, connection| {
        let began = Instant::now();
        let late = request.path != "/robots.txt" && *served.get_or_init(|| request.path.clone()) != request.path;
        while late && !gate.load(Ordering::SeqCst) && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(10));
        }
        connection.page(&page(&request.path));
    });
    let waiting = || {
        let other = if first.get().is_some_and(|first| first == "/1") { "/2" } else { "/1" };
        first.get().map_or(0, |_| asked(&server, other))
    };
    let desk = Desk::with(&manifest(&server, &["/1".to_owned(), "/2".to_owned()]));
    for signal in ["-INT", "-TERM"] {
        let child = Command::new(assert_cmd::cargo::cargo_bin!("onrecord"))
            .env_clear()
            .current_dir(desk.path("."))
            .args(CAPTURE)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let began = Instant::now();
        let before = waiting();
        while waiting() == before || bodies(&desk.path("archive")) == 0 {
            assert!(began.elapsed() < Duration::from_secs(15), "the first page never arrived");
            std::thread::sleep(Duration::from_millis(10));
        }
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{signal}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("interrupted") && said.contains("the next run goes on"), "{said}");
    }
    open.store(true, Ordering::SeqCst);
    assert_eq!(desk.run(&CAPTURE).status, 0);
    let complete = first.get().expect("a page was asked for");
    assert_eq!(asked(&server, complete), 1, "what was complete is not fetched again");
    assert_eq!(bodies(&desk.path("archive")), 2);
}

#[test]
fn what_a_run_says_holds_nothing_of_the_claims() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/1" => connection.answer("404 Not Found", "", "gone"),
        _ => connection.page(&page(&request.path)),
    });
    let desk = Desk::with(&manifest(&server, &["/1".to_owned(), "/2".to_owned()]));
    let ran = desk.run(&CAPTURE);
    assert!(ran.err.contains("not captured"), "{}", ran.err);
    for word in ["lighthouse", "painted"] {
        assert!(!ran.err.contains(word) && !ran.out.contains(word), "{ran:?}");
    }
}
