//! Rows 21 and 22 of what servers do wrong: certificates that are not good enough, and HTTP/2 that misbehaves.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

mod support;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use support::faults::{self, LAST, WORDS};
use support::run::{Desk, Ran};
use support::server::Server;
use support::tls::{Authority, Identity, TlsServer, Wire, h2, read_request, self_signed};

const HTTP1: &[&[u8]] = &[b"http/1.1"];
const HTTP2: &[&[u8]] = &[b"h2"];

/// Serves the page over HTTP/1.1.
fn plain(wire: &mut Wire, _: usize) {
    let path = read_request(wire);
    let body = faults::page();
    let status = if path == "/robots.txt" { "404 Not Found" } else { "200 OK" };
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", body.len());
    let _ = wire.write_all(head.as_bytes()).and_then(|()| wire.write_all(body.as_bytes()));
}

async fn run(server: &TlsServer, roots: Vec<Vec<u8>>) -> Ran {
    let other = faults::server();
    let desk = Desk::new(&[&other]).quote("tls", LAST, &server.url("/")).quote("other", WORDS, &other.url("/ok")).with(
        |settings| {
            settings.capture.allow_sockets.push(server.address());
            settings.capture.extra_roots = roots;
            settings.capture.ignore_robots = true;
        },
    );
    let ran = desk.check().await;
    assert_eq!(ran.claim("other").verdict.word(), "on-record", "the other claim was disturbed");
    ran
}

async fn detail_of(identity: Identity, roots: Vec<Vec<u8>>) -> String {
    let server = TlsServer::start(identity, HTTP1, plain);
    let ran = run(&server, roots).await;
    assert_eq!(ran.outcome("tls"), "unavailable tls");
    assert_eq!(ran.held(&server.url("/")), ["failed tls"]);
    ran.claim("tls").checks[0].detail.clone().unwrap()
}

#[tokio::test]
async fn row_21_a_good_certificate_is_accepted() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.issue("127.0.0.1", 2099), HTTP1, plain);
    let ran = run(&server, vec![authority.root]).await;
    assert_eq!(ran.outcome("tls"), "verbatim");
}

#[tokio::test]
async fn row_21_bad_certificates_are_refused_and_the_reason_says_what_is_wrong() {
    let authority = Authority::new();
    let root = || vec![authority.root.clone()];
    for (identity, roots, expected) in [
        (authority.issue("127.0.0.1", 2021), root(), "has expired"),
        (authority.issue("other.example", 2099), root(), "is for another name"),
        (self_signed("127.0.0.1"), root(), "signed by itself"),
        (Authority::new().issue("127.0.0.1", 2099), root(), "does not know"),
    ] {
        let detail = detail_of(identity, roots).await;
        assert!(detail.contains(expected), "{expected}: {detail}");
    }
}

/// Serves over HTTP/2: robots.txt is asked first, and there is none; then comes what misbehaves.
async fn over_h2(retries: u32, handler: impl Fn(&mut Wire, u32, usize) + Send + Sync + 'static) -> (Ran, String) {
    let authority = Authority::new();
    let server = TlsServer::start(authority.issue("127.0.0.1", 2099), HTTP2, move |wire, number| {
        if let Some(stream) = h2::accept(wire) {
            handler(wire, stream, number);
        }
    });
    let other = faults::server();
    let desk = Desk::new(&[&other])
        .quote("h2", LAST, &server.url("/"))
        .quote("first", WORDS, &server.url("/"))
        .quote("other", WORDS, &other.url("/ok"))
        .with(|settings| {
            settings.capture.allow_sockets.push(server.address());
            settings.capture.extra_roots = vec![authority.root];
            settings.capture.ignore_robots = true;
            settings.capture.retries = retries;
            settings.capture.total_timeout = Duration::from_secs(5);
        });
    let began = Instant::now();
    let ran = desk.check().await;
    assert!(began.elapsed() < Duration::from_secs(60), "it took {:?}", began.elapsed());
    assert_eq!(ran.claim("other").verdict.word(), "on-record", "the other claim was disturbed");
    (ran, server.url("/"))
}

