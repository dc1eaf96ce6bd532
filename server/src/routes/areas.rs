//! The areas directly below one, for the lists of a form.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};

use crate::state::AppState;

pub async fn children(State(state): State<AppState>, Path(code): Path<String>) -> Response {
    if !state.service.areas.exists(&code) {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([(CACHE_CONTROL, "public, max-age=3600")], Json(state.service.areas.children(&code))).into_response()
}
