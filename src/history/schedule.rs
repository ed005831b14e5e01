//! Schedules: when a claim is looked at again.
//!
//! A schedule is an interval (`6 h`) or a cron expression (five fields, UTC). Intervals are denser right after
//! publication and slower later, by the table below; a cron expression means what it says. A little is added to every
//! time, the same for the same claim, so that a thousand claims do not come due in one second.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// How the interval grows with the age of the article: up to so many days, so many times the interval (in quarters).
/// Corrections come early: most of them within days.
pub const AGES: [(i64, i64); 4] = [(2, 1), (14, 4), (90, 16), (i64::MAX, 56)];

/// The shortest interval that may be asked for.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);

/// The longest that a schedule waits, whatever its table says.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 90);

/// A schedule cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no schedule: write an interval such as \"6 h\", \"30 min\" or \"2 days\", or five fields of cron")]
pub struct ScheduleError {
    text: String,
}

/// How often.
#[derive(Debug, Clone)]
pub enum Every {
    /// So much time between two looks, at the age of the article at which the table says 1.
    Interval(SignedDuration),
    /// At the times of a cron expression, in UTC.
    Cron(Box<croner::Cron>),
}

/// When a claim is looked at.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// How often.
    pub every: Every,
    /// The moment from which it is looked at no more.
    pub until: Option<Timestamp>,
    /// When the article was published; intervals count its age from then.
    pub published: Option<Timestamp>,
}

impl FromStr for Every {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ScheduleError { text: text.to_owned() };
        let plain = text.trim().trim_start_matches("every ").trim();
        if plain.split_whitespace().count() == 5 || plain.starts_with('@') {
            return croner::Cron::from_str(plain).map(|cron| Self::Cron(Box::new(cron))).map_err(|_| wrong());
        }
        let digits = plain.len() - plain.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let count: i64 = plain[..digits].parse().map_err(|_| wrong())?;
        let minutes = match plain[digits..].trim() {
            "min" | "minute" | "minutes" => 1,
            "h" | "hour" | "hours" => 60,
            "d" | "day" | "days" => 24 * 60,
            "w" | "week" | "weeks" => 7 * 24 * 60,
            _ => return Err(wrong()),
        };
        let interval = count.checked_mul(minutes).map(SignedDuration::from_mins).ok_or_else(wrong)?;
        if interval < SHORTEST || interval > LONGEST { Err(wrong()) } else { Ok(Self::Interval(interval)) }
    }
}

impl Schedule {
    /// When `subject` is due next, last looked at `last`; `None` where it is looked at no more.
    ///
    /// What was missed while nothing ran is caught up once: a time that has passed is due now, however many passed.
    /// A clock that was set back makes nothing wait longer than one interval from now.
    pub fn next(&self, subject: &str, last: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        if self.until.is_some_and(|until| now >= until) {
            return None;
        }
        let Some(last) = last else { return Some(now) };
        let last = last.min(now);
        let due = match &self.every {
            Every::Interval(interval) => {
                let interval = self.aged(*interval, now);
                last.checked_add(interval).and_then(|due| due.checked_add(jitter(subject, interval))).ok()?
            }
            Every::Cron(cron) => {
                let from = last.to_zoned(TimeZone::UTC);
                let next = cron.find_next_occurrence(&from, false).ok()?.timestamp();
                next.checked_add(jitter(subject, SignedDuration::from_mins(10))).ok()?
            }
        };
        Some(due).filter(|due| self.until.is_none_or(|until| *due < until))
    }

    /// The interval at the age that the article has now.
    fn aged(&self, interval: SignedDuration, now: Timestamp) -> SignedDuration {
        let Some(published) = self.published else { return interval };
        let days = now.duration_since(published).as_hours() / 24;
        let quarters = AGES.iter().find(|(until, _)| days < *until).map_or(4, |(_, quarters)| *quarters);
        let seconds = interval.as_secs().saturating_mul(quarters) / 4;
        SignedDuration::from_secs(seconds).clamp(SHORTEST, LONGEST)
    }
}

/// Up to a tenth of the interval, the same for the same subject.
fn jitter(subject: &str, interval: SignedDuration) -> SignedDuration {
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    subject.hash(&mut hasher);
    let tenth = (interval.as_secs() / 10).max(1) as u64;
    SignedDuration::from_secs((hasher.finish() % tenth) as i64)
}

/// FNV-1a: the same in every run and on every machine.
struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn schedule(every: &str) -> Schedule {
        Schedule { every: every.parse().expect("a schedule"), until: None, published: None }
    }

    #[test]
    fn intervals_and_cron_are_read_and_nonsense_is_not() {
        for good in ["6 h", "every 6 h", "30 min", "2 days", "1w", "0 6 * * *", "*/15 8-18 * * MON-FRI", "@daily"] {
            assert!(good.parse::<Every>().is_ok(), "{good}");
        }
        for bad in ["", "h", "6", "6 fortnights", "0 min", "-1 h", "99999999999999999999 h", "61 * * * *", "a b c d e"]
        {
            assert!(bad.parse::<Every>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_was_missed_is_caught_up_once() {
        let every = schedule("6 h");
        let last = at("2026-01-01T00:00:00Z");
        let due = every.next("a", Some(last), at("2026-01-01T01:00:00Z")).expect("it goes on");
        assert!(due >= at("2026-01-01T06:00:00Z") && due < at("2026-01-01T06:36:00Z"), "{due}");
        // Two days later it is due once, and then again six hours after that look.
        let now = at("2026-01-03T00:00:00Z");
        assert!(every.next("a", Some(last), now).expect("it goes on") <= now);
        assert!(every.next("a", Some(now), now).expect("it goes on") >= at("2026-01-03T06:00:00Z"));
    }

    #[test]
    fn a_clock_set_back_stops_nothing() {
        let every = schedule("6 h");
        let now = at("2026-01-01T00:00:00Z");
        let due = every.next("a", Some(at("2027-01-01T00:00:00Z")), now).expect("it goes on");
        assert!(due <= at("2026-01-01T06:36:00Z"), "{due}");
    }

    #[test]
    fn it_is_denser_after_publication_and_slower_later() {
        let published = Some(at("2026-01-01T00:00:00Z"));
        let every = Schedule { published, ..schedule("8 h") };
        let wait = |now: &str| {
            let now = at(now);
            every.next("a", Some(now), now).expect("it goes on").duration_since(now).as_hours()
        };
        let waits = [
            wait("2026-01-01T12:00:00Z"),
            wait("2026-01-08T00:00:00Z"),
            wait("2026-02-08T00:00:00Z"),
            wait("2027-02-08T00:00:00Z"),
        ];
        assert!(waits.is_sorted_by(|a, b| a < b), "{waits:?}");
        assert_eq!((waits[0], waits[1]), (2, 8));
    }

    #[test]
    fn until_ends_it_and_cron_keeps_its_hour() {
        let ended = Schedule { until: Some(at("2026-01-02T00:00:00Z")), ..schedule("1 h") };
        assert_eq!(ended.next("a", None, at("2026-01-02T00:00:00Z")), None);
        assert_eq!(ended.next("a", None, at("2026-01-01T00:00:00Z")), Some(at("2026-01-01T00:00:00Z")));
        let due = schedule("0 6 * * *").next("a", Some(at("2026-01-01T07:00:00Z")), at("2026-01-01T07:00:00Z"));
        let due = due.expect("it goes on");
        assert!(due >= at("2026-01-02T06:00:00Z") && due < at("2026-01-02T06:10:00Z"), "{due}");
    }
}
