//! Loading: a manifest from its file, and settings from arguments.

use std::path::Path;

use anyhow::Context;
use jiff::Timestamp;

use super::args::Sources;
use super::output;
use crate::archive::Privacy;
use crate::capture;
use crate::engine::Settings;
use crate::extract;
use crate::manifest::{self, Diagnostic};
use crate::matching::figure;
use crate::model::Manifest;

/// Reads a manifest and shows its warnings.
///
/// # Errors
///
/// When the file cannot be read, or has errors, which have been shown then.
pub(super) fn manifest(path: &Path) -> anyhow::Result<Manifest> {
    let limit = manifest::Limits::default().bytes as u64;
    let size = std::fs::metadata(path).with_context(|| hint(path))?.len();
    anyhow::ensure!(size <= limit, "{} has {size} bytes, more than the limit of {limit}", path.display());
    let bytes = std::fs::read(path).with_context(|| hint(path))?;
    let name = path.display().to_string();
    let fail = |diagnostics: Vec<Diagnostic>| {
        output::complain(manifest::render_all(&diagnostics, &name).trim_end());
        anyhow::anyhow!("{name} cannot be used as it is")
    };
    let text = manifest::decode(&bytes).map_err(fail)?;
    let parsed = manifest::parse(path, text, &figure::written).map_err(fail)?;
    if !parsed.warnings.is_empty() {
        output::complain(manifest::render_all(&parsed.warnings, &name).trim_end());
    }
    Ok(parsed.manifest)
}

fn hint(path: &Path) -> String {
    if path == Path::new("claims.toml") {
        "cannot read claims.toml in this folder; `onrecord init` writes one to begin with".to_owned()
    } else {
        format!("cannot read {}", path.display())
    }
}

/// The settings that the arguments ask for.
pub(super) fn settings(sources: &Sources) -> Settings {
    let limits = &sources.limits;
    let max_bytes = limits.max_size as usize * (1 << 20);
    let threads =
        if limits.threads == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { limits.threads };
    Settings {
        offline: sources.offline,
        refresh: sources.refresh,
        allow_outside: sources.allow_outside,
        privacy: Privacy {
            without_requests: sources.privacy.no_requests,
            without_cookies: sources.privacy.no_cookies,
            redact: sources.privacy.redact.clone(),
        },
        archive: sources.archive.clone(),
        capture: capture::Settings {
            allow_private: sources.allow_private,
            total_timeout: limits.timeout,
            header_timeout: limits.header_timeout,
            max_body: max_bytes,
            max_redirects: limits.max_redirects as usize,
            min_interval: limits.interval,
            ..capture::Settings::default()
        },
        extract: extract::Limits { max_bytes },
        threads,
        ..Settings::at(Timestamp::now())
    }
}
