//! One connection to exactly the address that was classified: TCP, TLS where the scheme asks for it, or a tunnel
//! through a proxy that the settings name.
//!
//! Certificates are checked against the system's authorities and those of the settings, and nothing lets a bad one
//! pass. The peer is compared with the address once more after connecting.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::config::ConfigError;
use super::guard;
use super::resolve::Resolver;
use super::settings::Settings;
use crate::model::{Failure, Reason};

/// A stream to talk HTTP over.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// An open connection.
pub(crate) struct Opened {
    pub(crate) wire: Box<dyn Wire>,
    /// Whether HTTP/2 was agreed upon.
    pub(crate) h2: bool,
    /// Who is at the other end; `None` behind a proxy.
    pub(crate) peer: Option<IpAddr>,
}

/// Opens connections.
pub(crate) struct Connector {
    /// Made at the first use: a machine without authorities can still fetch plain addresses.
    tls: Result<TlsConnector, String>,
    resolver: Resolver,
}

/// Bytes of a proxy's answer to `CONNECT`.
const MAX_PROXY_HEADER: usize = 16 << 10;

impl Connector {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { tls: tls(settings).map_err(|error| error.to_string()), resolver: Resolver::default() }
    }

    /// Connects to the host of a URL that passed [`guard::check`].
    pub(crate) async fn open(&self, url: &Url, settings: &Settings, deadline: Instant) -> Result<Opened, Failure> {
        let deadline = deadline.min(Instant::now() + settings.connect_timeout);
        let host = url.host_str().unwrap_or_default();
        let stream = self.dial(url, settings, deadline).await?;
        let peer = stream.peer_addr().ok().map(|peer| peer.ip()).filter(|_| settings.proxy.is_none());
        let _ = stream.set_nodelay(true);
        if url.scheme() != "https" {
            return Ok(Opened { wire: Box::new(stream), h2: false, peer });
        }
        let tls = self.tls.as_ref().map_err(|message| {
            let detail = format!(
                "no secure connection to {host}: this machine has no list of authorities ({message}); \
                                  the package ca-certificates has one"
            );
            Failure::new(Reason::Tls, detail)
        })?;
        let name = match url.host() {
            Some(Host::Ipv4(address)) => ServerName::IpAddress(IpAddr::V4(address).into()),
            Some(Host::Ipv6(address)) => ServerName::IpAddress(IpAddr::V6(address).into()),
            _ => ServerName::try_from(host.to_owned())
                .map_err(|_| Failure::new(Reason::BadUrl, format!("{host} is no name that a certificate can have")))?,
        };
        match timeout_at(deadline, tls.connect(name, stream)).await {
            Ok(Ok(stream)) => {
                let h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                Ok(Opened { wire: Box::new(stream), h2, peer })
            }
            Ok(Err(error)) => Err(refused_tls(host, &error)),
            Err(_) => {
                let detail = format!("{host} did not finish the handshake within the time allowed");
                Err(Failure::new(Reason::Timeout, detail))
            }
        }
    }
}

impl Connector {
    /// Connects to the host of a URL that passed [`guard::check`], and says nothing yet.
    pub(crate) async fn dial(&self, url: &Url, settings: &Settings, deadline: Instant) -> Result<TcpStream, Failure> {
        if let Some(proxy) = &settings.proxy {
            return tunnel(proxy, url, deadline).await;
        }
        let host = url.host_str().unwrap_or_default();
        let addresses = self.resolver.addresses(url, settings, deadline).await?;
        let stream = dial(host, &addresses, deadline).await?;
        let peer = stream.peer_addr().map_err(|error| unconnected(host, &error.to_string()))?;
        // the system must have connected to what was asked for and nothing else
        let asked_for = addresses.iter().any(|address| address.ip() == peer.ip());
        match guard::refuse(peer.ip()).filter(|_| !guard::allowed(peer, settings)) {
            None if asked_for => Ok(stream),
            why => Err(guard::refused(&peer.ip().to_string(), why.unwrap_or("is not the one that was asked for"))),
        }
    }
}

/// The system's authorities and those of the settings; TLS 1.2 and 1.3, never less.
fn tls(settings: &Settings) -> Result<TlsConnector, rustls::Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let roots = settings.extra_roots.iter().map(|root| CertificateDer::from(root.clone()));
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider))?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The certificates of a PEM file, as DER.
///
/// # Errors
///
/// Where it is no such file, or holds no certificate.
pub fn certificates(pem: &str) -> Result<Vec<Vec<u8>>, ConfigError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found.into_iter().map(|one| one.as_ref().to_vec()).collect()),
        Ok(_) => Err(ConfigError::new("there is no certificate in it")),
        Err(error) => Err(ConfigError::new(error.to_string())),
    }
}

