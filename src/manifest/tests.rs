use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::model::{CheckKind, Claim, Expectation, Need, SourceKey};

fn path() -> &'static Path {
    Path::new("claims.toml")
}

/// Stands in for the reader of figures: runs of digits and commas.
fn digits(text: &str, _language: Option<&str>) -> Vec<String> {
    let runs = text.split(|c: char| !c.is_ascii_digit() && c != ',').map(|run| run.trim_matches(','));
    runs.filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

fn good(text: &str) -> Parsed {
    parse(path(), text, &digits).unwrap_or_else(|errors| panic!("{}", render_all(&errors, "claims.toml")))
}

fn claim(text: &str) -> Claim {
    good(text).manifest.claims.remove(0)
}

/// Errors as `code line:column width`.
fn errors(text: &str) -> Vec<String> {
    let found = parse(path(), text, &digits).err().unwrap_or_default();
    found.iter().map(brief).collect()
}

fn warnings(text: &str) -> Vec<String> {
    good(text).warnings.iter().map(brief).collect()
}

fn brief(diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, place, width, .. } = diagnostic;
    format!("{code} {}:{} {width}", place.line, place.column)
}

/// A claim with one more line, which stands in line 3.
fn with(line: &str) -> String {
    format!("[[claim]]\nstatement = 'Lind said 1,400 were \"over there\".'\n{line}\n")
}

#[test]
fn bands_are_shares_and_mistakes_in_them_say_what_to_write() {
    use rust_decimal::Decimal;
    let bands = |lines: &str| format!("[bands]\n{lines}\n");
    let read = good(&bands("over = 3\nabout = 2e-1\nrounding = 0")).manifest.bands;
    assert_eq!((read.over, read.about, read.rounding), (Decimal::from(3), Decimal::new(2, 1), Decimal::ZERO));
    assert_eq!(read.nearly, crate::model::figure::Bands::default().nearly);
    assert_eq!(good("").manifest.bands, crate::model::figure::Bands::default());
    for (line, error, remedy) in [
        ("over = 25", "bad-band 2:8 2", "for 25 percent write over = 0.25"),
        ("about = -0.1", "bad-band 2:9 4", "write a share, such as about = 0.2"),
        ("about = 1.5", "bad-band 2:9 3", "for 1.5 percent write about = 0.015"),
        ("far = nan", "bad-band 2:7 3", "write a share, such as far = 0.2"),
        ("under = inf", "bad-band 2:9 3", "write a share, such as under = 0.2"),
        ("nearly = \"15 %\"", "wrong-type 2:10 6", "write nearly = 0.15"),
        ("nearly = \"0.15\"", "wrong-type 2:10 6", "write nearly = 0.15"),
        ("rounding = true", "wrong-type 2:12 4", "write a share, such as rounding = 0.2"),
        ("ceiling = 0.2", "unknown-key 2:1 7", "did you mean `over`?"),
        ("abuot = 0.2", "unknown-key 2:1 5", "did you mean `about`?"),
    ] {
        let text = bands(line);
        assert_eq!(errors(&text), [error], "{line}");
        let found = parse(path(), &text, &digits).err().unwrap_or_default();
        assert_eq!(found[0].remedy.as_deref(), Some(remedy), "{line}");
    }
    assert_eq!(errors("bands = 0.2"), ["wrong-type 1:9 3"]);
}

#[test]
fn the_manifest_of_the_contract() {
    let text = include_str!("tests/contract.toml");
    let parsed = good(text);
    assert_eq!(parsed.warnings.iter().map(brief).collect::<Vec<_>>(), ["not-in-statement 21:10 12"]);
    let manifest = parsed.manifest;
    assert_eq!(manifest.archive.as_deref(), Some("archive"));
    let article = manifest.article.expect("an article");
    assert_eq!(article.published, Some(date(2024, 3, 23)));
    let wire = &manifest.sources[&SourceKey("wire".into())];
    assert_eq!((wire.outlet.as_deref(), wire.not_before), (Some("Northern Wire"), Some(date(2024, 3, 23))));
    assert_eq!(wire.copy.as_ref().map(|copy| copy.path.as_str()), Some("saved/explainer.html"));
    let claim = &manifest.claims[0];
    assert_eq!(claim.id.0, "lindqvist-on-coast");
    assert_eq!(claim.checks.len(), 2);
    assert_eq!(claim.via, ["Northern Wire"]);
    assert_eq!(claim.sources, [SourceKey("wire".into())]);
    assert_eq!((claim.need, claim.language.as_deref()), (Need::Any, Some("de")));
    assert_eq!(claim.expect, Some(Expectation::Claim(crate::model::ClaimVerdict::Altered)));
    assert_eq!(claim.signed.as_ref().map(|signed| signed.on), Some(date(2024, 3, 24)));
    assert_eq!((claim.place.line, claim.place.column), (17, 1));
}

