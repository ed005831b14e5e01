//! Figures: a figure of a statement and one document → match, mismatch or absent.
//!
//! A figure is a value, and it must stand with the same thing: every comparable figure of the document is weighed by how
//! much of the statement stands around it, and the one in the statement's own slot decides. A right value beside
//! something else is a mismatch, and both are shown.

mod amount;
mod around;
mod bound;
mod candidate;
mod compare;
pub(super) mod conflict;
mod currency;
mod date;
mod figures;
mod lexeme;
mod number;
mod ours;
mod read;
mod share;

pub use conflict::conflicts;
pub(super) use figures::{Figures, of_document};
pub use read::read;

use super::asked::Asked;
use super::context;
use super::direction;
use super::index::Index;
use super::statement;
use crate::model::evidence::{Change, Finding};
use crate::model::figure::{Quantity, Unit};
use crate::model::{CheckVerdict, Flag, TextRange, Where};
use around::Around;
use candidate::{Candidate, bounded, passage};
use compare::{Bands, Relation, compare};
use ours::{ours, unit_of, with_unit};

/// The share of the context that a figure needs to be one for the same thing.
const SAME_THING: f32 = 0.30;
/// The share of the context from which what is counted need not stand there in the statement's own word.
const MOST: f32 = 0.62;
/// How much better another figure must fit the slot to take it from one with the right value.
const MARGIN: f32 = 0.10;
/// The same for two figures of one sentence, which share their context.
const MARGIN_BESIDE: f32 = 0.16;

/// The figures of a statement as they are written, in order, for claims that name none: without figures that are part of
/// a name, and without bare ordinals of one word.
pub fn written(statement: &str, language: Option<&str>) -> Vec<String> {
    stated(statement, language)
        .into_iter()
        .map(|figure| {
            let start = figure.bound_at.map_or(figure.range.start, |at| at.start.min(figure.range.start));
            let end = figure.bound_at.map_or(figure.range.end, |at| at.end.max(figure.range.end));
            statement[start as usize..end as usize].to_owned()
        })
        .collect()
}

/// The figures of a text that state something, in order, with their places: those that [`written`] gives.
pub fn stated(text: &str, language: Option<&str>) -> Vec<crate::model::figure::Figure> {
    read(text, language)
        .into_iter()
        .filter(|figure| match &figure.quantity {
            Quantity::Number(amount) => {
                !(amount.in_words && amount.unit == Unit::Count && amount.scale == 0 && amount.value < 2.into())
            }
            _ => true,
        })
        .collect()
}

/// Looks for a figure.
pub(super) fn find(text: &str, asked: &Asked<'_>, index: &Index<'_>, figures: &Figures) -> Finding {
    let Some(ours) = ours(text, asked, index, figures.separators) else { return unread(text, asked, index) };
    let around = Around::new(asked, &ours, index);
    let bands = Bands::default();
    let unit_said = unit_of(asked);
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for figure in &figures.list {
        let mut relation = compare(&with_unit(&ours.figure, figure, &unit_said), figure, &bands);
        if relation == Relation::Unlike {
            continue;
        }
        let tokens = index.token_from(figure.range.start)..index.token_from(figure.range.end);
        let weighed = around.weigh(&tokens, index);
        let place =
            index.document().blocks.get(index.block_of(tokens.start)).map_or(Where::Body, |block| block.zone.place());
        let sentence = index.sentence(&tokens);
        if matches!(relation, Relation::Carried(_))
            && around.direction * direction::of_tokens(&tokens, &sentence, index) < 0
        {
            relation = Relation::Differs(vec![Flag::Sign]);
        }
        candidates.push(Candidate {
            figure,
            tokens,
            sentence,
            relation,
            context: weighed.context,
            slot: weighed.slot,
            place,
        });
    }
    let best = |carried: bool| {
        candidates
            .iter()
            .filter(|candidate| matches!(candidate.relation, Relation::Carried(_)) == carried)
            .max_by(|a, b| a.fit().total_cmp(&b.fit()).then(b.figure.range.cmp(&a.figure.range)))
    };
    let (carrying, other) = (best(true), best(false));
    match (carrying, other) {
        (Some(carrying), other) if is_same_thing(carrying, other, &around, index) => {
            carried(carrying, &candidates, asked, index)
        }
        (carrying, Some(other))
            if other.place != Where::Navigation && (other.context >= 0.45 || other.fit() >= 0.45) =>
        {
            differing(other, carrying, text, index)
        }
        (Some(carrying), _) => beside(carrying, index),
        (None, _) => {
            let mut finding = Finding::absent();
            if let Some(other) = other.filter(|other| other.context >= 0.3) {
                finding.passage = Some(passage(other, index));
            }
            finding
        }
    }
}

