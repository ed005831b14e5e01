//! Which attempts are worth repeating, and when.
//!
//! What may pass is repeated after a pause that doubles; what will not (a refused address, a bad certificate, a page
//! that is gone) is asked for once. The last repetition is made at the end of the run, when most time has passed.

use std::time::Duration;

use jiff::Timestamp;

use super::politeness::chance;
use crate::archive::{Answer, Exchange, Truncation};
use crate::model::{Failure, Reason};

/// Whether another attempt may end better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hope {
    /// No.
    None,
    /// Only after a long while: nobody answered.
    Later,
    /// Soon: the server broke off, or says that it is busy.
    Soon,
}

/// A failure, and whether another attempt may end better.
#[derive(Debug, Clone)]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) hope: Hope,
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        let hope = match failure.reason {
            Reason::Timeout | Reason::Connect | Reason::Dns => Hope::Later,
            _ => Hope::None,
        };
        Self { failure, hope }
    }
}

/// What hope an answer leaves.
pub(crate) fn hope_of(answer: &Answer) -> Hope {
    match (answer.status, answer.truncated) {
        (408 | 425 | 429 | 500 | 502..=504, _) => Hope::Soon,
        (200..=299, Some(Truncation::Disconnect)) => Hope::Soon,
        (200..=299, Some(Truncation::Time)) => Hope::Later,
        _ => Hope::None,
    }
}

/// What is done next about a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nothing: it is done, or there is no hope.
    Done,
    /// Another attempt after a pause.
    After(Duration),
    /// Another attempt at the end of the run.
    AtTheEnd,
}

/// Decides after the `made`-th attempt, of which `1 + retries` are made at most.
pub(crate) fn next(hope: Hope, made: u32, asked_to_wait: Option<Duration>, rules: &Rules) -> Next {
    if hope == Hope::None || made > rules.retries || asked_to_wait.is_some_and(|wait| wait > rules.max_wait) {
        return Next::Done;
    }
    if made == rules.retries || hope == Hope::Later {
        return Next::AtTheEnd;
    }
    let doubled = rules.pause.saturating_mul(1 << (made - 1).min(10));
    Next::After(doubled.mul_f64(1.0 + 0.2 * chance()).max(asked_to_wait.unwrap_or_default()))
}

/// How often, and how long between.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) retries: u32,
    pub(crate) pause: Duration,
    pub(crate) max_wait: Duration,
}

/// How long a server asks us to wait, where it does so in an answer that means "later".
pub(crate) fn retry_after(exchange: &Exchange, now: Timestamp) -> Option<Duration> {
    let answer = exchange.answer.as_ref().filter(|answer| matches!(answer.status, 429 | 503))?;
    let field = answer.fields.iter().find(|field| field.name.eq_ignore_ascii_case("retry-after"))?;
    let written = std::str::from_utf8(&field.value).ok()?.trim();
    if !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit()) {
        // more digits than a number holds are a very long time
        return Some(Duration::from_secs(written.parse().unwrap_or(u64::MAX)));
    }
    let date = jiff::fmt::rfc2822::parse(written).ok()?.timestamp();
    Some(Duration::from_secs(u64::try_from(date.as_second() - now.as_second()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules { retries: 3, pause: Duration::from_secs(1), max_wait: Duration::from_secs(30) };

    #[test]
    fn pauses_double_and_the_last_attempt_is_made_at_the_end() {
        for (made, least, most) in [(1, 1.0, 1.2), (2, 2.0, 2.4)] {
            let Next::After(pause) = next(Hope::Soon, made, None, &RULES) else { panic!("{made}") };
            assert!((least..=most).contains(&pause.as_secs_f64()), "{pause:?}");
        }
        assert_eq!(next(Hope::Soon, 3, None, &RULES), Next::AtTheEnd);
        assert_eq!(next(Hope::Soon, 4, None, &RULES), Next::Done);
        assert_eq!(next(Hope::Later, 1, None, &RULES), Next::AtTheEnd);
        assert_eq!(next(Hope::None, 1, None, &RULES), Next::Done);
        assert_eq!(next(Hope::Soon, 1, None, &Rules { retries: 0, ..RULES }), Next::Done);
    }

    #[test]
    fn a_server_that_asks_for_time_gets_it_or_is_left_alone() {
        let wait = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(next(Hope::Soon, 1, wait(20), &RULES), Next::After(Duration::from_secs(20)));
        assert_eq!(next(Hope::Soon, 1, wait(31), &RULES), Next::Done);
    }
}
