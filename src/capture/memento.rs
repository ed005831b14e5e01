//! Copies of a page in other web archives: the one nearest to a time, fetched as it was archived.
//!
//! Asked are a TimeGate or TimeMap (RFC 7089), and the Wayback machine's availability and CDX interfaces, whichever
//! are configured; nothing is asked unless somebody configured it. The date of a copy is what the archive says of
//! the copy it serves (`Memento-Datetime`), never what was asked for. An archive that has no copy proves nothing.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use tokio::task::JoinSet;
use url::Url;

use super::config::Memento;
use super::fetch::{Fetched, Fetcher, Target};
use super::settings::Settings;
use crate::archive::{Answer, Archive, ArchiveError, Exchange};
use crate::model::address::shown;
use crate::model::{Capture, Failure, Reason};

/// Copies that are tried before an archive counts as having none.
const MAX_TRIED: usize = 4;
/// Copies of a list that are looked at.
const MAX_LISTED: usize = 50_000;

/// A page of which a copy is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The page's URL.
    pub url: String,
    /// The time that the copy should be near to.
    pub at: Timestamp,
}

/// What came of looking for a copy.
#[derive(Debug)]
pub enum Found<'a> {
    /// It is in the archive.
    Copy(&'a Capture),
    /// There is none, or none that could be fetched.
    Nothing(&'a Failure),
}

/// One copy, as a list or a gate names it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    uri: Url,
    date: Option<Timestamp>,
}

/// A copy, and of when it is. It keeps its place among all requests until it is archived.
struct Fetch {
    fetched: Box<Fetched>,
    date: Timestamp,
}

