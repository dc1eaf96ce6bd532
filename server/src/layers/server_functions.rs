//! Server functions answer our script, never a form: they must not send anybody back to the page that asked.
//!
//! Leptos would answer a form with a redirect to its `Referer`, with the error in the address: that can be another
//! site's, and it ends up in logs.

use axum::body::Body;
use axum::http::header::{ACCEPT, REFERER};
use axum::http::{HeaderValue, Request};

pub async fn for_scripts(mut request: Request<Body>) -> Request<Body> {
    if request.uri().path().starts_with("/api/") {
        request.headers_mut().remove(REFERER);
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    }
    request
}