#[test]
fn every_mistake_has_its_place() {
    for (line, expected) in [
        ("statment = 'x'", "unknown-key 3:1 8"),
        ("  Note = 'x'", "unknown-key 3:3 4"),
        ("speaker = 5", "wrong-type 3:11 1"),
        ("figure = 1400", "wrong-type 3:10 4"),
        ("quote = ['over there', 7]", "wrong-type 3:24 1"),
        ("via = 'Wire'", "wrong-type 3:7 6"),
        ("signed = 'KM'", "wrong-type 3:10 4"),
        ("need = true", "wrong-type 3:8 4"),
        ("as_of = 20240323", "wrong-type 3:9 8"),
        ("quote = ''", "empty-value 3:9 2"),
        ("quote = []", "empty-value 3:9 2"),
        ("quote = ['over there', ' ']", "empty-value 3:24 3"),
        ("quote = '“…”'", "empty-value 3:9 5"),
        ("figure = '\u{200B}'", "empty-value 3:10 3"),
        ("figure = '—'", "empty-value 3:10 3"),
        ("source = ''", "empty-value 3:10 2"),
        ("source = []", "empty-value 3:10 2"),
        ("source = ['notes.txt', '']", "empty-value 3:24 2"),
        ("id = ''", "empty-value 3:6 2"),
        ("id = 'lind on coast'", "bad-id 3:6 15"),
        ("source = 'wire'", "unknown-source 3:10 6"),
        ("source = 'ftp://wire.example/a'", "bad-url 3:10 22"),
        ("source = 'https://'", "bad-url 3:10 10"),
        ("source = \"a\\u0000.txt\"", "bad-path 3:10 13"),
        ("need = 0", "bad-need 3:8 1"),
        ("need = -1", "bad-need 3:8 2"),
        ("need = 2", "bad-need 3:8 1"),
        ("need = 99999999999999999999999999", "bad-need 3:8 26"),
        ("need = 'every'", "bad-need 3:8 7"),
        ("need = '2'", "bad-need 3:8 3"),
        ("expect = 'alterd'", "bad-expect 3:10 8"),
        ("as_of = '23.03.2024'", "bad-date 3:9 12"),
        ("as_of = 07:32:00", "bad-date 3:9 8"),
        ("as_of = 2024-02-31", "bad-date 3:9 10"),
        ("language = 'english'", "bad-language 3:12 9"),
        ("note = 'a'\nnote = 'b'", "duplicate-key 4:1 4"),
        ("[claim.signed]\nby = 'KM'\non = 2024-03-24", "missing-key 3:1 14"),
        ("[article]\nurl = 'daily.example'", "bad-url 4:7 15"),
        ("[privacy]\nleave_out = ['cookie']", "bad-value 4:14 8"),
        ("[sources.wire]\noutlet = 'Wire'", "missing-key 3:1 14"),
        ("[sources]\nwire = 'https://wire.example'", "wrong-type 4:8 22"),
        ("[sources.wire]\nurl = 'https://wire.example'\nfile = 'x'", "unknown-key 5:1 4"),
        ("[[claim]]\nnote = 'x'", "missing-key 3:1 9"),
        ("note", "syntax 3:5 1"),
        ("note = x", "syntax 3:8 1"),
    ] {
        assert_eq!(errors(&with(line)), [expected], "{line}");
    }
    assert_eq!(
        errors("archive = \"a\\u0000\"\nlanguage = 'x_y'\nclaim = 5\n"),
        ["bad-path 1:11 9", "bad-language 2:12 5", "wrong-type 3:9 1"]
    );
}

