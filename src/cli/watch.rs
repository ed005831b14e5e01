//! `onrecord watch`: looks at claims again when they are due, and tells what became of the words.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};

use super::args::Watch;
use super::exit::Exit;
use super::progress::Progress;
use super::{ledger, load, output, runtime};
use crate::alert;
use crate::engine;
use crate::history::{self, Due, Every, Ledger, Schedule};
use crate::model::{Claim, Manifest};
use crate::report::timeline;

/// How often a claim is looked at that says nothing of it, and whose manifest says nothing.
const USUAL: &str = "6 h";

/// The hour of the day (UTC) at which the digest of what can wait goes out.
const DIGEST_HOUR: i8 = 6;

/// The longest sleep between two looks at the clock: manifests change, and machines wake up.
const NAP: Duration = Duration::from_secs(30);

pub(super) fn run(options: &Watch) -> anyhow::Result<Exit> {
    let channels: Vec<alert::Channel> =
        options.alert.iter().map(|text| text.parse()).collect::<Result<_, alert::UnknownChannel>>()?;
    let usual: Every = options.every.as_deref().unwrap_or(USUAL).parse()?;
    let secrets = secrets();
    runtime()?.block_on(async {
        let mut watching = Watching { options, channels, usual, secrets, changed: false };
        if options.once {
            watching.pass(Timestamp::now(), true).await?;
            return Ok(if watching.changed { Exit::Failed } else { Exit::Good });
        }
        loop {
            let next = watching.pass(Timestamp::now(), false).await?;
            let wait = next.duration_since(Timestamp::now());
            let wait = Duration::try_from(wait).unwrap_or(Duration::ZERO).clamp(Duration::from_secs(1), NAP);
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = tokio::signal::ctrl_c() => return Ok(Exit::Good),
            }
        }
    })
}

/// Secrets come from the environment, so that they stand in no process list and no manifest.
pub(super) fn secrets() -> alert::Secrets {
    let value = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    alert::Secrets {
        webhook: value("ONRECORD_WEBHOOK_SECRET"),
        smtp: value("ONRECORD_SMTP"),
        sender: value("ONRECORD_MAIL_FROM"),
    }
}

struct Watching<'o> {
    options: &'o Watch,
    channels: Vec<alert::Channel>,
    usual: Every,
    secrets: alert::Secrets,
    /// Whether anything became of the words that is not our own doing.
    changed: bool,
}

