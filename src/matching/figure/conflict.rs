//! Conflicts: claims of one manifest that count the same thing with different values.

use std::collections::BTreeSet;

use super::compare::{Relation, compare};
use super::read;
use crate::matching::asked::keys;
use crate::matching::{lexicon, terms};
use crate::model::figure::{Bands, Figure, Quantity};
use crate::model::report::Conflict;
use crate::model::{CheckKind, Manifest};

/// Verbs and nouns of one event, folded to one word: tolls are counted in many words (keys).
const SAME: &[(&str, &[&str])] = &[
    (
        "killed",
        &[
            "killed",
            "dead",
            "deaths",
            "death",
            "died",
            "lives",
            "toll",
            "fatalities",
            "victims",
            "claimed",
            "killing",
            "dies",
            "lost",
            "tote",
            "toten",
            "morts",
            "muertos",
            "morti",
            "погибших",
            "погибли",
        ],
    ),
    (
        "injured",
        &["injured", "wounded", "hurt", "injuries", "verletzte", "blesses", "heridos", "feriti", "раненых", "ранены"],
    ),
    (
        "people",
        &[
            "people",
            "persons",
            "person",
            "civilians",
            "residents",
            "passengers",
            "inhabitants",
            "menschen",
            "personnes",
            "personas",
            "persone",
            "человек",
        ],
    ),
    ("arrested", &["arrested", "detained", "arrests", "detentions"]),
];

struct Counted {
    claim: usize,
    written: String,
    figure: Figure,
    about: BTreeSet<String>,
}

/// Lists the conflicts of a manifest, in the order of its claims.
pub fn conflicts(manifest: &Manifest) -> Vec<Conflict> {
    let bands = Bands::default();
    let mut counted: Vec<Counted> = Vec::new();
    for (number, claim) in manifest.claims.iter().enumerate() {
        for check in &claim.checks {
            let CheckKind::Figure(written) = &check.kind else { continue };
            let figures = read(&claim.statement, claim.language.as_deref());
            let at = claim.statement.find(written.as_str());
            let found = figures.into_iter().find(|figure| {
                at.is_some_and(|at| {
                    (figure.range.start as usize) < at + written.len() && at < figure.range.end as usize
                })
            });
            let Some(figure) = found.or_else(|| read(written, claim.language.as_deref()).into_iter().next()) else {
                continue;
            };
            if !matches!(figure.quantity, Quantity::Number(_) | Quantity::Range(..)) {
                continue;
            }
            counted.push(Counted {
                claim: number,
                written: written.clone(),
                about: about(&claim.statement, &figure),
                figure,
            });
        }
    }
    let mut used = vec![false; counted.len()];
    let mut conflicts = Vec::new();
    for first in 0..counted.len() {
        if used[first] {
            continue;
        }
        let mut group = vec![first];
        for second in first + 1..counted.len() {
            if used[second]
                || counted[second].claim == counted[first].claim
                || !same_thing(&counted[first].about, &counted[second].about)
            {
                continue;
            }
            let forth = compare(&counted[first].figure, &counted[second].figure, &bands);
            let back = compare(&counted[second].figure, &counted[first].figure, &bands);
            if matches!((forth, back), (Relation::Differs(_), Relation::Differs(_))) {
                group.push(second);
            }
        }
        if group.len() > 1 {
            let shared: BTreeSet<String> = group[1..]
                .iter()
                .fold(counted[first].about.clone(), |all, at| all.intersection(&counted[*at].about).cloned().collect());
            for at in &group {
                used[*at] = true;
            }
            conflicts.push(Conflict {
                claims: group.iter().map(|at| manifest.claims[counted[*at].claim].id.0.clone()).collect(),
                about: describe(&shared),
                values: group.iter().map(|at| counted[*at].written.clone()).collect(),
            });
        }
    }
    conflicts
}

/// What a statement counts: the words of the clause around its figure, folded.
fn about(statement: &str, figure: &Figure) -> BTreeSet<String> {
    let (start, end) = (figure.range.start as usize, figure.range.end as usize);
    let before: Vec<String> = keys(&statement[..start]).into_iter().rev().take(14).collect();
    let behind: Vec<String> = keys(&statement[end..]).into_iter().take(10).collect();
    before
        .into_iter()
        .chain(behind)
        .filter(|key| {
            !lexicon::is_stop_word(key)
                && !lexicon::is_hedge(key)
                && !lexicon::is_saying(key)
                && key.chars().count() > 2
                && !key.starts_with(|c: char| c.is_ascii_digit())
                && terms::number_word(key).is_none()
        })
        .map(|key| {
            SAME.iter().find(|(_, words)| words.contains(&key.as_str())).map_or(key, |(word, _)| (*word).to_owned())
        })
        .collect()
}

/// Whether two statements count the same: both of one folded event, or most of the shorter one's words are shared.
fn same_thing(left: &BTreeSet<String>, right: &BTreeSet<String>) -> bool {
    let events = ["killed", "injured", "arrested"];
    for event in events {
        if left.contains(event) != right.contains(event) {
            return false;
        }
        if left.contains(event) && right.contains(event) {
            return true;
        }
    }
    let shared = left.intersection(right).count();
    let shorter = left.len().min(right.len());
    shared >= 2 && shared * 10 >= shorter * 6
}

fn describe(shared: &BTreeSet<String>) -> String {
    if shared.contains("killed") {
        return "people killed".to_owned();
    }
    if shared.contains("injured") {
        return "people injured".to_owned();
    }
    shared.iter().cloned().collect::<Vec<_>>().join(" ")
}