/// Looks for copies in other archives, and adds what is found.
///
/// # Errors
///
/// When the archive cannot be written.
pub async fn copies(
    wanted: Vec<Wanted>,
    service: &Memento,
    settings: &Settings,
    archive: &mut Archive,
    mut sink: impl FnMut(&str, Found<'_>),
) -> Result<(), ArchiveError> {
    let fetcher = Arc::new(Fetcher::new(trusting(service, settings)));
    let service = Arc::new(service.clone());
    let mut tasks = JoinSet::new();
    let (results, mut arriving) = tokio::sync::mpsc::unbounded_channel();
    for wanted in wanted {
        let (fetcher, service, results) = (Arc::clone(&fetcher), Arc::clone(&service), results.clone());
        tasks.spawn(async move {
            let found = nearest(&fetcher, &service, &wanted).await;
            let _ = results.send((wanted.url, found));
        });
    }
    drop(results);
    while let Some((url, found)) = arriving.recv().await {
        match found {
            Ok(fetch) => {
                let capture = archive.append_memento(&fetch.fetched.exchange, fetch.date)?;
                sink(&url, Found::Copy(&capture));
            }
            Err(failure) => sink(&url, Found::Nothing(&failure)),
        }
    }
    Ok(())
}

/// The settings under which the services are asked: where one is named by a special address, that very socket may be
/// asked, and no source gains by it.
pub(crate) fn trusting(service: &Memento, settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    let named =
        [&service.timegate, &service.timemap, &service.availability, &service.cdx, &service.replay, &service.save];
    for url in named.into_iter().flatten().filter_map(|written| Url::parse(written).ok()) {
        let address = match url.host() {
            Some(url::Host::Ipv4(address)) => IpAddr::V4(address),
            Some(url::Host::Ipv6(address)) => IpAddr::V6(address),
            _ => continue,
        };
        settings.allow_sockets.push(SocketAddr::new(address, url.port_or_known_default().unwrap_or(80)));
    }
    settings
}

async fn nearest(fetcher: &Fetcher, service: &Memento, wanted: &Wanted) -> Result<Fetch, Failure> {
    if shown(&wanted.url) != wanted.url {
        return Err(Failure::new(Reason::NotCaptured, "the address holds a secret, and is shown to no other archive"));
    }
    let mut tried = Vec::new();
    let mut last = Failure::new(Reason::NotCaptured, "no other archive has a copy of the page");
    let ways: [Option<&String>; 4] =
        [service.timegate.as_ref(), service.timemap.as_ref(), service.availability.as_ref(), service.cdx.as_ref()];
    for (way, prefix) in ways.into_iter().enumerate() {
        let Some(prefix) = prefix else { continue };
        let candidates = match way {
            0 => match gate(fetcher, prefix, wanted).await {
                Ok(Gate::Served(fetch)) => return Ok(fetch),
                Ok(Gate::Named(candidates)) => Ok(candidates),
                Err(failure) => Err(failure),
            },
            1 => map(fetcher, prefix, wanted).await,
            2 => availability(fetcher, prefix, wanted).await,
            _ => cdx(fetcher, prefix, service.replay.as_deref(), wanted).await,
        };
        let mut candidates = match candidates {
            Ok(candidates) => candidates,
            Err(failure) => {
                last = failure;
                continue;
            }
        };
        candidates
            .sort_by_key(|one| one.date.map_or(i64::MAX, |date| (date.as_second() - wanted.at.as_second()).abs()));
        for candidate in candidates {
            let uri = unrewritten(&candidate.uri);
            if tried.len() >= MAX_TRIED || tried.contains(&uri) {
                continue;
            }
            tried.push(uri.clone());
            match copy(fetcher, &uri, candidate.date, wanted).await {
                Ok(fetch) => return Ok(fetch),
                Err(failure) => last = failure,
            }
        }
    }
    Err(last)
}

/// Asks one address of a service. robots.txt is not asked: the interfaces are there for programs.
async fn ask(fetcher: &Fetcher, url: String, fields: Vec<(&'static str, String)>) -> Result<Box<Fetched>, Failure> {
    let fetched = Box::new(fetcher.fetch(&Target { url, fields, for_programs: true, ..Target::default() }).await);
    match &fetched.exchange.failure {
        Some(failure) => Err(failure.clone()),
        None => Ok(fetched),
    }
}

/// Fetches one copy; only a page that was there when it was archived counts.
async fn copy(fetcher: &Fetcher, uri: &Url, listed: Option<Timestamp>, wanted: &Wanted) -> Result<Fetch, Failure> {
    let mut fetched = ask(fetcher, uri.to_string(), Vec::new()).await?;
    let answer = good(&fetched.exchange, uri)?;
    // an archive may serve a neighbour of what was asked for: the copy's own word comes first
    let date = header_date(answer, "memento-datetime")
        .or_else(|| Url::parse(&answer.url).ok().as_ref().and_then(stamp))
        .or(listed)
        .ok_or_else(|| Failure::new(Reason::NotCaptured, format!("the copy at {uri} does not say of when it is")))?;
    fetched.exchange.requested = wanted.url.clone();
    Ok(Fetch { fetched, date })
}

fn good<'e>(exchange: &'e Exchange, uri: &Url) -> Result<&'e Answer, Failure> {
    match &exchange.answer {
        Some(answer) if answer.status == 200 => Ok(answer),
        Some(answer) => {
            Err(Failure::new(Reason::NotCaptured, format!("the copy at {uri} has status {}", answer.status)))
        }
        None => Err(Failure::new(Reason::NotCaptured, format!("there is no copy at {uri}"))),
    }
}

enum Gate {
    /// It served the copy, and there is no form of it that is less changed.
    Served(Fetch),
    /// It named copies.
    Named(Vec<Candidate>),
}

