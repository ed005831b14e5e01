//! Rows 17 to 20, 47 and 49: addresses that must not be asked, and secrets that must not get out.
//!
//! The tests of addresses run in a network of their own (`unshare`), in which the forbidden addresses are ours: nothing
//! that fails there can reach a real one. Where the system does not permit that they say so and do nothing.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

mod support;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, UdpSocket};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use support::faults::{self, WORDS};
use support::run::{Desk, Ran};
use support::server::Server;

const INSIDE: &str = "ONRECORD_TEST_NETWORK";

/// Runs the named test again in a network of its own; whether this process is inside it already.
fn inside(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let folder = tempfile::tempdir().unwrap();
    let resolver = folder.path().join("resolv.conf");
    std::fs::write(&resolver, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n").unwrap();
    let script = "set -e; ip link set lo up; for a in 169.254.169.254/32 10.9.8.7/32 11.22.33.44/32; do \
                  ip addr add $a dev lo; done; ip -6 addr add fd00::7/128 dev lo nodad || true; \
                  mount --bind \"$1\" /etc/resolv.conf";
    let possible = Command::new("unshare").args(["-rmn", "sh", "-c", script, "sh"]).arg(&resolver).output();
    if !possible.as_ref().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this system does not permit a network of one's own (unshare -rmn): {possible:?}");
        return false;
    }
    let output = Command::new("unshare")
        .args(["-rmn", "sh", "-c", &format!("{script}; exec \"$2\" --exact \"$3\" --nocapture"), "sh"])
        .arg(&resolver)
        .arg(std::env::current_exe().unwrap())
        .arg(test)
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
    false
}

/// A server of names: each query takes the next of the answers for its name, and the last one for ever.
struct Names {
    asked: Arc<Mutex<Vec<String>>>,
}

impl Names {
    fn start(answers: &[(&str, &[&str])]) -> Self {
        let socket = UdpSocket::bind(("127.0.0.1", 53)).unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let answers: HashMap<String, Vec<String>> = answers
            .iter()
            .map(|(name, list)| ((*name).to_owned(), list.iter().map(|one| (*one).to_owned()).collect()))
            .collect();
        std::thread::spawn(move || {
            let mut times: HashMap<String, usize> = HashMap::new();
            let mut buffer = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut buffer) {
                let query = &buffer[..length];
                let (mut at, mut labels) = (12, Vec::new());
                while query[at] != 0 {
                    let label = &query[at + 1..at + 1 + usize::from(query[at])];
                    labels.push(String::from_utf8_lossy(label).into_owned());
                    at += 1 + usize::from(query[at]);
                }
                let name = labels.join(".");
                let kind = query[at + 2];
                log.lock().unwrap().push(name.clone());
                let mut answer = query[..2].to_vec();
                let mut addresses: Vec<IpAddr> = Vec::new();
                if let Some(list) = answers.get(&name) {
                    // both kinds of one lookup belong to one turn
                    let turn = times.entry(name.clone()).or_default();
                    let now = list[(*turn / 2).min(list.len() - 1)].split(' ');
                    addresses.extend(now.filter_map(|one| one.parse::<IpAddr>().ok()));
                    *turn += 1;
                }
                addresses.retain(|address| address.is_ipv6() == (kind == 28));
                answer.extend([0x81, if answers.contains_key(&name) { 0x80 } else { 0x83 }]);
                answer.extend([0, 1, 0, addresses.len() as u8, 0, 0, 0, 0]);
                answer.extend(&query[12..at + 5]);
                for address in addresses {
                    answer.extend([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 0]);
                    match address {
                        IpAddr::V4(address) => {
                            answer.extend([0, 4]);
                            answer.extend(address.octets());
                        }
                        IpAddr::V6(address) => {
                            answer.extend([0, 16]);
                            answer.extend(address.octets());
                        }
                    }
                }
                let _ = socket.send_to(&answer, from);
            }
        });
        Self { asked }
    }
}

