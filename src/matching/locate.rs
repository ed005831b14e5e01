//! Locating: where in a document a quotation may come from. Similarity locates, it never decides.
//!
//! Exact places first: the rarest word's places are tried one by one. Otherwise windows of the document that hold
//! much of the quotation's weight, in any order, are handed to the alignment.

use std::ops::Range;

use super::fold::{Kind, bits};
use super::index::{Index, UNKNOWN};
use super::query::{Element, Piece, Query, QueryWord};

/// Exact places that are kept per piece: beyond this a quotation is so frequent that more places say nothing.
const MAX_PLACES: usize = 2_000;
/// Windows handed to the alignment.
const MAX_WINDOWS: usize = 8;
/// Tokens that an ellipsis may leave out and still be near.
pub(super) const NEAR: usize = 180;
/// Tokens that a bracket may stand for.
pub(super) const BRACKET: usize = 40;

/// Which edges of a piece are free, so that a cut word or number there is recognised and not a mismatch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Edges {
    /// The piece begins the quotation.
    pub(super) first: bool,
    /// The piece ends the quotation.
    pub(super) last: bool,
}

/// Whether a word and a token are the same; `free_case` lets the case of the first letter differ.
pub(super) fn same(word: &QueryWord, at: usize, index: &Index<'_>, free_case: bool) -> bool {
    let token = &index.tokens()[at];
    if word.form == token.form {
        return true;
    }
    if !free_case || word.key != token.key || word.key == UNKNOWN {
        return false;
    }
    differ_in_first_case(&word.text, index.form(at))
}

/// Whether two forms are equal but for the case of the first letter.
pub(super) fn differ_in_first_case(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (left.chars(), right.chars());
    match (left.next(), right.next()) {
        (Some(a), Some(b)) => a.to_lowercase().eq(b.to_lowercase()) && left.as_str() == right.as_str(),
        _ => false,
    }
}

/// Whether hyphens that stand inside both stretches agree where they matter: between digits.
fn joints_agree(word: &QueryWord, at: usize, index: &Index<'_>) -> bool {
    let token = &index.tokens()[at];
    if word.kind != Kind::Number || token.kind != Kind::Number || at == 0 || index.tokens()[at - 1].kind != Kind::Number
    {
        return true;
    }
    word.bits & bits::HYPHEN == token.bits & bits::HYPHEN
}

/// Every exact place of a run of words: the first token of each, ascending.
pub(super) fn exact(piece: &Piece, query: &Query, index: &Index<'_>, edges: Edges) -> Vec<usize> {
    let words = &piece.words;
    let tokens = index.tokens();
    let Some((pivot, places)) = words
        .iter()
        .enumerate()
        .filter(|(at, _)| {
            words.len() == 1 || !(edges.first && *at == 0 || edges.last && *at == words.len() - 1) || words.len() == 2
        })
        .map(|(at, word)| (at, index.places(query.words[*word].key)))
        .min_by_key(|(_, places)| places.len())
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    'places: for place in places {
        let Some(start) = (*place as usize).checked_sub(pivot) else { continue };
        if start + words.len() > tokens.len() {
            break;
        }
        for (offset, number) in words.iter().enumerate() {
            let word = &query.words[*number];
            let at = start + offset;
            let free = offset == 0 || query.free_case.contains(number);
            if !same(word, at, index, free) || offset > 0 && !joints_agree(word, at, index) {
                let cut = words.len() >= 3
                    && (edges.first && offset == 0 && cuts_front(word, at, index)
                        || edges.last && offset == words.len() - 1 && cuts_back(word, at, index));
                if !cut {
                    continue 'places;
                }
            }
        }
        found.push(start);
        if found.len() >= MAX_PLACES {
            break;
        }
    }
    found
}

/// Whether a word is the end of the token at `at`: the quotation's front edge cuts it.
fn cuts_front(word: &QueryWord, at: usize, index: &Index<'_>) -> bool {
    let form = index.form(at);
    form.len() > word.text.len() && form.ends_with(word.text.as_str())
}

/// Whether a word is the beginning of the token at `at`: the quotation's back edge cuts it.
pub(super) fn cuts_back(word: &QueryWord, at: usize, index: &Index<'_>) -> bool {
    let form = index.form(at);
    form.len() > word.text.len() && form.starts_with(word.text.as_str())
}