/// Tries the addresses one after the other; the time is shared, so that a silent first one leaves some for the rest.
async fn dial(host: &str, addresses: &[SocketAddr], deadline: Instant) -> Result<TcpStream, Failure> {
    let mut last = None;
    for (number, address) in addresses.iter().enumerate() {
        let left = deadline.saturating_duration_since(Instant::now());
        let others = u32::try_from(addresses.len() - number).unwrap_or(1);
        let share = if others > 1 { (left / 2).max(Duration::from_millis(250)).min(left) } else { left };
        match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::TimedOut => last = Some(silent(host)),
            Ok(Err(error)) => last = Some(unconnected(host, &error.to_string())),
            Err(_) => last = Some(silent(host)),
        }
    }
    Err(last.unwrap_or_else(|| unconnected(host, "it has no address")))
}

fn silent(host: &str) -> Failure {
    Failure::new(Reason::Timeout, format!("no connection to {host} within the time allowed"))
}

fn unconnected(host: &str, message: &str) -> Failure {
    Failure::new(Reason::Connect, format!("no connection to {host}: {message}"))
}

/// What is wrong with a certificate, in words.
fn refused_tls(host: &str, error: &std::io::Error) -> Failure {
    use rustls::CertificateError as Certificate;
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let what = match inner {
        Some(rustls::Error::InvalidCertificate(certificate)) => match certificate {
            Certificate::Expired | Certificate::ExpiredContext { .. } => "its certificate has expired".to_owned(),
            Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => {
                "its certificate is not valid yet; is this computer's clock right?".to_owned()
            }
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                "its certificate is for another name".to_owned()
            }
            Certificate::BadSignature => "its certificate was not signed by whom it names".to_owned(),
            Certificate::UnknownIssuer => {
                "its certificate is signed by itself, or by an authority that this computer does not know".to_owned()
            }
            Certificate::Revoked => "its certificate was revoked".to_owned(),
            other => format!("its certificate is not acceptable ({other:?})"),
        },
        Some(rustls::Error::PeerIncompatible(_)) => "it offers no version of TLS that is safe".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(Reason::Tls, format!("no secure connection to {host}: {what}"))
}

/// A name or password of an address, without percent-encoding.
fn decoded(written: &str) -> String {
    // the parser of forms takes a plus for a space
    let plain = format!("x={}", written.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(plain.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// A way through a proxy (`CONNECT`, RFC 9110 section 9.3.6). The proxy resolves the name then, so the guard sees
/// literal addresses alone.
async fn tunnel(proxy: &Url, url: &Url, deadline: Instant) -> Result<TcpStream, Failure> {
    let failure =
        |message: String| Failure::new(Reason::Connect, format!("the proxy does not let us through: {message}"));
    let late = || Failure::new(Reason::Timeout, "the proxy did not answer within the time allowed".to_owned());
    let host = proxy.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
    let port = proxy.port_or_known_default().unwrap_or(8080);
    let talk = async {
        let mut stream = TcpStream::connect((host.as_str(), port)).await.map_err(|error| failure(error.to_string()))?;
        let target = format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(80));
        let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
        if !proxy.username().is_empty() {
            let pair = format!("{}:{}", decoded(proxy.username()), decoded(proxy.password().unwrap_or_default()));
            let encoded = data_encoding::BASE64.encode(pair.as_bytes());
            request.push_str(&format!("Proxy-Authorization: Basic {encoded}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).await.map_err(|error| failure(error.to_string()))?;
        let mut header = Vec::new();
        // byte by byte: what follows the header belongs to the tunnel
        while !header.ends_with(b"\r\n\r\n") {
            let byte = stream.read_u8().await.map_err(|error| failure(error.to_string()))?;
            header.push(byte);
            if header.len() > MAX_PROXY_HEADER {
                return Err(failure("its answer is too long".to_owned()));
            }
        }
        let status = String::from_utf8_lossy(&header).split(' ').nth(1).unwrap_or_default().to_owned();
        if status.starts_with('2') { Ok(stream) } else { Err(failure(format!("it answers with status {status}"))) }
    };
    timeout_at(deadline, talk).await.unwrap_or_else(|_| Err(late()))
}
