//! Who may ask which host when: one request per host at a time, with a pause between, and a limit over all.
//!
//! The host is waited for first and the place among all requests second, never the other way round, and nobody
//! waits for a host while holding another, so that waiting cannot lock up.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

/// Hosts beyond which those that nobody waits for are forgotten: redirects may lead to names without end.
const MANY: usize = 4096;

/// How long a host is remembered at least then; no interval is longer.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// The queues of all hosts; clones share them.
#[derive(Clone, Default)]
pub(crate) struct Queues(Arc<StdMutex<HashMap<String, Arc<Mutex<LastRequest>>>>>);

/// Who may ask: the queues of all hosts, and a limit over all of them.
pub(crate) struct Politeness {
    hosts: Queues,
    places: Arc<Semaphore>,
    jitter: f64,
}

/// When the last request to a host ended, and how long the host wants to be left alone.
#[derive(Default)]
struct LastRequest {
    ended: Option<Instant>,
    hold_until: Option<Instant>,
}

/// The right to ask a host.
pub(crate) struct Turn {
    host: String,
    last: OwnedMutexGuard<LastRequest>,
    place: Option<OwnedSemaphorePermit>,
    jitter: f64,
}

impl Politeness {
    pub(crate) fn new(hosts: Queues, concurrency: usize, jitter: f64) -> Self {
        let places = Arc::new(Semaphore::new(concurrency.max(1)));
        Self { hosts, places, jitter }
    }

    /// Waits until the host may be asked.
    pub(crate) async fn turn(&self, host: &str, interval: Duration) -> Turn {
        let last = self.hosts.of(host).lock_owned().await;
        let mut turn = Turn { host: host.to_owned(), last, place: None, jitter: self.jitter };
        turn.pause(interval).await;
        // the semaphore is never closed; without a place the request is still polite to its host
        turn.place = Arc::clone(&self.places).acquire_owned().await.ok();
        turn
    }
}

impl Queues {
    fn of(&self, host: &str) -> Arc<Mutex<LastRequest>> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= MANY && !hosts.contains_key(host) {
            hosts.retain(|_, queue| Arc::strong_count(queue) > 1 || queue.try_lock().is_ok_and(|last| last.matters()));
        }
        Arc::clone(hosts.entry(host.to_owned()).or_default())
    }
}

impl LastRequest {
    /// Whether somebody may still have to wait because of it.
    fn matters(&self) -> bool {
        let now = Instant::now();
        self.ended.is_some_and(|ended| now < ended + REMEMBERED) || self.hold_until.is_some_and(|until| now < until)
    }
}

impl Turn {
    /// Whether the turn is for that host.
    pub(crate) fn is_for(&self, host: &str) -> bool {
        self.host == host
    }

    /// Waits until the host may be asked (again).
    pub(crate) async fn pause(&mut self, interval: Duration) {
        if let Some(ended) = self.last.ended {
            sleep_until(ended + interval.mul_f64(1.0 + self.jitter.clamp(0.0, 1.0) * chance())).await;
        }
        if let Some(until) = self.last.hold_until.take() {
            sleep_until(until).await;
        }
    }

    /// A request has ended.
    pub(crate) fn asked(&mut self) {
        self.last.ended = Some(Instant::now());
    }

    /// The host wants to be left alone for a while.
    pub(crate) fn hold(&mut self, pause: Duration) {
        self.last.hold_until = Some(Instant::now() + pause);
    }

    /// Lets the host go, and keeps the place among all requests: what was fetched is still in memory.
    pub(crate) fn end(mut self) -> Option<OwnedSemaphorePermit> {
        self.place.take()
    }
}

/// A number from 0 to 1, different each time.
pub(crate) fn chance() -> f64 {
    // the keys of the standard hasher are random; nothing here needs more than that
    (RandomState::new().hash_one(0u8) >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_by_one_at_a_time_and_after_a_pause() {
        let politeness = Arc::new(Politeness::new(Queues::default(), 16, 0.2));
        let visits = Arc::new(StdMutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let (politeness, visits) = (Arc::clone(&politeness), Arc::clone(&visits));
            tasks.push(tokio::spawn(async move {
                let mut turn = politeness.turn("daily.example", Duration::from_secs(40)).await;
                for _ in 0..2 {
                    turn.pause(Duration::from_secs(40)).await;
                    let began = Instant::now();
                    tokio::time::sleep(Duration::from_secs(10)).await;
                    turn.asked();
                    visits.lock().unwrap().push((began, Instant::now()));
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        let mut visits = visits.lock().unwrap().clone();
        visits.sort();
        let gaps: Vec<Duration> = visits.windows(2).map(|pair| pair[1].0 - pair[0].1).collect();
        assert!(gaps.iter().all(|gap| (40.0..97.0).contains(&gap.as_secs_f64())), "{gaps:?}");
        assert!(gaps.iter().any(|gap| *gap != gaps[0]), "the gaps are not in step");
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_wants_to_be_left_alone_is() {
        let politeness = Politeness::new(Queues::default(), 2, 0.0);
        let mut turn = politeness.turn("a.example", Duration::ZERO).await;
        turn.asked();
        turn.hold(Duration::from_secs(30));
        drop(turn);
        let began = Instant::now();
        drop(politeness.turn("a.example", Duration::from_secs(1)).await);
        assert!(began.elapsed() >= Duration::from_secs(30));
        let again = Instant::now();
        drop(politeness.turn("a.example", Duration::from_secs(1)).await);
        assert!(again.elapsed() < Duration::from_secs(2), "once");
    }

    #[tokio::test(start_paused = true)]
    async fn other_hosts_do_not_wait_but_all_together_are_limited() {
        let politeness = Politeness::new(Queues::default(), 2, 0.0);
        let minute = Duration::from_secs(60);
        let first = politeness.turn("a.example", minute).await;
        let _second = politeness.turn("b.example", minute).await;
        let third = tokio::time::timeout(Duration::from_secs(50), politeness.turn("c.example", minute)).await;
        assert!(third.is_err(), "a third request began");
        drop(first);
        tokio::time::timeout(Duration::from_secs(5), politeness.turn("c.example", minute)).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn names_without_end_are_forgotten_and_those_that_matter_are_not() {
        let politeness = Politeness::new(Queues::default(), 2, 0.0);
        let minute = Duration::from_secs(60);
        let ask = async |host: String| politeness.turn(&host, minute).await.asked();
        ask("wire.example".to_owned()).await;
        tokio::time::advance(REMEMBERED / 2).await;
        for number in 0..MANY - 1 {
            drop(politeness.turn(&format!("{number}.example"), minute).await);
        }
        ask("daily.example".to_owned()).await;
        let known = |host: &str| politeness.hosts.0.lock().unwrap().contains_key(host);
        assert!(known("wire.example") && known("daily.example") && !known("7.example"));
        assert_eq!(politeness.hosts.0.lock().unwrap().len(), 2);
    }
}
