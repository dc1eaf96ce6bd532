//! Forms of ratings.

use axum::extract::{Path, State};
use axum::response::Response;
use service::ratings::{self, RatingForm};

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::state::AppState;

pub async fn rate(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let stage = pairs.first("stage").to_owned();
    let given = pairs.below(&format!("{stage}."));
    let form = RatingForm {
        grade: given.get("grade").to_owned(),
        tags: given.all("tag").to_vec(),
        words: given.get("words").to_owned(),
        again: given.get("again") == "yes",
        stage,
    };
    let rated = ratings::rate(&state.service, &who.visitor, &number, form).await;
    who.answer(&state, &format!("/cases/{}", segment(&number)), rated)
}

pub async fn rectify(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let words = pairs.first(&format!("words-{id}"));
    let done = ratings::rectify(&state.service, &who.visitor, &id, words).await;
    who.answer(&state, "/desk/ratings", done)
}
