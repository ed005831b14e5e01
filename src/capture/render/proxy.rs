//! The only way out for a browser: a proxy on the loopback interface that applies the guard to each connection.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use url::Url;

use crate::capture::connect::Connector;
use crate::capture::guard;
use crate::capture::settings::Settings;
use crate::model::{Failure, Reason};

/// Bytes of a request's header.
const MAX_HEADER: usize = 64 << 10;
/// Connections at the same time.
const MAX_CONNECTIONS: usize = 32;
/// How many times the limit of a page all that it loads may have.
const PARTS: u64 = 2;

/// A running proxy; ends with everything that goes through it when it is dropped.
pub(super) struct Proxy {
    address: SocketAddr,
    task: JoinHandle<()>,
    shared: Arc<Shared>,
}

struct Shared {
    connector: Connector,
    settings: Settings,
    /// Bytes that may still come in.
    left: AtomicU64,
    refusal: Mutex<Option<Failure>>,
    places: Semaphore,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    pub(super) async fn start(settings: &Settings) -> Result<Self, Failure> {
        let failure = |error: std::io::Error| {
            Failure::new(Reason::Connect, format!("the browser's way out cannot be opened: {error}"))
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(failure)?;
        let address = listener.local_addr().map_err(failure)?;
        let shared = Arc::new(Shared {
            connector: Connector::new(settings),
            settings: settings.clone(),
            left: AtomicU64::new((settings.max_body as u64).saturating_mul(PARTS)),
            refusal: Mutex::new(None),
            places: Semaphore::new(MAX_CONNECTIONS),
        });
        let serving = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            // the set ends its tasks when this one is ended
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                while connections.try_join_next().is_some() {}
                let shared = Arc::clone(&serving);
                connections.spawn(async move { serve(stream, &shared).await });
            }
        });
        Ok(Self { address, task, shared })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Why the first connection was refused that the guard refused.
    pub(super) fn refusal(&self) -> Option<Failure> {
        self.shared.refusal.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(mut stream: TcpStream, shared: &Shared) {
    let Ok(_place) = shared.places.acquire().await else { return };
    let Ok(Some((head, rest))) = timeout(Duration::from_secs(10), read_head(&mut stream)).await else { return };
    let Some(request) = Request::parse(&head) else {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
        return;
    };
    let deadline = Instant::now() + shared.settings.connect_timeout;
    let opened = match guard::check(&request.url, &shared.settings) {
        Ok(()) => shared.connector.dial(&request.url, &shared.settings, deadline).await,
        Err(failure) => Err(failure),
    };
    let mut server = match opened {
        Ok(server) => server,
        Err(failure) => {
            if failure.reason == Reason::RefusedAddress {
                let mut refusal = shared.refusal.lock().unwrap_or_else(PoisonError::into_inner);
                refusal.get_or_insert(failure);
            }
            let _ = stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n").await;
            return;
        }
    };
    let greeting = match &request.head {
        Some(head) => server.write_all(head).await,
        None => stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await,
    };
    if greeting.is_err() || server.write_all(&rest).await.is_err() {
        return;
    }
    let (mut from_browser, mut to_browser) = stream.split();
    let (mut from_server, mut to_server) = server.split();
    tokio::select! {
        () = pump(&mut from_browser, &mut to_server, None) => {}
        () = pump(&mut from_server, &mut to_browser, Some(&shared.left)) => {}
    }
}

/// Carries bytes one way, until an end, or until nothing of the budget is left.
async fn pump(from: &mut (impl AsyncRead + Unpin), to: &mut (impl AsyncWrite + Unpin), budget: Option<&AtomicU64>) {
    let mut buffer = vec![0; 16 << 10];
    while let Ok(read) = from.read(&mut buffer).await {
        if read == 0 {
            break;
        }
        if let Some(budget) = budget {
            let taken = budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(read as u64));
            if taken.is_err() {
                break;
            }
        }
        if to.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
}

/// The header of a request, and what came behind it.
async fn read_head(stream: &mut TcpStream) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        head.extend_from_slice(&buffer[..read]);
        if let Some(end) = head.windows(4).position(|end| end == b"\r\n\r\n") {
            let rest = head.split_off(end + 4);
            return Some((head, rest));
        }
        if head.len() > MAX_HEADER {
            return None;
        }
    }
}

/// What the browser asks for.
struct Request {
    url: Url,
    /// The header as the server gets it; `None` for a tunnel.
    head: Option<Vec<u8>>,
}

impl Request {
    fn parse(head: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(head).ok()?;
        let (line, fields) = text.split_once("\r\n")?;
        let mut words = line.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if method == "CONNECT" {
            return Some(Self { url: Url::parse(&format!("https://{target}/")).ok()?, head: None });
        }
        let url = Url::parse(target).ok().filter(|url| url.scheme() == "http")?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let mut rewritten = format!("{method} {path} {version}\r\nConnection: close\r\n");
        for field in fields.split("\r\n").filter(|field| !field.is_empty()) {
            let name = field.split(':').next().unwrap_or_default().to_ascii_lowercase();
            if !matches!(name.as_str(), "connection" | "proxy-connection" | "proxy-authorization") {
                rewritten.push_str(field);
                rewritten.push_str("\r\n");
            }
        }
        rewritten.push_str("\r\n");
        Some(Self { url, head: Some(rewritten.into_bytes()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(settings: &Settings, request: &str) -> String {
        let proxy = Proxy::start(settings).await.unwrap();
        let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test]
    async fn the_guard_holds_for_a_browser_too() {
        let canary = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = canary.local_addr().unwrap().port();
        let settings = Settings::default();
        for request in [
            format!("GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: x\r\n\r\n"),
            format!("CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n"),
            format!("CONNECT localhost:{port} HTTP/1.1\r\n\r\n"),
            format!("GET http://[::ffff:127.0.0.1]:{port}/ HTTP/1.1\r\n\r\n"),
            "CONNECT 169.254.169.254:80 HTTP/1.1\r\n\r\n".to_owned(),
        ] {
            assert!(ask(&settings, &request).await.starts_with("HTTP/1.1 502"), "{request}");
        }
        for request in ["GET / HTTP/1.1\r\n\r\n", "GET file:///etc/passwd HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n"] {
            assert!(ask(&settings, request).await.starts_with("HTTP/1.1 400"), "{request}");
        }
        let touched = timeout(Duration::from_millis(100), canary.accept()).await;
        assert!(touched.is_err(), "the canary was touched");
    }

    #[test]
    fn what_is_for_the_proxy_does_not_go_on() {
        let head = b"GET http://wire.example/a?b HTTP/1.1\r\nHost: wire.example\r\nProxy-Connection: keep-alive\r\nX: y\r\n\r\n";
        let request = Request::parse(head).unwrap();
        let expected = "GET /a?b HTTP/1.1\r\nConnection: close\r\nHost: wire.example\r\nX: y\r\n\r\n";
        assert_eq!(String::from_utf8(request.head.unwrap()).unwrap(), expected);
    }
}
