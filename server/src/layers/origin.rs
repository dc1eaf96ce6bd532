//! Browsers of before 2020 say neither which site a form comes from nor which origin: of those, the page that sends it
//! must be ours. Whoever names no page at all is refused, since another site can make a browser keep silent.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{HOST, HeaderMap, ORIGIN, REFERER};
use axum::http::{Method, Request, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::state::AppState;

const SEC_FETCH_SITE: &str = "sec-fetch-site";

pub async fn from_our_page(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    // What is said is judged elsewhere, by the one who knows all its ways.
    let is_said = headers.contains_key(SEC_FETCH_SITE) || headers.contains_key(ORIGIN);
    if reads || is_said || is_ours(headers, &state.process.config.service.public_url) {
        return next.run(request).await;
    }
    StatusCode::FORBIDDEN.into_response()
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(page) = text(REFERER).and_then(|page| page.parse::<Uri>().ok()) else { return false };
    let Some(authority) = page.authority() else { return false };
    let public = public_url.parse::<Uri>().ok();
    let public = public.as_ref().and_then(Uri::authority);
    // Without `Host` nobody compares: an authority is never empty.
    authority.as_str() == text(HOST).unwrap_or_default() || Some(authority) == public
}
