//! The context of the request at hand, and the one place where an error of a use case becomes an answer.

use std::sync::Arc;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use service::Service;
use service::identity::Visitor;

use crate::error::{AppError, ErrorKind};

/// After so long it is worth trying again what was too much.
pub const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("5");

/// Who asks, and what answers. The server provides it to pages and server functions alike.
#[derive(Clone)]
pub struct Request {
    pub service: Arc<Service>,
    pub visitor: Visitor,
    /// Of the `Content-Security-Policy` of this response.
    pub nonce: String,
    /// The request's number in the log.
    pub reference: String,
}

/// The request at hand.
///
/// # Errors
/// Outside of a request: a fault of ours.
pub fn current() -> Result<Request, AppError> {
    use_context::<Request>().ok_or_else(|| AppError::new(ErrorKind::Broken, "系统出了点问题，请稍后再试。"))
}

impl Request {
    /// Turns the result of a use case into an answer: logs what is our fault, sets the HTTP status.
    ///
    /// # Errors
    /// The error as the person sees it.
    pub fn answer<T>(&self, result: Result<T, service::Error>) -> Result<T, AppError> {
        result.map_err(|error| {
            let (status, shown) = explain(&error, &self.reference);
            if let Some(options) = use_context::<ResponseOptions>() {
                options.set_status(status);
                if status == StatusCode::SERVICE_UNAVAILABLE {
                    options.insert_header(RETRY_AFTER, RETRY_SECONDS);
                }
            }
            shown
        })
    }

    /// The same for pages of workers: who is not signed in is sent to the sign-in page.
    ///
    /// # Errors
    /// The error as the person sees it.
    pub fn desk_answer<T>(&self, result: Result<T, service::Error>) -> Result<T, AppError> {
        let signed_out = matches!(result, Err(service::Error::Unauthenticated));
        let answer = self.answer(result);
        if signed_out {
            // After the answer: it sets a status of its own.
            leptos_axum::redirect("/desk/sign-in");
        }
        answer
    }

    /// The same for pages of a resident's account.
    ///
    /// # Errors
    /// The error as the person sees it.
    pub fn resident_answer<T>(&self, result: Result<T, service::Error>) -> Result<T, AppError> {
        let signed_out = matches!(result, Err(service::Error::SignIn));
        let answer = self.answer(result);
        if signed_out {
            leptos_axum::redirect("/sign-in");
        }
        answer
    }
}

/// The status and the words for an error. The fault itself is logged here and nowhere else.
pub fn explain(error: &service::Error, reference: &str) -> (StatusCode, AppError) {
    use service::Error;
    let (status, kind, message) = match error {
        Error::NotFound => (
            StatusCode::NOT_FOUND,
            ErrorKind::NotFound,
            "地址可能写错了，也可能这份内容不在这台设备上打开过。可以用办件编号查进度。".to_owned(),
        ),
        Error::Unauthenticated | Error::SignIn => {
            (StatusCode::UNAUTHORIZED, ErrorKind::SignIn, "请先登录再操作。".to_owned())
        }
        Error::Forbidden => (StatusCode::FORBIDDEN, ErrorKind::Forbidden, "这一步不由您的岗位办理。".to_owned()),
        Error::Refused(message) => (StatusCode::UNPROCESSABLE_ENTITY, ErrorKind::Refused, message.clone()),
        Error::Conflict(message) => (StatusCode::CONFLICT, ErrorKind::Refused, message.clone()),
        Error::Unavailable(message) => (StatusCode::SERVICE_UNAVAILABLE, ErrorKind::Refused, message.clone()),
        Error::Findings(findings) => {
            let message = findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
            (StatusCode::UNPROCESSABLE_ENTITY, ErrorKind::Refused, message)
        }
        Error::Busy => (
            StatusCode::TOO_MANY_REQUESTS,
            ErrorKind::Busy,
            "试的次数太多了，请过一会儿再试，或到社区窗口办理。".to_owned(),
        ),
        Error::Overloaded => (
            StatusCode::SERVICE_UNAVAILABLE,
            ErrorKind::Busy,
            "同时办理的人比较多。已经保存的内容还在，请过一会儿再试。".to_owned(),
        ),
        Error::Internal(_) | Error::Database(_) => {
            tracing::error!(reference, fault = %error, "request failed");
            let message = "系统出了点问题，您填的内容已经保存。请稍后再试；一直不行，请把编号告诉社区工作人员。";
            (StatusCode::INTERNAL_SERVER_ERROR, ErrorKind::Broken, message.to_owned())
        }
    };
    let reference = if kind == ErrorKind::Broken { reference.to_owned() } else { String::new() };
    (status, AppError { kind, message, reference })
}
