//! Residents at home, at shared kiosks and workers, all at once over the same few connections, many giving up in the
//! middle: nobody's answer holds anything of another's.

mod asks;
mod known;
mod load;
mod people;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::COOKIE;
use axum::http::{HeaderValue, Request};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use std::sync::{Arc, Mutex, PoisonError};

use crate::common::{Fixture, effort, fixture_on};
use crate::engines::{Engine, engines};
use known::Known;
use load::{Found, Load};
use people::{DESK, Person, person};

async fn people(fixture: &Fixture, count: usize) -> (Vec<Person>, Known) {
    let (mut all, mut known) = (Vec::new(), Known::default());
    let desk = crate::acting::worker(&fixture.state.service, DESK).await;
    for index in 0..count {
        all.push(person(fixture, &desk, index, &mut known).await);
    }
    (all, known)
}

/// So many residents make so many requests. `around` may stand between the connections and the product.
async fn run(engine: Engine, residents: usize, requests: u64, around: impl FnOnce(Router) -> Router) -> Found {
    // What goes wrong is told beside what fails.
    let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_test_writer().try_init();
    let (fixture, _clock, _place) = fixture_on(engine, |config| config.trust_proxy = 1).await;
    let (people, known) = people(&fixture, residents).await;
    let found = Load::start(&fixture, around(fixture.app.clone()), people, known).await.run(requests).await;
    println!("{engine:?}, {residents} residents: {found}");
    found
}

fn nothing_leaks(found: &Found, requests: u64) {
    assert!(found.foreign.is_empty(), "{}", found.foreign.join("\n"));
    assert!(found.answered + found.given_up >= requests, "{found}");
    // It was a load, and the answers were those that could have leaked.
    assert!(found.given_up * 50 > requests && found.own * 4 > requests && found.kiosk_turns > 1, "{found}");
}

/// With an effort of 50 it is 200 residents and 100,000 requests.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_gets_anything_of_anybody_else() {
    let (residents, requests) = ((12 * effort()).min(200), 2_000 * effort());
    for engine in engines() {
        let found = run(engine, usize::try_from(residents).expect("few"), requests, |app| app).await;
        nothing_leaks(&found, requests);
    }
}

/// How many requests there were, and the cookies of the last.
type Last = Arc<Mutex<(u32, Option<HeaderValue>)>>;

/// The fault that is looked for: once in a while a request gets the session of the one before.
async fn confuse(State(last): State<Last>, mut request: Request<Body>, next: Next) -> Response {
    {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        let own = request.headers().get(COOKIE).cloned();
        last.0 += 1;
        if let (0, Some(other)) = (last.0 % 5, last.1.clone()) {
            request.headers_mut().insert(COOKIE, other);
        }
        last.1 = own;
    }
    next.run(request).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_that_is_confused_with_another_is_found() {
    let around = |app: Router| app.layer(from_fn_with_state(Last::default(), confuse));
    let found = run(Engine::Sqlite, 6, 600, around).await;
    assert!(!found.foreign.is_empty(), "the check finds nothing: {found}");
}
