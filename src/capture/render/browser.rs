//! One run of Chromium, driven over a pipe with its DevTools protocol: no port is opened, and no page can reach it.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::{Instant, timeout};

use super::moment;
use crate::model::{Failure, Reason};

/// Bytes of one message of the browser.
const MAX_MESSAGE: usize = 256 << 20;
/// How long a page may go on changing after it has loaded.
const REST: Duration = Duration::from_secs(6);

/// Joins the pipes that the protocol wants to the ones that a child has: three to read from, four to write to.
const PIPES: &str = "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null";

/// A running browser.
pub(super) struct Browser {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: u64,
    loaded: bool,
    profile: Profile,
}

/// A page as it is shown.
pub(super) struct Shown {
    pub(super) address: String,
    pub(super) html: String,
    /// PNG.
    pub(super) picture: Option<Vec<u8>>,
    /// The browser, with its version.
    pub(super) browser: String,
}

/// The folder of a browser's own files; gone when it is dropped.
struct Profile(PathBuf);

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Profile {
    fn new() -> std::io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("onrecord-browser-{}-{number}", std::process::id()));
            // a folder that is there already is somebody else's
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn broken(message: impl std::fmt::Display) -> Failure {
    Failure::new(Reason::ScriptOnly, format!("the browser cannot be used: {message}"))
}

