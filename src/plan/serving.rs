//! Which capture serves a source.
//!
//! The newest capture with a whole body and a good status serves; with a day asked for, the one nearest to it. A
//! truncated one, an error page and a failed attempt serve only where nothing better is held, in this order, so
//! that a later failure hides nothing.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::address::{normalized, of_source};
use crate::model::{Capture, Completeness, Origin, Outcome, Source};

/// The captures held, by the addresses that they answer for.
#[derive(Debug)]
pub struct Holdings<'a> {
    held: &'a [Capture],
    /// Captures by address, best first.
    by_address: HashMap<Cow<'a, str>, Shelf>,
}

/// The captures of one address, as indices.
#[derive(Debug, Default)]
struct Shelf {
    /// Whole, with a good status, by time.
    whole: Vec<usize>,
    /// The best of the others, best first.
    rest: Vec<usize>,
}

/// How good a capture is as evidence, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Whole,
    Truncated,
    /// An error page is still a page.
    BadStatus,
    Failed,
}

fn worth(capture: &Capture) -> Worth {
    let good = capture.status.is_none_or(|status| (200..300).contains(&status));
    match (&capture.outcome, capture.completeness) {
        (Outcome::Failed(_), _) => Worth::Failed,
        (Outcome::Body, Completeness::Complete) if good => Worth::Whole,
        (Outcome::Body, Completeness::Truncated) if good => Worth::Truncated,
        (Outcome::Body, _) => Worth::BadStatus,
    }
}

