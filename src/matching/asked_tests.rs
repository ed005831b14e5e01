use super::*;
use crate::model::{CheckKind, Claim};

#[test]
fn the_words_of_a_part_are_found_however_they_are_marked_or_cased() {
    for (statement, part, wanted) in [
        ("Ruiz said: “We Pay.”", "we pay", Some("We Pay")),
        ("Ruiz said: “We Pay.”", "we pay now", None),
        ("Ruiz said: “We Pay.”", "we said", None),
        ("We pay, we pay.", "we pay", Some("We pay")),
        ("we we pay", "we pay", Some("we pay")),
        ("Élan vital", "elan  VITAL", Some("Élan vital")),
        ("élan", "elan", Some("élan")),
        ("pay", "we pay", None),
        ("pay", "pay", Some("pay")),
        ("pay", "", None),
        ("", "pay", None),
        ("", "", None),
    ] {
        let found = position(statement, part).map(|range| &statement[range]);
        assert_eq!(found, wanted, "{statement:?}, {part:?}");
    }
    assert_eq!(keys("Wir zahlen 1,5 Äpfel"), ["wir", "zahlen", "1,5", "apfel"]);
    assert!(keys("").is_empty());
}

#[test]
fn what_its_checks_look_for_is_left_out_of_a_statement() {
    let of = |statement: &str, kind: CheckKind| {
        let claim = Claim::of(statement, kind);
        let asked = Asked::new(&claim, &[], None);
        let mut figures: Vec<String> = asked.figure_words.iter().cloned().collect();
        figures.sort();
        (asked.statement_keys.join(" "), asked.outside_keys.join(" "), figures.join(" "))
    };
    let quote = |fragments: &[&str]| CheckKind::Quote(fragments.iter().map(|&fragment| fragment.to_owned()).collect());
    let keys = |all: &str, outside: &str, figures: &str| (all.to_owned(), outside.to_owned(), figures.to_owned());
    assert_eq!(of("Ruiz: “We pay”", quote(&["we pay"])), keys("ruiz we pay", "ruiz", ""));
    assert_eq!(
        of("“We pay”, Ruiz said, “now”", quote(&["we pay", "now"])),
        keys("we pay ruiz said now", "ruiz said", "")
    );
    assert_eq!(
        of("They owe 12 boats", CheckKind::Figure("12 boats".to_owned())),
        keys("they owe 12 boats", "they owe", "12 boats")
    );
    assert_eq!(of("They owe 12 boats", CheckKind::Statement), keys("they owe 12 boats", "they owe 12 boats", ""));
}

#[test]
fn the_speaker_is_as_declared_and_else_as_the_statement_reads() {
    let speakers = |declared: Option<&str>, stated: Option<&str>| {
        let mut claim = Claim::of("They said so.", CheckKind::Statement);
        claim.speaker = declared.map(str::to_owned);
        let asked = Asked::new(&claim, &[], None).with_stated_speaker(stated.map(str::to_owned));
        let owned = |name: Option<&str>| name.unwrap_or("-").to_owned();
        [owned(asked.speaker()), owned(asked.stated_speaker())]
    };
    assert_eq!(speakers(None, None), ["-", "-"]);
    assert_eq!(speakers(Some("Ana Ruiz"), None), ["Ana Ruiz", "-"]);
    assert_eq!(speakers(None, Some("Bo Lind")), ["Bo Lind", "Bo Lind"]);
    assert_eq!(speakers(Some("Ana Ruiz"), Some("Bo Lind")), ["Ana Ruiz", "Bo Lind"]);
    assert_eq!(speakers(Some("Ana Ruiz"), Some("RUIZ")), ["Ana Ruiz", "-"]);
    assert_eq!(speakers(Some("Ana Ruiz"), Some("Vera Ruiz")), ["Ana Ruiz", "-"]);
}
