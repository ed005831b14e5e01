//! What servers may expect of us: robots.txt, pauses, one request per page, "unchanged" where nothing changed, and that
//! nothing of an article reaches them.

mod support;

use std::time::{Duration, Instant};

use onrecord::capture::{HostRule, Pattern, user_agent};
use onrecord::model::Origin;
use support::faults::{self, LAST, WORDS};
use support::run::Desk;
use support::server::{Request, Server};

fn page(_: &Request, connection: &mut support::server::Connection) {
    connection.page(&faults::page());
}

#[tokio::test]
async fn robots_txt_is_asked_once_kept_and_obeyed() {
    let robots = "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private\nAllow: /private/press\n";
    let server = Server::with_robots(robots, page);
    let desk = Desk::new(&[&server])
        .quote("open", WORDS, &server.url("/open"))
        .quote("closed", WORDS, &server.url("/private/a"))
        .quote("press", WORDS, &server.url("/private/press?x"));
    let ran = desk.check().await;
    assert_eq!(ran.outcome("closed"), "unavailable robots");
    assert_eq!(ran.held(&server.url("/private/a")), ["failed robots"]);
    for id in ["open", "press"] {
        assert_eq!(ran.claim(id).verdict.word(), "on-record", "{id}");
    }
    assert_eq!(server.robots_asked().len(), 1);
    assert!(ran.records.contains("X-Onrecord-Role: robots") && ran.records.contains(robots));
    let detail = ran.claim("closed").checks[0].detail.clone().unwrap();
    assert!(detail.contains("--ignore-robots") && detail.contains("onrecord attach"), "{detail}");
    let asked: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    assert!(!asked.contains(&"/private/a".to_owned()), "{asked:?}");

    let allowed = Desk::new(&[&server])
        .quote("closed", WORDS, &server.url("/private/a"))
        .with(|settings| settings.capture.ignore_robots = true);
    assert_eq!(allowed.check().await.outcome("closed"), "verbatim");
    assert_eq!(server.robots_asked().len(), 1, "it is not even asked");
}

#[tokio::test]
async fn the_status_of_robots_txt_decides_as_the_standard_has_it() {
    for (status, expected) in [
        ("404 Not Found", "verbatim"),
        ("401 Unauthorized", "verbatim"),
        ("429 Too Many Requests", "verbatim"),
        ("500 Broken", "unavailable robots"),
        ("503 Busy", "unavailable robots"),
    ] {
        let server = Server::with_robots("(handled)", move |request, connection| match request.path.as_str() {
            "/robots.txt" => connection.answer(status, "", "User-agent: *\nDisallow: /"),
            _ => connection.page(&faults::page()),
        });
        let desk = Desk::new(&[&server]).quote("one", WORDS, &server.url("/"));
        assert_eq!(desk.check().await.outcome("one"), expected, "{status}");
    }
}

#[tokio::test]
async fn robots_txt_is_fetched_under_the_same_guard_and_limits() {
    let canary = Server::start_on("127.0.0.2".parse().unwrap(), page);
    let to = canary.url("/robots.txt");
    let server = Server::with_robots("(handled)", move |request, connection| match request.path.as_str() {
        "/robots.txt" => connection.redirect(&to),
        _ => connection.page(&faults::page()),
    });
    let desk = Desk::new(&[&server]).quote("one", WORDS, &server.url("/"));
    assert_eq!(desk.check().await.outcome("one"), "unavailable robots");
    assert_eq!(canary.connections(), 0);

    // a redirect that leads somewhere counts, and so does a rule at the end of half a mebibyte
    let rule = "\nUser-agent: *\nDisallow: /closed\n";
    let text = format!("{}{rule}", "# a comment of some length\n".repeat(500 * 1024 / 27 - 10));
    let server = Server::with_robots("(handled)", move |request, connection| match request.path.as_str() {
        "/robots.txt" => connection.redirect("/elsewhere.txt"),
        "/elsewhere.txt" => connection.answer("200 OK", "", &text),
        _ => connection.page(&faults::page()),
    });
    let desk =
        Desk::new(&[&server]).quote("open", WORDS, &server.url("/")).quote("closed", WORDS, &server.url("/closed"));
    let ran = desk.check().await;
    assert_eq!((ran.outcome("open").as_str(), ran.outcome("closed").as_str()), ("verbatim", "unavailable robots"));

    // an endless one is read as far as the limit
    let server = Server::with_robots("(handled)", |request, connection| match request.path.as_str() {
        "/robots.txt" => {
            connection.send("HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /closed\n");
            while connection.send([b'#'; 4096]) {}
        }
        _ => connection.page(&faults::page()),
    });
    let desk = Desk::new(&[&server]).quote("closed", WORDS, &server.url("/closed"));
    assert_eq!(desk.check().await.outcome("closed"), "unavailable robots");
}

