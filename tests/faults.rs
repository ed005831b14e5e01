//! Everything that servers do wrong, one test per fault: what the claim comes to, what the archive keeps of it, and that
//! the other claims of the run were not disturbed. A fault never makes a claim `on-record`, and never `absent`.

mod support;

use std::time::{Duration, Instant};

use support::faults::{self, LAST, WORDS};
use support::run::{Desk, Ran};
use support::server::Server;

/// What a fault must come to.
struct Expected {
    /// Of words that stand at the beginning of the page.
    first: &'static str,
    /// Of words that stand at its end.
    last: &'static str,
    /// Of words that stand nowhere on it: one that was falsified.
    falsified: &'static str,
    /// What the archive holds.
    held: &'static str,
    /// What its records say.
    record: &'static str,
}

const FALSIFIED: &str = "The ferry will sail before Thursday";

/// Nothing of the page can be read.
const fn nothing(outcome: &'static str, held: &'static str, record: &'static str) -> Expected {
    Expected { first: outcome, last: outcome, falsified: outcome, held, record }
}

/// The beginning arrived.
const fn cut(record: &'static str) -> Expected {
    Expected {
        first: "verbatim +truncated-capture",
        last: "unavailable truncated",
        falsified: "unavailable truncated",
        held: "cut",
        record,
    }
}

/// The page is whole in spite of everything.
const WHOLE: Expected =
    Expected { first: "verbatim", last: "verbatim", falsified: "altered +omits-negation", held: "whole", record: "" };

async fn run(path: &str, change: impl FnOnce(&mut onrecord::engine::Settings)) -> (Ran, Server, String) {
    let (server, other) = (faults::server(), faults::server());
    let url = server.url(path);
    let desk = Desk::new(&[&server, &other])
        .quote("before", WORDS, &other.url("/ok"))
        .quote("first", WORDS, &url)
        .quote("last", LAST, &url)
        .quote("falsified", FALSIFIED, &url)
        .quote("same-host", LAST, &server.url("/ok"))
        .quote("after", LAST, &other.url("/ok?2"))
        .with(change);
    let began = Instant::now();
    let ran = desk.check().await;
    assert!(began.elapsed() < Duration::from_secs(60), "{path}: it took {:?}", began.elapsed());
    (ran, server, url)
}

async fn expect(path: &str, expected: Expected) {
    let (ran, _server, url) = run(path, |_| ()).await;
    assert_eq!(ran.outcome("first"), expected.first, "{path}: words at the beginning");
    assert_eq!(ran.outcome("last"), expected.last, "{path}: words at the end");
    if expected.first == "verbatim" {
        assert!(ran.outcome("falsified").starts_with("altered"), "{path}: {}", ran.outcome("falsified"));
    } else {
        assert_eq!(ran.outcome("falsified"), expected.falsified, "{path}: falsified words");
    }
    assert_eq!(ran.held(&url), [expected.held], "{path}");
    assert!(ran.records.contains(expected.record), "{path}: no {} in the archive", expected.record);
    for other in ["before", "same-host", "after"] {
        assert_eq!(ran.claim(other).verdict.word(), "on-record", "{path} disturbed {other}");
    }
}

