//! Aligning: a reading of a quotation against one window of a document, word by word, with affine gaps.
//!
//! The whole quotation is aligned; the window's ends are free. Equal words score by how telling they are, close
//! spellings less; marks of editing let the source run on for almost nothing. Dynamic programming after Gotoh (1982).

use std::ops::Range;

use super::fold::Kind;
use super::index::{Index, UNKNOWN};
use super::query::{Element, Query, QueryWord};

/// Cells of the table beyond which a quotation is cut into stretches that are aligned one after the other.
const MAX_CELLS: usize = 4_000_000;

/// Cells up to which every pair of words is compared for the longest run; beyond, runs are found by hashing.
const RUN_CELLS: usize = 250_000;

/// One step of an alignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The word stands there, perhaps in another case or spelling.
    Pair {
        /// The element's index.
        element: usize,
        /// The token.
        token: usize,
    },
    /// The source does not have the element's word.
    Ours {
        /// The element's index.
        element: usize,
    },
    /// The quotation does not have the token.
    Theirs {
        /// The token.
        token: usize,
    },
    /// A mark of editing stands for these tokens, perhaps none.
    Mark {
        /// The element's index.
        element: usize,
        /// What it stands for.
        tokens: Range<usize>,
    },
}

/// An alignment of all elements with a stretch of the window.
#[derive(Debug, Clone)]
pub(super) struct Alignment {
    /// The steps, in order.
    pub(super) steps: Vec<Step>,
    /// The sum of the scores; comparable between windows of one query.
    pub(super) score: f32,
}

impl Alignment {
    /// The tokens from the first to the last that a word of the quotation stands on; `None` where none does.
    pub(super) fn span(&self) -> Option<Range<usize>> {
        let token = |step: &Step| if let Step::Pair { token, .. } = step { Some(*token) } else { None };
        Some(self.steps.iter().find_map(token)?..self.steps.iter().rev().find_map(token)? + 1)
    }
}

const OPEN: f32 = 0.7;
const EXTEND_THEIRS: f32 = 0.12;
const EXTEND_OURS: f32 = 0.25;
const DIFFERENT: f32 = -0.55;
const MARK_STEP: f32 = 0.004;
const BRACKET_STEP: f32 = 0.08;

const STOP: u8 = 0;
const DIAGONAL: u8 = 1;
const LEFT: u8 = 2;
const UP: u8 = 3;
const LEFT_ON: u8 = 4;
const UP_ON: u8 = 8;

/// What the table asks of a token in every cell of its column.
struct Column {
    form: u32,
    key: u32,
    /// See [`lead`].
    lead: u8,
}

impl Column {
    fn new(at: usize, index: &Index<'_>) -> Self {
        let token = &index.tokens()[at];
        Self { form: token.form, key: token.key, lead: lead(token.kind, index.key(at)) }
    }
}

/// The first byte of a word whose spelling may be near another's, 0 for all else: words that begin alike are compared.
fn lead(kind: Kind, key: &str) -> u8 {
    if kind == Kind::Word && key.len() >= 4 { key.as_bytes()[0] } else { 0 }
}

/// How well a word fits a token: 1 for the same form, less for case, accents and close spellings, 0 for others.
fn likeness(word: &QueryWord, word_lead: u8, column: &Column, at: usize, index: &Index<'_>) -> f32 {
    if word.form == column.form {
        return 1.0;
    }
    if word.key == column.key && word.key != UNKNOWN {
        return 0.95;
    }
    if word_lead == 0 || word_lead != column.lead {
        return 0.0;
    }
    near_spelling(&word.key_text, index.key(at))
}

/// How alike two spellings are that begin with the same letter.
fn near_spelling(ours: &str, theirs: &str) -> f32 {
    let shorter = ours.len().min(theirs.len());
    let shared = ours.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b).count();
    if shared * 4 >= shorter * 3 && shared >= 4 {
        return 0.5;
    }
    if ours.len().abs_diff(theirs.len()) <= 2 && strsim::normalized_levenshtein(ours, theirs) >= 0.75 {
        0.5
    } else {
        0.0
    }
}

/// Aligns a reading with a window of tokens.
pub(super) fn align(query: &Query, index: &Index<'_>, window: Range<usize>) -> Alignment {
    let elements = query.elements.len();
    let width = window.len();
    if elements.saturating_mul(width) > RUN_CELLS {
        return align_long(query, index, window);
    }
    let forms: Vec<u32> = query
        .elements
        .iter()
        .map(|element| if let Element::Word(word) = element { query.words[*word].form } else { UNKNOWN })
        .collect();
    let mut whole = Alignment { steps: Vec::with_capacity(elements + 8), score: 0.0 };
    around_runs(query, index, &forms, 0..elements, window, Ends::default(), &mut whole);
    whole
}

/// Words that must stand side by side in both, once, to be taken for granted: what lies before and behind them is then
/// aligned alone, which is much less than the whole.
const RUN: usize = 5;