#[test]
fn remedies_say_what_to_write() {
    for (line, part) in [
        ("statment = 'x'", "did you mean `statement`?"),
        ("sources = 'x.txt'", "did you mean `source`?"),
        ("not_before = 2024-03-23", "belongs in [sources.name]"),
        ("figure = 1400", "write figure = \"1400\""),
        ("via = 'Wire'", "write via = ['Wire']"),
        ("id = 'lind on coast'", "write `lind-on-coast`"),
        ("[privacy]\nleave_out = ['cookie']", "did you mean `cookies`?"),
        ("need = 'al'", "did you mean `all`?"),
        ("need = '2'", "need = 2"),
        ("expect = 'alterd'", "did you mean `altered`?"),
        ("expect = 'zzz'", "on-record"),
        ("note = “x”", "put \" or ' around it"),
        ("note = \"say \"x\"\"", "put ''' around the whole string"),
        (
            "[sources.wire]\nurl = 'https://wire.example'\n[[claim]]\nstatement = 'x'\nsource = 'wier'",
            "did you mean `wire`?",
        ),
        ("[claim]\nstatement = 'x'", "`[[claim]]`, with two brackets"),
    ] {
        let found = parse(path(), &with(line), &digits).err().unwrap_or_default();
        let remedies: Vec<&str> = found.iter().filter_map(|error| error.remedy.as_deref()).collect();
        assert!(remedies.iter().any(|remedy| remedy.contains(part)), "{line}: {remedies:?}");
    }
}

#[test]
fn one_slip_of_syntax_hides_nothing_and_makes_nothing_up() {
    let text = "[[claim]]\nstatement\nsource = 'a.txt'\n[[claim]]\nstatement = 'x'\nsource = ['a.txt'\n\
                [[claim]]\nstatment = 'x'\nneed = 0\n[[claim]]\nneed = 0\n[[claim\nnote = 'x'\n";
    assert_eq!(
        errors(text),
        [
            "syntax 2:10 1",
            "syntax 6:10 1",
            "unknown-key 8:1 8",
            "bad-need 9:8 1",
            "missing-key 10:1 9",
            "bad-need 11:8 1",
            "syntax 12:8 1",
        ]
    );
    assert_eq!(
        errors("[claim]\nstatement = 'x'\n[claim]\nstatement = 'y'\n"),
        ["wrong-type 3:1 7", "duplicate-key 3:2 5", "duplicate-key 4:1 9"]
    );
}

#[test]
fn duplicate_ids_name_the_first() {
    let text = "[[claim]]\nstatement='x'\nid='a'\n[[claim]]\nstatement='y'\nid='a'\n";
    let found = parse(path(), text, &digits).expect_err("the ids are the same");
    assert_eq!(found.iter().map(brief).collect::<Vec<_>>(), ["duplicate-id 6:4 3"]);
    assert!(found[0].remedy.as_deref().is_some_and(|remedy| remedy.contains("line 3")));
}

#[test]
fn warnings_have_their_places() {
    for (line, expected) in [
        ("quote = 'out there'", "not-in-statement 3:9 11"),
        ("quote = ['over', 'nowhere']", "not-in-statement 3:18 9"),
        ("figure = '400'", "not-in-statement 3:10 5"),
        ("source = ['a.txt', 'a.txt']", "duplicate-source 3:20 7"),
        ("source = ['https://a.example/x', 'https://a.example/x#y']", "duplicate-source 3:34 23"),
        ("source = 'https://kim:secret@a.example/'", "credentials-in-url 3:10 31"),
        ("source = 'www.wire.example/a'", "path-like-url 3:10 20"),
        ("expect = 'match'", "ambiguous-expect 3:10 7"),
    ] {
        assert_eq!(warnings(&with(line)), [expected], "{line}");
    }
    for line in ["quote = '“OVER  THERE.”'", "figure = ['1,400']", "note = ''", "source = '../a.txt'", "need = 'all'"]
    {
        assert_eq!(warnings(&with(line)), [""; 0], "{line}");
    }
    let twice = claim(&with("source = ['a.txt', 'a.txt']"));
    assert_eq!(twice.sources.len(), 1);
}

#[test]
fn sources_are_names_urls_or_paths() {
    let text = "[sources.\"a.txt\"]\ncopy = 'other.txt'\n[[claim]]\nstatement = 'x'\n\
                source = ['a.txt', 'b.txt', ' https://wire.example/x#y ', '/tmp/c', '../d.txt']\nneed = 5\n";
    let manifest = good(text).manifest;
    let claim = &manifest.claims[0];
    assert_eq!(claim.need, Need::AtLeast(5));
    let keys: Vec<&str> = claim.sources.iter().map(|key| &*key.0).collect();
    assert_eq!(keys, ["a.txt", "b.txt", "https://wire.example/x#y", "/tmp/c", "../d.txt"]);
    let source = |key: &str| &manifest.sources[&SourceKey(key.into())];
    assert_eq!((source("a.txt").name.as_deref(), source("a.txt").address()), (Some("a.txt"), "other.txt"));
    assert_eq!(source("b.txt").path.as_deref(), Some("b.txt"));
    assert_eq!(source("https://wire.example/x#y").url.as_deref(), Some("https://wire.example/x"));
    assert_eq!(source("b.txt").place, crate::model::Place { line: 5, column: 20 });
    assert!(claim_without_source().sources.is_empty());
}