impl Watching<'_> {
    /// Looks at every claim that is due (`all`: at every claim), tells what is to be told, and says when something is
    /// due next. A manifest that has become unreadable is told of and passed over: the others go on.
    async fn pass(&mut self, now: Timestamp, all: bool) -> anyhow::Result<Timestamp> {
        let mut next = now.saturating_add(SignedDuration::from_hours(1))?;
        let mut ledgers: HashMap<PathBuf, Ledger> = HashMap::new();
        for path in &self.options.manifests {
            let manifest = match load::manifest(path) {
                Ok(manifest) => manifest,
                Err(error) if !all => {
                    output::complain(&format!("error: {error:#}"));
                    continue;
                }
                Err(error) => return Err(error),
            };
            let archive = engine::archive_path(&manifest, self.options.sources.archive.as_deref());
            let ledger = match ledgers.get(&archive) {
                Some(ledger) => ledger.clone(),
                None => {
                    let ledger = ledger::open(&archive).await?;
                    ledgers.insert(archive.clone(), ledger.clone());
                    ledger
                }
            };
            let name = ledger::name(path, &archive);
            let due = self.look(path, manifest, &name, &ledger, now, all).await?;
            next = next.min(due);
        }
        for ledger in ledgers.into_values() {
            next = next.min(self.tell(&ledger, now).await?);
            ledger.close().await;
        }
        Ok(next)
    }

    /// Looks at the claims of one manifest that are due; says when the next one is.
    async fn look(
        &mut self,
        path: &Path,
        manifest: Manifest,
        name: &str,
        ledger: &Ledger,
        now: Timestamp,
        all: bool,
    ) -> anyhow::Result<Timestamp> {
        let looks = ledger.last_looks(name).await?;
        let published = manifest
            .article
            .as_ref()
            .and_then(|article| article.published)
            .and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok())
            .map(|time| time.timestamp());
        let mut next = now.saturating_add(SignedDuration::from_hours(24))?;
        let mut due = Vec::new();
        for claim in &manifest.claims {
            let schedule = self.schedule(path, claim, published)?;
            let last = looks.get(&claim.id.0).copied();
            match schedule.next(&format!("{name}#{}", claim.id), last, now) {
                Some(time) if time <= now || all => due.push(claim.clone()),
                Some(time) => next = next.min(time),
                None if all => due.push(claim.clone()),
                None => {}
            }
        }
        if due.is_empty() {
            return Ok(next);
        }
        let manifest = Manifest { claims: due, ..manifest };
        let settings = engine::Settings { now, ..load::settings(&self.options.sources, load::folder(path))? };
        let settings = engine::Settings { refresh: !settings.offline, ..settings };
        let digest = digest_after(now)?;
        let channels: Vec<history::Channel> =
            self.channels.iter().map(|channel| history::Channel { name: channel.name(), digest }).collect();
        let watch = {
            let progress = Progress::new(!self.options.once);
            engine::watch(&manifest, name, &settings, ledger, &channels, &|event| progress.tell(event)).await?
        };
        self.changed |= watch.drifts.iter().any(|drift| !drift.kind.is_ours());
        if watch.drifts.is_empty() {
            if self.options.once {
                output::print(
                    format!("{name}: nothing became of the words of {} claims\n", manifest.claims.len()).as_bytes(),
                )?;
            }
        } else {
            output::print(format!("{name}\n\n{}", timeline::drifts(&watch.drifts)).as_bytes())?;
        }
        Ok(next)
    }

    fn schedule(&self, path: &Path, claim: &Claim, published: Option<Timestamp>) -> anyhow::Result<Schedule> {
        let every = match &claim.watching.every {
            Some(text) => {
                text.parse().with_context(|| format!("{}:{}: claim {}", path.display(), claim.place.line, claim.id))?
            }
            None => self.usual.clone(),
        };
        let until = claim
            .watching
            .until
            .and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok())
            .map(|time| time.timestamp());
        Ok(Schedule { every, until, published })
    }

    /// Tells what is due; says when something is to be tried again.
    async fn tell(&self, ledger: &Ledger, now: Timestamp) -> anyhow::Result<Timestamp> {
        let due = ledger.due(now).await?;
        for channel in &self.channels {
            let name = channel.name();
            let own: Vec<&Due> = due.iter().filter(|alert| alert.channel == name).collect();
            let batches = alert::batches(own.iter().map(|alert| (alert.drift_number, alert.drift.clone())).collect());
            for (numbers, message) in batches {
                let told: Vec<Due> = own
                    .iter()
                    .filter(|alert| numbers.contains(&alert.drift_number))
                    .map(|alert| (*alert).clone())
                    .collect();
                match channel.tell(&message, &self.secrets).await {
                    Ok(()) => ledger.told(&told, now).await?,
                    Err(error) => {
                        let attempts = told.iter().map(|alert| alert.attempts).max().unwrap_or(0);
                        output::complain(&format!("warning: {name}: {error}; it will be tried again"));
                        ledger.not_told(&told, alert::again(attempts, now), &error.to_string()).await?;
                    }
                }
            }
        }
        Ok(now.saturating_add(SignedDuration::from_mins(if due.is_empty() { 60 } else { 1 }))?)
    }
}

/// The next time at which the digest goes out.
fn digest_after(now: Timestamp) -> anyhow::Result<Timestamp> {
    let here = now.to_zoned(jiff::tz::TimeZone::UTC);
    let today = here.with().hour(DIGEST_HOUR).minute(0).second(0).subsec_nanosecond(0).build()?;
    let next = if today > here { today } else { today.checked_add(jiff::Span::new().days(1))? };
    Ok(next.timestamp())
}
