//! Tells an open page that its case has changed (server-sent events).

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use service::cases;
use service::identity::Visitor;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;

use super::asked::Who;
use crate::state::AppState;

const PING: Duration = Duration::from_secs(20);

type Line = Result<Event, Infallible>;

/// An event `version` now, and whenever the case's version grows.
pub async fn follow(State(state): State<AppState>, who: Who, Path(number): Path<String>) -> Response {
    // Listen first: what changes while the version is read is not missed.
    let changes = state.service.bus.listen();
    let (case, version) = match cases::live(&state.service, &who.visitor, &number).await {
        Ok(now) => now,
        Err(error) => return who.error(&state, "/track", &error),
    };
    let Ok(place) = state.process.streams.clone().try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "30")]).into_response();
    };
    let (lines, stream) = mpsc::channel::<Line>(4);
    tokio::spawn(async move {
        let mut stopping = state.process.stopping.clone();
        tokio::select! {
            () = tell(&state, &who.visitor, &number, (case, version), changes, &lines) => {}
            () = lines.closed() => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
        drop(place);
    });
    Sse::new(ReceiverStream::new(stream)).keep_alive(KeepAlive::new().interval(PING)).into_response()
}

async fn tell(
    state: &AppState,
    visitor: &Visitor,
    number: &str,
    (case, mut version): (uuid::Uuid, u32),
    mut changes: tokio::sync::broadcast::Receiver<(uuid::Uuid, u32)>,
    lines: &Sender<Line>,
) {
    loop {
        if lines.send(Ok(Event::default().event("version").data(version.to_string()))).await.is_err() {
            return;
        }
        version = loop {
            match changes.recv().await {
                Ok((changed, version)) if changed == case => break version,
                Ok(_) => {}
                // Too much happened at once to be told: ask.
                Err(RecvError::Lagged(_)) => match cases::live(&state.service, visitor, number).await {
                    Ok((_, version)) => break version,
                    Err(_) => return,
                },
                Err(RecvError::Closed) => return,
            }
        };
    }
}
