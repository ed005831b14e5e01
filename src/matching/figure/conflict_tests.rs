//! Tests of conflicts: the statements of one manifest, and which of their figures disagree.

use super::conflict::conflicts;
use super::tests::follow;
use crate::model::claim::LeftOut;
use crate::model::evidence::Disagreement;
use crate::model::figure::Bands;
use crate::model::{Check, CheckKind, Claim, Manifest};

/// A claim whose figures stand in braces.
fn claim(language: &str, text: &str) -> Claim {
    let figures = text.split('}').filter_map(|part| part.split_once('{')).map(|(_, figure)| figure);
    let mut checks = figures.map(|figure| CheckKind::Figure(figure.to_owned()));
    let first = checks.next().unwrap_or(CheckKind::Statement);
    let mut claim = Claim::of(text.replace(['{', '}'], ""), first);
    let more: Vec<Check> = checks.map(|kind| Check { kind, ..claim.checks[0].clone() }).collect();
    claim.checks.extend(more);
    claim.language = Some(language.to_owned());
    claim
}

fn manifest(claims: Vec<Claim>) -> Manifest {
    Manifest {
        path: std::path::PathBuf::from("claims.toml"),
        archive: None,
        language: None,
        article: None,
        privacy: LeftOut::default(),
        sources: std::collections::BTreeMap::new(),
        claims,
        bands: Bands::default(),
        dismissed: Vec::new(),
    }
}

/// What disagrees: about what, and the value of each claim (and of its second check and later ones), both from 0.
fn told(found: &[Disagreement]) -> String {
    let one = |one: &Disagreement| {
        let values = one.counted.iter().map(|counted| {
            let check = if counted.check == 0 { String::new() } else { format!(".{}", counted.check) };
            let until = if counted.high == counted.low { String::new() } else { format!("-{}", counted.high) };
            format!("{}{check}={}{until}", counted.claim, counted.low)
        });
        let grows = if one.grows { " grows" } else { "" };
        format!("{}: {}{grows}", one.about, values.collect::<Vec<_>>().join(" "))
    };
    if found.is_empty() { "-".to_owned() } else { found.iter().map(one).collect::<Vec<_>>().join(" | ") }
}

#[test]
fn statements_disagree_as_the_table_says() {
    follow("conflicts.tsv", 38, |[language, claims]| {
        told(&conflicts(&manifest(claims.split(" / ").map(|text| claim(language, text)).collect())))
    });
}

/// So many claims of one thing.
fn many(count: usize, statement: impl Fn(usize) -> String) -> Vec<Disagreement> {
    conflicts(&manifest((0..count).map(|number| claim("en", &statement(number))).collect()))
}

#[test]
fn one_conflict_has_fifty_figures_at_most() {
    let found = many(60, |number| format!("A flood killed {{{}}} people in Ardal.", 100 + number));
    assert_eq!(found.iter().map(|one| one.counted.len()).collect::<Vec<_>>(), [50, 10]);
}

#[test]
fn a_statement_without_a_place_speaks_of_what_its_neighbours_speak_of() {
    // Between the two stand statements of other things.
    let apart = |between: usize| {
        many(between + 2, |number| match number {
            0 => String::from("{82} people were killed."),
            last if last == between + 1 => String::from("In Ardal {60} people were killed."),
            _ => format!("The port took in {{{}}} ferries.", 500),
        })
        .len()
    };
    assert_eq!([apart(0), apart(11), apart(12), apart(20)], [1, 1, 0, 0]);
}

#[test]
fn words_that_all_share_lead_to_neighbours_only() {
    // The first and the last disagree; between them stand so many figures with the same words.
    let disagree = |between: usize| {
        many(between + 2, |number| match number {
            0 => String::from("The port of Ardal took in {82} ferries of steel."),
            last if last == between + 1 => String::from("The port of Ardal took in {60} ferries of steel."),
            _ => format!("The port of Ardal with its ferries took in {{{}}} boxes of steel.", 500),
        })
        .len()
    };
    assert_eq!([disagree(10), disagree(197), disagree(198), disagree(220)], [1, 1, 1, 0]);
}