/// Aligns a stretch: before, on and behind the longest run of equal words, if there is one that nothing competes with.
fn around_runs(
    query: &Query,
    index: &Index<'_>,
    forms: &[u32],
    elements: Range<usize>,
    window: Range<usize>,
    ends: Ends,
    whole: &mut Alignment,
) {
    // A stretch between anchors may be empty on one side; its other side is then all ours, or all theirs.
    if elements.is_empty() && !(ends.front && ends.back) {
        return;
    }
    let run = if elements.len() >= RUN { longest_run(forms, index, &elements, &window) } else { None };
    let Some(run) = run else {
        let part = stretch(query, index, elements, window, ends);
        whole.score += part.score;
        whole.steps.extend(part.steps);
        return;
    };
    let before = Ends { back: true, ..ends };
    around_runs(query, index, forms, elements.start..run.element, window.start..run.token, before, whole);
    for step in 0..run.length {
        let Element::Word(word) = query.elements[run.element + step] else { continue };
        whole.score += 2.0 * index.weight(query.words[word].key);
        whole.steps.push(Step::Pair { element: run.element + step, token: run.token + step });
    }
    let behind = Ends { front: true, ..ends };
    let (element, token) = (run.element + run.length, run.token + run.length);
    around_runs(query, index, forms, element..elements.end, token..window.end, behind, whole);
}

/// Equal words side by side.
#[derive(Clone, Copy)]
struct Run {
    element: usize,
    token: usize,
    length: usize,
}

/// The longest run of equal words, if it is a good part of the stretch and no other is as long.
fn longest_run(forms: &[u32], index: &Index<'_>, elements: &Range<usize>, window: &Range<usize>) -> Option<Run> {
    let ours = &forms[elements.clone()];
    let theirs: Vec<u32> = index.tokens()[window.clone()].iter().map(|token| token.form).collect();
    let mut best = Run { element: 0, token: 0, length: RUN - 1 };
    let mut alone = false;
    // One diagonal after the other: how far the two are shifted against each other.
    for shift in 0..ours.len() + theirs.len() {
        let (element, token) = (ours.len().saturating_sub(shift), shift.saturating_sub(ours.len()));
        let mut length = 0;
        let pairs = ours[element.min(ours.len())..].iter().zip(theirs.get(token..).unwrap_or_default());
        for (offset, (left, right)) in pairs.enumerate() {
            length = if left == right { length + 1 } else { 0 };
            if length > best.length {
                best = Run { element: element + offset + 1 - length, token: token + offset + 1 - length, length };
                alone = true;
            } else if length == best.length && length >= RUN {
                alone = false;
            }
        }
    }
    let much = best.length * 5 >= ours.len() * 2;
    (alone && much).then(|| Run { element: elements.start + best.element, token: window.start + best.token, ..best })
}

/// Which ends of the window are fixed: a stretch between two anchors must use all of it.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    front: bool,
    back: bool,
}

/// Aligns a long quotation: runs of words that stand once in both are anchors, what lies between is aligned alone.
fn align_long(query: &Query, index: &Index<'_>, window: Range<usize>) -> Alignment {
    let anchors = anchors(query, index, window.clone());
    let mut steps = Vec::new();
    let mut score = 0.0;
    let mut element = 0;
    let mut token = window.start;
    let total = query.elements.len();
    let mut add = |elements: Range<usize>, tokens: Range<usize>, ends: Ends| {
        if elements.is_empty() && (tokens.is_empty() || !(ends.front && ends.back)) {
            return;
        }
        if elements.len().saturating_mul(tokens.len()) > MAX_CELLS {
            // Nothing in common for so long: shown as ours against theirs, without pairing words.
            steps.extend(elements.clone().map(|element| Step::Ours { element }));
            if ends.front && ends.back {
                steps.extend(tokens.map(|token| Step::Theirs { token }));
            }
            score -= OPEN * 2.0;
            return;
        }
        let part = stretch(query, index, elements, tokens, ends);
        score += part.score;
        steps.extend(part.steps);
    };
    for (number, anchor) in anchors.iter().enumerate() {
        add(element..anchor.0, token..anchor.1, Ends { front: number > 0, back: true });
        add(anchor.0..anchor.0 + 1, anchor.1..anchor.1 + 1, Ends { front: true, back: true });
        element = anchor.0 + 1;
        token = anchor.1 + 1;
    }
    add(element..total, token..window.end, Ends { front: !anchors.is_empty(), back: false });
    Alignment { steps, score }
}

