//! Aligning: a reading of a quotation against one window of a document, word by word, with affine gaps.
//!
//! The whole quotation is aligned; the window's ends are free. Equal words score by how telling they are, close
//! spellings less; marks of editing let the source run on for almost nothing. Dynamic programming after Gotoh (1982).

use std::ops::Range;

mod grid;
mod near;
mod step;

use super::index::{Index, UNKNOWN};
use super::query::{Element, Query};
use grid::{Ends, Grid, OPEN};
pub(super) use step::{Alignment, Step};

/// Cells of the table beyond which a quotation is cut into stretches that are aligned one after the other.
const MAX_CELLS: usize = 4_000_000;

/// Cells up to which every pair of words is compared for the longest run; beyond, runs are found by hashing.
const RUN_CELLS: usize = 250_000;

/// Aligns a reading with a window of tokens.
pub(super) fn align(query: &Query, index: &Index<'_>, window: Range<usize>) -> Alignment {
    let elements = query.elements.len();
    if elements.saturating_mul(window.len()) > RUN_CELLS {
        return align_long(query, index, window);
    }
    let form = |element: &Element| if let Element::Word(word) = element { query.words[*word].form } else { UNKNOWN };
    let forms: Vec<u32> = query.elements.iter().map(form).collect();
    let mut work = Work::new(query, index);
    work.around_runs(&forms, 0..elements, window, Ends::default());
    work.whole
}

/// An alignment in the making.
struct Work<'w> {
    query: &'w Query,
    index: &'w Index<'w>,
    grid: Grid,
    whole: Alignment,
}

/// Words that must stand side by side in both, once, to be taken for granted: what lies before and behind them is then
/// aligned alone, which is much less than the whole.
const RUN: usize = 5;

impl<'w> Work<'w> {
    fn new(query: &'w Query, index: &'w Index<'w>) -> Self {
        let steps = Vec::with_capacity(query.elements.len() + 8);
        Self { query, index, grid: Grid::default(), whole: Alignment { steps, score: 0.0 } }
    }

    /// Aligns a stretch word by word.
    fn stretch(&mut self, elements: Range<usize>, window: Range<usize>, ends: Ends) {
        let steps = &mut self.whole.steps;
        self.whole.score += self.grid.stretch(self.query, self.index, elements, window, ends, steps);
    }

    /// Aligns a stretch: before, on and behind the longest run of equal words, if there is one that nothing competes with.
    fn around_runs(&mut self, forms: &[u32], elements: Range<usize>, window: Range<usize>, ends: Ends) {
        // A stretch between anchors may be empty on one side; its other side is then all ours, or all theirs.
        if elements.is_empty() && !(ends.front && ends.back) {
            return;
        }
        let run = if elements.len() >= RUN { longest_run(forms, self.index, &elements, &window) } else { None };
        let Some(run) = run else { return self.stretch(elements, window, ends) };
        self.around_runs(forms, elements.start..run.element, window.start..run.token, Ends { back: true, ..ends });
        for step in 0..run.length {
            let Element::Word(word) = self.query.elements[run.element + step] else { continue };
            self.whole.score += grid::worth(&self.query.words[word], 1.0, self.index);
            self.whole.steps.push(Step::Pair { element: run.element + step, token: run.token + step });
        }
        let (element, token) = (run.element + run.length, run.token + run.length);
        self.around_runs(forms, element..elements.end, token..window.end, Ends { front: true, ..ends });
    }

    /// Aligns what lies between two anchors, before the first or behind the last.
    fn between_anchors(&mut self, elements: Range<usize>, tokens: Range<usize>, ends: Ends) {
        if elements.is_empty() && (tokens.is_empty() || !(ends.front && ends.back)) {
            return;
        }
        if elements.len().saturating_mul(tokens.len()) <= MAX_CELLS {
            return self.stretch(elements, tokens, ends);
        }
        // Nothing in common for so long: shown as ours against theirs, without pairing words.
        self.whole.steps.extend(elements.map(|element| Step::Ours { element }));
        if ends.front && ends.back {
            self.whole.steps.extend(tokens.map(|token| Step::Theirs { token }));
        }
        self.whole.score -= OPEN * 2.0;
    }
}

