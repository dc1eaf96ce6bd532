//! Reads the body of a request as a whole. The layers around a route say how long it may be and how long it may take.

use std::error::Error;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::StatusCode;
use tower_http::timeout::TimeoutError;

/// # Errors
/// 408 for a sender who says nothing any more, 413 for more than there is room for.
pub async fn whole(body: Body) -> Result<Bytes, StatusCode> {
    to_bytes(body, usize::MAX).await.map_err(|fault| {
        let mut why: Option<&(dyn Error + 'static)> = Some(&fault);
        while let Some(source) = why {
            if source.is::<TimeoutError>() {
                return StatusCode::REQUEST_TIMEOUT;
            }
            why = source.source();
        }
        StatusCode::PAYLOAD_TOO_LARGE
    })
}
