//! What is written about a case.

use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use domain::messages::FILES_MAX;
use service::messages;

use super::asked::{Pairs, Who};
use super::drafts::segment;
use super::spool::Letter;
use crate::state::AppState;

pub async fn write(State(state): State<AppState>, who: Who, Path(number): Path<String>, parts: Multipart) -> Response {
    let back = format!("/cases/{}", segment(&number));
    let letter = match Letter::read(&state, parts, "talk", FILES_MAX).await {
        Ok(letter) => letter,
        Err(response) => return response,
    };
    let done = match letter.open(&state).await {
        Ok((words, files)) => messages::write(&state.service, &who.visitor, &number, &words, files).await,
        Err(error) => Err(error),
    };
    who.answer(&state, &back, done)
}

pub async fn reply(State(state): State<AppState>, who: Who, Path(number): Path<String>, parts: Multipart) -> Response {
    let back = format!("/desk/cases/{}", segment(&number));
    let letter = match Letter::read(&state, parts, "talk", FILES_MAX).await {
        Ok(letter) => letter,
        Err(response) => return response,
    };
    let done = match letter.open(&state).await {
        Ok((words, files)) => messages::reply(&state.service, &who.visitor, &number, &words, files).await,
        Err(error) => Err(error),
    };
    who.answer(&state, &back, done)
}

pub async fn note(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let done = messages::note(&state.service, &who.visitor, &number, pairs.first("note")).await;
    who.answer(&state, &format!("/desk/cases/{}", segment(&number)), done)
}
