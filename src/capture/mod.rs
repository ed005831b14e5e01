//! Sources into captures: the network and local files on one side, the archive on the other.
//!
//! [`capture_all`] fetches URLs at the same time and writes what came of each into the archive as it
//! arrives, failed attempts too. Promises: no address is asked that the [`guard`] refuses, none that the host's
//! robots.txt excludes, no host more often than is polite, nothing secret is kept, and everything is bounded in time
//! and size ([`Settings`]). Decides nothing about what a page means; [`failure_of`] only says what an HTTP status
//! does.

pub mod config;
mod connect;
mod cookies;
mod failure;
mod fetch;
pub mod guard;
mod hosts;
mod http;
mod local;
pub mod memento;
mod memory;
mod politeness;
mod queue;
#[cfg(feature = "render")]
mod render;
mod resolve;
mod retry;
mod robots;
mod secret;
mod settings;

pub use config::{Config, ConfigError, Memento};
pub use connect::certificates;
pub use cookies::Jar;
pub use failure::failure_of;
pub use hosts::{HostRule, HostRules, Pattern};
pub use local::{LocalFile, content_type, read_local};
pub use memory::Memory;
pub use queue::{Progress, capture_all};
#[cfg(feature = "render")]
pub use render::{Rendered, find_browser, render_all};
pub use secret::Secret;
pub use settings::{Settings, user_agent};
