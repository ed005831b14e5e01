//! Captures that need another record to be complete: revisits, and redirects in archives made by others.
//!
//! A revisit gets the body of the record it refers to. A redirect becomes a capture of the page it leads to,
//! if the archive has that, with the way there as its hops; else a failure that says so.

use std::collections::HashMap;

use jiff::Timestamp;

use super::scan::Held;
use crate::model::address::shown;
use crate::model::{Capture, Failure, Hop, Outcome, Reason};

/// What a capture's body is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    /// The entry with the body.
    pub(crate) body: usize,
    /// The entry that is the capture itself; another one for a redirect.
    pub(crate) own: usize,
}

const MAX_HOPS: usize = 10;

/// An entry to be linked: the capture that it is by itself, and the digest that its header announces.
pub(crate) struct Linkable<'a> {
    pub(crate) held: &'a Held,
    pub(crate) capture: &'a Capture,
    pub(crate) digest: Option<&'a str>,
}

/// A capture where it is another one than its entry is by itself, and what it is read from.
pub(crate) type Linked = (Option<Capture>, Link);

/// Completes the captures: one for each of `entries`, in their order.
pub(crate) fn link(entries: &[Linkable<'_>]) -> Vec<Linked> {
    let mut linked: Vec<Linked> = (0..entries.len()).map(|number| (None, Link { body: number, own: number })).collect();
    revisits(entries, &mut linked);
    redirects(entries, &mut linked);
    linked
}

fn revisits(entries: &[Linkable<'_>], linked: &mut [Linked]) {
    if entries.iter().all(|entry| entry.held.revisit.is_none()) {
        return;
    }
    let mut by_id = HashMap::new();
    let mut by_digest: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    let mut by_visit = HashMap::new();
    for (number, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.held.revisit.is_none()) {
        let capture = entry.capture;
        by_id.entry(capture.id.0.as_str()).or_insert(number);
        by_visit.entry((capture.address.as_str(), capture.captured)).or_insert(number);
        if let Some(digest) = entry.digest {
            by_digest.entry((digest, Some(&capture.address))).or_insert(number);
            by_digest.entry((digest, None)).or_insert(number);
        }
    }
    for (number, entry) in entries.iter().enumerate() {
        let Some(revisit) = &entry.held.revisit else { continue };
        let digest = revisit.digest.as_deref();
        let target = revisit.target.as_deref();
        let found = revisit
            .id
            .as_deref()
            .and_then(|id| by_id.get(id))
            .or_else(|| by_visit.get(&(target?, revisit.date?)))
            .or_else(|| by_digest.get(&(digest?, Some(target.unwrap_or(&entry.capture.address)))))
            .or_else(|| by_digest.get(&(digest?, None)));
        let Some(&found) = found else { continue };
        let mut capture = entry.capture.clone();
        complete(&mut capture, entries[found].capture);
        if let (Some(says), Some(has)) = (digest, entries[found].digest)
            && are_other(says, has)
        {
            let detail = "the record says that the page was the same as another one, which has another digest";
            capture.outcome = Outcome::Failed(Failure::new(Reason::Damaged, detail));
        }
        linked[number] = (Some(capture), Link { body: found, own: number });
    }
}

/// Whether two digests of one algorithm and notation are of other bytes.
fn are_other(a: &str, b: &str) -> bool {
    match (a.trim().split_once(':'), b.trim().split_once(':')) {
        (Some((kind, a)), Some((other, b))) => {
            kind.eq_ignore_ascii_case(other) && a.len() == b.len() && !a.eq_ignore_ascii_case(b)
        }
        _ => false,
    }
}

/// Gives a revisit what the record has that it refers to.
pub(crate) fn complete(revisit: &mut Capture, original: &Capture) {
    revisit.status = revisit.status.filter(|status| *status != 304).or(original.status);
    revisit.content_type = original.content_type.clone();
    revisit.sha256.clone_from(&original.sha256);
    revisit.completeness = original.completeness;
    revisit.outcome = original.outcome.clone();
}

fn redirects(entries: &[Linkable<'_>], linked: &mut [Linked]) {
    if entries.iter().all(|entry| entry.held.redirect.is_none()) {
        return;
    }
    let mut by_url: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, entry) in entries.iter().enumerate() {
        by_url.entry(plain(&entry.capture.address)).or_default().push(number);
    }
    let nearest = |url: &str, to: Timestamp| {
        let distance = |number: &usize| (entries[*number].capture.captured.as_second() - to.as_second()).abs();
        by_url.get(&plain(url))?.iter().copied().min_by_key(distance)
    };
    for (number, entry) in entries.iter().enumerate() {
        let from = entry.capture;
        let mut hops: Vec<Hop> = Vec::new();
        let mut at = number;
        let mut end = None;
        while let Some(to) = &entries[at].held.redirect {
            let here = entries[at].capture;
            hops.push(Hop { from: here.address.clone(), status: here.status.unwrap_or(0), to: to.to_string() });
            let next = nearest(to, from.captured);
            let Some(next) = next.filter(|_| hops.len() <= MAX_HOPS) else {
                end = None;
                break;
            };
            (at, end) = (next, Some(next));
        }
        if hops.is_empty() {
            continue;
        }
        linked[number] = match end {
            Some(end) => {
                let (complete, link) = linked[end].clone();
                let mut capture = complete.unwrap_or_else(|| entries[end].capture.clone());
                capture.requested = from.requested.clone();
                capture.hops = hops;
                (Some(capture), link)
            }
            None => {
                let mut capture = from.clone();
                let lost = hops.last().map_or(String::new(), |hop| hop.to.clone());
                let detail = format!("the archive has the redirect to {lost}, but not what stands there");
                capture.outcome = Outcome::Failed(Failure::new(Reason::NotCaptured, detail));
                capture.hops = hops;
                (Some(capture), Link { body: number, own: number })
            }
        };
    }
}

/// The form in which addresses are compared: normalised, without fragment and without a password.
pub(crate) fn plain(address: &str) -> String {
    let Ok(mut url) = url::Url::parse(address) else { return address.to_owned() };
    if !matches!(url.scheme(), "http" | "https") {
        return address.to_owned();
    }
    url.set_fragment(None);
    shown(url.as_str()).into_owned()
}
