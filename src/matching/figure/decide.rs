//! Deciding: of the candidates, the one that stands with the same thing, and what it comes to.

use std::ops::Range;

use super::around::{Around, caption_tokens};
use super::candidate::{Candidate, bounded, passage, tokens_of};
use super::compare::Relation;
use super::derived;
use super::figures::Figures;
use super::ours::Ours;
use super::sense::{self, same};
use super::tables::Tables;
use super::thing::Stand;
use super::unchecked::{Beside, unchecked};
use crate::matching::asked::Asked;
use crate::matching::context;
use crate::matching::index::Index;
use crate::matching::query;
use crate::model::evidence::{Change, Finding};
use crate::model::figure::Figure;
use crate::model::{CheckVerdict, Flag, TextRange, Where};

/// The share of the context that a figure needs to be one for the same thing.
const SAME_THING: f32 = 0.30;
/// The share of the context from which what is counted need not stand there in the statement's own word.
const MOST: f32 = 0.62;
/// The share of the context from which another value stands in the statement's slot.
const SLOT: f32 = 0.45;
/// How much better another figure must fit the slot to take it from one with the right value.
const MARGIN: f32 = 0.10;
/// The same for two figures of one sentence, which share their context.
const MARGIN_BESIDE: f32 = 0.16;
/// The slot from which the words around a figure are the claim's very own.
const VERY_SLOT: f32 = 0.85;
/// Tokens of a block in which the claimed noun is looked for.
const BLOCK_REACH: usize = 400;
/// Other values that are shown.
const SHOWN: usize = 4;

/// Decides between the candidates.
pub(super) fn decide(
    text: &str,
    asked: &Asked<'_>,
    ours: &Ours,
    around: &Around,
    candidates: &[Candidate],
    figures: &Figures,
    index: &Index<'_>,
) -> Finding {
    let best = |fits: &dyn Fn(&Candidate) -> bool| {
        candidates
            .iter()
            .filter(|candidate| fits(candidate))
            .max_by(|a, b| a.fit().total_cmp(&b.fit()).then(b.figure.range.cmp(&a.figure.range)))
    };
    let carrying = best(&|candidate| candidate.is_carried() && is_good(candidate, ours));
    let elsewhere = best(&|candidate| candidate.is_carried() && !is_good(candidate, ours));
    let other = best(&|candidate| !candidate.is_carried() && is_good(candidate, ours));
    let mut finding = match (carrying, other) {
        (Some(carrying), other) if is_same_thing(carrying, other, around, ours, index, &figures.tables) => {
            let range = index.range(carrying.sentence.clone());
            let beside: Vec<Figure> = figures.list.between(range.start, range.end).collect();
            return carried(
                carrying,
                candidates,
                Beside { figures: &beside, tables: &figures.tables },
                asked,
                ours,
                index,
            );
        }
        (carrying, Some(other))
            if other.place != Where::Navigation && (other.context >= SLOT || other.fit() >= SLOT) =>
        {
            differing(other, carrying.or(elsewhere), text, index)
        }
        (Some(carrying), _) => beside(carrying, index),
        (None, _) => match elsewhere.filter(|other| other.context >= SAME_THING || other.fit() >= SAME_THING) {
            Some(elsewhere) => beside(elsewhere, index),
            None => absent(other, elsewhere, index),
        },
    };
    if let Some(hint) = derived::hint(ours, candidates, index) {
        finding.detail = Some(match finding.detail {
            Some(detail) => format!("{detail}; {hint}"),
            None => hint,
        });
    }
    finding
}

/// Whether a figure may count the claimed thing: not another one, and no value that was replaced.
fn is_good(candidate: &Candidate, ours: &Ours) -> bool {
    !is_other(candidate) && !is_former(candidate, ours)
}

/// Whether a figure counts another thing than the claim.
fn is_other(candidate: &Candidate) -> bool {
    candidate.stand == Stand::Other || candidate.stand == Stand::Beside && candidate.slot < VERY_SLOT
}

