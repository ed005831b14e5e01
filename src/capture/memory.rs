//! What is remembered of hosts from one run to the next: when each was asked last, and what its robots.txt says.
//!
//! A run that begins where another ended would else ask a host at once that was asked a moment ago. Nothing of it
//! outlives the process; what is old is forgotten.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use tokio::sync::Mutex;
use tokio::time::Instant;

use super::politeness::Queues;
use super::retry::Failed;
use super::robots::Rules;

/// Origins whose robots.txt is remembered; beyond that, those that are out of date are forgotten.
const MANY: usize = 1024;

/// What is remembered of hosts; clones share it.
#[derive(Clone, Default)]
pub struct Memory {
    pub(super) queues: Queues,
    robots: Arc<StdMutex<HashMap<String, Slot>>>,
}

/// A place for what is known of one robots.txt; whoever asks for it holds the lock meanwhile.
pub(super) type Slot = Arc<Mutex<Option<Known>>>;

/// What is known of a robots.txt.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) rules: Result<Arc<Rules>, Failed>,
    pub(super) until: Instant,
}

impl Memory {
    /// The place for the robots.txt of an origin, as it is read under one of our names.
    pub(super) fn robots(&self, origin: &str, product: &str) -> Slot {
        let key = format!("{product} {origin}");
        let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        if robots.len() >= MANY && !robots.contains_key(&key) {
            let now = Instant::now();
            let holds = |known: &Option<Known>| known.as_ref().is_some_and(|known| known.until > now);
            robots.retain(|_, slot| Arc::strong_count(slot) > 1 || slot.try_lock().is_ok_and(|known| holds(&known)));
        }
        Arc::clone(robots.entry(key).or_default())
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}
