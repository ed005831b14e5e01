//! The table of an alignment: a stretch of a quotation against a stretch of tokens, a row for each element.

use std::ops::Range;

use super::near;
use super::step::Step;
use crate::matching::fold::Kind;
use crate::matching::index::{Index, LEAST_OF_LEAD, UNKNOWN};
use crate::matching::query::{Element, Query, QueryWord};

// What steps cost, in parts of which sums of 32-bit floating point are exact, whatever is added first: of two ways that are
// worth the same none seems better, and a row can be added up four cells at a time.
pub(super) const OPEN: f32 = 180.0 / 256.0;
pub(super) const EXTEND_THEIRS: f32 = 31.0 / 256.0;
pub(super) const EXTEND_OURS: f32 = 64.0 / 256.0;
pub(super) const DIFFERENT: f32 = -141.0 / 256.0;
pub(super) const MARK_STEP: f32 = 1.0 / 256.0;
pub(super) const BRACKET_STEP: f32 = 20.0 / 256.0;
/// Parts of one that a pair's worth is rounded to.
const PARTS: f32 = 4096.0;

const STOP: u8 = 0;
const DIAGONAL: u8 = 1;
const LEFT: u8 = 2;
const UP: u8 = 3;
const LEFT_ON: u8 = 4;
const UP_ON: u8 = 8;

/// What it is worth to pair a word of a quotation with a token that is so much like it, 1 for the same.
pub(super) fn worth(word: &QueryWord, likeness: f32, index: &Index<'_>) -> f32 {
    (2.0 * index.weight(word.key) * likeness * PARTS + 0.5) as i32 as f32 / PARTS
}

/// Which ends of the window are fixed: a stretch between two anchors must use all of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ends {
    pub(super) front: bool,
    pub(super) back: bool,
}

/// The memory of the table, used again for the next stretch.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// For each cell the step that leads to it.
    trace: Vec<u8>,
    /// The rows that are added up, one behind the other.
    rows: Vec<f32>,
    columns: Vec<Column>,
}

/// What the table asks of a token in every row.
#[derive(Debug, Clone, Copy)]
struct Column {
    key: u32,
    /// The first byte of a word whose spelling may be near another's, 0 for all else: words that begin alike are compared.
    lead: u8,
}