/// Whether the source gives a value as another time's, and the claim does not.
fn is_former(candidate: &Candidate, ours: &Ours) -> bool {
    let Some(thing) = &candidate.thing else { return false };
    // `290 a year earlier`: the claim says so too.
    let both_earlier = ours.thing.earlier == Some(true) && thing.earlier == Some(true);
    // `60 fires last year` of `down from 60 last year`: the claim names the other time itself.
    thing.former
        && !ours.thing.former
        && !ours.thing.from
        && !both_earlier
        && !ours.thing.times.iter().any(|time| thing.times.contains(time))
}

/// Whether a figure stands in the sentence right behind another's, in the same block.
pub(super) fn follows(before: &Candidate, behind: &Candidate, index: &Index<'_>) -> bool {
    before.sentence.end == behind.sentence.start
        && index.block_of(before.tokens.start) == index.block_of(behind.tokens.start)
}

/// Whether a figure that leaves its noun to the sentence before has what the claim says of it, and that sentence has not.
fn takes_predicate(carrying: &Candidate, other: &Candidate, ours: &Ours, index: &Index<'_>) -> bool {
    let Some(theirs) = other.thing.as_ref().filter(|thing| thing.leans) else { return false };
    let said = |word: &String| carrying.sentence.clone().any(|at| same(index.key(at), word));
    let mut told =
        ours.thing.predicate.iter().filter(|word| theirs.predicate.iter().any(|other| same(other, word))).peekable();
    told.peek().is_some() && !told.any(said)
}

/// Whether a figure has for itself what the claim says of it, and the sentence of another one lacks that.
fn has_own_word(carrying: &Candidate, other: &Candidate, ours: &Ours, index: &Index<'_>) -> bool {
    let Some(thing) = carrying.thing.as_ref().filter(|_| carrying.stand == Stand::Own) else { return false };
    let said = |word: &str| ours.thing.frame.all.iter().any(|own| same(own, word));
    thing.own.iter().any(|own| said(&own.word) && !other.sentence.clone().any(|at| same(index.key(at), &own.word)))
}

/// Whether a head of a figure's cell or entry is what the claim counts.
fn heads_noun(carrying: &Candidate, ours: &Ours, index: &Index<'_>) -> bool {
    let heads = &index.document().blocks[index.block_of(carrying.tokens.start)].heads;
    let counted = |word: &String| {
        heads.iter().any(|head| query::plain_words(head, index).iter().any(|own| same(&own.key_text, word)))
    };
    ours.thing.noun.iter().any(counted)
}

/// Whether the sentence of a figure has what the claim counts, or its cell stands in the table of the other one's.
fn names_noun(other: &Candidate, carrying: &Candidate, ours: &Ours, index: &Index<'_>, tables: &Tables) -> bool {
    let home = |candidate: &Candidate| index.block_of(candidate.tokens.start);
    let blocks = &index.document().blocks;
    let cell = &blocks[home(other)];
    let apart = cell.within.table != 0 && cell.within.table != blocks[home(carrying)].within.table;
    if !cell.heads.is_empty() && !apart {
        return true;
    }
    let titles = tables.get(cell.within.table).map(|table| table.titles.clone()).unwrap_or_default();
    ours.thing.noun.iter().any(|word| other.sentence.clone().any(|at| same(index.key(at), word)))
        || heads_noun(other, ours, index)
        || titles
            .flat_map(|at| index.block_tokens(at))
            .any(|at| ours.thing.noun.iter().any(|word| same(index.key(at), word)))
}

