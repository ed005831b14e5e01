//! Fetching from a real server on the loopback interface, with everything that servers do wrong.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

mod support;

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord::archive::{Archive, Mode};
use onrecord::capture::{Progress, Settings, capture_all, failure_of};
use onrecord::model::{Capture, Completeness, Outcome, Reason};
use support::server::{Connection, Request, Server};
use tempfile::TempDir;

const PAGE: &str = "<p>The ferry will not sail before Thursday, said the harbour master.</p>";

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// Settings that allow exactly these servers, and do not wait.
fn settings(servers: &[&Server]) -> Settings {
    Settings {
        allow_sockets: servers.iter().map(|server| server.address()).collect(),
        min_interval: Duration::ZERO,
        connect_timeout: Duration::from_secs(5),
        header_timeout: Duration::from_secs(5),
        total_timeout: Duration::from_secs(10),
        retries: 0,
        ..Settings::default()
    }
}

struct Run {
    captures: Vec<Capture>,
    archive: Archive,
    folder: TempDir,
}

async fn run(urls: &[String], settings: &Settings) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path(), Mode::Write).unwrap();
    let captures = capture_all(urls.to_vec(), settings, &mut archive, |_| {}).await.unwrap();
    Run { captures, archive, folder }
}

/// Captures one URL of a server that answers with `handler`.
async fn capture(path: &str, handler: impl Fn(&Request, &mut Connection) + Send + Sync + 'static) -> Run {
    let server = Server::start(handler);
    run(&[server.url(path)], &settings(&[&server])).await
}

fn reason(capture: &Capture) -> Reason {
    match &capture.outcome {
        Outcome::Failed(failure) => failure.reason,
        Outcome::Body => panic!("{} was captured", capture.address),
    }
}

fn body(run: &Run) -> String {
    String::from_utf8(run.archive.body(&run.captures[0].id).unwrap().bytes).unwrap()
}

/// Everything that the archive's records say, decompressed.
fn records(run: &Run) -> String {
    let bytes = std::fs::read(run.folder.path().join("segment-000001.warc.gz")).unwrap();
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_page_is_captured_as_it_was_sent() {
    let run = capture("/story?x=1", |_, connection| {
        connection.answer("200 OK", "Content-Type: text/html\r\nSet-Cookie: session=1\r\n", PAGE);
    })
    .await;
    let capture = &run.captures[0];
    assert_eq!((capture.status, capture.content_type.as_deref()), (Some(200), Some("text/html")));
    assert_eq!((capture.completeness, &capture.outcome), (Completeness::Complete, &Outcome::Body));
    assert_eq!(body(&run), PAGE);
    assert_eq!(failure_of(capture), None);
    let records = records(&run);
    assert!(records.contains("GET /story?x=1 HTTP/1.1"));
    assert!(records.contains("user-agent: onrecord/"));
    assert!(records.contains("WARC-Protocol: http/1.1"));
    assert!(records.contains("WARC-IP-Address: 127.0.0.1"));
}

#[tokio::test]
async fn a_compressed_page_is_kept_compressed_and_read_decoded() {
    let packed = gzip(PAGE.as_bytes());
    let sent = packed.clone();
    let run = capture("/", move |request, connection| {
        assert_eq!(request.header("accept-encoding"), Some("gzip"));
        connection.answer("200 OK", "Content-Encoding: gzip\r\n", &sent);
    })
    .await;
    assert_eq!(body(&run), PAGE);
    let bytes = std::fs::read(run.folder.path().join("segment-000001.warc.gz")).unwrap();
    let mut stored = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut stored).unwrap();
    assert!(stored.windows(packed.len()).any(|window| window == packed), "the bytes as sent are in the record");
}

#[tokio::test]
async fn chunks_are_joined_before_they_are_stored() {
    let run = capture("/", |_, connection| {
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nThe\r\n6\r\n ferry\r\n0\r\n\r\n");
    })
    .await;
    assert_eq!(body(&run), "The ferry");
    let records = records(&run);
    assert!(records.contains("X-Archive-Orig-transfer-encoding: chunked"));
    assert!(records.contains("\r\nContent-Length: 9\r\n\r\nThe ferry\r\n\r\n"));
}

