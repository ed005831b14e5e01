//! Messages: drifts as JSON, as a Slack message, and as a mail's text.

use serde::Serialize;

use crate::model::observation::Drift;

/// The identifier of this version of the format.
pub const SCHEMA: &str = "onrecord/alert/1";

/// What is told at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// Numbers of its drifts in the ledger: the same message always has the same.
    pub delivery: String,
    /// What became of the words.
    pub drifts: Vec<Drift>,
}

impl Message {
    /// Puts drifts into one message.
    pub fn new(numbers: &[i64], drifts: Vec<Drift>) -> Self {
        let delivery = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join("-");
        Self { schema: SCHEMA, delivery, drifts }
    }

    /// The message as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("plain data has a JSON form")
    }

    /// The message in the form that Slack takes. `&`, `<` and `>` are its control characters.
    pub fn slack(&self) -> String {
        let escaped =
            |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('`', "'");
        let text = self
            .drifts
            .iter()
            .map(|drift| {
                let mut line = format!("*{}*: {}", escaped(drift.kind.says()), escaped(&drift.subject.source));
                if !drift.claims.is_empty() {
                    line.push_str(&format!(" ({})", escaped(&drift.claims.join(", "))));
                }
                if !drift.before.is_empty() {
                    line.push_str(&format!("\n> was: {}", escaped(&one_line(&drift.before))));
                }
                if !drift.after.is_empty() {
                    line.push_str(&format!("\n> is: {}", escaped(&one_line(&drift.after))));
                }
                line
            })
            .collect::<Vec<_>>()
            .join("\n\n");
        serde_json::json!({ "text": text, "mrkdwn": true, "unfurl_links": false }).to_string()
    }

    /// One line on what it is about.
    pub fn subject(&self) -> String {
        match self.drifts.as_slice() {
            [only] => format!("{}: {}", only.kind.says(), one_line(&only.subject.source)),
            many => format!("{} changes in sources", many.len()),
        }
    }

    /// The message as plain text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for drift in &self.drifts {
            text.push_str(&format!("{}\n  source: {}\n", drift.kind.says(), one_line(&drift.subject.source)));
            if !drift.claims.is_empty() {
                text.push_str(&format!("  claims: {}\n", drift.claims.join(", ")));
            }
            text.push_str(&format!("  was: {}\n  is:  {}\n", one_line(&drift.before), one_line(&drift.after)));
            if let (Some(since), Some(seen)) = (&drift.since, &drift.seen) {
                text.push_str(&format!("  between {since} and {seen}\n"));
            }
            text.push('\n');
        }
        text
    }
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
