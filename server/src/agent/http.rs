//! What a kiosk's page may ask the agent: JSON over HTTP on loopback, for the pages of one origin.
//!
//! The origin is enough of a proof. A browser writes it itself and lets no page choose it, so another site's page is
//! refused whatever it sends; a token would have to be handed to the page through the server or an address, and would
//! lie where the same things could read it. A program on the kiosk can forge the header, but it could as well use the
//! devices without us.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HOST,
    HeaderMap, HeaderName, ORIGIN, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64ct::{Base64, Encoding};
use serde::Deserialize;
use serde_json::{Value, json};

use super::device::{Picture, Trouble};
use super::document::Document;
use super::hub::Hub;
use crate::layers::Peer;

/// A sheet of A4 with pictures, as base64.
const BODY_MAX: usize = 16 << 20;
const SECONDS: u64 = 30;
const SECONDS_MAX: u64 = 120;
const PRINT_TIME: Duration = Duration::from_secs(60);
const PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-request-private-network");
const ALLOW_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-allow-private-network");

/// How long to wait for somebody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wait {
    #[serde(default = "seconds")]
    seconds: u64,
}

fn seconds() -> u64 {
    SECONDS
}

impl Wait {
    fn time(&self) -> Duration {
        Duration::from_secs(self.seconds.clamp(1, SECONDS_MAX))
    }
}

type Asked<T> = Result<Json<T>, JsonRejection>;

pub fn router(hub: Arc<Hub>, origin: String) -> Router {
    Router::new()
        .route("/status", get(status))
        .route("/card/read", post(read_card))
        .route("/scan", post(scan))
        .route("/camera/capture", post(capture))
        .route("/print", post(print))
        .route("/sign", post(sign))
        .route("/cancel", post(cancel))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(from_fn_with_state(Arc::<str>::from(origin), for_our_pages))
        .with_state(hub)
}

/// Answers the pages of one origin, on this machine, who call this machine by its own name.
async fn for_our_pages(State(origin): State<Arc<str>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let here = request.extensions().get::<Peer>().is_some_and(|peer| peer.0.is_loopback());
    let ours = one(headers, &ORIGIN) == Some(&*origin);
    if !(here && ours && one(headers, &HOST).is_some_and(is_loopback)) {
        tracing::warn!(here, ours, "refused");
        return (StatusCode::FORBIDDEN, Json(json!({ "code": "forbidden" }))).into_response();
    }
    let asks_private = headers.contains_key(PRIVATE_NETWORK);
    let path = request.uri().path().to_owned();
    let mut response = match *request.method() {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => next.run(request).await,
    };
    tracing::info!(path, status = response.status().as_u16(), "asked");
    let headers = response.headers_mut();
    if let Ok(origin) = HeaderValue::from_str(&origin) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    if asks_private {
        headers.insert(ALLOW_PRIVATE_NETWORK, HeaderValue::from_static("true"));
    }
    headers.insert(VARY, HeaderValue::from_static("origin"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The only value of a header.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { first.to_str().ok() }
}

/// `127.0.0.1:7077`, `localhost:7077`, `[::1]:7077`: not a name that somebody made lead here.
fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |h| h.0);
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

async fn status(State(hub): State<Arc<Hub>>) -> Response {
    Json(json!({ "version": env!("CARGO_PKG_VERSION"), "devices": hub.states().await })).into_response()
}

async fn read_card(State(hub): State<Arc<Hub>>, asked: Asked<Wait>) -> Response {
    let Ok(Json(wait)) = asked else { return bad() };
    said(hub.read_card(wait.time()).await.map(|card| json!(card)))
}

async fn scan(State(hub): State<Arc<Hub>>, asked: Asked<Wait>) -> Response {
    let Ok(Json(wait)) = asked else { return bad() };
    said(hub.scan(wait.time()).await.map(|text| json!({ "text": text })))
}

async fn capture(State(hub): State<Arc<Hub>>, asked: Asked<Wait>) -> Response {
    let Ok(Json(wait)) = asked else { return bad() };
    said(hub.capture(wait.time()).await.map(picture))
}

async fn sign(State(hub): State<Arc<Hub>>, asked: Asked<Wait>) -> Response {
    let Ok(Json(wait)) = asked else { return bad() };
    said(hub.sign(wait.time()).await.map(picture))
}

async fn print(State(hub): State<Arc<Hub>>, asked: Asked<Document>) -> Response {
    match asked {
        Ok(Json(document)) if document.is_sound() => {
            said(hub.print(PRINT_TIME, &document).await.map(|()| json!({ "printed": true })))
        }
        _ => bad(),
    }
}

/// Needs no body, so that a page that is left can still send it.
async fn cancel(State(hub): State<Arc<Hub>>) -> Response {
    said(hub.cancel().await.map(|()| json!({ "cancelled": true })))
}

fn picture(Picture { media, bytes }: Picture) -> Value {
    json!({ "media": media, "content": Base64::encode_string(&bytes) })
}

fn bad() -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "code": "bad-request" }))).into_response()
}

fn said(done: Result<Value, Trouble>) -> Response {
    match done {
        Ok(value) => Json(value).into_response(),
        Err(trouble) => {
            // Not 408: browsers send such a request again by themselves.
            let status = match trouble {
                Trouble::Busy | Trouble::Cancelled => StatusCode::CONFLICT,
                Trouble::Timeout => StatusCode::GATEWAY_TIMEOUT,
                Trouble::NoDevice | Trouble::NoPaper => StatusCode::SERVICE_UNAVAILABLE,
                Trouble::Failed => StatusCode::BAD_GATEWAY,
            };
            (status, Json(json!({ "code": trouble.code() }))).into_response()
        }
    }
}
