//! `onrecord watch`: looks at claims again when they are due, and tells what became of the words.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};

use super::args::Watch;
use super::exit::Exit;
use super::progress::Progress;
use super::{ledger, load, output, runtime, signal};
use crate::alert;
use crate::capture::{self, Memory};
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
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        let mut stop = Stop::listen();
        let mut watching = Watching {
            options,
            channels,
            usual,
            secrets,
            memory: Memory::default(),
            stop: stop.clone(),
            changed: false,
        };
        if options.once {
            watching.pass(Timestamp::now(), true).await?;
            anyhow::ensure!(!stop.is_asked(), "interrupted; what was captured is in the archive");
            return Ok(if watching.changed { Exit::Failed } else { Exit::Good });
        }
        loop {
            let next = watching.pass(Timestamp::now(), false).await?;
            let wait = next.duration_since(Timestamp::now());
            let wait = Duration::try_from(wait).unwrap_or(Duration::ZERO).clamp(Duration::from_secs(1), NAP);
            tokio::select! {
                biased;
                () = stop.asked() => return Ok(Exit::Good),
                () = tokio::time::sleep(wait) => {}
            }
        }
    });
    // a name that is being resolved would be waited for
    runtime.shutdown_background();
    ended
}

/// Whether somebody wants the program to end. Captures are broken off then; a message that is on its way is told, and
/// noted as told, first.
#[derive(Clone)]
struct Stop(tokio::sync::watch::Receiver<bool>);

impl Stop {
    fn listen() -> Self {
        let (send, receive) = tokio::sync::watch::channel(false);
        tokio::spawn(async move {
            signal().await;
            let _ = send.send(true);
            // nobody listens any more when the program ends
            send.closed().await;
        });
        Self(receive)
    }

    fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    async fn asked(&mut self) {
        // the sender is kept until there is nobody to tell
        let _ = self.0.wait_for(|asked| *asked).await;
    }
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
    /// What is remembered of hosts, from one manifest and one pass to the next.
    memory: Memory,
    stop: Stop,
    /// Whether anything became of the words that is not our own doing.
    changed: bool,
}

impl Watching<'_> {
    /// Looks at every claim that is due (`all`: at every claim), tells what is to be told, and says when something is
    /// due next. A manifest that has become unreadable is told of and passed over: the others go on.
    async fn pass(&mut self, now: Timestamp, all: bool) -> anyhow::Result<Timestamp> {
        let mut ledgers = HashMap::new();
        let next = self.pass_over(&mut ledgers, now, all).await;
        for ledger in ledgers.into_values() {
            ledger.close().await;
        }
        next
    }

    async fn pass_over(
        &mut self,
        ledgers: &mut HashMap<PathBuf, Ledger>,
        now: Timestamp,
        all: bool,
    ) -> anyhow::Result<Timestamp> {
        let mut next = now.saturating_add(SignedDuration::from_hours(1))?;
        for path in &self.options.manifests {
            if self.stop.is_asked() {
                return Ok(next);
            }
            let manifest = match load::manifest(path) {
                Ok(manifest) => manifest,
                Err(error) if !all => {
                    output::complain(&format!("error: {}", super::chain(&error)));
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
            next = next.min(self.look(path, manifest, &name, &ledger, now, all).await?);
            // what is told at once, or again, does not wait for the other manifests
            next = next.min(self.tell(&ledger).await?);
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
            // claims that rest on one page come due together: it is asked for once
            let subject = claim.sources.first().map_or(claim.id.0.as_str(), |source| &source.0);
            match schedule.next(&format!("{name}#{subject}"), last, now) {
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
        let refresh = if settings.offline { engine::Refresh::Never } else { engine::Refresh::Claimed(now) };
        let capture = capture::Settings { memory: self.memory.clone(), ..settings.capture };
        let settings = engine::Settings { refresh, capture, ..settings };
        let digest = digest_after(now)?;
        let channels: Vec<history::Channel> =
            self.channels.iter().map(|channel| history::Channel { name: channel.name(), digest }).collect();
        let watch = {
            let progress = Progress::new(!self.options.once);
            let listener = |event| progress.tell(event);
            tokio::select! {
                biased;
                () = self.stop.asked() => return Ok(next),
                watch = engine::watch(&manifest, name, &settings, ledger, &channels, &listener) => watch?,
            }
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
    async fn tell(&self, ledger: &Ledger) -> anyhow::Result<Timestamp> {
        let now = Timestamp::now();
        let due = ledger.due(now).await?;
        for channel in &self.channels {
            let name = channel.name();
            let own: Vec<&Due> = due.iter().filter(|alert| alert.channel == name).collect();
            let batches = alert::batches(own.iter().map(|alert| (alert.drift_number, alert.drift.clone())).collect());
            for (numbers, message) in batches {
                if self.stop.is_asked() {
                    return Ok(now);
                }
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