#[tokio::test]
async fn a_cut_transfer_is_kept_and_marked() {
    for (name, sent) in [
        ("short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nThe ferry"),
        ("cut between chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nThe ferry\r\n"),
        ("cut inside a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nThe ferry"),
        ("wrong chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nThe ferry\r\nZZZ\r\n"),
    ] {
        let run = capture("/", move |_, connection| {
            connection.send(sent);
        })
        .await;
        let capture = &run.captures[0];
        assert_eq!((capture.completeness, &capture.outcome), (Completeness::Truncated, &Outcome::Body), "{name}");
        assert_eq!(body(&run), "The ferry", "{name}");
        assert!(records(&run).contains("WARC-Truncated: disconnect"), "{name}");
        let again = Archive::open(run.folder.path(), Mode::Read).unwrap();
        assert_eq!(again.captures(), run.captures, "{name}");
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_cut_at_its_deadline() {
    let server = Server::start(|_, connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while connection.send("x") {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let settings = Settings { total_timeout: Duration::from_millis(600), ..settings(&[&server]) };
    let run = run(&[server.url("/")], &settings).await;
    assert_eq!(run.captures[0].completeness, Completeness::Truncated);
    assert!(records(&run).contains("WARC-Truncated: time"));
    assert!(body(&run).starts_with("xx"));
}

#[tokio::test]
async fn a_body_over_the_limit_is_a_failure_whose_beginning_is_kept() {
    let server = Server::start(|_, connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        while connection.send([b'z'; 16384]) {}
    });
    let settings = Settings { max_body: 100_000, ..settings(&[&server]) };
    let run = run(&[server.url("/")], &settings).await;
    let capture = &run.captures[0];
    assert_eq!((reason(capture), capture.status), (Reason::TooLarge, Some(200)));
    assert_eq!(capture.completeness, Completeness::Truncated);
    assert_eq!(body(&run).len(), 100_000);
    assert!(records(&run).contains("WARC-Truncated: length"));
    assert_eq!(Archive::open(run.folder.path(), Mode::Read).unwrap().captures(), run.captures);
}

#[tokio::test]
async fn headers_have_a_deadline_and_a_size() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/slow" => {
            connection.send("HTTP/1.1 200 OK\r\n");
            while connection.send("X-A: b\r\n") {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "/long" => {
            connection.send("HTTP/1.1 200 OK\r\n");
            for number in 0..150 {
                connection.send(format!("X-{number}: {}\r\n", "h".repeat(1000)));
            }
            connection.send("Content-Length: 0\r\n\r\n");
        }
        _ => {
            connection.send("HTTP/1.1 200 OK\r\n");
            while connection.send(format!("X-A: {}\r\n", "h".repeat(1000))) {}
        }
    });
    let settings = Settings { header_timeout: Duration::from_millis(700), ..settings(&[&server]) };
    let began = Instant::now();
    let run = run(&[server.url("/slow"), server.url("/long"), server.url("/endless")], &settings).await;
    let reasons: Vec<Reason> = run.captures.iter().map(reason).collect();
    assert_eq!(reasons, [Reason::Timeout, Reason::TooLarge, Reason::TooLarge]);
    assert!(began.elapsed() < Duration::from_secs(8));
    assert!(run.captures.iter().all(|capture| run.archive.body(&capture.id).is_err()), "there is nothing to read");
}

#[tokio::test]
async fn every_redirect_is_kept() {
    let run = capture("/old#part", |request, connection| match request.path.as_str() {
        "/old" => connection.answer("301 Moved", "Location: mid?x=1\r\nSet-Cookie: a=b\r\n", "moved"),
        "/mid?x=1" => connection.redirect("/new"),
        _ => {
            // what the same host set on the way, which many front pages ask for
            assert_eq!(request.header("cookie"), Some("a=b"));
            assert_eq!(request.header("referer"), None);
            connection.page(PAGE);
        }
    })
    .await;
    let sent = |line: &str| line.get(..7).is_some_and(|name| name.eq_ignore_ascii_case("cookie:"));
    assert!(!records(&run).lines().any(sent), "a cookie that was sent is kept nowhere");
    let capture = &run.captures[0];
    let base = capture.address.trim_end_matches("/new");
    assert!(capture.requested.ends_with("/old#part") && capture.address.ends_with("/new"));
    let hops: Vec<(String, u16, String)> =
        capture.hops.iter().map(|hop| (hop.from.clone(), hop.status, hop.to.clone())).collect();
    assert_eq!(hops[0], (format!("{base}/old"), 301, format!("{base}/mid?x=1")));
    assert_eq!((hops[1].1, hops.len()), (302, 2));
    assert_eq!(body(&run), PAGE);
    assert_eq!(run.archive.captures_of(&capture.requested), [capture]);
    assert_eq!(run.archive.captures_of(&capture.address), [capture]);
    std::fs::remove_file(run.folder.path().join("index.cdxj")).unwrap();
    assert_eq!(
        Archive::open(run.folder.path(), Mode::Read).unwrap().captures(),
        run.captures,
        "from the records alone"
    );
}

#[tokio::test]
async fn loops_and_long_chains_end() {
    let run =
        capture("/a", |request, connection| connection.redirect(if request.path == "/a" { "/b" } else { "/a" })).await;
    assert_eq!(reason(&run.captures[0]), Reason::TooManyRedirects);
    assert_eq!(records(&run).matches("X-Onrecord-Role: hop").count(), 2, "the hops are kept");

    let server = Server::start(|request, connection| {
        let number: u32 = request.path[1..].parse().unwrap();
        if number == 0 { connection.page(PAGE) } else { connection.redirect(&format!("/{}", number - 1)) }
    });
    let ten = run_one(&server, "/10").await;
    assert_eq!((ten.captures[0].outcome.clone(), ten.captures[0].hops.len()), (Outcome::Body, 10));
    let eleven = run_one(&server, "/11").await;
    assert_eq!(reason(&eleven.captures[0]), Reason::TooManyRedirects);
}

async fn run_one(server: &Server, path: &str) -> Run {
    run(&[server.url(path)], &settings(&[server])).await
}

#[tokio::test]
async fn private_addresses_are_refused_before_anything_connects() {
    let canary = Server::start(|_, connection| connection.page("secret"));
    let port = canary.address().port();
    let urls: Vec<String> = ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "localhost", "0"]
        .iter()
        .map(|host| format!("http://{host}:{port}/"))
        .collect();
    let run = run(&urls, &Settings { min_interval: Duration::ZERO, ..Settings::default() }).await;
    for capture in &run.captures {
        assert_eq!(reason(capture), Reason::RefusedAddress, "{}", capture.requested);
    }
    assert_eq!(run.captures.len(), urls.len());
    assert_eq!(run.archive.captures().len(), urls.len(), "the refusals are in the archive");
    assert_eq!(canary.connections(), 0);
}

