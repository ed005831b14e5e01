//! Progress on standard error: bars where that is a terminal, silence where it is none, warnings always.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output;
use crate::engine::Event;

/// Shows what the engine tells.
pub(super) struct Progress {
    bar: ProgressBar,
    quiet: bool,
}

impl Progress {
    /// A bar that is hidden where standard error is no terminal.
    pub(super) fn new(quiet: bool) -> Self {
        let shown = std::io::stderr().is_terminal() && !quiet;
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{msg:<10} {wide_bar} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        Self { bar, quiet }
    }

    /// Takes one event.
    pub(super) fn tell(&self, event: Event) {
        match event {
            Event::Capturing(total) => self.begin("capturing", total),
            Event::Checking(total) => self.begin("checking", total),
            Event::Captured { url, failure } => {
                if let Some(failure) = failure
                    && !self.quiet
                {
                    self.bar.suspend(|| output::complain(&format!("not captured: {url}: {}", failure.detail)));
                }
                self.bar.inc(1);
            }
            Event::Waiting { .. } => {}
            Event::Noted(text) if self.quiet => drop(text),
            Event::Noted(text) => self.bar.suspend(|| output::complain(&text)),
            Event::Checked => self.bar.inc(1),
            Event::Warning(text) => self.bar.suspend(|| output::complain(&format!("warning: {text}"))),
        }
    }

    fn begin(&self, what: &'static str, total: usize) {
        self.bar.set_message(what);
        self.bar.set_position(0);
        self.bar.set_length(total as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
