//! Forms of a case for its resident, and its private link.

use axum::extract::{Path, State};
use axum::response::Response;
use service::{bundles, cases};

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::state::AppState;

pub async fn look_up(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let found = cases::look_up(&state.service, &who.visitor, pairs.first("number"), pairs.first("tail")).await;
    who.answer(&state, "/track", found)
}

pub async fn withdraw(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let withdrawn = cases::withdraw(&state.service, &who.visitor, &number, pairs.first("reason")).await;
    who.answer(&state, &page(&number), withdrawn)
}

pub async fn correct(State(state): State<AppState>, who: Who, Path(number): Path<String>) -> Response {
    let begun = cases::correct(&state.service, &who.visitor, &number).await;
    who.answer(&state, &page(&number), begun)
}

/// The link of a receipt. It is opened once: from then on the browser's session knows the case.
pub async fn open_link(
    State(state): State<AppState>,
    who: Who,
    Path((number, token)): Path<(String, String)>,
) -> Response {
    let opened = cases::open_link(&state.service, &who.visitor, &number, &token).await;
    who.answer(&state, "/track", opened)
}

/// The same for a whole life event.
pub async fn open_bundle_link(
    State(state): State<AppState>,
    who: Who,
    Path((number, token)): Path<(String, String)>,
) -> Response {
    let opened = bundles::open_link(&state.service, &who.visitor, &number, &token).await;
    who.answer(&state, "/track", opened)
}

fn page(number: &str) -> String {
    format!("/cases/{}", segment(number))
}
