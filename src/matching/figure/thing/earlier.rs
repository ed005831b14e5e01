//! Times that are only said to be before: `340 bicycles in May, up from 290 a year earlier`. Which of the figures of a sentence is
//! of that time, and which are not.

use std::ops::Range;
use std::sync::LazyLock;

use super::Scene;
use super::frame::is_versus;
use crate::matching::phrases::Phrases;

static EARLIER: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../../terms/earlier.txt"), Some));

/// Lexemes between a figure and the time right behind it: its noun.
const NOUN: usize = 2;
/// Lexemes between such a time and the figure behind it: `ein Jahr zuvor waren es noch | 290`.
const CLAUSE: usize = 6;

impl Scene<'_> {
    /// Whether the figure is of a time that its sentence calls earlier; `Some(false)` where another figure is, and this one of the
    /// sentence's own time. `None` where nothing says so.
    pub(super) fn earlier(&self) -> Option<bool> {
        let found = self.all(&EARLIER);
        let mut others = false;
        for phrase in &found {
            let range = phrase.at..phrase.at + phrase.length;
            let Some((owner, front)) = self.figure_of(&range) else { continue };
            if owner == self.me {
                return Some(true);
            }
            // `12 were killed and 30 hurt a year earlier`: only where the sentence sets the two apart.
            others |= front || self.is_set_apart(owner);
        }
        others.then_some(false)
    }

    /// The figure that an earlier time stands with, and whether it stands in front of it.
    fn figure_of(&self, time: &Range<usize>) -> Option<(usize, bool)> {
        let before = time.start.checked_sub(1);
        // `3.1 percent more than a year earlier`: what a comparison opens is no figure's time.
        if before.is_some_and(|at| self.is_comparison(at) || is_compared_with(self.key(at))) {
            return None;
        }
        let plain = |range: Range<usize>| !range.clone().any(|at| self.breaks(at) || self.is_figure(at));
        let behind = (0..self.anchors.len()).rev().find(|number| self.anchors[*number].end <= time.start);
        if let Some(number) = behind {
            let end = self.anchors[number].end;
            let alone = self.anchors.len() == 1;
            if (time.start - end <= NOUN || alone) && plain(end..time.start + usize::from(!alone)) {
                return Some((number, false));
            }
        }
        let next = (0..self.anchors.len()).find(|number| self.anchors[*number].start >= time.end)?;
        let start = self.anchors[next].start;
        let opens = time.start == 0 || self.breaks(time.start) || self.anchors.len() == 1;
        (start - time.end <= CLAUSE && opens).then_some((next, true))
    }

    /// Whether a figure is set against the one before it in its sentence: `up from 290`, `against 290`.
    fn is_set_apart(&self, owner: usize) -> bool {
        let start = self.anchors[owner].start;
        owner > 0 && self.is_behind_former(owner)
            || (start.saturating_sub(4)..start).any(|at| is_versus(self.key(at)) || is_compared_with(self.key(at)))
    }
}

/// Words behind which stands what something is compared with (keys).
fn is_compared_with(key: &str) -> bool {
    matches!(
        key,
        "from"
            | "than"
            | "with"
            | "to"
            | "on"
            | "over"
            | "as"
            | "als"
            | "gegenuber"
            | "que"
            | "qu"
            | "rispetto"
            | "dan"
            | "an"
            | "end"
            | "niz"
            | "чем"
            | "с"
            | "ніж"
            | "з"
            | "比"
            | "较"
    )
}
