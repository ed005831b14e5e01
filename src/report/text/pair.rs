//! Two texts and where they part → rows in which both are wrapped in step.
//!
//! Each row holds as much of both texts as fits, and ends where both have come equally far, so that a reader never
//! looks for the other half of a difference in another row. Long stretches without news are left out in the middle.

use std::ops::Range;

use super::cells::{Cell, inked_width, width, words};
use crate::report::marks::Anchor;

/// Rows after which the rest is left out.
const ROWS: usize = 24;

/// A piece of one side of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A stretch of the text's cells.
    Cells(Range<usize>),
    /// Something is left out here.
    Gap,
}

/// One row: a piece of our text over a piece of theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) ours: Vec<Piece>,
    pub(super) theirs: Vec<Piece>,
}

/// What is never torn apart: a word of each side, or of one.
#[derive(Debug, Clone)]
enum Unit {
    Words { ours: Range<usize>, theirs: Range<usize> },
    Gap,
}

/// How wide rows may be, and how much may be left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Columns of a row.
    pub(super) columns: usize,
    /// Columns of the sign for what is left out.
    pub(super) gap: usize,
    /// Words that a stretch may have before its middle is left out.
    pub(super) long: usize,
}

/// Wraps one text.
pub(super) fn wrap(cells: &[Cell], limits: Limits) -> Vec<Vec<Piece>> {
    rows(cells, &[], &[], limits).into_iter().map(|row| row.ours).collect()
}

/// Wraps two texts in step.
pub(super) fn rows(ours: &[Cell], theirs: &[Cell], anchors: &[Anchor], limits: Limits) -> Vec<Row> {
    let mut units = Vec::new();
    let (mut our_end, mut their_end) = (0, 0);
    for anchor in anchors {
        let ([our_from, our_to], [their_from, their_to]) = (anchor.ours, anchor.theirs);
        if our_from < our_end || their_from < their_end || our_to > ours.len() || their_to > theirs.len() {
            continue;
        }
        let equal = in_proportion(ours, our_end..our_from, theirs, their_end..their_from, limits);
        shorten(equal, limits, &mut units);
        shorten(one_by_one(ours, our_from..our_to, theirs, their_from..their_to, limits), limits, &mut units);
        (our_end, their_end) = (our_to, their_to);
    }
    let rest = in_proportion(ours, our_end..ours.len(), theirs, their_end..theirs.len(), limits);
    shorten(rest, limits, &mut units);
    fill(ours, theirs, units, limits)
}

/// Pairs the words of two stretches that say the same: both come to their end together.
fn in_proportion(
    ours: &[Cell],
    our_range: Range<usize>,
    theirs: &[Cell],
    their_range: Range<usize>,
    limits: Limits,
) -> Vec<Unit> {
    let (our_words, their_words) =
        (words(ours, our_range.clone(), limits.columns), words(theirs, their_range.clone(), limits.columns));
    let most = our_words.len().max(their_words.len());
    let share = |words: &[Range<usize>], end: usize, step: usize| {
        let at = |step: usize| words.get(step * words.len() / most.max(1)).map_or(end, |word| word.start);
        at(step)..at(step + 1)
    };
    (0..most)
        .map(|step| Unit::Words {
            ours: share(&our_words, our_range.end, step),
            theirs: share(&their_words, their_range.end, step),
        })
        .collect()
}

/// Pairs the words of two stretches that differ: each from its beginning, the longer one goes on alone.
fn one_by_one(
    ours: &[Cell],
    our_range: Range<usize>,
    theirs: &[Cell],
    their_range: Range<usize>,
    limits: Limits,
) -> Vec<Unit> {
    let (our_words, their_words) =
        (words(ours, our_range.clone(), limits.columns), words(theirs, their_range.clone(), limits.columns));
    let most = our_words.len().max(their_words.len());
    let word = |words: &[Range<usize>], end: usize, step: usize| words.get(step).cloned().unwrap_or(end..end);
    (0..most)
        .map(|step| Unit::Words {
            ours: word(&our_words, our_range.end, step),
            theirs: word(&their_words, their_range.end, step),
        })
        .collect()
}

/// Leaves out the middle of a long stretch.
fn shorten(stretch: Vec<Unit>, limits: Limits, units: &mut Vec<Unit>) {
    if stretch.len() <= limits.long {
        units.extend(stretch);
        return;
    }
    let kept = limits.long * 2 / 5;
    let last = stretch.len() - kept;
    for (index, unit) in stretch.into_iter().enumerate() {
        match index {
            index if index == kept => units.push(Unit::Gap),
            index if index < kept || index >= last => units.push(unit),
            _ => {}
        }
    }
}

