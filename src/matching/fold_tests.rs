//! Folding: what is equal, what is not, and where tokens stand.

use super::*;

fn forms(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut buffer = String::new();
    tokenize(text, |raw| {
        form(raw.text(), raw.kind, &mut buffer);
        out.push(buffer.clone());
    });
    out
}

#[test]
fn what_is_folded_is_equal() {
    for (left, right) in [
        ("“He said ‘no’ — twice”", "\"He said 'no' - twice\""),
        ("soft\u{ad}ly", "softly"),
        ("of\u{fb01}ce", "office"),
        ("cafe\u{301}", "café"),
        ("１００ ％", "100%"),
        ("東京 は", "東京は"),
        ("zero\u{200b}width", "zerowidth"),
        ("٤٣", "43"),
        ("၁၂၃", "123"),
        ("១២៣ នាក់", "123 នាក់"),
        ("໑໒໓", "123"),
        ("๑๒๓", "123"),
        ("the U.S’s port", "the U.S's port"),
        ("the U.S—by sea", "the U.S-by sea"),
        ("e.g\u{a0}this", "e.g this"),
    ] {
        assert_eq!(forms(left), forms(right), "{left} / {right}");
    }
}

#[test]
fn what_is_not_folded_differs() {
    for (left, right) in [
        ("$5", "€5"),
        ("5%", "5"),
        ("-0.42", "0.42"),
        ("a < b", "a = b"),
        ("43,548", "43.548"),
        ("43", "43,548"),
        ("Really?", "Really!"),
        ("Polish", "polish"),
        ("km²", "km2"),
        (".5", "5"),
        ("résumé", "resume"),
        ("10:30", "10.30"),
    ] {
        assert_ne!(forms(left), forms(right), "{left} / {right}");
    }
}

#[test]
fn tokens_say_where_they_stand() {
    let text = "It’s 43,548 – no, \"43\".";
    let mut seen = Vec::new();
    tokenize(text, |raw| seen.push(&text[raw.start..raw.end]));
    assert_eq!(seen, ["It", "s", "43,548", "no", "43"]);
}

#[test]
fn joints_are_told_apart() {
    let mut seen = Vec::new();
    tokenize("well-known conta-\nins can't 19-37 \u{2212}5", |raw| {
        seen.push((raw.text(), raw.bits & (bits::HYPHEN | bits::LINE_HYPHEN | bits::APOSTROPHE)))
    });
    assert_eq!(
        seen,
        [
            ("well", 0),
            ("known", bits::HYPHEN),
            ("conta", 0),
            ("ins", bits::LINE_HYPHEN),
            ("can", 0),
            ("t", bits::APOSTROPHE),
            ("19", 0),
            ("37", bits::HYPHEN),
            ("\u{2212}", 0),
            ("5", 0)
        ]
    );
}

/// What is read many bytes at once is read as it would be one character after the other.
#[test]
fn plain_words_are_read_as_any_other() {
    const WORDS: [&str; 19] = [
        "a",
        "U",
        "Ruiz",
        "Prof",
        "prof",
        "Harbour",
        "NATO",
        "12",
        "3rd",
        "x1",
        "20145",
        "élan",
        "Élan",
        "Ёж",
        "проф",
        "ΑΒ",
        "日本",
        "e\u{301}t",
        "soft\u{ad}ly",
    ];
    const PARTED: [&str; 24] = [
        " ", "\n", ", ", ",", ";\n", ": ", ":", ". ", ".\n", ".", ".  ", "-", " -", "\u{ad}-", "'", "’", " '", "’ ",
        " “", "” ", ") ", "%", "—", "",
    ];
    let read = |raw: Raw<'_>| (raw.start, raw.end, raw.kind, raw.bits, raw.plain);
    for (number, first) in WORDS.iter().enumerate() {
        for parted in PARTED {
            for (place, second) in WORDS.iter().enumerate() {
                // Every place of a block of 64 bytes comes to be a border.
                let before = "b".repeat((number * 7 + place * 11) % 67);
                let text =
                    format!("{before} {first}{parted}{second}{}May{parted}{first}", PARTED[(number + place) % 24]);
                let mut at_once = Vec::new();
                tokenize(&text, |raw| at_once.push(read(raw)));
                let mut scan = Scan::new(&text);
                let one_by_one: Vec<_> = std::iter::from_fn(|| scan.any().map(read)).collect();
                assert_eq!(at_once, one_by_one, "{text:?}");
            }
        }
    }
}
