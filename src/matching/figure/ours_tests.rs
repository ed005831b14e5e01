//! Tests of the claimed figure: what it is by its statement, and which figures beside it have clauses of their own.

use super::ours::{Ours, alone, is_clausal, unit_of, with_unit};
use super::read;
use super::tests::{follow, quantity_spelled};
use crate::matching::asked::Asked;
use crate::model::figure::{Bound, Figure, Unit};
use crate::model::{CheckKind, Claim};

/// What is read of a claimed figure; what is not said is left out.
fn told(ours: &Ours) -> String {
    let words = |name: &str, words: &[String]| {
        if words.is_empty() { String::new() } else { format!(" | {name} {}", words.join(" ")) }
    };
    let mut told = quantity_spelled(&ours.figure.quantity);
    let thing = &ours.thing;
    let own: Vec<String> = thing.own.iter().map(|owned| format!("{}{}", owned.role, owned.word)).collect();
    for (holds, mark) in [
        (ours.figure.bound != Bound::Exact, format!(" {:?}", ours.figure.bound)),
        (ours.range.is_some(), " of a range".to_owned()),
        (ours.between, " between".to_owned()),
        (ours.count.is_some(), " or a count".to_owned()),
        (ours.edge > 0, " first".to_owned()),
        (ours.edge < 0, " last".to_owned()),
        (ours.side > 0, " in favour".to_owned()),
        (ours.side < 0, " against".to_owned()),
        (thing.open, " open".to_owned()),
        (thing.former, " former".to_owned()),
        (thing.fragment, " fragment".to_owned()),
        (!thing.alone && !thing.open, " not alone".to_owned()),
        (true, words("noun", &thing.noun)),
        (true, words("own", &own)),
        (true, words("shared", &thing.shared)),
        (true, words("clause", &thing.frame.all)),
    ] {
        if holds {
            told.push_str(&mark);
        }
    }
    told
}

fn claim(language: &str, figure: &str, statement: &str) -> Claim {
    let language = Some(language).filter(|language| *language != "-").map(str::to_owned);
    Claim { language, ..Claim::of(statement, CheckKind::Figure(figure.to_owned())) }
}

#[test]
fn a_claimed_figure_is_what_its_statement_makes_of_it() {
    follow("claimed.tsv", 61, |[language, figure, statement]| {
        let claim = claim(language, figure, statement);
        alone(figure, &Asked::new(&claim, &[], None)).as_ref().map_or_else(|| "-".to_owned(), told)
    });
}

fn one(text: &str) -> Figure {
    read(text, Some("en")).into_iter().next().unwrap_or_else(|| panic!("no figure: {text}"))
}

#[test]
fn figures_of_other_kinds_have_no_clause_of_their_own() {
    for (other, asked, wanted) in [
        ("12 boats", "5 boats", true),
        ("5 km", "5 boats", true),
        ("5 to 7 boats", "5 boats", true),
        ("the 3rd boat", "5 boats", false),
        ("the 3rd boat", "the 4th boat", true),
        ("the 3rd boat", "12 March 2024", false),
        ("24 hours", "5 boats", false),
        ("24 hours", "3 days", true),
        ("24 hours", "5 km", false),
        ("12 March 2024", "5 boats", false),
        ("12 March 2024", "13 March 2024", true),
        ("12 March 2024", "9:30 am", true),
        ("9:30 am", "5 boats", false),
        ("9:30 am", "12 March 2024", true),
    ] {
        assert_eq!(is_clausal(&one(other), &one(asked)), wanted, "{other} beside {asked}");
    }
}

#[test]
fn a_bare_figure_has_the_unit_that_its_statement_says_elsewhere() {
    for (statement, wanted) in [
        ("Revenue in euros: 215 million", vec![Unit::Money("EUR")]),
        ("In $: 215 million", vec![Unit::Money("USD")]),
        ("In €: 215 million", vec![Unit::Money("EUR")]),
        ("In £: 215 million", vec![Unit::Money("GBP")]),
        ("The share in percent: 43", vec![Unit::Percent]),
        ("It took 215 min in MW and km", vec![]),
        ("215 boats", vec![]),
    ] {
        let claim = claim("en", "215", statement);
        assert_eq!(unit_of(&Asked::new(&claim, &[], None)), wanted, "{statement}");
    }
    let (euros, percent) = ([Unit::Money("EUR")], [Unit::Percent]);
    for (ours, theirs, said, wanted) in [
        ("215 million", "€215 million", &euros, "215000000 EUR e6 ±1000000"),
        ("215 million", "$215 million", &euros, "215000000 e6 ±1000000"),
        ("215 million", "215 boats", &euros, "215000000 e6 ±1000000"),
        ("215 million", "215 million boats", &percent, "215000000 e6 ±1000000"),
        ("$215 million", "€215 million", &euros, "215000000 USD e6 ±1000000"),
        ("5 to 7", "€5 to €7", &euros, "5 EUR .. 7 EUR"),
        ("5", "€5 to €7", &euros, "5 EUR"),
        ("5 to 7", "€5", &euros, "5 EUR .. 7 EUR"),
        ("$5 to $7", "€5", &euros, "5 USD .. 7 USD"),
        ("5 to 7", "12 March 2024", &euros, "5 .. 7"),
        ("3-1", "€5", &euros, "score 3:1"),
    ] {
        let given = with_unit(&one(ours), &one(theirs), said);
        assert_eq!(quantity_spelled(&given.quantity), wanted, "{ours} / {theirs}");
    }
}