macro_rules! faults {
    ($($name:ident: $path:literal => $expected:expr;)*) => {
        $(#[tokio::test] async fn $name() { expect($path, $expected).await; })*
    };
}

const ATTEMPT: &str = "X-Onrecord-Role: attempt";

faults! {
    row_01_slow_header: "/slowheader" => nothing("unavailable timeout", "failed timeout", ATTEMPT);
    row_02_slow_body: "/slowbody" => cut("WARC-Truncated: time");
    row_03_reset_in_the_body: "/reset" => cut("WARC-Truncated: disconnect");
    row_03_reset_at_once: "/reset-at-once" => nothing("unavailable http-error", "failed http-error", ATTEMPT);
    row_04_shorter_than_announced: "/short" => cut("WARC-Truncated: disconnect");
    row_05_longer_than_announced: "/long" => WHOLE;
    row_06_two_lengths: "/cl2" => nothing("unavailable http-error", "failed http-error", ATTEMPT);
    row_07_length_and_chunks: "/clte" => WHOLE;
    row_08_bad_chunk: "/badchunk" => cut("WARC-Truncated: disconnect");
    row_08_cut_chunks: "/chunkcut" => cut("WARC-Truncated: disconnect");
    row_09_endless_body: "/infinite" => nothing("unavailable too-large", "failed too-large", "WARC-Truncated: length");
    row_10_endless_header: "/infheader" => nothing("unavailable too-large", "failed too-large", ATTEMPT);
    row_11_gzip_bomb: "/bomb" => nothing("unavailable too-large", "failed too-large", "content-encoding: gzip");
    row_12_brotli_bomb: "/brbomb" => nothing("unavailable too-large", "failed too-large", "content-encoding: br");
    row_13_nested_codings: "/nested" => nothing("unavailable bad-encoding", "failed bad-encoding", "gzip, gzip");
    row_13_as_many_as_allowed: "/nested3" => WHOLE;
    row_14_not_gzip: "/badgzip" => nothing("unavailable bad-encoding", "failed bad-encoding", WORDS);
    row_15_loop: "/loop" => nothing("unavailable too-many-redirects", "failed too-many-redirects", "X-Onrecord-Role: hop");
    row_15_long_chain: "/chain20" => nothing("unavailable too-many-redirects", "failed too-many-redirects", "X-Onrecord-Role: hop");
    row_15_chain_that_ends: "/chain5" => WHOLE;
    row_16_to_a_file: "/tofile" => nothing("unavailable bad-url", "failed bad-url", ATTEMPT);
    row_16_to_ftp: "/toftp" => nothing("unavailable bad-url", "failed bad-url", ATTEMPT);
    row_16_to_data: "/todata" => nothing("unavailable bad-url", "failed bad-url", ATTEMPT);
    row_23_flood_of_interim_answers: "/1xx" => nothing("unavailable http-error", "failed http-error", ATTEMPT);
    row_23_a_few_interim_answers: "/1xx-few" => WHOLE;
    row_24_busy: "/503" => nothing("unavailable http-error", "whole", "HTTP/1.1 503");
    row_24_busy_for_a_century: "/503date" => nothing("unavailable http-error", "whole", "retry-after: Wed, 21 Oct 2099");
    row_24_busy_for_ever: "/503absurd" => nothing("unavailable http-error", "whole", "HTTP/1.1 503");
    row_24_too_often: "/429" => nothing("unavailable blocked", "whole", "HTTP/1.1 429");
    row_25_without_a_header: "/http09" => nothing("unavailable http-error", "failed http-error", ATTEMPT);
    row_25_nul_in_the_header: "/nul" => nothing("unavailable http-error", "failed http-error", ATTEMPT);
    row_26_soft_404: "/soft404" => nothing("unavailable soft-404", "whole", "");
    row_26_consent: "/consent" => nothing("unavailable consent", "whole", "");
    row_26_login: "/login" => nothing("unavailable login", "whole", "");
    row_26_paywall: "/paywall" => nothing("unavailable paywall", "whole", "");
    row_26_captcha: "/captcha" => nothing("unavailable captcha", "whole", "");
    row_26_scripts: "/scripts" => nothing("unavailable script-only", "whole", "");
    row_28_large_page: "/big" => WHOLE;
    row_48_text_that_patterns_choke_on: "/regex" => WHOLE;
}

#[tokio::test]
async fn row_12_zstd_with_a_huge_window() {
    let (ran, _server, _) = run("/zstdwindow", |_| ()).await;
    // refused, as a coding that is not read or as one that asks for too much
    assert!(
        ["unavailable bad-encoding", "unavailable too-large"].contains(&ran.outcome("first").as_str()),
        "{}",
        ran.outcome("first")
    );
    assert_eq!(ran.claim("same-host").verdict.word(), "on-record");
}

#[tokio::test]
async fn row_14_gzip_without_its_end() {
    let (ran, _server, url) = run("/gziptrunc", |_| ()).await;
    assert_eq!(ran.outcome("first"), "verbatim +truncated-capture");
    assert_eq!(ran.outcome("falsified"), "unavailable truncated");
    assert_eq!(ran.held(&url), ["cut"]);
}

#[tokio::test]
async fn row_27_encodings_that_lie() {
    let (ran, _server, _) = run("/latin", |_| ()).await;
    assert_eq!(ran.outcome("first"), "verbatim", "the header's encoding wins over the page's");
    let (ran, _server, _) = run("/liar", |_| ()).await;
    assert_ne!(ran.claim("first").verdict.word(), "on-record");
}

#[tokio::test]
async fn row_28_a_page_over_the_limit() {
    let (ran, _server, url) = run("/big", |settings| settings.capture.max_body = 1 << 20).await;
    assert_eq!(
        (ran.outcome("last").as_str(), ran.held(&url)),
        ("unavailable too-large", vec!["failed too-large".into()])
    );
    assert_eq!(ran.claim("same-host").verdict.word(), "on-record");
}

#[tokio::test]
async fn row_29_deep_nesting_and_a_huge_attribute() {
    for path in ["/deep", "/hugeattr"] {
        let (ran, _server, url) = run(path, |_| ()).await;
        assert_eq!((ran.outcome("first").as_str(), ran.held(&url)), ("verbatim", vec!["whole".into()]), "{path}");
        assert_eq!(ran.claim("same-host").verdict.word(), "on-record");
    }
}

#[tokio::test]
async fn row_30_bytes_that_are_no_text() {
    let (ran, _server, _) = run("/bytes", |_| ()).await;
    assert_eq!(ran.outcome("first"), "verbatim");
    assert_eq!(ran.claim("same-host").verdict.word(), "on-record");
}

#[tokio::test]
async fn what_may_pass_is_repeated_and_what_will_not_is_not() {
    for (path, times) in [("/reset", 3), ("/503", 3), ("/slowheader", 2), ("/cl2", 1), ("/badgzip", 1), ("/429", 1)] {
        let change = |settings: &mut onrecord::engine::Settings| {
            settings.capture.retries = 2;
            settings.capture.header_timeout = Duration::from_millis(300);
            settings.capture.max_retry_after = Duration::from_secs(3);
        };
        let (ran, server, url) = run(path, change).await;
        let asked = server.requests().iter().filter(|request| request.path == path).count();
        assert_eq!(asked, times, "{path}");
        assert_eq!(ran.held(&url).len(), times, "{path}: every attempt is kept");
    }
}

#[tokio::test]
async fn a_source_that_comes_back_is_read_at_the_end_of_the_run() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_, connection| match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        0 | 1 => connection.tear(),
        _ => connection.page(&faults::page()),
    });
    let desk =
        Desk::new(&[&server]).quote("one", WORDS, &server.url("/")).with(|settings| settings.capture.retries = 2);
    let ran = desk.check().await;
    assert_eq!(ran.claim("one").verdict.word(), "on-record");
    assert_eq!(ran.held(&server.url("/")), ["failed http-error", "failed http-error", "whole"]);
}

