//! Everything that answers, with what surrounds it.

use std::sync::LazyLock;
use std::time::Duration;

use app::error::Misunderstood;
use app::request::Request as Asked;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::request::Parts;
use axum::http::{Method, Request, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state, map_request};
use axum::response::{IntoResponse, Response};
use leptos::nonce::Nonce;
use leptos::prelude::{AnyView, IntoAny, provide_context, use_context};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context,
};
use service::identity::Visitor;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::answer::{self, Wish};
use crate::layers::{
    Mark, StaticFile, explain, for_scripts, from_our_page, in_turn, observe, resolve, secure, to_the_end,
    visible_query, with_visitor,
};
use crate::state::AppState;
use crate::{routes, site};

const PAGE_BYTES_MAX: usize = 64 << 10;
/// A page of a form, with its long texts.
const FORM_BYTES_MAX: usize = 256 << 10;
/// Several files at once; each has its own limit.
const UPLOAD_BYTES_MAX: usize = 110 << 20;
const ANSWER_TIME: Duration = Duration::from_secs(30);
const UPLOAD_TIME: Duration = Duration::from_secs(300);
/// A sender of a form that says nothing for so long is gone.
const FORM_PAUSE: Duration = Duration::from_secs(10);
/// A sender of files that says nothing for so long is gone.
const UPLOAD_PAUSE: Duration = Duration::from_secs(20);

/// The whole of it.
pub fn router(state: AppState) -> Router {
    let app = Router::new()
        .merge(pages(&state))
        .merge(limited(routes::forms().router, FORM_BYTES_MAX, ANSWER_TIME, &state))
        .merge(limited(routes::reads().router, PAGE_BYTES_MAX, ANSWER_TIME, &state))
        .merge(uploads(&state))
        .merge(limited_without_visitor(routes::public().router, PAGE_BYTES_MAX, ANSWER_TIME))
        .merge(limited_without_visitor(routes::process().router, PAGE_BYTES_MAX, ANSWER_TIME))
        .fallback(fallback(&state));
    around(app, state)
}

/// What happens to every answer, whoever makes it.
pub fn around(app: Router<AppState>, state: AppState) -> Router {
    app.layer(CompressionLayer::new())
        .layer(same_origin(&state.process.config.service.public_url))
        .layer(from_fn_with_state(state.clone(), from_our_page))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(state.clone(), explain))
        .layer(from_fn_with_state(state.clone(), secure))
        .layer(from_fn(observe))
        .with_state(state)
}

/// Method and path template of everything that [`router`] answers, files apart.
pub fn listing() -> Vec<(String, String)> {
    let plain = [routes::forms(), routes::reads(), routes::uploads(), routes::public(), routes::process()];
    let plain =
        plain.into_iter().flat_map(|table| table.list).map(|(method, path)| (method.to_owned(), path.to_owned()));
    let pages = page_list().into_iter().map(|page| ("GET".to_owned(), page.path().to_owned()));
    let functions =
        leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned()));
    plain.chain(pages).chain(functions).collect()
}

fn limited(router: Router<AppState>, bytes: usize, time: Duration, state: &AppState) -> Router<AppState> {
    let router = router
        .route_layer(from_fn_with_state(state.clone(), with_visitor))
        .route_layer(from_fn_with_state(state.clone(), in_turn))
        .route_layer(RequestBodyTimeoutLayer::new(FORM_PAUSE));
    limited_without_visitor(router, bytes, time)
}

fn limited_without_visitor(router: Router<AppState>, bytes: usize, time: Duration) -> Router<AppState> {
    router
        .route_layer(DefaultBodyLimit::disable())
        .route_layer(RequestBodyLimitLayer::new(bytes))
        .route_layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time))
}

fn uploads(state: &AppState) -> Router<AppState> {
    // Files are spooled as they come; what is done with each waits for its own turn.
    let router = routes::uploads().router.route_layer(from_fn_with_state(state.clone(), with_visitor));
    let router = router.route_layer(RequestBodyTimeoutLayer::new(UPLOAD_PAUSE));
    limited_without_visitor(router, UPLOAD_BYTES_MAX, UPLOAD_TIME)
}

/// Refuses whatever another site's page makes a browser send. Needs no token, so nothing can expire in an open tab.
fn same_origin(public_url: &str) -> CsrfLayer {
    // The settings were checked; without the trusted origin, `Host` decides alone.
    CsrfLayer::new().add_trusted_origin(public_url).unwrap_or_default()
}

// ---- pages ----

/// Made once per process, before anything is served: what is rendered while a list is made can wait for ever
/// (leptos#4773).
fn page_list() -> Vec<AxumRouteListing> {
    static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));
    PAGES.clone()
}

fn pages(state: &AppState) -> Router<AppState> {
    let router = Router::new().leptos_routes_with_context(state, page_list(), context(state), shell(state));
    let router = router.route_layer(map_request(for_scripts)).route_layer(from_fn(visible_query));
    limited(router, PAGE_BYTES_MAX, ANSWER_TIME, state)
}

/// The document around every page.
fn shell(state: &AppState) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static + use<> {
    let (options, root) = (state.leptos.clone(), state.process.client_root.clone());
    move || app::shell(options.clone(), root.clone()).into_any()
}

/// What pages and server functions are given: who asks, with what, and how the answer is marked.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let service = state.service.clone();
    move || {
        let Some(parts) = use_context::<Parts>() else { return };
        let (Some(visitor), Some(mark)) = (parts.extensions.get::<Visitor>(), parts.extensions.get::<Mark>()) else {
            return;
        };
        provide_context(Nonce::from_value(mark.nonce.as_str()));
        provide_context(Misunderstood(bad_request));
        provide_context(Asked {
            service: service.clone(),
            visitor: visitor.clone(),
            nonce: mark.nonce.clone(),
            reference: mark.reference.clone(),
        });
    }
}

/// Leptos answers every error of a server function as one of ours.
fn bad_request() {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(StatusCode::BAD_REQUEST);
    }
}

/// A file of the client, or the page that says that there is nothing.
fn fallback(state: &AppState) -> axum::routing::MethodRouter<AppState> {
    let not_found = render_app_async_with_context(context(state), shell(state));
    axum::routing::any(move |State(state): State<AppState>, request: Request<Body>| {
        let not_found = not_found.clone();
        async move {
            let (parts, body) = request.into_parts();
            if let Some(mut file) = site::file(&state.process, &parts).await {
                file.extensions_mut().insert(StaticFile);
                return file;
            }
            let request = Request::from_parts(parts, body);
            let is_page = matches!(*request.method(), Method::GET | Method::HEAD)
                && !site::is_client(request.uri().path())
                && !Wish::of(&request).json;
            if !is_page {
                return StatusCode::NOT_FOUND.into_response();
            }
            let turn = match state.process.requests.take().await {
                Ok(turn) => turn,
                Err(fault) => return answer::error(&fault, "/", &Wish::of(&request), &state),
            };
            let shown = async move {
                match resolve(&state, request).await {
                    Ok(request) => as_not_found(not_found(request).await),
                    Err(response) => response,
                }
            };
            to_the_end(turn, shown).await
        }
    })
}

fn as_not_found(mut response: Response) -> Response {
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