/// Pairs of element and token that begin a run of four words standing once in both, in the same order in both.
fn anchors(query: &Query, index: &Index<'_>, window: Range<usize>) -> Vec<(usize, usize)> {
    use std::collections::HashMap;
    const ANCHOR: usize = 4;
    let word = |element: usize| match query.elements[element] {
        Element::Word(word) => Some(query.words[word].key),
        _ => None,
    };
    let mut ours: HashMap<[u32; ANCHOR], Option<usize>> = HashMap::new();
    for element in 0..query.elements.len().saturating_sub(ANCHOR - 1) {
        let run: Option<Vec<u32>> =
            (element..element + ANCHOR).map(|at| word(at).filter(|key| *key != UNKNOWN)).collect();
        if let Some(run) = run.and_then(|run| <[u32; ANCHOR]>::try_from(run).ok()) {
            ours.entry(run).and_modify(|at| *at = None).or_insert(Some(element));
        }
    }
    let mut theirs: HashMap<[u32; ANCHOR], Option<usize>> = HashMap::new();
    let tokens = &index.tokens()[window.clone()];
    for (offset, run) in tokens.windows(ANCHOR).enumerate() {
        let run = [run[0].key, run[1].key, run[2].key, run[3].key];
        if ours.contains_key(&run) {
            theirs.entry(run).and_modify(|at| *at = None).or_insert(Some(window.start + offset));
        }
    }
    let mut pairs: Vec<(usize, usize)> =
        ours.iter().filter_map(|(run, element)| Some(((*element)?, (*theirs.get(run)?)?))).collect();
    pairs.sort_unstable();
    // The longest run of pairs whose tokens ascend as well.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for at in 0..pairs.len() {
        let slot = tails.partition_point(|tail| pairs[*tail].1 < pairs[at].1);
        before[at] = slot.checked_sub(1).map(|slot| tails[slot]);
        if slot == tails.len() {
            tails.push(at);
        } else {
            tails[slot] = at;
        }
    }
    let mut chain = Vec::new();
    let mut at = tails.last().copied();
    while let Some(number) = at {
        chain.push(pairs[number]);
        at = before[number];
    }
    chain.reverse();
    chain
}

fn stretch(query: &Query, index: &Index<'_>, elements: Range<usize>, window: Range<usize>, ends: Ends) -> Alignment {
    let (rows, columns) = (elements.len() + 1, window.len() + 1);
    let at = |row: usize, column: usize| row * columns + column;
    let mut trace = vec![STOP; rows * columns];
    // Scores of the row above and this row: any step, a step that skipped a token, a step that skipped a word.
    let mut any = vec![0.0f32; columns];
    let mut up = vec![f32::NEG_INFINITY; columns];
    if ends.front {
        for column in 1..columns {
            any[column] = -OPEN - EXTEND_THEIRS * (column - 1) as f32;
            trace[at(0, column)] = LEFT | if column > 1 { LEFT_ON } else { 0 };
        }
    }
    let mut row_any = vec![0.0f32; columns];
    let tokens: Vec<Column> = window.clone().map(|at| Column::new(at, index)).collect();
    for row in 1..rows {
        let element = &query.elements[elements.start + row - 1];
        match element {
            Element::Word(number) => {
                let word = &query.words[*number];
                let weight = index.weight(word.key);
                let lead = lead(word.kind, &word.key_text);
                let trace = &mut trace[at(row, 0)..at(row + 1, 0)];
                let mut left = f32::NEG_INFINITY;
                for column in 0..columns {
                    let opened = any[column] - OPEN;
                    let extended = up[column] - EXTEND_OURS;
                    let mut bits = 0;
                    up[column] = if extended > opened {
                        bits |= UP_ON;
                        extended
                    } else {
                        opened
                    };
                    let (mut best, mut step) = (up[column], UP);
                    if column > 0 {
                        let opened = row_any[column - 1] - OPEN;
                        let extended = left - EXTEND_THEIRS;
                        left = if extended > opened {
                            bits |= LEFT_ON;
                            extended
                        } else {
                            opened
                        };
                        if left > best {
                            (best, step) = (left, LEFT);
                        }
                        let likeness = likeness(word, lead, &tokens[column - 1], window.start + column - 1, index);
                        let gain = if likeness > 0.0 { 2.0 * weight * likeness } else { DIFFERENT };
                        if any[column - 1] + gain >= best {
                            (best, step) = (any[column - 1] + gain, DIAGONAL);
                        }
                    }
                    row_any[column] = best;
                    trace[column] = step | bits;
                }
            }
            mark => {
                let cost = if matches!(mark, Element::Bracket(_)) { BRACKET_STEP } else { MARK_STEP };
                for column in 0..columns {
                    // A mark stands for the tokens up to here: either none, or one more than up to the token before.
                    let (none, more) =
                        (any[column], if column > 0 { row_any[column - 1] - cost } else { f32::NEG_INFINITY });
                    let step = if more > none { LEFT } else { UP };
                    row_any[column] = none.max(more);
                    trace[at(row, column)] = step;
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
    let mut steps = Vec::with_capacity(rows + 8);
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
                if bits & UP_ON != 0 && row > 0 && matches!(query.elements[elements.start + row - 1], Element::Word(_))
                {
                    forced = UP;
                }
            }
            _ => break,
        }
    }
    steps.reverse();
    Alignment { steps, score }
}
