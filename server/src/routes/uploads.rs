//! Files that come in pieces. Only our script asks here; without it a form brings them whole.
//!
//! `POST …/uploads` announces a file (path, name, type, size, digest) and says how far it is; `POST …/uploads/{upload}`
//! brings the piece that begins at `Upload-Offset`, and is answered with where the next one begins (409 when this was not
//! the next one); `GET` says so at any time; `…/finish` takes the whole file in, `…/cancel` forgets it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use service::Error;
use service::forms::{self, Announced, PIECE_BYTES_MAX, Progress, Sent};

use super::asked::{Pairs, Who};
use crate::layers::to_the_end;
use crate::state::AppState;

const OFFSET: &str = "upload-offset";

fn told(state: &AppState, who: &Who, status: StatusCode, progress: Result<Progress, Error>) -> Response {
    match progress {
        Ok(Progress { id, offset, done }) => {
            let said = json!({ "upload": id, "offset": offset, "done": done, "piece_max": PIECE_BYTES_MAX });
            (status, Json(said)).into_response()
        }
        Err(error) => who.error(state, "/", &error),
    }
}

pub async fn begin(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let announced = Announced {
        path: pairs.first("path").to_owned(),
        sent: Sent { name: pairs.first("name").to_owned(), declared: pairs.first("type").to_owned() },
        size: pairs.first("size").parse().unwrap_or_default(),
        digest: pairs.first("digest").to_owned(),
    };
    let progress = forms::begin_upload(&state.service, &who.visitor, &id, announced).await;
    told(&state, &who, StatusCode::OK, progress)
}

pub async fn tell(State(state): State<AppState>, who: Who, Path((id, upload)): Path<(String, String)>) -> Response {
    let progress = forms::upload_progress(&state.service, &who.visitor, &id, &upload).await;
    told(&state, &who, StatusCode::OK, progress)
}

pub async fn add(
    State(state): State<AppState>,
    who: Who,
    Path((id, upload)): Path<(String, String)>,
    headers: HeaderMap,
    piece: Bytes,
) -> Response {
    let offset = headers.get(OFFSET).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<u64>().ok());
    // Whoever does not say where it begins is told where it should.
    let offset = offset.unwrap_or(u64::MAX);
    let end = offset.checked_add(piece.len() as u64);
    let added = forms::add_piece(&state.service, &who.visitor, (&id, &upload), offset, piece.into()).await;
    let is_next = added.as_ref().is_ok_and(|progress| Some(progress.offset) == end);
    told(&state, &who, if is_next { StatusCode::OK } else { StatusCode::CONFLICT }, added)
}

/// Whoever hangs up meanwhile asks once more: by then it is done, and not twice.
pub async fn finish(State(state): State<AppState>, who: Who, Path((id, upload)): Path<(String, String)>) -> Response {
    let turn = match state.process.files.take().await {
        Ok(turn) => turn,
        Err(error) => return who.error(&state, "/", &error),
    };
    let work = async move {
        let moved = forms::finish_upload(&state.service, &who.visitor, &id, &upload).await;
        who.answer(&state, "/", moved)
    };
    to_the_end(turn, work).await
}

pub async fn cancel(State(state): State<AppState>, who: Who, Path((id, upload)): Path<(String, String)>) -> Response {
    match forms::cancel_upload(&state.service, &who.visitor, &id, &upload).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => who.error(&state, "/", &error),
    }
}
