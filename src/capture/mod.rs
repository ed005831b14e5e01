//! Sources into captures: the network and local files on one side, the archive on the other.
//!
//! [`capture_all`] fetches URLs at the same time and writes what came of each into the archive as it
//! arrives, failed attempts too. Promises: no address is asked that the [`guard`] refuses, no host more often
//! than is polite, and everything is bounded in time and size ([`Settings`]). Decides nothing about what a
//! page means; [`failure_of`] only says what an HTTP status does.

mod failure;
pub mod guard;
pub mod http;
mod local;
mod politeness;
mod settings;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub use failure::failure_of;
pub use http::{Fetcher, SetupError};
pub use local::{LocalFile, content_type, read_local};
pub use settings::Settings;

use crate::archive::{Archive, ArchiveError};
use crate::model::Capture;

/// Why captures could not be made at all.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// The network client could not be set up.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The archive could not be written.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// What happens while captures are made.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A URL is waiting for its turn, or being fetched.
    Started {
        /// The URL, as it was asked for.
        url: &'a str,
    },
    /// The server asks to come back later, and that will be done.
    Waiting {
        /// The URL, as it was asked for.
        url: &'a str,
    },
    /// An attempt is in the archive.
    Finished {
        /// The URL, as it was asked for.
        url: &'a str,
        /// What came of it.
        capture: &'a Capture,
    },
}

enum Event {
    Started(usize),
    Fetched { number: usize, held: Box<http::Held>, retry: bool },
}

/// Fetches each URL once, and archives what came of it.
///
/// Returns one capture per distinct URL, in the order of `urls`. Where a server asked to come back soon, that
/// was done once, and the earlier attempt is in the archive as well. Dropping the future ends everything that
/// is under way; what was reported as finished is in the archive.
pub async fn capture_all(
    urls: Vec<String>,
    settings: &Settings,
    archive: &mut Archive,
    mut sink: impl FnMut(Progress<'_>),
) -> Result<Vec<Capture>, CaptureError> {
    let fetcher = Arc::new(Fetcher::new(settings.clone())?);
    let mut seen = HashSet::new();
    let urls: Vec<String> = urls.into_iter().filter(|url| seen.insert(url.clone())).collect();
    let (events, mut arriving) = mpsc::unbounded_channel();
    let mut tasks = JoinSet::new();
    for (number, url) in urls.iter().cloned().enumerate() {
        tasks.spawn(fetch_one(Arc::clone(&fetcher), number, url, events.clone()));
    }
    drop(events);
    let mut captures = HashMap::new();
    while let Some(event) = arriving.recv().await {
        match event {
            Event::Started(number) => sink(Progress::Started { url: &urls[number] }),
            Event::Fetched { number, held, retry } => {
                let capture = archive.append_exchange(&held.exchange)?;
                sink(Progress::Finished { url: &urls[number], capture: &capture });
                if retry {
                    sink(Progress::Waiting { url: &urls[number] });
                }
                captures.insert(number, capture);
            }
        }
    }
    archive.flush()?;
    Ok((0..urls.len()).filter_map(|number| captures.remove(&number)).collect())
}

async fn fetch_one(fetcher: Arc<Fetcher>, number: usize, url: String, events: mpsc::UnboundedSender<Event>) {
    // a receiver that is gone means that nobody wants to know any more
    let _ = events.send(Event::Started(number));
    let held = Box::new(fetcher.fetch_held(&url).await);
    let limit = fetcher.settings().max_retry_after;
    let pause = http::retry_after(&held.exchange).filter(|pause| *pause <= limit);
    let _ = events.send(Event::Fetched { number, held, retry: pause.is_some() });
    if let Some(pause) = pause {
        // "at once" still gets a pause
        tokio::time::sleep(pause.max(Duration::from_millis(100))).await;
        let held = Box::new(fetcher.fetch_held(&url).await);
        let _ = events.send(Event::Fetched { number, held, retry: false });
    }
}
