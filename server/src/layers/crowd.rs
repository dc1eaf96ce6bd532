//! Lets so many requests be worked on at once, and tells the others so.

use std::panic::resume_unwind;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::turns::Turn;
use tokio::task::JoinError;

use super::whole;
use crate::answer::{self, Wish};
use crate::state::AppState;

/// The body comes first, in its own time: who sends it slowly holds no turn meanwhile.
pub async fn in_turn(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = match whole(body).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let request = Request::from_parts(parts, Body::from(body));
    match state.process.requests.take().await {
        Ok(turn) => to_the_end(turn, next.run(request)).await,
        Err(error) => answer::error(&error, "/", &Wish::of(&request), &state),
    }
}

/// What was begun is done, whoever hangs up meanwhile: no transaction and no page ends in its middle. It keeps its turn
/// until then, so that those who are gone do not add to those who work.
pub async fn to_the_end(turn: Turn, work: impl Future<Output = Response> + Send + 'static) -> Response {
    let done = tokio::spawn(async move {
        let response = work.await;
        drop(turn);
        response
    });
    match done.await.map_err(JoinError::try_into_panic) {
        Ok(response) => response,
        // For the layer that makes a page of it.
        Err(Ok(panic)) => resume_unwind(panic),
        Err(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use service::turns::Turns;

    use super::*;

    #[tokio::test]
    async fn what_was_begun_is_done_also_for_who_has_hung_up() {
        let turns = Turns::new(1, 0, Duration::from_millis(10));
        let (done, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(tokio::sync::Notify::new()));
        let work = {
            let (done, seen) = (done.clone(), seen.clone());
            async move {
                seen.notified().await;
                done.store(true, Ordering::Relaxed);
                StatusCode::OK.into_response()
            }
        };
        let asked = to_the_end(turns.take().await.expect("a turn"), work);
        assert!(tokio::time::timeout(Duration::from_millis(20), asked).await.is_err(), "they hang up");
        assert!(turns.take().await.is_err(), "its turn is still taken");
        seen.notify_one();
        let free = tokio::time::timeout(Duration::from_secs(5), async {
            while turns.take().await.is_err() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        free.await.expect("its turn is over");
        assert!(done.load(Ordering::Relaxed));
    }

    #[tokio::test]
    async fn a_panic_is_for_who_makes_a_page_of_it() {
        let turn = Turns::new(1, 0, Duration::ZERO).take().await.expect("a turn");
        let asked = tokio::spawn(to_the_end(turn, async { panic!("in the midst of it") }));
        assert!(asked.await.expect_err("a panic").is_panic());
    }
}
