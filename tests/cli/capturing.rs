//! Must-show 3: a manifest whose sources are on a local server, captured, checked, and checked again without it.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::Value;

use super::desk::{Desk, claim, strings_at, verdicts};
use crate::support::server::Server;

/// Nothing waits for politeness on the loopback interface.
const CHECK: [&str; 3] = ["--allow-private", "--interval", "0"];

const STORY: &str = "<html><head><title>Quay closed</title></head><body><article><h1>Quay closed</h1>\
    <p>“The ferry will not sail before Thursday,” said Ada Nyland, the harbour master of Skerry Point.</p>\
    <p>The storm tore 1,436 roof tiles from the customs house on Monday night.</p></article></body></html>";

/// A claim in quotation marks.
fn quoted(id: &str, words: &str, source: &str) -> String {
    format!(
        "[[claim]]\nid = \"{id}\"\nstatement = '“{words},” said Ada Nyland.'\nquote = \"{words}\"\nsource = \"{source}\"\n\n"
    )
}

/// A claim about the roof tiles.
fn counted(id: &str, figure: &str, source: &str) -> String {
    format!(
        "[[claim]]\nid = \"{id}\"\nstatement = \"The storm tore {figure} roof tiles from the customs house.\"\n\
         figure = \"{figure}\"\nsource = \"{source}\"\n\n"
    )
}

/// The reason that the only check of a claim gives.
fn reason<'r>(report: &'r Value, id: &str) -> &'r str {
    let claim = claim(report, id);
    assert_eq!(claim["verdict"], "unavailable", "{claim:#}");
    claim["checks"][0]["reason"].as_str().unwrap()
}

#[test]
fn what_was_captured_is_checked_again_without_the_server() {
    let server = Server::start(|_, connection| connection.page(STORY));
    let story = server.url("/story");
    let manifest = [
        quoted("good", "The ferry will not sail before Thursday", &story),
        quoted("falsified", "The ferry will sail before Thursday", &story),
        counted("figure", "1,436", &story),
        counted("wrong-figure", "1,634", &story),
        quoted("other-page", "The ferry will not sail before Thursday", &server.url("/copy#place")),
    ];
    let desk = Desk::with(&manifest.concat());
    let (online, status) = desk.check(&CHECK);
    let expected =
        ["good on-record", "falsified altered", "figure on-record", "wrong-figure mismatch", "other-page on-record"];
    assert_eq!(verdicts(&online), expected, "{online:#}");
    assert_eq!(status, 1);
    let mut asked: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    asked.sort();
    assert_eq!(asked, ["/copy", "/story"], "each page is fetched once, however many claims name it");
    let capture = &claim(&online, "good")["checks"][0]["capture"];
    assert_eq!((capture["status"].as_u64(), capture["origin"].as_str()), (Some(200), Some("live")));

    let before = desk.files();
    drop(server);
    let (offline, status) = desk.check(&["--offline"]);
    assert_eq!(status, 1);
    assert_eq!(online, offline);
    assert_eq!(before, desk.files(), "an offline run writes nothing");
}

