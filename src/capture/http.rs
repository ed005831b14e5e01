//! One request and its answer, over a connection of its own.
//!
//! Bodies are kept as sent, up to a limit, and cut transfers are kept as what they are. All waiting has an end.
//! What the settings send to a host in secret goes into the request and nowhere else: not into what is recorded of
//! it, and cookies that the server sets in return are left out of the recorded answer.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue, LOCATION, SET_COOKIE, USER_AGENT,
};
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::connect::{Connector, Opened};
use super::hosts::Applied;
use super::retry::{Failed, Hope};
use super::secret::Secret;
use super::settings::Settings;
use crate::archive::{Answer, Field, Protocol, Truncation};
use crate::model::address::shown;
use crate::model::{Failure, Reason};

/// What is asked beside the address.
pub(crate) struct Asking<'a> {
    /// What the settings say of the host.
    pub(crate) applied: Applied<'a>,
    /// Further fields, by which the answer may be "unchanged" or another version; recorded as they are sent.
    pub(crate) fields: Vec<(&'static str, String)>,
    /// Cookies that were set on the way here; sent and not recorded.
    pub(crate) trail: Option<Secret>,
    /// When everything must have arrived.
    pub(crate) deadline: Instant,
    /// Bytes of the body that are kept.
    pub(crate) max_body: usize,
}

