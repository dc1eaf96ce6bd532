//! What supervisors and offices write about a case that is late.

use axum::extract::{Path, State};
use axum::response::Response;
use service::supervision;

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::state::AppState;

pub async fn instruct(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let done = supervision::instruct(&state.service, &who.visitor, &number, pairs.first("instruction")).await;
    who.answer(&state, &format!("/desk/cases/{}", segment(&number)), done)
}

pub async fn explain(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let done = supervision::explain(&state.service, &who.visitor, &number, pairs.first("explanation")).await;
    who.answer(&state, &format!("/desk/cases/{}", segment(&number)), done)
}
