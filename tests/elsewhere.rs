//! What stands elsewhere is named before anything is called absent, claims without a source get one proposed, and every
//! source that is read goes through its controls.

use std::path::Path;

use onrecord::engine::{self, Settings};
use onrecord::manifest;
use onrecord::matching::figure;
use onrecord::model::report::{ClaimReport, Report};
use onrecord::model::{CheckVerdict, ClaimVerdict, Flag};

const MANIFEST: &str = r#"
[sources.wire]
copy = "wire.html"
outlet = "Northern Wire"

[sources.sheet]
copy = "sheet.html"

[sources.idle]
copy = "idle.html"

[[claim]]
id = "kept"
statement = "“The baker keeps a loaf for everyone who misses the boat,” it says."
source = "wire"

[[claim]]
id = "misplaced"
statement = "“The priest rings the bell until the last cart has reached the quay,” it says."
source = "wire"

[[claim]]
id = "in-a-source-that-nobody-names"
statement = "“Nobody has asked the islanders what they think of the bridge,” it says."
source = "wire"

[[claim]]
id = "falsified"
statement = "“The priest rings the bell until the last boat has reached the quay,” it says."
source = "wire"

[[claim]]
id = "nowhere"
statement = "“The company will publish its accounts before the end of summer,” it says."
source = "wire"

[[claim]]
id = "unsourced-quotation"
statement = "“Nobody has asked the islanders what they think of the bridge,” it says."

[[claim]]
id = "unsourced-figure"
statement = "The ferry carried 1,436 carts over the sound last year."

[[claim]]
id = "unsourced-in-two"
statement = "It says that “the baker keeps a loaf for everyone who misses the boat” and “the priest rings the bell until the last cart”."

[[claim]]
id = "unsourced-nowhere"
statement = "“The company will publish its accounts before the end of summer,” it says."
"#;

fn run(folder: &Path) -> Report {
    let page =
        |text: &str| format!("<html><body><article><h1>News of the sound</h1><p>{text}</p></article></body></html>");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
    write(
        "wire.html",
        &page("“The baker keeps a loaf for everyone who misses the boat.” It was a quiet winter at the quay."),
    );
    write(
        "sheet.html",
        &page("The priest rings the bell until the last cart has reached the quay. It is an old custom of 3 villages."),
    );
    write(
        "idle.html",
        &page(
            "“Nobody has asked the islanders what they think of the bridge.” The ferry carried 1,436 carts over the sound last year.",
        ),
    );
    check(folder, MANIFEST)
}

fn check(folder: &Path, text: &str) -> Report {
    std::fs::write(folder.join("claims.toml"), text).expect("a file");
    let parsed = manifest::parse(&folder.join("claims.toml"), text, &figure::written).expect("no mistakes");
    let settings = Settings {
        offline: true,
        archive: Some(folder.join("archive")),
        ..Settings::at("2026-11-24T12:00:00Z".parse().expect("a time"))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(engine::check(&parsed.manifest, &settings, &|_| ())).expect("it is checked")
}

fn claim<'r>(report: &'r Report, id: &str) -> &'r ClaimReport {
    report.claims.iter().find(|claim| claim.id == id).expect("the claim is reported")
}

#[test]
fn what_stands_elsewhere_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = run(folder.path());
    assert!(claim(&report, "kept").checks[0].elsewhere.is_empty());
    for (id, source) in [("misplaced", "sheet.html"), ("in-a-source-that-nobody-names", "idle.html")] {
        let check = &claim(&report, id).checks[0];
        assert_eq!((check.verdict, check.flags.as_slice()), (CheckVerdict::Absent, &[Flag::Elsewhere][..]), "{id}");
        assert!(check.detail.as_deref().unwrap_or_default().contains(source), "{id}: {:?}", check.detail);
        let [place] = check.elsewhere.as_slice() else { panic!("{id}: {:?}", check.elsewhere) };
        assert_eq!((&*place.source, place.verdict), (source, CheckVerdict::Verbatim));
        assert!(place.passage.is_some() && place.capture.is_some());
    }
    // A falsified twin of what stands elsewhere stands nowhere.
    for id in ["falsified", "nowhere"] {
        let check = &claim(&report, id).checks[0];
        assert_eq!((check.verdict, check.flags.as_slice()), (CheckVerdict::Absent, &[][..]), "{id}");
        assert!(check.elsewhere.is_empty());
    }
}

/// The first pass keeps a thousand answers; what it may carry beyond that is read again, to the same end.
#[test]
fn more_quotations_than_the_first_pass_keeps_are_found_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let sentence = |number: usize| match number {
        1_002 => "Nobody asked the islanders what they think of the new bridge".to_owned(),
        1_003 => "The priest rings the bell until the last cart has come home".to_owned(),
        _ => format!("Boat {number} left the old quay before noon with coal"),
    };
    let page = |numbers: std::ops::Range<usize>| {
        let paragraphs: Vec<String> = numbers.map(|number| format!("<p>{}.</p>", sentence(number))).collect();
        format!("<html><body><article><h1>Boats of the sound</h1>{}</article></body></html>", paragraphs.concat())
    };
    std::fs::write(folder.path().join("log.html"), page(0..1_002)).expect("a page");
    std::fs::write(folder.path().join("copy.html"), page(0..1_005)).expect("a page");
    let claim = |number: usize, source: &str| {
        format!(
            "[[claim]]\nid = \"{number}\"\nquote = \"{}\"\nstatement = \"So it says.\"\nsource = \"{source}\"\n\n",
            sentence(number)
        )
    };
    let claims: String = (0..1_004).map(|number| claim(number, "log.html")).collect();
    let report = check(folder.path(), &(claims + &claim(1_004, "copy.html")));
    let absent: Vec<_> = report.claims.iter().filter(|claim| claim.verdict == ClaimVerdict::Absent).collect();
    assert_eq!(absent.iter().map(|claim| claim.id.as_str()).collect::<Vec<_>>(), ["1002", "1003"]);
    for claim in absent {
        let [place] = claim.checks[0].elsewhere.as_slice() else { panic!("{:?}", claim.checks[0].elsewhere) };
        assert_eq!((&*place.source, place.verdict), ("copy.html", CheckVerdict::Verbatim));
        assert_eq!(claim.checks[0].flags, [Flag::Elsewhere]);
    }
}

#[test]
fn a_claim_without_a_source_gets_one_proposed() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = run(folder.path());
    for (id, line) in [
        ("unsourced-quotation", Some("source = \"idle\"")),
        ("unsourced-figure", Some("source = \"idle\"")),
        ("unsourced-in-two", Some("source = [\"sheet\", \"wire\"]")),
        ("unsourced-nowhere", None),
        ("kept", None),
    ] {
        let claim = claim(&report, id);
        assert_eq!(claim.proposed.as_deref().map(sorted), line.map(sorted), "{id}");
        assert_eq!(claim.verdict == ClaimVerdict::Unsourced, id.starts_with("unsourced"));
    }
}

/// The names of a line, in whatever order.
fn sorted(line: &str) -> Vec<&str> {
    let mut names: Vec<&str> = line.split([' ', '[', ']', ',']).filter(|part| !part.is_empty()).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_source_that_is_read_is_controlled() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = run(folder.path());
    // Only one source carries claims; the others are read for what was not found in it.
    let controls = report.controls;
    assert_eq!((controls.sources, controls.ran, controls.failed, controls.without), (1, 2, 0, 0));
}
