use jiff::civil::date;
use jiff::{Timestamp, ToSpan};

use super::*;
use crate::manifest::{no_figures, parse};
use crate::model::address::Addresses;
use crate::model::{Completeness, Origin};

const TODAY: Date = date(2024, 3, 24);
const LIVE: PlanOptions = PlanOptions { refresh: Refresh::Never, offline: false };
const OFFLINE: PlanOptions = PlanOptions { refresh: Refresh::Never, offline: true };
const REFRESH: PlanOptions = PlanOptions { refresh: Refresh::Everything, offline: false };

fn manifest(text: &str) -> Manifest {
    parse("claims.toml".as_ref(), text, &no_figures).unwrap_or_else(|errors| panic!("{errors:?}")).manifest
}

fn capture(id: &str, address: &str, captured: &str) -> Capture {
    Capture {
        id: CaptureId(id.to_owned()),
        requested: address.to_owned(),
        address: address.to_owned(),
        hops: Vec::new(),
        captured: captured.parse().expect("a timestamp"),
        origin: Origin::Live,
        status: Some(200),
        content_type: None,
        sha256: String::new(),
        completeness: Completeness::Complete,
        outcome: Outcome::Body,
        supplied_by: None,
    }
}

fn truncated(id: &str, captured: &str) -> Capture {
    Capture { completeness: Completeness::Truncated, ..capture(id, URL, captured) }
}

fn status(id: &str, captured: &str, status: u16) -> Capture {
    Capture { status: Some(status), ..capture(id, URL, captured) }
}

fn failed(id: &str, captured: &str, reason: Reason) -> Capture {
    Capture { status: None, outcome: Outcome::Failed(Failure::new(reason, "it failed")), ..capture(id, URL, captured) }
}

const URL: &str = "https://wire.example/a";
const ONE: &str = "[[claim]]\nstatement = 'Lind spoke.'\nsource = 'https://wire.example/a'\n";

fn source() -> Source {
    manifest(ONE).sources.into_values().next().expect("a source")
}

fn serves(as_of: Option<Date>, held: &[Capture]) -> Option<&str> {
    let found = serving(&source(), as_of, held).map(|capture| capture.id.0.as_str());
    let candidates = Holdings::new(held).candidates(&source(), as_of);
    assert_eq!(candidates.first().map(|capture| capture.id.0.as_str()), found, "the first candidate serves");
    found
}

#[test]
fn the_newest_whole_capture_serves_and_a_later_failure_hides_nothing() {
    let held = [
        capture("old", URL, "2024-03-20T10:00:00Z"),
        capture("new", URL, "2024-03-21T10:00:00Z"),
        truncated("cut", "2024-03-22T10:00:00Z"),
        status("error-page", "2024-03-23T10:00:00Z", 404),
        failed("failed", "2024-03-24T10:00:00Z", Reason::Timeout),
    ];
    assert_eq!(serves(None, &held), Some("new"));
    assert_eq!(serves(None, &held[2..]), Some("cut"));
    assert_eq!(serves(None, &held[3..]), Some("error-page"));
    assert_eq!(serves(None, &held[4..]), Some("failed"));
    assert_eq!(serves(None, &[]), None);
    let again =
        [failed("first", "2024-03-20T10:00:00Z", Reason::Dns), failed("second", "2024-03-21T10:00:00Z", Reason::Tls)];
    assert_eq!(serves(None, &again), Some("second"));
    let local = [Capture { status: None, ..capture("no-status", URL, "2024-03-20T10:00:00Z") }, held[3].clone()];
    assert_eq!(serves(None, &local), Some("no-status"));
}

#[test]
fn a_day_is_served_by_the_nearest() {
    let held = [
        capture("19", URL, "2024-03-19T23:00:00Z"),
        capture("20-late", URL, "2024-03-20T22:00:00Z"),
        capture("20-early", URL, "2024-03-20T08:00:00Z"),
        capture("24", URL, "2024-03-24T01:00:00Z"),
        truncated("cut", "2024-03-23T10:00:00Z"),
    ];
    for (day, expected) in
        [(1, "19"), (19, "19"), (20, "20-early"), (21, "20-early"), (22, "20-early"), (23, "24"), (31, "24")]
    {
        assert_eq!(serves(Some(date(2024, 3, day)), &held), Some(expected), "day {day}");
    }
    assert_eq!(serves(Some(date(2024, 3, 1)), &held[4..]), Some("cut"));
}

