//! Figures over time and beside each other, through a real archive: a toll that rose after the day that is asked about, claims
//! that disagree, and the bands that a manifest sets.

use std::path::Path;

use jiff::Timestamp;
use onrecord::archive::{Answer, Archive, Exchange, Field, Mode, Protocol};
use onrecord::engine::{self, Settings};
use onrecord::manifest;
use onrecord::matching::figure;
use onrecord::model::report::{CheckReport, ClaimReport, ConflictKind, Report};
use onrecord::model::{CheckVerdict, ClaimVerdict, Flag};
use onrecord::report::{Format, Style, render};

/// A capture: its address, its day, and the text of its page.
type Held<'t> = (&'t str, &'t str, &'t str);

const TOLL: &str = "https://wire.example/toll";

fn page(text: &str) -> String {
    format!(
        "<html lang=\"en\"><body><article><h1>Blast at the granary</h1>\
         <p>The ministry spoke of it in the evening.</p><p>{text}</p></article></body></html>"
    )
}

fn exchange(url: &str, day: &str, text: &str) -> Exchange {
    let asked: Timestamp =
        if day.contains('T') { day.to_owned() } else { format!("{day}T11:00:00Z") }.parse().expect("a time");
    let answer = Answer {
        url: url.to_owned(),
        asked,
        request: vec![Field::new("Host", "wire.example")],
        protocol: Protocol::Http11,
        status: 200,
        fields: vec![Field::new("content-type", "text/html; charset=utf-8")],
        body: page(text).into_bytes(),
        truncated: None,
        peer: None,
        location: None,
    };
    Exchange { requested: url.to_owned(), began: asked, hops: Vec::new(), answer: Some(answer), failure: None }
}

