//! What a capture may do and how long it may take: every limit with its default.

use std::net::SocketAddr;
use std::time::Duration;

/// How sources are fetched.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether loopback, private and other special addresses may be fetched. Default: no.
    pub allow_private: bool,
    /// Single addresses that may be fetched although they are special, written as they stand in the URL
    /// (`127.0.0.1:8080`); names that lead to them stay refused. Default: none.
    pub allow_sockets: Vec<SocketAddr>,
    /// How the program names itself to servers.
    pub user_agent: String,
    /// Time for one connection, with its handshake. Default 10 s.
    pub connect_timeout: Duration,
    /// Time from sending a request to the end of the answer's header. Default 10 s.
    pub header_timeout: Duration,
    /// Time for a source with all its redirects, without waiting for its turn. Default 60 s.
    pub total_timeout: Duration,
    /// Bytes of a body, as sent. Default 64 MiB.
    pub max_body: usize,
    /// Bytes of an answer's header. Default 64 KiB.
    pub max_header: usize,
    /// Fields of an answer's header. Default 256.
    pub max_fields: usize,
    /// Bytes of an address. Default 8 KiB.
    pub max_url: usize,
    /// Redirects on the way to one source. Default 10.
    pub max_redirects: usize,
    /// Requests at the same time. Default 16.
    pub concurrency: usize,
    /// Time between the end of one visit to a host and the beginning of the next. Default 1 s.
    pub min_interval: Duration,
    /// The longest `Retry-After` that is waited for, once per source. Default 30 s.
    pub max_retry_after: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allow_private: false,
            allow_sockets: Vec::new(),
            user_agent: concat!("onrecord/", env!("CARGO_PKG_VERSION"), " (source checker)").to_owned(),
            connect_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(60),
            max_body: 64 << 20,
            max_header: 64 << 10,
            max_fields: 256,
            max_url: 8 << 10,
            max_redirects: 10,
            concurrency: 16,
            min_interval: Duration::from_secs(1),
            max_retry_after: Duration::from_secs(30),
        }
    }
}
