//! For those who run the process: is it alive, can it work, what are its numbers.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::answer::Plain;
use crate::layers::client_address;
use crate::metering;
use crate::state::AppState;

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// The process can do its work: the database answers, files can be kept.
pub async fn ready(State(state): State<AppState>) -> Response {
    if let Err(fault) = state.service.db.ping().await {
        return not_ready("database", &fault);
    }
    let folder = state.service.settings.data_dir.clone();
    match tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder).map(drop)).await {
        Ok(Ok(())) => "ready\n".into_response(),
        Ok(Err(fault)) => not_ready("data folder", &fault),
        Err(fault) => not_ready("data folder", &fault),
    }
}

fn not_ready(what: &str, fault: &dyn std::fmt::Display) -> Response {
    tracing::warn!(what, %fault, "not ready");
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {what}\n")).into_response();
    response.extensions_mut().insert(Plain);
    response
}

/// For this machine alone, unless it is set otherwise. What came through a proxy came from elsewhere.
pub async fn numbers(State(state): State<AppState>, request: Request<Body>) -> Response {
    let forwarded =
        ["forwarded", "x-forwarded-for", "x-real-ip"].iter().any(|name| request.headers().contains_key(*name));
    let here = client_address(&request, 0).is_loopback() && !forwarded;
    if !here && !state.process.config.metrics_open {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metering::text()).into_response()
}