impl Browser {
    pub(super) async fn launch(program: &Path, proxy: SocketAddr, user_agent: &str) -> Result<Self, Failure> {
        let profile = Profile::new().map_err(broken)?;
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", PIPES])
            .arg(program)
            .args([
                "--headless=new",
                "--remote-debugging-pipe",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-extensions",
                "--disable-sync",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-features=Translate,OptimizationHints,MediaRouter,NetworkTimeServiceQuerying",
                "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
                "--dns-prefetch-disable",
                "--mute-audio",
                "--hide-scrollbars",
                "--window-size=1280,1600",
                // everything goes through the proxy, loopback too, and nothing is resolved elsewhere
                "--proxy-bypass-list=<-loopback>",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ])
            .arg(format!("--proxy-server=http://{proxy}"))
            .arg(format!("--user-agent={user_agent}"))
            .arg(format!("--user-data-dir={}", profile.0.display()))
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", &profile.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        if is_root() {
            // Chromium has no sandbox for root; containers that run as root are the sandbox then
            command.arg("--no-sandbox");
        }
        let mut child = command.spawn().map_err(broken)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(broken("it has no pipes"));
        };
        Ok(Self { child, input, output: BufReader::new(output), next: 0, loaded: false, profile })
    }

    /// Opens a page, waits until it rests, and takes what it shows.
    pub(super) async fn show(&mut self, url: &str, max_html: usize) -> Result<Shown, Failure> {
        let version = self.call("Browser.getVersion", json!({}), None).await?;
        let browser = version["product"].as_str().unwrap_or("Chromium").to_owned();
        self.call("Browser.setDownloadBehavior", json!({"behavior": "deny"}), None).await?;
        let target = self.call("Target.createTarget", json!({"url": "about:blank"}), None).await?;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.call("Target.attachToTarget", attach, None).await?;
        let session = session["sessionId"].as_str().unwrap_or_default().to_owned();
        let session = Some(session.as_str());
        self.call("Page.enable", json!({}), session).await?;
        let went = self.call("Page.navigate", json!({"url": url}), session).await?;
        if let Some(error) = went["errorText"].as_str() {
            return Err(Failure::new(Reason::Connect, format!("the browser cannot open the page: {error}")));
        }
        self.rest(session).await?;
        let tree = self.call("Page.getFrameTree", json!({}), session).await?;
        let address = tree["frameTree"]["frame"]["url"].as_str().unwrap_or_default().to_owned();
        let document = self.call("DOM.getDocument", json!({"depth": 0}), session).await?;
        let node = json!({"nodeId": document["root"]["nodeId"]});
        let html = self.call("DOM.getOuterHTML", node, session).await?;
        let html = html["outerHTML"].as_str().unwrap_or_default().to_owned();
        if html.len() > max_html {
            return Err(Failure::new(Reason::TooLarge, format!("the document is larger than {max_html} bytes")));
        }
        let picture = self.picture(session).await.filter(|picture| picture.len() <= max_html);
        Ok(Shown { address, html, picture, browser })
    }

    /// Waits for the page to load, and then until its text stays the same.
    async fn rest(&mut self, session: Option<&str>) -> Result<(), Failure> {
        // a page may load for ever (a stream, a long poll): what it shows by then counts
        let loading = Instant::now() + Duration::from_secs(15);
        let mut before = (0, 0);
        let mut until = None;
        loop {
            let ask = json!({
                "expression": "document.body ? document.body.innerText.length : 0",
                "returnByValue": true,
                "timeout": 1000
            });
            let length = self.call("Runtime.evaluate", ask, session).await?["result"]["value"].as_u64().unwrap_or(0);
            let now = Instant::now();
            if self.loaded || now > loading {
                let until = *until.get_or_insert(now + REST);
                before = if length == before.0 { (length, before.1 + 1) } else { (length, 0) };
                // three looks in a row that see the same text; an empty page gets all the time there is
                if now > until || (length > 0 && before.1 >= 3) {
                    return Ok(());
                }
            }
            moment().await;
        }
    }

    async fn picture(&mut self, session: Option<&str>) -> Option<Vec<u8>> {
        let shot = self.call("Page.captureScreenshot", json!({"format": "png"}), session);
        let shot = timeout(Duration::from_secs(10), shot).await.ok()?.ok()?;
        data_encoding::BASE64.decode(shot["data"].as_str()?.as_bytes()).ok()
    }

    /// Sends a command and waits for what it gives.
    async fn call(&mut self, method: &str, params: Value, session: Option<&str>) -> Result<Value, Failure> {
        self.next += 1;
        let id = self.next;
        self.send(json!({"id": id, "method": method, "params": params}), session).await?;
        loop {
            let message = self.receive().await?;
            if message["id"] == id {
                return match message["error"]["message"].as_str() {
                    Some(error) => Err(broken(format!("{method}: {error}"))),
                    None => Ok(message["result"].clone()),
                };
            }
            match message["method"].as_str() {
                Some("Page.loadEventFired") => self.loaded = true,
                // a box with a question would hold the page for ever
                Some("Page.javascriptDialogOpening") => {
                    self.next += 1;
                    let dismiss =
                        json!({"id": self.next, "method": "Page.handleJavaScriptDialog", "params": {"accept": false}});
                    self.send(dismiss, message["sessionId"].as_str()).await?;
                }
                _ => {}
            }
        }
    }

    async fn send(&mut self, mut message: Value, session: Option<&str>) -> Result<(), Failure> {
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.input.write_all(&bytes).await.map_err(broken)?;
        self.input.flush().await.map_err(broken)
    }

    async fn receive(&mut self) -> Result<Value, Failure> {
        let mut bytes = Vec::new();
        loop {
            let part = self.output.fill_buf().await.map_err(broken)?;
            if part.is_empty() {
                return Err(broken("it ended by itself"));
            }
            let end = memchr::memchr(0, part);
            let taken = end.unwrap_or(part.len());
            bytes.extend_from_slice(&part[..taken]);
            self.output.consume(end.map_or(taken, |end| end + 1));
            if end.is_some() {
                return serde_json::from_slice(&bytes).map_err(broken);
            }
            if bytes.len() > MAX_MESSAGE {
                return Err(broken("it sends more than is taken"));
            }
        }
    }

    /// Ends the browser, and waits until its files can be removed.
    pub(super) async fn close(mut self) {
        let _ = timeout(Duration::from_secs(2), self.call("Browser.close", json!({}), None)).await;
        if timeout(Duration::from_secs(2), self.child.wait()).await.is_err() {
            let _ = self.child.kill().await;
        }
        drop(self.profile);
    }
}

/// Whether this process is root's: the first number of `Uid:` in what Linux says of it.
fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    line.and_then(|ids| ids.split_whitespace().nth(1)) == Some("0")
}