fn claim_without_source() -> Claim {
    claim("[[claim]]\nstatement = 'x'\n")
}

#[test]
fn checks_are_read_out_of_the_statement() {
    let kinds = |text: &str| {
        let checks = claim(text).checks;
        assert!(checks.iter().all(|check| check.explicit == text.contains("\nquote") || text.contains("\nfigure")));
        checks.into_iter().map(|check| check.kind).collect::<Vec<_>>()
    };
    let quote = |fragments: &[&str]| CheckKind::Quote(fragments.iter().map(|f| (*f).to_owned()).collect());
    let figure = |text: &str| CheckKind::Figure(text.to_owned());
    let derived = kinds("[[claim]]\nstatement = 'Of 30 people, 2 said “all 20 went,” and “home”.'\n");
    assert_eq!(derived, [quote(&["all 20 went,"]), quote(&["home"]), figure("30"), figure("2")]);
    assert_eq!(kinds("[[claim]]\nstatement = '“A,” she said, “B.”'\n"), [quote(&["A,", "B."])]);
    assert_eq!(kinds("[[claim]]\nstatement = 'Nothing exact.'\n"), [CheckKind::Statement]);
    let written =
        kinds("[[claim]]\nstatement = 'Of 30 people, 2 said “all”.'\nfigure = ['30 people', '2']\nquote = ['all']\n");
    assert_eq!(written, [quote(&["all"]), figure("30 people"), figure("2")]);
    let only = kinds("[[claim]]\nstatement = 'Of 30 people, 2 said “all”.'\nfigure = '30'\n");
    assert_eq!(only, [figure("30")], "what is written replaces what would be read");
}

#[test]
fn the_figure_reader_is_told_the_language() {
    let seen = std::cell::RefCell::new(Vec::new());
    let reader = |_: &str, language: Option<&str>| {
        seen.borrow_mut().push(language.map(str::to_owned));
        Vec::new()
    };
    let text = "language = 'sv'\n[[claim]]\nstatement = 'x'\n[[claim]]\nstatement = 'y'\nlanguage = 'de'\n";
    let manifest = parse(path(), text, &reader).expect("it parses").manifest;
    assert_eq!(*seen.borrow(), [Some("sv".to_owned()), Some("de".to_owned())]);
    assert_eq!(manifest.claims[0].language.as_deref(), Some("sv"));
}

#[test]
fn derived_ids_give_way_to_written_ones() {
    let text = "[[claim]]\nstatement = 'Lind spoke'\n[[claim]]\nstatement = 'Lind spoke!'\n\
                [[claim]]\nstatement = 'Berg spoke'\nid = 'lind-spoke'\n";
    let ids: Vec<String> = good(text).manifest.claims.into_iter().map(|claim| claim.id.0).collect();
    assert_eq!(ids, ["lind-spoke-2", "lind-spoke-3", "lind-spoke"]);
}

#[test]
fn dates_in_every_form() {
    for written in ["2024-03-23", "'2024-03-23'", "2024-03-22T23:30:00-01:00", "\"2024-03-23T01:00:00Z\""] {
        assert_eq!(claim(&with(&format!("as_of = {written}"))).as_of, Some(date(2024, 3, 23)), "{written}");
    }
}

#[test]
fn empty_files_marks_of_order_and_line_ends() {
    assert_eq!(good("").manifest.claims, []);
    assert_eq!(good("claim = []\n").manifest.claims, []);
    assert_eq!(errors("\u{FEFF}x = 1\r\ny = 2\r\n"), ["unknown-key 1:1 1", "unknown-key 2:1 1"]);
    assert_eq!(errors("claim = [{ statement = 'x', é = 1, z = 2 }]"), ["syntax 1:29 1", "unknown-key 1:36 1"]);
}

