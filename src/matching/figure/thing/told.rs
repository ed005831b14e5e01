//! Telling: whether what a claim tells of its figure is told of it in the source, or of the figure of another clause.

use super::frame::{Frame, has, is_spaceless};
use crate::matching::figure::sense::same;

/// Whether a claim names the part that a source's figure counts, in a script without spaces.
pub(super) fn is_said_part(ours: &Frame, theirs: &Frame) -> bool {
    let part = &theirs.clauses.own_part;
    part.get(..2).is_some_and(|opening| ours.lead.windows(2).any(|window| window == opening))
}

/// Whether what a claim tells of its figure is told of this one in the source, and of no other.
pub(super) fn agree(ours: &Frame, theirs: &Frame) -> bool {
    let said = |verb: &String| has(&ours.clause, verb) || ours.clauses.verbs.iter().any(|own| same(own, verb));
    let other = &theirs.clauses;
    other.own_verbs
        && other.verbs.iter().any(said)
        && !other.others.iter().flatten().any(|verb| said(verb) && !has(&other.verbs, verb))
}

/// Whether what a claim tells of its figure is told of another figure's clause in the source.
pub(super) fn contradict(ours: &Frame, theirs: &Frame) -> bool {
    let (own, other) = (&ours.clauses, &theirs.clauses);
    let said = |word: &String| ours.all.iter().chain(&own.verbs).any(|own| same(own, word));
    let told = !other.verbs.is_empty() && !other.verbs.iter().any(said);
    let swapped = told
        && other.others.iter().any(|verbs| {
            verbs.iter().any(|verb| {
                !has(&theirs.clause, verb) && ours.clause.iter().chain(&own.verbs).any(|word| same(word, verb))
            })
        });
    let part = other.parts.iter().any(|words| {
        if is_spaceless(words) {
            let Some(opening) = words.get(..2) else { return false };
            let stands = |words: &[String]| words.windows(2).any(|window| window == opening);
            return stands(&ours.clause) && !stands(&theirs.clause);
        }
        let mut alone = words.iter().filter(|word| !has(&theirs.clause, word)).peekable();
        own.parts.is_empty() && alone.peek().is_some() && alone.all(|word| has(&ours.clause, word))
    });
    // `63 percent, down from 71 percent in 2022`; `4 times in 2024 and only once in 2025`
    let year = !own.years.is_empty()
        && own.years.iter().all(|year| other.other_years.contains(year) && !other.years.contains(year))
        && (!other.years.is_empty() || theirs.before_former);
    swapped || part || year
}
