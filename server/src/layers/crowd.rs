//! Lets so many requests be worked on at once, and tells the others so.

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::answer::{self, Wish};
use crate::state::AppState;

/// The body comes first, in its own time: who sends it slowly holds no turn meanwhile. The layers around this one say
/// how long it may be and how long it may take.
pub async fn in_turn(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let request = Request::from_parts(parts, Body::from(body));
    match state.process.requests.take().await {
        Ok(turn) => {
            let response = next.run(request).await;
            drop(turn);
            response
        }
        Err(error) => answer::error(&error, "/", &Wish::of(&request), &state),
    }
}