/// A server on port 80 of an address.
fn on(address: impl Into<IpAddr>, handler: fn(&str) -> Option<String>) -> Server {
    let listener = TcpListener::bind((address.into(), 80)).unwrap();
    Server::serve(listener, None, move |request, connection| match handler(&request.path) {
        Some(to) => connection.redirect(&to),
        None => connection.page(&faults::page()),
    })
}

/// Where the public server redirects to, by path.
const REDIRECTS: &[(&str, &str)] = &[
    ("/tometa", "http://169.254.169.254/latest/meta-data/"),
    ("/toprivate", "http://10.9.8.7/"),
    ("/todecimal", "http://2852039166/latest/"),
    ("/tohex", "http://0xa9.0xfe.0xa9.0xfe/"),
    ("/tomapped", "http://[::ffff:169.254.169.254]/"),
    ("/toloopback", "http://127.0.0.1/"),
    ("/toname", "http://meta.example/"),
    ("/tounique", "http://[fd00::7]/"),
    ("/schemeless", "//10.9.8.7/"),
];

fn public(path: &str) -> Option<String> {
    REDIRECTS.iter().find(|(from, _)| *from == path).map(|(_, to)| (*to).to_owned())
}

fn nowhere(_: &str) -> Option<String> {
    None
}

async fn look(urls: &[String], guarded: bool) -> Ran {
    let mut desk = Desk::new(&[]).quote("public", WORDS, "http://public.example/ok");
    for (number, url) in urls.iter().enumerate() {
        desk = desk.quote(&format!("c{number}"), WORDS, url);
    }
    desk.with(|settings| settings.capture.allow_private = !guarded).check().await
}

#[test]
fn forbidden_addresses_are_not_asked_however_they_are_written() {
    if !inside("forbidden_addresses_are_not_asked_however_they_are_written") {
        return;
    }
    let names = Names::start(&[
        ("public.example", &["11.22.33.44"]),
        ("meta.example", &["169.254.169.254"]),
        ("private.example", &["10.9.8.7"]),
        ("loop.example", &["127.0.0.1"]),
        ("six.example", &["::1 fd00::7"]),
        ("mapped.example", &["::ffff:169.254.169.254"]),
        ("mixed.example", &["10.9.8.7 11.22.33.44 169.254.169.254"]),
    ]);
    let canaries = [
        on(Ipv4Addr::new(169, 254, 169, 254), nowhere),
        on(Ipv4Addr::new(10, 9, 8, 7), nowhere),
        on(Ipv4Addr::LOCALHOST, nowhere),
        on(Ipv6Addr::LOCALHOST, nowhere),
        on(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 7), nowhere),
    ];
    let open = on(Ipv4Addr::new(11, 22, 33, 44), public);
    let touched = || canaries.iter().map(Server::connections).sum::<usize>();
    let mut urls: Vec<String> = REDIRECTS.iter().map(|(path, _)| format!("http://public.example{path}")).collect();
    urls.extend(
        [
            "http://169.254.169.254/latest/meta-data/",
            "http://10.9.8.7/",
            "http://2852039166/",
            "http://0251.0376.0251.0376/",
            "http://0xa9fea9fe/",
            "http://127.1/",
            "http://0x7f.1/",
            "http://[::ffff:169.254.169.254]/",
            "http://[::ffff:a09:807]/",
            "http://[::1]/",
            "http://[fd00::7]/",
            "http://meta.example/",
            "http://private.example/",
            "http://loop.example/",
            "http://six.example/",
            "http://mapped.example/",
            "http://localhost/",
        ]
        .map(str::to_owned),
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let ran = look(&urls, true).await;
        for (number, url) in urls.iter().enumerate() {
            assert_eq!(ran.outcome(&format!("c{number}")), "unavailable refused-address", "{url}");
            assert!(ran.held(url)[0].starts_with("failed refused-address"), "{url}: {:?}", ran.held(url));
        }
        assert_eq!(ran.claim("public").verdict.word(), "on-record");
        assert_eq!(touched(), 0, "a canary was touched");

        // a name with public addresses among others is asked at these alone
        let mixed = look(&["http://mixed.example/ok".to_owned()], true).await;
        assert_eq!((mixed.outcome("c0").as_str(), touched()), ("verbatim", 0));

        // without the guard each of them gets through: the canaries can be hit
        for url in &urls {
            let before = touched();
            let ran = look(std::slice::from_ref(url), false).await;
            assert_eq!(ran.outcome("c0"), "verbatim", "{url}");
            assert!(touched() > before, "{url} touches no canary without the guard");
        }
    });
    assert!(open.connections() > 0);
    for name in names.asked.lock().unwrap().iter() {
        assert!(name.ends_with(".example"), "{name} was asked for");
    }
}