#[tokio::test]
async fn redirects_are_held_to_the_robots_txt_of_where_they_lead() {
    let closed = Server::with_robots("User-agent: *\nDisallow: /closed", page);
    let to = closed.url("/closed");
    let server = Server::start(move |_, connection| connection.redirect(&to));
    let desk = Desk::new(&[&server, &closed]).quote("one", WORDS, &server.url("/"));
    assert_eq!(desk.check().await.outcome("one"), "unavailable robots");
    assert_eq!(closed.requests().len(), 0);
}

fn gaps(server: &Server) -> Vec<Duration> {
    let mut times: Vec<Instant> =
        server.requests().iter().chain(&server.robots_asked()).map(|request| request.at).collect();
    times.sort();
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[tokio::test]
async fn no_two_requests_to_a_host_come_closer_than_its_interval() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/1" => connection.redirect("/target"),
        _ => connection.page(&faults::page()),
    });
    let mut desk = Desk::new(&[&server]);
    for number in 0..4 {
        desk = desk.quote(&format!("c{number}"), WORDS, &server.url(&format!("/{number}")));
    }
    let ran = desk.with(|settings| settings.capture.min_interval = Duration::from_millis(150)).check().await;
    assert!(ran.report.claims.iter().all(|claim| claim.verdict.word() == "on-record"));
    let gaps = gaps(&server);
    // robots.txt, four pages and the page behind a redirect
    assert_eq!(gaps.len(), 5);
    assert!(gaps.iter().all(|gap| *gap >= Duration::from_millis(140)), "{gaps:?}");
}

#[tokio::test]
async fn a_crawl_delay_and_a_hosts_own_interval_count() {
    let server = Server::with_robots("User-agent: *\nCrawl-delay: 0.3", page);
    let desk = Desk::new(&[&server]).quote("a", WORDS, &server.url("/a")).quote("b", WORDS, &server.url("/b"));
    desk.check().await;
    assert!(gaps(&server).iter().all(|gap| *gap >= Duration::from_millis(290)), "{:?}", gaps(&server));

    let server = Server::start(page);
    let desk = Desk::new(&[&server]).quote("a", WORDS, &server.url("/a")).quote("b", WORDS, &server.url("/b")).with(
        |settings| {
            let rule = HostRule {
                interval: Some(Duration::from_millis(300)),
                user_agent: Some("Desk/1".to_owned()),
                ..HostRule::new(Pattern::parse("127.0.0.1").unwrap())
            };
            settings.capture.hosts.rules = vec![rule];
        },
    );
    desk.check().await;
    assert!(gaps(&server).iter().all(|gap| *gap >= Duration::from_millis(290)), "{:?}", gaps(&server));
    assert!(server.requests().iter().all(|request| request.header("user-agent") == Some("Desk/1")));
}

#[tokio::test]
async fn a_host_that_asks_for_time_gets_it_from_every_source() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_, connection| match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        0 => connection.answer("429 Too Many Requests", "Retry-After: 1\r\n", "later"),
        _ => connection.page(&faults::page()),
    });
    let desk = Desk::new(&[&server])
        .quote("a", WORDS, &server.url("/a"))
        .quote("b", WORDS, &server.url("/b"))
        .with(|settings| settings.capture.retries = 1);
    let ran = desk.check().await;
    assert!(ran.report.claims.iter().all(|claim| claim.verdict.word() == "on-record"));
    let times: Vec<Instant> = server.requests().iter().map(|request| request.at).collect();
    assert!(times[1] - times[0] >= Duration::from_millis(950), "{:?}", times[1] - times[0]);
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let server = Server::start(|request, connection| match (request.path.as_str(), request.header("if-none-match")) {
        ("/etag", Some("\"v1\"")) => connection.answer("304 Not Modified", "ETag: \"v1\"\r\n", ""),
        ("/etag", _) => connection.answer("200 OK", "Content-Type: text/html\r\nETag: \"v1\"\r\n", faults::page()),
        ("/date", _) if request.header("if-modified-since") == Some("Tue, 24 Nov 2026 10:00:00 GMT") => {
            connection.answer("304 Not Modified", "", "");
        }
        ("/date", _) => connection.answer(
            "200 OK",
            "Content-Type: text/html\r\nLast-Modified: Tue, 24 Nov 2026 10:00:00 GMT\r\n",
            faults::page(),
        ),
        _ => {
            assert_eq!((request.header("if-none-match"), request.header("if-modified-since")), (None, None));
            connection.page(&faults::page());
        }
    });
    let desk = Desk::new(&[&server])
        .quote("etag", LAST, &server.url("/etag"))
        .quote("date", LAST, &server.url("/date"))
        .quote("plain", LAST, &server.url("/plain"));
    desk.check().await;
    let desk = desk.with(|settings| settings.refresh = onrecord::engine::Refresh::Everything);
    for round in 2..4 {
        let ran = desk.check().await;
        for id in ["etag", "date", "plain"] {
            assert_eq!(ran.claim(id).verdict.word(), "on-record", "{id}");
            let capture = ran.claim(id).checks[0].capture.clone().unwrap();
            assert_eq!((capture.status, capture.origin), (Some(200), Origin::Live));
        }
        assert_eq!(ran.records.matches("revisit/server-not-modified").count(), 2 * (round - 1));
        assert_eq!(ran.held(&server.url("/etag")).len(), round, "each visit is a capture of its own");
        let captures = ran.archive.captures_of(&server.url("/etag"));
        assert!(
            captures.iter().all(|capture| ran.archive.body(&capture.id).unwrap().bytes == faults::page().as_bytes())
        );
    }
    assert!(server.requests().iter().any(|request| request.header("if-none-match").is_some()));
}

