//! Copies in other web archives: a page that is gone is read there, with the copy's own date, and only where somebody
//! configured it.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

mod support;

use std::sync::{Arc, Mutex};

use onrecord::capture::Memento;
use onrecord::engine::Event;
use onrecord::model::Origin;
use support::faults::{self, WORDS};
use support::run::{Desk, Ran};
use support::server::{Connection, Request, Server};

const FALSIFIED: &str = "The ferry will sail before Thursday";

/// A small web archive: three copies of every page, of which the second is an error page, behind all interfaces.
fn archive() -> Server {
    Server::start(answer)
}

fn answer(request: &Request, connection: &mut Connection) {
    let base = format!("http://{}", request.header("host").unwrap());
    let dated = |date: &str| format!("Content-Type: text/html\r\nMemento-Datetime: {date}\r\n");
    let path = request.path.as_str();
    if let Some(url) = path.strip_prefix("/gate/") {
        assert!(request.header("accept-datetime").unwrap().ends_with(" GMT"));
        let stamp = if request.header("accept-datetime").unwrap().contains("2019") {
            "20190101000000"
        } else {
            "20240323110400"
        };
        connection.answer(
            "302 Found",
            &format!(
                "Vary: accept-datetime\r\nLocation: {base}/web/{stamp}/{url}\r\nLink: <{url}>; rel=\"original\"\r\n"
            ),
            "",
        );
    } else if let Some(url) = path.strip_prefix("/pywb/") {
        let location = format!("{base}/web/20240323110400mp_/{url}");
        connection.answer(
            "200 OK",
            &format!("{}Content-Location: {location}\r\n", dated("Sat, 23 Mar 2024 11:04:00 GMT")),
            "<p>a rewritten page with a banner, which nobody should read</p>",
        );
    } else if path.starts_with("/plain/") {
        connection.answer("200 OK", &dated("Sat, 23 Mar 2024 11:04:00 GMT"), faults::page());
    } else if path.starts_with("/none/") {
        connection.answer("404 Not Found", "", "no copy");
    } else if let Some(url) = path.strip_prefix("/map/") {
        let body = format!(
            "<{url}>; rel=\"original\",\n<{base}/web/20240401000000/{url}>; rel=\"memento\"; datetime=\"Mon, 01 Apr 2024 00:00:00 GMT\",\n\
             <{base}/web/20240323110400/{url}>; rel=\"first memento\"; datetime=\"Sat, 23 Mar 2024 11:04:00 GMT\""
        );
        connection.answer("200 OK", "Content-Type: application/link-format\r\n", body);
    } else if let Some(query) = path.strip_prefix("/available?") {
        let url = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "url").unwrap().1.into_owned();
        let body = if url.contains("unknown") {
            "{\"archived_snapshots\":{}}".to_owned()
        } else {
            format!(
                "{{\"archived_snapshots\":{{\"closest\":{{\"available\":true,\"url\":\"{base}/web/20240323110400/{url}\",\
                 \"timestamp\":\"20240323110400\",\"status\":\"200\"}}}}}}"
            )
        };
        connection.answer("200 OK", "Content-Type: application/json\r\n", body);
    } else if path.starts_with("/cdx?") || path.starts_with("/cdxj?") {
        let url = "http://wire.example/gone";
        let body = if path.starts_with("/cdx?") {
            format!(
                "[[\"urlkey\",\"timestamp\",\"original\",\"statuscode\"],[\"k\",\"20240401000000\",\"{url}\",\"404\"],\
                 [\"k\",\"20240323110400\",\"{url}\",\"200\"]]"
            )
        } else {
            format!("{{\"timestamp\":\"20240323110400\",\"url\":\"{url}\",\"status\":\"200\"}}\n")
        };
        connection.answer("200 OK", "", body);
    } else if path.starts_with("/web/20240323110400id_/") {
        connection.answer("200 OK", &dated("Sat, 23 Mar 2024 11:04:00 GMT"), faults::page());
    } else if path.starts_with("/web/20190101000000id_/") {
        connection.answer(
            "200 OK",
            &dated("Tue, 01 Jan 2019 00:00:00 GMT"),
            "<p>Nothing of it stood here then.</p>".repeat(9),
        );
    } else if path.starts_with("/save/") {
        connection.answer("200 OK", "", "queued");
    } else {
        connection.answer("404 Not Found", &dated("Mon, 01 Apr 2024 00:00:00 GMT"), "it was gone by then");
    }
}

fn gone() -> Server {
    Server::start(|request, connection| match request.path.as_str() {
        "/ok" => connection.page(&faults::page()),
        "/blocked" => connection.answer("403 Forbidden", "", "no"),
        "/soft" => faults::answer(&Request { path: "/soft404".to_owned(), ..request.clone() }, connection),
        _ => connection.answer("404 Not Found", "Content-Type: text/html\r\n", "<h1>Not found</h1>"),
    })
}

async fn check(server: &Server, path: &str, service: Memento) -> Ran {
    let url = server.url(path);
    Desk::new(&[server])
        .quote("good", WORDS, &url)
        .quote("falsified", FALSIFIED, &url)
        .with(|settings| settings.memento = service)
        .check()
        .await
}

