//! What a capture may do and how long it may take: every limit with its default.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::hosts::HostRules;
use super::memory::Memory;

/// How sources are fetched.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether loopback, private and other special addresses may be fetched. Default: no.
    pub allow_private: bool,
    /// Single addresses that may be fetched although they are special, written as they stand in the URL
    /// (`127.0.0.1:8080`); names that lead to them stay refused. Default: none.
    pub allow_sockets: Vec<SocketAddr>,
    /// Addresses of names that are not asked of the system's resolver. The guard classifies them as it does all.
    pub names: BTreeMap<String, Vec<IpAddr>>,
    /// How the program names itself to servers. Its first word, up to a slash, is the name that robots.txt knows.
    pub user_agent: String,
    /// What holds for single hosts: headers, cookies, pace.
    pub hosts: HostRules,
    /// What is remembered of hosts. Runs that follow each other share it, so that politeness does not begin anew.
    /// Default: nothing yet.
    pub memory: Memory,
    /// Whether robots.txt is left unasked everywhere. Default: no.
    pub ignore_robots: bool,
    /// Whether a page that is held is asked for only if it changed (`ETag`, `Last-Modified`). Default: yes.
    pub conditional: bool,
    /// A proxy for all requests, as a URL with scheme `http`. Default: none; the environment is never asked.
    pub proxy: Option<url::Url>,
    /// Certificates of authorities that are trusted beside those of the system, as DER. Default: none.
    pub extra_roots: Vec<Vec<u8>>,
    /// Time for one connection, with its handshake. Default 10 s.
    pub connect_timeout: Duration,
    /// Time from sending a request to the end of the answer's header. Default 10 s.
    pub header_timeout: Duration,
    /// Time for a source with all its redirects, without waiting for its turn. Default 60 s.
    pub total_timeout: Duration,
    /// Bytes per second below which a body counts as stuck, over [`Self::rate_window`]. Default 128; 0 is no minimum.
    pub min_rate: u64,
    /// The time over which the rate of a body is taken. Default 10 s.
    pub rate_window: Duration,
    /// Bytes of a body, as sent. Default 64 MiB.
    pub max_body: usize,
    /// Bytes of an answer's header. Default 64 KiB.
    pub max_header: usize,
    /// Fields of an answer's header. Default 256.
    pub max_fields: usize,
    /// Interim answers (status 1xx) before the real one. Default 50.
    pub max_interim: usize,
    /// Bytes of an address. Default 8 KiB.
    pub max_url: usize,
    /// Redirects on the way to one source. Default 10.
    pub max_redirects: usize,
    /// Bytes of a robots.txt that are read; the standard asks for at least 500 KiB. Default 512 KiB.
    pub max_robots: usize,
    /// Requests at the same time. Default 16.
    pub concurrency: usize,
    /// Time between the end of one request to a host and the beginning of the next. Default 1 s.
    pub min_interval: Duration,
    /// By how much of itself an interval is prolonged at random, so that requests do not come in step. Default 0.2.
    pub jitter: f64,
    /// The longest `Crawl-delay` that is kept; a longer one counts as this. Default 60 s.
    pub max_crawl_delay: Duration,
    /// The longest `Retry-After` that is waited for. Default 30 s.
    pub max_retry_after: Duration,
    /// How often an attempt is repeated that failed in a way that may pass. Default 2; the last one is made at the
    /// end of the run. 0 is never.
    pub retries: u32,
    /// The pause before the first repetition; each further one is twice as long. Default 1 s.
    pub retry_pause: Duration,
}

/// The name by which robots.txt knows us.
pub(crate) const PRODUCT: &str = "onrecord";

/// The user agent, with the address of whoever runs the program if they give one.
pub fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match contact.map(str::trim).filter(|contact| !contact.is_empty()) {
        Some(contact) => {
            let contact: String =
                contact.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '(' | ')' | ';' | '\\')).collect();
            format!("{PRODUCT}/{version} (source checker; {contact})")
        }
        None => format!("{PRODUCT}/{version} (source checker)"),
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allow_private: false,
            allow_sockets: Vec::new(),
            names: BTreeMap::new(),
            user_agent: user_agent(None),
            hosts: HostRules::default(),
            memory: Memory::default(),
            ignore_robots: false,
            conditional: true,
            proxy: None,
            extra_roots: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(60),
            min_rate: 128,
            rate_window: Duration::from_secs(10),
            max_body: 64 << 20,
            max_header: 64 << 10,
            max_fields: 256,
            max_interim: 50,
            max_url: 8 << 10,
            max_redirects: 10,
            max_robots: 512 << 10,
            concurrency: 16,
            min_interval: Duration::from_secs(1),
            jitter: 0.2,
            max_crawl_delay: Duration::from_secs(60),
            max_retry_after: Duration::from_secs(30),
            retries: 2,
            retry_pause: Duration::from_secs(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_cannot_break_the_header() {
        assert!(user_agent(None).starts_with("onrecord/"));
        let agent = user_agent(Some("desk@daily.example)\r\nX-Evil: 1"));
        assert!(agent.ends_with("(source checker; desk@daily.exampleX-Evil:1)"), "{agent}");
    }
}
