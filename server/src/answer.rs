//! Answers that are made without Leptos: moved, or not done and why; as a page, or as JSON for our script.

use axum::Json;
use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, LOCATION, RETRY_AFTER, VARY};
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::layers::Mark;
use crate::state::AppState;

/// How the request wants to be answered.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Our script asks, not a form.
    pub json: bool,
    pub reference: String,
}

/// Put on an answer in plain text that is meant so.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

/// An error in words.
pub struct Said<'a> {
    pub title: &'a str,
    pub message: &'a str,
    /// Empty when there is nothing to look up.
    pub reference: &'a str,
    /// An address of ours where the person can go on.
    pub back: &'a str,
}

impl Wish {
    pub fn of<B>(request: &Request<B>) -> Self {
        Self::of_parts(request.headers().get(ACCEPT), request.extensions().get::<Mark>())
    }

    pub fn of_parts(accept: Option<&HeaderValue>, mark: Option<&Mark>) -> Self {
        let accept = accept.and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            json: accept.contains("application/json") && !accept.contains("text/html"),
            reference: mark.map(|mark| mark.reference.clone()).unwrap_or_default(),
        }
    }
}

/// It is done: go there. `location` is an address of ours.
pub fn moved(location: &str, wish: &Wish) -> Response {
    if wish.json {
        return Json(json!({ "location": location })).into_response();
    }
    match HeaderValue::from_str(location) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// An error of a use case.
pub fn error(error: &service::Error, back: &str, wish: &Wish, state: &AppState) -> Response {
    let (status, shown) = app::request::explain(error, &wish.reference);
    let said = Said { title: shown.title(), message: &shown.message, reference: &shown.reference, back };
    let mut response = self::said(status, &said, wish, state);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, app::request::RETRY_SECONDS);
    }
    response
}

/// An error in words.
pub fn said(status: StatusCode, said: &Said<'_>, wish: &Wish, state: &AppState) -> Response {
    let vary = [(VARY, "accept")];
    if wish.json {
        let body = json!({ "error": said.message, "reference": said.reference });
        return (status, vary, Json(body)).into_response();
    }
    let page = page(said, &state.process.stylesheet);
    (status, vary, [(CONTENT_TYPE, "text/html; charset=utf-8")], Body::from(page)).into_response()
}

/// On the way to another site, by itself where the browser obeys, else by the link. `url`: an address that we made.
pub fn leaving(url: &str, stylesheet: &str) -> Response {
    let said = Said {
        title: "正在去城市统一身份认证",
        message: "在那边登录好以后，会自动回到这里。没有自动过去的话，请点下面的按钮。",
        reference: "",
        back: url,
    };
    let page = page(&said, stylesheet).replacen("返回</a>", "过去登录</a>", 1);
    let refresh = format!("<meta http-equiv=\"refresh\" content=\"0;url={}\"></head>", escape(url));
    let page = page.replacen("</head>", &refresh, 1);
    (StatusCode::OK, [(CONTENT_TYPE, "text/html; charset=utf-8")], Body::from(page)).into_response()
}

/// A page that needs nothing but its style sheet, not even that.
fn page(said: &Said<'_>, stylesheet: &str) -> String {
    let (title, message, back) = (escape(said.title), escape(said.message), escape(said.back));
    let label = if said.back == "/" { "回到首页" } else { "返回" };
    let reference = match said.reference {
        "" => String::new(),
        number => format!("<p class=\"tb-hint\">编号：{}</p>", escape(number)),
    };
    format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · 通办</title><link rel=\"stylesheet\" href=\"{stylesheet}\"></head>\
         <body><div class=\"tb-frame\"><header class=\"tb-header\"><div class=\"tb-header__inner\">\
         <a class=\"tb-header__brand\" href=\"/\">通办 · 沈阳</a></div></header>\
         <main class=\"tb-main\" id=\"main\"><div class=\"tb-page\"><div class=\"tb-title\"><h1>{title}</h1></div>\
         <p class=\"tb-lead\">{message}</p>{reference}\
         <p><a class=\"tb-button\" href=\"{back}\">{label}</a></p></div></main></div></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_bring_markup() {
        let said = Said { title: "题", message: "<script>\"x\"</script>", reference: "", back: "/" };
        let page = page(&said, "/pkg/tongban.css");
        assert!(page.contains("&lt;script&gt;&quot;x&quot;&lt;/script&gt;") && !page.contains("<script"));
    }
}
