//! Notices to save and print.

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use service::{Error, notices};

use super::asked::Who;
use super::drafts::segment;
use super::files::disposition;
use crate::state::AppState;

/// Without `sandbox` and `default-src`, with which Safari and older Chromium show an empty page: browsers hold their own
/// viewer to it. The file is ours, without script, link or form.
const POLICY: &str = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Shown by the browser, which offers to save and to print.
pub async fn paper(State(state): State<AppState>, who: Who, Path(id): Path<String>) -> Response {
    let paper = match notices::paper(&state.service, &who.visitor, &id).await {
        Ok(paper) => paper,
        Err(Error::NotFound) => return who.error(&state, "/", &Error::NotFound),
        Err(error) => return who.error(&state, &format!("/notices/{}", segment(&id)), &error),
    };
    let mut response = paper.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CONTENT_DISPOSITION, disposition(true, &paper.name));
    response
}