#[test]
fn limits_hold() {
    let small = Limits { bytes: 10, diagnostics: 2 };
    let found = parse_with(path(), "x = 12345678", &digits, small).expect_err("it is too long");
    assert_eq!(found[0].code, "too-large");
    let found =
        parse_with(path(), "a=1\nb=1\nc=1\nd=1\n", &digits, Limits { bytes: 99, ..small }).expect_err("unknown keys");
    assert_eq!(
        found.iter().map(|error| error.code).collect::<Vec<_>>(),
        ["unknown-key", "unknown-key", "too-many-errors"]
    );
    assert!(found[2].message.starts_with("2 more"));
}

#[test]
fn bytes_that_are_no_text() {
    let found = decode(b"a = 1\nb = \xff\n").expect_err("not UTF-8");
    assert_eq!(found.iter().map(brief).collect::<Vec<_>>(), ["not-utf8 2:5 1"]);
    assert_eq!(decode("é".as_bytes()), Ok("é"));
}

#[test]
fn hostile_texts_take_no_time() {
    let unknown: String = (0..3_000).map(|index| format!("k{index}=1\n")).collect();
    let word: String = (0..5_000).map(|index| format!("[[claim]]\nstatement='x'\nsource='w{index}'\n")).collect();
    let names: String = (0..3_000).map(|index| format!("[sources.n{index}]\nurl='https://a.example'\n")).collect();
    let one_line = format!("claim = [{}]", "{statement='x',zz=1},".repeat(8_000));
    let quoted = |words: &str| format!("[[claim]]\nstatement='''{}'''\n", words.repeat(8_000));
    for (index, text) in [
        unknown,
        format!("{names}{word}"),
        one_line,
        "note\n".repeat(20_000),
        "x = [\n".repeat(20_000),
        "x = [\n[[a]]\n".repeat(8_000),
        "[[claim]]\n".repeat(10_000),
        "[claim]\n".repeat(10_000),
        "x = \"\"\"\n[a]\n".repeat(8_000),
        quoted("“a \"b „c «d ‘e"),
        quoted("“a “b ” \"x \" ‘y’s "),
        ",".repeat(100_000),
    ]
    .into_iter()
    .enumerate()
    {
        let started = std::time::Instant::now();
        let _ = parse(path(), &text, &digits).map_err(|errors| render_all(&errors, "x"));
        // An unoptimised build on a busy machine: what is quadratic takes minutes here.
        assert!(started.elapsed().as_secs() < 60, "text {index} took {:?}", started.elapsed());
        println!("text {index} took {:?}", started.elapsed());
    }
}

/// Pieces that manifests are made of, sound and broken, to be put together at random.
const PIECES: [&str; 44] = [
    "[[claim]]",
    "[claim]",
    "[claim.signed]",
    "[sources.a]",
    "[sources]",
    "[article]",
    "[[",
    "]",
    "\n",
    "\r\n",
    " = ",
    "statement",
    "quote",
    "figure",
    "source",
    "need",
    "id",
    "expect",
    "as_of",
    "via",
    "signed",
    "url",
    "copy",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "“",
    "”",
    "„",
    "«",
    "’",
    "1,400",
    "2024-03-23",
    "{",
    "}",
    "[",
    ",",
    ".",
    "#",
    "\\",
    "\u{202e}",
    "說",
    "https://a.example/\u{0}#",
];

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = parse(path(), &text, &digits).map_err(|errors| render_all(&errors, "x"));
    }

    #[test]
    fn no_medley_of_pieces_makes_it_panic(pieces in prop::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = pieces.iter().map(|index| PIECES[*index]).collect();
        if let Err(errors) = parse(path(), &text, &digits) {
            prop_assert!(errors.iter().any(|error| error.severity == Severity::Error));
            for error in &errors {
                prop_assert!(error.place.line >= 1 && error.place.column >= 1 && error.width >= 1);
            }
            render_all(&errors, "x");
        }
    }

    #[test]
    fn no_damage_to_a_manifest_makes_it_panic(at in 0..1_000usize, length in 0..40usize, piece in 0..PIECES.len()) {
        let sound = include_str!("tests/contract.toml");
        let floor = |mut at: usize| { at = at.min(sound.len()); while !sound.is_char_boundary(at) { at -= 1; } at };
        let damaged = format!("{}{}{}", &sound[..floor(at)], PIECES[piece], &sound[floor(at + length)..]);
        let _ = parse(path(), &damaged, &digits).map_err(|errors| render_all(&errors, "x"));
    }
}
