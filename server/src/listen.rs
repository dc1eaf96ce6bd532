//! Accepts connections: limits on headers, time and number, and an end that drops nobody.
//!
//! `axum::serve` has no time limit on headers, so a few idle connections could block everyone else.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt;

use crate::layers::Peer;
use crate::metering;

const CONNECTIONS_MAX: usize = 4_096;
/// For the head of a request; also how long a connection may be idle between two.
const HEAD_TIME: Duration = Duration::from_secs(10);
const HEAD_SIZE_MAX: usize = 32 << 10;
const BUFFER_MAX: usize = 128 << 10;
/// A peer that takes nothing for so long is gone.
const STALL_TIME: Duration = Duration::from_secs(60);
/// For what is under way when the process is asked to stop.
const DRAIN_TIME: Duration = Duration::from_secs(20);

/// Serves until `ended`; then tells long answers through `stop` to end, and waits for the others.
pub async fn serve(listener: TcpListener, app: Router, stop: watch::Sender<bool>, ended: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_header_size(HEAD_SIZE_MAX)
        .max_buf_size(BUFFER_MAX);
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    tokio::pin!(ended);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &permits) => accepted,
            () = &mut ended => break,
        };
        let Some((stream, permit)) = accepted else { continue };
        tokio::spawn(connection(http.clone(), stream, app.clone(), graceful.watcher(), permit));
    }
    drop(listener);
    tracing::info!(connections = graceful.count(), "stopping");
    // Nobody listening for the end of long answers is no fault.
    let _ = stop.send(true);
    if tokio::time::timeout(DRAIN_TIME, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

/// The next connection, as soon as there is room for one.
async fn accept(listener: &TcpListener, permits: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let permit = permits.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, permit)),
        Err(error) => {
            // Out of file descriptors, or a peer that has gone already: others may still come.
            tracing::warn!(%error, "accept");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

async fn connection(
    http: http1::Builder,
    stream: TcpStream,
    app: Router,
    watcher: Watcher,
    permit: OwnedSemaphorePermit,
) {
    let _counted = metering::Connection::opened();
    let Ok(peer) = stream.peer_addr() else { return };
    let socket = SockRef::from(&stream);
    let keepalive = TcpKeepalive::new().with_time(STALL_TIME);
    // An old kernel without these options only notices a lost peer later.
    let _ = socket.set_tcp_nodelay(true);
    let _ = socket.set_tcp_user_timeout(Some(STALL_TIME));
    let _ = socket.set_tcp_keepalive(&keepalive);
    let answer = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer.ip()));
        app.clone().oneshot(request.map(Body::new))
    });
    let served = watcher.watch(http.serve_connection(TokioIo::new(stream), answer)).await;
    if let Err(error) = served {
        tracing::debug!(%error, "connection");
    }
    drop(permit);
}
