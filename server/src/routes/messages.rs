//! What is written about a case.

use axum::extract::{Path, State};
use axum::response::Response;
use service::messages;

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::state::AppState;

pub async fn write(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let done = messages::write(&state.service, &who.visitor, &number, pairs.first("talk")).await;
    who.answer(&state, &format!("/cases/{}", segment(&number)), done)
}

pub async fn reply(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let done = messages::reply(&state.service, &who.visitor, &number, pairs.first("talk")).await;
    who.answer(&state, &format!("/desk/cases/{}", segment(&number)), done)
}

pub async fn note(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let done = messages::note(&state.service, &who.visitor, &number, pairs.first("note")).await;
    who.answer(&state, &format!("/desk/cases/{}", segment(&number)), done)
}