#[test]
fn a_name_that_answers_differently_the_second_time_is_asked_once() {
    if !inside("a_name_that_answers_differently_the_second_time_is_asked_once") {
        return;
    }
    // every lookup has two questions; the second lookup leads to the canary
    let names =
        Names::start(&[("public.example", &["11.22.33.44"]), ("rebind.example", &["11.22.33.44", "169.254.169.254"])]);
    let canary = on(Ipv4Addr::new(169, 254, 169, 254), nowhere);
    let _open = on(Ipv4Addr::new(11, 22, 33, 44), |path| (path == "/").then(|| "/second".to_owned()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let urls = ["http://rebind.example/".to_owned(), "http://rebind.example/other".to_owned()];
        let first = look(&urls, true).await;
        assert_eq!((first.outcome("c0").as_str(), first.outcome("c1").as_str()), ("verbatim", "verbatim"));
        let asked = names.asked.lock().unwrap().iter().filter(|name| *name == "rebind.example").count();
        assert!(asked <= 2, "the name was asked {asked} times");
        // the next run asks anew, and is led to the canary
        let second = look(&urls[..1], true).await;
        assert_eq!(second.outcome("c0"), "unavailable refused-address");
        assert_eq!(canary.connections(), 0);
        look(&urls[..1], false).await;
        assert!(canary.connections() > 0, "without the guard the canary is hit");
    });
}

#[tokio::test]
async fn row_47_entities_of_a_document_are_not_fetched() {
    let canary = Server::start(|_, connection| connection.page(WORDS));
    let outside = canary.url("/secret");
    let server = Server::start(move |request, connection| {
        let laughs: String =
            (1..40).map(|n| format!("<!ENTITY l{n} \"&l{0};&l{0};&l{0};&l{0};&l{0};&l{0};\">", n - 1)).collect();
        let (kind, body) = match request.path.as_str() {
            "/rss" => ("application/rss+xml", "<rss><channel><item><title>&x;</title></item></channel></rss>"),
            "/svg" => ("image/svg+xml", "<svg><text>&x;</text></svg>"),
            "/xhtml" => ("application/xhtml+xml", "<html><body><p>&x; &l39;</p></body></html>"),
            _ => ("application/xml", "<urlset><url><loc>&x;</loc></url></urlset>"),
        };
        let head = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"{outside}\"><!ENTITY l0 \"ha\">{laughs}]>"
        );
        connection.answer("200 OK", &format!("Content-Type: {kind}\r\n"), head + body);
    });
    let mut desk = Desk::new(&[&server, &canary]);
    for path in ["rss", "svg", "xhtml", "xml"] {
        desk = desk.quote(path, WORDS, &server.url(&format!("/{path}")));
    }
    let ran = desk.check().await;
    for path in ["rss", "svg", "xhtml", "xml"] {
        assert_ne!(ran.claim(path).verdict.word(), "on-record", "{path}");
        assert_eq!(ran.held(&server.url(&format!("/{path}"))), ["whole"]);
    }
    assert_eq!(canary.connections(), 0);
}