impl Grid {
    /// Aligns a stretch of a reading with a window of tokens: its steps go to the end of `steps`, what it is worth comes back.
    pub(super) fn stretch(
        &mut self,
        query: &Query,
        index: &Index<'_>,
        elements: Range<usize>,
        window: Range<usize>,
        ends: Ends,
        steps: &mut Vec<Step>,
    ) -> f32 {
        let (rows, columns) = (elements.len() + 1, window.len() + 1);
        let at = |row: usize, column: usize| row * columns + column;
        let Self { trace, rows: values, columns: tokens } = self;
        renew(trace, rows * columns, STOP);
        renew(values, 5 * columns, 0.0);
        tokens.clear();
        tokens.extend(index.tokens()[window.clone()].iter().map(|token| {
            let lead = if token.kind == Kind::Word { index.lead(token.key) } else { 0 };
            Column { key: token.key, lead }
        }));
        // Scores of the row above and this row: any step, a step that skipped a word, a step that skipped no token.
        let (mut any, rest) = values.split_at_mut(columns);
        let (mut row_any, rest) = rest.split_at_mut(columns);
        let (up, rest) = rest.split_at_mut(columns);
        let (without, gains) = rest.split_at_mut(columns);
        up.fill(f32::NEG_INFINITY);
        if ends.front {
            for column in 1..columns {
                any[column] = -OPEN - EXTEND_THEIRS * (column - 1) as f32;
                trace[at(0, column)] = LEFT | if column > 1 { LEFT_ON } else { 0 };
            }
        }
        for row in 1..rows {
            let trace = &mut trace[at(row, 0)..at(row + 1, 0)];
            match &query.elements[elements.start + row - 1] {
                Element::Word(number) => {
                    gains_of(&query.words[*number], tokens, &window, index, gains);
                    skip_word(any, up, trace);
                    pair_word(any, up, gains, without, trace);
                    skip_token(without, row_any, trace);
                }
                mark => {
                    let cost = if matches!(mark, Element::Bracket(_)) { BRACKET_STEP } else { MARK_STEP };
                    for column in 0..columns {
                        // A mark stands for the tokens up to here: either none, or one more than up to the token before.
                        let (none, more) =
                            (any[column], if column > 0 { row_any[column - 1] - cost } else { f32::NEG_INFINITY });
                        trace[column] = if more > none { LEFT } else { UP };
                        row_any[column] = none.max(more);
                        up[column] = f32::NEG_INFINITY;
                    }
                }
            }
            std::mem::swap(&mut any, &mut row_any);
        }
        let mut column = if ends.back {
            columns - 1
        } else {
            (0..columns).max_by(|a, b| any[*a].total_cmp(&any[*b]).then(b.cmp(a))).unwrap_or(0)
        };
        let score = any[column];
        let mut row = rows - 1;
        let first = steps.len();
        // Which kind of step the one behind asked to be continued.
        let mut forced = STOP;
        while row > 0 || ends.front && column > 0 {
            let bits = trace[at(row, column)];
            let step = if forced != STOP { forced } else { bits & 3 };
            forced = STOP;
            let is_mark = row > 0 && !matches!(query.elements[elements.start + row - 1], Element::Word(_));
            if is_mark {
                let end = window.start + column;
                while trace[at(row, column)] & 3 == LEFT && column > 0 {
                    column -= 1;
                }
                steps.push(Step::Mark { element: elements.start + row - 1, tokens: window.start + column..end });
                row -= 1;
                continue;
            }
            match step {
                DIAGONAL => {
                    row -= 1;
                    column -= 1;
                    steps.push(Step::Pair { element: elements.start + row, token: window.start + column });
                }
                LEFT => {
                    column -= 1;
                    steps.push(Step::Theirs { token: window.start + column });
                    if bits & LEFT_ON != 0 {
                        forced = LEFT;
                    }
                }
                _ if row > 0 => {
                    row -= 1;
                    steps.push(Step::Ours { element: elements.start + row });
                    if bits & UP_ON != 0
                        && row > 0
                        && matches!(query.elements[elements.start + row - 1], Element::Word(_))
                    {
                        forced = UP;
                    }
                }
                _ => break,
            }
        }
        steps[first..].reverse();
        score
    }
}

/// Makes room for so many, all of them the same.
fn renew<T: Copy>(values: &mut Vec<T>, count: usize, value: T) {
    values.clear();
    values.resize(count, value);
}

/// What it brings to pair a word with each token: the more, the more alike they are.
fn gains_of(word: &QueryWord, tokens: &[Column], window: &Range<usize>, index: &Index<'_>, gains: &mut [f32]) {
    let may_be_near = word.kind == Kind::Word && word.key_text.len() >= LEAST_OF_LEAD;
    // No token's lead: what is not compared by its spelling is compared with none.
    let wanted = if may_be_near { word.key_text.as_bytes()[0] } else { u8::MAX };
    gains.fill(DIFFERENT);
    for (column, token) in tokens.iter().enumerate() {
        // The same form has the same key.
        if token.key == word.key || token.lead == wanted {
            let likeness = likeness(word, token.lead == wanted, window.start + column, index);
            if likeness > 0.0 {
                gains[column] = worth(word, likeness, index);
            }
        }
    }
}

/// How well a word fits a token: 1 for the same form, less for case, accents and, where both begin alike, close spellings; 0 for
/// others.
fn likeness(word: &QueryWord, begin_alike: bool, at: usize, index: &Index<'_>) -> f32 {
    let token = &index.tokens()[at];
    if word.form == token.form {
        return 1.0;
    }
    if word.key == token.key && word.key != UNKNOWN {
        return 0.95;
    }
    if begin_alike { near::near(&word.key_text, index.key(at)) } else { 0.0 }
}

