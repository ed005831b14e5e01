//! One URL over the network into an exchange: its redirects, its answer as sent, or why there is none.
//!
//! Every request and every redirect passes the guard; no proxy, cookie, referrer or credential is used, and
//! connections are not kept. Bodies are kept as sent, up to a limit, and cut transfers are kept as what they
//! are. All waiting has an end. Never fails: what goes wrong is part of the exchange.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, LOCATION, USER_AGENT};
use reqwest::{Client, Response, Version};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::failure::of_request;
use super::guard::{self, PublicResolver};
use super::politeness::{Politeness, Turn};
use super::settings::Settings;
use crate::archive::{Answer, Exchange, Field, Protocol, Truncation};
use crate::model::{Failure, Reason};

/// The client could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("cannot set up the network client: {0}")]
pub struct SetupError(#[from] reqwest::Error);

/// Fetches sources, politely.
pub struct Fetcher {
    client: Client,
    settings: Settings,
    politeness: Politeness,
}

/// An exchange that still counts as a request, so that finished ones do not pile up in memory.
pub(crate) struct Held {
    pub(crate) exchange: Exchange,
    /// Freed when the exchange is.
    _place: Option<OwnedSemaphorePermit>,
}

/// An answer whose body is still to come, and what was asked.
struct Started {
    response: Response,
    asked: Timestamp,
    request: Vec<Field>,
}

impl Fetcher {
    /// Sets up a client.
    pub fn new(settings: Settings) -> Result<Self, SetupError> {
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .dns_resolver(Arc::new(PublicResolver { allow_private: settings.allow_private }))
            .connect_timeout(settings.connect_timeout)
            .pool_max_idle_per_host(0)
            .http1_max_headers(settings.max_fields)
            .http2_max_header_list_size(u32::try_from(settings.max_header).unwrap_or(u32::MAX))
            .build()?;
        let politeness = Politeness::new(settings.concurrency, settings.min_interval);
        Ok(Self { client, settings, politeness })
    }

    /// The settings it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Fetches one URL, when its host's turn comes.
    pub async fn fetch(&self, url: &str) -> Exchange {
        self.fetch_held(url).await.exchange
    }

    pub(crate) async fn fetch_held(&self, requested: &str) -> Held {
        let mut exchange = Exchange {
            requested: without_secrets(requested),
            began: now(),
            hops: Vec::new(),
            answer: None,
            failure: None,
        };
        let mut turn = None;
        if let Err(failure) = self.follow(requested, &mut exchange, &mut turn).await {
            exchange.failure = Some(failure);
        }
        Held { exchange, _place: turn.and_then(Turn::end) }
    }

    /// Asks, and asks again where the answer points, until there is one that does not.
    async fn follow(&self, url: &str, exchange: &mut Exchange, turn: &mut Option<Turn>) -> Result<(), Failure> {
        let mut url = Url::parse(url).map_err(|error| {
            let shown: String = url.chars().take(80).collect();
            Failure::new(Reason::BadUrl, format!("{shown:?} is no usable address: {error}"))
        })?;
        let mut left = self.settings.total_timeout;
        loop {
            // a password in an address would be sent, and kept
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.set_fragment(None);
            guard::check(&url, &self.settings)?;
            if exchange.hops.iter().any(|hop| hop.url == url.as_str()) {
                let detail = format!("the redirects lead back to {url}");
                return Err(Failure::new(Reason::TooManyRedirects, detail));
            }
            if exchange.hops.len() > self.settings.max_redirects {
                let detail =
                    format!("there are more than {} redirects, the last one to {url}", self.settings.max_redirects);
                return Err(Failure::new(Reason::TooManyRedirects, detail));
            }
            let host = url.host_str().unwrap_or_default().to_owned();
            if turn.as_ref().is_none_or(|turn| !turn.is_for(&host)) {
                // the old host is let go before the new one is waited for
                *turn = None;
                *turn = Some(self.politeness.turn(&host).await);
            }
            let began = Instant::now();
            let answer = self.ask(&url, began + left).await?;
            left = left.saturating_sub(began.elapsed());
            match answer.location.as_deref().map(Url::parse) {
                Some(Ok(next)) => {
                    exchange.hops.push(answer);
                    url = next;
                }
                _ => {
                    exchange.answer = Some(answer);
                    return Ok(());
                }
            }
        }
    }

    async fn ask(&self, url: &Url, deadline: Instant) -> Result<Answer, Failure> {
        let Started { response, asked, request } = self.start(url, deadline).await?;
        let location = redirect(&response, url);
        let mut answer = Answer {
            url: url.to_string(),
            asked,
            request,
            protocol: protocol(response.version()),
            status: response.status().as_u16(),
            fields: fields(response.headers()),
            body: Vec::new(),
            truncated: None,
            peer: response.remote_addr().map(|peer| peer.ip()),
            location,
        };
        // a redirect's body is not read by anyone: a little of it is enough
        let limit =
            if answer.location.is_some() { self.settings.max_body.min(1 << 20) } else { self.settings.max_body };
        answer.truncated = read_body(response, &mut answer.body, limit, deadline).await;
        Ok(answer)
    }

    /// Sends the request and waits for the header of the answer.
    async fn start(&self, url: &Url, deadline: Instant) -> Result<Started, Failure> {
        let asked = now();
        let request = self
            .client
            .get(url.clone())
            .header(USER_AGENT, self.settings.user_agent.as_str())
            .header(ACCEPT, "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8")
            // what else could be decoded could not be replayed from the archive by others
            .header(ACCEPT_ENCODING, "gzip")
            .build()
            .map_err(|error| of_request(&error, url))?;
        let mut sent = vec![Field::new("Host", authority(url))];
        sent.extend(fields(request.headers()));
        let until = deadline.min(Instant::now() + self.settings.header_timeout);
        let response = match timeout_at(until, self.client.execute(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(of_request(&error, url)),
            Err(_) => {
                let host = url.host_str().unwrap_or_default();
                let detail = format!("{host} did not send the header of its answer within the time allowed");
                return Err(Failure::new(Reason::Timeout, detail));
            }
        };
        if let Some(peer) = response.remote_addr()
            && let Some(why) = guard::refuse(peer.ip())
            && !guard::allowed(peer, &self.settings)
        {
            return Err(guard::refused(&peer.ip().to_string(), why));
        }
        let size: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        if size > self.settings.max_header {
            let detail = format!("the header of the answer is longer than {} bytes", self.settings.max_header);
            return Err(Failure::new(Reason::TooLarge, detail));
        }
        Ok(Started { response, asked, request: sent })
    }
}

/// Reads a body up to `limit`; says why it is not whole.
async fn read_body(mut response: Response, body: &mut Vec<u8>, limit: usize, deadline: Instant) -> Option<Truncation> {
    loop {
        match timeout_at(deadline, response.chunk()).await {
            Err(_) => return Some(Truncation::Time),
            Ok(Err(_)) => return Some(Truncation::Disconnect),
            Ok(Ok(None)) => return None,
            Ok(Ok(Some(chunk))) => {
                let room = limit - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return Some(Truncation::Length);
                }
            }
        }
    }
}

/// How long a server asks us to wait, where it does so in an answer that means "later".
pub(crate) fn retry_after(exchange: &Exchange) -> Option<Duration> {
    let answer = exchange.answer.as_ref().filter(|answer| matches!(answer.status, 429 | 503))?;
    let field = answer.fields.iter().find(|field| field.name.eq_ignore_ascii_case("retry-after"))?;
    let written = std::str::from_utf8(&field.value).ok()?.trim();
    if let Ok(seconds) = written.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(written).ok()?.timestamp();
    Some(Duration::from_secs(u64::try_from(date.as_second() - now().as_second()).unwrap_or(0)))
}

fn redirect(response: &Response, url: &Url) -> Option<String> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?;
    // servers send UTF-8 here, whatever the standard says
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut next = url.join(location.trim()).ok()?;
    let _ = next.set_username("");
    let _ = next.set_password(None);
    Some(next.into())
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn fields(headers: &HeaderMap) -> Vec<Field> {
    headers.iter().map(|(name, value)| Field::new(name.as_str(), value.as_bytes())).collect()
}

fn protocol(version: Version) -> Protocol {
    match version {
        Version::HTTP_2 | Version::HTTP_3 => Protocol::H2,
        Version::HTTP_10 | Version::HTTP_09 => Protocol::Http10,
        _ => Protocol::Http11,
    }
}

/// An address as it is kept: without a password, should it carry one.
pub(crate) fn without_secrets(address: &str) -> String {
    match Url::parse(address) {
        Ok(mut url) if url.has_authority() && (!url.username().is_empty() || url.password().is_some()) => {
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.into()
        }
        _ => address.to_owned(),
    }
}

/// The present, in whole seconds as `WARC-Date` has it.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
