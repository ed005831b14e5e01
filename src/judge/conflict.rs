//! Conflicts: figures that disagree, with what came of their claims → what a report says of them.
//!
//! A toll grows: where every smaller value has the earlier date it is one of an earlier day, and no contradiction. Dates are
//! those of the sources, else the days that the claims ask about; when something was captured says only when somebody looked.

use crate::model::evidence::{Counted, Disagreement};
use crate::model::report::{ClaimReport, Conflict, ConflictKind, ConflictSide};
use crate::model::{Claim, Manifest};

/// Puts a disagreement into words.
pub(super) fn conflict(manifest: &Manifest, claims: &[ClaimReport], found: &Disagreement) -> Conflict {
    let sides: Vec<ConflictSide> = found.counted.iter().filter_map(|counted| side(manifest, claims, counted)).collect();
    let (kind, detail) = kind(found, &sides);
    Conflict {
        claims: sides.iter().map(|side| side.claim.clone()).collect(),
        about: found.about.clone(),
        values: sides.iter().map(|side| side.value.clone()).collect(),
        kind,
        detail,
        sides,
    }
}

fn side(manifest: &Manifest, claims: &[ClaimReport], counted: &Counted) -> Option<ConflictSide> {
    let claim: &Claim = manifest.claims.get(counted.claim)?;
    let check = claims.get(counted.claim)?.checks.get(counted.check)?;
    Some(ConflictSide {
        claim: claim.id.0.clone(),
        value: check.text.clone(),
        verdict: check.verdict,
        source: check.source.as_deref().map(str::to_owned),
        outlet: check.outlet.as_deref().map(str::to_owned),
        date: check.published.as_deref().map(str::to_owned).or_else(|| claim.as_of.map(|day| day.to_string())),
        captured: check.capture.as_ref().map(|capture| capture.captured.clone()),
    })
}

fn kind(found: &Disagreement, sides: &[ConflictSide]) -> (ConflictKind, String) {
    let dates: Option<Vec<&str>> =
        sides.iter().map(|side| side.date.as_deref().and_then(|date| date.get(..10))).collect();
    let Some(dates) = dates.filter(|dates| dates.len() == found.counted.len()) else {
        let text = "they contradict each other; not every source has a date that would tell which value is the later";
        return (ConflictKind::Contradiction, text.to_owned());
    };
    let mut order: Vec<usize> = (0..dates.len()).collect();
    order.sort_by_key(|at| (dates[*at], found.counted[*at].low));
    let (first, last) = (order[0], order[order.len() - 1]);
    if dates[first] == dates[last] {
        return (ConflictKind::Contradiction, format!("they contradict each other: all are of {}", dates[first]));
    }
    // Of one day each value must be the same, and each later day's greater.
    let grows = order.windows(2).all(|pair| {
        let (a, b) = (&found.counted[pair[0]], &found.counted[pair[1]]);
        let equal = a.low == b.low && a.high == b.high;
        equal || dates[pair[0]] < dates[pair[1]] && a.high < b.high && a.low <= b.low
    });
    let both = format!("{} is of {}, {} of {}", sides[first].value, dates[first], sides[last].value, dates[last]);
    match (found.grows, grows) {
        (true, true) => {
            (ConflictKind::Earlier, format!("the earlier value is the smaller, as of a count that grows: {both}"))
        }
        (true, false) => (
            ConflictKind::Contradiction,
            format!("they contradict each other: the later figure is the smaller ({both})"),
        ),
        (false, _) => {
            (ConflictKind::Contradiction, format!("they contradict each other, and are of different days: {both}"))
        }
    }
}