/// One row: what it is worth that no token pairs with the word, in `up`; [`UP`], and whether the row above did the same,
/// in `trace`.
fn skip_word(any: &[f32], up: &mut [f32], trace: &mut [u8]) {
    for ((any, up), trace) in any.iter().zip(up).zip(trace) {
        let (opened, extended) = (*any - OPEN, *up - EXTEND_OURS);
        *trace = UP | if extended > opened { UP_ON } else { 0 };
        *up = if extended > opened { extended } else { opened };
    }
}

/// The same row: the better of that and of pairing the word with each token, in `best`. In `trace` a pair stands as
/// [`DIAGONAL`].
fn pair_word(any: &[f32], up: &[f32], gains: &[f32], best: &mut [f32], trace: &mut [u8]) {
    best[0] = up[0];
    let cells = best[1..].iter_mut().zip(&mut trace[1..]);
    for (((best, trace), up), (any, gain)) in cells.zip(&up[1..]).zip(any.iter().zip(gains)) {
        let paired = *any + *gain;
        let pairs = paired >= *up;
        *best = if pairs { paired } else { *up };
        *trace = *trace & UP_ON | if pairs { DIAGONAL } else { UP };
    }
}

/// The same row: the better of that and of passing over tokens, in `any`. A token is passed over only where that is worth
/// more than not pairing the word, and more than a pair.
fn skip_token(without: &[f32], any: &mut [f32], trace: &mut [u8]) {
    const FOUR: usize = 4;
    any[0] = without[0];
    // What it is worth to pass over the token before, and not to.
    let (mut left, mut before) = (f32::NEG_INFINITY, without[0]);
    let (fours, rest) = without[1..].as_chunks::<FOUR>();
    let (any_fours, any_rest) = any[1..].as_chunks_mut::<FOUR>();
    let (trace_fours, trace_rest) = trace[1..].as_chunks_mut::<FOUR>();
    for ((without, any), trace) in fours.iter().zip(any_fours).zip(trace_fours) {
        // First what comes of passing over these tokens alone, which need not wait for the four before.
        let opened = [before - OPEN, without[0] - OPEN, without[1] - OPEN, without[2] - OPEN];
        let mut here = opened;
        for at in 1..FOUR {
            here[at] = higher(here[at - 1] - EXTEND_THEIRS, here[at]);
        }
        let mut lefts = here;
        for (at, here) in lefts.iter_mut().enumerate() {
            *here = higher(left - EXTEND_THEIRS * (at + 1) as f32, *here);
        }
        for at in 0..FOUR {
            // What passed over the token before is never worth beginning anew from: going on costs less.
            let extended = if at == 0 { left } else { lefts[at - 1] } - EXTEND_THEIRS;
            cell(lefts[at], extended > opened[at], without[at], &mut any[at], &mut trace[at]);
        }
        (left, before) = (lefts[FOUR - 1], without[FOUR - 1]);
    }
    for ((without, any), trace) in rest.iter().zip(any_rest).zip(trace_rest) {
        let (opened, extended) = (before - OPEN, left - EXTEND_THEIRS);
        left = higher(extended, opened);
        cell(left, extended > opened, *without, any, trace);
        before = *without;
    }
}

#[inline(always)]
fn higher(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

/// A cell of [`skip_token`].
#[inline(always)]
fn cell(left: f32, goes_on: bool, without: f32, any: &mut f32, trace: &mut u8) {
    let skips = left > without;
    *any = if skips { left } else { without };
    // Without a branch: which of the two it is nobody can foresee.
    let skips = u8::from(skips);
    let step = *trace & (UP_ON | skips.wrapping_sub(1)) | (LEFT * skips);
    *trace = step | (LEFT_ON * u8::from(goes_on));
}
