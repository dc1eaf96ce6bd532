//! What a kiosk sends, and what those who keep kiosks do.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use service::identity::{self, Moved};
use service::kiosk;

use super::asked::{Pairs, Who};
use crate::answer;
use crate::layers::{clear_desk, clear_resident, set_kiosk};
use crate::state::AppState;

/// A device becomes a kiosk, and forgets what it was before.
pub async fn enrol(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let secure = state.process.config.secure();
    match kiosk::enrol(&state.service, &who.visitor, pairs.first("code")).await {
        Ok(Some(token)) => {
            let mut response = answer::moved("/kiosk", &who.wish);
            set_kiosk(response.headers_mut(), &token, secure);
            clear_resident(response.headers_mut(), secure);
            clear_desk(response.headers_mut(), secure);
            response
        }
        Ok(None) => answer::moved("/kiosk/enrol?again=1", &who.wish),
        Err(error) => who.error(&state, "/kiosk/enrol", &error),
    }
}

/// Its script says how it is.
pub async fn alive(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let said = (pairs.first("version"), pairs.first("paper"));
    match kiosk::alive(&state.service, &who.visitor, said, pairs.first("busy") == "yes").await {
        Ok(beat) => Json(json!({ "session": beat.session, "called": beat.called })).into_response(),
        Err(error) => who.error(&state, "/kiosk", &error),
    }
}

/// What the page read from an identity card.
pub async fn lay_card(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let card = (pairs.first("name"), pairs.first("id_number"), pairs.first("address"));
    let laid = identity::lay_card(&state.service, &who.visitor, card).await;
    who.answer(&state, "/kiosk", laid)
}

pub async fn call(State(state): State<AppState>, who: Who) -> Response {
    let called = kiosk::call(&state.service, &who.visitor).await;
    who.answer(&state, "/kiosk", called)
}

/// The browser forgets what it kept, too; the cookie of the device stays.
pub async fn leave(State(state): State<AppState>, who: Who) -> Response {
    match kiosk::leave(&state.service, &who.visitor).await {
        Ok(moved) => {
            let mut response = who.answer(&state, "/kiosk", Ok(moved));
            clear_resident(response.headers_mut(), state.process.config.secure());
            response
        }
        Err(error) => who.error(&state, "/kiosk", &error),
    }
}

/// A code for a kiosk, made on a phone.
pub async fn make_fetch_code(State(state): State<AppState>, who: Who, Path(number): Path<String>) -> Response {
    let made = kiosk::make_fetch_code(&state.service, &who.visitor, &number).await;
    who.answer(&state, "/track", made)
}

const KEPT: &str = "/desk/admin/kiosks";

pub async fn register(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let registered: Result<Moved, _> = kiosk::register(&state.service, &who.visitor, &pairs.below("")).await;
    who.answer(&state, KEPT, registered)
}

pub async fn make_code(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let made = kiosk::make_code(&state.service, &who.visitor, &id).await;
    who.answer(&state, KEPT, made)
}

pub async fn end(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let ended = kiosk::end(&state.service, &who.visitor, &id).await;
    who.answer(&state, KEPT, ended)
}

/// A worker goes where somebody waits.
pub async fn came(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let came = kiosk::came(&state.service, &who.visitor, &id).await;
    who.answer(&state, "/desk", came)
}
