//! Every answer tells the browser what it may do with it.

use std::collections::HashSet;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::get as on_get;

use crate::common::{Answer, fixture, fixture_with, get, post, send, with};

fn nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let (_, rest) = policy.split_once("'nonce-").unwrap_or_else(|| panic!("no nonce in {policy:?}"));
    rest.split('\'').next().unwrap_or_default().to_owned()
}

fn check(what: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'self'",
        "script-src 'self' 'nonce-",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{what}: {part} is not in {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    assert!(answer.header("permissions-policy").contains("geolocation=()"), "{what}");
    assert_eq!(answer.header("x-request-id").len(), 10, "{what}");
    assert!(!answer.headers.contains_key("access-control-allow-origin"), "{what}: no other origin is invited");
    assert!(!answer.header("cache-control").is_empty(), "{what}: it says how long it may be kept");
}

fn from_another_site() -> Request<Body> {
    with(with(post("/resume", ""), "sec-fetch-site", "cross-site"), "origin", "https://evil.example")
}

fn put(path: &str) -> Request<Body> {
    Request::put(path).header("sec-fetch-site", "same-origin").body(Body::empty()).expect("a request")
}

fn requests() -> Vec<(&'static str, Request<Body>, StatusCode)> {
    vec![
        ("first page", get("/"), StatusCode::OK),
        ("list", get("/items"), StatusCode::OK),
        ("no page", get("/nothing/here"), StatusCode::NOT_FOUND),
        ("no file", get("/pkg/nothing.js"), StatusCode::NOT_FOUND),
        ("style sheet", get("/pkg/tongban.css"), StatusCode::OK),
        ("icon", get("/favicon.svg"), StatusCode::OK),
        ("health", get("/healthz"), StatusCode::OK),
        ("file of nobody", get("/files/none"), StatusCode::NOT_FOUND),
        ("not allowed", put("/items"), StatusCode::METHOD_NOT_ALLOWED),
        ("other site", from_another_site(), StatusCode::FORBIDDEN),
        ("too long", post("/resume", "x".repeat(300 << 10)), StatusCode::PAYLOAD_TOO_LARGE),
        ("server function", post("/api/residents/home", ""), StatusCode::OK),
    ]
}

#[tokio::test]
async fn every_answer_has_every_header() {
    let fixture = fixture().await;
    for (what, request, status) in requests() {
        let answer = send(&fixture.app, request).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        check(what, &answer);
        assert!(!answer.headers.contains_key("strict-transport-security"), "{what}: not without https");
    }
}

#[tokio::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let fixture = fixture_with(|config| config.service.public_url = "https://tongban.test".to_owned()).await;
    for (what, request, _) in requests() {
        let answer = send(&fixture.app, with(request, "origin", "https://tongban.test")).await;
        assert!(answer.header("strict-transport-security").contains("max-age=63072000"), "{what}");
    }
}

#[tokio::test]
async fn a_nonce_is_used_once_and_is_that_of_the_page() {
    let fixture = fixture().await;
    let mut seen = HashSet::new();
    for _ in 0..10_000 {
        let nonce = nonce(&send(&fixture.app, get("/healthz")).await);
        assert!(nonce.len() >= 32, "128 bits: {nonce}");
        assert!(seen.insert(nonce), "used twice");
    }
    let page = send(&fixture.app, get("/")).await;
    let nonce = nonce(&page);
    let scripts = page.body.matches("<script").count();
    assert!(scripts > 0, "{}", page.body);
    assert!(page.body.matches(&format!("nonce=\"{nonce}\"")).count() >= scripts, "{}", page.body);
}

#[tokio::test]
async fn a_panic_is_a_page_with_a_number_and_nothing_else() {
    let fixture = fixture().await;
    let broken = Router::new().route("/broken", on_get(|| async { panic!("secret") as &'static str }));
    let app = server::router::around(broken, fixture.state.clone());
    let answer = send(&app, get("/broken")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    check("panic", &answer);
    assert!(answer.body.contains(answer.header("x-request-id")) && !answer.body.contains("secret"), "{}", answer.body);
    let answer = send(&app, with(get("/broken"), "accept", "application/json")).await;
    assert!(
        answer.body.contains("\"error\"") && answer.body.contains(answer.header("x-request-id")),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn nothing_the_client_says_becomes_the_number_of_its_request() {
    let fixture = fixture().await;
    let answer = send(&fixture.app, with(get("/healthz"), "x-request-id", "FORGED")).await;
    assert_ne!(answer.header("x-request-id"), "FORGED");
}