/// Whether a figure with the right value stands with the same thing, and no other figure has its slot.
fn is_same_thing(
    carrying: &Candidate,
    other: Option<&Candidate>,
    around: &Around,
    ours: &Ours,
    index: &Index<'_>,
    tables: &Tables,
) -> bool {
    if around.is_empty() {
        return true;
    }
    if carrying.context < SAME_THING && carrying.fit() < SAME_THING {
        return false;
    }
    // What is counted must stand there, unless most of the statement does.
    if carrying.context < MOST && !counts_here(carrying, ours, index, tables) {
        return false;
    }
    other.is_none_or(|other| {
        let beside = carrying.sentence == other.sentence;
        // `20 and 30 minutes`: both are values of one thing.
        let apart = carrying.tokens.start.max(other.tokens.start) - carrying.tokens.end.min(other.tokens.end);
        if beside && apart <= 1 {
            return true;
        }
        // What the words of the sentence say comes before how many of them there are.
        if follows(carrying, other, index) && takes_predicate(carrying, other, ours, index) {
            return false;
        }
        if follows(other, carrying, index) && takes_predicate(other, carrying, ours, index) {
            return true;
        }
        if beside && carrying.stand == Stand::Own && other.stand != Stand::Own {
            return true;
        }
        // `The rate is 21 percent for the young. Among women it is 9.9 and among men 7.6 percent.`
        let leans = follows(other, carrying, index)
            || other.sentence.end <= carrying.sentence.start
                && carrying.thing.as_ref().is_some_and(|thing| thing.opens_part);
        if leans && has_own_word(carrying, other, ours, index) {
            return true;
        }
        // `Stations: 96` is about stations; a sentence with the same names about passengers is not.
        if heads_noun(carrying, ours, index) && !names_noun(other, carrying, ours, index, tables) {
            return true;
        }
        // `up from 8 percent in March`: the claim itself gives the former value.
        let former = |candidate: &Candidate| candidate.thing.as_ref().is_some_and(|thing| thing.former);
        if beside && ours.thing.former && former(carrying) && !former(other) {
            return true;
        }
        // What is only planned leaves the slot to what is done.
        let foreseen = |thing: &super::thing::Thing| thing.foreseen.is_some();
        let near = beside || follows(other, carrying, index) || follows(carrying, other, index);
        if near && other.thing.as_ref().is_some_and(foreseen) && !carrying.thing.as_ref().is_some_and(foreseen) {
            // `it was 3.1 percent; 3.3 percent had been expected`
            if foreseen(&ours.thing) && carrying.tokens.start < other.tokens.start {
                return false;
            }
            if !foreseen(&ours.thing) && !follows(carrying, other, index) {
                return true;
            }
        }
        // Figures of another kind in the same sentence count other things.
        if beside
            && matches!(&other.relation, Relation::Differs(flags) if flags.contains(&Flag::Unit))
            && other.slot < carrying.slot + 0.5
        {
            return true;
        }
        let margin = if beside { MARGIN_BESIDE } else { MARGIN };
        other.fit() <= carrying.fit() + margin || other.context <= carrying.context && other.slot <= carrying.slot + 0.5
    })
}

/// Whether what the statement counts stands in the figure's block, or at its head; or what happened is the same.
fn counts_here(candidate: &Candidate, ours: &Ours, index: &Index<'_>, tables: &Tables) -> bool {
    if ours.thing.noun.is_empty() {
        return shares_a_word(candidate, ours, index, tables);
    }
    if let Some(theirs) = &candidate.thing
        && ours.thing.event.is_some()
        && ours.thing.event == theirs.event
    {
        return true;
    }
    let block = index.block_of(candidate.tokens.start);
    let tokens = index.block_tokens(block);
    let from = tokens.start.max(candidate.tokens.start.saturating_sub(BLOCK_REACH));
    let to = tokens.end.min(candidate.tokens.end + BLOCK_REACH);
    let is = |other: &str| ours.thing.noun.iter().any(|word| same(word, other));
    // `people` are persons of any kind.
    if ours.thing.noun.iter().any(|word| sense::is_people(word))
        && candidate.thing.as_ref().is_some_and(|thing| thing.noun.iter().any(|word| sense::is_person(word)))
    {
        return true;
    }
    stands_here(from..to, block, &is, index, tables)
}