#[test]
fn addresses_are_compared_after_normalising() {
    let text = "[[claim]]\nstatement = 'Lind spoke.'\nsource = ['HTTPS://Wire.example:443#top', 'notes.txt']\n";
    let manifest = manifest(text);
    let at = "2024-03-20T10:00:00Z";
    let url = manifest.sources.values().find(|source| source.url.is_some()).expect("a URL");
    let file = manifest.sources.values().find(|source| source.path.is_some()).expect("a file");
    for address in ["https://wire.example", "https://wire.example/", "https://wire.example/#other"] {
        assert!(serving(url, None, &[capture("a", address, at)]).is_some(), "{address}");
    }
    for address in ["http://wire.example/", "https://wire.example/a", "https://wire.example/?", "notes.txt"] {
        assert!(serving(url, None, &[capture("a", address, at)]).is_none(), "{address}");
    }
    assert!(serving(file, None, &[capture("a", "notes.txt", at)]).is_some());
    assert!(serving(file, None, &[capture("a", "./notes.txt", at)]).is_none());
    let moved =
        Capture { requested: "https://wire.example/old".into(), ..capture("moved", "https://wire.example/", at) };
    assert!(serving(url, None, &[moved]).is_some(), "the address that answered counts, too");
}

#[test]
fn what_is_wanted() {
    let text = "
[sources.wire]
url = 'https://wire.example/a'
copy = 'saved/a.html'
[sources.same]
url = 'https://wire.example/a#later'
[sources.unused]
url = 'https://unused.example/'
[[claim]]
statement = 'Lind spoke.'
source = ['wire', 'same', 'notes.txt', 'https://daily.example']
[[claim]]
statement = 'Berg spoke.'
source = 'notes.txt'
";
    let manifest = manifest(text);
    let list = |plan: &Plan| {
        let name = |wanted: &Wanted| match &wanted.what {
            Target::Url(url) => format!("{url} {}", wanted.used),
            Target::File(path) => format!("file {path}"),
        };
        plan.wanted.iter().map(name).collect::<Vec<_>>()
    };
    let all = [
        "https://daily.example true",
        "file notes.txt",
        "https://wire.example/a true",
        "https://unused.example/ false",
        "file saved/a.html",
    ];
    let plan_of = |held: &[Capture], options| plan(&manifest, held, TODAY, options);
    let nothing = plan_of(&[], LIVE);
    assert_eq!(list(&nothing), all);
    assert_eq!(nothing.wanted[2].sources, [SourceKey("same".into()), SourceKey("wire".into())]);
    assert_eq!(list(&plan_of(&[], OFFLINE)), ["file notes.txt", "file saved/a.html"]);

    let held = [capture("a", "https://daily.example/", "2024-03-20T10:00:00Z"), truncated("b", "2024-03-20T10:00:00Z")];
    let without_daily: Vec<&str> = all[1..].to_vec();
    assert_eq!(list(&plan_of(&held, LIVE)), without_daily, "a truncated body is asked for again");
    assert_eq!(list(&plan_of(&held, REFRESH)), all);
    assert_eq!(list(&plan_of(&[failed("c", "2024-03-20T10:00:00Z", Reason::Dns)], LIVE)), all);
    let error_page = [status("d", "2024-03-20T10:00:00Z", 404)];
    assert!(!list(&plan_of(&error_page, LIVE)).contains(&"https://wire.example/a true".to_owned()));
    let busy = [status("e", "2024-03-20T10:00:00Z", 503)];
    assert_eq!(list(&plan_of(&busy, LIVE)), all, "a page that says to come back later is asked for again");
}