#[tokio::test]
async fn each_limit_holds_where_it_is_set() {
    for (path, change, expected) in [
        (
            "/slowbody",
            (|settings| settings.capture.total_timeout = Duration::from_millis(700))
                as fn(&mut onrecord::engine::Settings),
            "unavailable truncated",
        ),
        ("/chain5", |settings| settings.capture.max_redirects = 4, "unavailable too-many-redirects"),
        ("/chain5", |settings| settings.capture.max_redirects = 6, "verbatim"),
        ("/1xx-few", |settings| settings.capture.max_interim = 2, "unavailable http-error"),
        ("/1xx", |settings| settings.capture.max_interim = 500, "verbatim"),
        ("/nested3", |settings| settings.decode.codings = 2, "unavailable bad-encoding"),
        ("/nested", |settings| settings.decode.codings = 4, "verbatim"),
        ("/ok", |settings| settings.capture.max_body = 100, "unavailable too-large"),
        ("/ok", |settings| settings.capture.max_header = 20, "unavailable too-large"),
        ("/ok", |settings| settings.capture.max_fields = 1, "unavailable too-large"),
        ("/ok", |settings| settings.capture.max_url = 20, "unavailable bad-url"),
        ("/nested3", |settings| settings.extract.max_bytes = 300, "unavailable too-large"),
    ] {
        let server = faults::server();
        let desk = Desk::new(&[&server]).quote("one", LAST, &server.url(path)).with(change);
        let ran = desk.check().await;
        assert_eq!(ran.outcome("one"), expected, "{path}");
    }
}

#[tokio::test]
async fn a_slow_transfer_may_be_allowed() {
    let server = Server::start(|_, connection| {
        let page = faults::page();
        connection.send(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", page.len()));
        for part in page.as_bytes().chunks(100) {
            connection.send(part);
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    for (min_rate, expected) in [(0, "verbatim"), (5_000, "unavailable truncated")] {
        let desk = Desk::new(&[&server]).quote("one", LAST, &server.url("/")).with(|settings| {
            settings.capture.min_rate = min_rate;
            settings.capture.rate_window = Duration::from_millis(300);
        });
        assert_eq!(desk.check().await.outcome("one"), expected, "{min_rate}");
    }
}