/// What carries a connection's bytes; ended when it is dropped.
struct Driver(JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// An answer whose body is still to come.
struct Started {
    response: Response<Incoming>,
    _driver: Driver,
}

/// An answer, and where it redirects to: as it was sent, while the answer is as it is kept.
pub(crate) struct Asked {
    pub(crate) answer: Answer,
    pub(crate) next: Option<Url>,
    /// The cookies that it sets, as sent.
    pub(crate) set: Vec<String>,
}

/// Asks one URL that passed the guard.
pub(crate) async fn ask(
    connector: &Connector,
    url: &Url,
    settings: &Settings,
    asking: Asking<'_>,
) -> Result<Asked, Failed> {
    let asked = now();
    let headers = headers(url, settings, &asking);
    let recorded = fields(&headers);
    let opened = connector.open(url, settings, asking.deadline).await?;
    let peer = opened.peer;
    let secret = secrets(&asking.applied, asking.trail.as_ref());
    let with_secrets = !secret.is_empty();
    let started = start(opened, url, settings, headers, secret, asking.deadline).await?;
    let response = &started.response;
    let size: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if size > settings.max_header || response.headers().len() > settings.max_fields {
        return Err(too_long(url).into());
    }
    let next = redirect(response, url);
    let set = response.headers().get_all(SET_COOKIE).iter();
    let set = set.filter_map(|value| value.to_str().ok().map(str::to_owned)).collect();
    let mut received = fields(response.headers());
    for field in received.iter_mut().filter(|field| field.name.eq_ignore_ascii_case("location")) {
        let kept = next.as_ref().map(|next| shown(next.as_str()));
        if let Some(Cow::Owned(kept)) = kept {
            field.value = kept.into_bytes();
        }
    }
    if with_secrets {
        received.retain(|field| !field.name.eq_ignore_ascii_case("set-cookie"));
    }
    let mut answer = Answer {
        url: shown(url.as_str()).into_owned(),
        asked,
        request: recorded,
        protocol: protocol(response.version()),
        status: response.status().as_u16(),
        fields: received,
        body: Vec::new(),
        truncated: None,
        peer,
        location: next.as_ref().map(|next| shown(next.as_str()).into_owned()),
    };
    // a redirect's body is not read by anyone: a little of it is enough
    let limit = if answer.location.is_some() { asking.max_body.min(1 << 20) } else { asking.max_body };
    answer.truncated = read_body(started, &mut answer.body, limit, settings, asking.deadline).await;
    Ok(Asked { answer, next, set })
}

/// The header fields of a request that are recorded.
fn headers(url: &Url, settings: &Settings, asking: &Asking<'_>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put(HOST, &authority(url));
    put(USER_AGENT, asking.applied.user_agent.unwrap_or(&settings.user_agent));
    put(ACCEPT, "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8");
    // what else could be decoded could not be replayed from the archive by others
    put(ACCEPT_ENCODING, "gzip");
    for (name, value) in &asking.fields {
        put(HeaderName::from_static(name), value);
    }
    headers
}

/// The header fields of a request that are sent and not recorded.
fn secrets(applied: &Applied<'_>, trail: Option<&Secret>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in &applied.headers {
        let value = HeaderValue::from_str(value.reveal());
        if let (Ok(name), Ok(mut value)) = (HeaderName::from_bytes(name.as_bytes()), value) {
            value.set_sensitive(true);
            headers.append(name, value);
        }
    }
    let mut cookies: Vec<String> =
        applied.cookies.iter().map(|(name, value)| format!("{name}={}", value.reveal())).collect();
    cookies.extend(trail.map(|trail| trail.reveal().to_owned()));
    if !cookies.is_empty()
        && let Ok(mut value) = HeaderValue::from_str(&cookies.join("; "))
    {
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    headers
}

/// Sends the request and waits for the header of the answer.
async fn start(
    opened: Opened,
    url: &Url,
    settings: &Settings,
    mut headers: HeaderMap,
    secret: HeaderMap,
    deadline: Instant,
) -> Result<Started, Failed> {
    let until = deadline.min(Instant::now() + settings.header_timeout);
    headers.extend(secret);
    let target = if opened.h2 {
        headers.remove(HOST);
        url.as_str().to_owned()
    } else {
        url[url::Position::BeforePath..url::Position::AfterQuery].to_owned()
    };
    let mut request = Request::get(target).body(Empty::<Bytes>::new()).map_err(|error| {
        Failure::new(Reason::BadUrl, format!("{} cannot be asked for: {error}", shown(url.as_str())))
    })?;
    *request.headers_mut() = headers;
    // interim answers are counted as they come: an endless row of them would only end with the deadline
    let (counted, flooded) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let (count, flood, most) = (Arc::clone(&counted), Arc::clone(&flooded), settings.max_interim);
    hyper::ext::on_informational(&mut request, move |_| {
        if count.fetch_add(1, Ordering::Relaxed) >= most {
            flood.notify_one();
        }
    });
    let host = url.host_str().unwrap_or_default().to_owned();
    let limits = (settings.max_fields, settings.max_header);
    let exchange = async {
        if opened.h2 { speak_h2(opened, request, limits.1).await } else { speak_h1(opened, request, limits).await }
    };
    tokio::select! {
        biased;
        () = flooded.notified() => {
            let detail = format!("{host} sent more than {most} interim answers (1xx) and no real one");
            Err(Failure::new(Reason::HttpError, detail).into())
        }
        answered = timeout_at(until, exchange) => match answered {
            Ok(Ok(_)) if counted.load(Ordering::Relaxed) > most => {
                let detail = format!("{host} sent more than {most} interim answers (1xx)");
                Err(Failure::new(Reason::HttpError, detail).into())
            }
            Ok(Ok(started)) => Ok(started),
            Ok(Err(error)) => Err(unanswered(&error, url)),
            Err(_) => {
                let detail = format!("{host} did not send the header of its answer within the time allowed");
                Err(Failure::new(Reason::Timeout, detail).into())
            }
        },
    }
}

async fn speak_h1(
    opened: Opened,
    request: Request<Empty<Bytes>>,
    (max_fields, max_header): (usize, usize),
) -> hyper::Result<Started> {
    let (mut sender, connection) = http1::Builder::new()
        .max_headers(max_fields)
        // the buffer holds the header of the answer; the smallest one that the client takes is 8 KiB
        .max_buf_size(max_header.max(8 << 10))
        .handshake(TokioIo::new(opened.wire))
        .await?;
    let driver = Driver(tokio::spawn(async {
        // what ends it is seen by whoever reads the answer
        let _ = connection.await;
    }));
    let response = sender.send_request(request).await?;
    Ok(Started { response, _driver: driver })
}

async fn speak_h2(opened: Opened, request: Request<Empty<Bytes>>, max_header: usize) -> hyper::Result<Started> {
    let (mut sender, connection) = http2::Builder::new(TokioExecutor::new())
        .max_header_list_size(u32::try_from(max_header).unwrap_or(u32::MAX))
        .handshake(TokioIo::new(opened.wire))
        .await?;
    let driver = Driver(tokio::spawn(async {
        let _ = connection.await;
    }));
    let response = sender.send_request(request).await?;
    Ok(Started { response, _driver: driver })
}

/// Reads a body up to `limit`; says why it is not whole.
async fn read_body(
    mut started: Started,
    body: &mut Vec<u8>,
    limit: usize,
    settings: &Settings,
    deadline: Instant,
) -> Option<Truncation> {
    let mut window = (Instant::now(), 0u64);
    loop {
        let until = deadline.min(window.0 + settings.rate_window);
        match timeout_at(until, started.response.body_mut().frame()).await {
            Err(_) if Instant::now() >= deadline => return Some(Truncation::Time),
            Err(_) => {}
            Ok(Some(Err(_))) => return Some(Truncation::Disconnect),
            Ok(None) => return None,
            Ok(Some(Ok(frame))) => {
                // trailers are no part of the body
                let Ok(chunk) = frame.into_data() else { continue };
                window.1 += chunk.len() as u64;
                let room = limit - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return Some(Truncation::Length);
                }
            }
        }
        if window.0.elapsed() >= settings.rate_window {
            let least = settings.min_rate.saturating_mul(settings.rate_window.as_millis() as u64) / 1000;
            if window.1 < least {
                return Some(Truncation::Time);
            }
            window = (Instant::now(), 0);
        }
    }
}

/// Tells why a connection brought no answer.
fn unanswered(error: &hyper::Error, url: &Url) -> Failed {
    let host = url.host_str().unwrap_or_default();
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let what = innermost.to_string();
    if what.contains("too large") || what.contains("header list size") {
        return too_long(url).into();
    }
    // an answer that is no HTTP will be none next time; a connection that broke off may hold
    let hope = if error.is_parse() { Hope::None } else { Hope::Soon };
    Failed { failure: Failure::new(Reason::HttpError, format!("{host} did not answer in valid HTTP: {what}")), hope }
}

fn too_long(url: &Url) -> Failure {
    let host = url.host_str().unwrap_or_default();
    Failure::new(Reason::TooLarge, format!("the header that {host} sends passes the limit"))
}

fn redirect(response: &Response<Incoming>, url: &Url) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?;
    // servers send UTF-8 here, whatever the standard says
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut next = url.join(location.trim()).ok()?;
    // a password in an address would be sent, and kept
    let _ = next.set_username("");
    let _ = next.set_password(None);
    Some(next)
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

/// The present, in whole seconds as `WARC-Date` has it.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// The time left for what is asked next, after some of it went by.
pub(crate) fn left(total: Duration, since: Instant) -> Duration {
    total.saturating_sub(since.elapsed())
}