#[tokio::test]
async fn a_redirect_to_a_private_address_is_not_followed() {
    let canary = Server::start_on(Ipv4Addr::new(127, 0, 0, 2), |_, connection| connection.page("secret"));
    let port = canary.address().port();
    let targets = [
        format!("http://127.0.0.2:{port}/"),
        format!("http://2130706434:{port}/"),
        format!("http://[::ffff:127.0.0.2]:{port}/"),
        format!("//127.0.0.2:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
    ];
    let locations = targets.clone();
    let server = Server::start(move |request, connection| {
        let number: usize = request.path[1..].parse().unwrap();
        connection.redirect(&locations[number]);
    });
    let urls: Vec<String> = (0..targets.len()).map(|number| server.url(&format!("/{number}"))).collect();
    let run = run(&urls, &settings(&[&server])).await;
    for capture in &run.captures {
        assert_eq!(reason(capture), Reason::RefusedAddress, "{}", capture.address);
        assert_eq!(capture.hops.len(), 1);
    }
    assert_eq!((canary.connections(), server.requests().len()), (0, targets.len()));
}

#[tokio::test]
async fn a_redirect_to_another_scheme_is_not_followed() {
    for target in ["file:///etc/passwd", "ftp://daily.example/x", "data:text/html,x"] {
        let run = capture("/", move |_, connection| connection.redirect(target)).await;
        assert_eq!(reason(&run.captures[0]), Reason::BadUrl, "{target}");
    }
}

#[tokio::test]
async fn error_pages_are_kept_and_their_status_is_named() {
    let server = Server::start(|request, connection| {
        connection.answer(&format!("{} Status", &request.path[1..]), "Content-Type: text/html\r\n", PAGE);
    });
    let expected = [
        (404, Reason::Gone),
        (410, Reason::Gone),
        (401, Reason::Login),
        (402, Reason::Paywall),
        (403, Reason::Blocked),
        (429, Reason::Blocked),
        (451, Reason::Blocked),
        (400, Reason::HttpError),
        (500, Reason::HttpError),
    ];
    let urls: Vec<String> = expected.iter().map(|(status, _)| server.url(&format!("/{status}"))).collect();
    let run = run(&urls, &settings(&[&server])).await;
    for (capture, (status, reason)) in run.captures.iter().zip(expected) {
        assert_eq!((capture.status, &capture.outcome), (Some(status), &Outcome::Body));
        assert_eq!(failure_of(capture).unwrap().reason, reason, "{status}");
        assert_eq!(run.archive.body(&capture.id).unwrap().bytes, PAGE.as_bytes());
    }
}

#[tokio::test]
async fn what_is_no_http_is_an_error_and_no_body_is_made_of_it() {
    for (name, sent) in [
        ("no header", "<p>hello</p>"),
        ("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhelloEXTR"),
        ("zero byte", "HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 5\r\n\r\nhello"),
        ("nothing", ""),
    ] {
        let run = capture("/", move |_, connection| {
            connection.send(sent);
        })
        .await;
        assert_eq!(reason(&run.captures[0]), Reason::HttpError, "{name}");
        assert_eq!(run.captures[0].sha256, "", "{name}");
    }
}

#[tokio::test]
async fn bodies_that_do_not_decode_are_kept_as_failures() {
    let packed = gzip(PAGE.repeat(100).as_bytes());
    let bomb = gzip(&vec![b' '; 20 << 20]);
    let server = Server::start(move |request, connection| match request.path.as_str() {
        "/not" => connection.answer("200 OK", "Content-Encoding: gzip\r\n", "notgzip"),
        "/cut" => connection.answer("200 OK", "Content-Encoding: gzip\r\n", &packed[..packed.len() - 8]),
        _ => connection.answer("200 OK", "Content-Encoding: gzip\r\n", &bomb),
    });
    let run = run(&[server.url("/not"), server.url("/cut"), server.url("/bomb")], &settings(&[&server])).await;
    assert_eq!(reason(&run.captures[0]), Reason::BadEncoding);
    assert_eq!((run.captures[1].completeness, &run.captures[1].outcome), (Completeness::Truncated, &Outcome::Body));
    assert_eq!(reason(&run.captures[2]), Reason::TooLarge);
}

#[tokio::test]
async fn a_server_that_says_later_is_asked_once_more() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/never" => connection.answer("503 Busy", "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\n", "busy"),
        _ => connection.answer("503 Busy", "Retry-After: 0\r\n", "busy"),
    });
    let settings = Settings { retries: 1, retry_pause: Duration::from_millis(10), ..settings(&[&server]) };
    let run = run(&[server.url("/soon"), server.url("/never")], &settings).await;
    let asked = |path: &str| server.requests().iter().filter(|request| request.path == path).count();
    assert_eq!((asked("/soon"), asked("/never")), (2, 1));
    assert_eq!(run.archive.captures().len(), 3, "each attempt is kept");
    assert_eq!(run.captures.len(), 2);
}

