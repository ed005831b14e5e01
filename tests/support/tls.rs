//! TLS on the loopback interface: certificates of our own, good and bad, and a server that speaks raw bytes over them.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A connection after its handshake.
pub type Wire = StreamOwned<ServerConnection, TcpStream>;

/// Authorities are told apart by their names.
static AUTHORITIES: AtomicUsize = AtomicUsize::new(1);

/// An authority of our own.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate, to be trusted.
    pub root: Vec<u8>,
}

/// A certificate with its key.
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Authority {
    /// A new one.
    pub fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        let number = AUTHORITIES.fetch_add(1, Ordering::SeqCst);
        params.distinguished_name.push(DnType::CommonName, format!("Authority {number}"));
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).expect("a certificate").der().to_vec();
        Self { issuer: Issuer::new(params, key), root }
    }

    /// A certificate for a name or address, valid until the end of a year.
    pub fn issue(&self, name: &str, until: i32) -> Identity {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 12, 31);
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Identity { chain: vec![certificate.der().clone()], key: PrivateKeyDer::Pkcs8(key.serialize_der().into()) }
    }
}

/// A certificate that nobody but itself vouches for.
pub fn self_signed(name: &str) -> Identity {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
    params.distinguished_name.push(DnType::CommonName, "Nobody");
    let certificate = params.self_signed(&key).expect("a certificate");
    Identity { chain: vec![certificate.der().clone()], key: PrivateKeyDer::Pkcs8(key.serialize_der().into()) }
}

/// A server that hands each connection to a function.
pub struct TlsServer {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl TlsServer {
    /// Starts one that offers these protocols; the function gets the connection and its number, from 0.
    pub fn start(
        identity: Identity,
        protocols: &[&[u8]],
        handler: impl Fn(&mut Wire, usize) + Send + Sync + 'static,
    ) -> Self {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(identity.chain, identity.key)
            .expect("a certificate");
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
        let config = Arc::new(config);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let connections = Arc::new(AtomicUsize::new(0));
        let (handler, count) = (Arc::new(handler), Arc::clone(&connections));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (handler, config, count) = (Arc::clone(&handler), Arc::clone(&config), Arc::clone(&count));
                thread::spawn(move || {
                    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
                    let _ = stream.set_write_timeout(Some(Duration::from_secs(10)));
                    let Ok(connection) = ServerConnection::new(config) else { return };
                    let mut wire = StreamOwned::new(connection, stream);
                    // the first read does the handshake; a client that refuses ends it here
                    while wire.conn.is_handshaking() {
                        if wire.conn.complete_io(&mut wire.sock).is_err() {
                            return;
                        }
                    }
                    handler(&mut wire, count.fetch_add(1, Ordering::SeqCst));
                    wire.conn.send_close_notify();
                    let _ = wire.flush();
                });
            }
        });
        Self { address, connections }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("https://{}{path}", self.address)
    }

    /// How many handshakes were finished.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Reads the header of a request over HTTP/1.1; its path.
pub fn read_request(wire: &mut Wire) -> String {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match wire.read(&mut buffer) {
            Ok(read) if read > 0 => head.extend_from_slice(&buffer[..read]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or_default().to_owned()
}

/// Frames of HTTP/2 (RFC 9113, section 4.1), as raw as a misbehaving server needs them.
pub mod h2 {
    use std::io::{Read, Write};

    use super::Wire;

    pub const DATA: u8 = 0;
    pub const HEADERS: u8 = 1;
    pub const RST_STREAM: u8 = 3;
    pub const SETTINGS: u8 = 4;
    pub const PING: u8 = 6;
    pub const GOAWAY: u8 = 7;
    pub const CONTINUATION: u8 = 9;
    pub const END_STREAM: u8 = 1;
    pub const END_HEADERS: u8 = 4;

    /// `:status: 200`, and `:status: 404`, as the static table numbers them.
    pub const OK: &[u8] = &[0x88];
    pub const NOT_FOUND: &[u8] = &[0x8d];

    /// Sends a frame; whether the other side still takes it.
    pub fn send(wire: &mut Wire, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> bool {
        let length = u32::try_from(payload.len()).expect("a short frame").to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags];
        frame.extend_from_slice(&stream.to_be_bytes());
        frame.extend_from_slice(payload);
        wire.write_all(&frame).and_then(|()| wire.flush()).is_ok()
    }

    /// Greets, and waits for the first request; its stream, and whether it asks for robots.txt.
    pub fn accept(wire: &mut Wire) -> Option<u32> {
        let mut preface = [0; 24];
        wire.read_exact(&mut preface).ok()?;
        send(wire, SETTINGS, 0, 0, &[]);
        loop {
            let mut head = [0; 9];
            wire.read_exact(&mut head).ok()?;
            let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
            let mut payload = vec![0; length];
            wire.read_exact(&mut payload).ok()?;
            match head[3] {
                SETTINGS if head[4] == 0 => {
                    send(wire, SETTINGS, 1, 0, &[]);
                }
                HEADERS => return Some(u32::from_be_bytes([head[5], head[6], head[7], head[8]])),
                _ => {}
            }
        }
    }

    /// Sends a page.
    pub fn page(wire: &mut Wire, stream: u32, body: &[u8]) {
        send(wire, HEADERS, END_HEADERS, stream, OK);
        for part in body.chunks(8000) {
            send(wire, DATA, 0, stream, part);
        }
        send(wire, DATA, END_STREAM, stream, &[]);
        linger(wire);
    }

    /// Waits until the other side has gone, so that nothing sent is lost.
    pub fn linger(wire: &mut Wire) {
        let mut rest = [0; 1024];
        while matches!(wire.read(&mut rest), Ok(read) if read > 0) {}
    }
}
