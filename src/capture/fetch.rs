//! One source into an exchange: its redirects, its answer as sent, or why there is none.
//!
//! Every request and every redirect passes the guard, the host's robots.txt and its turn, in this order. Never
//! fails: what goes wrong is part of the exchange.

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;
use url::Url;

use super::connect::Connector;
use super::guard;
use super::http::{self, Asked, Asking, now};
use super::memory::Known;
use super::politeness::{Politeness, Turn};
use super::retry::{self, Failed, Hope, hope_of};
use super::robots::Rules;
use super::settings::{PRODUCT, Settings};
use crate::archive::{Answer, Exchange};
use crate::model::address::shown;
use crate::model::{Failure, Reason};

/// Fetches sources, politely.
pub(crate) struct Fetcher {
    connector: Connector,
    settings: Settings,
    politeness: Politeness,
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Target {
    pub(crate) url: String,
    /// The version that is held already: an answer may say that it is still the one.
    pub(crate) held: Option<Version>,
    /// Further header fields.
    pub(crate) fields: Vec<(&'static str, String)>,
    /// Whether robots.txt is asked. Not for what answers programs alone, as the interfaces of web archives do.
    pub(crate) for_programs: bool,
}

/// A version of a page that is held.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    /// Where it answered.
    pub(crate) url: String,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

/// What came of one attempt. It still counts as a request, so that finished ones do not pile up in memory.
pub(crate) struct Fetched {
    pub(crate) exchange: Exchange,
    pub(crate) hope: Hope,
    /// How long the server asks us to stay away.
    pub(crate) asked_to_wait: Option<Duration>,
    /// Every robots.txt that was asked for on the way.
    pub(crate) robots: Vec<Exchange>,
    /// Freed when the exchange is.
    _place: Option<OwnedSemaphorePermit>,
}

/// What one attempt carries along.
struct Visit<'f> {
    exchange: &'f mut Exchange,
    turn: &'f mut Option<Turn>,
    robots: &'f mut Vec<Exchange>,
}

/// How far an attempt goes.
struct Bounds {
    max_redirects: usize,
    max_body: usize,
    ask_robots: bool,
}

/// A day, the longest time for which a robots.txt may be kept (RFC 9309, section 2.4).
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Fetcher {
    pub(crate) fn new(settings: Settings) -> Self {
        let connector = Connector::new(&settings);
        let politeness = Politeness::new(settings.memory.queues.clone(), settings.concurrency, settings.jitter);
        Self { connector, settings, politeness }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Fetches one source, when its host's turn comes.
    pub(crate) async fn fetch(&self, target: &Target) -> Fetched {
        let mut exchange = blank(&target.url);
        let (mut turn, mut robots) = (None, Vec::new());
        let bounds = Bounds {
            max_redirects: self.settings.max_redirects,
            max_body: self.settings.max_body,
            ask_robots: !target.for_programs,
        };
        let visit = Visit { exchange: &mut exchange, turn: &mut turn, robots: &mut robots };
        let hope = match self.follow(target, &bounds, visit).await {
            Ok(()) => exchange.answer.as_ref().map_or(Hope::None, hope_of),
            Err(failed) => {
                exchange.failure = Some(failed.failure);
                failed.hope
            }
        };
        let asked_to_wait = retry::retry_after(&exchange, now());
        if let (Some(wait), Some(turn)) = (asked_to_wait, &mut turn)
            && wait <= self.settings.max_retry_after
        {
            turn.hold(wait);
        }
        Fetched { exchange, hope, asked_to_wait, robots, _place: turn.and_then(Turn::end) }
    }

    /// Asks, and asks again where the answer points, until there is one that does not.
    async fn follow(&self, target: &Target, bounds: &Bounds, visit: Visit<'_>) -> Result<(), Failed> {
        let Visit { exchange, turn, robots } = visit;
        let mut url = Url::parse(&target.url).map_err(|error| {
            let written: String = target.url.chars().take(80).collect();
            Failure::new(Reason::BadUrl, format!("{written:?} is no usable address: {error}"))
        })?;
        let mut left = self.settings.total_timeout;
        loop {
            // a password in an address would be sent, and kept
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.set_fragment(None);
            guard::check(&url, &self.settings)?;
            if exchange.hops.iter().any(|hop| hop.url == shown(url.as_str())) {
                let detail = format!("the redirects lead back to {}", shown(url.as_str()));
                return Err(Failure::new(Reason::TooManyRedirects, detail).into());
            }
            if exchange.hops.len() > bounds.max_redirects {
                let detail = format!(
                    "there are more than {} redirects, the last one to {}",
                    bounds.max_redirects,
                    shown(url.as_str())
                );
                return Err(Failure::new(Reason::TooManyRedirects, detail).into());
            }
            let applied = self.settings.hosts.of(&url);
            let mut interval = applied.interval.unwrap_or(self.settings.min_interval);
            if bounds.ask_robots && !applied.ignore_robots.unwrap_or(self.settings.ignore_robots) {
                let rules = Box::pin(self.rules(&url, turn, robots)).await?;
                if !rules.allow(&url) {
                    return Err(forbidden(&url).into());
                }
                let delay = rules.delay.unwrap_or_default().min(self.settings.max_crawl_delay);
                interval = interval.max(delay);
            }
            let host = url.host_str().unwrap_or_default();
            match turn {
                Some(turn) if turn.is_for(host) => turn.pause(interval).await,
                _ => {
                    // the old host is let go before the new one is waited for
                    *turn = None;
                    *turn = Some(self.politeness.turn(host, interval).await);
                }
            }
            let began = Instant::now();
            let asking =
                Asking { applied, fields: fields(target, &url), deadline: began + left, max_body: bounds.max_body };
            let answer = http::ask(&self.connector, &url, &self.settings, asking).await;
            if let Some(turn) = turn {
                turn.asked();
            }
            let Asked { answer, next } = answer?;
            left = http::left(left, began);
            match next {
                Some(next) => {
                    exchange.hops.push(answer);
                    url = next;
                }
                None => {
                    exchange.answer = Some(answer);
                    return Ok(());
                }
            }
        }
    }

    /// What the robots.txt of a URL's origin says, asked for where that is not known.
    async fn rules(&self, url: &Url, turn: &mut Option<Turn>, log: &mut Vec<Exchange>) -> Result<Arc<Rules>, Failed> {
        let slot = self.settings.memory.robots(&url.origin().ascii_serialization(), self.product(url));
        // whoever waits here must hold no host: the one that asks may need it
        if let Ok(known) = slot.try_lock()
            && let Some(known) = known.as_ref().filter(|known| known.until > Instant::now())
        {
            return known.rules.clone();
        }
        *turn = None;
        let mut known = slot.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.until > Instant::now()) {
            return known.rules.clone();
        }
        let rules = self.ask_robots(url, log).await;
        let kept = match &rules {
            Ok(_) => DAY,
            // the next attempt asks anew, others of the same moment do not
            Err(_) => self.settings.retry_pause / 2,
        };
        *known = Some(Known { rules: rules.clone(), until: Instant::now() + kept });
        rules
    }

    async fn ask_robots(&self, url: &Url, log: &mut Vec<Exchange>) -> Result<Arc<Rules>, Failed> {
        let mut address = url.clone();
        address.set_path("/robots.txt");
        address.set_query(None);
        let target = Target { url: address.to_string(), ..Target::default() };
        let bounds = Bounds { max_redirects: 5, max_body: self.settings.max_robots, ask_robots: false };
        let mut exchange = blank(&target.url);
        let (mut turn, mut none) = (None, Vec::new());
        let visit = Visit { exchange: &mut exchange, turn: &mut turn, robots: &mut none };
        let followed = self.follow(&target, &bounds, visit).await;
        drop(turn);
        let host = url.host_str().unwrap_or_default();
        let rules = match (followed, &exchange.answer) {
            // more redirects than five: as if there were none (section 2.3.1.2)
            (Err(failed), _) if failed.failure.reason == Reason::TooManyRedirects => Ok(Rules::default()),
            // the host itself does not answer, and would not answer for the page either
            (Err(failed), _) if exchange.hops.is_empty() => return Err(failed),
            (Err(Failed { failure, hope }), _) => {
                let detail = format!("the robots.txt of {host} cannot be read: {}", failure.detail);
                Err(Failed { failure: Failure::new(Reason::Robots, detail), hope })
            }
            (Ok(()), Some(answer)) => match answer.status {
                200..=299 => Ok(Rules::parse(&text(answer, self.settings.max_robots), self.product(url))),
                500.. => {
                    let detail = format!(
                        "the robots.txt of {host} cannot be read (status {}), and without it the page is not asked for; \
                         --ignore-robots does",
                        answer.status
                    );
                    Err(Failed { failure: Failure::new(Reason::Robots, detail), hope: Hope::Later })
                }
                _ => Ok(Rules::default()),
            },
            (Ok(()), None) => Ok(Rules::default()),
        };
        log.push(exchange);
        rules.map(Arc::new)
    }

    /// The name by which a host's robots.txt knows us.
    fn product<'f>(&'f self, url: &Url) -> &'f str {
        let agent = self.settings.hosts.of(url).user_agent.unwrap_or(&self.settings.user_agent);
        let product = agent.split(['/', ' ']).next().unwrap_or_default();
        if product.is_empty() { PRODUCT } else { product }
    }
}

