//! Who may ask which host when: one visit per host at a time, with a pause between, and a limit over all.
//!
//! A visit is a source with those of its redirects that stay on the host. The host is waited for first and
//! the place among all requests second, never the other way round, so that waiting cannot lock up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// The queues of all hosts.
pub(crate) struct Politeness {
    hosts: StdMutex<HashMap<String, Arc<Mutex<LastVisit>>>>,
    places: Arc<Semaphore>,
    min_interval: Duration,
}

/// When the last visit to a host ended.
#[derive(Default)]
struct LastVisit(Option<Instant>);

/// The right to visit a host; ends the visit when it is dropped.
pub(crate) struct Turn {
    host: String,
    last: OwnedMutexGuard<LastVisit>,
    place: Option<OwnedSemaphorePermit>,
}

impl Politeness {
    pub(crate) fn new(concurrency: usize, min_interval: Duration) -> Self {
        let places = Arc::new(Semaphore::new(concurrency.max(1)));
        Self { hosts: StdMutex::default(), places, min_interval }
    }

    /// Waits until the host may be visited.
    pub(crate) async fn turn(&self, host: &str) -> Turn {
        let queue = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(hosts.entry(host.to_owned()).or_default())
        };
        let last = queue.lock_owned().await;
        if let Some(ended) = last.0 {
            tokio::time::sleep_until(ended + self.min_interval).await;
        }
        // the semaphore is never closed; without a place the visit is still polite to its host
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        Turn { host: host.to_owned(), last, place }
    }
}

impl Turn {
    /// Whether the turn is for that host.
    pub(crate) fn is_for(&self, host: &str) -> bool {
        self.host == host
    }

    /// Ends the visit, and keeps the place among all requests: what was fetched is still in memory.
    pub(crate) fn end(mut self) -> Option<OwnedSemaphorePermit> {
        self.place.take()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.last.0 = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_host_is_visited_by_one_at_a_time_and_after_a_pause() {
        let politeness = Arc::new(Politeness::new(16, Duration::from_millis(40)));
        let visits = Arc::new(StdMutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let (politeness, visits) = (Arc::clone(&politeness), Arc::clone(&visits));
            tasks.push(tokio::spawn(async move {
                let turn = politeness.turn("daily.example").await;
                let began = Instant::now();
                tokio::time::sleep(Duration::from_millis(10)).await;
                visits.lock().unwrap().push((began, Instant::now()));
                drop(turn);
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        let mut visits = visits.lock().unwrap().clone();
        visits.sort();
        for pair in visits.windows(2) {
            assert!(pair[1].0 - pair[0].1 >= Duration::from_millis(40), "{:?}", pair[1].0 - pair[0].1);
        }
    }

    #[tokio::test]
    async fn other_hosts_do_not_wait_but_all_together_are_limited() {
        let politeness = Politeness::new(2, Duration::from_secs(60));
        let first = politeness.turn("a.example").await;
        let _second = politeness.turn("b.example").await;
        let third = tokio::time::timeout(Duration::from_millis(50), politeness.turn("c.example")).await;
        assert!(third.is_err(), "a third request began");
        drop(first);
        tokio::time::timeout(Duration::from_secs(5), politeness.turn("c.example")).await.unwrap();
    }
}
