//! `onrecord archive list` and `show`.

use std::io::IsTerminal;

use serde_json::json;

use crate::archive::{Archive, Mode};
use crate::cli::args::archive::{List, ListFormat, Show};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::model::{Capture, Completeness, Outcome};
use crate::report::escape;

pub(super) fn list(options: &List) -> anyhow::Result<Exit> {
    let found = options.place.find_existing()?;
    let archive = open(&found.path)?;
    let named = |capture: &&Capture| {
        options
            .containing
            .as_ref()
            .is_none_or(|words| capture.requested.contains(words) || capture.address.contains(words))
    };
    let mut captures: Vec<&Capture> = archive.captures().iter().filter(named).collect();
    captures.sort_by(|a, b| (a.captured, &a.id).cmp(&(b.captured, &b.id)));
    let text = match options.format {
        ListFormat::Json => json_lines(&captures),
        ListFormat::Text => captures.iter().map(|capture| line(capture)).collect(),
    };
    output::print(text.as_bytes())?;
    if options.format == ListFormat::Text {
        output::complain(&match captures.len() {
            1 => "1 capture".to_owned(),
            count => format!("{count} captures"),
        });
    }
    Ok(Exit::Good)
}

pub(super) fn show(options: &Show) -> anyhow::Result<Exit> {
    let found = options.place.find_existing()?;
    let archive = open(&found.path)?;
    let mut captures: Vec<&Capture> = archive.captures_of(&options.capture);
    if captures.is_empty() {
        captures = archive.captures().iter().filter(|capture| is_id(capture, &options.capture)).collect();
    }
    captures.sort_by(|a, b| (a.captured, &a.id).cmp(&(b.captured, &b.id)));
    let Some(newest) = captures.iter().rev().find(|capture| capture.outcome == Outcome::Body).or(captures.last())
    else {
        anyhow::bail!("the archive has no capture {}; `onrecord archive list` shows what it has", options.capture);
    };
    if options.body {
        let body = archive.body(&newest.id)?;
        if std::io::stdout().is_terminal() {
            output::print(escape::terminal_lines(&String::from_utf8_lossy(&body.bytes)).as_bytes())?;
        } else {
            output::print(&body.bytes)?;
        }
        return Ok(Exit::Good);
    }
    let text = match options.format {
        ListFormat::Json => json_lines(&captures),
        ListFormat::Text => captures.iter().map(|capture| details(&archive, capture)).collect::<Vec<_>>().join("\n"),
    };
    output::print(text.as_bytes())?;
    Ok(Exit::Good)
}

fn open(path: &std::path::Path) -> anyhow::Result<Archive> {
    let archive = Archive::open_with(path, Mode::Read, super::options())?;
    for warning in archive.warnings() {
        output::complain(&format!("warning: {warning}"));
    }
    Ok(archive)
}

fn is_id(capture: &Capture, asked: &str) -> bool {
    let bare = |id: &str| id.trim_start_matches("urn:uuid:").to_owned();
    asked.len() >= 4 && bare(&capture.id.0).starts_with(&bare(asked))
}

fn what(capture: &Capture) -> String {
    match (&capture.outcome, capture.status) {
        (Outcome::Failed(failure), _) => failure.reason.word().to_owned(),
        (Outcome::Body, Some(status)) => status.to_string(),
        (Outcome::Body, None) => "-".to_owned(),
    }
}

fn line(capture: &Capture) -> String {
    format!(
        "{}  {:<8}  {:<14}  {}  {}\n",
        capture.captured.strftime("%Y-%m-%d %H:%M:%S UTC"),
        capture.origin.word(),
        what(capture),
        short(&capture.id.0),
        escape::terminal(&capture.requested, true)
    )
}

/// Enough of an id to ask for it again.
fn short(id: &str) -> String {
    escape::terminal(&id.trim_start_matches("urn:uuid:").chars().take(13).collect::<String>(), true)
}

fn details(archive: &Archive, capture: &Capture) -> String {
    let mut rows: Vec<(&str, String)> =
        vec![("capture", capture.id.0.clone()), ("asked for", capture.requested.clone())];
    for hop in &capture.hops {
        rows.push(("redirected", format!("{} to {}", hop.status, hop.to)));
    }
    if capture.address != capture.requested {
        rows.push(("arrived at", capture.address.clone()));
    }
    rows.push(("captured", capture.captured.to_string()));
    rows.push(("origin", capture.origin.word().to_owned()));
    if let Some(status) = capture.status {
        rows.push(("status", status.to_string()));
    }
    if let Some(kind) = &capture.content_type {
        rows.push(("type", kind.clone()));
    }
    if !capture.sha256.is_empty() {
        rows.push(("sha256", capture.sha256.clone()));
    }
    if capture.completeness == Completeness::Truncated {
        rows.push(("complete", "no, it was cut off".to_owned()));
    }
    match &capture.outcome {
        Outcome::Failed(failure) => rows.push(("failed", format!("{}: {}", failure.reason.word(), failure.detail))),
        Outcome::Body => match archive.body(&capture.id) {
            Ok(body) => {
                rows.push(("bytes", body.bytes.len().to_string()));
                rows.extend(body.warnings.iter().map(|warning| ("odd", warning.message.clone())));
            }
            Err(error) => rows.push(("damaged", error.to_string())),
        },
    }
    if let Some(place) = archive.place(&capture.id) {
        rows.push(("stands in", place));
    }
    for (name, value) in archive.statements(&capture.id) {
        rows.push((name, value));
    }
    rows.into_iter().map(|(name, value)| format!("{name:<12} {}\n", escape::terminal(&value, true))).collect()
}

fn json_lines(captures: &[&Capture]) -> String {
    let mut text = String::new();
    for capture in captures {
        let failure = match &capture.outcome {
            Outcome::Failed(failure) => json!({"reason": failure.reason.word(), "detail": failure.detail}),
            Outcome::Body => json!(null),
        };
        let value = json!({
            "id": capture.id.0,
            "requested": capture.requested,
            "address": capture.address,
            "hops": capture.hops,
            "captured": capture.captured.to_string(),
            "origin": capture.origin.word(),
            "status": capture.status,
            "media_type": capture.content_type,
            "sha256": capture.sha256,
            "complete": capture.completeness == Completeness::Complete,
            "failure": failure,
        });
        text.push_str(&value.to_string());
        text.push('\n');
    }
    text
}