/// A TimeGate: asked for a time, it leads to the copy nearest to it, or serves it.
async fn gate(fetcher: &Fetcher, prefix: &str, wanted: &Wanted) -> Result<Gate, Failure> {
    let date = wanted.at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let mut fetched = ask(fetcher, format!("{prefix}{}", wanted.url), vec![("accept-datetime", date)]).await?;
    let Some(answer) = &fetched.exchange.answer else { return Ok(Gate::Named(Vec::new())) };
    let base = Url::parse(&answer.url).map_err(|error| Failure::new(Reason::BadUrl, error.to_string()))?;
    let mut named = Vec::new();
    let own = header_date(answer, "memento-datetime");
    if let Some(date) = own {
        let location = header(answer, "content-location").and_then(|to| base.join(to.trim()).ok());
        let uri = location.filter(|uri| stamp(uri).is_some()).unwrap_or_else(|| base.clone());
        if stamp(&uri).is_none() && answer.status == 200 {
            // an archive of another make: what it serves is what there is
            fetched.exchange.requested = wanted.url.clone();
            return Ok(Gate::Served(Fetch { fetched, date }));
        }
        named.push(Candidate { uri, date: Some(date) });
    }
    named.extend(links(&header_all(answer, "link"), &base));
    Ok(Gate::Named(named))
}

/// A TimeMap: the list of all copies (RFC 7089, section 5).
async fn map(fetcher: &Fetcher, prefix: &str, wanted: &Wanted) -> Result<Vec<Candidate>, Failure> {
    let fetched = ask(fetcher, format!("{prefix}{}", wanted.url), Vec::new()).await?;
    let Some(answer) = fetched.exchange.answer.as_ref().filter(|answer| answer.status == 200) else {
        return Ok(Vec::new());
    };
    let base = Url::parse(&answer.url).map_err(|error| Failure::new(Reason::BadUrl, error.to_string()))?;
    Ok(links(&text(answer), &base))
}

/// The Wayback machine's availability interface. `{}` is its word for "none".
async fn availability(fetcher: &Fetcher, prefix: &str, wanted: &Wanted) -> Result<Vec<Candidate>, Failure> {
    let mut url = Url::parse(prefix).map_err(|error| Failure::new(Reason::BadUrl, error.to_string()))?;
    url.query_pairs_mut().append_pair("url", &wanted.url).append_pair("timestamp", &digits(wanted.at));
    let fetched = ask(fetcher, url.into(), Vec::new()).await?;
    let answer = fetched.exchange.answer.as_ref().filter(|answer| answer.status == 200);
    let Some(answer) = answer else { return Ok(Vec::new()) };
    let json: serde_json::Value = serde_json::from_str(&text(answer)).unwrap_or_default();
    let closest = &json["archived_snapshots"]["closest"];
    if closest["available"] != true || closest["status"].as_str().is_some_and(|status| !status.starts_with('2')) {
        return Ok(Vec::new());
    }
    let uri = closest["url"].as_str().and_then(|written| Url::parse(written).ok());
    let date = closest["timestamp"].as_str().and_then(date);
    Ok(uri.map(|uri| Candidate { uri, date }).into_iter().collect())
}

/// A CDX interface: lines about captures, of which those with a good status are asked for.
async fn cdx(
    fetcher: &Fetcher,
    prefix: &str,
    replay: Option<&str>,
    wanted: &Wanted,
) -> Result<Vec<Candidate>, Failure> {
    let Some(replay) = replay else {
        return Err(Failure::new(Reason::BadUrl, "memento.cdx wants memento.replay beside it"));
    };
    let mut url = Url::parse(prefix).map_err(|error| Failure::new(Reason::BadUrl, error.to_string()))?;
    let digits = digits(wanted.at);
    let pairs = [
        ("url", wanted.url.as_str()),
        ("output", "json"),
        ("filter", "statuscode:200"),
        ("closest", digits.as_str()),
        ("sort", "closest"),
        ("limit", "8"),
    ];
    url.query_pairs_mut().extend_pairs(pairs);
    let fetched = ask(fetcher, url.into(), Vec::new()).await?;
    let answer = fetched.exchange.answer.as_ref().filter(|answer| answer.status == 200);
    let Some(answer) = answer else { return Ok(Vec::new()) };
    let text = text(answer);
    let mut found = Vec::new();
    let mut put = |timestamp: &str, original: &str, status: &str| {
        let uri = Url::parse(&format!("{replay}{timestamp}id_/{original}"));
        if let (Ok(uri), Some(date), true) = (uri, date(timestamp), status.is_empty() || status.starts_with('2')) {
            found.push(Candidate { uri, date: Some(date) });
        }
    };
    if let Ok(rows) = serde_json::from_str::<Vec<Vec<String>>>(&text) {
        // the first row names the fields
        let place = |name: &str| rows.first().and_then(|head| head.iter().position(|field| field == name));
        if let (Some(timestamp), Some(original)) = (place("timestamp"), place("original")) {
            let status = place("statuscode");
            for row in rows.iter().skip(1).take(MAX_LISTED) {
                let at = |index: usize| row.get(index).map_or("", String::as_str);
                put(at(timestamp), at(original), status.map_or("", at));
            }
        }
    } else {
        // one object per line, as pywb writes it
        for line in text.lines().take(MAX_LISTED) {
            let json: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let field = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
            put(&field("timestamp"), &field("url"), &field("status"));
        }
    }
    Ok(found)
}

