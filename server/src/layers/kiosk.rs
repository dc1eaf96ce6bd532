//! The browser of a kiosk opens only what is for kiosks, whatever other cookies it has; that of a device which is a kiosk
//! no more opens nothing but the page to enrol it at.

use std::net::IpAddr;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, Request};
use axum::middleware::Next;
use axum::response::Response;
use service::identity::Visitor;

use super::cookies;
use crate::answer::{self, Wish};
use crate::state::AppState;

const ENROL: &str = "/kiosk/enrol";
/// What a kiosk sends by itself.
const BEAT: &str = "/kiosk/alive";

/// What a request with a kiosk's cookie says.
pub struct AtKiosk {
    device: String,
    resident: Option<String>,
    path: String,
    is_page: bool,
    wish: Wish,
}

impl AtKiosk {
    /// None without the cookie.
    pub fn of(state: &AppState, request: &Request<Body>) -> Option<Self> {
        let secure = state.process.config.secure();
        let device = cookies::kiosk(request.headers(), secure)?.to_owned();
        let wish = Wish::of(request);
        Some(Self {
            device,
            resident: cookies::tokens(request.headers(), secure).0.map(str::to_owned),
            path: request.uri().path().to_owned(),
            is_page: request.method() == Method::GET && !wish.json,
            wish,
        })
    }

    /// Who asks.
    ///
    /// # Errors
    /// The answer when there is nothing here for it.
    pub async fn visitor(self, state: &AppState, address: IpAddr) -> Result<Visitor, Response> {
        let Self { device, resident, path, is_page, wish } = self;
        if !domain::kiosk::opens(&path) {
            return Err(nothing(state, &wish));
        }
        match state.service.visitor_at_kiosk(&device, resident.as_deref(), address, path != BEAT).await {
            Ok(Some(visitor)) => Ok(visitor),
            Ok(None) if path == ENROL => Ok(Visitor::stranger(address)),
            Ok(None) if is_page => Err(answer::moved(ENROL, &wish)),
            Ok(None) => Err(nothing(state, &wish)),
            Err(error) => Err(answer::error(&error, "/kiosk", &wish, state)),
        }
    }
}

/// The middleware of what does not ask who the visitor is.
pub async fn no_kiosk(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    let is_kiosk = cookies::kiosk(request.headers(), state.process.config.secure()).is_some();
    if is_kiosk && !domain::kiosk::opens(request.uri().path()) {
        return nothing(&state, &Wish::of(&request));
    }
    next.run(request).await
}

fn nothing(state: &AppState, wish: &Wish) -> Response {
    answer::error(&service::Error::NotFound, "/kiosk", wish, state)
}