fn run_in(folder: &Path, held: &[Held<'_>], manifest: &str) -> Report {
    let archive = folder.join("archive");
    let mut store = Archive::open(&archive, Mode::Write).expect("an archive");
    for (url, day, text) in held {
        store.append_exchange(&exchange(url, day, text)).expect("it is kept");
    }
    drop(store);
    let path = folder.join("claims.toml");
    let parsed = manifest::parse(&path, manifest, &figure::written)
        .unwrap_or_else(|problems| panic!("{}", manifest::render_all(&problems, "claims.toml")));
    let settings = Settings {
        offline: true,
        archive: Some(archive),
        threads: 1,
        ..Settings::at("2026-11-24T12:00:00Z".parse().expect("a time"))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(engine::check(&parsed.manifest, &settings, &|_| ())).expect("it is checked")
}

fn run(held: &[Held<'_>], manifest: &str) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    run_in(folder.path(), held, manifest)
}

/// A claim of 82 dead against the captures of one page.
fn toll(held: &[(&str, &str)], lines: &str, head: &str) -> ClaimReport {
    let held: Vec<Held<'_>> = held.iter().map(|(day, text)| (TOLL, *day, *text)).collect();
    let manifest = format!(
        "{head}\n[[claim]]\nid = 'toll'\nstatement = 'At least 82 people were killed in the blast at the granary.'\n\
         figure = 'at least 82'\nsource = '{TOLL}'\n{lines}\n"
    );
    run(&held, &manifest).claims.remove(0)
}

fn only(claim: &ClaimReport) -> &CheckReport {
    assert_eq!(claim.checks.len(), 1);
    &claim.checks[0]
}

const OF_82: &str = "At least 82 people were killed in the blast at the granary.";
const OF_115: &str = "At least 115 people were killed in the blast at the granary.";
const OF_60: &str = "60 people were killed in the blast at the granary.";
const AS_OF: &str = "as_of = 2024-03-23";
const PUBLISHED: &str = "[article]\npublished = 2024-03-23";

#[test]
fn a_value_that_the_page_gave_that_day_is_on_record_with_what_it_says_now() {
    // The newest capture serves where nothing else is asked for, and is younger than the article.
    let claim = toll(&[("2024-03-22", OF_82), ("2024-03-30", OF_115)], "", PUBLISHED);
    let check = only(&claim);
    assert_eq!((check.verdict, claim.verdict), (CheckVerdict::Match, ClaimVerdict::Review), "{check:?}");
    assert!(check.flags.contains(&Flag::LaterCopy));
    let detail = check.detail.as_deref().unwrap_or_default();
    assert!(
        detail.contains("on record on that day") && detail.contains("the page now says “At least 115”"),
        "{detail}"
    );
    assert!(detail.contains("2024-03-22") && detail.contains("2024-03-30"), "{detail}");
    // What is shown is the capture that carries it.
    assert!(check.capture.as_ref().is_some_and(|capture| capture.captured.starts_with("2024-03-22")));
    assert!(check.passage.as_ref().is_some_and(|passage| passage.text.contains("82")));

    // With `as_of`, the nearest capture serves, here the younger one.
    let claim = toll(&[("2024-03-20", OF_82), ("2024-03-24", OF_115)], AS_OF, "");
    let check = only(&claim);
    assert_eq!((check.verdict, claim.verdict), (CheckVerdict::Match, ClaimVerdict::Review), "{check:?}");
    assert!(
        check.flags.contains(&Flag::LaterCopy) && check.detail.as_deref().is_some_and(|text| text.contains("now says"))
    );
}

#[test]
fn another_value_in_a_younger_capture_alone_is_for_a_person() {
    for (lines, head) in [(AS_OF, ""), ("", PUBLISHED)] {
        let claim = toll(&[("2024-03-30", OF_115)], lines, head);
        let check = only(&claim);
        assert_eq!((check.verdict, claim.verdict), (CheckVerdict::Review, ClaimVerdict::Review), "{check:?}");
        assert!(check.flags.contains(&Flag::LaterCopy), "{check:?}");
        assert!(check.changes.iter().any(|change| change.source.contains("115")), "{check:?}");
        assert!(!claim.passes);
    }
    // What was said before is shown, and decides nothing: 82 may have stood there in between.
    let claim = toll(&[("2024-03-20", OF_60), ("2024-03-24", OF_115)], AS_OF, "");
    let check = only(&claim);
    assert_eq!((check.verdict, claim.verdict), (CheckVerdict::Review, ClaimVerdict::Review), "{check:?}");
    assert!(check.detail.as_deref().is_some_and(|detail| detail.contains("60") && detail.contains("115")), "{check:?}");
}

#[test]
fn a_capture_that_is_not_younger_is_a_mismatch() {
    // Older than the day, of the very day (its first and last minute), and without a day that is asked about.
    for (day, lines) in [
        ("2024-03-20", AS_OF),
        ("2024-03-23", AS_OF),
        ("2024-03-23T00:00:00Z", AS_OF),
        ("2024-03-23T23:59:59Z", AS_OF),
        ("2024-03-30", ""),
    ] {
        let claim = toll(&[(day, OF_115)], lines, "");
        let check = only(&claim);
        assert_eq!(
            (check.verdict, claim.verdict),
            (CheckVerdict::Mismatch, ClaimVerdict::Mismatch),
            "{day}: {check:?}"
        );
        assert!(!check.flags.contains(&Flag::LaterCopy), "{day}");
    }
    let claim = toll(&[("2024-03-24T00:00:00Z", OF_115)], AS_OF, "");
    assert_eq!(claim.verdict, ClaimVerdict::Review, "the first minute of the next day is younger");
}

#[test]
fn a_page_that_gave_the_other_value_all_along_is_a_mismatch() {
    for days in [["2024-03-20", "2024-03-30"], ["2024-03-23", "2024-03-30"]] {
        let claim = toll(&[(days[0], OF_115), (days[1], OF_115)], "", PUBLISHED);
        assert_eq!(claim.verdict, ClaimVerdict::Mismatch, "{claim:?}");
        // Other words with the same value are no other value.
        let again = "The blast at the granary killed at least 115 people, it is said. At least 115 people were killed in the blast at the granary.";
        let claim = toll(&[(days[0], again), (days[1], OF_115)], "", PUBLISHED);
        assert_eq!(claim.verdict, ClaimVerdict::Mismatch, "{claim:?}");
        assert!(!only(&claim).flags.contains(&Flag::LaterCopy));
    }
}

#[test]
fn a_younger_capture_with_the_same_value_is_no_matter() {
    for (lines, head) in [(AS_OF, ""), ("", PUBLISHED), ("", "")] {
        let claim = toll(&[("2024-03-30", OF_82)], lines, head);
        assert_eq!(claim.verdict, ClaimVerdict::OnRecord, "{claim:?}");
        assert!(only(&claim).flags.is_empty());
    }
    // The capture of the day itself serves, whatever came later.
    let claim = toll(&[("2024-03-23", OF_82), ("2024-03-24", OF_115)], AS_OF, "");
    assert_eq!(claim.verdict, ClaimVerdict::OnRecord, "{claim:?}");
    // What only the younger capture carries is carried; that it came late is not for us to say.
    let claim = toll(&[("2024-03-20", OF_60), ("2024-03-30", OF_82)], "", PUBLISHED);
    assert_eq!(claim.verdict, ClaimVerdict::OnRecord, "{claim:?}");
}

#[test]
fn a_younger_capture_that_does_not_speak_of_it_is_absent() {
    let claim = toll(&[("2024-03-30", "The harbour opens at nine on every weekday of the year.")], AS_OF, "");
    assert_eq!(claim.verdict, ClaimVerdict::Absent, "{claim:?}");
    assert!(!only(&claim).flags.contains(&Flag::LaterCopy));
}

/// Two tolls of one blast, each with a source and a date of its own.
fn two(first: (&str, &str), second: (&str, &str), dates: [&str; 2]) -> String {
    let source = |name: &str, outlet: &str, date: &str| {
        let date = if date.is_empty() { String::new() } else { format!("published = {date}\n") };
        format!("[sources.{name}]\nurl = 'https://{name}.example/toll'\noutlet = '{outlet}'\n{date}\n")
    };
    let claim = |id: &str, (figure, statement): (&str, &str), source: &str| {
        format!("[[claim]]\nid = '{id}'\nstatement = '{statement}'\nfigure = '{figure}'\nsource = '{source}'\n\n")
    };
    format!(
        "{}{}{}{}",
        source("index", "Spectral Index", dates[0]),
        source("embassy", "Embassy of Norland", dates[1]),
        claim("toll-82", first, "index"),
        claim("toll-60", second, "embassy"),
    )
}

const FIRST: (&str, &str) = ("at least 82", "The attack on the concert hall reportedly claimed at least 82 lives.");
const SECOND: (&str, &str) = ("60", "The embassy has confirmed 60 deaths in the attack so far.");

fn held() -> Vec<Held<'static>> {
    vec![
        ("https://index.example/toll", "2024-03-24", "The attack on the concert hall claimed at least 82 lives."),
        ("https://embassy.example/toll", "2024-03-25", "The embassy has confirmed 60 deaths in the attack so far."),
    ]
}

#[test]
fn two_tolls_stand_and_are_reported_with_their_sources_and_dates() {
    let report = run(&held(), &two(FIRST, SECOND, ["2024-03-23", "2024-03-23"]));
    for claim in &report.claims {
        assert_eq!(claim.verdict, ClaimVerdict::OnRecord, "{claim:?}");
    }
    let [conflict] = report.conflicts.as_slice() else { panic!("{:?}", report.conflicts) };
    assert_eq!(conflict.claims, ["toll-82", "toll-60"]);
    assert_eq!(conflict.values, ["at least 82", "60"]);
    assert_eq!(conflict.about, "people killed");
    assert_eq!(conflict.kind, ConflictKind::Contradiction);
    assert!(conflict.detail.contains("contradict"), "{}", conflict.detail);
    let [first, second] = conflict.sides.as_slice() else { panic!("{conflict:?}") };
    assert_eq!(first.outlet.as_deref(), Some("Spectral Index"));
    assert_eq!(second.source.as_deref(), Some("https://embassy.example/toll"));
    assert_eq!((first.date.as_deref(), first.captured.as_deref()), (Some("2024-03-23"), Some("2024-03-24T11:00:00Z")));
    assert_eq!((first.verdict, second.verdict), (CheckVerdict::Match, CheckVerdict::Match));
    // Every rendering for people has both values, both sources and both dates.
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
        let text = String::from_utf8(render(&report, format, &Style::default())).expect("it is text");
        let words = ["at least 82", "60", "contradict", "Spectral Index", "Embassy of Norland", "2024-03-25T11:00:00Z"];
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert!(flat.contains(word), "{format:?} has no {word}: {flat}");
        }
    }
}

