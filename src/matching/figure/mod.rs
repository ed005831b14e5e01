//! Figures: a figure of a statement and one document → match, mismatch or absent.
//!
//! A figure is a value, and it must stand with the same thing: every comparable figure of the document is weighed by how
//! much of the statement stands around it, and the one in the statement's own slot decides. A right value beside
//! something else is a mismatch, and both are shown.

mod amount;
mod around;
mod bound;
mod compare;
pub(super) mod conflict;
mod currency;
mod date;
mod direction;
mod lexeme;
mod number;
mod ours;
mod read;
mod share;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

pub use conflict::conflicts;
pub use read::read;

use super::Asked;
use super::context;
use super::index::Index;
use super::quotation;
use super::statement;
use crate::model::evidence::{Change, Finding, Passage};
use crate::model::figure::{Figure, Quantity, Unit};
use crate::model::{CheckVerdict, Flag, TextRange, Where};
use around::Around;
use compare::{Bands, Relation, compare};
use number::Separators;
use ours::{Ours, ours, unit_of, with_unit};

/// The share of the context that a figure needs to be one for the same thing.
const SAME_THING: f32 = 0.30;
/// The share of the context from which what is counted need not stand there in the statement's own word.
const MOST: f32 = 0.62;
/// How much better another figure must fit the slot to take it from one with the right value.
const MARGIN: f32 = 0.10;
/// The same for two figures of one sentence, which share their context.
const MARGIN_BESIDE: f32 = 0.16;

/// Whether a key says that a figure rises or falls.
pub(super) fn is_direction(key: &str) -> bool {
    direction::of_key(key) != 0
}

/// The figures of a document, and how it separates digits.
#[derive(Debug)]
pub(super) struct Figures {
    pub(super) list: Vec<Figure>,
    separators: Separators,
}

/// Reads every figure of a document.
pub(super) fn of_document(index: &Index<'_>) -> Figures {
    let lexemes = lexeme::of_index(index);
    let separators = Separators::of_text(&lexemes, Separators::of_language(index.document().language.as_deref()));
    Figures { list: read::read_with(&lexemes, separators, index.document().published), separators }
}

/// The figures of a statement as they are written, in order, for claims that name none: without figures that are part of
/// a name, and without bare ordinals of one word.
pub fn written(statement: &str, language: Option<&str>) -> Vec<String> {
    read(statement, language)
        .into_iter()
        .filter(|figure| match &figure.quantity {
            Quantity::Number(amount) => {
                !(amount.in_words && amount.unit == Unit::Count && amount.scale == 0 && amount.value < 2.into())
            }
            _ => true,
        })
        .map(|figure| {
            let start = figure.bound_at.map_or(figure.range.start, |at| at.start.min(figure.range.start));
            let end = figure.bound_at.map_or(figure.range.end, |at| at.end.max(figure.range.end));
            statement[start as usize..end as usize].to_owned()
        })
        .collect()
}

/// A comparable figure of the document.
struct Candidate<'i> {
    figure: &'i Figure,
    tokens: Range<usize>,
    sentence: Range<usize>,
    relation: Relation,
    /// Share of the statement's weight that stands around it.
    context: f32,
    /// How well its immediate neighbours are the statement's.
    slot: f32,
    place: Where,
}

impl Candidate<'_> {
    fn fit(&self) -> f32 {
        let place = if self.place == Where::Body { 0.0 } else { 0.02 };
        0.6 * self.context + 0.4 * self.slot - place
    }
}

