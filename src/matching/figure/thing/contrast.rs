//! Contrasts: whether what a claim says of its figure is said of another figure in the source.

use super::axes;
use super::classes::{is_pointing, similar};
use super::contest;
use super::details;
use super::frame::{Frame, has, is_spaceless};
use super::motion::Step;
use super::rival;
use super::told;
use crate::matching::figure::sense::same;

/// How a claim's frame contradicts a source's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::matching::figure) enum Contradiction {
    /// What the claim says is another figure's.
    Thing,
    /// It goes the other way.
    Sign,
}

/// Whether what a claim says of its figure is said of another one in the source.
pub(super) fn contradicts(ours: &Frame, theirs: &Frame) -> Option<Contradiction> {
    if ours.direction * theirs.direction < 0 {
        return Some(Contradiction::Sign);
    }
    let steps = match (ours.step, theirs.step) {
        (Some(a), Some(b)) => a != b && ours.direction != 0 && (theirs.direction != 0 || theirs.changed),
        // What a claim makes a rise is a level.
        (Some(Step::By), None) => ours.direction != 0 && theirs.direction == 0 && theirs.level,
        _ => false,
    };
    let swapped = match (&ours.sides, &theirs.sides) {
        (Some(a), Some(b)) => contest::swaps(a, b),
        _ => false,
    };
    (steps
        || swapped
        || axes::exclude(&ours.axes, &theirs.axes)
        || details::contradict(ours, theirs)
        || rival::is_namesake(ours, theirs)
        || !ours.label
            && (rival::takes(ours, theirs)
                || told::contradict(ours, theirs)
                || has_other_lead(ours, theirs)
                || has_other_predicate(ours, theirs)
                || has_other_complement(ours, theirs)))
    .then_some(Contradiction::Thing)
}

/// The claim's subject is that of another clause, and this clause has one that the claim lacks.
fn has_other_lead(ours: &Frame, theirs: &Frame) -> bool {
    let times = |words: &[String], word: &str| words.iter().filter(|other| same(other, word)).count();
    let compared = ours.lead.iter().any(|word| {
        !has(&theirs.lead, word)
            && has(&theirs.compared, word)
            && times(&theirs.all, word) == times(&theirs.compared, word)
    });
    if compared {
        return true;
    }
    // `the fleet is 11 years old, that of the rival six`; `a bag costs $40, a second one $70`
    let pointed = theirs.leads.iter().filter(|lead| lead.points && !lead.words.is_empty()).any(|lead| {
        lead.words.iter().all(|word| has(&ours.lead, word)) && !lead.words.iter().any(|word| has(&theirs.clause, word))
    });
    if pointed {
        return true;
    }
    let unsaid = theirs.lead.iter().any(|word| !has(&ours.all, word));
    if !(unsaid || theirs.lead.is_empty() && theirs.own_subject) {
        return false;
    }
    // Without spaces the beginning of the claim's lead is its subject.
    if is_spaceless(&ours.lead) {
        let Some(opening) = ours.lead.get(..2) else { return false };
        // `其中农村居民6万人`: of a part the claim may say where the whole is.
        if told::is_said_part(ours, theirs) {
            return false;
        }
        return !holds(&theirs.lead, opening)
            && theirs.leads.iter().any(|lead| (!lead.first || theirs.own_subject) && holds(&lead.words, opening));
    }
    let rest: Vec<&String> = ours.lead.iter().filter(|word| !has(&theirs.clause, word)).collect();
    let own_run = common_run(&ours.lead, &theirs.lead);
    let first = |words: &[String]| ours.lead.first().is_some_and(|word| has(words, word));
    theirs.leads.iter().filter(|lead| !lead.first || theirs.own_subject).any(|lead| {
        let hits = rest.iter().filter(|word| has(&lead.words, word)).count();
        let whole = unsaid
            && lead.words.iter().all(|word| has(&ours.lead, word))
            && lead.words.iter().any(|word| !has(&theirs.clause, word));
        if hits > 0 && whole {
            return true;
        }
        let run = common_run(&ours.lead, &lead.words);
        // A verb that a clause leaves out is that of the other: where as much is common to both, the first word decides.
        hits > 0 && (run > own_run || run == own_run && first(&lead.words) && !first(&theirs.lead))
    })
}