#[test]
fn an_earlier_and_smaller_toll_is_no_contradiction() {
    let kind = |dates, first, second| {
        let report = run(&held(), &two(first, second, dates));
        let [conflict] = report.conflicts.as_slice() else { panic!("{:?}", report.conflicts) };
        (conflict.kind, conflict.detail.clone())
    };
    let (earlier, detail) = kind(["2024-03-23", "2024-03-22"], FIRST, SECOND);
    assert_eq!(earlier, ConflictKind::Earlier);
    assert!(detail.contains("earlier value is the smaller") && detail.contains("60 is of 2024-03-22"), "{detail}");
    // The smaller toll is the later one, or no dates tell.
    for dates in [["2024-03-22", "2024-03-23"], ["2024-03-23", "2024-03-23"], ["", "2024-03-22"], ["", ""]] {
        let (kind, detail) = kind(dates, FIRST, SECOND);
        assert_eq!(kind, ConflictKind::Contradiction, "{dates:?}");
        assert!(detail.contains("contradict"), "{detail}");
    }
    // A price that rose is no toll.
    let (kind, detail) = kind(
        ["2024-03-23", "2024-03-22"],
        ("82 euros", "The ticket for the ferry to Norholm costs 82 euros."),
        ("60 euros", "The ticket for the ferry to Norholm costs 60 euros."),
    );
    assert_eq!(kind, ConflictKind::Contradiction);
    assert!(detail.contains("different days"), "{detail}");
}