/// A way to lay the pieces of a reading over a document: for each piece its tokens, in order.
pub(super) type Chain = Vec<Range<usize>>;

/// Every way to find all pieces exactly, in order and near each other. The tightest first.
pub(super) fn chains(query: &Query, index: &Index<'_>) -> Vec<Chain> {
    let pieces: Vec<Piece> = query.pieces();
    let solid: Vec<&Piece> = pieces.iter().filter(|piece| !piece.words.is_empty()).collect();
    let Some(last) = solid.len().checked_sub(1) else { return Vec::new() };
    let mut places = Vec::with_capacity(solid.len());
    for (number, piece) in solid.iter().enumerate() {
        let edges = Edges {
            first: number == 0 && piece.before.is_none(),
            last: number == last && pieces.last().is_some_and(|piece| !piece.words.is_empty()),
        };
        let found = exact(piece, query, index, edges);
        if found.is_empty() {
            return Vec::new();
        }
        places.push(found);
    }
    let mut chains: Vec<Chain> = Vec::new();
    'starts: for start in &places[0] {
        let mut chain: Chain = Vec::with_capacity(solid.len());
        chain.push(*start..*start + solid[0].words.len());
        for number in 1..solid.len() {
            let end = chain[number - 1].end;
            let next = places[number].partition_point(|place| *place < end);
            let reach = match solid[number].before {
                Some(Element::Bracket(_)) => BRACKET,
                _ => NEAR,
            };
            match places[number].get(next) {
                Some(place) if place - end <= reach && same_place(end - 1, *place, index) => {
                    chain.push(*place..*place + solid[number].words.len())
                }
                _ => continue 'starts,
            }
        }
        chains.push(chain);
    }
    if chains.len() < 2 {
        return chains;
    }
    // A chain whose later pieces coincide with another's and that starts earlier is only looser.
    chains.sort_by_key(|chain| (span(chain), chain[0].start));
    let mut tight: Vec<Chain> = Vec::new();
    let mut ends = hashbrown::HashSet::new();
    for chain in chains {
        if ends.insert(chain.last().map_or(0, |piece| piece.end)) {
            tight.push(chain);
        }
    }
    tight
}

/// The pieces of a reading in the document's order, where all of them stand there near each other but in another order.
pub(super) fn reversed(query: &Query, index: &Index<'_>) -> Option<Chain> {
    let pieces = query.pieces();
    let solid: Vec<&Piece> = pieces.iter().filter(|piece| !piece.words.is_empty()).collect();
    if !(2..=6).contains(&solid.len()) || solid.iter().any(|piece| piece.words.len() < 2) {
        return None;
    }
    let places: Vec<Vec<usize>> = solid.iter().map(|piece| exact(piece, query, index, Edges::default())).collect();
    for first in places.first()?.iter().take(20) {
        let mut found: Chain = Vec::with_capacity(solid.len());
        found.push(*first..*first + solid[0].words.len());
        for (piece, places) in solid.iter().zip(&places).skip(1) {
            let near = places.iter().min_by_key(|place| place.abs_diff(*first))?;
            if near.abs_diff(*first) > NEAR {
                break;
            }
            found.push(*near..*near + piece.words.len());
        }
        if found.len() == solid.len() {
            found.sort_by_key(|piece| piece.start);
            if found.windows(2).all(|pair| pair[0].end <= pair[1].start) {
                return Some(found);
            }
        }
    }
    None
}

/// Whether two tokens stand in the same place of the page: an ellipsis does not lead from the text into its margins.
fn same_place(left: usize, right: usize, index: &Index<'_>) -> bool {
    let place = |at: usize| index.document().blocks.get(index.block_of(at)).map(|block| block.zone.place());
    place(left) == place(right)
}

fn span(chain: &Chain) -> usize {
    chain.last().map_or(0, |last| last.end) - chain.first().map_or(0, |first| first.start)
}

/// A key that no word of the query has.
const FOREIGN: u16 = u16::MAX;

/// The distinct keys of a query's required words, numbered, with what the search for windows asks of each.
struct Keys {
    /// The keys that the document has, ascending.
    keys: Vec<u32>,
    /// How often the query has each.
    counts: Vec<u32>,
    /// Number of each key of the document among `keys`, or [`FOREIGN`].
    numbers: Vec<u16>,
    /// How many words the query requires, those that the document lacks among them.
    required: usize,
}

