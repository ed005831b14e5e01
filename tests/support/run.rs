//! A run of the engine over a manifest of its own, and what it left behind.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use onrecord::archive::{Archive, Mode};
use onrecord::engine::{self, Event, Settings};
use onrecord::manifest;
use onrecord::matching::figure;
use onrecord::model::report::{ClaimReport, Report};
use onrecord::model::{Capture, Outcome};
use tempfile::TempDir;

use super::server::Server;

/// A desk with a manifest that is put together claim by claim.
pub struct Desk {
    pub folder: TempDir,
    manifest: String,
    pub settings: Settings,
}

/// What a run came to.
pub struct Ran {
    pub report: Report,
    pub archive: Archive,
    /// Everything that the archive's records say, unpacked.
    pub records: String,
}

impl Desk {
    /// A desk that may ask exactly these servers, and waits for nothing.
    pub fn new(servers: &[&Server]) -> Self {
        let mut settings = Settings::at("2026-11-24T12:00:00Z".parse().expect("a time"));
        settings.threads = 1;
        settings.capture = onrecord::capture::Settings {
            allow_sockets: servers.iter().map(|server| server.address()).collect(),
            min_interval: Duration::ZERO,
            connect_timeout: Duration::from_secs(5),
            header_timeout: Duration::from_secs(2),
            total_timeout: Duration::from_secs(20),
            rate_window: Duration::from_secs(1),
            max_body: 8 << 20,
            retries: 0,
            retry_pause: Duration::from_millis(20),
            ..onrecord::capture::Settings::default()
        };
        settings.extract.max_bytes = 8 << 20;
        Self { folder: tempfile::tempdir().expect("a folder"), manifest: String::new(), settings }
    }

    /// Adds a claim with a quotation.
    pub fn quote(mut self, id: &str, words: &str, source: &str) -> Self {
        let _ = write!(
            self.manifest,
            "[[claim]]\nid = \"{id}\"\nstatement = '“{words},” said Ada Nyland.'\nquote = \"{words}\"\n\
             source = '{source}'\n\n"
        );
        self
    }

    /// Adds text of the manifest.
    pub fn lines(mut self, lines: &str) -> Self {
        self.manifest.push_str(lines);
        self
    }

    /// Changes how it captures.
    pub fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Captures and checks.
    pub async fn check(&self) -> Ran {
        self.check_telling(&|_| ()).await
    }

    /// The same, with somebody who is told of everything.
    pub async fn check_telling(&self, listener: &(dyn Fn(Event) + Sync)) -> Ran {
        let path = self.folder.path().join("claims.toml");
        let parsed = manifest::parse(&path, &self.manifest, &figure::written)
            .unwrap_or_else(|problems| panic!("{}", manifest::render_all(&problems, "claims.toml")));
        let report = engine::check(&parsed.manifest, &self.settings, listener).await.expect("the run can be done");
        let folder = self.folder.path().join("archive");
        let archive = Archive::open(&folder, Mode::Read).expect("an archive");
        let records = records(&folder);
        Ran { report, archive, records }
    }
}

impl Ran {
    /// The claim with an id.
    pub fn claim(&self, id: &str) -> &ClaimReport {
        self.report.claims.iter().find(|claim| claim.id == id).unwrap_or_else(|| panic!("no claim {id}"))
    }

    /// The verdict of a claim's only check, with the reason where it could not be made, and its flags.
    pub fn outcome(&self, id: &str) -> String {
        let check = &self.claim(id).checks[0];
        let mut outcome = match check.reason {
            Some(reason) => format!("{} {}", check.verdict.word(), reason.word()),
            None => check.verdict.word().to_owned(),
        };
        for flag in &check.flags {
            outcome.push_str(" +");
            outcome.push_str(flag.word());
        }
        outcome
    }

    /// What the archive holds of an address, oldest first: `whole`, `cut` or `failed REASON`.
    pub fn held(&self, url: &str) -> Vec<String> {
        let word = |capture: &&Capture| match &capture.outcome {
            Outcome::Failed(failure) => format!("failed {}", failure.reason.word()),
            Outcome::Body if capture.completeness == onrecord::model::Completeness::Complete => "whole".to_owned(),
            Outcome::Body => "cut".to_owned(),
        };
        let mut captures = self.archive.captures_of(url);
        // pages that redirect to the address count only where nobody asked for it
        if captures.iter().any(|capture| capture.requested == url) {
            captures.retain(|capture| capture.requested == url);
        }
        captures.iter().map(word).collect()
    }
}

/// Everything that the records of an archive say, unpacked.
pub fn records(folder: &Path) -> String {
    let bytes = std::fs::read(folder.join("segment-000001.warc.gz")).unwrap_or_default();
    if bytes.is_empty() {
        return String::new();
    }
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut text).expect("whole members");
    String::from_utf8_lossy(&text).into_owned()
}
