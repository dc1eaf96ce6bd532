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

/// Who asks with a kiosk's cookie; none without one.
///
/// # Errors
/// The answer when there is nothing here for it.
pub async fn visitor(
    state: &AppState,
    request: &Request<Body>,
    address: IpAddr,
) -> Result<Option<Visitor>, Response> {
    let secure = state.process.config.secure();
    let Some(device) = cookies::kiosk(request.headers(), secure) else { return Ok(None) };
    let (path, wish) = (request.uri().path(), Wish::of(request));
    if !domain::kiosk::opens(path) {
        return Err(nothing(state, &wish));
    }
    let (resident, _) = cookies::tokens(request.headers(), secure);
    match state.service.visitor_at_kiosk(device, resident, address, path != BEAT).await {
        Ok(Some(visitor)) => Ok(Some(visitor)),
        Ok(None) if path == ENROL => Ok(Some(Visitor::stranger(address))),
        Ok(None) if request.method() == Method::GET && !wish.json => Err(answer::moved(ENROL, &wish)),
        Ok(None) => Err(nothing(state, &wish)),
        Err(error) => Err(answer::error(&error, "/kiosk", &wish, state)),
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
