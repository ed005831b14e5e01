//! Copies that a person brings, and the configuration file.

use super::desk::{Desk, claim, verdicts};
use crate::support::faults::{self, WORDS};
use crate::support::server::Server;

const CHECK: [&str; 5] = ["--allow-private", "--interval", "0", "--retries", "0"];

fn wall() -> Server {
    Server::start(|request, connection| match request.path.as_str() {
        "/wall" => connection.answer("403 Forbidden", "Content-Type: text/html\r\n", "<h1>Access denied</h1>"),
        _ => faults::answer(request, connection),
    })
}

fn manifest(source: &str) -> String {
    format!(
        "[sources.wire]\nurl = \"{source}\"\n\n\
         [[claim]]\nid = \"good\"\nstatement = '“{WORDS},” said Ada Nyland.'\nsource = \"wire\"\n\n\
         [[claim]]\nid = \"falsified\"\nstatement = '“The ferry will sail before Thursday,” said Ada Nyland.'\nsource = \"wire\"\n"
    )
}

#[test]
fn a_copy_stands_in_for_a_wall_and_is_shown_as_that_persons() {
    let server = wall();
    let desk = Desk::with(&manifest(&server.url("/wall")));
    let (report, _) = desk.check(&CHECK);
    assert_eq!(claim(&report, "good")["checks"][0]["reason"], "blocked");
    let shown = desk.run(&[&["check"], &CHECK[..], &["--width", "200"]].concat());
    assert!(shown.out.contains("onrecord attach"), "the wall says how: {}", shown.out);

    desk.write("saved.html", faults::page());
    let attach = ["attach", "wire", "saved.html", "--seen", "2024-03-23", "--by", "K. Moreau"];
    let ran = desk.run(&attach);
    assert_eq!(ran.status, 0, "{ran:?}");
    let (report, status) = desk.check(&CHECK);
    assert_eq!((status, verdicts(&report)), (1, vec!["good on-record".to_owned(), "falsified altered".to_owned()]));
    let capture = &claim(&report, "good")["checks"][0]["capture"];
    assert_eq!(capture["supplied_by"], "K. Moreau");
    assert_eq!((&capture["origin"], &capture["status"]), (&"imported".into(), &serde_json::Value::Null));
    assert_eq!(capture["captured"], "2024-03-23T00:00:00Z");
    for format in ["text", "markdown"] {
        let shown =
            desk.run(&[&["check", "--offline", "--verbose", "--width", "200"], &["--format", format][..]].concat());
        assert!(shown.out.contains("supplied by K. Moreau"), "{format}: {}", shown.out);
    }

    // once more is no second record; another file is
    let before = desk.files();
    assert_eq!(desk.run(&attach).status, 0);
    assert_eq!(before, desk.files());
}

#[test]
fn a_copy_does_not_keep_the_page_itself_from_being_asked_for() {
    let server = wall();
    let desk = Desk::with(&manifest(&server.url("/ok")));
    desk.write("saved.txt", "An older state of the page, without the words.");
    assert_eq!(desk.run(&["attach", "wire", "saved.txt", "--seen", "2024-03-23", "--by", "KM"]).status, 0);
    let (report, _) = desk.check(&CHECK);
    assert_eq!(verdicts(&report)[0], "good on-record");
    assert_eq!(claim(&report, "good")["checks"][0]["capture"]["supplied_by"], serde_json::Value::Null);
}

#[test]
fn a_picture_is_read_through_the_words_that_were_typed_off_it() {
    let desk = Desk::with(&manifest("https://print.example/page-4"));
    desk.write("page.png", b"\x89PNG\r\n\x1a\n");
    desk.write("page.txt", format!("“{WORDS},” said Ada Nyland, the harbour master."));
    let name = "KM\u{1b}]0;title\u{7}";
    let common = ["attach", "https://print.example/page-4", "page.png", "--seen", "2024-03-23T08:00:00Z", "--by", name];
    let refused = desk.run(&common);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("--typed"), "{}", refused.err);
    assert_eq!(desk.run(&[&common[..], &["--typed", "page.txt"]].concat()).status, 0);
    let (report, _) = desk.check(&["--offline"]);
    assert_eq!(verdicts(&report), ["good on-record", "falsified altered"]);
    for format in ["text", "markdown"] {
        let shown = desk.run(&["check", "--offline", "--verbose", "--format", format]);
        assert!(shown.out.contains("supplied by KM") && !shown.out.contains('\u{1b}'), "{format}: {}", shown.out);
    }
}

#[test]
fn what_cannot_be_attached_is_said() {
    let desk = Desk::with(&manifest("https://wire.example/a"));
    desk.write("saved.html", faults::page());
    for (arguments, expected) in [
        (vec!["nobody", "saved.html", "--seen", "2024-03-23", "--by", "KM"], "neither a source"),
        (vec!["wire", "gone.html", "--seen", "2024-03-23", "--by", "KM"], "cannot read gone.html"),
        (vec!["wire", "saved.html", "--seen", "yesterday", "--by", "KM"], "is no date"),
        (vec!["wire", "saved.html", "--seen", "2999-01-01", "--by", "KM"], "in the future"),
        (vec!["wire", "saved.html", "--seen", "2024-03-23", "--by", " "], "--by"),
        (vec!["file:///etc/passwd", "saved.html", "--seen", "2024-03-23", "--by", "KM"], "neither a source"),
    ] {
        let ran = desk.run(&[&["attach"], &arguments[..]].concat());
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(ran.err.contains(expected), "{arguments:?}: {}", ran.err);
    }
    assert!(!desk.path("archive").exists(), "nothing was written");
}

#[test]
fn the_configuration_file_beside_the_manifest_is_read() {
    let server = Server::start(|request, connection| match request.header("x-desk") {
        Some("hunter2") => connection.page(&faults::page()),
        _ => connection.answer("401 Unauthorized", "", "who are you?"),
    });
    let desk = Desk::with(&manifest(&server.url("/")));
    desk.write(
        "onrecord.toml",
        format!("contact = 'desk@daily.example'\n[hosts.'{}'.headers]\nX-Desk = 'hunter2'\n", server.url("")),
    );
    let (report, _) = desk.check(&CHECK);
    assert_eq!(verdicts(&report)[0], "good on-record", "{report:#}");
    assert!(server.requests()[0].header("user-agent").unwrap().contains("desk@daily.example"));

    // a variable that is not there is said, and its value is shown nowhere
    desk.write("other.toml", format!("[hosts.'{}'.headers]\nX-Desk = 'env:DESK_KEY'\n", server.url("")));
    let ran = desk.run(&["check", "--config", "other.toml"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("no variable DESK_KEY"), "{}", ran.err);
}

#[test]
fn proxies_of_the_environment_are_ignored() {
    let proxy = Server::start(|_, connection| connection.answer("502 Proxy", "", ""));
    let server = wall();
    let desk = Desk::with(&manifest(&server.url("/ok")));
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("onrecord"));
    command.env_clear().current_dir(desk.path("")).args(["check", "--format", "json"]).args(CHECK);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env(name, proxy.url("/"));
    }
    let output = command.output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((verdicts(&report)[0].as_str(), proxy.connections()), ("good on-record", 0));

    // one that the configuration names is asked
    desk.write("onrecord.toml", format!("proxy = '{}'\n", proxy.url("").replace("127.0.0.1", "localhost")));
    let (report, _) = desk.check(&[&CHECK[..], &["--refresh"]].concat());
    assert!(proxy.connections() > 0, "{report:#}");
}
