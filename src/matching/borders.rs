//! Borders: what a passage runs over. A document is one string, but not one utterance: its blocks are entries, cells,
//! headings and zones, and words on both sides of a border were never said together.
//!
//! Only blocks that hold words of the quotation count: an advertisement inside a quotation takes nothing away from it.

use std::ops::Range;

use super::asked::Asked;
use super::comparison::{Comparison, Nature};
use super::context;
use super::index::Index;
use crate::model::{Block, Flag, Where, Zone};

/// What stands between two blocks, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Border {
    /// Nothing: paragraphs of one flow, neighbouring cues.
    Open,
    /// A change of part that an editor should see: cells of a row, list items, a heading and what it heads.
    Soft,
    /// Two entries or rows: no words run from one into the other.
    Hard,
}

/// Seconds between the beginnings of two cues from which on they are not one utterance.
const CUES_APART: u32 = 120;

/// The hardest border inside the stretches that a comparison quotes as one.
pub(super) fn hardest(comparison: &Comparison, index: &Index<'_>) -> Border {
    let mut hardest = Border::Open;
    for piece in &comparison.pieces {
        let held = blocks(piece, comparison, index);
        for pair in held.windows(2) {
            hardest = hardest.max(between(pair[0], pair[1]));
        }
    }
    hardest
}

/// Whether what stands on both sides of an omission stands in two entries, however it is marked.
pub(super) fn omits_a_border(comparison: &Comparison, index: &Index<'_>) -> bool {
    let block = |at: usize| index.document().blocks.get(index.block_of(at));
    comparison.pieces.windows(2).any(|pair| {
        let (before, behind) = (pair[0].end.checked_sub(1).and_then(block), block(pair[1].start));
        before.zip(behind).is_some_and(|(before, behind)| between(before, behind) == Border::Hard)
    })
}

/// The cautions that the places of the words ask for, beyond that of the first one.
pub(super) fn cautions(comparison: &Comparison, asked: &Asked<'_>, index: &Index<'_>) -> Vec<Flag> {
    let mut places: Vec<Where> = comparison
        .pieces
        .iter()
        .flat_map(|piece| blocks(piece, comparison, index))
        .map(|block| block.zone.place())
        .collect();
    places.sort_unstable();
    places.dedup();
    // A headline that runs on into its text is a border, not a place.
    places.retain(|place| *place != Where::Headline);
    places.into_iter().filter_map(|place| context::place_flag(place, asked)).collect()
}

/// The blocks that hold words of a piece, in order.
fn blocks<'d>(piece: &Range<usize>, comparison: &Comparison, index: &Index<'d>) -> Vec<&'d Block> {
    let all = &index.document().blocks;
    let Some(last) = piece.end.checked_sub(1).filter(|_| !piece.is_empty()) else { return Vec::new() };
    let numbers = index.block_of(piece.start)..=index.block_of(last);
    numbers
        .filter(|number| {
            let tokens = index.block_tokens(*number);
            let held = tokens.start.max(piece.start)..tokens.end.min(piece.end);
            // What the source alone has between two words of the quotation is passed over.
            !held.is_empty()
                && !comparison.differences.iter().any(|difference| {
                    difference.ours.is_empty()
                        && difference.nature == Nature::Free
                        && difference.theirs.start <= held.start
                        && held.end <= difference.theirs.end
                })
        })
        .filter_map(|number| all.get(number))
        .collect()
}

/// What stands between two blocks of which the second follows the first.
fn between(first: &Block, second: &Block) -> Border {
    if first.within.entry != second.within.entry {
        // Neighbours in one list of data are paragraphs as often as not.
        let listed = !first.heads.is_empty() && first.heads == second.heads && first.zone == second.zone;
        return if listed && first.zone == Zone::Paragraph { Border::Soft } else { Border::Hard };
    }
    if first.within.row != second.within.row {
        let rows = first.within.row != 0 && second.within.row != 0;
        return if rows { Border::Hard } else { Border::Soft };
    }
    if first.zone == Zone::Cue && second.zone == Zone::Cue {
        let apart =
            seconds(first).zip(seconds(second)).is_some_and(|(first, second)| second.abs_diff(first) > CUES_APART);
        return if apart { Border::Hard } else { Border::Open };
    }
    let heading = |block: &Block| matches!(block.zone, Zone::Headline | Zone::Deck | Zone::Subheading);
    // A heading of a paged document may be torn into its lines.
    let headings =
        heading(first) && (first.zone != second.zone || first.page.is_none()) || heading(second) && !heading(first);
    let either = |zone: Zone| (first.zone == zone) != (second.zone == zone);
    let soft = first.within.unit != second.within.unit
        || headings
        || either(Zone::Footnote)
        || either(Zone::Byline)
        || either(Zone::Correction)
        || either(Zone::PullQuote)
        || first.zone.place() != second.zone.place();
    if soft { Border::Soft } else { Border::Open }
}

