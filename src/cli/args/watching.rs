//! Arguments of what looks at words over time, and its help.

use std::path::PathBuf;

use clap::Args;

use super::Sources;

#[derive(Debug, Args)]
pub(in crate::cli) struct History {
    /// The claim's id; every claim without it
    pub(in crate::cli) claim: Option<String>,
    /// The manifest
    #[arg(long, default_value = "claims.toml")]
    pub(in crate::cli) manifest: PathBuf,
    /// The archive, where it is not the manifest's
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) archive: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// A URL or a file, as manifests name it
    pub(in crate::cli) source: String,
    /// The earlier capture: the last one until this date or time; the oldest without it
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) from: Option<String>,
    /// The later capture: the last one until this date or time; the newest without it
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) to: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Affected {
    /// The source's address, as manifests name it
    pub(in crate::cli) source: String,
    /// The archive
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) archive: Option<PathBuf>,
}

pub(super) const WATCH_HELP: &str = "\
How often: `every` and `until` in the manifest or in a claim, else --every. Intervals
are a quarter as long in the first two days after publication, four times as long after
two weeks, fourteen times after three months; cron expressions (UTC) mean what they say.

Alerts: quotations and figures that changed, vanished or lost their context, and new
correction notices, at once; the rest in one digest a day. Secrets come from the
environment: ONRECORD_WEBHOOK_SECRET signs webhooks (HMAC-SHA256 over the body),
ONRECORD_SMTP names the mail server, ONRECORD_MAIL_FROM the sender.

Exit status with --once: 0 nothing became of the words, 1 something did, 2 trouble.

Examples:
  onrecord watch claims.toml --alert webhook=https://desk.example/hook
  onrecord watch --once                          for cron, systemd timers and CI";

#[derive(Debug, Args)]
pub(in crate::cli) struct Watch {
    /// The manifests
    #[arg(default_value = "claims.toml")]
    pub(in crate::cli) manifests: Vec<PathBuf>,
    /// Looks at every claim once, tells, and ends
    #[arg(long)]
    pub(in crate::cli) once: bool,
    /// How often, where neither claim nor manifest says: an interval such as "6 h", or five fields of cron
    #[arg(long, value_name = "SCHEDULE")]
    pub(in crate::cli) every: Option<String>,
    /// Whom to tell: webhook=URL, slack=URL, mail=ADDRESS or command=PROGRAM; may be repeated
    #[arg(long, value_name = "CHANNEL")]
    pub(in crate::cli) alert: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) sources: Sources,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Status {
    /// The manifests
    #[arg(default_value = "claims.toml")]
    pub(in crate::cli) manifests: Vec<PathBuf>,
    /// The archive, where it is not the manifest's
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) archive: Option<PathBuf>,
}