/// The copies that links name (RFC 8288): those whose relation is or holds `memento`.
fn links(written: &str, base: &Url) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut rest = written;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let Some(close) = rest.find('>') else { break };
        let (target, parameters) = (&rest[..close], &rest[close + 1..]);
        // parameters end at a comma outside quotation marks
        let mut quoted = false;
        let end = parameters.find(|c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        let (parameters, next) = parameters.split_at(end.unwrap_or(parameters.len()));
        rest = next;
        let value = |name: &str| {
            parameters.split(';').find_map(|parameter| {
                let (key, value) = parameter.split_once('=')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
            })
        };
        let memento = value("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|one| one == "memento"));
        if memento && let Ok(uri) = base.join(target.trim()) {
            let date = value("datetime").and_then(|written| http_date(&written));
            found.push(Candidate { uri, date });
        }
        if found.len() >= MAX_LISTED {
            break;
        }
    }
    found
}

/// The address under which pywb and the Wayback machine serve a copy as it was archived: the time in it followed by
/// `id_`. Others come back as they are.
fn unrewritten(uri: &Url) -> Url {
    let text = uri.as_str();
    let Some((at, length)) = stamp_at(text) else { return uri.clone() };
    let after = text[at + 14..].find('/').unwrap_or(length - 14);
    Url::parse(&format!("{}id_{}", &text[..at + 14], &text[at + 14 + after..])).unwrap_or_else(|_| uri.clone())
}

/// The time that stands in the address of a copy.
fn stamp(uri: &Url) -> Option<Timestamp> {
    let (at, _) = stamp_at(uri.as_str())?;
    date(&uri.as_str()[at..at + 14])
}

/// Where a part of an address begins that is fourteen digits, with or without a mark of two letters behind them.
fn stamp_at(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for part in text.split('/') {
        let bytes = part.as_bytes();
        let marked = match bytes.get(14..) {
            Some([]) => true,
            Some(mark) => mark.len() == 3 && mark.ends_with(b"_") && mark[..2].iter().all(u8::is_ascii_lowercase),
            None => false,
        };
        if marked && bytes[..14].iter().all(u8::is_ascii_digit) {
            return Some((at, part.len()));
        }
        at += part.len() + 1;
    }
    None
}

fn digits(date: Timestamp) -> String {
    date.strftime("%Y%m%d%H%M%S").to_string()
}

fn date(digits: &str) -> Option<Timestamp> {
    let date = DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn http_date(written: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(written.trim()).ok().map(|date| date.timestamp())
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let field = answer.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
    std::str::from_utf8(&field.value).ok()
}

fn header_all(answer: &Answer, name: &str) -> String {
    let fields = answer.fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name));
    fields.map(|field| String::from_utf8_lossy(&field.value)).collect::<Vec<_>>().join(", ")
}

fn header_date(answer: &Answer, name: &str) -> Option<Timestamp> {
    header(answer, name).and_then(http_date)
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&super::fetch::text(answer, 16 << 20)).into_owned()
}

/// What came of handing a page to a save service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// A copy from after the request was seen.
    Confirmed {
        /// The copy's own date.
        date: Timestamp,
    },
    /// The service took the request, and no copy was seen yet.
    Queued,
    /// It did not take it.
    Refused(Failure),
}

