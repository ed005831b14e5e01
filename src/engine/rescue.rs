//! Second ways to a source, after its page was asked for: another archive's copy where the page is gone or a claim
//! wants an earlier state, and a browser where only scripts fill the page.
//!
//! Walls, robots.txt and refused addresses are no reason to look elsewhere: who says no is taken at their word.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::look::read_from;
use super::{EngineError, Event, Listener, RenderWhen, Settings};
use crate::archive::{Archive, Mode, Options};
use crate::capture::memento::{self, Found, Saved, Wanted};
use crate::model::address::shown;
use crate::model::{Capture, Completeness, Manifest, Origin, Outcome, Reason, Source};
use crate::plan::Holdings;

/// What there is to be done.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wishes {
    copies: Vec<Wanted>,
    pages: Vec<String>,
}

/// Adds to the archive what other archives and a browser have.
pub(super) async fn rescue(
    manifest: &Manifest,
    mut archive: Archive,
    path: &Path,
    options: &Options,
    settings: &Settings,
    listener: Listener<'_>,
) -> Result<Archive, EngineError> {
    let wishes = wishes(manifest, &archive, settings);
    if wishes == Wishes::default() {
        return Ok(archive);
    }
    if !archive.is_writable() {
        drop(archive);
        archive = Archive::open_with(path, Mode::Write, options.clone())?;
    }
    let tell = |text: String| listener(Event::Noted(text));
    let copies = memento::copies(wishes.copies, &settings.memento, &settings.capture, &mut archive, |url, found| {
        tell(match found {
            Found::Copy(copy) => {
                format!("found in another archive: {}, as it was on {}", shown(url), copy.captured.strftime("%Y-%m-%d"))
            }
            Found::Nothing(failure) => format!("no copy in another archive: {}: {}", shown(url), failure.detail),
        });
    });
    copies.await?;
    render(wishes.pages, settings, &mut archive, &tell).await?;
    Ok(archive)
}

#[cfg(feature = "render")]
async fn render(
    pages: Vec<String>,
    settings: &Settings,
    archive: &mut Archive,
    tell: &(dyn Fn(String) + Sync),
) -> Result<(), EngineError> {
    use crate::capture::{Rendered, render_all};
    let Some(program) = &settings.render.program else { return Ok(()) };
    render_all(pages, program, settings.render.timeout, &settings.capture, archive, |url, rendered| {
        tell(match rendered {
            Rendered::Page(_) => format!("rendered: {}", shown(url)),
            Rendered::Failed(failure) => format!("not rendered: {}: {}", shown(url), failure.detail),
        });
    })
    .await?;
    Ok(())
}

#[cfg(not(feature = "render"))]
async fn render(_: Vec<String>, _: &Settings, _: &mut Archive, _: &(dyn Fn(String) + Sync)) -> Result<(), EngineError> {
    Ok(())
}

/// Hands the pages that this run captured to a save service, and tells what came of each.
pub(super) async fn save(fresh: &[Capture], settings: &Settings, listener: Listener<'_>) {
    let good = |capture: &&Capture| {
        capture.outcome == Outcome::Body && capture.status.is_some_and(|status| (200..300).contains(&status))
    };
    let urls = fresh.iter().filter(good).map(|capture| capture.requested.clone()).collect();
    memento::save(urls, &settings.memento, &settings.capture, |url, saved| {
        listener(Event::Noted(match saved {
            Saved::Confirmed { date } => {
                format!("saved by another archive: {}, copy of {}", shown(url), date.strftime("%Y-%m-%d %H:%M UTC"))
            }
            Saved::Queued => format!("handed to another archive, which has no copy to show yet: {}", shown(url)),
            Saved::Refused(failure) => format!("not taken by another archive: {}: {}", shown(url), failure.detail),
        }));
    })
    .await;
}

fn wishes(manifest: &Manifest, archive: &Archive, settings: &Settings) -> Wishes {
    let copies = settings.memento.is_configured();
    let pages = settings.render.program.is_some() && settings.render.when != RenderWhen::Never;
    if settings.offline || !(copies || pages) {
        return Wishes::default();
    }
    let today = settings.now.to_zoned(TimeZone::UTC).date();
    let holdings = Holdings::new(archive.captures());
    let mut days: BTreeMap<&str, (&Source, BTreeSet<Option<Date>>)> = BTreeMap::new();
    for claim in &manifest.claims {
        for source in claim.sources.iter().filter_map(|key| manifest.sources.get(key)) {
            if let Some(url) = source.url.as_deref().filter(|_| source.not_before.is_none_or(|day| day <= today)) {
                days.entry(url).or_insert_with(|| (source, BTreeSet::new())).1.insert(claim.as_of);
            }
        }
    }
    let mut wishes = Wishes::default();
    for (url, (source, days)) in days {
        let serving = holdings.serving(source, None);
        let obstacle = serving.and_then(|capture| reason(capture, archive, settings));
        if copies {
            for at in days.iter().filter_map(|day| copy_wanted(*day, source, manifest, &holdings, obstacle, settings)) {
                wishes.copies.push(Wanted { url: url.to_owned(), at });
            }
        }
        if let Some(capture) = serving.filter(|_| pages) {
            let asked = settings.capture.hosts.render(url);
            let always = asked.unwrap_or(settings.render.when == RenderWhen::Always);
            let needed = asked != Some(false) && obstacle == Some(Reason::ScriptOnly);
            let page = capture.origin == Origin::Live && capture.outcome == Outcome::Body;
            if page && (always || needed) {
                wishes.pages.push(url.to_owned());
            }
        }
    }
    wishes
}

/// The time near to which a copy is wanted, if one is.
fn copy_wanted(
    day: Option<Date>,
    source: &Source,
    manifest: &Manifest,
    holdings: &Holdings<'_>,
    obstacle: Option<Reason>,
    settings: &Settings,
) -> Option<Timestamp> {
    let noon = |day: Date| day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok().map(|date| date.timestamp());
    match day {
        Some(day) => {
            let held = holdings.serving(source, Some(day)).filter(|capture| {
                capture.outcome == Outcome::Body
                    && (capture.origin == Origin::Memento
                        || capture.captured.to_zoned(TimeZone::UTC).date() == day
                            && capture.status.is_none_or(|status| (200..300).contains(&status)))
            });
            if held.is_some() { None } else { noon(day) }
        }
        None => {
            let gone = matches!(
                obstacle?,
                Reason::Gone | Reason::Moved | Reason::Soft404 | Reason::Dns | Reason::Connect | Reason::Timeout
            );
            let published =
                source.published.or_else(|| manifest.article.as_ref().and_then(|article| article.published));
            gone.then(|| published.and_then(noon).unwrap_or(settings.now))
        }
    }
}

/// Why a capture is not the page.
fn reason(capture: &Capture, archive: &Archive, settings: &Settings) -> Option<Reason> {
    match &capture.outcome {
        Outcome::Failed(failure) => Some(failure.reason),
        Outcome::Body if capture.origin != Origin::Live || capture.completeness != Completeness::Complete => None,
        Outcome::Body => match read_from(archive, None, capture, settings) {
            Ok(read) => read.failure().map(|failure| failure.reason),
            Err(failure) => Some(failure.reason),
        },
    }
}
