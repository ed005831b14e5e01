//! Loading: a manifest from its file, and settings from arguments and the configuration file.

use std::path::Path;
#[cfg(feature = "render")]
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;

use super::args::{Network, Sources};
use super::output;
use crate::archive::{DecodeLimits, Privacy};
use crate::capture::config::Outside;
use crate::capture::{self, Config, Memento};
#[cfg(feature = "render")]
use crate::engine::RenderWhen;
use crate::engine::{self, Refresh, Render, Settings};
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

/// The archive that the manifest of the working folder names, where there is one that can be read.
pub(super) fn archive_beside() -> Option<String> {
    let path = Path::new("claims.toml");
    let small = std::fs::metadata(path).ok()?.len() <= manifest::Limits::default().bytes as u64;
    let bytes = std::fs::read(path).ok().filter(|_| small)?;
    let text = manifest::decode(&bytes).ok()?;
    manifest::parse(path, text, &figure::written).ok()?.manifest.archive
}

fn hint(path: &Path) -> String {
    if path == Path::new("claims.toml") {
        "cannot read claims.toml in this folder; `onrecord init` writes one to begin with".to_owned()
    } else {
        format!("cannot read {}", path.display())
    }
}

/// The name of the configuration file that is looked for beside a manifest.
const CONFIG: &str = "onrecord.toml";

/// The configuration: the file that is named, or the one in `folder` if there is one.
fn config(named: Option<&Path>, folder: &Path) -> anyhow::Result<Config> {
    let beside = folder.join(CONFIG);
    let path = match named {
        Some(path) => path,
        None if beside.is_file() => &beside,
        None => return Ok(Config::default()),
    };
    let read = |path: &Path| -> Result<String, String> {
        let size = std::fs::metadata(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?.len();
        if size > capture::config::MAX_BYTES {
            return Err(format!("{} is larger than {} bytes", path.display(), capture::config::MAX_BYTES));
        }
        std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    let text = read(path).map_err(anyhow::Error::msg)?;
    let base = path.parent().unwrap_or(Path::new("."));
    let outside = Outside {
        variable: &|name| std::env::var(name).ok(),
        file: &|name| read(&base.join(name)),
        now: Timestamp::now(),
    };
    let mut config = Config::parse(&text, &outside).with_context(|| format!("{} cannot be used", path.display()))?;
    if let Some(name) = &config.authorities {
        let pem = read(&base.join(name)).map_err(anyhow::Error::msg)?;
        config.extra_roots = capture::certificates(&pem)
            .with_context(|| format!("{}: authorities: {name} cannot be used", path.display()))?;
    }
    Ok(config)
}

/// The settings that the arguments and the configuration file of a folder ask for; an argument wins.
pub(super) fn settings(sources: &Sources, folder: &Path) -> anyhow::Result<Settings> {
    let limits = &sources.limits;
    let network = &sources.network;
    let config = config(network.config.as_deref(), folder)?;
    let contact = network.contact.as_deref().or(config.contact.as_deref());
    let user_agent = match (&config.user_agent, &network.contact) {
        (Some(agent), None) => agent.clone(),
        _ => capture::user_agent(contact),
    };
    let max_bytes = limits.max_size as usize * (1 << 20);
    let threads =
        if limits.threads == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { limits.threads };
    let render = render(network, &config)?;
    let memento = match network.memento.as_deref() {
        None => config.memento,
        Some("wayback") => Memento::wayback(),
        Some(address) => {
            let url = url::Url::parse(address).with_context(|| format!("--memento {address}"))?;
            anyhow::ensure!(matches!(url.scheme(), "http" | "https"), "--memento {address}: not an address of the web");
            Memento { timegate: Some(address.to_owned()), ..config.memento }
        }
    };
    anyhow::ensure!(
        !network.save || memento.save.is_some(),
        "--save wants a save service: --memento wayback, or memento.save in {CONFIG}"
    );
    let defaults = capture::Settings::default();
    Ok(Settings {
        offline: sources.offline,
        refresh: if sources.refresh { Refresh::Everything } else { Refresh::Never },
        allow_outside: sources.allow_outside,
        privacy: Privacy {
            without_requests: sources.privacy.no_requests,
            without_cookies: sources.privacy.no_cookies,
            redact: sources.privacy.redact.clone(),
        },
        archive: sources.archive.clone(),
        capture: capture::Settings {
            allow_private: sources.allow_private,
            user_agent,
            hosts: config.hosts,
            ignore_robots: network.ignore_robots || config.ignore_robots.unwrap_or(false),
            proxy: config.proxy,
            extra_roots: config.extra_roots,
            connect_timeout: limits.connect_timeout,
            total_timeout: limits.timeout,
            header_timeout: limits.header_timeout,
            max_body: max_bytes,
            max_redirects: limits.max_redirects as usize,
            max_header: limits.max_header as usize * 1024,
            max_interim: limits.max_interim as usize,
            min_rate: limits.min_rate,
            max_retry_after: limits.max_retry_after,
            min_interval: network.interval.or(config.interval).unwrap_or(defaults.min_interval),
            concurrency: network.concurrency as usize,
            retries: network.retries,
            retry_pause: network.retry_pause,
            ..defaults
        },
        memento,
        save: network.save,
        render,
        decode: DecodeLimits {
            ratio: limits.max_growth as usize,
            codings: limits.max_codings as usize,
            ..DecodeLimits::default()
        },
        extract: extract::Limits { max_bytes },
        reader: engine::Reader {
            program: std::env::current_exe().ok(),
            timeout: limits.pdf_timeout,
            memory: u64::from(limits.pdf_memory) << 20,
        },
        threads,
        ..Settings::at(Timestamp::now())
    })
}

/// How pages are rendered: the browser is the one that the configuration names, else one of the search path.
#[cfg(feature = "render")]
fn render(network: &Network, config: &Config) -> anyhow::Result<Render> {
    use super::args::RenderWhen as Asked;
    let when = match network.render {
        Asked::Needed => RenderWhen::Needed,
        Asked::Always => RenderWhen::Always,
        Asked::Never => RenderWhen::Never,
    };
    let program = match &config.render.chromium {
        Some(written) => {
            anyhow::ensure!(Path::new(written).is_file(), "render.chromium: {written} is not there");
            Some(written.into())
        }
        None => {
            let path = std::env::var_os("PATH").unwrap_or_default();
            capture::find_browser(&std::env::split_paths(&path).collect::<Vec<_>>())
        }
    };
    anyhow::ensure!(
        program.is_some() || when != RenderWhen::Always,
        "--render always wants a browser: install Chromium (on Debian: apt install chromium)"
    );
    let default = Render::default();
    let timeout =
        config.render.timeout.map_or(default.timeout, |seconds| Duration::from_secs_f64(seconds.clamp(1.0, 600.0)));
    Ok(Render { when, program, timeout })
}

#[cfg(not(feature = "render"))]
fn render(_: &Network, config: &Config) -> anyhow::Result<Render> {
    anyhow::ensure!(config.render == Default::default(), "render: this build of the program cannot render pages");
    Ok(Render::default())
}

/// The folder that a file is in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