/// Equal words side by side.
#[derive(Clone, Copy)]
struct Run {
    element: usize,
    token: usize,
    length: usize,
}

/// Where each form stands among others: for each of few values of its last bits the first place, for each place the next.
struct Places<'f> {
    forms: &'f [u32],
    first: Vec<u32>,
    next: Vec<u32>,
}

impl<'f> Places<'f> {
    fn new(forms: &'f [u32]) -> Self {
        let mut first = vec![0; (forms.len() * 4).next_power_of_two()];
        let mut next = vec![0; forms.len()];
        // From the last, so that they come out ascending; one more than the place, so that none is 0.
        for (place, form) in forms.iter().enumerate().rev().filter(|(_, form)| **form != UNKNOWN) {
            let slot = *form as usize & (first.len() - 1);
            next[place] = std::mem::replace(&mut first[slot], place as u32 + 1);
        }
        Self { forms, first, next }
    }

    /// The places of a form, ascending; `None` where at a glance there are none.
    fn of(&self, form: u32) -> Option<impl Iterator<Item = usize>> {
        let first = place_of(self.first[form as usize & (self.first.len() - 1)])?;
        let places = std::iter::successors(Some(first), |place| place_of(self.next[*place]));
        Some(places.filter(move |place| self.forms[*place] == form))
    }
}

fn place_of(number: u32) -> Option<usize> {
    number.checked_sub(1).map(|place| place as usize)
}

/// The longest run of equal words, if it is a good part of the stretch and no other is as long.
fn longest_run(forms: &[u32], index: &Index<'_>, elements: &Range<usize>, window: &Range<usize>) -> Option<Run> {
    let places = Places::new(&forms[elements.clone()]);
    let mut best = Run { element: 0, token: 0, length: RUN - 1 };
    let mut alone = false;
    // Places of the quotation that are equal to the token before and to this one, and how long the run up to them is.
    let mut before: Vec<(usize, usize)> = Vec::new();
    let mut here: Vec<(usize, usize)> = Vec::new();
    for (at, token) in index.tokens()[window.clone()].iter().enumerate() {
        let Some(elements) = places.of(token.form) else {
            before.clear();
            continue;
        };
        here.clear();
        let mut last = before.iter().peekable();
        for element in elements {
            // Both ascend.
            while last.next_if(|(last, _)| last + 1 < element).is_some() {}
            let length = last.peek().filter(|(last, _)| last + 1 == element).map_or(1, |(_, length)| length + 1);
            here.push((element, length));
            if length > best.length {
                best = Run { element: element + 1 - length, token: at + 1 - length, length };
                alone = true;
            } else if length == best.length && length >= RUN {
                alone = false;
            }
        }
        std::mem::swap(&mut before, &mut here);
    }
    let much = best.length * 5 >= elements.len() * 2;
    (alone && much).then(|| Run { element: elements.start + best.element, token: window.start + best.token, ..best })
}

/// Aligns a long quotation: runs of words that stand once in both are anchors, what lies between is aligned alone.
fn align_long(query: &Query, index: &Index<'_>, window: Range<usize>) -> Alignment {
    let anchors = anchors(query, index, window.clone());
    let mut work = Work::new(query, index);
    let (mut element, mut token) = (0, window.start);
    for (number, anchor) in anchors.iter().enumerate() {
        work.between_anchors(element..anchor.0, token..anchor.1, Ends { front: number > 0, back: true });
        work.stretch(anchor.0..anchor.0 + 1, anchor.1..anchor.1 + 1, Ends { front: true, back: true });
        (element, token) = (anchor.0 + 1, anchor.1 + 1);
    }
    let ends = Ends { front: !anchors.is_empty(), back: false };
    work.between_anchors(element..query.elements.len(), token..window.end, ends);
    work.whole
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

#[cfg(test)]
#[path = "align_tests.rs"]
mod tests;
