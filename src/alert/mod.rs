//! Telling: what became of the words → whoever asked to be told, over the channels that they named.
//!
//! A message is told once: its delivery number is noted in the ledger as soon as the receiver took it, and goes along, so
//! that a receiver can tell a repetition after a crash between the two. What could not be told is tried again, later
//! and later, and is never dropped.

mod mail;
mod message;

use std::process::Stdio;
use std::str::FromStr;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use tokio::io::AsyncWriteExt;

use crate::model::observation::Drift;

pub use message::{Message, SCHEMA};

/// How long a receiver may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Where alerts go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// A POST of JSON, signed where there is a secret.
    Webhook(String),
    /// A POST in the form that Slack and its relatives take.
    Slack(String),
    /// A mail to this address.
    Mail(String),
    /// A program, with the message as JSON on its standard input.
    Command(String),
}

/// What the channels need beside their targets. Comes from outside: nothing here reads the environment.
#[derive(Clone, Default)]
pub struct Secrets {
    /// Signs webhooks: HMAC-SHA256 over the body.
    pub webhook: Option<String>,
    /// The mail server: `smtps://user:password@host`, or `smtp://host:port` for one on this machine.
    pub smtp: Option<String>,
    /// Whom mails are from.
    pub sender: Option<String>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

/// A channel cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no channel: write webhook=URL, slack=URL, mail=ADDRESS or command=PROGRAM")]
pub struct UnknownChannel(String);

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// The receiver could not be reached, or took too long.
    #[error("cannot reach the receiver: {0}")]
    Unreached(String),
    /// The receiver said no.
    #[error("the receiver answered {0}")]
    Refused(String),
    /// The channel lacks something that it needs.
    #[error("{0}")]
    Setup(String),
}

impl FromStr for Channel {
    type Err = UnknownChannel;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || UnknownChannel(text.to_owned());
        let (kind, target) = text.split_once('=').ok_or_else(wrong)?;
        let target = target.trim();
        let web = || url::Url::parse(target).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        match kind {
            "webhook" if web() => Ok(Self::Webhook(target.to_owned())),
            "slack" if web() => Ok(Self::Slack(target.to_owned())),
            "mail" if target.contains('@') => Ok(Self::Mail(target.to_owned())),
            "command" if !target.is_empty() => Ok(Self::Command(target.to_owned())),
            _ => Err(wrong()),
        }
    }
}

impl Channel {
    /// Its name in the ledger: the kind, and a digest of the target, which may hold a secret.
    pub fn name(&self) -> String {
        use sha2::Digest;
        let (kind, target) = match self {
            Self::Webhook(target) => ("webhook", target),
            Self::Slack(target) => ("slack", target),
            Self::Mail(target) => ("mail", target),
            Self::Command(target) => ("command", target),
        };
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(target.as_bytes()));
        format!("{kind}:{}", &digest[..12])
    }

    /// Tells one message.
    ///
    /// # Errors
    ///
    /// When the receiver did not take it.
    pub async fn tell(&self, message: &Message, secrets: &Secrets) -> Result<(), TellError> {
        match self {
            Self::Webhook(url) => {
                let body = message.json();
                let mut headers = vec![("onrecord-delivery", message.delivery.clone())];
                if let Some(secret) = &secrets.webhook {
                    headers.push(("onrecord-signature", format!("sha256={}", sign(secret, &body))));
                }
                post(url, body, &headers).await
            }
            Self::Slack(url) => post(url, message.slack(), &[]).await,
            Self::Mail(to) => mail::send(to, message, secrets).await,
            Self::Command(program) => run(program, message).await,
        }
    }
}

/// When to try again after so many attempts: a minute, then ever later, at most six hours.
pub fn again(attempts: i64, now: Timestamp) -> Timestamp {
    let minutes = 5i64.saturating_pow(u32::try_from(attempts.clamp(0, 4)).unwrap_or(4)).min(360);
    now.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(now)
}

/// One message for each thing that is urgent, and one for the rest together.
pub fn batches(alerts: Vec<(i64, Drift)>) -> Vec<(Vec<i64>, Message)> {
    let (urgent, rest): (Vec<_>, Vec<_>) = alerts.into_iter().partition(|(_, drift)| drift.kind.is_urgent());
    let mut batches: Vec<(Vec<i64>, Message)> =
        urgent.into_iter().map(|(number, drift)| (vec![number], Message::new(&[number], vec![drift]))).collect();
    if !rest.is_empty() {
        let (numbers, drifts): (Vec<i64>, Vec<Drift>) = rest.into_iter().unzip();
        batches.push((numbers.clone(), Message::new(&numbers, drifts)));
    }
    batches
}

fn sign(secret: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(body.as_bytes());
    data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes())
}

async fn post(url: &str, body: String, headers: &[(&'static str, String)]) -> Result<(), TellError> {
    let client = reqwest::Client::builder()
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("onrecord/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| TellError::Setup(error.to_string()))?;
    let mut request = client.post(url).header("content-type", "application/json").body(body);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    // An address may hold a secret: errors are shown without it.
    let answer = request.send().await.map_err(|error| TellError::Unreached(error.without_url().to_string()))?;
    if answer.status().is_success() { Ok(()) } else { Err(TellError::Refused(answer.status().to_string())) }
}

/// The message goes to the program as data on its standard input, never as an argument.
async fn run(program: &str, message: &Message) -> Result<(), TellError> {
    let mut child = tokio::process::Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| TellError::Setup(format!("cannot run {program}: {error}")))?;
    let told = async {
        if let Some(mut input) = child.stdin.take() {
            // A program that does not read is its own affair; its status decides.
            let _ = input.write_all(message.json().as_bytes()).await;
        }
        child.wait().await
    };
    match tokio::time::timeout(TIMEOUT, told).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(TellError::Refused(status.to_string())),
        Ok(Err(error)) => Err(TellError::Unreached(error.to_string())),
        Err(_) => Err(TellError::Unreached("the program took too long".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_read_and_nonsense_is_not() {
        assert_eq!("webhook=https://a.example/x?y=1".parse(), Ok(Channel::Webhook("https://a.example/x?y=1".into())));
        assert_eq!("mail=desk@daily.example".parse(), Ok(Channel::Mail("desk@daily.example".into())));
        for bad in ["webhook=ftp://a.example", "slack=", "mail=desk", "command=", "pager=1", "webhook"] {
            assert!(bad.parse::<Channel>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_signature_is_that_of_rfc_4231() {
        assert_eq!(
            sign("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn it_waits_ever_longer() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
        let waits: Vec<i64> = (0..8).map(|attempts| again(attempts, now).duration_since(now).as_mins()).collect();
        assert_eq!(waits, [1, 5, 25, 125, 360, 360, 360, 360]);
    }

    #[test]
    fn the_name_of_a_channel_holds_no_secret() {
        let name = Channel::Slack("https://hooks.example/T0/secret".into()).name();
        assert!(name.starts_with("slack:") && !name.contains("secret"), "{name}");
    }
}