impl Keys {
    fn new(query: &Query, index: &Index<'_>) -> Self {
        let mut all: Vec<u32> = Vec::with_capacity(query.elements.len());
        all.extend(query.required().map(|word| word.key));
        let required = all.len();
        all.sort_unstable();
        let (mut keys, mut counts) = (Vec::with_capacity(required), Vec::with_capacity(required));
        let mut numbers = vec![FOREIGN; index.key_limit()];
        for same in all.chunk_by(|a, b| a == b).take(usize::from(FOREIGN)).filter(|same| same[0] != UNKNOWN) {
            numbers[same[0] as usize] = keys.len() as u16;
            keys.push(same[0]);
            counts.push(same.len() as u32);
        }
        Self { keys, counts, numbers, required }
    }

    /// The number of a token's key.
    fn number(&self, at: usize, index: &Index<'_>) -> Option<usize> {
        Some(self.numbers[index.tokens()[at].key as usize]).filter(|number| *number != FOREIGN).map(usize::from)
    }
}

/// Windows of the document that hold much of the quotation's weight, the fullest first.
pub(super) fn windows(query: &Query, index: &Index<'_>) -> Vec<Range<usize>> {
    fullest(query, &Keys::new(query, index), index)
}

/// The same windows, those first that hold the most of the quotation's words in the quotation's order; windows that hold
/// much less of them than the first are left out.
pub(super) fn ranked(query: &Query, index: &Index<'_>) -> Vec<Range<usize>> {
    let keys = Keys::new(query, index);
    let windows = fullest(query, &keys, index);
    if windows.len() < 2 || keys.required > MAX_RANKED {
        return windows;
    }
    let masks = Masks::new(query, &keys);
    let mut in_order: Vec<(usize, Range<usize>)> =
        windows.into_iter().map(|window| (masks.in_order(&window, &keys, index), window)).collect();
    // Stable: of windows with as many words in order the fuller one stays first.
    in_order.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
    let best = in_order.first().map_or(0, |(words, _)| *words);
    in_order.retain(|(words, _)| words * RANK_SHARE.1 >= best * RANK_SHARE.0);
    in_order.into_iter().map(|(_, window)| window).collect()
}

/// Words of a quotation up to which its windows are ranked before they are aligned.
const MAX_RANKED: usize = 1024;
/// The share of the best window's words in order that another must have to be aligned as well.
const RANK_SHARE: (usize, usize) = (3, 4);

/// For each key of a query the places in which the query has it, as bits.
struct Masks {
    /// Words of 64 bits for each key, one key after the other.
    bits: Vec<u64>,
    /// Words for one key.
    width: usize,
    /// Places of the query.
    length: usize,
}

impl Masks {
    fn new(query: &Query, keys: &Keys) -> Self {
        let width = keys.required.div_ceil(64);
        let mut bits = vec![0u64; width * keys.keys.len()];
        for (place, word) in query.required().enumerate().filter(|(_, word)| word.key != UNKNOWN) {
            bits[usize::from(keys.numbers[word.key as usize]) * width + place / 64] |= 1 << (place % 64);
        }
        Self { bits, width, length: keys.required }
    }

    /// How many of the query's words stand in a window in the query's order: the longest common subsequence, 64 words at
    /// a time (after Hyyrö 2004).
    fn in_order(&self, window: &Range<usize>, keys: &Keys, index: &Index<'_>) -> usize {
        let mut open = vec![u64::MAX; self.width];
        for number in window.clone().filter_map(|at| keys.number(at, index)) {
            let mask = &self.bits[number * self.width..(number + 1) * self.width];
            let mut carry = false;
            for (open, mask) in open.iter_mut().zip(mask) {
                let taken = *open & mask;
                let (sum, over) = open.overflowing_add(taken);
                let (sum, over_again) = sum.overflowing_add(u64::from(carry));
                carry = over || over_again;
                *open = sum | (*open & !mask);
            }
        }
        let closed: usize = open.iter().map(|open| open.count_zeros() as usize).sum();
        closed.min(self.length)
    }
}

/// A stretch of the document from one word of the query to another, with the weight that it holds.
struct Spot {
    /// In parts of [`PARTS`]: what comes in and goes out must leave no rounding behind, which would tell equal places apart.
    weight: u32,
    first: u32,
    last: u32,
}

/// Parts of a weight of one.
const PARTS: f32 = 256.0;
/// The share of the heaviest stretch's weight that another must have.
const LIGHTEST: (u32, u32) = (11, 20);

