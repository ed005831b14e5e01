//! Age: a figure that differs, in a capture younger than the day that is asked about, says nothing of that day.
//!
//! The captures before it are read: one that carries the figure takes its place, one that already gave the same other
//! value shows that the page has not changed. Where neither is held, a person decides.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Placed;
use super::look::{Evidence, MAX_OTHERS, Questions, add};
use crate::model::{Capture, CheckVerdict, Claim, Flag, FlagClass, Look, Manifest, Origin};
use crate::plan::{Holdings, PlannedLook, Task};

/// A look that found another value, in a capture younger than the day asked about.
struct Later {
    check: usize,
    /// The value that the page gives now.
    value: String,
    /// The day of that capture.
    seen_on: Date,
    /// Another value that an earlier capture gave.
    before: Option<String>,
    settled: bool,
}

impl Evidence<'_> {
    /// Marks figures that differ only in a younger capture with `later-copy`, and puts an older capture that carries them in
    /// its place.
    pub(super) fn look_at_later_copies(&self, manifest: &Manifest, questions: &Questions<'_>, results: &mut [Placed]) {
        let published = manifest.article.as_ref().and_then(|article| article.published);
        let mut holdings: Option<Holdings<'_>> = None;
        for placed in results {
            let claim = &manifest.claims[placed.claim];
            let Some(day) = claim.as_of.or(published) else { continue };
            let mut later = later(claim, placed, day);
            let Some(source) = manifest.sources.get(&placed.source).filter(|_| !later.is_empty()) else { continue };
            let holdings = holdings.get_or_insert_with(|| Holdings::new(self.held()));
            let newest = later.iter().map(|later| later.seen_on).max().unwrap_or(day);
            let served = placed.looks[later[0].check].capture.as_ref().map(|capture| capture.sha256.clone());
            let mut others = holdings.candidates(source, Some(day));
            others.retain(|other| day_of(other) < newest);
            // What is not younger than the day asked about comes first.
            others.sort_by_key(|other| day_of(other) > day);
            let mut read = 0;
            for other in others {
                if later.iter().all(|later| later.settled) || read == MAX_OTHERS {
                    break;
                }
                if served.as_ref() == Some(&other.sha256) {
                    if day_of(other) <= day {
                        later.iter_mut().for_each(|later| later.settled = true);
                    }
                    continue;
                }
                read += 1;
                let planned = PlannedLook { claim: placed.claim, source: placed.source.clone() };
                let task = Task { capture: other.id.clone(), looks: vec![planned] };
                let Some(again) = self.look(manifest, questions, &task, |_, _| ()).placed.into_iter().next() else {
                    continue;
                };
                let mut again: Vec<Option<Look>> = again.looks.into_iter().map(Some).collect();
                for later in later.iter_mut().filter(|later| !later.settled) {
                    if let Some(earlier) = again.get_mut(later.check).and_then(Option::take) {
                        later.weigh(earlier, day_of(other), day, &mut placed.looks[later.check]);
                    }
                }
            }
            for later in later.iter().filter(|later| !later.settled) {
                later.leave_to_a_person(day, &mut placed.looks[later.check]);
            }
        }
    }
}

/// The checks of a claim that found another value, in a capture younger than `day`.
fn later(claim: &Claim, placed: &Placed, day: Date) -> Vec<Later> {
    let of = |(check, look): (usize, &Look)| {
        let (seen, capture) = (look.seen.as_ref().ok()?, look.capture.as_ref()?);
        // The date of a file says when it was last written, not what it showed on which day.
        if claim.as_of.is_none() && capture.origin == Origin::Local && capture.supplied_by.is_none() {
            return None;
        }
        let seen_on = capture.captured.get(..10)?.parse::<Date>().ok().filter(|seen_on| *seen_on > day)?;
        let value = seen.changes.first().filter(|_| seen.verdict == CheckVerdict::Mismatch)?.source.clone();
        Some(Later { check, value, seen_on, before: None, settled: false })
    };
    placed.looks.iter().enumerate().filter_map(of).collect()
}

impl Later {
    /// Weighs what an earlier capture gives.
    fn weigh(&mut self, mut earlier: Look, on: Date, day: Date, look: &mut Look) {
        let Ok(seen) = &mut earlier.seen else { return };
        let veto = seen.flags.iter().any(|flag| flag.class() == FlagClass::Veto);
        if seen.verdict == CheckVerdict::Match && !veto {
            add(seen, Flag::LaterCopy);
            let of_that_day = if on <= day { "on record on that day, in the capture of" } else { "on record on" };
            let detail =
                format!("{of_that_day} {on}; the page now says “{}”, in the capture of {}", self.value, self.seen_on);
            seen.detail = Some(match seen.detail.take() {
                Some(more) => format!("{detail}; {more}"),
                None => detail,
            });
            *look = earlier;
            self.settled = true;
        } else if on <= day
            && let Some(change) = seen.changes.first().filter(|_| seen.verdict == CheckVerdict::Mismatch)
        {
            if change.source == self.value {
                self.settled = true;
            } else if self.before.is_none() {
                self.before = Some(format!("the capture of {on} gives “{}”", change.source));
            }
        }
    }

    /// Nothing that is held says what the page gave on the day asked about.
    fn leave_to_a_person(&self, day: Date, look: &mut Look) {
        let Ok(seen) = &mut look.seen else { return };
        seen.verdict = CheckVerdict::Review;
        add(seen, Flag::LaterCopy);
        let before = match &self.before {
            Some(before) => before.clone(),
            None => "no capture of that time gives a value".to_owned(),
        };
        seen.detail = Some(format!(
            "the page gives “{}” in the capture of {}, which is younger than {day}; {before}",
            self.value, self.seen_on
        ));
    }
}

/// The day of a capture, in UTC.
fn day_of(capture: &Capture) -> Date {
    capture.captured.to_zoned(TimeZone::UTC).date()
}
