//! Forms of workers' accounts: signing in, the second factor, the own account.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::response::Response;
use service::staff::{self, Browser, Change, Chosen, Entered};
use service::{Error, grants};

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::layers::{clear_desk, known, set_desk, set_known};
use crate::state::AppState;

const SIGN_IN: &str = "/desk/sign-in";
const ACCOUNT: &str = "/desk/account";
const WORKERS: &str = "/desk/admin/workers";
const PROPOSALS: &str = "/desk/admin/proposals";
const CONTRACTS: &str = "/desk/admin/contracts";

/// The browser that asks.
pub struct From(Browser);

impl FromRequestParts<AppState> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let known = known(&parts.headers, state.process.config.secure()).map(str::to_owned);
        Ok(Self(Browser { known, words: domain::residents::device(agent) }))
    }
}

/// Answers a step that may have made tokens.
fn entered(state: &AppState, who: &Who, back: &str, result: Result<Entered, Error>) -> Response {
    let Entered { moved, desk, known } = match result {
        Ok(entered) => entered,
        Err(error) => return who.error(state, back, &error),
    };
    let mut response = who.answer(state, back, Ok(moved));
    let secure = state.process.config.secure();
    if let Some(token) = desk {
        set_desk(response.headers_mut(), &token, secure);
    }
    if let Some(token) = known {
        set_known(response.headers_mut(), &token, secure);
    }
    response
}

pub async fn enter_password(State(state): State<AppState>, who: Who, From(from): From, pairs: Pairs) -> Response {
    let (login, password) = (pairs.first("login"), pairs.first("password"));
    let done = staff::enter_password(&state.service, &who.visitor, &from, login, password).await;
    entered(&state, &who, SIGN_IN, done)
}

pub async fn enter_code(State(state): State<AppState>, who: Who, From(from): From, pairs: Pairs) -> Response {
    let done = staff::enter_code(&state.service, &who.visitor, &from, pairs.first("code")).await;
    entered(&state, &who, SIGN_IN, done)
}

/// With a passkey in the place of a code.
pub async fn enter_passkey(State(state): State<AppState>, who: Who, From(from): From, pairs: Pairs) -> Response {
    let done = staff::enter_passkey(&state.service, &who.visitor, &from, pairs.first("passkey")).await;
    entered(&state, &who, SIGN_IN, done)
}

pub async fn set_up(State(state): State<AppState>, who: Who, From(from): From, pairs: Pairs) -> Response {
    let done = staff::set_up(&state.service, &who.visitor, &from, pairs.first("code")).await;
    entered(&state, &who, SIGN_IN, done)
}

pub async fn sign_out(State(state): State<AppState>, who: Who) -> Response {
    let done = staff::sign_out(&state.service, &who.visitor).await;
    signed_out(&state, who.answer(&state, "/desk", done))
}

fn signed_out(state: &AppState, mut response: Response) -> Response {
    clear_desk(response.headers_mut(), state.process.config.secure());
    response
}

pub async fn prove(State(state): State<AppState>, who: Who, From(from): From, pairs: Pairs) -> Response {
    let (password, to) = (pairs.first("password"), pairs.first("to"));
    let done = staff::prove(&state.service, &who.visitor, &from, password, to).await;
    entered(&state, &who, ACCOUNT, done)
}

pub async fn change_password(State(state): State<AppState>, who: Who, From(from): From, pairs: Pairs) -> Response {
    let typed = ["old", "new", "again"].map(|name| pairs.first(name));
    let done = staff::change_password(&state.service, &who.visitor, &from, typed).await;
    entered(&state, &who, ACCOUNT, done)
}

pub async fn end_device(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let done = staff::end_device(&state.service, &who.visitor, &id).await;
    who.answer(&state, ACCOUNT, done)
}

/// The codes move to another phone.
pub async fn begin_new_code(State(state): State<AppState>, who: Who) -> Response {
    let done = staff::begin_new_code(&state.service, &who.visitor).await;
    who.answer(&state, ACCOUNT, done)
}

