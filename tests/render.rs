//! Pages that only scripts fill, in a real browser. These tests need Chromium: `just acceptance` runs them.
#![cfg(feature = "render")]

mod support;

use std::path::PathBuf;
use std::time::Duration;

use onrecord::capture::find_browser;
use onrecord::engine::RenderWhen;
use onrecord::model::Origin;
use support::faults::WORDS;
use support::run::Desk;
use support::server::{Connection, Request, Server};

const SHELL: &str =
    "<html><head><title>Quay</title></head><body><div id=root></div><script src=/app.js></script></body></html>";

fn answer(request: &Request, connection: &mut Connection) {
    match request.path.as_str() {
        "/app.js" => connection.answer(
            "200 OK",
            "Content-Type: text/javascript\r\n",
            format!(
                "fetch('/data').then(r=>r.text()).then(t=>{{document.getElementById('root').innerHTML='<article><h1>Quay closed</h1><p>“{WORDS},” said Ada Nyland, the harbour master of Skerry Point.</p>'+t+'</article>';}});"
            ),
        ),
        "/data" => connection.answer("200 OK", "Content-Type: text/plain\r\n", "<p>The storm tore 1,436 roof tiles from the customs house.</p>"),
        _ => connection.page(SHELL),
    }
}

fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    find_browser(&std::env::split_paths(&path).collect::<Vec<_>>())
}

fn desk(servers: &[&Server], url: &str) -> Desk {
    Desk::new(servers)
        .quote("good", WORDS, url)
        .quote("falsified", "The ferry will sail before Thursday", url)
        .with(|settings| settings.render.timeout = Duration::from_secs(60))
}

#[tokio::test]
async fn without_a_browser_the_reason_says_what_to_install() {
    let server = Server::start(answer);
    let ran = desk(&[&server], &server.url("/")).check().await;
    assert_eq!(ran.outcome("good"), "unavailable script-only");
    let detail = ran.claim("good").checks[0].detail.clone().unwrap();
    assert!(detail.contains("apt install chromium"), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium"]
async fn a_page_that_scripts_fill_is_read_as_a_browser_shows_it() {
    let server = Server::start(answer);
    let desk = desk(&[&server], &server.url("/")).with(|settings| settings.render.program = browser());
    let ran = desk.check().await;
    assert_eq!(ran.outcome("good"), "verbatim");
    assert!(ran.outcome("falsified").starts_with("altered"), "{}", ran.outcome("falsified"));
    let capture = ran.claim("good").checks[0].capture.clone().unwrap();
    assert_eq!((capture.origin, capture.status), (Origin::Rendered, None));
    assert!(ran.records.contains("Content-Type: image/png") && ran.records.contains("urn:view:"));
    assert!(server.requests().iter().all(|request| request.header("user-agent").unwrap().contains("onrecord/")));
    let asked = server.requests().len();
    desk.check().await;
    assert_eq!(server.requests().len(), asked, "what is held is not rendered again");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium"]
async fn what_a_page_loads_is_held_to_the_guard() {
    let canary = Server::start_on("127.0.0.2".parse().unwrap(), |_, connection| connection.page("secret"));
    let (port, url) = (canary.address().port(), canary.url("/"));
    let server = Server::start(move |request, connection| {
        match request.path.as_str() {
        "/" => connection.page(&format!(
            "<div id=root></div><img src={url}><iframe src={url}frame></iframe><script>\
             for (const h of ['127.0.0.2','localhost','[::ffff:127.0.0.2]','2130706434']) fetch('http://'+h+':{port}/',{{mode:'no-cors'}}).catch(()=>0);\
             try {{ new WebSocket('ws://127.0.0.2:{port}/') }} catch (e) {{}}\
             setTimeout(()=>{{document.getElementById('root').innerHTML='<p>“{WORDS},” said Ada Nyland, the harbour master.</p>'}},300)</script>"
        )),
        "/away" => connection.page(&format!("<script>location='{url}'</script>")),
        "/box" => connection.page(&format!("<div id=root></div><script>alert(1);document.getElementById('root').innerText='“{WORDS},” said Ada Nyland, the harbour master of Skerry Point.'</script>")),
        _ => connection.page("<script>for(;;);</script>"),
    }
    });
    let run = async |path: &str, time: u64| {
        let desk = desk(&[&server], &server.url(path)).with(|settings| {
            settings.render.program = browser();
            settings.render.timeout = Duration::from_secs(time);
        });
        desk.check().await
    };
    assert_eq!(run("/", 60).await.outcome("good"), "verbatim");
    assert_eq!(canary.connections(), 0, "a canary was touched");
    assert_eq!(run("/box", 60).await.outcome("good"), "verbatim", "a box does not hold the page");
    assert_eq!(run("/endless", 8).await.outcome("good"), "unavailable script-only");
    assert_ne!(run("/away", 60).await.claim("good").verdict.word(), "on-record");
    assert_eq!(canary.connections(), 0, "a canary was touched");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium"]
async fn pages_are_rendered_always_or_never_where_that_is_asked_for() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/plain" => connection.page(&support::faults::page()),
        _ => answer(request, connection),
    });
    for (when, path, expected) in
        [(RenderWhen::Never, "/", "unavailable script-only"), (RenderWhen::Always, "/plain", "verbatim")]
    {
        let desk = desk(&[&server], &server.url(path)).with(|settings| {
            settings.render.program = browser();
            settings.render.when = when;
        });
        let ran = desk.check().await;
        assert_eq!(ran.outcome("good"), expected);
        if when == RenderWhen::Always {
            assert_eq!(ran.claim("good").checks[0].capture.clone().unwrap().origin, Origin::Rendered);
        }
    }
}