#[tokio::test]
async fn one_host_is_asked_slowly_and_each_url_once() {
    let server = Server::start(|_, connection| connection.page(PAGE));
    let settings = Settings { min_interval: Duration::from_millis(150), ..settings(&[&server]) };
    let urls = [server.url("/1"), server.url("/2"), server.url("/1"), server.url("/3")];
    let run = run(&urls, &settings).await;
    assert_eq!((run.captures.len(), run.archive.captures().len()), (3, 3));
    let times: Vec<Instant> = server.requests().iter().map(|request| request.at).collect();
    assert_eq!(times.len(), 3);
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_millis(140), "{:?}", pair[1] - pair[0]);
    }
}

#[tokio::test]
async fn passwords_in_addresses_are_neither_sent_nor_kept() {
    let server = Server::start(|request, connection| {
        assert_eq!(request.header("authorization"), None);
        connection.page(PAGE);
    });
    let url = server.url("/").replace("http://", "http://reader:hunter2@");
    let run = run(std::slice::from_ref(&url), &settings(&[&server])).await;
    assert_eq!(run.captures[0].outcome, Outcome::Body);
    assert!(!records(&run).contains("hunter2"));
    assert!(!format!("{:?}", run.captures).contains("hunter2"));
    assert_eq!(run.archive.captures_of(&url).len(), 1);
}

