//! Tests of what stands near the evidence, and of the closest passage.

use super::*;
use crate::matching::tests::document;
use crate::model::{CheckKind, Claim};

/// The words of a text that stand nowhere near the paragraph with the wheel.
fn left(lines: &[&str], text: &str) -> String {
    let document = document(&lines.join("\n"));
    let index = Index::new(&document);
    let at = index.places(index.key_number("wheel"))[0] as usize;
    let claim = Claim { via: vec!["Calder Post".to_owned()], ..Claim::of("", CheckKind::Statement) };
    let words = query::plain_words(text, &index);
    missing(&words, text, &Asked::new(&claim, &[], None), &index, &(at..at + 1)).join(" ")
}

#[test]
fn words_are_near_in_other_forms_and_other_words() {
    let page = [
        "The zebra ran.",
        "Lions slept.",
        "This is one.",
        "This is two.",
        "Mr Tom Reed and Ruth Alder sell 12 boats to the director of the mill.",
        "The wheel must turn again.",
        "This is three.",
        "This is four.",
        "Giraffes ate.",
        "Vera Alder left the zoo.",
    ];
    for (text, missing) in [
        // Three paragraphs before and behind.
        ("zebra", "zebra"),
        ("lions", "lions"),
        ("giraffes", ""),
        ("zoo", "zoo"),
        ("zebra and zebra", "zebra"),
        // Numbers, and words for them.
        ("12", ""),
        ("twelve", ""),
        ("13", "13"),
        ("thirteen", "thirteen"),
        // Forms of a word share most of their letters.
        ("boat", ""),
        ("boatswain", "boatswain"),
        ("boating", ""),
        ("boatbuilding", "boatbuilding"),
        ("mills", ""),
        ("milk", "milk"),
        ("directorate", ""),
        ("1200", "1200"),
        ("directing", ""),
        ("directorships", "directorships"),
        ("wheelwright", "wheelwright"),
        ("mil", "mil"),
        ("sold", ""),
        ("bought", "bought"),
        ("sale", ""),
        ("buying", "buying"),
        ("heads", ""),
        ("leads", ""),
        ("work", "work"),
        ("head", "head"),
        // What tells nothing that could be looked for.
        ("anonymous", ""),
        ("reportedly", ""),
        ("said she to us", ""),
        ("with", ""),
        ("ox", ""),
        ("oxen", "oxen"),
        ("?", ""),
        ("amounts", "amounts"),
        ("Calder Post", ""),
        ("Calder", ""),
        // A given name counts with the surname that it stands before.
        ("Tom Reed", ""),
        ("Ann Reed", "Ann"),
        ("Vera Alder", "Vera"),
        ("Ruth", ""),
    ] {
        assert_eq!(left(&page, text), missing, "{text}");
    }
}

#[test]
fn a_given_name_may_stand_far_away_where_nobody_else_has_the_surname() {
    let with = |last: &'static str| {
        [
            "Ruth Alder ran the zoo.",
            "One of us.",
            "Two of us.",
            "Three of us.",
            "Mr Alder sold boats.",
            "The wheel must turn.",
            last,
        ]
    };
    assert_eq!(left(&with("Four of us."), "Ruth Alder"), "");
    assert_eq!(left(&with("Four of us."), "Ruth, Alder"), "Ruth");
    assert_eq!(left(&with("Four of us."), "ruth Alder"), "ruth");
    assert_eq!(left(&with("Four of us."), "Vera Alder"), "Vera");
    assert_eq!(left(&with("And Vera Alder left."), "Ruth Alder"), "Ruth");
}

#[test]
fn the_closest_passage_is_the_sentence_with_most_of_the_words() {
    let document = document(
        "The ferry sank in May. The pilot of the ferry swam home at night. Rain fell on the quay.\nNobody slept.",
    );
    let index = Index::new(&document);
    let ask = |statement: &str| {
        let claim = Claim::of(statement, CheckKind::Statement);
        let found = find(&Asked::new(&claim, &[], None), &index);
        let text = found.passage.as_ref().map(|passage| document.slice(passage.range).to_owned());
        (text.unwrap_or_default(), (found.score * 100.0).round() as i64, found.unchecked.join(" "))
    };
    let pilot = "The pilot of the ferry swam home at night";
    assert_eq!(ask("The pilot swam home."), (pilot.to_owned(), 100, String::new()));
    assert_eq!(ask("The pilot swam home, zebra!"), (pilot.to_owned(), 75, "zebra".to_owned()));
    assert_eq!(ask("Rain on the ferry quay").0, "Rain fell on the quay");
    assert_eq!(ask("Zebras ate grass"), (String::new(), 0, String::new()));
}
