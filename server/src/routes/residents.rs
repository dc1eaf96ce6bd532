//! Forms of a resident's account.

use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::response::Response;
use serde::Deserialize;
use service::residents::{self, CameBack};

use super::asked::{Pairs, Who};
use crate::answer;
use crate::layers::{clear_resident, set_resident};
use crate::state::AppState;

const USER_AGENT_CHARS_MAX: usize = 400;

/// What the browser says of itself.
pub struct Browser(String);

impl FromRequestParts<AppState> for Browser {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, StatusCode> {
        let said = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self(said.chars().take(USER_AGENT_CHARS_MAX).collect()))
    }
}

pub async fn sign_in(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let (phone, shared, goal) = (pairs.first("phone"), pairs.first("shared") == "yes", pairs.first("for"));
    let asked = residents::ask_sign_in(&state.service, &who.visitor, phone, shared, goal).await;
    who.answer(&state, "/sign-in", asked)
}

pub async fn code(State(state): State<AppState>, who: Who, Browser(browser): Browser, pairs: Pairs) -> Response {
    let checked = residents::check_code(&state.service, &who.visitor, pairs.first("code"), &browser).await;
    who.answer(&state, "/sign-in", checked)
}

pub async fn join(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let chosen = if pairs.first("none") == "yes" { Vec::new() } else { pairs.all("join") };
    let joined = residents::join(&state.service, &who.visitor, &chosen, pairs.first("for")).await;
    who.answer(&state, "/me", joined)
}

pub async fn sign_out(State(state): State<AppState>, who: Who) -> Response {
    let done = residents::sign_out(&state.service, &who.visitor).await;
    left(&state, who.answer(&state, "/me", done))
}

pub async fn sign_out_everywhere(State(state): State<AppState>, who: Who) -> Response {
    let done = residents::sign_out_everywhere(&state.service, &who.visitor).await;
    left(&state, who.answer(&state, "/me", done))
}

pub async fn sign_out_device(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    match residents::sign_out_device(&state.service, &who.visitor, &id).await {
        Ok((moved, true)) => left(&state, who.answer(&state, "/me/devices", Ok(moved))),
        Ok((moved, false)) => who.answer(&state, "/me/devices", Ok(moved)),
        Err(error) => who.error(&state, "/me/devices", &error),
    }
}

/// Out to the city's identity platform. A page and no redirect: no form may lead to another site.
pub async fn to_city(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let (shared, goal) = (pairs.first("shared_city") == "yes", pairs.first("for"));
    match residents::set_out(&state.service, &who.visitor, shared, goal).await {
        Ok(out) => {
            let mut response = answer::leaving(&out.url, &state.process.stylesheet);
            if let Some(token) = out.new_session {
                set_resident(response.headers_mut(), &token, false, state.process.config.secure());
            }
            response
        }
        Err(error) => who.error(&state, "/sign-in", &error),
    }
}

#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    iss: String,
}

/// Back from the city's identity platform.
pub async fn from_city(
    State(state): State<AppState>,
    who: Who,
    Browser(browser): Browser,
    Query(back): Query<Back>,
) -> Response {
    let came = CameBack { code: &back.code, state: &back.state, issuer: &back.iss };
    let moved = residents::come_back(&state.service, &who.visitor, &came, &browser).await;
    who.answer(&state, "/sign-in", moved)
}

fn left(state: &AppState, mut response: Response) -> Response {
    clear_resident(response.headers_mut(), state.process.config.secure());
    response
}

pub async fn ask_again(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let asked = residents::ask_again(&state.service, &who.visitor, pairs.first("for")).await;
    who.answer(&state, "/me", asked)
}

pub async fn prove_again(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let (number, goal) = (pairs.first("id_number"), pairs.first("for"));
    let proven = residents::prove_again(&state.service, &who.visitor, number, goal).await;
    who.answer(&state, "/me", proven)
}

pub async fn new_phone(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let asked = residents::new_phone(&state.service, &who.visitor, pairs.first("phone")).await;
    who.answer(&state, "/me/phone", asked)
}

pub async fn drop_phone(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let dropped = residents::drop_phone(&state.service, &who.visitor, &id).await;
    who.answer(&state, "/me/phone", dropped)
}

pub async fn real_name(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let (name, number) = (pairs.first("name"), pairs.first("id_number"));
    let proven = residents::prove_name(&state.service, &who.visitor, name, number).await;
    who.answer(&state, "/me/real-name", proven)
}

pub async fn claim(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let claimed = residents::claim(&state.service, &who.visitor, &pairs.all("found")).await;
    who.answer(&state, "/me/real-name", claimed)
}

pub async fn prove_other(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let asked = residents::prove_other(&state.service, &who.visitor, pairs.first("phone")).await;
    who.answer(&state, "/me/merge", asked)
}

pub async fn merge(State(state): State<AppState>, who: Who) -> Response {
    let merged = residents::merge(&state.service, &who.visitor).await;
    who.answer(&state, "/me/merge", merged)
}
