//! Objections to an announcement: what anybody says, and how the office settles it.

use axum::extract::{Path, State};
use axum::response::Response;
use service::announcements;

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::state::AppState;

pub async fn object(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let done = announcements::object(&state.service, &who.visitor, &id, pairs.below("")).await;
    who.answer(&state, &format!("/announcements/{}", segment(&id)), done)
}

pub async fn settle(
    State(state): State<AppState>,
    who: Who,
    Path((number, id)): Path<(String, String)>,
    pairs: Pairs,
) -> Response {
    let entries = pairs.below(&format!("objection-{id}."));
    let done = announcements::settle(&state.service, &who.visitor, &number, &id, entries).await;
    who.answer(&state, &format!("/desk/cases/{}", segment(&number)), done)
}