/// Whether a word of some kind stands among these tokens of a block, or in what heads it.
fn stands_here(
    tokens: Range<usize>,
    block: usize,
    is: &dyn Fn(&str) -> bool,
    index: &Index<'_>,
    tables: &Tables,
) -> bool {
    tokens.chain(caption_tokens(block, index, tables)).any(|at| is(index.key(at)))
        || index.document().blocks[block]
            .heads
            .iter()
            .any(|head| query::plain_words(head, index).iter().any(|word| is(&word.key_text)))
}

/// Whether the sentence of a figure, or what heads its cell, has any of the statement's words.
fn shares_a_word(candidate: &Candidate, ours: &Ours, index: &Index<'_>, tables: &Tables) -> bool {
    let said = &ours.thing.frame.all;
    let is = |other: &str| said.iter().any(|word| same(word, other));
    let block = index.block_of(candidate.tokens.start);
    said.is_empty() || stands_here(candidate.sentence.clone(), block, &is, index, tables)
}

fn carried(
    best: &Candidate,
    all: &[Candidate],
    beside: Beside<'_>,
    asked: &Asked<'_>,
    ours: &Ours,
    index: &Index<'_>,
) -> Finding {
    let mut finding = Finding {
        verdict: CheckVerdict::Match,
        score: f64::from(best.fit().clamp(0.0, 1.0)),
        passage: Some(passage(best, index)),
        ..Finding::absent()
    };
    if let Relation::Carried(flags) = &best.relation {
        for flag in flags {
            finding.flag(*flag);
        }
    }
    let whole = bounded(&best.figure);
    let first = index.tokens().partition_point(|token| token.end <= whole.start);
    // A statement that says `whether` asks as its source does.
    let asks = asked.statement_keys.iter().any(|key| matches!(key.as_str(), "whether" | "ob" | "czy" | "ли" | "si"));
    for flag in context::of_figure(&(first.min(best.tokens.start)..best.tokens.end), asked, index) {
        if flag != Flag::Question || !asks {
            finding.flag(flag);
        }
    }
    if let Some(thing) = &best.thing {
        // Foreseen in the source, and a fact in the claim: the figure itself, or the verb that the claim takes over.
        if let Some(foreseen) = &thing.foreseen
            && ours.thing.foreseen.is_none()
            && !ours.thing.open
            && (!best.figure.quantity.is_date() || is_past(foreseen.verb.as_deref(), asked))
            && (foreseen.near
                || foreseen.verb.as_ref().is_some_and(|verb| asked.statement_keys.iter().any(|key| same(key, verb))))
        {
            finding.flag(Flag::HedgeDropped);
        }
        // What is counted by the day is claimed without the day.
        if let Some(rate) = thing.rate
            && ours.thing.rate.is_none()
            && !ours.thing.rates.contains(&rate)
            && !thing.rate_words.iter().any(|word| asked.statement_keys.iter().any(|key| same(key, word)))
        {
            finding.flag(Flag::HedgeDropped);
        }
        let restricted = &thing.frame.restricted;
        if !restricted.is_empty()
            && !restricted.iter().all(|word| asked.statement_keys.iter().any(|key| same(key, word)))
            && !ours.thing.fragment
        {
            finding.flag(Flag::HedgeDropped);
        }
        // `the last great fire killed 12`: of the fire that the claim tells of it says nothing.
        if let Some((which, kind)) = &thing.frame.instance
            && kind.iter().any(|word| asked.statement_keys.iter().any(|key| same(key, word)))
            && ours.thing.frame.instance.is_none()
            && !asked.statement_keys.iter().any(|key| key == which)
        {
            finding.flag(Flag::HedgeDropped);
        }
        let calls_wrong = |key: &String| matches!(key.as_str(), "wrong" | "false" | "untrue" | "incorrect" | "denied");
        if thing.refuted && !ours.thing.refuted && !asked.statement_keys.iter().any(calls_wrong) {
            finding.flag(Flag::Denied);
        }
        let denied = finding.flags.contains(&Flag::Denied);
        if thing.negated && !denied && !ours.thing.negated && !ours.thing.open && !ours.thing.fragment {
            finding.flag(Flag::OmitsNegation);
        }
    }
    if let Some(flag) = context::place_flag(best.place, asked) {
        // A value outside the text that stands in the text as well is no caution.
        let inside = all.iter().any(|other| {
            other.place == Where::Body && other.is_carried() && is_good(other, ours) && other.fit() >= SAME_THING
        });
        if !inside {
            finding.flag(flag);
        }
    }
    // Other values that the page gives for the same thing are shown with it.
    let rest: Vec<&Candidate> = all
        .iter()
        .filter(|other| {
            !std::ptr::eq(*other, best)
                && matches!(other.relation, Relation::Differs(_))
                && !is_other(other)
                && other.context >= 0.6
                && other.context >= best.context * 0.8
                && other.slot >= 0.4
                && other.place == Where::Body
        })
        .filter(|other| other.sentence != best.sentence)
        .collect();
    if !rest.is_empty() {
        let values: Vec<&str> =
            rest.iter().take(SHOWN).map(|other| index.document().slice(bounded(&other.figure))).collect();
        finding.detail = Some(format!("the source also gives {} for the same thing", values.join(", ")));
        finding.also = rest.iter().take(SHOWN).map(|other| passage(other, index)).collect();
    }
    finding.unchecked = unchecked(best, beside, asked, ours, index);
    finding
}

