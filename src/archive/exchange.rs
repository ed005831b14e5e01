//! What a fetch hands to the archive: the requests and answers as they went over the wire.
//!
//! Plain data, so that the archive needs no network and the network no archive. Bodies are without transfer
//! coding and with their content coding: exactly the bytes that are stored.

use std::net::IpAddr;

use jiff::Timestamp;

use crate::model::Failure;

/// One attempt to fetch a URL: its redirects, its answer, and why it ended if it did not end well.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// The URL that was asked for.
    pub requested: String,
    /// When the attempt began.
    pub began: Timestamp,
    /// The answers that redirected, in order.
    pub hops: Vec<Answer>,
    /// The last answer; `None` where none came.
    pub answer: Option<Answer>,
    /// Why there is no answer. Never set beside one: what is wrong with an answer is seen from its record.
    pub failure: Option<Failure>,
}

/// One request and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The URL that was asked.
    pub url: String,
    /// When the request was sent.
    pub asked: Timestamp,
    /// The request's header fields, as sent.
    pub request: Vec<Field>,
    /// The protocol that was spoken.
    pub protocol: Protocol,
    /// HTTP status.
    pub status: u16,
    /// The answer's header fields, as received.
    pub fields: Vec<Field>,
    /// The body, with its content coding.
    pub body: Vec<u8>,
    /// Why the body is not whole.
    pub truncated: Option<Truncation>,
    /// The address that was connected to.
    pub peer: Option<IpAddr>,
    /// Where it redirects to, resolved.
    pub location: Option<String>,
}

/// One header field. Values are bytes: servers send what they like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Vec<u8>,
}

/// The protocol of an exchange, by its ALPN name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP/1.0.
    Http10,
    /// HTTP/1.1.
    Http11,
    /// HTTP/2.
    H2,
}

/// Why a body is not whole, in the words of `WARC-Truncated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truncation {
    /// It passed the size limit.
    Length,
    /// A deadline passed.
    Time,
    /// The connection broke, or the transfer coding did.
    Disconnect,
}

impl Field {
    /// Makes a field.
    pub fn new(name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

impl Protocol {
    /// Its name in `WARC-Protocol`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Http10 => "http/1.0",
            Self::Http11 => "http/1.1",
            Self::H2 => "h2",
        }
    }
}

impl Truncation {
    /// Its name in `WARC-Truncated`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Time => "time",
            Self::Disconnect => "disconnect",
        }
    }
}