/// Whether words stand in others in a row.
fn holds(words: &[String], part: &[String]) -> bool {
    words.windows(part.len()).any(|window| window == part)
}

/// The most words in a row that two leads have in common.
fn common_run(a: &[String], b: &[String]) -> usize {
    let mut best = 0;
    for from in 0..a.len() {
        for at in 0..b.len() {
            let length = a[from..].iter().zip(&b[at..]).take_while(|(x, y)| same(x, y)).count();
            best = best.max(length);
        }
    }
    best
}

/// All that is said of the claim's figure is said of another one, and nothing of what is said of this one.
fn has_other_predicate(ours: &Frame, theirs: &Frame) -> bool {
    if theirs.predicate.is_empty()
        || theirs.predicate.iter().any(|word| has(&ours.all, word))
        || is_spaceless(&ours.all)
    {
        return false;
    }
    let rest: Vec<&String> = ours.predicate.iter().filter(|word| !has(&theirs.clause, word)).collect();
    theirs.predicates.iter().any(|words| rest.iter().filter(|word| has(words, word)).count() >= 2)
}

/// Behind the same preposition the claim has what another figure has, and not what this one has.
fn has_other_complement(ours: &Frame, theirs: &Frame) -> bool {
    let of_part = ours.beyond_whole.is_none()
        && theirs.parts.iter().any(|part| {
            let mut words = part.words.iter().filter(|word| !has(&theirs.clause, word)).peekable();
            words.peek().is_some() && words.all(|word| has(&ours.clause, word))
        });
    if of_part {
        return true;
    }
    theirs.complements.iter().any(|own| {
        theirs.others.iter().filter(|other| alike(&own.preposition, &other.preposition)).any(|other| {
            let mut mine = own.words.iter().filter(|word| !has(&other.words, word) && !is_pointing(word)).peekable();
            let mut its = other.words.iter().filter(|word| !has(&theirs.clause, word) && !is_pointing(word)).peekable();
            mine.peek().is_some()
                && its.peek().is_some()
                && mine.any(|word| !has(&ours.all, word))
                && its.all(|word| has(&ours.clause, word))
        })
    })
}

/// Prepositions behind which a claim says for whom or against whom a figure is.
fn is_recipient(key: &str) -> bool {
    matches!(
        key,
        "for"
            | "against"
            | "fur"
            | "gegen"
            | "pour"
            | "contre"
            | "para"
            | "contra"
            | "per"
            | "contro"
            | "voor"
            | "tegen"
            | "til"
            | "dla"
            | "для"
    )
}

impl Frame {
    /// Whether a claim and a source tell of one contest, with the same sides.
    pub(in crate::matching::figure) fn is_same_contest(&self, theirs: &Frame) -> bool {
        matches!((&self.sides, &theirs.sides), (Some(a), Some(b)) if !contest::swaps(a, b))
    }

    /// The words behind `for` or `against` that a claim has and the source's sentence lacks, where the source has others there.
    pub(in crate::matching::figure) fn other_recipients(&self, theirs: &Frame) -> Vec<String> {
        let unsaid = |words: &[String]| words.iter().all(|word| !has(&self.all, word));
        self.complements
            .iter()
            .filter(|own| is_recipient(&own.preposition) && own.words.iter().all(|word| !has(&theirs.all, word)))
            .filter(|own| {
                theirs.complements.iter().any(|other| other.preposition == own.preposition && unsaid(&other.words))
            })
            .flat_map(|own| own.words.clone())
            .collect()
    }
}

fn alike(a: &str, b: &str) -> bool {
    a == b || similar(a, b)
}
