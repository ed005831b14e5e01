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
