//! What a person is told when something does not work: never internal text, always what to do next.

use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

const NOT_UNDERSTOOD: &str = "系统没有听懂这次请求，请刷新页面再试。";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    NotFound,
    SignIn,
    Forbidden,
    Refused,
    Busy,
    Broken,
    /// The network, seen from the browser.
    Offline,
}

/// An error as it is shown. It holds no personal data: it may stand in a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError {
    pub kind: ErrorKind,
    pub message: String,
    /// To be told to the help desk; found in the log. Empty when there is nothing to find.
    pub reference: String,
}

impl AppError {
    pub fn new(kind: ErrorKind, message: &str) -> Self {
        Self { kind, message: message.to_owned(), reference: String::new() }
    }

    pub fn title(&self) -> &'static str {
        match self.kind {
            ErrorKind::NotFound => "没有找到这个页面",
            ErrorKind::SignIn => "请先登录",
            ErrorKind::Forbidden => "您不能这样操作",
            ErrorKind::Refused => "现在不能这样操作",
            ErrorKind::Busy => "操作太频繁了",
            ErrorKind::Broken => "出了点问题",
            ErrorKind::Offline => "网络不通",
        }
    }
}

/// Tells the server that what it was sent makes no sense. It provides this; in the browser there is none.
#[derive(Clone, Copy)]
pub struct Misunderstood(pub fn());

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::new(ErrorKind::Offline, "网络好像断了，请检查网络后再试。"),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                if let Some(Misunderstood(tell)) = use_context() {
                    tell();
                }
                Self::new(ErrorKind::Broken, NOT_UNDERSTOOD)
            }
            _ => Self::new(ErrorKind::Broken, NOT_UNDERSTOOD),
        }
    }
}
