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
    form.len() > word.text.len() && form.ends_with(&word.text)
}

/// Whether a word is the beginning of the token at `at`: the quotation's back edge cuts it.
pub(super) fn cuts_back(word: &QueryWord, at: usize, index: &Index<'_>) -> bool {
    let form = index.form(at);
    form.len() > word.text.len() && form.starts_with(&word.text)
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
    // A chain whose later pieces coincide with another's and that starts earlier is only looser.
    chains.sort_by_key(|chain| (span(chain), chain[0].start));
    let mut tight: Vec<Chain> = Vec::new();
    let mut ends = std::collections::HashSet::new();
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

/// Windows of the document that hold much of the quotation's weight, the fullest first.
pub(super) fn windows(query: &Query, index: &Index<'_>) -> Vec<Range<usize>> {
    let total_tokens = index.tokens().len();
    // Each distinct key once, with how often the quotation has it.
    let mut keys: Vec<(u32, u32)> = Vec::new();
    let mut required = 0usize;
    {
        let mut all: Vec<u32> =
            query.required().map(|word| word.key).inspect(|_| required += 1).filter(|key| *key != UNKNOWN).collect();
        all.sort_unstable();
        for key in all {
            match keys.last_mut() {
                Some((last, count)) if *last == key => *count += 1,
                _ => keys.push((key, 1)),
            }
        }
    }
    if keys.is_empty() {
        return Vec::new();
    }
    // The most frequent words of the document only blur the picture where rarer ones are there.
    let mut by_places: Vec<usize> = keys.iter().map(|(key, _)| index.places(*key).len()).collect();
    by_places.sort_unstable();
    let budget = 4_000usize.max(total_tokens / 50);
    let mut sum = 0;
    let mut limit = 0;
    for places in by_places {
        sum += places;
        if sum > budget && limit > 0 {
            break;
        }
        limit = places;
    }
    let mut events: Vec<(u32, u32)> = Vec::new();
    for (number, (key, _)) in keys.iter().enumerate() {
        let places = index.places(*key);
        if places.len() <= limit {
            events.extend(places.iter().map(|place| (*place, number as u32)));
        }
    }
    events.sort_unstable();
    let gaps = query.elements.iter().filter(|element| !matches!(element, Element::Word(_))).count();
    let width = (required + required / 2 + 8 + gaps.min(6) * 60) as u32;
    let weights: Vec<f32> = keys.iter().map(|(key, _)| index.weight(*key)).collect();
    let mut held = vec![0u32; keys.len()];
    let mut score = 0.0f32;
    let mut left = 0;
    let mut spots: Vec<(f32, u32, u32)> = Vec::new();
    for (place, number) in &events {
        while events[left].0 + width < *place {
            let number = events[left].1 as usize;
            if held[number] <= keys[number].1 {
                score -= weights[number];
            }
            held[number] -= 1;
            left += 1;
        }
        let number = *number as usize;
        held[number] += 1;
        if held[number] <= keys[number].1 {
            score += weights[number];
        }
        spots.push((score, events[left].0, *place));
    }
    spots.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then((a.2 - a.1).cmp(&(b.2 - b.1))));
    let best = spots.first().map_or(0.0, |spot| spot.0);
    let margin = required / 2 + 16;
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut tried = 0;
    for (score, first, last) in spots {
        tried += 1;
        if score < best * 0.55 || windows.len() >= MAX_WINDOWS || tried > 20_000 {
            break;
        }
        let (first, last) = (first as usize, last as usize);
        if windows.iter().any(|window| first < window.end.saturating_sub(margin) && last + 1 > window.start + margin) {
            continue;
        }
        windows.push(first.saturating_sub(margin)..(last + 1 + margin).min(total_tokens));
    }
    windows
}
