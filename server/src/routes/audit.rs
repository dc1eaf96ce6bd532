//! Forms of the auditor.

use axum::extract::{Path, State};
use axum::response::Response;
use service::audit;

use super::asked::{Pairs, Who};
use crate::state::AppState;

const HOME: &str = "/desk/audit";

pub async fn search(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let found = audit::search(&state.service, &who.visitor, pairs.below("")).await;
    who.answer(&state, HOME, found)
}

/// The field is named after its question: several stand on one page.
pub async fn answer(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let answered = audit::answer(&state.service, &who.visitor, &id, pairs.first(&format!("answer-{id}"))).await;
    who.answer(&state, HOME, answered)
}
