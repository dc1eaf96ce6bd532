//! What a browser shows without a network; its service worker fetches it while there is one.

use axum::extract::State;
use axum::response::Response;

use crate::answer;
use crate::state::AppState;

pub async fn page(State(state): State<AppState>) -> Response {
    answer::offline(&state.process.stylesheet)
}