impl<'a> Holdings<'a> {
    /// Indexes captures by the address that was asked for and the one that answered.
    pub fn new(held: &'a [Capture]) -> Self {
        let mut by_address: HashMap<Cow<'a, str>, Shelf> = HashMap::with_capacity(held.len());
        for (index, capture) in held.iter().enumerate() {
            let asked = normalized(&capture.requested);
            let answered = normalized(&capture.address);
            let mut put = |address: Cow<'a, str>| {
                let shelf = by_address.entry(address).or_default();
                let list = if worth(capture) == Worth::Whole { &mut shelf.whole } else { &mut shelf.rest };
                list.push(index);
            };
            if answered != asked {
                put(answered);
            }
            put(asked);
        }
        for shelf in by_address.values_mut() {
            shelf.whole.sort_by_key(|index| (held[*index].captured, *index));
            shelf.rest.sort_by_key(|index| (worth(&held[*index]), Reverse((held[*index].captured, *index))));
        }
        Self { held, by_address }
    }

    /// The capture that serves a source.
    pub fn serving(&self, source: &Source, as_of: Option<Date>) -> Option<&'a Capture> {
        let shelves = self.shelves(source);
        let whole = shelves.iter().filter_map(|shelf| self.whole(shelf, as_of));
        let best = match as_of {
            // Nearest first; of two equally near the earlier.
            Some(day) => whole.min_by_key(|index| (self.distance(*index, day), self.held[*index].captured, *index)),
            None => whole.max_by_key(|index| (self.held[*index].captured, *index)),
        };
        let rest = || {
            let firsts = shelves.iter().filter_map(|shelf| shelf.rest.first().copied());
            firsts.min_by_key(|index| (worth(&self.held[*index]), Reverse((self.held[*index].captured, *index))))
        };
        best.or_else(rest).map(|index| &self.held[index])
    }

    /// Every capture of a source, the one that serves first, then the others from good to bad. For a reader that
    /// meets a wall in the first and may look whether another has the words.
    pub fn candidates(&self, source: &Source, as_of: Option<Date>) -> Vec<&'a Capture> {
        let mut indices: Vec<usize> =
            self.shelves(source).iter().flat_map(|shelf| shelf.whole.iter().chain(&shelf.rest)).copied().collect();
        indices.sort_by_key(|index| {
            let (capture, worth) = (&self.held[*index], worth(&self.held[*index]));
            // A day asked for decides among whole captures only, as it does in `serving`.
            let far = as_of.filter(|_| worth == Worth::Whole).map_or(0, |day| self.distance(*index, day));
            let newest = (as_of.is_none() || worth != Worth::Whole).then_some(Reverse((capture.captured, *index)));
            (worth, far, newest, capture.captured, *index)
        });
        indices.dedup();
        indices.into_iter().map(|index| &self.held[index]).collect()
    }

    /// The newest attempt at a source, whatever came of it.
    pub fn newest(&self, source: &Source) -> Option<&'a Capture> {
        let indices = self.shelves(source).into_iter().flat_map(|shelf| shelf.whole.iter().chain(&shelf.rest).copied());
        indices.max_by_key(|index| (self.held[*index].captured, *index)).map(|index| &self.held[index])
    }

    /// Whether a whole body is held for an address, so that it need not be asked for again. An error page counts,
    /// unless its status says that another answer may come later.
    pub(super) fn has_body(&self, address: &str) -> bool {
        let settled = |index: &usize| {
            let capture = &self.held[*index];
            let passing = capture.status.is_some_and(|status| matches!(status, 408 | 425 | 429 | 500..=599));
            capture.outcome == Outcome::Body && capture.completeness == Completeness::Complete && !passing
        };
        let shelf = self.by_address.get(normalized(address).as_ref());
        // a copy that a person or another archive supplied does not make the page itself known
        let own = |index: &usize| {
            let capture = &self.held[*index];
            capture.supplied_by.is_none() && capture.origin != Origin::Memento
        };
        shelf.is_some_and(|shelf| {
            shelf.whole.iter().any(own) || shelf.rest.iter().filter(|index| own(index)).any(settled)
        })
    }

    /// Whether an address was asked after a moment, whatever came of it. Captures are dated in whole seconds: one of the
    /// moment's own second may have been made before it, and does not count.
    pub(super) fn was_asked(&self, address: &str, since: Timestamp) -> bool {
        let shelf = self.by_address.get(normalized(address).as_ref());
        shelf.is_some_and(|shelf| {
            shelf.whole.iter().chain(&shelf.rest).any(|index| {
                let capture = &self.held[*index];
                let own = capture.supplied_by.is_none() && capture.origin != Origin::Memento;
                own && capture.captured.as_second() > since.as_second()
            })
        })
    }

    fn shelves(&self, source: &Source) -> Vec<&Shelf> {
        of_source(source).filter_map(|address| self.by_address.get(normalized(address).as_ref())).collect()
    }

    /// The best whole capture of a shelf: the newest, or the one nearest to a day.
    fn whole(&self, shelf: &Shelf, as_of: Option<Date>) -> Option<usize> {
        let Some(day) = as_of else { return shelf.whole.last().copied() };
        let later = shelf.whole.partition_point(|index| self.day(*index) < day);
        // The last of the earlier ones shares its day with others, of which the earliest counts.
        let before = later.checked_sub(1).and_then(|last| {
            let day = self.day(shelf.whole[last]);
            shelf.whole.get(shelf.whole.partition_point(|index| self.day(*index) < day)).copied()
        });
        let after = shelf.whole.get(later).copied();
        [before, after]
            .into_iter()
            .flatten()
            .min_by_key(|index| (self.distance(*index, day), self.held[*index].captured))
    }

    fn day(&self, index: usize) -> Date {
        self.held[index].captured.to_zoned(TimeZone::UTC).date()
    }

    /// Whole days between a capture and a day.
    fn distance(&self, index: usize, day: Date) -> i64 {
        self.day(index).duration_since(day).as_hours().abs() / 24
    }
}

/// The capture of `held` that serves a source; for many sources make [`Holdings`] once.
///
/// A capture belongs to a source if the address that it asked for, or the one that answered, is the source's URL
/// after normalising (fragments do not count, an empty path is `/`), or if it was asked for by the source's path.
pub fn serving<'a>(source: &Source, as_of: Option<Date>, held: &'a [Capture]) -> Option<&'a Capture> {
    Holdings::new(held).serving(source, as_of)
}
