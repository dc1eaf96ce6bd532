//! Forms of the auditor.

use axum::extract::State;
use axum::response::Response;
use service::audit;

use super::asked::{Pairs, Who};
use crate::state::AppState;

const HOME: &str = "/desk/audit";

pub async fn search(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let found = audit::search(&state.service, &who.visitor, pairs.below("")).await;
    who.answer(&state, HOME, found)
}
