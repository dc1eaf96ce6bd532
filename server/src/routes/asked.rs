//! What a handler is asked: by whom, and with which form.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::forms::Entries;
use service::Error;
use service::identity::{Moved, Visitor};

use crate::answer::{self, Wish};
use crate::layers::{Mark, set_resident, whole};
use crate::state::AppState;

const PAIRS_MAX: usize = 3_000;
const NAME_BYTES_MAX: usize = 200;

/// Who asks, and how the answer is wanted.
pub struct Who {
    pub visitor: Visitor,
    pub wish: Wish,
}

impl FromRequestParts<AppState> for Who {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, StatusCode> {
        let visitor = parts.extensions.get::<Visitor>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
        Ok(Self { visitor, wish: Wish::of_parts(parts.headers.get(ACCEPT), parts.extensions.get::<Mark>()) })
    }
}

impl Who {
    /// Answers what a use case says. `back`: where the person can go on after an error, an address of ours.
    pub fn answer(&self, state: &AppState, back: &str, result: Result<Moved, Error>) -> Response {
        let moved = match result {
            Ok(moved) => moved,
            Err(error) => return self.error(state, back, &error),
        };
        let mut response = answer::moved(&moved.location, &self.wish);
        if let Some(token) = moved.new_session {
            set_resident(response.headers_mut(), &token, moved.brief, state.process.config.secure());
        }
        response
    }

    pub fn error(&self, state: &AppState, back: &str, error: &Error) -> Response {
        match error {
            Error::Unauthenticated if !self.wish.json => answer::moved("/desk/sign-in", &self.wish),
            Error::SignIn => answer::moved("/sign-in", &self.wish),
            error => answer::error(error, back, &self.wish, state),
        }
    }
}

/// What a form sends: names and values, in order, with repetitions.
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    pub fn first(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    /// What stands under names that begin so, by the rest of the name.
    pub fn below(&self, prefix: &str) -> Entries {
        let mut entries = Entries::default();
        for (name, value) in &self.0 {
            if let Some(key) = name.strip_prefix(prefix) {
                entries.push(key, value.clone());
            }
        }
        entries
    }
}

impl FromRequest<AppState> for Pairs {
    type Rejection = Response;

    async fn from_request(request: Request<Body>, _: &AppState) -> Result<Self, Response> {
        let kind = request.headers().get(CONTENT_TYPE).map(|value| value.as_bytes().to_ascii_lowercase());
        let is_form = kind.as_deref().is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded"));
        // A form without any field may come without a body.
        if !is_form && kind.is_some() {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let body = whole(request.into_body()).await.map_err(StatusCode::into_response)?;
        parse(&body).map(Self).ok_or_else(|| StatusCode::BAD_REQUEST.into_response())
    }
}

/// `None` for more than a form of ours can hold. No database takes a zero character in a text: it is left out.
fn parse(body: &[u8]) -> Option<Vec<(String, String)>> {
    let whole = |text: std::borrow::Cow<'_, str>| text.replace('\0', "");
    let pairs: Vec<_> =
        form_urlencoded::parse(body).take(PAIRS_MAX + 1).map(|(name, value)| (whole(name), whole(value))).collect();
    let fits = pairs.len() <= PAIRS_MAX && pairs.iter().all(|(name, _)| name.len() <= NAME_BYTES_MAX);
    fits.then_some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_repetition_are_kept() {
        let pairs = Pairs(parse("a=1&b=%E6%9D%8E+x&a=2&=3&c".as_bytes()).expect("pairs"));
        assert_eq!(pairs.first("a"), "1");
        assert_eq!(pairs.below("").all("a"), ["1", "2"]);
        assert_eq!(pairs.first("b"), "李 x");
        assert_eq!((pairs.first(""), pairs.first("c"), pairs.first("d")), ("3", "", ""));
    }

    #[test]
    fn a_form_has_an_end() {
        assert!(parse("a=1&".repeat(PAIRS_MAX).as_bytes()).is_some());
        assert!(parse("a=1&".repeat(PAIRS_MAX + 1).as_bytes()).is_none());
        assert!(parse(format!("{}=1", "n".repeat(NAME_BYTES_MAX + 1)).as_bytes()).is_none());
        assert_eq!(parse(b"a%00=x%00y"), Some(vec![("a".to_owned(), "xy".to_owned())]));
    }
}
