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

/// What the table asks of the tokens of a window in every row.
struct Columns {
    keys: Vec<u32>,
    /// See [`lead`].
    leads: Vec<u8>,
}

impl Columns {
    fn new(window: &Range<usize>, index: &Index<'_>) -> Self {
        let tokens = &index.tokens()[window.clone()];
        let leads = window.clone().zip(tokens).map(|(at, token)| lead(token.kind, index.key(at)));
        Self { keys: tokens.iter().map(|token| token.key).collect(), leads: leads.collect() }
    }

    /// What it brings to pair a word with each token: the more, the more alike they are.
    fn gains(&self, word: &QueryWord, window: &Range<usize>, index: &Index<'_>, gains: &mut [f32]) {
        let weight = index.weight(word.key);
        let word_lead = lead(word.kind, &word.key_text);
        // No token's lead: what is not compared by its spelling is compared with none.
        let wanted_lead = if word_lead == 0 { u8::MAX } else { word_lead };
        gains.fill(DIFFERENT);
        for (column, (key, lead)) in self.keys.iter().zip(&self.leads).enumerate() {
            // The same form has the same key.
            if *key == word.key || *lead == wanted_lead {
                let at = window.start + column;
                let likeness = likeness(word, word_lead, *lead, at, index);
                if likeness > 0.0 {
                    gains[column] = 2.0 * weight * likeness;
                }
            }
        }
    }
}

/// The first byte of a word whose spelling may be near another's, 0 for all else: words that begin alike are compared.
fn lead(kind: Kind, key: &str) -> u8 {
    if kind == Kind::Word && key.len() >= 4 { key.as_bytes()[0] } else { 0 }
}

/// How well a word fits a token: 1 for the same form, less for case, accents and close spellings, 0 for others.
fn likeness(word: &QueryWord, word_lead: u8, token_lead: u8, at: usize, index: &Index<'_>) -> f32 {
    let token = &index.tokens()[at];
    if word.form == token.form {
        return 1.0;
    }
    if word.key == token.key && word.key != UNKNOWN {
        return 0.95;
    }
    if word_lead == 0 || word_lead != token_lead {
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
    let may = ours.len().abs_diff(theirs.len()) <= 2 && !letters_differ(ours, theirs);
    if may && quarter_differs(ours, theirs) { 0.5 } else { 0.0 }
}

/// Whether at most a quarter of the longer word's letters, changed, makes the other.
fn quarter_differs(ours: &str, theirs: &str) -> bool {
    if !ours.is_ascii() || !theirs.is_ascii() {
        return strsim::normalized_levenshtein(ours, theirs) >= 0.75;
    }
    let most = ours.len().max(theirs.len()) / 4;
    // What both begin and end with changes nothing.
    let front = ours.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b).count();
    let (ours, theirs) = (&ours[front..], &theirs[front..]);
    let back = ours.bytes().rev().zip(theirs.bytes().rev()).take_while(|(a, b)| a == b).count();
    let (ours, theirs) = (&ours[..ours.len() - back], &theirs[..theirs.len() - back]);
    match (ours.len(), theirs.len()) {
        (0, rest) | (rest, 0) => rest <= most,
        (1, 1) => most >= 1,
        _ => most >= 2 && strsim::levenshtein(ours, theirs) <= most,
    }
}

/// Whether so many letters stand in one word alone that no quarter of the longer one's letters, changed, makes the other.
fn letters_differ(ours: &str, theirs: &str) -> bool {
    let letters = |word: &str| word.bytes().fold(0u64, |all, byte| all | 1 << (byte & 63));
    let (left, right) = (letters(ours), letters(theirs));
    let alone = (left & !right).count_ones().max((right & !left).count_ones()) as usize;
    alone * 4 > ours.len().max(theirs.len()) && ours.is_ascii() && theirs.is_ascii()
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
    let mut sorted: Vec<(u32, usize)> = ours.iter().copied().zip(0..).filter(|(form, _)| *form != UNKNOWN).collect();
    sorted.sort_unstable();
    // A bit for each form, to pass over most tokens that the quotation does not have.
    let mut had = [0u64; 4];
    sorted.iter().for_each(|(form, _)| had[(form >> 6) as usize & 3] |= 1 << (form & 63));
    let mut best = Run { element: 0, token: 0, length: RUN - 1 };
    let mut alone = false;
    // Places of the quotation that are equal to the token before and to this one, and how long the run up to them is.
    let mut before: Vec<(usize, usize)> = Vec::new();
    let mut here: Vec<(usize, usize)> = Vec::new();
    for (at, token) in index.tokens()[window.clone()].iter().enumerate() {
        here.clear();
        if had[(token.form >> 6) as usize & 3] & 1 << (token.form & 63) != 0 {
            let from = sorted.partition_point(|(form, _)| *form < token.form);
            let mut last = before.iter().peekable();
            for (_, element) in sorted[from..].iter().take_while(|(form, _)| *form == token.form) {
                // Both ascend.
                while last.next_if(|(last, _)| last + 1 < *element).is_some() {}
                let length = last.peek().filter(|(last, _)| last + 1 == *element).map_or(1, |(_, length)| length + 1);
                here.push((*element, length));
                if length > best.length {
                    best = Run { element: element + 1 - length, token: at + 1 - length, length };
                    alone = true;
                } else if length == best.length && length >= RUN {
                    alone = false;
                }
            }
        }
        std::mem::swap(&mut before, &mut here);
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
    use hashbrown::HashMap;
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
    any[0] = without[0];
    let mut left = f32::NEG_INFINITY;
    let mut before = without[0];
    for ((without, any), trace) in without[1..].iter().zip(&mut any[1..]).zip(&mut trace[1..]) {
        // What passed over the token before is never worth beginning anew from: going on costs less.
        let (opened, extended) = (before - OPEN, left - EXTEND_THEIRS);
        let goes_on = extended > opened;
        left = if goes_on { extended } else { opened };
        let skips = left > *without;
        *any = if skips { left } else { *without };
        // Without a branch: which of the two it is nobody can foresee.
        let skips = u8::from(skips);
        let step = *trace & (UP_ON | skips.wrapping_sub(1)) | (LEFT * skips);
        *trace = step | (LEFT_ON * u8::from(goes_on));
        before = *without;
    }
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
    let tokens = Columns::new(&window, index);
    let mut gains = vec![DIFFERENT; window.len()];
    let mut without = vec![0.0f32; columns];
    for row in 1..rows {
        let element = &query.elements[elements.start + row - 1];
        match element {
            Element::Word(number) => {
                tokens.gains(&query.words[*number], &window, index, &mut gains);
                let trace = &mut trace[at(row, 0)..at(row + 1, 0)];
                skip_word(&any, &mut up, trace);
                pair_word(&any, &up, &gains, &mut without, trace);
                skip_token(&without, &mut row_any, trace);
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

#[cfg(test)]
#[path = "align_tests.rs"]
mod tests;