#[test]
fn a_second_run_fetches_only_what_is_missing_and_refresh_fetches_all() {
    let server = Server::start(|_, connection| connection.page(STORY));
    let desk = Desk::with(&quoted("one", "The ferry will not sail before Thursday", &server.url("/1")));
    assert_eq!(desk.check(&CHECK).1, 0);
    assert_eq!(desk.check(&CHECK).1, 0);
    assert_eq!(server.requests().len(), 1);
    let second = quoted("two", "The ferry will not sail before Thursday", &server.url("/2"));
    desk.write("claims.toml", desk.read("claims.toml") + &second);
    assert_eq!(desk.check(&CHECK).1, 0);
    assert_eq!(server.requests().len(), 2);
    assert_eq!(desk.check(&[&CHECK[..], &["--refresh"]].concat()).1, 0);
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn what_cannot_be_read_is_unavailable_with_its_reason_and_disturbs_nobody() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/good" => connection.page(STORY),
        "/large" => {
            let padding = "<p>Nothing to see on this quay.</p>".repeat(60_000);
            connection.page(&STORY.replace("</article>", &format!("{padding}</article>")));
        }
        "/picture" => connection.answer("200 OK", "Content-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"),
        "/loop" => connection.redirect("/pool"),
        "/pool" => connection.redirect("/loop"),
        "/slow" => std::thread::sleep(Duration::from_secs(3)),
        "/hangs-up" => {}
        _ => connection.answer("404 Not Found", "Content-Type: text/html\r\n", "<h1>Not found</h1>"),
    });
    // A port that was free a moment ago: nobody listens there.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let words = "The ferry will not sail before Thursday";
    let manifest = [
        quoted("down", words, &format!("http://{closed}/")),
        quoted("large", words, &server.url("/large")),
        quoted("picture", words, &server.url("/picture")),
        quoted("loop", words, &server.url("/loop")),
        quoted("gone", words, &server.url("/missing")),
        quoted("slow", words, &server.url("/slow")),
        quoted("hangs-up", words, &server.url("/hangs-up")),
        quoted("good", words, &server.url("/good")),
        counted("figure", "1,436", &server.url("/good")),
    ];
    let desk = Desk::with(&manifest.concat());
    let limits = ["--max-size", "1", "--header-timeout", "1"];
    let (online, status) = desk.check(&[&CHECK[..], &limits].concat());
    assert_eq!(status, 3, "{:?}", verdicts(&online));
    for (id, expected) in [
        ("down", "connect"),
        ("large", "too-large"),
        ("picture", "unsupported-type"),
        ("loop", "too-many-redirects"),
        ("gone", "gone"),
        ("slow", "timeout"),
        ("hangs-up", "http-error"),
    ] {
        assert_eq!(reason(&online, id), expected, "{id}");
        assert!(claim(&online, id)["checks"][0]["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{id}");
    }
    assert_eq!(claim(&online, "good")["verdict"], "on-record");
    assert_eq!(claim(&online, "figure")["verdict"], "on-record");
    let summary = &online["summary"];
    assert_eq!((summary["unavailable"].as_u64(), summary["on-record"].as_u64()), (Some(7), Some(2)));

    drop(server);
    let (offline, status) = desk.check(&["--offline", "--max-size", "1"]);
    assert_eq!((status, &online), (3, &offline), "the failures are in the archive, too");
}

#[test]
fn private_addresses_are_refused_without_a_connection() {
    let server = Server::start(|_, connection| connection.page(STORY));
    let port = server.address().port();
    let words = "The ferry will not sail before Thursday";
    let hosts = ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0"];
    let claims = hosts
        .iter()
        .enumerate()
        .map(|(number, host)| quoted(&format!("c{number}"), words, &format!("http://{host}:{port}/story")));
    let desk = Desk::with(&claims.collect::<String>());
    let (report, status) = desk.check(&["--interval", "0"]);
    assert_eq!(status, 3);
    for (number, host) in hosts.iter().enumerate() {
        assert_eq!(reason(&report, &format!("c{number}")), "refused-address", "{host}");
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn what_a_first_run_could_not_get_is_tried_again() {
    let server = Server::start(|_, connection| connection.page(STORY));
    let desk = Desk::with(&quoted("one", "The ferry will not sail before Thursday", &server.url("/")));
    assert_eq!(reason(&desk.check(&["--interval", "0"]).0, "one"), "refused-address");
    let (report, status) = desk.check(&CHECK);
    assert_eq!((status, server.requests().len()), (0, 1), "{report:#}");
}

#[test]
fn a_later_failure_hides_no_earlier_capture() {
    let server = Server::start(|_, connection| connection.page(STORY));
    let desk = Desk::with(&quoted("one", "The ferry will not sail before Thursday", &server.url("/")));
    assert_eq!(desk.check(&CHECK).1, 0);
    drop(server);
    std::thread::sleep(Duration::from_millis(100));
    let ran = desk.run(&[&["check", "--refresh"], &CHECK[..]].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("not captured"), "{}", ran.err);
}

#[test]
fn capture_then_check_offline() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/story" => connection.page(STORY),
        _ => connection.redirect("/story"),
    });
    let words = "The ferry will not sail before Thursday";
    let manifest = [quoted("straight", words, &server.url("/story")), quoted("moved", words, &server.url("/old"))];
    let desk = Desk::with(&manifest.concat());
    let ran = desk.run(&[&["capture"], &CHECK[..]].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    drop(server);
    let (report, status) = desk.check(&["--offline"]);
    assert_eq!((status, verdicts(&report)), (0, vec!["straight on-record".to_owned(), "moved on-record".to_owned()]));
    let mut addresses = Vec::new();
    strings_at(&report, "url", &mut addresses);
    assert!(addresses.iter().all(|address| address.ends_with("/story")), "{addresses:?}");
}

