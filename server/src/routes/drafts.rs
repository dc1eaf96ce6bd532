//! Forms of a draft.

use axum::extract::{Path, State};
use axum::response::Response;
use service::{forms, mandates};

use super::asked::{Pairs, Who};
use crate::state::AppState;

/// `mandate`: in whose stead; without it, in one's own.
pub async fn begin(State(state): State<AppState>, who: Who, Path(code): Path<String>, pairs: Pairs) -> Response {
    let begun = match pairs.first("mandate") {
        "" => forms::begin(&state.service, &who.visitor, &code).await,
        mandate => mandates::begin(&state.service, &who.visitor, mandate, &code).await,
    };
    who.answer(&state, "/items", begun)
}

/// The chosen items of a life event, in one form. `mandate` as above.
pub async fn begin_event(State(state): State<AppState>, who: Who, Path(key): Path<String>, pairs: Pairs) -> Response {
    let codes = pairs.all("items");
    let begun = match pairs.first("mandate") {
        "" => forms::begin_event(&state.service, &who.visitor, &key, &codes).await,
        mandate => mandates::begin_event(&state.service, &who.visitor, mandate, (&key, &codes)).await,
    };
    who.answer(&state, &format!("/events/{}", segment(&key)), begun)
}

pub async fn save_page(
    State(state): State<AppState>,
    who: Who,
    Path((id, page)): Path<(String, String)>,
    Pairs(pairs): Pairs,
) -> Response {
    let saved = forms::save_page(&state.service, &who.visitor, &id, &page, &pairs).await;
    who.answer(&state, "/", saved)
}

pub async fn submit(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let submitted = forms::submit(&state.service, &who.visitor, &id).await;
    who.answer(&state, &format!("/drafts/{}/review", segment(&id)), submitted)
}

pub async fn make_resume_code(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let made = forms::make_resume_code(&state.service, &who.visitor, &id).await;
    who.answer(&state, &format!("/drafts/{}/review", segment(&id)), made)
}

pub async fn discard(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let discarded = forms::discard(&state.service, &who.visitor, &id).await;
    who.answer(&state, "/", discarded)
}

pub async fn resume(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let resumed = forms::resume(&state.service, &who.visitor, pairs.first("code")).await;
    who.answer(&state, "/resume", resumed)
}

/// A part of a path as it can stand in an address of ours: ids, keys and numbers have no other characters.
pub fn segment(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}