#[tokio::test]
async fn a_page_that_is_gone_is_read_from_its_copy_through_every_interface() {
    let (server, archive) = (gone(), archive());
    let at = |path: &str| Some(archive.url(path));
    let services = [
        Memento { timegate: at("/gate/"), ..Memento::default() },
        Memento { timegate: at("/pywb/"), ..Memento::default() },
        Memento { timegate: at("/plain/"), ..Memento::default() },
        Memento { timemap: at("/map/"), ..Memento::default() },
        Memento { availability: at("/available"), ..Memento::default() },
        Memento { cdx: at("/cdx"), replay: at("/web/"), ..Memento::default() },
        Memento { cdx: at("/cdxj"), replay: at("/web/"), ..Memento::default() },
        // the first has none, the next one has
        Memento { timegate: at("/none/"), timemap: at("/map/"), ..Memento::default() },
    ];
    for service in services {
        for path in ["/gone", "/soft"] {
            let ran = check(&server, path, service.clone()).await;
            assert_eq!(ran.outcome("good"), "verbatim", "{service:?}");
            assert!(ran.outcome("falsified").starts_with("altered"), "{service:?}: {}", ran.outcome("falsified"));
            let capture = ran.claim("good").checks[0].capture.clone().unwrap();
            assert_eq!((capture.origin, capture.captured.as_str()), (Origin::Memento, "2024-03-23T11:04:00Z"));
            assert!(capture.url.starts_with(&archive.url("/")), "{}", capture.url);
            assert_eq!(ran.held(&server.url(path)).len(), 2, "the page's own answer is kept as well");
        }
    }
}

#[tokio::test]
async fn nobody_is_asked_who_was_not_configured_and_no_is_taken_for_an_answer() {
    let (server, archive) = (gone(), archive());
    assert_eq!(check(&server, "/gone", Memento::default()).await.outcome("good"), "unavailable gone");
    assert_eq!(archive.connections(), 0);
    let service = Memento { timegate: Some(archive.url("/gate/")), ..Memento::default() };
    assert_eq!(check(&server, "/blocked", service.clone()).await.outcome("good"), "unavailable blocked");
    assert_eq!(check(&server, "/ok", service.clone()).await.outcome("good"), "verbatim");
    assert_eq!(check(&server, "/gone?token=hunter2", service).await.outcome("good"), "unavailable gone");
    assert_eq!(archive.connections(), 0, "walls, pages that are there, and secret addresses are not asked for");
}

#[tokio::test]
async fn an_archive_without_a_copy_proves_nothing() {
    let (server, archive) = (gone(), archive());
    let at = |path: &str| Some(archive.url(path));
    for service in [
        Memento { timegate: at("/none/"), ..Memento::default() },
        Memento { availability: at("/available"), ..Memento::default() },
        Memento { timemap: at("/broken/"), ..Memento::default() },
        Memento { timegate: Some("http://127.0.0.1:1/".to_owned()), ..Memento::default() },
    ] {
        let ran = check(&server, "/unknown", service).await;
        assert_eq!(ran.outcome("good"), "unavailable gone");
    }
}

#[tokio::test]
async fn a_claim_that_wants_a_day_gets_the_copy_nearest_to_it() {
    let (server, archive) = (gone(), archive());
    let url = server.url("/ok");
    let claim = |id: &str, day: &str| {
        format!("[[claim]]\nid = \"{id}\"\nstatement = '“{WORDS},” she said.'\nsource = '{url}'\nas_of = {day}\n\n")
    };
    let desk = Desk::new(&[&server])
        .lines(&claim("then", "2024-03-23"))
        .lines(&claim("before", "2019-01-01"))
        .with(|settings| settings.memento = Memento { timegate: Some(archive.url("/gate/")), ..Memento::default() });
    let ran = desk.check().await;
    let captured = |id: &str| ran.claim(id).checks[0].capture.clone().unwrap().captured.clone();
    assert_eq!(captured("then"), "2024-03-23T11:04:00Z");
    assert_eq!(captured("before"), "2019-01-01T00:00:00Z");
    assert_eq!(ran.outcome("then"), "verbatim");
    assert_eq!(ran.outcome("before"), "absent +elsewhere");
    let asked = archive.requests().len();
    desk.check().await;
    assert_eq!(archive.requests().len(), asked, "what is held is not asked for again");
}

#[tokio::test]
async fn a_page_is_handed_to_a_save_service_only_where_that_is_asked_for() {
    let (server, archive) = (gone(), archive());
    let service =
        Memento { timegate: Some(archive.url("/gate/")), save: Some(archive.url("/save/")), ..Memento::default() };
    let saves = || archive.requests().iter().filter(|request| request.path.starts_with("/save/")).count();
    check(&server, "/ok", service.clone()).await;
    assert_eq!(saves(), 0);
    let told = Arc::new(Mutex::new(Vec::new()));
    let desk = Desk::new(&[&server]).quote("good", WORDS, &server.url("/ok")).with(|settings| {
        settings.memento = service;
        settings.save = true;
    });
    let log = Arc::clone(&told);
    desk.check_telling(&move |event| {
        if let Event::Noted(text) = event {
            log.lock().unwrap().push(text);
        }
    })
    .await;
    assert_eq!(saves(), 1);
    // the copy that the archive shows is older than the request: nothing is confirmed by it
    let told = told.lock().unwrap();
    assert!(told.iter().any(|text| text.contains("no copy to show yet")), "{told:?}");
}
