//! What a browser shows without a network; fetched while there is one.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::Response;

use crate::answer;
use crate::state::AppState;

pub async fn page(State(state): State<AppState>) -> Response {
    let mut response = answer::offline(&state.process.stylesheet);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
