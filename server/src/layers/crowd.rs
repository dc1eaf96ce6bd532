//! Lets so many requests be worked on at once, and tells the others so.

use axum::body::Body;
use axum::extract::State;
use axum::http::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::whole;
use crate::answer::{self, Wish};
use crate::state::AppState;

/// The body comes first, in its own time: who sends it slowly holds no turn meanwhile.
pub async fn in_turn(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = match whole(body).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
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
