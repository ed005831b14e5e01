//! What stands around a figure: how much of the statement, and whether it stands in the statement's own slot.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::candidate::Candidate;
use super::conflict;
use super::ours::Ours;
use crate::matching::asked::Asked;
use crate::matching::direction;
use crate::matching::fold::Kind;
use crate::matching::index::{Index, UNKNOWN};
use crate::matching::lexicon;
use crate::matching::query;
use crate::matching::terms;

/// Tokens of a block up to which its neighbours belong to it, as the cells of a row do.
const SHORT_BLOCK: usize = 8;

/// Tokens around a figure in which the statement's words are looked for.
const REACH: usize = 60;

/// What stands around the figure in the statement, as the document knows it.
pub(super) struct Around {
    /// Keys of the statement's telling words, with their weights.
    words: BTreeMap<u32, f32>,
    /// Weight of the statement's words that the document lacks.
    lacking: f32,
    /// Words right before the figure, nearest first, and right behind it.
    left: Vec<Neighbour>,
    right: Vec<Neighbour>,
    /// Whether the statement says that the figure is a rise (1) or a fall (-1).
    pub(super) direction: i8,
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

pub(super) struct Weighed {
    pub(super) context: f32,
    pub(super) slot: f32,
}

const SLOT: [f32; 5] = [1.0, 0.7, 0.5, 0.35, 0.25];

impl Around {
    pub(super) fn new(asked: &Asked<'_>, ours: &Ours, index: &Index<'_>) -> Self {
        let words = query::plain_words(asked.statement, index);
        let own = |start: usize, end: usize| ours.at.is_some_and(|at| (start as u32) < at.end && at.start < end as u32);
        let mut around = Self {
            words: BTreeMap::new(),
            lacking: 0.0,
            left: Vec::new(),
            right: Vec::new(),
            direction: 0,
            counted: None,
        };
        for word in &words {
            if own(word.start, word.end) || word.kind == Kind::Sign {
                continue;
            }
            let weight = index.weight(word.key)
                * if lexicon::is_stop_word(&word.key_text) {
                    0.15
                } else if word.kind == Kind::Character {
                    0.6
                } else {
                    1.0
                };
            if word.key == UNKNOWN {
                // A word that the document has in another form still counts, a little less.
                around.lacking += weight * 0.7;
            } else {
                around.words.entry(word.key).or_insert(weight);
            }
        }
        if let Some(at) = ours.at {
            let neighbour = |word: &query::QueryWord| Neighbour {
                key: word.key,
                weight: if lexicon::is_stop_word(&word.key_text) { 0.35 } else { 1.0 },
            };
            around.left =
                words.iter().rev().filter(|word| word.end as u32 <= at.start).take(SLOT.len()).map(neighbour).collect();
            around.right =
                words.iter().filter(|word| word.start as u32 >= at.end).take(SLOT.len()).map(neighbour).collect();
            around.direction = direction::of_words(&words, at);
            around.counted = words
                .iter()
                .filter(|word| word.start as u32 >= at.end && word.kind == Kind::Word)
                .take(3)
                .find(|word| {
                    !lexicon::is_stop_word(&word.key_text)
                        && terms::unit(&word.key_text).is_none()
                        && terms::scale(&word.key_text).is_none()
                })
                .map(|word| (word.key, word.key_text.clone()));
        }
        around
    }

    /// Whether what the statement counts stands in the figure's block, or at its head.
    pub(super) fn counts_here(&self, candidate: &Candidate<'_>, index: &Index<'_>) -> bool {
        let Some((key, text)) = &self.counted else { return true };
        let block = index.block_of(candidate.tokens.start);
        let stem: String = text.chars().take((text.chars().count() * 7 / 10).max(4)).collect();
        let is = |other: &str| other.starts_with(stem.as_str());
        index.block_tokens(block).any(|at| index.tokens()[at].key == *key || is(index.key(at)))
            || index.document().blocks[block]
                .heads
                .iter()
                .any(|head| query::plain_words(head, index).iter().any(|word| is(&word.key_text)))
            || conflict::same_event(text, index.block_tokens(block).map(|at| index.key(at)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.lacking == 0.0
    }

    pub(super) fn weigh(&self, figure: &Range<usize>, index: &Index<'_>) -> Weighed {
        let tokens = index.tokens();
        let sentence = index.sentence(figure);
        let block = index.block_of(figure.start);
        let own = index.block_tokens(block);
        let content = &index.document().blocks[block];
        let heads = &content.heads;
        let whole = index.document().slice(content.range);
        let fragment = heads.is_empty()
            && own.len() <= SHORT_BLOCK
            && !whole.trim_end_matches(['”', '"', '»', ')']).ends_with(['.', '!', '?', '。', '！', '？', '।']);
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
        let left = side(&self.left, &|distance| {
            figure.start.checked_sub(distance + 1).and_then(|at| tokens.get(at)).map(|token| token.key)
        });
        let right = side(&self.right, &|distance| tokens.get(figure.end + distance).map(|token| token.key));
        let sum = left.1 + right.1;
        Weighed { context, slot: if sum > 0.0 { (left.0 + right.0) / sum } else { 0.0 } }
    }
}
