//! Forms about appointments and calls: of residents, and of the workers who expect them.

use axum::extract::{Path, State};
use axum::response::Response;
use service::appointments::{self, Settled};
use service::calls;

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::state::AppState;

pub async fn book(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let booked = appointments::book(&state.service, &who.visitor, pairs.below("")).await;
    who.answer(&state, "/visits/new", booked)
}

pub async fn cancel(State(state): State<AppState>, who: Who, Path(code): Path<String>) -> Response {
    let cancelled = appointments::cancel(&state.service, &who.visitor, &code).await;
    who.answer(&state, "/me/visits", cancelled)
}

pub async fn reschedule(State(state): State<AppState>, who: Who, Path(code): Path<String>, pairs: Pairs) -> Response {
    let moved = appointments::reschedule(&state.service, &who.visitor, &code, pairs.below("")).await;
    who.answer(&state, &format!("/me/visits/{}", segment(&code)), moved)
}

pub async fn ask_call(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let asked = calls::ask(&state.service, &who.visitor, pairs.below("")).await;
    who.answer(&state, "/calls/new", asked)
}

/// The resident has come.
pub async fn come(State(state): State<AppState>, who: Who, Path(code): Path<String>) -> Response {
    settle(&state, &who, &code, Settled::Come).await
}

pub async fn absent(State(state): State<AppState>, who: Who, Path(code): Path<String>) -> Response {
    settle(&state, &who, &code, Settled::Absent).await
}

pub async fn call_off(State(state): State<AppState>, who: Who, Path(code): Path<String>) -> Response {
    settle(&state, &who, &code, Settled::Cancelled).await
}

async fn settle(state: &AppState, who: &Who, code: &str, settled: Settled) -> Response {
    let settled = appointments::settle(&state.service, &who.visitor, code, settled).await;
    who.answer(state, "/desk/appointments", settled)
}

pub async fn add_hours(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let added = appointments::add_hours(&state.service, &who.visitor, pairs.below("")).await;
    who.answer(&state, "/desk/appointments/hours", added)
}

pub async fn drop_hours(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let dropped = appointments::drop_hours(&state.service, &who.visitor, pairs.first("office"), &id).await;
    who.answer(&state, "/desk/appointments/hours", dropped)
}

pub async fn reached(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let called = calls::called(&state.service, &who.visitor, &id, true).await;
    who.answer(&state, "/desk/calls", called)
}

pub async fn missed(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let called = calls::called(&state.service, &who.visitor, &id, false).await;
    who.answer(&state, "/desk/calls", called)
}