fn blank(url: &str) -> Exchange {
    Exchange { requested: shown(url).into_owned(), began: now(), hops: Vec::new(), answer: None, failure: None }
}

fn forbidden(url: &Url) -> Failure {
    let host = url.host_str().unwrap_or_default();
    let detail = format!(
        "the robots.txt of {host} asks programs not to read {}; --ignore-robots reads it all the same, or attach a copy \
         that you saved yourself: onrecord attach",
        url.path()
    );
    Failure::new(Reason::Robots, detail)
}

/// The further fields of a request. What is held counts only where it answered.
fn fields(target: &Target, url: &Url) -> Vec<(&'static str, String)> {
    let mut fields = target.fields.clone();
    if let Some(held) = target.held.as_ref().filter(|held| held.url == shown(url.as_str())) {
        fields.extend(held.etag.iter().map(|etag| ("if-none-match", etag.clone())));
        fields.extend(held.last_modified.iter().map(|date| ("if-modified-since", date.clone())));
    }
    fields
}

/// The text of an answer, unpacked where it was sent packed.
pub(crate) fn text(answer: &Answer, limit: usize) -> Vec<u8> {
    let packed = answer.fields.iter().any(|field| {
        field.name.eq_ignore_ascii_case("content-encoding") && field.value.trim_ascii().eq_ignore_ascii_case(b"gzip")
    });
    if !packed {
        return answer.body.clone();
    }
    let mut text = Vec::new();
    // what can be read of a damaged one counts, as it does for one that was cut off
    let _ = flate2::read::MultiGzDecoder::new(&answer.body[..]).take(limit as u64).read_to_end(&mut text);
    text
}