/// Looks for a figure.
pub(super) fn find(text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let Some(ours) = ours(text, asked, index) else { return unread(text, asked, index) };
    let around = Around::new(asked, &ours, index);
    let bands = Bands::default();
    let unit_said = unit_of(asked);
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for figure in &index.figures().list {
        let mut relation = compare(&with_unit(&ours.figure, figure, &unit_said), figure, &bands);
        if relation == Relation::Unlike {
            continue;
        }
        let tokens = index.token_from(figure.range.start)..index.token_from(figure.range.end);
        let weighed = around.weigh(&tokens, index);
        let place =
            index.document().blocks.get(index.block_of(tokens.start)).map_or(Where::Body, |block| block.zone.place());
        let sentence = context::sentence(&tokens, index);
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

/// What stands around the figure in the statement, as the document knows it.
struct Around {
    /// Keys of the statement's telling words, with their weights.
    words: BTreeMap<u32, f32>,
    /// Weight of the statement's words that the document lacks.
    lacking: f32,
    /// Words right before the figure, nearest first, and right behind it.
    left: Vec<Neighbour>,
    right: Vec<Neighbour>,
    /// Whether the statement says that the figure is a rise (1) or a fall (-1).
    direction: i8,
    /// The first telling word behind the figure: what it counts.
    counted: Option<(u32, String)>,
}

/// A word beside the figure.
#[derive(Clone, Copy)]
struct Neighbour {
    key: u32,
    /// How much it says: function words say little.
    weight: f32,
}

struct Weighed {
    context: f32,
    slot: f32,
}

const SLOT: [f32; 5] = [1.0, 0.7, 0.5, 0.35, 0.25];

impl Around {
    fn new(asked: &Asked<'_>, ours: &Ours, index: &Index<'_>) -> Self {
        let words = query::plain_words(asked.statement, index);
        let own = |start: usize, end: usize| {
            ours.at.is_some_and(|at| (start as u32) < at.end && at.start < end as u32)
        };
        let mut around = Self { words: BTreeMap::new(), lacking: 0.0, left: Vec::new(), right: Vec::new(), direction: 0, counted: None };
        for word in &words {
            if own(word.start, word.end) || word.kind == Kind::Sign {
                continue;
            }
            let weight = index.weight(word.key) * if lexicon::is_stop_word(&word.key_text) { 0.15 } else if word.kind == Kind::Character { 0.6 } else { 1.0 };
            if word.key == UNKNOWN {
                // A word that the document has in another form still counts, a little less.
                around.lacking += weight * 0.7;
            } else {
                around.words.entry(word.key).or_insert(weight);
            }
        }
        if let Some(at) = ours.at {
            let neighbour = |word: &query::QueryWord| Neighbour { key: word.key, weight: if lexicon::is_stop_word(&word.key_text) { 0.35 } else { 1.0 } };
            around.left = words.iter().rev().filter(|word| word.end as u32 <= at.start).take(SLOT.len()).map(neighbour).collect();
            around.right = words.iter().filter(|word| word.start as u32 >= at.end).take(SLOT.len()).map(neighbour).collect();
            around.direction = direction::of_words(&words, at);
            around.counted = words
                .iter()
                .filter(|word| word.start as u32 >= at.end && word.kind == Kind::Word)
                .take(3)
                .find(|word| !lexicon::is_stop_word(&word.key_text) && terms::unit(&word.key_text).is_none() && terms::scale(&word.key_text).is_none())
                .map(|word| (word.key, word.key_text.clone()));
        }
        around
    }

    /// Whether what the statement counts stands in the figure's block, or at its head.
    fn counts_here(&self, candidate: &Candidate<'_>, index: &Index<'_>) -> bool {
        let Some((key, text)) = &self.counted else { return true };
        let block = index.block_of(candidate.tokens.start);
        let stem: String = text.chars().take((text.chars().count() * 7 / 10).max(4)).collect();
        let is = |other: &str| other.starts_with(stem.as_str());
        index.block_tokens(block).any(|at| index.tokens()[at].key == *key || is(index.key(at)))
            || index.document().blocks[block].heads.iter().any(|head| query::plain_words(head, index).iter().any(|word| is(&word.key_text)))
            || conflict::same_event(text, index.block_tokens(block).map(|at| index.key(at)))
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.lacking == 0.0
    }

    fn weigh(&self, figure: &Range<usize>, index: &Index<'_>) -> Weighed {
        let tokens = index.tokens();
        let sentence = context::sentence(figure, index);
        let block = index.block_of(figure.start);
        let own = index.block_tokens(block);
        let content = &index.document().blocks[block];
        let heads = &content.heads;
        let whole = index.document().slice(content.range);
        let fragment = heads.is_empty() && own.len() <= SHORT_BLOCK && !whole.trim_end_matches(['”', '"', '»', ')']).ends_with(['.', '!', '?', '。', '！', '？', '।']);
        let window = figure.start.saturating_sub(REACH)..(figure.end + REACH).min(tokens.len());
        let mut best: HashMap<u32, f32> = HashMap::new();
        for at in window {
            if figure.contains(&at) {
                continue;
            }
            let Some(weight) = self.words.get(&tokens[at].key) else { continue };
            let factor = if sentence.contains(&at) {
                1.0
            } else if own.contains(&at) {
                0.5
            } else if fragment && at.abs_diff(figure.start) <= 2 * SHORT_BLOCK {
                // Cells of one row, entries of one list: what stands beside them belongs to them.
                0.8
            } else {
                0.25
            };
            // A cell is about its heads, not about its neighbours.
            let factor = if heads.is_empty() || own.contains(&at) { factor } else { 0.15 };
            let slot = best.entry(tokens[at].key).or_default();
            *slot = slot.max(weight * factor);
        }
        if !heads.is_empty() {
            let mut there = 0.0;
            for word in heads.iter().flat_map(|head| query::plain_words(head, index)) {
                if let Some(weight) = self.words.get(&word.key) {
                    let slot = best.entry(word.key).or_default();
                    *slot = slot.max(*weight);
                    there += weight;
                }
            }
            let all: f32 = self.words.values().sum::<f32>() + self.lacking;
            let mut parts: Vec<(u32, f32)> = best.into_iter().collect();
            parts.sort_unstable_by_key(|part| part.0);
            let context = parts.iter().map(|part| part.1).sum::<f32>() / all.max(f32::MIN_POSITIVE);
            return Weighed { context, slot: (there / all.max(f32::MIN_POSITIVE)).min(1.0) };
        }
        let all: f32 = self.words.values().sum::<f32>() + self.lacking;
        // Summed in the order of the keys, so that equal pages give equal sums.
        let mut parts: Vec<(u32, f32)> = best.into_iter().collect();
        parts.sort_unstable_by_key(|part| part.0);
        let context = if all > 0.0 { parts.iter().map(|part| part.1).sum::<f32>() / all } else { 0.0 };
        let side = |wanted: &[Neighbour], near: &dyn Fn(usize) -> Option<u32>| -> (f32, f32) {
            let (mut sum, mut there) = (0.0, 0.0);
            for (distance, Neighbour { key, weight }) in wanted.iter().enumerate() {
                sum += SLOT[distance] * weight;
                if *key == UNKNOWN {
                    continue;
                }
                let found = (0..SLOT.len() + 3).find(|at| near(*at) == Some(*key));
                if let Some(found) = found {
                    there += SLOT[distance] * weight * if found.abs_diff(distance) <= 1 { 1.0 } else { 0.6 };
                }
            }
            (there, sum)
        };
        let left = side(&self.left, &|distance| figure.start.checked_sub(distance + 1).and_then(|at| tokens.get(at)).map(|token| token.key));
        let right = side(&self.right, &|distance| tokens.get(figure.end + distance).map(|token| token.key));
        let sum = left.1 + right.1;
        Weighed { context, slot: if sum > 0.0 { (left.0 + right.0) / sum } else { 0.0 } }
    }
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

/// A figure with the words of its bound.
fn bounded(figure: &Figure) -> TextRange {
    match figure.bound_at {
        Some(at) => TextRange { start: at.start.min(figure.range.start), end: at.end.max(figure.range.end) },
        None => figure.range,
    }
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

/// The sentence around a figure; its parts are the figure with its bound.
fn passage(candidate: &Candidate<'_>, index: &Index<'_>) -> Passage {
    quotation::passage_at(&candidate.sentence, vec![bounded(candidate.figure)], index)
}

#[cfg(test)]
mod tests;