/// Fills rows with units.
fn fill(ours: &[Cell], theirs: &[Cell], units: Vec<Unit>, limits: Limits) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut row = Row::default();
    let (mut our_used, mut their_used) = (0, 0);
    for unit in units {
        let (our_need, their_need) = match &unit {
            Unit::Words { ours: our, theirs: their } => {
                (inked_width(&ours[our.clone()]), inked_width(&theirs[their.clone()]))
            }
            Unit::Gap => (limits.gap, limits.gap),
        };
        let fits = |used: usize, need: usize| need == 0 || used + need <= limits.columns;
        if !(fits(our_used, our_need) && fits(their_used, their_need)) && (our_used > 0 || their_used > 0) {
            if limits.long < usize::MAX && rows.len() + 1 == ROWS {
                rows.push(row);
                rows.push(gap_row(theirs));
                return rows;
            }
            rows.push(std::mem::take(&mut row));
            (our_used, their_used) = (0, 0);
        }
        match unit {
            Unit::Words { ours: our, theirs: their } => {
                let mut none = Row::default();
                let last = rows.last_mut().unwrap_or(&mut none);
                our_used += place(ours, our, &mut row.ours, &mut last.ours);
                their_used += place(theirs, their, &mut row.theirs, &mut last.theirs);
            }
            Unit::Gap => {
                our_used += limits.gap;
                their_used += limits.gap;
                let gap = gap_row(theirs);
                row.ours.extend(gap.ours);
                row.theirs.extend(gap.theirs);
            }
        }
    }
    if row != Row::default() {
        rows.push(row);
    }
    rows
}

/// Puts a stretch into its row, and spaces that would begin the row behind the last one. Returns the columns it took.
fn place(cells: &[Cell], range: Range<usize>, pieces: &mut Vec<Piece>, last: &mut Vec<Piece>) -> usize {
    let stretch = &cells[range.clone()];
    if pieces.is_empty() && inked_width(stretch) == 0 {
        join(last, range);
        return 0;
    }
    join(pieces, range);
    width(stretch)
}

fn gap_row(theirs: &[Cell]) -> Row {
    let theirs = if theirs.is_empty() { Vec::new() } else { vec![Piece::Gap] };
    Row { ours: vec![Piece::Gap], theirs }
}

fn join(pieces: &mut Vec<Piece>, range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Cells(last)) if last.end == range.start => last.end = range.end,
        _ => pieces.push(Piece::Cells(range)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::cells::cells;

    fn show(text: &str, pieces: &[Piece]) -> String {
        let characters: Vec<char> = text.chars().collect();
        let piece = |piece: &Piece| match piece {
            Piece::Cells(range) => characters[range.clone()].iter().collect(),
            Piece::Gap => "<> ".to_owned(),
        };
        pieces.iter().map(piece).collect::<String>().trim_end().to_owned()
    }

    fn table(ours: &str, theirs: &str, anchors: &[Anchor], columns: usize) -> Vec<[String; 2]> {
        let limits = Limits { columns, gap: 3, long: 32 };
        rows(&cells(ours, true), &cells(theirs, true), anchors, limits)
            .iter()
            .map(|row| [show(ours, &row.ours), show(theirs, &row.theirs)])
            .collect()
    }

    #[test]
    fn both_sides_break_at_the_same_word() {
        let anchor = Anchor { ours: [8, 11], theirs: [8, 22] };
        let rows = table("one two red four five six", "one two bluish greenish four five six", &[anchor], 20);
        let expected = [["one two red", "one two bluish"], ["four five", "greenish four five"], ["six", "six"]];
        assert_eq!(rows, expected.map(|row| row.map(str::to_owned)));
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_too_wide() {
        let ours = "a quick brown fox jumps over the lazy dog and another".to_owned() + &"x".repeat(50);
        let theirs = "a quick red fox leaps over one lazy dog and 海岸海岸海岸海岸海岸 another";
        let anchors = [Anchor { ours: [8, 13], theirs: [8, 11] }, Anchor { ours: [18, 23], theirs: [16, 21] }];
        for columns in 10..60 {
            let rows = table(&ours, theirs, &anchors, columns);
            let squeeze = |side: usize| rows.iter().map(|row| row[side].replace(' ', "")).collect::<String>();
            assert_eq!(squeeze(0), ours.replace(' ', ""));
            assert_eq!(squeeze(1), theirs.replace(' ', ""));
            use unicode_width::UnicodeWidthStr;
            assert!(rows.iter().flatten().all(|line| line.width() <= columns), "{columns}: {rows:#?}");
        }
    }

    #[test]
    fn a_long_stretch_without_news_loses_its_middle_on_both_sides() {
        let text = (0..200).map(|number| format!("word{number} ")).collect::<String>();
        let rows = table(&text, &text, &[], 60);
        assert!(rows.len() <= 4, "{rows:#?}");
        let all = rows.concat().join(" ");
        assert_eq!(all.matches("<>").count(), 2);
        assert!(all.contains("word0 ") && all.contains("word199"));
    }

    #[test]
    fn anchors_that_make_no_sense_are_passed_over() {
        let anchors = [Anchor { ours: [0, 900], theirs: [0, 1] }, Anchor { ours: [2, 3], theirs: [0, 1] }];
        assert_eq!(table("a b c", "x y z", &anchors, 40), [["a b c".to_owned(), "x y z".to_owned()]]);
    }
}
