//! All sources of a run: each fetched once, what may pass repeated, every attempt into the archive.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::fetch::{Fetched, Fetcher, Target, Version};
use super::retry::{self, Next, Rules};
use super::settings::Settings;
use crate::archive::{Archive, ArchiveError};
use crate::model::{Capture, CaptureId};

/// What happens while captures are made.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A URL is waiting for its turn, or being fetched.
    Started {
        /// The URL, as it was asked for.
        url: &'a str,
    },
    /// An attempt failed in a way that may pass, and will be repeated.
    Waiting {
        /// The URL, as it was asked for.
        url: &'a str,
        /// What came of the attempt.
        capture: &'a Capture,
        /// How long it waits; `None` is until the end of the run.
        pause: Option<Duration>,
    },
    /// The last attempt at a URL is in the archive.
    Finished {
        /// The URL, as it was asked for.
        url: &'a str,
        /// What came of it.
        capture: &'a Capture,
    },
}

enum Event {
    Started(usize),
    Fetched { number: usize, fetched: Box<Fetched>, next: Next },
}

/// One source on its way.
#[derive(Clone)]
struct Job {
    number: usize,
    target: Target,
    /// Attempts that were made.
    made: u32,
}

/// Fetches each URL once, and archives what came of it.
///
/// Returns one capture per distinct URL, in the order of `urls`: that of the last attempt. Earlier attempts are in
/// the archive as well. A page that is held and did not change is a `revisit`. Dropping the future ends everything
/// that is under way; what was reported is in the archive.
///
/// # Errors
///
/// When the archive cannot be written.
pub async fn capture_all(
    urls: Vec<String>,
    settings: &Settings,
    archive: &mut Archive,
    mut sink: impl FnMut(Progress<'_>),
) -> Result<Vec<Capture>, ArchiveError> {
    let fetcher = Arc::new(Fetcher::new(settings.clone()));
    let mut seen = HashSet::new();
    let urls: Vec<String> = urls.into_iter().filter(|url| seen.insert(url.clone())).collect();
    let mut held: HashMap<usize, CaptureId> = HashMap::new();
    let mut jobs = Vec::with_capacity(urls.len());
    for (number, url) in urls.iter().enumerate() {
        let known = if settings.conditional { archive.validators(url) } else { None };
        let version = known.map(|known| {
            held.insert(number, known.capture);
            Version { url: known.url, etag: known.etag, last_modified: known.last_modified }
        });
        jobs.push(Job { number, target: Target { url: url.clone(), held: version, ..Target::default() }, made: 0 });
    }
    let mut captures = HashMap::new();
    // the second round is for what is left to the end of the run
    while !jobs.is_empty() {
        let (events, mut arriving) = mpsc::unbounded_channel();
        let mut tasks = JoinSet::new();
        for job in jobs.iter().cloned() {
            tasks.spawn(fetch_one(Arc::clone(&fetcher), job, events.clone()));
        }
        drop(events);
        let mut late = Vec::new();
        while let Some(event) = arriving.recv().await {
            let (number, fetched, next) = match event {
                Event::Started(number) => {
                    sink(Progress::Started { url: &urls[number] });
                    continue;
                }
                Event::Fetched { number, fetched, next } => (number, fetched, next),
            };
            for robots in &fetched.robots {
                archive.append_robots(robots)?;
            }
            let unchanged = fetched.exchange.answer.as_ref().is_some_and(|answer| answer.status == 304);
            let capture = match held.get(&number).filter(|_| unchanged) {
                Some(earlier) => archive.append_unchanged(&fetched.exchange, earlier)?,
                None => archive.append_exchange(&fetched.exchange)?,
            };
            let url = &urls[number];
            match next {
                Next::Done => sink(Progress::Finished { url, capture: &capture }),
                Next::After(pause) => sink(Progress::Waiting { url, capture: &capture, pause: Some(pause) }),
                Next::AtTheEnd => {
                    sink(Progress::Waiting { url, capture: &capture, pause: None });
                    late.push(number);
                }
            }
            captures.insert(number, capture);
        }
        late.sort_unstable();
        jobs.retain_mut(|job| {
            // whatever was made before, this is the last one
            job.made = settings.retries;
            late.binary_search(&job.number).is_ok()
        });
        if !jobs.is_empty() {
            tokio::time::sleep(settings.retry_pause).await;
        }
    }
    archive.flush()?;
    Ok((0..urls.len()).filter_map(|number| captures.remove(&number)).collect())
}

async fn fetch_one(fetcher: Arc<Fetcher>, mut job: Job, events: mpsc::UnboundedSender<Event>) {
    let settings = fetcher.settings();
    let rules = Rules { retries: settings.retries, pause: settings.retry_pause, max_wait: settings.max_retry_after };
    let number = job.number;
    // a receiver that is gone means that nobody wants to know any more
    let _ = events.send(Event::Started(number));
    loop {
        let fetched = Box::new(fetcher.fetch(&job.target).await);
        job.made += 1;
        let next = retry::next(fetched.hope, job.made, fetched.asked_to_wait, &rules);
        let _ = events.send(Event::Fetched { number, fetched, next });
        match next {
            Next::After(pause) => tokio::time::sleep(pause).await,
            Next::Done | Next::AtTheEnd => return,
        }
    }
}