pub async fn confirm_new_code(State(state): State<AppState>, who: Who, From(from): From, pairs: Pairs) -> Response {
    let done = staff::confirm_new_code(&state.service, &who.visitor, &from, pairs.first("code")).await;
    who.answer(&state, ACCOUNT, done)
}

pub async fn begin_passkey(State(state): State<AppState>, who: Who) -> Response {
    let done = staff::begin_passkey(&state.service, &who.visitor).await;
    who.answer(&state, ACCOUNT, done)
}

pub async fn add_passkey(State(state): State<AppState>, who: Who, From(from): From, pairs: Pairs) -> Response {
    let (name, passkey) = (pairs.first("name"), pairs.first("passkey"));
    let done = staff::add_passkey(&state.service, &who.visitor, &from, name, passkey).await;
    who.answer(&state, ACCOUNT, done)
}

pub async fn remove_passkey(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let done = staff::remove_passkey(&state.service, &who.visitor, &id).await;
    who.answer(&state, ACCOUNT, done)
}

pub async fn make_codes(State(state): State<AppState>, who: Who) -> Response {
    let done = staff::make_codes(&state.service, &who.visitor).await;
    who.answer(&state, ACCOUNT, done)
}

pub async fn note_codes(State(state): State<AppState>, who: Who) -> Response {
    let done = staff::note_codes(&state.service, &who.visitor).await;
    who.answer(&state, ACCOUNT, done)
}

/// Sets the password at the address of an invitation.
pub async fn accept(State(state): State<AppState>, who: Who, Path(token): Path<String>, pairs: Pairs) -> Response {
    let [login, name, new, again] = ["login", "name", "new", "again"].map(|name| pairs.first(name));
    let done = staff::accept(&state.service, &who.visitor, &token, Chosen { login, name, new, again }).await;
    who.answer(&state, SIGN_IN, done)
}

pub async fn create(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let [login, name, office] = ["login", "name", "office"].map(|name| pairs.first(name));
    who.answer(&state, WORKERS, staff::create(&state.service, &who.visitor, login, name, office).await)
}

async fn change(state: &AppState, who: &Who, id: &str, change: Change) -> Response {
    let back = format!("{WORKERS}/{}", segment(id));
    who.answer(state, &back, staff::change(&state.service, &who.visitor, id, change).await)
}

pub async fn end(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    change(&state, &who, &id, Change::End).await
}

pub async fn restore(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    change(&state, &who, &id, Change::Restore).await
}

pub async fn reset(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    change(&state, &who, &id, Change::Reset).await
}

pub async fn forget_codes(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    change(&state, &who, &id, Change::ForgetCodes).await
}

/// Gives a right; some wait for a second administrator.
pub async fn give(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let done = grants::give_typed(&state.service, &who.visitor, &id, &pairs.below("")).await;
    who.answer(&state, &format!("{WORKERS}/{}", segment(&id)), done)
}

pub async fn revoke(State(state): State<AppState>, who: Who, Path((id, grant)): Path<(String, String)>) -> Response {
    let done = grants::revoke_from_page(&state.service, &who.visitor, &id, &grant).await;
    who.answer(&state, &format!("{WORKERS}/{}", segment(&id)), done)
}

pub async fn make_contract(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    who.answer(&state, CONTRACTS, grants::make_contract(&state.service, &who.visitor, &pairs.below("")).await)
}

pub async fn end_contract(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    who.answer(&state, CONTRACTS, grants::end_contract(&state.service, &who.visitor, &id).await)
}

pub async fn rename_organisation(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Response {
    let moved = grants::rename_organisation(&state.service, &who.visitor, &id, &pairs.below("")).await;
    who.answer(&state, CONTRACTS, moved)
}

pub async fn approve(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    who.answer(&state, PROPOSALS, grants::approve(&state.service, &who.visitor, &id).await)
}

pub async fn drop_proposal(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    who.answer(&state, PROPOSALS, grants::drop_proposal(&state.service, &who.visitor, &id).await)
}