impl Spot {
    /// The heavier first, of equals the one that stands first, of those the shortest.
    fn order(&self) -> (u64, u32) {
        (u64::from(self.weight) << 32 | u64::from(!self.first), !(self.last - self.first))
    }
}

fn fullest(query: &Query, keys: &Keys, index: &Index<'_>) -> Vec<Range<usize>> {
    let total_tokens = index.tokens().len();
    let required = keys.required;
    if keys.keys.is_empty() {
        return Vec::new();
    }
    let places = places(keys, index);
    let gaps = query.elements.iter().filter(|element| !matches!(element, Element::Word(_))).count();
    let width = (required + required / 2 + 8 + gaps.min(6) * 60) as u32;
    let weights: Vec<u32> = keys.keys.iter().map(|key| (index.weight(*key) * PARTS + 0.5) as u32).collect();
    let mut held = vec![0u32; keys.keys.len()];
    let (mut weight, mut best, mut left) = (0, 0, 0);
    let mut spots: Vec<Spot> = Vec::with_capacity(places.len());
    let tokens = index.tokens();
    let numbers: Vec<u16> = places.iter().map(|place| keys.numbers[tokens[*place as usize].key as usize]).collect();
    for (place, number) in places.iter().zip(&numbers) {
        // Mostly one goes out for one that comes in, and few as regularly as could be foreseen: so the first goes without a
        // branch, and what is not taken away is taken away as nothing.
        let goes = u8::from(places[left] + width < *place);
        let gone = usize::from(numbers[left]);
        let counts = goes & u8::from(held[gone] <= keys.counts[gone]);
        weight -= weights[gone] * u32::from(counts);
        held[gone] -= u32::from(goes);
        left += usize::from(goes);
        while places[left] + width < *place {
            let gone = usize::from(numbers[left]);
            if held[gone] <= keys.counts[gone] {
                weight -= weights[gone];
            }
            held[gone] -= 1;
            left += 1;
        }
        let number = usize::from(*number);
        held[number] += 1;
        weight += weights[number] * u32::from(held[number] <= keys.counts[number]);
        best = best.max(weight);
        spots.push(Spot { weight, first: places[left], last: *place });
    }
    let least = (u64::from(best) * u64::from(LIGHTEST.0)).div_ceil(u64::from(LIGHTEST.1));
    spots.retain(|spot| u64::from(spot.weight) >= least);
    let margin = required / 2 + 16;
    let mut windows: Vec<Range<usize>> = Vec::new();
    while windows.len() < MAX_WINDOWS {
        let Some(spot) = spots.iter().max_by_key(|spot| spot.order()) else { break };
        let (first, last) = (spot.first as usize, spot.last as usize);
        let window = first.saturating_sub(margin)..(last + 1 + margin).min(total_tokens);
        spots.retain(|spot| {
            spot.first as usize >= window.end.saturating_sub(margin) || (spot.last as usize) < window.start + margin
        });
        windows.push(window);
    }
    windows
}

/// Where the query's words stand in the document, ascending. The most frequent words of the document only blur the
/// picture where rarer ones are there, and are left out.
fn places(keys: &Keys, index: &Index<'_>) -> Vec<u32> {
    let total_tokens = index.tokens().len();
    let mut by_places: Vec<usize> = keys.keys.iter().map(|key| index.places(*key).len()).collect();
    by_places.sort_unstable();
    let budget = (6 * keys.required).max(128).max(total_tokens / 50);
    let (mut sum, mut kept, mut limit) = (0, 0, 0);
    for places in by_places {
        sum += places;
        if sum > budget && limit > 0 {
            break;
        }
        (kept, limit) = (sum, places);
    }
    // A bit for each token puts them in order without sorting.
    let mut stands = vec![0u64; total_tokens.div_ceil(64)];
    for places in keys.keys.iter().map(|key| index.places(*key)).filter(|places| places.len() <= limit) {
        for place in places {
            stands[*place as usize / 64] |= 1 << (place % 64);
        }
    }
    let mut all = Vec::with_capacity(kept);
    for (word, bits) in stands.iter().enumerate() {
        let mut bits = *bits;
        while bits != 0 {
            all.push(word as u32 * 64 + bits.trailing_zeros());
            bits &= bits - 1;
        }
    }
    all
}

#[cfg(test)]
#[path = "locate_tests.rs"]
mod tests;
