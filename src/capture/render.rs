//! Pages as a browser shows them: for those that only scripts fill, and where somebody asks for it.
//!
//! A real Chromium, found on the machine, opens the page in a profile of its own that is thrown away. Everything it
//! fetches goes through a proxy of ours on the loopback interface, which applies the guard to each connection and ends
//! them all when a limit is passed; names are resolved there and nowhere else. Kept are the document as it stood when
//! it came to rest, and a picture of it. Configured headers and cookies are not used.

mod browser;
mod proxy;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep, timeout_at};
use url::Url;

use self::browser::{Browser, Shown};
use self::proxy::Proxy;
use super::guard;
use super::politeness::Politeness;
use super::settings::Settings;
use crate::archive::{Archive, ArchiveError, Rendering};
use crate::model::address::shown;
use crate::model::{Capture, Failure, Reason};

/// Names under which a browser that can be used is installed.
const PROGRAMS: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// What came of rendering a page.
#[derive(Debug)]
pub enum Rendered<'a> {
    /// It is in the archive.
    Page(&'a Capture),
    /// It could not be rendered.
    Failed(&'a Failure),
}

/// Finds a browser in the folders of a search path.
pub fn find_browser(folders: &[PathBuf]) -> Option<PathBuf> {
    let candidates = PROGRAMS.iter().flat_map(|program| folders.iter().map(move |folder| folder.join(program)));
    candidates.into_iter().find(|path| path.is_file())
}

/// Renders pages one after the other, and adds them to the archive.
///
/// # Errors
///
/// When the archive cannot be written.
pub async fn render_all(
    urls: Vec<String>,
    program: &Path,
    time: Duration,
    settings: &Settings,
    archive: &mut Archive,
    mut sink: impl FnMut(&str, Rendered<'_>),
) -> Result<(), ArchiveError> {
    let politeness = Politeness::new(settings.memory.queues.clone(), 1, settings.jitter);
    for url in urls {
        let parsed = Url::parse(&url).ok();
        let host = parsed.as_ref().and_then(Url::host_str).unwrap_or_default();
        let interval = parsed.as_ref().and_then(|url| settings.hosts.of(url).interval);
        let mut turn = politeness.turn(host, interval.unwrap_or(settings.min_interval)).await;
        match render(&url, program, time, settings).await {
            Ok(page) => {
                let capture = archive.append_rendering(&Rendering {
                    requested: &page.requested,
                    address: &page.address,
                    status: None,
                    html: page.html.as_bytes(),
                    screenshot: page.picture.as_deref(),
                    at: page.at,
                    browser: &page.browser,
                })?;
                sink(&url, Rendered::Page(&capture));
            }
            Err(failure) => sink(&url, Rendered::Failed(&failure)),
        }
        turn.asked();
    }
    Ok(())
}

/// A page that a browser showed, as it is kept.
struct Page {
    requested: String,
    address: String,
    html: String,
    picture: Option<Vec<u8>>,
    at: Timestamp,
    browser: String,
}

async fn render(written: &str, program: &Path, time: Duration, settings: &Settings) -> Result<Page, Failure> {
    let mut url = Url::parse(written).map_err(|error| Failure::new(Reason::BadUrl, error.to_string()))?;
    let _ = url.set_username("");
    let _ = url.set_password(None);
    guard::check(&url, settings)?;
    let deadline = Instant::now() + time;
    let proxy = Proxy::start(settings).await?;
    let at = super::http::now();
    let work = async {
        let mut browser = Browser::launch(program, proxy.address(), &agent(&settings.user_agent)).await?;
        let page = browser.show(url.as_str(), settings.max_body).await;
        browser.close().await;
        page
    };
    let page = match timeout_at(deadline, work).await {
        Ok(page) => page,
        Err(_) => {
            let detail = format!("the browser did not come to rest on {} within the time allowed", shown(written));
            Err(Failure::new(Reason::Timeout, detail))
        }
    };
    // where the guard stopped the page itself, that is the reason
    let page = page.map_err(|failure| proxy.refusal().unwrap_or(failure))?;
    keep(written, page, at, settings)
}

fn keep(written: &str, page: Shown, at: Timestamp, settings: &Settings) -> Result<Page, Failure> {
    let address = Url::parse(&page.address).map_err(|error| Failure::new(Reason::BadUrl, error.to_string()))?;
    guard::check(&address, settings)?;
    Ok(Page {
        requested: shown(written).into_owned(),
        address: shown(address.as_str()).into_owned(),
        html: page.html,
        picture: page.picture,
        at,
        browser: page.browser,
    })
}

/// Our name in the form that servers expect of browsers.
fn agent(user_agent: &str) -> String {
    format!("Mozilla/5.0 (compatible; {}) Chrome", user_agent.replace(['(', ')'], ""))
}

/// Waits for a short while between two looks at a page.
async fn moment() {
    sleep(Duration::from_millis(250)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_found_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(find_browser(&[folder.path().to_owned()]), None);
        std::fs::write(folder.path().join("chromium"), "").unwrap();
        let found = find_browser(&[PathBuf::from("/nowhere"), folder.path().to_owned()]);
        assert_eq!(found, Some(folder.path().join("chromium")));
    }
}
