//! Accepts connections: limits on headers, time and number, and an end that drops nobody.
//!
//! `axum::serve` has no time limit on headers, so a few idle connections could block everyone else.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONNECTION, TRANSFER_ENCODING};
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::layers::{Peer, network};
use crate::metering;

const CONNECTIONS_MAX: usize = 4_096;
/// From one network: a hall has one address for everybody in it, an attacker must have several.
const CONNECTIONS_OF_ONE_MAX: usize = 1_024;
/// What is answered without looking at the request.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: text/plain; charset=utf-8\r\n\
                      Content-Length: 5\r\nConnection: close\r\n\r\nfull\n";
/// For the head of a request; also how long a connection may be idle between two.
const HEAD_TIME: Duration = Duration::from_secs(10);
const HEAD_SIZE_MAX: usize = 32 << 10;
const BUFFER_MAX: usize = 128 << 10;
/// A peer that takes nothing for so long is gone.
const STALL_TIME: Duration = Duration::from_secs(60);
/// For what is under way when the process is asked to stop.
const DRAIN_TIME: Duration = Duration::from_secs(20);

/// Serves until `ended`; then tells long answers through `stop` to end, and waits for the others.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    room: Room,
    stop: watch::Sender<bool>,
    ended: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_header_size(HEAD_SIZE_MAX)
        .max_buf_size(BUFFER_MAX);
    let graceful = GracefulShutdown::new();
    tokio::pin!(ended);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut ended => break,
        };
        let Some((stream, peer)) = accepted else { continue };
        match room.enter(peer.ip()) {
            Some(place) => {
                tokio::spawn(connection(http.clone(), stream, peer.ip(), app.clone(), graceful.watcher(), place));
            }
            None => turn_away(&stream),
        }
    }
    drop(listener);
    tracing::info!(connections = graceful.count(), "stopping");
    // Nobody listening for the end of long answers is no fault.
    let _ = stop.send(true);
    if tokio::time::timeout(DRAIN_TIME, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

/// The next connection.
async fn accept(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    match listener.accept().await {
        Ok(accepted) => Some(accepted),
        Err(error) => {
            // Out of file descriptors, or a peer that has gone already: others may still come.
            tracing::warn!(%error, "accept");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

/// Says so and closes, without waiting for anything.
fn turn_away(stream: &TcpStream) {
    metering::turned_away();
    // The buffer of a new connection takes it; a peer that is gone need not hear it.
    let _ = SockRef::from(stream).send(FULL);
}

/// How many connections there are, in all and of each network.
#[derive(Clone)]
pub struct Room {
    taken: Arc<Mutex<(usize, HashMap<IpAddr, usize>)>>,
    most: usize,
    most_of_one: usize,
}

impl Room {
    /// Behind a proxy, which counts by itself, all connections come from one address.
    pub fn of(behind_proxy: bool) -> Self {
        Self::new(CONNECTIONS_MAX, if behind_proxy { CONNECTIONS_MAX } else { CONNECTIONS_OF_ONE_MAX })
    }

    fn new(most: usize, most_of_one: usize) -> Self {
        Self { taken: Arc::default(), most, most_of_one }
    }

    /// None, when it is full.
    fn enter(&self, peer: IpAddr) -> Option<Place> {
        let network = network(peer.to_canonical());
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, of_one) = (taken.0, taken.1.get(&network).copied().unwrap_or_default());
        if all >= self.most || of_one >= self.most_of_one {
            return None;
        }
        taken.0 += 1;
        taken.1.insert(network, of_one + 1);
        Some(Place { room: self.clone(), network })
    }
}

/// Of a connection; free again when it is dropped.
struct Place {
    room: Room,
    network: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.room.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.0 = taken.0.saturating_sub(1);
        let of_one = taken.1.get(&self.network).copied().unwrap_or_default();
        if of_one <= 1 {
            taken.1.remove(&self.network);
        } else {
            taken.1.insert(self.network, of_one - 1);
        }
    }
}

async fn connection(
    http: http1::Builder,
    stream: TcpStream,
    peer: IpAddr,
    app: Router,
    watcher: Watcher,
    place: Place,
) {
    let _counted = metering::Connection::opened();
    let socket = SockRef::from(&stream);
    let keepalive = TcpKeepalive::new().with_time(STALL_TIME);
    // An old kernel without these options only notices a lost peer later.
    let _ = socket.set_tcp_nodelay(true);
    let _ = socket.set_tcp_user_timeout(Some(STALL_TIME));
    let _ = socket.set_tcp_keepalive(&keepalive);
    let answer = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        let app = app.clone();
        async move {
            // Browsers say how long a body is. Without chunks, nobody in front can read one otherwise than we do, and
            // take a part of it for another's request.
            if request.headers().contains_key(TRANSFER_ENCODING) {
                return Ok((StatusCode::LENGTH_REQUIRED, [(CONNECTION, "close")]).into_response());
            }
            app.oneshot(request.map(Body::new)).await
        }
    });
    let served = watcher.watch(http.serve_connection(TokioIo::new(stream), answer)).await;
    if let Err(error) = served {
        tracing::debug!(%error, "connection");
    }
    drop(place);
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// What comes until the other side closes.
    async fn heard(address: SocketAddr, sent: &[u8]) -> String {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(sent).await.expect("sent");
        let mut out = Vec::new();
        // A reset after the answer is an end, too.
        let _ = stream.read_to_end(&mut out).await;
        String::from_utf8_lossy(&out).into_owned()
    }

    #[tokio::test]
    async fn who_finds_no_room_is_told_at_once_and_may_come_back() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let app = Router::new().route("/", axum::routing::get(|| async { "here" }));
        let (stop, _) = watch::channel(false);
        let serving = tokio::spawn(serve(listener, app, Room::new(2, 2), stop, std::future::pending()));
        let request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let idle = [TcpStream::connect(address).await, TcpStream::connect(address).await];
        let full = heard(address, b"").await;
        assert!(full.starts_with("HTTP/1.1 503") && full.contains("Retry-After: 5"), "{full:?}");
        drop(idle);
        let mut again = String::new();
        for _ in 0..200 {
            again = heard(address, request).await;
            if again.ends_with("here") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(again.ends_with("here"), "there is room again: {again:?}");
        serving.abort();
    }

    #[test]
    fn there_is_room_for_so_many_in_all_and_of_one_network() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let room = Room::new(3, 2);
        let first = room.enter(ip("192.0.2.1")).expect("room");
        let _second = room.enter(ip("::ffff:192.0.2.1")).expect("the same address, written otherwise");
        assert!(room.enter(ip("192.0.2.1")).is_none(), "no more of this one");
        let _third = room.enter(ip("2001:db8::1")).expect("room for another");
        assert!(room.enter(ip("2001:db8::2")).is_none(), "no more in all");
        drop(first);
        let _fourth = room.enter(ip("2001:db8::2")).expect("room again");
        assert!(room.enter(ip("192.0.2.7")).is_none());
        // A lock that a panic has poisoned still counts.
        let poisoned = room.clone();
        let panicked = std::thread::spawn(move || {
            let _held = poisoned.taken.lock().expect("a lock");
            panic!("while it is held");
        });
        assert!(panicked.join().is_err() && room.enter(ip("192.0.2.7")).is_none());
        drop(_fourth);
        assert!(room.enter(ip("192.0.2.7")).is_some());
    }
}
