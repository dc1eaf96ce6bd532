//! What stands in the query of a page's address is shown again in its search box: marks that nobody sees, and that turn
//! letters around, are left out by leading to the address without them.

use axum::body::Body;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, Method, Request, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::text::visible;

pub async fn visible_query(request: Request<Body>, next: Next) -> Response {
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let location = if reads { without_marks(path, query) } else { None };
    match location.and_then(|location| HeaderValue::from_str(&location).ok()) {
        Some(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        None => next.run(request).await,
    }
}

/// `None` when nothing is to be left out, and for a path that browsers take for another host.
fn without_marks(path: &str, query: &str) -> Option<String> {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let kept: Vec<(String, String)> = pairs.iter().map(|(name, value)| (visible(name), visible(value))).collect();
    if kept == pairs || path.starts_with("//") || path.contains('\\') {
        return None;
    }
    Some(format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_sees_is_left_out() {
        assert_eq!(without_marks("/items", "q=%E4%BD%8E%E4%BF%9D+a%26b&new"), None);
        assert_eq!(without_marks("/items", "q=%E2%80%AEa+b%00&x=1").as_deref(), Some("/items?q=a+b&x=1"));
        assert_eq!(without_marks("//evil.example", "q=%00"), None);
        assert_eq!(without_marks("/\\evil.example", "q=%00"), None);
    }
}