#[test]
fn what_claims_rest_on_is_asked_again_once() {
    let manifest = manifest(&format!("[sources.idle]\nurl = 'https://wire.example/idle'\n{ONE}"));
    let since: Timestamp = "2024-03-24T06:00:00.7Z".parse().expect("a time");
    let options = PlanOptions { refresh: Refresh::Claimed(since), offline: false };
    let wanted = |held: &[Capture]| -> Vec<Target> {
        plan(&manifest, held, TODAY, options).wanted.into_iter().map(|wanted| wanted.what).collect()
    };
    let before = capture("old", URL, "2024-03-24T05:59:59Z");
    assert_eq!(wanted(&[]), [Target::Url(URL.into())], "what no claim rests on is left alone");
    assert_eq!(wanted(std::slice::from_ref(&before)), [Target::Url(URL.into())]);
    // Captures are dated in whole seconds: this one may have been made before.
    assert_eq!(wanted(&[before.clone(), capture("new", URL, "2024-03-24T06:00:00Z")]), [Target::Url(URL.into())]);
    // An attempt that failed was one.
    assert_eq!(wanted(&[before.clone(), capture("new", URL, "2024-03-24T06:00:01Z")]), []);
    assert_eq!(wanted(&[before.clone(), failed("new", "2024-03-24T06:00:09Z", Reason::Timeout)]), []);
    let mut copy = capture("copy", URL, "2024-03-24T06:00:09Z");
    copy.supplied_by = Some("KM".into());
    assert_eq!(wanted(&[before, copy]), [Target::Url(URL.into())], "a copy is no answer of the server");
}

#[test]
fn nothing_under_embargo_is_asked_for() {
    let text = "
[sources.early]
url = 'https://wire.example/a'
not_before = 2024-03-25
copy = 'early.html'
[sources.due]
url = 'https://wire.example/b'
not_before = 2024-03-24
[[claim]]
statement = 'Lind spoke.'
source = ['early', 'due', 'https://wire.example/a#x']
";
    let manifest = manifest(text);
    let plan_of = |held: &[Capture], options| plan(&manifest, held, TODAY, options);
    let first = plan_of(&[], LIVE);
    let wanted: Vec<&Target> = first.wanted.iter().map(|wanted| &wanted.what).collect();
    assert_eq!(wanted, [&Target::Url("https://wire.example/b".into()), &Target::File("early.html".into())]);
    assert_eq!(first.embargoed.len(), 1);
    assert_eq!(first.embargoed[0].until, date(2024, 3, 25));
    assert_eq!(first.embargoed[0].sources.len(), 2, "another source with the same URL does not get round it");
    assert!(first.unreadable[0].failure.detail.contains("no capture before 2024-03-25"));
    assert_eq!(plan_of(&[capture("a", URL, "2024-03-01T00:00:00Z")], LIVE).embargoed, []);
    assert_eq!(plan_of(&[capture("a", URL, "2024-03-01T00:00:00Z")], REFRESH).embargoed.len(), 1);
    let later = plan(&manifest, &[], date(2024, 3, 25), LIVE);
    assert_eq!((later.embargoed.len(), later.wanted.len()), (0, 3));
}

#[test]
fn each_capture_is_read_once_and_what_cannot_be_read_is_named() {
    let text = "
[[claim]]
statement = 'Lind spoke.'
source = ['notes.txt', 'https://wire.example/a']
[[claim]]
statement = 'Berg spoke.'
source = ['https://wire.example/a#b', 'https://gone.example/']
as_of = 2024-03-01
[[claim]]
statement = 'Nobody spoke.'
";
    let manifest = manifest(text);
    let gone =
        Capture { requested: "https://gone.example".into(), ..failed("gone", "2024-03-20T10:00:00Z", Reason::Gone) };
    let held = [capture("a", URL, "2024-03-20T10:00:00Z"), Capture { address: gone.requested.clone(), ..gone }];
    let plan = plan(&manifest, &held, TODAY, OFFLINE);
    let look = |claim, source: &str| PlannedLook { claim, source: SourceKey(source.into()) };
    let looks = vec![look(0, "https://wire.example/a"), look(1, "https://wire.example/a#b")];
    assert_eq!(plan.tasks, [Task { capture: CaptureId("a".into()), looks }]);
    let why: Vec<(usize, &str, Reason)> =
        plan.unreadable.iter().map(|u| (u.claim, &*u.source.0, u.failure.reason)).collect();
    assert_eq!(why, [(0, "notes.txt", Reason::NotCaptured), (1, "https://gone.example/", Reason::Gone)]);
    assert_eq!(plan.unreadable[1].capture, Some(CaptureId("gone".into())));
}

