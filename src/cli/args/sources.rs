//! Options of everything that reads sources: how they are asked for, what is kept of them, and the limits.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

/// Options of everything that reads sources.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Sources {
    /// Opens no socket: a URL without a capture is unavailable (not-captured)
    #[arg(long)]
    pub(in crate::cli) offline: bool,
    /// Where captures live: a folder, or a .warc, .warc.gz or .wacz file for reading only
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) archive: Option<PathBuf>,
    /// Captures again what is there already
    #[arg(long, conflicts_with = "offline")]
    pub(in crate::cli) refresh: bool,
    /// Permits loopback and private addresses as sources, which are refused otherwise
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
    /// Permits files outside the manifest's folder as sources
    #[arg(long)]
    pub(in crate::cli) allow_outside: bool,
    #[command(flatten)]
    pub(in crate::cli) network: Network,
    #[command(flatten)]
    pub(in crate::cli) privacy: Privacy,
    #[command(flatten)]
    pub(in crate::cli) limits: Limits,
}

/// What is left out of the archive.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Privacy")]
pub(in crate::cli) struct Privacy {
    /// Archives no request records
    #[arg(long)]
    pub(in crate::cli) no_requests: bool,
    /// Leaves cookies that servers set out of archived answers
    #[arg(long)]
    pub(in crate::cli) no_cookies: bool,
    /// Replaces the value of this query parameter wherever a header names an address; may be repeated
    #[arg(long, value_name = "PARAMETER")]
    pub(in crate::cli) redact: Vec<String>,
}

/// How sources are asked for.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Network")]
pub(in crate::cli) struct Network {
    /// A configuration file, in place of the onrecord.toml beside the manifest
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// How servers can reach you: a mail address or a page, sent as part of the user agent
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) contact: Option<String>,
    /// Reads pages that a host's robots.txt asks programs not to read
    #[arg(long)]
    pub(in crate::cli) ignore_robots: bool,
    /// Asks other web archives for pages that are gone, and for the states that 'as_of' wants: `wayback`, or the
    /// address of a Memento TimeGate, to which the page's address is appended
    #[arg(long, value_name = "ADDRESS")]
    pub(in crate::cli) memento: Option<String>,
    /// Hands each captured page to the save service of that archive, which is public
    #[arg(long)]
    pub(in crate::cli) save: bool,
    /// Shows pages in a browser and reads what they show then
    #[cfg(feature = "render")]
    #[arg(long, value_enum, default_value = "needed")]
    pub(in crate::cli) render: RenderWhen,
    /// Seconds between two requests to one host; a longer Crawl-delay counts [default: 1]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(in crate::cli) interval: Option<Duration>,
    /// Requests at the same time, over all hosts
    #[arg(long, value_name = "COUNT", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=256))]
    pub(in crate::cli) concurrency: u32,
    /// Times that an attempt is repeated which failed in a way that may pass; the last time at the end of the run
    #[arg(long, value_name = "COUNT", default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=10))]
    pub(in crate::cli) retries: u32,
    /// Seconds before the first repetition; each further one waits twice as long
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub(in crate::cli) retry_pause: Duration,
}

/// Which pages a browser is asked to show.
#[cfg(feature = "render")]
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(in crate::cli) enum RenderWhen {
    /// Those that only scripts fill, where a Chromium is installed
    Needed,
    /// All
    Always,
    /// None
    Never,
}

/// Limits of capturing and reading.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub(in crate::cli) struct Limits {
    /// Seconds that one request may take in all
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(in crate::cli) timeout: Duration,
    /// Seconds until the headers of an answer must be there
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(in crate::cli) header_timeout: Duration,
    /// Mebibytes that one source may have, as sent and as decoded
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=2048))]
    pub(in crate::cli) max_size: u32,
    /// Redirects that are followed
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=50))]
    pub(in crate::cli) max_redirects: u32,
    /// Seconds for a connection with its handshake
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(in crate::cli) connect_timeout: Duration,
    /// Bytes per second below which a transfer counts as stuck; 0 for no minimum
    #[arg(long, value_name = "BYTES", default_value_t = 128)]
    pub(in crate::cli) min_rate: u64,
    /// Kibibytes that the header of an answer may have
    #[arg(long, value_name = "KIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(8..=4096))]
    pub(in crate::cli) max_header: u32,
    /// How many times its size a body may grow when it is unpacked, beyond the first mebibyte
    #[arg(long, value_name = "FACTOR", default_value_t = 100, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub(in crate::cli) max_growth: u32,
    /// Content codings on top of each other that are removed
    #[arg(long, value_name = "COUNT", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=16))]
    pub(in crate::cli) max_codings: u32,
    /// Interim answers (status 1xx) that may come before the real one
    #[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub(in crate::cli) max_interim: u32,
    /// Seconds that a server may ask us to come back after, and is waited for
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(in crate::cli) max_retry_after: Duration,
    /// Seconds that reading one PDF may take
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(in crate::cli) pdf_timeout: Duration,
    /// Mebibytes of memory that reading one PDF may take
    #[arg(long, value_name = "MIB", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(64..=1_048_576))]
    pub(in crate::cli) pdf_memory: u32,
    /// Threads that read captures; 0 for one per core
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub(in crate::cli) threads: usize,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let value: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if !(0.0..=86_400.0).contains(&value) {
        return Err("not between 0 and 86400 seconds".to_owned());
    }
    Ok(Duration::from_secs_f64(value))
}
