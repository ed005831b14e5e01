//! What becomes of the words over time: pages on a real server change by script, run after run, and every true change is
//! noticed once, with the right kind, and nothing else is said.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use onrecord::engine::{self, Settings};
use onrecord::history::Ledger;
use onrecord::matching::figure;
use onrecord::model::observation::DriftKind;
use onrecord::{capture, manifest};
use support::server::{Connection, Request, Server};

/// What a page answers from a run on.
enum Answer {
    /// The article, with something done to it.
    Page(fn(&str) -> String),
    /// Another status.
    Status(&'static str),
    /// A redirect to a path of the same server.
    To(&'static str),
    /// The connection ends without an answer.
    Silence,
}

struct Case {
    name: &'static str,
    /// From which run on, what.
    script: Vec<(usize, Answer)>,
    /// In which run, what is said.
    expected: Vec<(usize, DriftKind)>,
    /// What is said as well where a step lasts many looks.
    standing: Vec<(usize, DriftKind)>,
}

const RUNS: usize = 8;

/// The page, with a number of its own so that no two cases share one text.
fn article(number: usize) -> String {
    let mut filler = String::new();
    for line in 0..6 {
        write!(
            filler,
            "<p>Paragraph {line} of report {number} on the town of Vik{number}: the council of ward {} met in hall {} and spoke of drains, lamps and the price of timber number {}.</p>",
            number * 7 + line,
            number * 3 + line,
            number * 11 + line
        )
        .unwrap();
    }
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Ferries of Vik{number}</title></head><body><nav><a href=\"/\">Home</a></nav>\
         <article><h1>Ferries stay in port {number}</h1>\
         <p>“The ferries will not sail before the quay {number} is repaired,” Mara Lindqvist said on Monday. She added that nobody had asked her.</p>\
         <p>The storm injured at least 82 people in Vik{number}, the hospital said.</p>{filler}</article>\
         <footer>The Vik Courier</footer></body></html>"
    )
}

fn same(page: &str) -> String {
    page.to_owned()
}

fn cases() -> Vec<Case> {
    use Answer::*;
    use DriftKind::*;
    let page = |from: usize, edit: fn(&str) -> String| (from, Page(edit));
    let case = |name, script, expected| Case { name, script, expected, standing: vec![] };
    vec![
        case("nothing", vec![], vec![]),
        case("stealth edit of a word", vec![page(2, |p| p.replace("repaired,”", "rebuilt,”"))], vec![(2, Reworded)]),
        case("a dropped not", vec![page(3, |p| p.replace("will not sail", "will sail"))], vec![(3, Reworded)]),
        case("one digit", vec![page(2, |p| p.replace("82", "92"))], vec![(2, FigureCorrected)]),
        case("a new toll", vec![page(4, |p| p.replace("at least 82", "115"))], vec![(4, FigureCorrected)]),
        case(
            "edited twice",
            vec![
                page(2, |p| p.replace("repaired,”", "rebuilt,”")),
                page(5, |p| p.replace("repaired,”", "demolished,”")),
            ],
            vec![(2, Reworded), (5, Reworded)],
        ),
        case(
            "edited and restored",
            vec![page(2, |p| p.replace("repaired,”", "rebuilt,”")), page(4, same)],
            vec![(2, Reworded), (4, Restored)],
        ),
        case(
            "paragraph removed",
            vec![page(3, |p| {
                let (a, b) = p.split_once("<p>“").unwrap();
                format!("{a}{}", b.split_once("</p>").unwrap().1)
            })],
            vec![(3, Removed)],
        ),
        case(
            "removed and restored",
            vec![
                page(2, |p| {
                    let (a, b) = p.split_once("<p>“").unwrap();
                    format!("{a}{}", b.split_once("</p>").unwrap().1)
                }),
                page(5, same),
            ],
            vec![(2, Removed), (5, Restored)],
        ),
        case(
            "paragraph moved down",
            vec![page(2, |p| {
                let (a, b) = p.split_once("<p>“").unwrap();
                let (q, rest) = b.split_once("</p>").unwrap();
                rest.replacen("</article>", &format!("<p>“{q}</p></article>"), 1)
                    .as_str()
                    .to_owned()
                    .insert_str_front(a)
            })],
            vec![],
        ),
        case(
            "redesign",
            vec![page(2, |p| {
                p.replace("<article>", "<div class=\"wrap\"><main><article class=\"story\">")
                    .replace("</article>", "</article></main></div>")
                    .replace("<nav>", "<nav class=\"top\"><a href=\"/a\">News</a>")
            })],
            vec![],
        ),
        case(
            "advertisements",
            (1..RUNS)
                .map(|from| {
                    page(from, |p| {
                        p.replace("</footer>", " <div class=\"ad\">Buy our lamps now, three for two</div></footer>")
                    })
                })
                .collect(),
            vec![],
        ),
        case(
            "comments",
            vec![page(2, |p| {
                p.replace("<footer>", "<section class=\"comments\"><p>reader7: I do not believe a word of it, they will sail tomorrow.</p></section><footer>")
            })],
            vec![],
        ),
        case(
            "reflow",
            vec![page(2, |p| p.replace("will not sail", "will\n   not   sail").replace("<p>“", "<p>\n\t“"))],
            vec![],
        ),
        case("typographic marks", vec![page(2, |p| p.replace(['“', '”'], "&quot;"))], vec![]),
        case("charset", vec![page(2, |p| p.replace("<head>", "<head><meta charset=\"utf-8\">"))], vec![]),
        case(
            "related links",
            vec![page(3, |p| {
                p.replace(
                    "</article>",
                    "<aside class=\"related\"><a href=\"/x\">Ferries sail again in Norhavn</a></aside></article>",
                )
            })],
            vec![],
        ),
        case(
            "denied now",
            vec![page(3, |p| {
                p.replace("<p>“The ferries", "<p>It is not true that Lindqvist said “The ferries")
                    .replace("repaired,” Mara Lindqvist said on Monday.", "repaired”.")
            })],
            vec![(3, ContextChanged)],
        ),
        case(
            "another speaker",
            vec![page(3, |p| p.replace("Mara Lindqvist said", "Jon Aker said"))],
            vec![(3, SpeakerChanged)],
        ),
        case(
            "headline only",
            vec![page(3, |p| {
                let (a, b) = p.split_once("<p>“").unwrap();
                let (q, rest) = b.split_once("</p>").unwrap();
                let quote = q.split_once(',').unwrap().0;
                format!(
                    "{}{rest}",
                    a.replacen("<h1>Ferries stay in port", &format!("<h1>“{quote},” Mara Lindqvist said: port"), 1)
                )
            })],
            vec![(3, Moved)],
        ),
        case(
            "in a caption now",
            vec![page(3, |p| {
                let (a, b) = p.split_once("<p>“").unwrap();
                let (q, rest) = b.split_once("</p>").unwrap();
                format!("{a}<figure><img src=\"q.jpg\"><figcaption>“{q}</figcaption></figure>{rest}")
            })],
            vec![(3, Moved)],
        ),
        case(
            "correction that touches",
            vec![page(4, |p| {
                p.replace("</article>", "<p class=\"correction\">Correction: an earlier version of this article misspelt the name of Mara Lindqvist, who spoke of the ferries.</p></article>")
            })],
            vec![(4, NoticeAdded)],
        ),
        case(
            "correction that does not",
            vec![page(4, |p| {
                p.replace(
                    "</article>",
                    "<p class=\"correction\">Correction: the photographer is Ida Holm.</p></article>",
                )
            })],
            vec![(4, NoticeAdded)],
        ),
        case("gone", vec![(3, Status("404 Not Found"))], vec![(3, Gone)]),
        case("gone and back", vec![(2, Status("410 Gone")), page(5, same)], vec![(2, Gone), (5, Reachable)]),
        case(
            "soft 404",
            vec![page(3, |_| {
                "<!doctype html><title>Page not found</title><h1>Page not found</h1><p>Sorry, the page you are looking for does not exist.</p>".to_owned()
            })],
            vec![(3, Gone)],
        ),
        case("blocked", vec![(3, Status("403 Forbidden"))], vec![(3, Walled)]),
        case(
            "paywall",
            vec![page(3, |p| {
                let title = p.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0.to_owned();
                format!(
                    "<!doctype html><title>{title}</title><h1>{title}</h1><p>Subscribe to continue reading this article.</p><p>Already a subscriber? Log in.</p>"
                )
            })],
            vec![(3, Walled)],
        ),
        Case {
            standing: vec![(5, Unreachable), (4, Reachable)],
            ..case("one bad night", vec![(3, Status("503 Service Unavailable")), page(4, same)], vec![])
        },
        case("unreachable for long", vec![(2, Silence)], vec![(4, Unreachable)]),
        case("unreachable and back", vec![(2, Silence), page(6, same)], vec![(4, Unreachable), (6, Reachable)]),
        Case {
            standing: vec![(4, Unreachable), (4, Reachable)],
            ..case(
                "edited while away",
                vec![(2, Status("503 Service Unavailable")), page(4, |p| p.replace("repaired,”", "rebuilt,”"))],
                vec![(4, Reworded)],
            )
        },
        case(
            "another page",
            vec![page(3, |_| {
                "<!doctype html><html lang=\"en\"><head><title>Win a holiday</title></head><body><article><h1>Win a holiday in the sun</h1><p>Enter our prize draw today for the chance to win seven nights in a hotel by the sea with breakfast included for two people.</p><p>Terms apply and the closing date is the last day of the month after next, so do not wait until it is too late to enter.</p></article></body></html>".to_owned()
            })],
            vec![(3, Replaced)],
        ),
        case("redirected elsewhere", vec![(3, To("/elsewhere"))], vec![(3, Redirected)]),
    ]
}

trait InsertFront {
    fn insert_str_front(self, front: &str) -> String;
}

impl InsertFront for String {
    fn insert_str_front(mut self, front: &str) -> String {
        self.insert_str(0, front);
        self
    }
}

fn answer(request: &Request, connection: &mut Connection, cases: &[Case], run: usize) {
    if request.path == "/elsewhere" {
        return connection.page("<!doctype html><html lang=\"en\"><head><title>The Vik Shop</title></head><body><article><h1>Lamps and timber</h1><p>Our shop sells lamps of every kind, and timber from the hills behind the lake, at prices that nobody else in the valley can match this season.</p><p>Come and visit us between nine and five on every working day, or order by telephone and have it brought to your door.</p></article></body></html>");
    }
    let Some(number) = request.path.strip_prefix("/p/").and_then(|number| number.parse::<usize>().ok()) else {
        return connection.answer("404 Not Found", "Content-Type: text/plain\r\n", "nothing");
    };
    let page = article(number);
    match cases[number % cases.len()].script.iter().rev().find(|(from, _)| *from <= run) {
        None => connection.page(&page),
        Some((_, Answer::Page(edit))) => connection.page(&edit(&page)),
        Some((_, Answer::Status(status))) => connection.answer(status, "Content-Type: text/plain\r\n", "no"),
        Some((_, Answer::To(path))) => connection.redirect(path),
        Some((_, Answer::Silence)) => {}
    }
}

/// Three claims on every page: a quotation, a figure, and a sentence that nothing happens to but with the page.
fn claims(server: &Server, copies: usize) -> String {
    let mut text = String::from("[article]\npublished = 2026-01-01\n");
    for number in 0..cases().len() * copies {
        let url = server.url(&format!("/p/{number}"));
        let ward = number * 7 + 5;
        writeln!(
            text,
            "[[claim]]\nid = \"q{number}\"\nstatement = 'Mara Lindqvist said “The ferries will not sail before the quay {number} is repaired”.'\n\
             quote = 'The ferries will not sail before the quay {number} is repaired'\nspeaker = 'Mara Lindqvist'\nsource = '{url}'\n\
             [[claim]]\nid = \"f{number}\"\nstatement = 'The storm injured at least 82 people in Vik{number}.'\n\
             figure = 'at least 82'\nsource = '{url}'\n\
             [[claim]]\nid = \"w{number}\"\nstatement = 'It was said that “the council of ward {ward} met in hall”.'\n\
             quote = 'the council of ward {ward} met in hall'\nsource = '{url}'"
        )
        .unwrap();
    }
    text
}

/// Runs the scripts over so many copies of every case, each step of a script so many looks apart.
async fn simulate(copies: usize, apart: usize) {
    let run = Arc::new(AtomicUsize::new(0));
    let server = {
        let (run, scripts) = (run.clone(), cases());
        Server::start(move |request, connection| {
            answer(request, connection, &scripts, run.load(Ordering::SeqCst) / apart)
        })
    };
    let cases = cases();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claims.toml");
    let parsed = manifest::parse(&path, &claims(&server, copies), &figure::written)
        .unwrap_or_else(|problems| panic!("{}", manifest::render_all(&problems, "claims.toml")));
    let ledger = Ledger::open(&folder.path().join("history.sqlite")).await.unwrap();
    let begin: Timestamp = "2026-01-01T06:00:00Z".parse().unwrap();
    let mut said: BTreeMap<usize, Vec<(usize, DriftKind)>> = BTreeMap::new();
    for number in 0..RUNS * apart {
        run.store(number, Ordering::SeqCst);
        let settings = Settings {
            refresh: engine::Refresh::Everything,
            archive: Some(folder.path().join("archive")),
            capture: capture::Settings {
                allow_sockets: vec![server.address()],
                min_interval: Duration::ZERO,
                ..capture::Settings::default()
            },
            ..Settings::at(begin + SignedDuration::from_hours(24 * number as i64))
        };
        let watch = engine::watch(&parsed.manifest, "claims.toml", &settings, &ledger, &[], &|_| ()).await.unwrap();
        for drift in watch.drifts {
            let page: usize = drift.subject.source.rsplit('/').next().unwrap().parse().unwrap();
            said.entry(page).or_default().push((number, drift.kind));
        }
    }
    let (mut wrong, mut table) = (String::new(), BTreeMap::<DriftKind, [usize; 3]>::new());
    for page in 0..cases.len() * copies {
        let case = &cases[page % cases.len()];
        let mut given = said.remove(&page).unwrap_or_default();
        given.sort_unstable();
        // What may pass is said at the third look in a row, however far the steps are apart.
        let standing = case.standing.iter().filter(|_| apart > 2);
        let mut expected: Vec<(usize, DriftKind)> = case
            .expected
            .iter()
            .chain(standing)
            .map(|(step, kind)| {
                (if *kind == DriftKind::Unreachable { (step - 2) * apart + 2 } else { step * apart }, *kind)
            })
            .collect();
        expected.sort_unstable();
        for (_, kind) in expected.iter().filter(|one| given.contains(one)) {
            table.entry(*kind).or_default()[0] += 1;
        }
        for (_, kind) in expected.iter().filter(|one| !given.contains(one)) {
            table.entry(*kind).or_default()[1] += 1;
        }
        for (_, kind) in given.iter().filter(|one| !expected.contains(one)) {
            table.entry(*kind).or_default()[2] += 1;
        }
        if given != expected {
            writeln!(wrong, "{} ({page}): said {given:?}, expected {expected:?}", case.name).unwrap();
        }
    }
    println!("kind: said rightly, missed, said falsely");
    for (kind, [right, missed, falsely]) in &table {
        println!("{}: {right}, {missed}, {falsely}", kind.word());
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(table.len() >= 13, "every kind but our own is among the cases: {table:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_true_change_is_said_once_and_nothing_else() {
    simulate(1, 1).await;
}

/// 204 claims on 68 sources, 48 looks: what a year of weekly looks sees. Takes a minute or two without optimisation.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long; `just acceptance` runs it"]
async fn a_year_of_looks_says_every_true_change_once_and_nothing_else() {
    simulate(2, 6).await;
}