#[test]
fn a_file_of_the_archive_serves_for_reading_only() {
    let server = Server::start(|_, connection| connection.page(STORY));
    let desk = Desk::with(&quoted("one", "The ferry will not sail before Thursday", &server.url("/")));
    assert_eq!(desk.check(&CHECK).1, 0);
    drop(server);
    std::fs::copy(desk.path("archive/segment-000001.warc.gz"), desk.path("crawl.warc.gz")).unwrap();
    std::fs::remove_dir_all(desk.path("archive")).unwrap();
    let before = desk.files();
    let (report, status) = desk.check(&["--offline", "--archive", "crawl.warc.gz"]);
    assert_eq!((status, verdicts(&report)), (0, vec!["one on-record".to_owned()]));
    assert_eq!(before, desk.files());
}

#[test]
fn a_manifest_says_what_its_archive_leaves_out() {
    let server = Server::start(|_, connection| {
        connection.answer("200 OK", "Content-Type: text/html\r\nSet-Cookie: reader=of-ours\r\n", STORY);
    });
    let story = server.url("/story?token=of-ours&page=2");
    let privacy = "[privacy]\nleave_out = [\"requests\", \"cookies\"]\nredact = [\"token\"]\n\n";
    let desk = Desk::with(&format!("{privacy}{}", quoted("one", "The ferry will not sail before Thursday", &story)));
    assert_eq!(desk.check(&CHECK).1, 0);
    assert_eq!(server.requests()[0].path, "/story?token=of-ours&page=2", "the server is asked for the page itself");
    drop(server);
    assert_eq!(desk.check(&["--offline"]).1, 0, "the capture is found without the parameter's value");
    let shown = desk.run(&["archive", "export", "evidence.wacz"]);
    assert_eq!(shown.status, 0, "{shown:?}");
    for name in ["archive/segment-000001.warc.gz", "evidence.wacz"] {
        let archive = onrecord::archive::Archive::open(&desk.path(name), onrecord::archive::Mode::Read).unwrap();
        assert_eq!(archive.captures().len(), 1, "{name}");
        assert!(archive.captures()[0].requested.ends_with("/story?token=redacted&page=2"));
    }
    let mut records = String::new();
    let segment = std::fs::File::open(desk.path("archive/segment-000001.warc.gz")).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(segment), &mut records).unwrap();
    assert!(records.contains("WARC-Type: response") && !records.contains("WARC-Type: request"));
    assert!(!records.contains("of-ours"), "neither cookie nor token");
}

#[test]
fn no_word_of_a_claim_reaches_the_network_the_log_or_the_archive() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/moved" => connection.redirect("/story"),
        "/gone" => connection.answer("404 Not Found", "", ""),
        _ => connection.page(STORY),
    });
    let secret = ["quixotic", "marmalade", "Wexbridge"];
    let claims: String = ["/story", "/moved", "/gone"]
        .iter()
        .enumerate()
        .map(|(number, path)| {
            format!(
                "[[claim]]\nid = \"claim-{number}\"\nstatement = '“A quixotic plan,” said Wexbridge of marmalade.'\n\
                 quote = \"A quixotic plan\"\nspeaker = \"Wexbridge\"\nsource = \"{}\"\nnote = \"marmalade\"\n\n",
                server.url(path)
            )
        })
        .collect();
    let desk = Desk::with(&claims);
    let ran = desk.run(&[&["check", "--format", "json=report.json", "--keep-runs", "0"], &CHECK[..]].concat());
    assert!(ran.status == 1, "{ran:?}");
    // everything that the server was sent: heads of requests, bodies included
    let sent: Vec<String> =
        server.requests().iter().chain(&server.robots_asked()).map(|request| request.head.clone()).collect();
    assert!(sent.len() >= 4, "{sent:?}");
    let mut archived = String::new();
    let segment = std::fs::File::open(desk.path("archive/segment-000001.warc.gz")).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(segment), &mut archived).unwrap();
    archived.push_str(&desk.read("archive/log.jsonl"));
    archived.push_str(&desk.read("archive/index.cdxj"));
    for word in secret {
        assert!(sent.iter().all(|head| !head.contains(word)), "{word} was sent: {sent:?}");
        assert!(!ran.err.contains(word), "{word} is in the log: {}", ran.err);
        assert!(!archived.contains(word), "{word} is archived");
    }
    // the report, which is for the desk, has them
    assert!(secret.iter().all(|word| desk.read("report.json").contains(word)));
}
