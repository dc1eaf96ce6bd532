//! Forms of a worker.

use axum::extract::{Path, State};
use axum::response::Response;
use service::{appointments, custody, desk, forms, recusal};

use super::asked::{Pairs, Who};
use super::drafts::segment;
use crate::state::AppState;

pub async fn act(
    State(state): State<AppState>,
    who: Who,
    Path((number, step)): Path<(String, String)>,
    pairs: Pairs,
) -> Response {
    // A version that is no number is that of no case: somebody was quicker.
    let version = pairs.first("version").parse().unwrap_or(u32::MAX);
    let entries = pairs.below(&format!("{step}."));
    let done = desk::act(&state.service, &who.visitor, &number, &step, version, entries).await;
    who.answer(&state, &format!("/desk/cases/{}", segment(&number)), done)
}

/// Shows masked answers, with a reason.
pub async fn show(State(state): State<AppState>, who: Who, Path(number): Path<String>, pairs: Pairs) -> Response {
    let page = pairs.first("page");
    let (reason, words) = (pairs.first(&format!("show-{page}-reason")), pairs.first(&format!("show-{page}-words")));
    let shown = desk::show(&state.service, &who.visitor, &number, page, reason, words).await;
    who.answer(&state, &format!("/desk/cases/{}", segment(&number)), shown)
}

/// Begins an application for a resident at the window, of one item or of a life event.
pub async fn start(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let event = pairs.first("event");
    let begun = if event.is_empty() {
        forms::begin_at_window(&state.service, &who.visitor, pairs.first("item")).await
    } else {
        forms::begin_event_at_window(&state.service, &who.visitor, event, &pairs.all("items")).await
    };
    who.answer(&state, "/desk/start", begun)
}

/// An appointment at the office that alone takes an item.
pub async fn refer(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let (day, half) = (pairs.first("day"), pairs.first("half"));
    let referred = appointments::refer(&state.service, &who.visitor, &id, day, half).await;
    who.answer(&state, &format!("/drafts/{}/review", segment(&id)), referred)
}

/// The resident has come.
pub async fn come(State(state): State<AppState>, who: Who, Path(code): Path<String>) -> Response {
    let settled = appointments::settle(&state.service, &who.visitor, &code, true).await;
    who.answer(&state, "/desk/appointments", settled)
}

pub async fn cancel(State(state): State<AppState>, who: Who, Path(code): Path<String>) -> Response {
    let settled = appointments::settle(&state.service, &who.visitor, &code, false).await;
    who.answer(&state, "/desk/appointments", settled)
}

/// Papers leave the window.
pub async fn give_out(State(state): State<AppState>, who: Who, Path(id): Path<String>, pairs: Pairs) -> Response {
    let given = custody::give_out(&state.service, &who.visitor, &id, pairs.first(&format!("to-{id}"))).await;
    who.answer(&state, "/desk/custody", given)
}

/// Somebody whose cases the worker leaves to colleagues.
pub async fn declare(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let own = pairs.first("kind") == "own";
    let (name, number) = if own {
        ("", pairs.first("own.id_number"))
    } else {
        (pairs.first("relative.name"), pairs.first("relative.id_number"))
    };
    let declared = recusal::declare(&state.service, &who.visitor, own, name, number).await;
    who.answer(&state, "/desk/recusal", declared)
}