#[test]
fn claims_that_are_not_carried_disagree_as_well() {
    let report = run(&[], &two(FIRST, SECOND, ["2024-03-23", "2024-03-22"]));
    assert!(report.claims.iter().all(|claim| claim.verdict == ClaimVerdict::Unavailable));
    assert_eq!(report.conflicts.len(), 1);
    assert_eq!(report.conflicts[0].sides[0].captured, None);
}

#[test]
fn claims_about_different_things_do_not_disagree() {
    let apart = [
        // the same value, or one that the other's bound holds
        (FIRST, ("82", "The embassy has confirmed 82 deaths in the attack so far.")),
        (FIRST, ("90", "The embassy has confirmed 90 deaths in the attack so far.")),
        // another event
        (FIRST, ("60", "The embassy has confirmed 60 injured in the attack so far.")),
        // another place
        (("82", "A flood killed 82 people in Ardal."), ("60", "An avalanche killed 60 people in Borholm.")),
        // another year
        (
            ("82", "In 2022 the landslides in Ardal killed 82 people."),
            ("60", "In 2023 the landslides in Ardal killed 60 people."),
        ),
        // a part
        (FIRST, ("13", "The attack on the concert hall killed 13 soldiers.")),
        // another noun
        (
            ("82", "The port of Ardal took in 82 ferries in May."),
            ("60", "The port of Ardal took in 60 freighters in May."),
        ),
        // another rate
        (
            ("82", "The hotline of the city takes 82 calls a day."),
            ("60", "The hotline of the city takes 60 calls an hour."),
        ),
        // another unit altogether
        (
            ("82 kilometres", "The new road through Ardal is 82 kilometres long."),
            ("60 minutes", "The new road through Ardal takes 60 minutes."),
        ),
        // what no longer holds
        (FIRST, ("60", "The toll of the attack on the concert hall rose from 60 to 82 killed.")),
    ];
    for (first, second) in apart {
        let report = run(&[], &two(first, second, ["2024-03-23", "2024-03-23"]));
        assert_eq!(report.conflicts, [], "{first:?} {second:?}");
    }
    let beside = [
        (
            ("82", "The port of Ardal took in 82 ferries in May."),
            ("60", "In May, 60 ferries were taken in by the port of Ardal."),
        ),
        (("82", "A flood killed 82 people in Ardal."), ("60", "A flood killed 60 people in Ardal.")),
    ];
    for (first, second) in beside {
        let report = run(&[], &two(first, second, ["2024-03-23", "2024-03-23"]));
        assert_eq!(report.conflicts.len(), 1, "{first:?} {second:?}");
    }
    for (language, first, second) in [
        ("de", "82 Menschen starben bei dem Brand in Ardal.", "Bei dem Brand in Ardal gab es 60 Tote."),
        ("fr", "L’incendie d’Ardal a fait 82 morts.", "60 personnes sont mortes dans l’incendie d’Ardal."),
        ("es", "El incendio de Ardal dejó 82 muertos.", "En el incendio de Ardal murieron 60 personas."),
        ("ru", "При пожаре в Ардале погибли 82 человека.", "Пожар в Ардале: 60 погибших."),
    ] {
        let manifest = two(("82", first), ("60", second), ["2024-03-23", "2024-03-23"]);
        let report = run(&[], &format!("language = '{language}'\n{manifest}"));
        assert_eq!(report.conflicts.len(), 1, "{language}");
        let twin = two(("82", first), ("82", second.replace("60", "82").as_str()), ["2024-03-23", "2024-03-23"]);
        assert_eq!(run(&[], &format!("language = '{language}'\n{twin}")).conflicts, [], "{language}");
    }
}

