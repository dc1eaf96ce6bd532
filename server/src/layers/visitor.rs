//! Finds out who asks: the network address, the session of a browser, the worker who signed in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Request};
use axum::middleware::Next;
use axum::response::Response;
use service::identity::Visitor;

use super::cookies;
use crate::answer::{self, Wish};
use crate::state::AppState;

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The middleware of everything that asks who the visitor is.
pub async fn with_visitor(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    match resolve(&state, request).await {
        Ok(request) => next.run(request).await,
        Err(response) => response,
    }
}

/// Adds the [`Visitor`] to a request.
///
/// # Errors
/// The answer when the database does not say.
pub async fn resolve(state: &AppState, mut request: Request<Body>) -> Result<Request<Body>, Response> {
    let (resident, desk) = cookies::tokens(request.headers(), state.process.config.secure());
    let address = network(client_address(&request, state.process.config.trust_proxy));
    let found: Result<Visitor, _> = state.service.visitor(resident, desk, address).await;
    match found {
        Ok(visitor) => {
            request.extensions_mut().insert(visitor);
            Ok(request)
        }
        Err(error) => Err(answer::error(&error, "/", &Wish::of(&request), state)),
    }
}

/// Where a request comes from. Without proxies that are trusted, what it says about itself counts for nothing.
pub fn client_address(request: &Request<Body>, proxies: usize) -> IpAddr {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
    behind(peer, request.headers(), proxies).to_canonical()
}

/// Each proxy adds, at the end, whom it was asked by: the last of `proxies` entries is the client.
fn behind(peer: IpAddr, headers: &HeaderMap, proxies: usize) -> IpAddr {
    if proxies == 0 {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let client = hops.len().checked_sub(proxies).or(if hops.is_empty() { None } else { Some(0) });
    client.and_then(|index| hops.get(index)).and_then(|text| parse(text)).unwrap_or(peer)
}

fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// What limits count by: one subscriber has a whole /64 of IPv6.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(ip) if !ip.is_loopback() => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(forwarded: &[&str], proxies: usize) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().expect("a header"));
        }
        behind(IpAddr::from([10, 0, 0, 1]), &headers, proxies).to_string()
    }

    #[test]
    fn nobody_is_believed_unless_trusted() {
        assert_eq!(client(&["1.1.1.1"], 0), "10.0.0.1");
        assert_eq!(client(&[], 1), "10.0.0.1");
    }

    #[test]
    fn a_client_cannot_choose_its_address() {
        assert_eq!(client(&["6.6.6.6, 2.2.2.2"], 1), "2.2.2.2");
        assert_eq!(client(&["6.6.6.6", "2.2.2.2, 3.3.3.3"], 2), "2.2.2.2");
        assert_eq!(client(&["2.2.2.2:4711"], 1), "2.2.2.2");
        assert_eq!(client(&["[2001:db8::1]:4711"], 1), "2001:db8::1");
        assert_eq!(client(&["nonsense"], 1), "10.0.0.1");
    }

    #[test]
    fn a_subscriber_has_one_network() {
        let ip = |text: &str| network(text.parse().expect("an address")).to_string();
        assert_eq!(ip("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(ip("::1"), "::1");
        assert_eq!(ip("192.0.2.7"), "192.0.2.7");
    }
}
