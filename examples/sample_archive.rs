//! Makes `fixtures/sample/archive` anew from `fixtures/sample/captures.json` and the pages beside it.
//!
//! Run it after a page of the sample was changed: `cargo run --example sample_archive`. The same input gives the same
//! bytes, so an unchanged sample leaves no difference in the repository.

use std::path::Path;

use anyhow::Context;
use jiff::Timestamp;
use onrecord::archive::{Answer, Archive, Exchange, Field, Mode, Protocol};
use onrecord::capture::read_local;
use onrecord::model::{Failure, Reason};
use serde::Deserialize;

#[derive(Deserialize)]
struct Listed {
    url: String,
    file: Option<String>,
    status: Option<u16>,
    content_type: Option<String>,
    captured: Timestamp,
    redirects: Vec<Redirect>,
    failure: Option<Listing>,
}

#[derive(Deserialize)]
struct Redirect {
    from: String,
    status: u16,
    to: String,
}

#[derive(Deserialize)]
struct Listing {
    reason: Reason,
    detail: String,
}

fn main() -> anyhow::Result<()> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample");
    let listed: Vec<Listed> = serde_json::from_slice(&std::fs::read(sample.join("captures.json"))?)?;
    let folder = sample.join("archive");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let mut archive = Archive::open(&folder, Mode::Write)?;
    for capture in &listed {
        archive.append_exchange(&exchange(&sample, capture)?)?;
    }
    // The copies that the manifest names are kept as what a person brought, under their paths as written.
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(manifest.join("claims.toml"))?;
    let parsed = onrecord::manifest::parse(&manifest.join("claims.toml"), &text, &onrecord::manifest::no_figures)
        .map_err(|_| anyhow::anyhow!("claims.toml has errors"))?;
    for source in parsed.manifest.sources.values() {
        let when: Timestamp = "2024-03-23T16:00:00Z".parse()?;
        for (path, copy) in
            [(source.path.as_deref(), false), (source.copy.as_ref().map(|copy| copy.path.as_str()), true)]
        {
            let Some(path) = path else { continue };
            let file = read_local(manifest, path, false, 1 << 20).map_err(|failure| anyhow::anyhow!(failure.detail))?;
            if copy {
                archive.append_imported(path, &file.bytes, file.content_type, when, when)?;
            } else {
                archive.append_local(path, &file.bytes, file.content_type, when, when)?;
            }
        }
    }
    archive.flush()?;
    println!("{} captures in {}", archive.captures().len(), folder.display());
    Ok(())
}

fn exchange(sample: &Path, capture: &Listed) -> anyhow::Result<Exchange> {
    let answer = |url: &str, status: u16, fields: Vec<Field>, body: Vec<u8>, location: Option<String>| Answer {
        url: url.to_owned(),
        asked: capture.captured,
        request: vec![Field::new("Accept-Encoding", "gzip"), Field::new("User-Agent", "onrecord/0.1 (source checker)")],
        protocol: Protocol::Http11,
        status,
        fields,
        body,
        truncated: None,
        peer: None,
        location,
    };
    let hops: Vec<Answer> = capture
        .redirects
        .iter()
        .map(|hop| {
            answer(
                &hop.from,
                hop.status,
                vec![Field::new("Location", hop.to.as_str())],
                Vec::new(),
                Some(hop.to.clone()),
            )
        })
        .collect();
    let address = capture.redirects.last().map_or(&capture.url, |hop| &hop.to);
    let last = match (&capture.file, capture.status) {
        (Some(file), Some(status)) => {
            let body = std::fs::read(sample.join(file)).with_context(|| format!("cannot read {file}"))?;
            let kind = capture.content_type.as_deref().unwrap_or("text/html");
            Some(answer(address, status, vec![Field::new("Content-Type", kind)], body, None))
        }
        _ => None,
    };
    let failure = capture.failure.as_ref().map(|listing| Failure::new(listing.reason, listing.detail.clone()));
    Ok(Exchange { requested: capture.url.clone(), began: capture.captured, hops, answer: last, failure })
}
