//! Marks a request with a number, and says in one line what became of it. No path, no query: they can name people.

use std::time::Instant;

use axum::body::Body;
use axum::extract::MatchedPath;
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::metering;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Easy to read out on the telephone.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The number of a request, and the nonce of its answer.
#[derive(Clone, Debug)]
pub struct Mark {
    pub reference: String,
    pub nonce: String,
}

/// Put on an answer that is a file of the client.
#[derive(Clone, Copy, Debug)]
pub struct StaticFile;

impl Mark {
    fn new() -> Option<Self> {
        let mut bytes = [0; 28];
        getrandom::fill(&mut bytes).ok()?;
        let (number, nonce) = bytes.split_at(10);
        let reference = number.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        let nonce = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Self { reference, nonce })
    }
}

pub async fn observe(mut request: Request<Body>, next: Next) -> Response {
    let begun = Instant::now();
    let Some(mark) = Mark::new() else {
        tracing::error!("the system gives no random numbers");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let method = name(request.method());
    let template = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    request.extensions_mut().insert(mark.clone());
    let mut response = next.run(request).await;
    let route = match template {
        Some(template) => template,
        None if response.extensions().get::<StaticFile>().is_some() => "(file)".to_owned(),
        None => "(none)".to_owned(),
    };
    if let Ok(value) = HeaderValue::from_str(&mark.reference) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    metering::request(method, &route, status, took);
    let (ms, reference) = (u64::try_from(took.as_millis()).unwrap_or(u64::MAX), mark.reference);
    if matches!(route.as_str(), "/healthz" | "/readyz" | "/metrics") && status < 400 {
        tracing::debug!(method, route, status, ms, reference, "request");
    } else {
        tracing::info!(method, route, status, ms, reference, "request");
    }
    response
}

/// Of the methods that there are; others have no end.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "OTHER",
    }
}
