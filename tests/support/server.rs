//! A small HTTP/1.1 server on the loopback interface: a closure answers, and may send any bytes it likes.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A running server; stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    stopped: AtomicBool,
    connections: AtomicUsize,
    requests: Mutex<Vec<Request>>,
    robots_asked: Mutex<Vec<Request>>,
    /// What its robots.txt is; without one there is none (404), and asking for it counts as no request.
    robots: Option<String>,
}

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// Path and query.
    pub path: String,
    /// The whole header.
    pub head: String,
    /// When it had come.
    pub at: Instant,
}

impl Request {
    /// The value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// The connection to answer on; closed when it is dropped.
pub struct Connection {
    stream: TcpStream,
    /// Whether it ends in a reset.
    torn: bool,
}

impl Connection {
    fn new(stream: TcpStream) -> Self {
        Self { stream, torn: false }
    }

    /// Ends the connection with a reset instead of an end.
    pub fn tear(&mut self) {
        thread::sleep(Duration::from_millis(200));
        let _ = socket2::SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        self.torn = true;
    }

    /// Sends bytes as they are; whether the other side still wants them is its business.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).and_then(|()| self.stream.flush()).is_ok()
    }

    /// Sends an answer with a `Content-Length`; `fields` are header lines, each ending in `\r\n`.
    pub fn answer(&mut self, status: &str, fields: &str, body: impl AsRef<[u8]>) {
        let body = body.as_ref();
        let head = format!("HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\n\r\n", body.len());
        self.send([head.as_bytes(), body].concat());
    }

    /// Sends an HTML page.
    pub fn page(&mut self, html: &str) {
        self.answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", html);
    }

    /// Sends a redirect.
    pub fn redirect(&mut self, to: &str) {
        self.answer("302 Found", &format!("Location: {to}\r\n"), "");
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.torn {
            return;
        }
        // close only after the other side has: unread input would turn the end into a reset
        let _ = self.stream.shutdown(Shutdown::Write);
        let _ = self.stream.set_read_timeout(Some(Duration::from_millis(500)));
        let mut rest = [0; 1024];
        while matches!(self.stream.read(&mut rest), Ok(read) if read > 0) {}
    }
}

impl Server {
    /// Starts a server on a free port of 127.0.0.1.
    pub fn start(handler: impl Fn(&Request, &mut Connection) + Send + Sync + 'static) -> Self {
        Self::start_on(Ipv4Addr::LOCALHOST, handler)
    }

    /// Starts a server with a robots.txt.
    pub fn with_robots(robots: &str, handler: impl Fn(&Request, &mut Connection) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        Self::serve(listener, Some(robots.to_owned()), handler)
    }

    /// Starts a server on another loopback address.
    pub fn start_on(ip: Ipv4Addr, handler: impl Fn(&Request, &mut Connection) + Send + Sync + 'static) -> Self {
        Self::serve(TcpListener::bind((ip, 0)).expect("a free port"), None, handler)
    }

    /// Starts a server on a socket that listens already.
    pub fn serve(
        listener: TcpListener,
        robots: Option<String>,
        handler: impl Fn(&Request, &mut Connection) + Send + Sync + 'static,
    ) -> Self {
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(State { robots, ..State::default() });
        let (shared, handler) = (Arc::clone(&state), Arc::new(handler));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let (shared, handler) = (Arc::clone(&shared), Arc::clone(&handler));
                thread::spawn(move || serve(stream, &shared, &*handler));
            }
        });
        Self { address, state }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How many connections it got.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// The requests for its robots.txt, in order.
    pub fn robots_asked(&self) -> Vec<Request> {
        self.state.robots_asked.lock().expect("no handler panicked").clone()
    }

    /// The requests it got, in order, without those for a robots.txt that it does not have.
    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().expect("no handler panicked").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(mut stream: TcpStream, state: &State, handler: &dyn Fn(&Request, &mut Connection)) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(read) if read > 0 => head.extend_from_slice(&buffer[..read]),
            _ => return,
        }
        // a TLS greeting gets what plain servers say to it
        if head.first() == Some(&0x16) {
            Connection::new(stream).send("HTTP/1.1 400 Bad Request\r\n\r\n");
            return;
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let request = Request { path: path.clone(), head: head.clone(), at: Instant::now() };
    if path == "/robots.txt" {
        state.robots_asked.lock().expect("no handler panicked").push(request);
        match &state.robots {
            Some(text) if text == "(handled)" => {}
            Some(text) => {
                Connection::new(stream).answer("200 OK", "Content-Type: text/plain\r\n", text);
                return;
            }
            None => {
                Connection::new(stream).answer("404 Not Found", "", "");
                return;
            }
        }
        let request = Request { path, head, at: Instant::now() };
        handler(&request, &mut Connection::new(stream));
        return;
    }
    state.requests.lock().expect("no handler panicked").push(request.clone());
    handler(&request, &mut Connection::new(stream));
}