#[test]
fn a_third_claim_with_the_same_value_is_listed_with_both() {
    let third = "[[claim]]\nid = 'toll-82-too'\nstatement = 'Police said the attack on the concert hall killed at least 82 people.'\n\
                 figure = 'at least 82'\nsource = 'index'\n";
    let report = run(&held(), &(two(FIRST, SECOND, ["2024-03-23", "2024-03-23"]) + third));
    assert_eq!(report.conflicts.len(), 1, "{:?}", report.conflicts);
    assert_eq!(report.conflicts[0].claims, ["toll-82", "toll-60", "toll-82-too"]);
}

#[test]
fn a_manifest_sets_its_bands() {
    let verdict = |bands: &str, figure: &str, text: &str| {
        let manifest = format!(
            "{bands}\n[[claim]]\nstatement = 'The strike closed {figure} schools in Ardal.'\nfigure = '{figure}'\nsource = '{TOLL}'\n"
        );
        let page = format!("The strike closed {text} schools in Ardal.");
        run(&[(TOLL, "2024-03-23", &page)], &manifest).claims.remove(0).checks.remove(0).verdict
    };
    let (yes, no) = (CheckVerdict::Match, CheckVerdict::Mismatch);
    // Each band: what the default says, what a wider and a narrower one say.
    for (figure, text, usual, band, says) in [
        ("over 50", "62", yes, "over = 0.2", no),
        ("over 50", "200", no, "over = 3", yes),
        ("over 50", "49", no, "over = 10", no),
        ("up to 100", "80", yes, "under = 0.1", no),
        ("up to 100", "60", no, "under = 0.5", yes),
        ("nearly 100", "92", yes, "nearly = 0.05", no),
        ("nearly 100", "85", no, "nearly = 0.15", yes),
        ("about 100", "92", yes, "about = 5e-2", no),
        ("about 100", "85", no, "about = 0.2", yes),
        ("44,000", "43,548", yes, "rounding = 0", no),
        ("43,000", "43,548", no, "rounding = 1", yes),
        ("43,000", "44,548", no, "rounding = 1.0", no),
    ] {
        assert_eq!(verdict("", figure, text), usual, "{figure} of {text}");
        assert_eq!(verdict(&format!("[bands]\n{band}"), figure, text), says, "{figure} of {text}, {band}");
    }
}

#[test]
fn bands_decide_what_is_a_conflict() {
    let first = ("about 82", "The attack on the concert hall claimed about 82 lives.");
    let manifest = two(first, SECOND, ["2024-03-23", "2024-03-23"]);
    assert_eq!(run(&[], &manifest).conflicts.len(), 1);
    assert_eq!(run(&[], &format!("[bands]\nabout = 0.3\n{manifest}")).conflicts, []);
}