/// Whether a figure with the right value stands with the same thing, and no other figure has its slot.
fn is_same_thing(carrying: &Candidate<'_>, other: Option<&Candidate<'_>>, around: &Around, index: &Index<'_>) -> bool {
    if around.is_empty() {
        return true;
    }
    if carrying.context < SAME_THING && carrying.fit() < SAME_THING {
        return false;
    }
    // What is counted must stand there, unless most of the statement does.
    if carrying.context < MOST && !around.counts_here(carrying, index) {
        return false;
    }
    other.is_none_or(|other| {
        let beside = carrying.sentence == other.sentence;
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

/// A figure that is no value (`dozens`): its words are looked for, and a person reads the place.
fn unread(text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let mut finding = statement::find(asked, index);
    finding.detail = Some(format!("“{text}” is not a figure that can be compared: read the closest passage"));
    finding
}

fn carried(best: &Candidate<'_>, all: &[Candidate<'_>], asked: &Asked<'_>, index: &Index<'_>) -> Finding {
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
    if let Some(flag) = context::place_flag(best.place, asked) {
        // A value outside the text that stands in the text as well is no caution.
        let inside = all.iter().any(|other| {
            other.place == Where::Body && matches!(other.relation, Relation::Carried(_)) && other.fit() >= SAME_THING
        });
        if !inside {
            finding.flag(flag);
        }
    }
    // Other values that the page gives for the same thing are shown with it.
    let rest: Vec<&Candidate<'_>> = all
        .iter()
        .filter(|other| {
            !std::ptr::eq(*other, best)
                && matches!(other.relation, Relation::Differs(_))
                && other.context >= 0.6
                && other.context >= best.context * 0.8
                && other.slot >= 0.4
                && other.place == Where::Body
        })
        .filter(|other| other.sentence != best.sentence)
        .collect();
    if !rest.is_empty() {
        let values: Vec<&str> = rest.iter().take(4).map(|other| index.document().slice(other.figure.range)).collect();
        finding.detail = Some(format!("the source also gives {} for the same thing", values.join(", ")));
        finding.also = rest.iter().take(4).map(|other| passage(other, index)).collect();
    }
    finding.unchecked = statement::unchecked(asked, index, &best.tokens);
    finding
}

/// Another value stands in the statement's slot.
fn differing(other: &Candidate<'_>, carrying: Option<&Candidate<'_>>, text: &str, index: &Index<'_>) -> Finding {
    let document = index.document();
    let mut finding = Finding {
        verdict: CheckVerdict::Mismatch,
        score: f64::from(other.fit().clamp(0.0, 1.0)),
        passage: Some(passage(other, index)),
        ..Finding::absent()
    };
    let whole = bounded(other.figure);
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
fn beside(carrying: &Candidate<'_>, index: &Index<'_>) -> Finding {
    let value = index.document().slice(carrying.figure.range);
    Finding {
        verdict: CheckVerdict::Mismatch,
        score: f64::from(carrying.fit().clamp(0.0, 1.0)),
        passage: Some(passage(carrying, index)),
        detail: Some(format!("{value} stands on the page only beside something else")),
        ..Finding::absent()
    }
}

#[cfg(test)]
mod tests;