/// The seconds of a cue's time, `00:04:31`.
fn seconds(block: &Block) -> Option<u32> {
    let time = block.time.as_deref()?;
    time.split(':').try_fold(0_u32, |sum, part| sum.checked_mul(60)?.checked_add(part.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{Border, between, cautions, hardest, omits_a_border, seconds};
    use crate::matching::asked::Asked;
    use crate::matching::comparison::{Comparison, Difference, Nature};
    use crate::matching::index::Index;
    use crate::model::document::{Block, Document, TextRange, Within, Zone};
    use crate::model::heads::Heads;
    use crate::model::{CheckKind, Claim, Flag};

    fn block(zone: Zone, entry: u32, row: u32, unit: u32) -> Block {
        Block { within: Within { entry, row, unit, ..Within::default() }, ..Block::new(TextRange::new(0, 1), zone) }
    }

    fn cue(time: &str) -> Block {
        Block { time: Some(time.to_owned()), ..block(Zone::Cue, 0, 0, 0) }
    }

    #[test]
    fn what_stands_between_two_blocks() {
        use Border::{Hard, Open, Soft};
        use Zone::{Byline, Caption, Headline, Paragraph, Subheading};
        let plain = |entry, row, unit| block(Paragraph, entry, row, unit);
        let listed = |entry, head: &str| Block { heads: Heads::of_row(head), ..plain(entry, 0, 0) };
        let paged = |zone| Block { page: Some(1), ..block(zone, 0, 0, 0) };
        for (first, second, border) in [
            (plain(0, 0, 0), plain(0, 0, 0), Open),
            // entries
            (plain(1, 0, 0), plain(2, 0, 0), Hard),
            (plain(0, 0, 0), plain(1, 0, 0), Hard),
            (listed(1, "posts"), listed(2, "posts"), Soft),
            (listed(1, "posts"), listed(2, "replies"), Hard),
            (listed(1, "posts"), plain(2, 0, 0), Hard),
            // rows
            (plain(0, 1, 0), plain(0, 2, 0), Hard),
            (plain(0, 0, 0), plain(0, 1, 0), Soft),
            (plain(0, 1, 0), plain(0, 0, 0), Soft),
            // units
            (plain(0, 1, 1), plain(0, 1, 2), Soft),
            (plain(0, 1, 1), plain(0, 1, 1), Open),
            // headings
            (block(Headline, 0, 0, 0), plain(0, 0, 0), Soft),
            (block(Subheading, 0, 0, 0), block(Subheading, 0, 0, 0), Soft),
            (paged(Subheading), paged(Subheading), Open),
            (paged(Subheading), paged(Paragraph), Soft),
            (plain(0, 0, 0), block(Subheading, 0, 0, 0), Soft),
            // one of the two only
            (block(Byline, 0, 0, 0), plain(0, 0, 0), Soft),
            (block(Byline, 0, 0, 0), block(Byline, 0, 0, 0), Open),
            (block(Caption, 0, 0, 0), plain(0, 0, 0), Soft),
            // cues
            (cue("00:01:00"), cue("00:03:00"), Open),
            (cue("00:01:00"), cue("00:03:01"), Hard),
            (cue("00:03:01"), cue("00:01:00"), Hard),
            (cue("00:03:00"), cue("00:01:00"), Open),
            (cue("soon"), cue("01:00:00"), Open),
            (cue("00:00:00"), plain(0, 0, 0), Open),
        ] {
            assert_eq!(between(&first, &second), border, "{first:?}\n{second:?}");
        }
    }

    /// A document of blocks of two words each, of these zones and entries.
    fn document(blocks: &[(Zone, u32)]) -> Document {
        let text = vec!["one two"; blocks.len()].join("\n");
        let block = |(number, (zone, entry)): (usize, &(Zone, u32))| Block {
            range: TextRange::new(number * 8, number * 8 + 7),
            ..block(*zone, *entry, 0, 0)
        };
        Document::new(text, blocks.iter().enumerate().map(block).collect())
    }

    fn laid(pieces: &[Range<usize>]) -> Comparison {
        Comparison { pieces: pieces.to_vec(), ..Comparison::default() }
    }

    #[test]
    fn only_blocks_that_hold_words_of_the_quotation_make_a_border() {
        let document = document(&[(Zone::Paragraph, 0), (Zone::Related, 0), (Zone::Paragraph, 0)]);
        let index = Index::new(&document);
        let with = |ours: Range<usize>, theirs: Range<usize>, nature: Nature| {
            let differences = vec![Difference { ours, theirs, nature }];
            hardest(&Comparison { differences, ..laid(&[Range { start: 0, end: 6 }]) }, &index)
        };
        let other = || Nature::Substantive(vec![Flag::Omission]);
        assert_eq!(with(0..0, 2..4, Nature::Free), Border::Open);
        assert_eq!(with(0..0, 1..5, Nature::Free), Border::Open);
        assert_eq!(with(0..0, 2..3, Nature::Free), Border::Soft);
        assert_eq!(with(0..0, 3..4, Nature::Free), Border::Soft);
        assert_eq!(with(0..1, 2..4, Nature::Free), Border::Soft);
        assert_eq!(with(0..0, 2..4, other()), Border::Soft);
        // The first block alone, in part or whole; from the first to the second; nothing.
        for (piece, border) in [
            (0..2, Border::Open),
            (1..2, Border::Open),
            (1..3, Border::Soft),
            (3..5, Border::Soft),
            (2..2, Border::Open),
        ] {
            assert_eq!(hardest(&laid(std::slice::from_ref(&piece)), &index), border, "{piece:?}");
        }
    }

    #[test]
    fn what_a_mark_leaves_out_may_be_the_border_of_an_entry() {
        let document = document(&[(Zone::Paragraph, 1), (Zone::Paragraph, 1), (Zone::Paragraph, 2)]);
        let index = Index::new(&document);
        for (pieces, inside, between) in [
            (&[(0, 2)][..], Border::Open, false),
            (&[(0, 4)][..], Border::Open, false),
            (&[(0, 2), (2, 4)][..], Border::Open, false),
            (&[(0, 2), (4, 6)][..], Border::Open, true),
            (&[(0, 1), (2, 4), (5, 6)][..], Border::Open, true),
            (&[(2, 6)][..], Border::Hard, false),
            (&[(0, 1), (2, 6)][..], Border::Hard, false),
            (&[(0, 0), (4, 6)][..], Border::Open, false),
        ] {
            let pieces: Vec<Range<usize>> = pieces.iter().map(|(start, end)| *start..*end).collect();
            let comparison = laid(&pieces);
            let given = (hardest(&comparison, &index), omits_a_border(&comparison, &index));
            assert_eq!(given, (inside, between), "{pieces:?}");
        }
    }

    #[test]
    fn every_place_beside_the_text_asks_for_its_caution_once() {
        let document = document(&[
            (Zone::Headline, 0),
            (Zone::Paragraph, 0),
            (Zone::Caption, 0),
            (Zone::Related, 0),
            (Zone::Hidden, 0),
        ]);
        let index = Index::new(&document);
        let of = |statement: &str, pieces: &[Range<usize>]| {
            let claim = Claim::of(statement, CheckKind::Statement);
            cautions(&laid(pieces), &Asked::new(&claim, &[], None), &index)
        };
        assert_eq!(of("", &[Range { start: 0, end: 4 }]), []);
        assert_eq!(of("", &[Range { start: 2, end: 6 }]), [Flag::OutsideBody]);
        assert_eq!(of("a caption says", &[Range { start: 2, end: 6 }]), []);
        assert_eq!(of("", &[2..4, 8..10]), [Flag::Hidden]);
        assert_eq!(of("", &[2..4, 4..5, 5..6]), [Flag::OutsideBody]);
        assert_eq!(of("", &[]), []);
    }

    #[test]
    fn times_of_cues() {
        for (time, wanted) in [("00:04:31", Some(271)), ("1:00:00", Some(3600)), ("59", Some(59)), ("1:x", None)] {
            assert_eq!(seconds(&cue(time)), wanted, "{time}");
        }
        assert_eq!(seconds(&block(Zone::Cue, 0, 0, 0)), None);
    }
}
