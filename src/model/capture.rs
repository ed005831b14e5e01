//! Captures: the act of archiving a source, and its record.
//!
//! Captures are plural: many per source, failed attempts kept. "Could not look" is a [`Failure`] and has no
//! common constructor with anything that says "not there".

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Identifies a capture inside its archive: the `WARC-Record-ID` of its final record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaptureId(pub String);

/// One attempt to archive a source, successful or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// Its record in the archive.
    pub id: CaptureId,
    /// The address that was asked for (a URL, or the path as written for a local file).
    pub requested: String,
    /// The address that answered, after redirects.
    pub address: String,
    /// Every redirect on the way, in order.
    pub hops: Vec<Hop>,
    /// When the bytes were captured: the `WARC-Date`, or the file's modification for a local one.
    pub captured: Timestamp,
    /// Where the bytes come from.
    pub origin: Origin,
    /// HTTP status; `None` for local files and attempts without an answer.
    pub status: Option<u16>,
    /// `Content-Type` as served (with its parameters), or guessed from the name for a local file.
    pub content_type: Option<String>,
    /// SHA-256 of the decoded body, lower-case hex; empty for attempts without an answer.
    pub sha256: String,
    /// Whether the body is whole.
    pub completeness: Completeness,
    /// What came of it.
    pub outcome: Outcome,
    /// Who supplied it, where a person did; such a copy is nobody's answer.
    pub supplied_by: Option<String>,
}

/// One redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The address that answered with the redirect.
    pub from: String,
    /// Its status.
    pub status: u16,
    /// Where it pointed, resolved.
    pub to: String,
}

/// Where the bytes of a capture come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The live web, asked by us.
    Live,
    /// Another web archive's copy (RFC 7089).
    Memento,
    /// The document as a browser rendered it.
    Rendered,
    /// A copy that a person supplied, or a record of an archive made by others without an HTTP answer.
    Imported,
    /// A local file.
    Local,
}

/// Whether the body of a capture is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Completeness {
    /// Everything that the server announced arrived.
    Complete,
    /// The transfer was cut off by a disconnect, a deadline or the size cap (`WARC-Truncated`).
    Truncated,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There is a body to read (whatever its status says: an error page is still a page).
    Body,
    /// There is nothing to read.
    Failed(Failure),
}

/// Why a source could not be read. Kept in the archive for captures that failed, and shown as `reason` and `detail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The reason, one of the contract's list.
    pub reason: Reason,
    /// The same for people: what happened to which thing, and what to do about it.
    pub detail: String,
}

impl Failure {
    /// Makes a failure from its reason and an explanation for people.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// The closed list of reasons of `contract.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// 404 or 410.
    Gone,
    /// Redirected to something that is not the page (its front page).
    Moved,
    /// A page that says "not found" with status 200.
    #[serde(rename = "soft-404")]
    Soft404,
    /// 401, 403, 429, 451 or a bot wall.
    Blocked,
    /// A captcha.
    Captcha,
    /// A login form instead of the page.
    Login,
    /// A paywall.
    Paywall,
    /// A consent wall.
    Consent,
    /// robots.txt forbids it.
    Robots,
    /// The address is private or special, and was not allowed.
    RefusedAddress,
    /// Not a usable http(s) URL.
    BadUrl,
    /// The name does not resolve.
    Dns,
    /// No connection.
    Connect,
    /// The certificate or the handshake is not acceptable.
    Tls,
    /// A deadline passed.
    Timeout,
    /// A size limit was passed.
    TooLarge,
    /// The transfer was cut off, and the words are not in what arrived.
    Truncated,
    /// Any other HTTP status that is an error, or an answer that breaks the protocol.
    HttpError,
    /// More redirects than the limit, or a loop.
    TooManyRedirects,
    /// The bytes do not decode.
    BadEncoding,
    /// A kind of document that is not read.
    UnsupportedType,
    /// A document without text (a scan).
    NoText,
    /// A page that only scripts fill.
    ScriptOnly,
    /// A damaged document or record.
    Damaged,
    /// A document that wants a password.
    Encrypted,
    /// Offline, and the archive has no capture.
    NotCaptured,
    /// The local file is not there or may not be read.
    NoSuchFile,
    /// The controls on this source failed.
    SelfTestFailed,
}

impl Reason {
    /// Whether it may have passed at the next attempt, without anybody having done anything: the network, a server, a
    /// deadline. Walls, pages that are gone and addresses that lead elsewhere stay.
    pub fn may_pass(self) -> bool {
        !matches!(
            self,
            Self::Gone
                | Self::Soft404
                | Self::Moved
                | Self::Blocked
                | Self::Captcha
                | Self::Login
                | Self::Paywall
                | Self::Consent
                | Self::Robots
                | Self::ScriptOnly
                | Self::Encrypted
        )
    }

    /// The word of the contract for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Moved => "moved",
            Self::Soft404 => "soft-404",
            Self::Blocked => "blocked",
            Self::Captcha => "captcha",
            Self::Login => "login",
            Self::Paywall => "paywall",
            Self::Consent => "consent",
            Self::Robots => "robots",
            Self::RefusedAddress => "refused-address",
            Self::BadUrl => "bad-url",
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::TooLarge => "too-large",
            Self::Truncated => "truncated",
            Self::HttpError => "http-error",
            Self::TooManyRedirects => "too-many-redirects",
            Self::BadEncoding => "bad-encoding",
            Self::UnsupportedType => "unsupported-type",
            Self::NoText => "no-text",
            Self::ScriptOnly => "script-only",
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::NotCaptured => "not-captured",
            Self::NoSuchFile => "no-such-file",
            Self::SelfTestFailed => "self-test-failed",
        }
    }
}

impl Origin {
    /// The word of the contract for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Memento => "memento",
            Self::Rendered => "rendered",
            Self::Imported => "imported",
            Self::Local => "local",
        }
    }
}
