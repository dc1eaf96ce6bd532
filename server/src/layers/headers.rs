//! What a browser is told about every answer: what it may load, keep and show.

use axum::body::Body;
use axum::extract::State;
use axum::http::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use super::Mark;
use crate::state::AppState;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const FIXED: [(HeaderName, &str); 6] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: with that, browsers send `Origin: null` with a form.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("x-frame-options"), "DENY"),
];
/// What is for people who look, not for collections: pages, and what they read.
const NOT_INDEXED: [&str; 2] = ["/announcements", "/api/announcements/"];
const NO_INDEX: HeaderValue = HeaderValue::from_static("noindex, nofollow, noarchive");
const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Adds the headers to whatever is answered. A stricter policy of a handler stays.
pub async fn secure(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    let nonce = request.extensions().get::<Mark>().map(|mark| mark.nonce.clone()).unwrap_or_default();
    let indexed = !NOT_INDEXED.iter().any(|path| request.uri().path().starts_with(path));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !indexed {
        headers.insert(ROBOTS, NO_INDEX);
    }
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if state.process.config.secure() {
        headers.insert(STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
    add(
        headers,
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_str(&policy(&nonce)).unwrap_or(HeaderValue::from_static("sandbox")),
    );
    // Unless it is said otherwise, an answer can be about a person.
    add(headers, CACHE_CONTROL, NO_STORE);
    response
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}

fn policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' blob: data:; connect-src 'self'; object-src 'none'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self'"
    )
}
