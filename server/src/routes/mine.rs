//! Forms of a resident about the own data: looks, consents, mandates, papers, household, copies.

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use service::{Error, consents, data, documents, forms, household, looks, mandates};

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::state::AppState;

pub async fn ask(
    State(state): State<AppState>,
    who: Who,
    Path((chain, seq)): Path<(i32, i64)>,
    pairs: Pairs,
) -> Response {
    let asked = looks::ask(&state.service, &who.visitor, (chain, seq), pairs.below("")).await;
    who.answer(&state, "/me/looks", asked)
}

pub async fn withdraw_consent(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let done = consents::withdraw(&state.service, &who.visitor, &id).await;
    who.answer(&state, "/me/consents", done)
}

/// Which protected answers are offered again.
pub async fn keep_kinds(State(state): State<AppState>, who: Who, Pairs(pairs): Pairs) -> Response {
    let chosen: Vec<String> = pairs.into_iter().filter(|(_, value)| value == "yes").map(|(name, _)| name).collect();
    let done = consents::choose_kept(&state.service, &who.visitor, &chosen).await;
    who.answer(&state, "/me/consents", done)
}

pub async fn give_mandate(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let given = mandates::give(&state.service, &who.visitor, pairs.first("_item"), pairs.below("")).await;
    who.answer(&state, "/me/mandates", given)
}

pub async fn declare_guardian(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let done = mandates::declare_guardian(&state.service, &who.visitor, pairs.below("")).await;
    who.answer(&state, "/me/mandates", done)
}

pub async fn revoke_mandate(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let done = mandates::revoke(&state.service, &who.visitor, &id).await;
    who.answer(&state, "/me/mandates", done)
}

/// By the code of a receipt.
pub async fn claim(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let done = mandates::claim(&state.service, &who.visitor, pairs.first("code"), pairs.first("tail")).await;
    who.answer(&state, "/claim", done)
}

pub async fn set_validity(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let done = documents::set_validity(&state.service, &who.visitor, &id, pairs.below(&format!("{id}."))).await;
    who.answer(&state, "/me/documents", done)
}

pub async fn drop_document(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let done = documents::drop(&state.service, &who.visitor, &id).await;
    who.answer(&state, "/me/documents", done)
}

/// Keeps a file of a draft for the next time.
pub async fn keep_document(
    State(state): State<AppState>,
    who: Who,
    Path((id, file)): Path<(String, String)>,
) -> Response {
    let done = documents::keep(&state.service, &who.visitor, &id, &file).await;
    who.answer(&state, &format!("/drafts/{}/review", segment(&id)), done)
}

/// Takes over what a page of a form offers.
pub async fn take(
    State(state): State<AppState>,
    who: Who,
    Path((id, page)): Path<(String, String)>,
    pairs: Pairs,
) -> Response {
    let done = forms::take(&state.service, &who.visitor, &id, &page, pairs.first("what")).await;
    who.answer(&state, &format!("/drafts/{}/pages/{}", segment(&id), segment(&page)), done)
}

pub async fn add_member(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let done = household::add(&state.service, &who.visitor, pairs.below("")).await;
    who.answer(&state, "/me/household", done)
}

pub async fn remove_member(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let done = household::remove(&state.service, &who.visitor, &id).await;
    who.answer(&state, "/me/household", done)
}

pub async fn ask_correction(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let (number, words) = (pairs.first("number"), pairs.first("words"));
    let done = data::ask_correction(&state.service, &who.visitor, number, words).await;
    who.answer(&state, "/me/data", done)
}

pub async fn close_account(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let done = data::close(&state.service, &who.visitor, pairs.first("sure") == "yes").await;
    who.answer(&state, "/me/data", done)
}

/// All that is held about a resident, for a machine.
pub async fn copy(State(state): State<AppState>, who: Who) -> Response {
    let found = data::copy(&state.service, &who.visitor).await;
    let text = found.and_then(|copy| {
        serde_json::to_string_pretty(&copy).map_err(|error| Error::internal("a copy of the data", error))
    });
    let text = match text {
        Ok(text) => text,
        Err(error) => return who.error(&state, "/me/data", &error),
    };
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"tongban.json\""));
    response
}
