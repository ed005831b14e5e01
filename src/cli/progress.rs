//! Progress on standard error: a bar where that is a terminal, silence where it is none, warnings always.
//!
//! Of a capture the bar tells how much is done, how fast it goes, how long it will take, and which host takes longest:
//! hosts are asked slowly, so the one with the most pages left decides when the run ends.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output;
use crate::engine::Event;
use crate::report::escape;

/// Columns from which on there is room for more than a count.
const WIDE: u16 = 72;

/// Shows what the engine tells.
pub(super) struct Progress {
    bar: ProgressBar,
    hosts: Mutex<Hosts>,
    quiet: bool,
}

/// The pages left of each host.
#[derive(Debug, Default)]
struct Hosts {
    left: BTreeMap<String, usize>,
    /// Pages that will be asked for again at the end.
    again: usize,
}

impl Hosts {
    fn of(urls: &[String]) -> Self {
        let mut hosts = Self::default();
        for url in urls {
            *hosts.left.entry(host(url).to_owned()).or_default() += 1;
        }
        hosts
    }

    fn done(&mut self, url: &str) {
        if let Some(left) = self.left.get_mut(host(url)) {
            *left = left.saturating_sub(1);
        }
    }

    /// What is still to do, in a few words.
    fn words(&self) -> String {
        let busy = self.left.values().filter(|left| **left > 0).count();
        let most = self.left.iter().max_by_key(|(name, left)| (**left, std::cmp::Reverse(*name)));
        let mut words = match most {
            Some((name, left)) if *left > 0 && busy > 1 => format!("{busy} hosts, {left} left of {name}"),
            Some((name, left)) if *left > 0 => format!("{left} left of {name}"),
            _ => String::new(),
        };
        if self.again > 0 {
            let comma = if words.is_empty() { "" } else { ", " };
            words.push_str(&format!("{comma}{} tried again", self.again));
        }
        // a name comes from a manifest, and must not steer a terminal
        escape::terminal(&words, true).chars().take(60).collect()
    }
}

/// The host of a URL that is one.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

impl Progress {
    /// A bar that is hidden where standard error is no terminal.
    pub(super) fn new(quiet: bool) -> Self {
        let shown = std::io::stderr().is_terminal() && !quiet;
        // four times a second is enough to see that something happens
        let target = if shown { ProgressDrawTarget::stderr_with_hz(4) } else { ProgressDrawTarget::hidden() };
        Self { bar: ProgressBar::with_draw_target(None, target), hosts: Mutex::default(), quiet }
    }

    /// Takes one event.
    pub(super) fn tell(&self, event: Event) {
        match event {
            Event::Capturing(urls) => {
                self.begin("capturing", urls.len());
                self.hosts(|hosts| *hosts = Hosts::of(&urls));
            }
            Event::Checking(total) => {
                self.begin("checking", total);
                self.bar.set_message("");
            }
            Event::Captured { url, failure } => {
                if let Some(failure) = failure
                    && !self.quiet
                {
                    self.bar.suspend(|| output::complain(&format!("not captured: {url}: {}", failure.detail)));
                }
                self.bar.inc(1);
                self.hosts(|hosts| hosts.done(&url));
            }
            Event::Waiting { .. } => self.hosts(|hosts| hosts.again += 1),
            Event::Noted(text) if self.quiet => drop(text),
            Event::Noted(text) => self.bar.suspend(|| output::complain(&text)),
            Event::Checked => self.bar.inc(1),
            Event::Warning(text) => self.bar.suspend(|| output::complain(&format!("warning: {text}"))),
        }
    }

    fn hosts(&self, change: impl FnOnce(&mut Hosts)) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut hosts);
        self.bar.set_message(hosts.words());
    }

    fn begin(&self, what: &'static str, total: usize) {
        let (_, columns) = console::Term::stderr().size();
        let template = if columns >= WIDE {
            "{prefix} {bar:20} {pos}/{len}  {per_sec:.1}  {eta} left  {msg}"
        } else {
            "{prefix} {pos}/{len}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.reset();
        self.bar.set_prefix(what);
        self.bar.set_length(total as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_with_the_most_pages_left_is_named() {
        let urls = ["https://a.example/1", "https://b.example/1", "https://b.example/2?x", "notes.txt"];
        let mut hosts = Hosts::of(&urls.map(str::to_owned));
        assert_eq!(hosts.words(), "3 hosts, 2 left of b.example");
        hosts.done("https://b.example/1");
        hosts.done("https://b.example/2");
        hosts.again = 1;
        assert_eq!(hosts.words(), "2 hosts, 1 left of a.example, 1 tried again");
        hosts.done("notes.txt");
        hosts.done("https://a.example/1");
        hosts.done("https://a.example/1");
        assert_eq!(hosts.words(), "1 tried again");
        assert!(!Hosts::of(&["https://a\u{1b}[31m/".to_owned()]).words().contains('\u{1b}'));
    }
}