#[tokio::test]
async fn one_request_serves_all_claims_on_a_page() {
    let server = Server::start(page);
    let mut desk = Desk::new(&[&server]);
    for number in 0..20 {
        desk = desk.quote(&format!("c{number}"), WORDS, &server.url(&format!("/story#part-{number}")));
    }
    let ran = desk.check().await;
    assert_eq!((ran.report.summary.on_record, server.requests().len()), (20, 1));
}

#[tokio::test]
async fn an_embargo_is_kept() {
    let server = Server::start(page);
    let desk = Desk::new(&[&server]).lines(&format!(
        "[sources.wire]\nurl = '{}'\nnot_before = 2026-12-01\n\n[[claim]]\nstatement = '“{WORDS},” she said.'\nsource = 'wire'\n",
        server.url("/")
    ));
    let ran = desk.check().await;
    assert_eq!((ran.report.summary.unavailable, server.connections()), (1, 0));
}

#[tokio::test]
async fn no_text_of_a_claim_reaches_the_network() {
    let seen = |server: &Server| -> String {
        server.requests().iter().chain(&server.robots_asked()).map(|request| request.head.clone()).collect()
    };
    let (first, second) = (faults::server(), faults::server());
    let mut manifest = String::new();
    for (number, url) in
        [first.url("/ok"), first.url("/503"), second.url("/chain3"), second.url("/reset"), first.url("/scripts")]
            .iter()
            .enumerate()
    {
        manifest.push_str(&format!(
            "[[claim]]\nid = \"zanzibar-{number}\"\nstatement = '“{WORDS},” said Quillonia Marsh of the 1,436 tiles.'\n\
             quote = \"{WORDS}\"\nfigure = \"1,436\"\nspeaker = \"Quillonia Marsh\"\nnote = \"Thornbury\"\nsource = '{url}'\n"
        ));
    }
    let desk = Desk::new(&[&first, &second])
        .lines("[article]\ntitle = \"Harbour of Whitlocke\"\n\n")
        .lines(&manifest)
        .with(|settings| {
            settings.capture.retries = 2;
            settings.capture.user_agent = user_agent(Some("desk@daily.example"));
        });
    desk.check().await;
    let sent = seen(&first) + &seen(&second);
    assert!(sent.contains("desk@daily.example"), "the contact is part of the user agent");
    let secret = [WORDS, "Quillonia", "Marsh", "1,436", "1436", "zanzibar", "Thornbury", "Whitlocke", "claims.toml"];
    let words: Vec<&str> = WORDS.split(' ').filter(|word| word.len() > 4).collect();
    for word in secret.iter().chain(&words) {
        assert!(!sent.to_lowercase().contains(&word.to_lowercase()), "{word} was sent:\n{sent}");
    }
    // what is sent is this and nothing else
    let known = ["host", "user-agent", "accept", "accept-encoding"];
    for line in sent.lines().filter(|line| !line.is_empty() && !line.starts_with("GET /")) {
        let name = line.split(':').next().unwrap().to_lowercase();
        assert!(known.contains(&name.as_str()), "{line}");
    }
}

#[tokio::test]
async fn politeness_does_not_begin_anew_with_each_run() {
    let server = Server::with_robots("User-agent: *\nAllow: /\n", page);
    let pause = Duration::from_millis(400);
    let memory = onrecord::capture::Memory::default();
    let desk = |path: &str| {
        let memory = memory.clone();
        Desk::new(&[&server]).quote("one", WORDS, &server.url(path)).with(move |settings| {
            settings.capture.memory = memory;
            settings.capture.min_interval = pause;
        })
    };
    // two articles with archives of their own, one right after the other
    for path in ["/a", "/b"] {
        assert_eq!(desk(path).check().await.outcome("one"), "verbatim");
    }
    let asked: Vec<Instant> = server.requests().iter().map(|request| request.at).collect();
    assert!(asked.windows(2).all(|pair| pair[1] - pair[0] >= pause), "{asked:?}");
    assert_eq!(server.robots_asked().len(), 1, "what robots.txt says is remembered");
}
