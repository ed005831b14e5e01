//! Names into addresses that may be connected to, each name once per run.
//!
//! What was classified is what is connected to, and a name that answers differently a second time (rebinding) is
//! not asked a second time.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use tokio::sync::OnceCell;
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use super::guard;
use super::settings::Settings;
use crate::model::{Failure, Reason};

/// Addresses of a name that are tried.
const MAX_ADDRESSES: usize = 16;

/// The names resolved so far.
#[derive(Default)]
pub(crate) struct Resolver {
    known: StdMutex<HashMap<String, Arc<OnceCell<Vec<IpAddr>>>>>,
}

impl Resolver {
    /// The addresses that a URL may be fetched from.
    pub(crate) async fn addresses(
        &self,
        url: &Url,
        settings: &Settings,
        deadline: Instant,
    ) -> Result<Vec<SocketAddr>, Failure> {
        let port = url.port_or_known_default().unwrap_or(80);
        let name = match url.host() {
            // `guard::check` has classified it
            Some(Host::Ipv4(address)) => return Ok(vec![SocketAddr::new(address.into(), port)]),
            Some(Host::Ipv6(address)) => return Ok(vec![SocketAddr::new(address.into(), port)]),
            Some(Host::Domain(name)) => name,
            None => return Err(Failure::new(Reason::BadUrl, format!("{url} names no host"))),
        };
        if let Some(fixed) = settings.names.get(name) {
            return guard::permitted(name, port, fixed, settings);
        }
        let cell = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(name.to_owned()).or_default())
        };
        // a failure is not kept: the name may resolve when it is asked again later
        let found = cell.get_or_try_init(|| resolve(name, deadline)).await?;
        guard::permitted(name, port, found, settings)
    }
}

async fn resolve(name: &str, deadline: Instant) -> Result<Vec<IpAddr>, Failure> {
    let failure = |message: String| Failure::new(Reason::Dns, format!("the name {name} does not resolve: {message}"));
    match timeout_at(deadline, tokio::net::lookup_host((name, 0))).await {
        Err(_) => Err(failure("no answer within the time allowed".to_owned())),
        Ok(Err(error)) => Err(failure(error.to_string())),
        Ok(Ok(found)) => {
            let mut addresses = Vec::new();
            for socket in found.take(MAX_ADDRESSES) {
                if !addresses.contains(&socket.ip()) {
                    addresses.push(socket.ip());
                }
            }
            if addresses.is_empty() { Err(failure("it has no address".to_owned())) } else { Ok(addresses) }
        }
    }
}