/// Whether a statement tells as done what a verb foresees.
fn is_past(verb: Option<&str>, asked: &Asked<'_>) -> bool {
    verb.is_some_and(|verb| {
        asked.statement_keys.iter().any(|key| key.ends_with("ed") && same(key, verb) && key != verb)
    })
}

/// Another value stands in the statement's slot.
fn differing(other: &Candidate, carrying: Option<&Candidate>, text: &str, index: &Index<'_>) -> Finding {
    let document = index.document();
    let mut finding = Finding {
        verdict: CheckVerdict::Mismatch,
        score: f64::from(other.fit().clamp(0.0, 1.0)),
        passage: Some(passage(other, index)),
        ..Finding::absent()
    };
    let whole = bounded(&other.figure);
    let theirs = document.slice(whole);
    match carrying {
        // The value itself stands on the page, beside another thing: what differs is the thing.
        Some(carrying) => {
            finding.detail = Some(format!(
                "the source gives {theirs} here; {} stands only beside something else",
                document.slice(carrying.figure.range)
            ));
            finding.also.push(passage(carrying, index));
        }
        None => {
            if let Relation::Differs(flags) = &other.relation {
                for flag in flags {
                    finding.flag(*flag);
                }
            }
            finding.detail = Some(format!("the source gives {theirs}"));
        }
    }
    finding.changes.push(Change {
        quote: text.to_owned(),
        source: theirs.to_owned(),
        at: Some(whole),
        ours: Some(TextRange::new(0, text.len())),
        flag: finding.flags.first().copied(),
    });
    finding
}

/// The right value stands only beside something else.
fn beside(carrying: &Candidate, index: &Index<'_>) -> Finding {
    let value = index.document().slice(carrying.figure.range);
    let former = carrying.thing.as_ref().is_some_and(|thing| thing.former);
    let detail = if former {
        format!("the source gives {value} as a value that no longer holds, or of another time")
    } else {
        format!("{value} stands on the page only beside something else")
    };
    Finding {
        verdict: CheckVerdict::Mismatch,
        score: f64::from(carrying.fit().clamp(0.0, 1.0)),
        passage: Some(passage(carrying, index)),
        detail: Some(detail),
        ..Finding::absent()
    }
}

/// The source gives no value for it: the closest place is shown.
fn absent(other: Option<&Candidate>, elsewhere: Option<&Candidate>, index: &Index<'_>) -> Finding {
    let mut finding = Finding::absent();
    if let Some(elsewhere) = elsewhere {
        return beside(elsewhere, index);
    }
    if let Some(other) = other.filter(|other| other.context >= SAME_THING) {
        debug_assert!(!tokens_of(&other.figure, index).is_empty());
        finding.passage = Some(passage(other, index));
    }
    finding
}
