//! Gives a face to errors that no handler explained: no such page, too big, too slow, from another site, a panic.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{Request, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::Mark;
use crate::answer::{self, Said, Wish};
use crate::state::AppState;

/// Server functions explain their errors themselves.
const SERVER_FN_ERROR: &str = "serverfnerror";

pub async fn explain(State(state): State<AppState>, request: Request<Body>, next: Next) -> Response {
    let wish = Wish::of(&request);
    let reference = request.extensions().get::<Mark>().map(|mark| mark.reference.clone()).unwrap_or_default();
    let response = next.run(request).await;
    if is_explained(&response) {
        return response;
    }
    let status = response.status();
    let (title, message) = words(status);
    let reference = if status.is_server_error() { reference } else { String::new() };
    let mut explained = answer::said(status, &Said { title, message, reference: &reference, back: "/" }, &wish, &state);
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            explained.headers_mut().insert(name, value.clone());
        }
    }
    explained
}

fn is_explained(response: &Response) -> bool {
    let status = response.status();
    let plain = match response.headers().get(CONTENT_TYPE).map(|value| value.as_bytes()) {
        None => true,
        Some(kind) => kind.starts_with(b"text/plain"),
    };
    !(status.is_client_error() || status.is_server_error())
        || !plain
        || response.headers().contains_key(SERVER_FN_ERROR)
        || response.extensions().get::<answer::Plain>().is_some()
}

fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => ("没有找到这个页面", "地址可能写错了，或者页面已经移走。"),
        StatusCode::METHOD_NOT_ALLOWED => ("不能这样打开", "请从首页进入，再按页面上的按钮操作。"),
        StatusCode::FORBIDDEN => {
            ("没有收到您的操作", "这次操作不是从本网站的页面发出的。请回到首页，在页面里重新操作。")
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("内容太大了", "文件请控制在10MB以内，文字请写短一些，然后再交。"),
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("没有看懂这次操作", "请返回上一页，刷新后再操作一次。")
        }
        StatusCode::REQUEST_TIMEOUT => ("等得太久了", "网络可能不稳定。已经保存的内容还在，请再试一次。"),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
            ("现在有点忙", "同时办理的人比较多。已经保存的内容还在，请过一会儿再试。")
        }
        _ => ("出了点问题", "系统出了点问题，已经保存的内容还在。请稍后再试；一直不行，请把编号告诉社区工作人员。"),
    }
}