#[tokio::test]
async fn row_22_a_page_over_http2_is_stored_as_others_can_replay_it() {
    let (ran, url) = over_h2(0, |wire, stream, _| h2::page(wire, stream, faults::page().as_bytes())).await;
    assert_eq!((ran.outcome("h2").as_str(), ran.held(&url)), ("verbatim", vec!["whole".to_owned()]));
    assert!(ran.records.contains("WARC-Protocol: h2") && ran.records.contains("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn row_22_goaway_and_refused_streams_are_asked_again_on_a_fresh_connection() {
    for kind in [h2::GOAWAY, h2::RST_STREAM] {
        let (ran, url) = over_h2(1, move |wire, stream, number| match (number, kind) {
            (0, h2::GOAWAY) => {
                h2::send(wire, h2::GOAWAY, 0, 0, &[0; 8]);
            }
            (0, _) => {
                h2::send(wire, h2::RST_STREAM, 0, stream, &[0, 0, 0, 7]);
            }
            _ => h2::page(wire, stream, faults::page().as_bytes()),
        })
        .await;
        assert_eq!(ran.outcome("h2"), "verbatim", "{kind}");
        assert_eq!(ran.held(&url), ["failed http-error", "whole"], "{kind}");
    }
}

#[tokio::test]
async fn row_22_a_stream_that_is_reset_in_the_body_is_a_cut_transfer() {
    let (ran, url) = over_h2(0, |wire, stream, _| {
        h2::send(wire, h2::HEADERS, h2::END_HEADERS, stream, h2::OK);
        h2::send(wire, h2::DATA, 0, stream, faults::first_part().as_bytes());
        std::thread::sleep(Duration::from_millis(200));
        h2::send(wire, h2::RST_STREAM, 0, stream, &[0, 0, 0, 2]);
        h2::linger(wire);
    })
    .await;
    assert_eq!(ran.outcome("first"), "verbatim +truncated-capture");
    assert_eq!((ran.outcome("h2").as_str(), ran.held(&url)), ("unavailable truncated", vec!["cut".to_owned()]));
}

#[tokio::test]
async fn row_22_floods_of_frames_end_in_a_failure() {
    for kind in [h2::SETTINGS, h2::PING, h2::CONTINUATION, h2::DATA] {
        let ended = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&ended);
        let (ran, url) = over_h2(0, move |wire, stream, _| {
            let until = Instant::now() + Duration::from_secs(30);
            let opened = kind != h2::CONTINUATION || h2::send(wire, h2::HEADERS, 0, stream, h2::OK);
            let sends = |wire: &mut Wire| match kind {
                h2::SETTINGS => h2::send(wire, kind, 0, 0, &[0, 4, 0, 1, 0, 0]),
                h2::PING => h2::send(wire, kind, 0, 0, &[0; 8]),
                // a literal field without indexing, again and again
                h2::CONTINUATION => h2::send(wire, kind, 0, stream, &[&[0, 1, b'x', 100][..], &[b'y'; 100]].concat()),
                // empty frames of a body that never comes
                _ => h2::send(wire, h2::DATA, 0, stream, &[]),
            };
            while opened && sends(wire) && Instant::now() < until {}
            seen.store(true, Ordering::SeqCst);
        })
        .await;
        let outcome = ran.outcome("h2");
        assert!(
            ["unavailable http-error", "unavailable timeout", "unavailable too-large"].contains(&outcome.as_str()),
            "{kind}: {outcome}"
        );
        assert!(ran.held(&url)[0].starts_with("failed"), "{kind}");
    }
}

#[tokio::test]
async fn a_plain_server_under_https_is_refused() {
    let server = Server::start(|_, connection| connection.page(&faults::page()));
    let desk = Desk::new(&[&server]).quote("tls", LAST, &server.url("/").replace("http:", "https:"));
    assert_eq!(desk.check().await.outcome("tls"), "unavailable tls");
}
