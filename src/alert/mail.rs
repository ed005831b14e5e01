//! Mail, over the server that the user names.

use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Tokio1Executor};

use super::message::Message;
use super::{Secrets, TIMEOUT, TellError};

/// Sends one message.
pub(super) async fn send(to: &str, message: &Message, secrets: &Secrets) -> Result<(), TellError> {
    let server = secrets.smtp.as_deref().ok_or_else(|| {
        TellError::Setup("mail needs a server: set ONRECORD_SMTP to smtps://user:password@host".into())
    })?;
    let mailbox = |text: &str| -> Result<Mailbox, TellError> {
        text.parse().map_err(|error| TellError::Setup(format!("{text:?} is no mail address: {error}")))
    };
    let sender = secrets.sender.as_deref().unwrap_or(to);
    let mail = lettre::Message::builder()
        .from(mailbox(sender)?)
        .to(mailbox(to)?)
        .subject(format!("onrecord: {}", message.subject()))
        .message_id(Some(format!("<{}.{}@onrecord.invalid>", message.delivery, message.drifts.len())))
        .body(message.text())
        .map_err(|error| TellError::Setup(error.to_string()))?;
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
        .map_err(|error| TellError::Setup(format!("ONRECORD_SMTP: {error}")))?
        .timeout(Some(TIMEOUT))
        .build();
    transport.send(mail).await.map(|_| ()).map_err(|error| TellError::Unreached(error.to_string()))
}
