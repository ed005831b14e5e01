//! Tests of what is asked of a document beside `find`: where a quotation stands, whether the document carries it, and whether
//! it speaks of a statement.

use super::tests::document;
use super::*;
use crate::model::Claim;

/// A check of these fragments, and what it is asked of.
fn with_quote<T>(page: &str, fragments: &[&str], ask: impl Fn(&crate::model::Check, &Prepared<'_>) -> T) -> T {
    let fragments = fragments.iter().map(|fragment| (*fragment).to_owned()).collect();
    let document = document(page);
    ask(&Claim::of("", CheckKind::Quote(fragments)).checks[0], &Prepared::new(&document))
}

#[test]
fn a_quotation_is_located_where_it_stands_and_else_where_most_of_it_does() {
    let page = "The ferry left the old quay at noon. It will never return to the old quay.\nRain fell on the mill, and on the town, all night.";
    let place = |fragments: &[&str]| {
        with_quote(page, fragments, |check, prepared| {
            let CheckKind::Quote(fragments) = &check.kind else { panic!("a quotation") };
            locate(fragments, prepared).map(|range| prepared.document().slice(range).to_owned())
        })
    };
    for (fragments, wanted) in [
        (vec!["It will never return"], Some("It will never return")),
        (vec!["it will NEVER return"], Some("It will never return")),
        (vec!["Rain … all night"], Some("Rain fell on the mill, and on the town, all night")),
        (vec!["Rain fell", "on the town"], Some("Rain fell on the mill, and on the town")),
        (vec!["It may never return"], Some("It will never return")),
        (vec!["Snow fell on the mill and on the village"], Some("Rain fell on the mill, and on the town")),
        (vec!["zebra"], None),
        (vec![""], None),
    ] {
        assert_eq!(place(&fragments).as_deref(), wanted, "{fragments:?}");
    }
    // Of two places where it stands the first.
    let range = with_quote(page, &[], |_, prepared| locate(&["the old quay".to_owned()], prepared));
    assert_eq!(range.map(|range| range.start as usize), page.find("the old quay"));
}

#[test]
fn a_document_carries_what_stands_there_in_four_words_or_more() {
    let page = "“The ferry will not return to the old quay,” she said.";
    for (fragments, carried) in [
        (vec!["will not return to"], true),
        (vec!["The ferry", "the old quay"], true),
        (vec!["The ferry … old quay"], true),
        (vec!["The ferry will"], false),
        (vec!["the ferry may not return"], false),
        (vec!["zebra lion tiger bear"], false),
        (vec![""], false),
    ] {
        assert_eq!(with_quote(page, &fragments, carries), carried, "{fragments:?}");
    }
    let figure = Claim::of("", CheckKind::Figure("The ferry will not return".to_owned()));
    assert!(!with_quote(page, &[], |_, prepared| carries(&figure.checks[0], prepared)));
}

#[test]
fn a_text_stands_in_every_place_that_has_its_words() {
    let page = "The old quay, the “old” quay and the Old Quay.";
    let places = |text: &str| {
        with_quote(page, &[], |_, prepared| {
            let places: Vec<usize> = places_of(text, prepared).iter().map(|range| range.start as usize).collect();
            (stands(text, prepared), places)
        })
    };
    assert_eq!(places("old quay"), (true, vec![4, 21]));
    assert_eq!(places("'the old quay'"), (true, vec![0, 14]));
    assert_eq!(places("quay old"), (false, vec![]));
    assert_eq!(places("zebra"), (false, vec![]));
    assert_eq!(places(" — "), (true, vec![]));
}

#[test]
fn a_document_speaks_of_a_statement_with_three_in_five_of_its_telling_words() {
    let speaks = |statement: &str, kind: CheckKind| {
        let claim = Claim::of(statement, kind);
        let document = document("The harbour ferry is at the quay, 12 of them.");
        speaks_of(&Asked::new(&claim, &[], None), &Prepared::new(&document))
    };
    for (statement, wanted) in [
        ("harbour ferry quay zebra lion", true),
        ("harbour ferry zebra lion", false),
        ("the harbour is at the zebra of them", false),
        ("zebra", false),
        ("the", false),
        ("", false),
    ] {
        assert_eq!(speaks(statement, CheckKind::Statement), wanted, "{statement}");
    }
    // The figure's own words are no witness, and not missed.
    assert!(!speaks("12 harbour zebra", CheckKind::Figure("12".to_owned())));
    assert!(speaks("12 harbour zebra", CheckKind::Statement));
    assert!(speaks("13 boats harbour", CheckKind::Figure("13 boats".to_owned())));
}