#[test]
fn a_copy_serves_its_source() {
    let text = "[sources.wire]\nurl = 'https://wire.example/a'\ncopy = 'saved.html'\n";
    let manifest = manifest(text);
    let source = &manifest.sources[&SourceKey("wire".into())];
    let copy = capture("copy", "saved.html", "2024-03-20T10:00:00Z");
    let wall = status("wall", "2024-03-21T10:00:00Z", 403);
    let page = capture("page", URL, "2024-03-22T10:00:00Z");
    let held = [copy, wall, page];
    assert_eq!(serving(source, None, &held[..2]).map(|capture| capture.id.0.as_str()), Some("copy"));
    assert_eq!(serving(source, None, &held).map(|capture| capture.id.0.as_str()), Some("page"));
    let all: Vec<&str> =
        Holdings::new(&held).candidates(source, None).iter().map(|capture| capture.id.0.as_str()).collect();
    assert_eq!(all, ["page", "copy", "wall"]);
}

#[test]
fn captures_of_other_manifests_are_told_apart() {
    let text = format!(
        "sources.minutes.copy = 'saved.html'\nsources.minutes.url = 'https://council.example/m?x=%7e1#top'\n{ONE}\
         [[claim]]\nstatement = 'Lind wrote.'\nsource = 'notes.txt'\n[[claim]]\nstatement = 'Lind met.'\nsource = 'minutes'\n"
    );
    let manifest = manifest(&text);
    let mut own: Addresses = manifest.sources.values().collect();
    let has = |own: &Addresses, address: &str| own.has(&capture("c", address, "2024-03-20T10:00:00Z"));
    for address in [URL, "HTTPS://wire.example:443/a#end", "notes.txt", "saved.html", "https://council.example/m?x=~1"]
    {
        assert!(has(&own, address), "{address}");
    }
    let others = ["https://wire.example/b", "https://wire.example/a?b", "notes", "https://council.example/m", ""];
    for address in others {
        assert!(!has(&own, address), "{address}");
    }
    let from = Capture { requested: "https://short.example/1".into(), ..capture("c", URL, "2024-03-20T10:00:00Z") };
    let to = Capture { address: "https://wire.example/b".into(), ..capture("c", URL, "2024-03-20T10:00:00Z") };
    assert!(
        own.has(&from) && own.has(&to),
        "what redirects to a source, and what a source redirects to, are its captures"
    );
    own.extend(["https://wire.example/b#x".to_owned()]);
    assert!(has(&own, others[0]));
}

#[test]
fn a_hundred_thousand_claims_are_planned() {
    let mut text = String::new();
    for index in 0..500 {
        text.push_str(&format!("[sources.s{index}]\nurl = 'https://wire.example/{index}'\n"));
    }
    for index in 0..100_000 {
        let day = index % 28 + 1;
        text.push_str(&format!(
            "[[claim]]\nstatement = 'Lind spoke.'\nsource = 's{}'\nas_of = 2024-03-{day:02}\n",
            index % 500
        ));
    }
    let manifest = manifest(&text);
    let begin: Timestamp = "2024-01-01T00:00:00Z".parse().expect("a timestamp");
    let held: Vec<Capture> = (0..50_000)
        .map(|index| {
            let mut capture =
                capture(&index.to_string(), &format!("https://wire.example/{}", index % 500), "2024-01-01T00:00:00Z");
            capture.captured = begin + i64::from(index).hours();
            capture
        })
        .collect();
    // What is quadratic takes minutes here.
    let plan = plan(&manifest, &held, TODAY, LIVE);
    assert_eq!(plan.tasks.iter().map(|task| task.looks.len()).sum::<usize>(), 100_000);
}
