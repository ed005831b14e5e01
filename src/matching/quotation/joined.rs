//! Joined: a quotation that stands in the document but for the page's own attribution in the middle of it, which the claim
//! leaves out without a mark: `A. B.` of `“A,” she said. “B.”`

use std::ops::Range;

use crate::matching::attribution::{join_one_speaker, joint_before, joint_behind};
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::locate::{self, Chain, Edges};
use crate::matching::query::{Element, Piece, Query};

/// Places of a quotation's rarest word from which it is followed over its joints.
const MAX_PLACES: usize = 200;

/// The reading with a joint wherever the page has an attribution, and the places where it stands so.
pub(super) fn joined(reading: &Query, index: &Index<'_>) -> Option<(Query, Vec<Chain>)> {
    let mut elements = Vec::with_capacity(reading.elements.len() + 2);
    let mut joints: Vec<Range<usize>> = Vec::new();
    for piece in reading.pieces() {
        elements.extend(piece.before.clone());
        let cuts = if piece.words.is_empty() || !locate::exact(&piece, reading, index, Edges::default()).is_empty() {
            Vec::new()
        } else {
            let found = over_joints(&piece, reading, index)?;
            joints.extend(found.iter().map(|(_, joint)| joint.clone()));
            found.into_iter().map(|(word, _)| word).collect()
        };
        for (number, word) in piece.words.iter().enumerate() {
            if cuts.contains(&number) {
                elements.push(Element::Joint);
            }
            elements.push(Element::Word(*word));
        }
    }
    if joints.is_empty() || joints.windows(2).any(|pair| !join_one_speaker(&pair[0], &pair[1], index)) {
        return None;
    }
    let query = Query { elements, editorial: true, ..reading.clone() };
    let mut chains = locate::chains(&query, index);
    // The same pieces may stand elsewhere too; what joins them was looked at here.
    chains.retain(|chain| {
        joints.iter().all(|joint| chain.windows(2).any(|pair| pair[0].end == joint.start && pair[1].start == joint.end))
    });
    (!chains.is_empty()).then_some((query, chains))
}

/// Where a run of words stands with attributions in the middle: for each, the number of the word behind it, and its tokens.
fn over_joints(piece: &Piece, query: &Query, index: &Index<'_>) -> Option<Vec<(usize, Range<usize>)>> {
    let places = |number: &usize| index.places(query.words[piece.words[*number]].key);
    let pivot = (0..piece.words.len()).min_by_key(|number| places(number).len())?;
    places(&pivot).iter().take(MAX_PLACES).find_map(|place| {
        let place = *place as usize;
        let mut joints = before(piece, query, pivot, place, index)?;
        joints.extend(behind(piece, query, pivot, place, index)?);
        (!joints.is_empty()).then_some(joints)
    })
}

/// Follows the words behind one that stands at a place.
fn behind(
    piece: &Piece,
    query: &Query,
    pivot: usize,
    place: usize,
    index: &Index<'_>,
) -> Option<Vec<(usize, Range<usize>)>> {
    let mut joints = Vec::new();
    let mut at = place;
    stands(piece, query, pivot, at, false, index).then_some(())?;
    for number in pivot + 1..piece.words.len() {
        at += 1;
        let joint = is_border(at, index)
            .then(|| joint_behind(at, index))
            .flatten()
            .filter(|joint| stands(piece, query, number, joint.end, true, index));
        match joint {
            Some(joint) => {
                at = joint.end;
                joints.push((number, joint));
            }
            None if stands(piece, query, number, at, false, index) => {}
            None => return None,
        }
    }
    Some(joints)
}

/// Follows the words before one that stands at a place.
fn before(
    piece: &Piece,
    query: &Query,
    pivot: usize,
    place: usize,
    index: &Index<'_>,
) -> Option<Vec<(usize, Range<usize>)>> {
    let mut joints = Vec::new();
    let mut at = place;
    for number in (0..pivot).rev() {
        let joint = is_border(at, index)
            .then(|| joint_before(at, index))
            .flatten()
            .filter(|joint| joint.start > 0 && stands(piece, query, number, joint.start - 1, false, index));
        match joint {
            Some(joint) => {
                at = joint.start - 1;
                joints.push((number + 1, joint));
            }
            None if at > 0 && stands(piece, query, number, at - 1, false, index) => at -= 1,
            None => return None,
        }
    }
    joints.reverse();
    Some(joints)
}

/// Whether a quotation mark, or the dash of a dialogue, may stand before a token.
fn is_border(at: usize, index: &Index<'_>) -> bool {
    index.tokens().get(at).is_some_and(|token| token.bits & (bits::BREAK | bits::QUOTE_MARK) != 0)
}

/// Whether a word of a piece stands at a token; behind a joint, as at the beginning, the case of its first letter is free.
fn stands(piece: &Piece, query: &Query, number: usize, at: usize, joined: bool, index: &Index<'_>) -> bool {
    let word = &query.words[piece.words[number]];
    at < index.tokens().len() && locate::same(word, at, index, number == 0 || joined)
}