#[tokio::test]
async fn row_49_credentials_stay_with_their_origin_and_are_kept_nowhere() {
    use onrecord::capture::{HostRule, Jar, Pattern, Secret};
    let other = Server::start(|_, connection| connection.page(&faults::page()));
    let elsewhere = other.url("/landing");
    let server = Server::start(move |request, connection| match request.path.as_str() {
        "/away" => connection.redirect(&elsewhere),
        "/hop" => connection.redirect("/secret"),
        _ => faults::answer(request, connection),
    });
    let origin = server.url("");
    let desk = Desk::new(&[&server, &other])
        .quote("own", WORDS, &server.url("/secret"))
        .quote("hop", WORDS, &server.url("/hop"))
        .quote("away", WORDS, &server.url("/away"))
        .quote("other", WORDS, &other.url("/ok"))
        .quote("token", WORDS, &server.url("/ok?id=1&token=hunter2-query&x=2"))
        .quote("password", WORDS, &server.url("/ok").replace("http://", "http://reader:hunter2-password@"))
        .with(|settings| {
            let mut rule = HostRule::new(Pattern::parse(&origin).unwrap());
            rule.headers = vec![
                ("Authorization".to_owned(), Secret::new("Bearer hunter2-token")),
                ("X-Desk-Key".to_owned(), Secret::new("hunter2-key")),
            ];
            rule.cookies = vec![("session".to_owned(), Secret::new("hunter2-cookie"))];
            rule.jar = Jar::parse(
                "127.0.0.1\tFALSE\t/\tFALSE\t0\tjar\thunter2-jar\n",
                "2026-01-01T00:00:00Z".parse().unwrap(),
            )
            .unwrap();
            settings.capture.hosts.rules = vec![rule];
        });
    assert!(!format!("{:?}", desk.settings).contains("hunter2"));
    let ran = desk.check().await;
    for id in ["own", "hop", "away", "other", "password", "token"] {
        assert_eq!(ran.claim(id).verdict.word(), "on-record", "{id}");
    }
    for request in server.requests() {
        assert_eq!(request.header("authorization"), Some("Bearer hunter2-token"), "{}", request.path);
        assert_eq!(request.header("x-desk-key"), Some("hunter2-key"));
        assert_eq!(request.header("cookie"), Some("jar=hunter2-jar; session=hunter2-cookie"));
    }
    assert!(server.requests().iter().any(|request| request.path == "/ok?id=1&token=hunter2-query&x=2"));
    assert!(ran.records.contains("token=redacted-"));
    for request in other.requests().iter().chain(&other.robots_asked()) {
        assert!(!request.head.contains("hunter2"), "{}", request.head);
        assert_eq!((request.header("referer"), request.header("cookie")), (None, None));
    }
    assert!(!ran.records.contains("hunter2"), "the archive keeps a secret");
    assert!(!format!("{:?}", ran.archive.captures()).contains("hunter2"));
    let report = serde_json::to_string(&ran.report).unwrap();
    assert!(!report.contains("hunter2"), "the report shows a secret: {report}");
}

#[tokio::test]
async fn a_proxy_is_used_where_the_settings_name_it() {
    let server = faults::server();
    // a proxy that lets everything through to the one server
    let target = server.address();
    let proxy = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = proxy.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        for mut inner in proxy.incoming().flatten() {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                if inner.read_exact(&mut byte).is_err() {
                    break;
                }
                head.push(byte[0]);
            }
            log.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
            let mut outer = std::net::TcpStream::connect(target).unwrap();
            let _ = inner.write_all(b"HTTP/1.1 200 Go ahead\r\n\r\n");
            let (mut up, mut back) = (inner.try_clone().unwrap(), outer.try_clone().unwrap());
            std::thread::spawn(move || std::io::copy(&mut up, &mut back));
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut outer, &mut inner);
                let _ = inner.shutdown(std::net::Shutdown::Both);
            });
        }
    });
    let desk = Desk::new(&[]).quote("one", WORDS, "http://wire.example/ok").with(|settings| {
        settings.capture.proxy = Some(format!("http://desk:p%40ss+@{address}").parse().unwrap());
        settings.capture.total_timeout = Duration::from_secs(5);
    });
    let ran = desk.check().await;
    assert_eq!(ran.claim("one").verdict.word(), "on-record");
    let asked = asked.lock().unwrap();
    assert!(asked.iter().all(|head| head.starts_with("CONNECT wire.example:80 HTTP/1.1\r\n")), "{asked:?}");
    assert!(asked[0].contains("Proxy-Authorization: Basic ZGVzazpwQHNzKw==\r\n"));
    assert!(!ran.records.contains("ZGVzazpwQHNzKw"));
}