#[tokio::test]
async fn hosts_that_cannot_be_reached_are_failures() {
    let closed = {
        let server = Server::start(|_, _| {});
        server.address()
    };
    // the listener is gone once its thread has seen the last connection
    std::thread::sleep(Duration::from_millis(100));
    let plain = Server::start(|_, connection| connection.page(PAGE));
    let settings = Settings { allow_sockets: vec![closed, plain.address()], ..settings(&[]) };
    let urls = [
        format!("http://{closed}/"),
        format!("https://{}/", plain.address()),
        // too long a label is refused by the resolver itself: no question leaves this computer
        format!("http://{}.example/", "a".repeat(64)),
        "not a url".to_owned(),
        "mailto:desk@daily.example".to_owned(),
        format!("http://daily.example/{}", "a".repeat(9000)),
    ];
    let run = run(&urls, &settings).await;
    let reasons: Vec<Reason> = run.captures.iter().map(reason).collect();
    assert_eq!(
        reasons,
        [Reason::Connect, Reason::Tls, Reason::Dns, Reason::BadUrl, Reason::BadUrl, Reason::BadUrl],
        "{:#?}",
        run.captures
    );
}

#[tokio::test]
async fn progress_tells_what_is_in_the_archive() {
    let server = Server::start(|_, connection| connection.page(PAGE));
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path(), Mode::Write).unwrap();
    let mut seen = Vec::new();
    let urls = vec![server.url("/1"), server.url("/2")];
    capture_all(urls.clone(), &settings(&[&server]), &mut archive, |progress| match progress {
        Progress::Started { url } => seen.push(format!("+{url}")),
        Progress::Finished { url, capture } => {
            assert_eq!(capture.requested, url);
            seen.push(format!("-{url}"));
        }
        Progress::Waiting { .. } => {}
    })
    .await
    .unwrap();
    seen.sort();
    assert_eq!(
        seen,
        [format!("+{}", urls[0]), format!("+{}", urls[1]), format!("-{}", urls[0]), format!("-{}", urls[1])]
    );
}

#[tokio::test]
async fn private_addresses_can_be_allowed() {
    let server = Server::start(|_, connection| connection.page(PAGE));
    let SocketAddr::V4(address) = server.address() else { panic!("an IPv4 address was bound") };
    let settings = Settings { allow_private: true, min_interval: Duration::ZERO, ..Settings::default() };
    let run = run(&[server.url("/"), format!("http://localhost:{}/", address.port())], &settings).await;
    assert!(run.captures.iter().all(|capture| capture.outcome == Outcome::Body), "{:#?}", run.captures);
}