/// Hands pages to the save service, and then looks whether their copies are there.
///
/// An address that is special, or holds a secret, is handed to nobody.
pub async fn save(urls: Vec<String>, service: &Memento, settings: &Settings, mut sink: impl FnMut(&str, Saved)) {
    let Some(prefix) = &service.save else { return };
    let fetcher = Fetcher::new(trusting(service, settings));
    let mut queued = Vec::new();
    for url in urls {
        let usable =
            Url::parse(&url).ok().filter(|parsed| shown(&url) == url && super::guard::check(parsed, settings).is_ok());
        if usable.is_none() {
            let failure = Failure::new(Reason::RefusedAddress, "such an address is shown to no other archive");
            sink(&url, Saved::Refused(failure));
            continue;
        }
        let asked = super::http::now();
        match ask(&fetcher, format!("{prefix}{url}"), Vec::new()).await {
            Ok(fetched) if fetched.exchange.answer.as_ref().is_some_and(|answer| answer.status < 400) => {
                queued.push((url, asked));
            }
            Ok(fetched) => {
                let status = fetched.exchange.answer.as_ref().map_or(0, |answer| answer.status);
                sink(&url, Saved::Refused(Failure::new(Reason::HttpError, format!("the service answers {status}"))));
            }
            Err(failure) => sink(&url, Saved::Refused(failure)),
        }
    }
    for (url, asked) in queued {
        let wanted = Wanted { url: url.clone(), at: asked };
        match nearest(&fetcher, service, &wanted).await {
            Ok(fetch) if fetch.date >= asked => sink(&url, Saved::Confirmed { date: fetch.date }),
            _ => sink(&url, Saved::Queued),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(written: &str) -> Url {
        Url::parse(written).unwrap()
    }

    #[test]
    fn copies_are_fetched_as_they_were_archived() {
        for (written, expected) in [
            (
                "http://a.example/web/20240323110400/http://wire.example/1",
                "http://a.example/web/20240323110400id_/http://wire.example/1",
            ),
            (
                "http://a.example/all/20240323110400mp_/http://wire.example/1",
                "http://a.example/all/20240323110400id_/http://wire.example/1",
            ),
            ("http://a.example/copy/17", "http://a.example/copy/17"),
            ("http://a.example/20240323110400x/1", "http://a.example/20240323110400x/1"),
        ] {
            assert_eq!(unrewritten(&url(written)).as_str(), expected);
        }
        assert_eq!(
            stamp(&url("http://a.example/web/20240323110400id_/http://x/")).unwrap().to_string(),
            "2024-03-23T11:04:00Z"
        );
    }

    #[test]
    fn links_are_read_as_the_standard_writes_them() {
        let written = "<http://wire.example/1>; rel=\"original\",\n <gate/http://wire.example/1>; rel=\"timegate\",\n\
            <http://a.example/1,2>; rel=\"first memento\"; datetime=\"Sat, 23 Mar 2024 11:04:00 GMT\"; title=\"a, b\",\
            </20250101000000/x>; datetime=\"Wed, 01 Jan 2025 00:00:00 GMT\"; rel=memento, <broken";
        let found = links(written, &url("http://a.example/map"));
        let shown: Vec<String> = found.iter().map(|one| format!("{} {}", one.uri, one.date.unwrap())).collect();
        assert_eq!(
            shown,
            ["http://a.example/1,2 2024-03-23T11:04:00Z", "http://a.example/20250101000000/x 2025-01-01T00:00:00Z"]
        );
    }

    #[test]
    fn a_service_on_a_special_address_is_trusted_and_nothing_else_is() {
        let service = Memento { timegate: Some("http://127.0.0.1:8080/all/".to_owned()), ..Memento::default() };
        let settings = trusting(&service, &Settings::default());
        assert_eq!(settings.allow_sockets, ["127.0.0.1:8080".parse().unwrap()]);
        assert!(!settings.allow_private);
    }
}
