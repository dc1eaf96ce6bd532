//! Asking other systems of the city's network over plain HTTP, with an end to waiting and to what is read.

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// How long another system may take to answer whole.
const ANSWER_TIME: Duration = Duration::from_secs(10);
const ANSWER_BYTES_MAX: usize = 256 << 10;

/// It follows no redirect: what answers is what was asked.
#[derive(Clone)]
pub(super) struct PlainHttp(Client<HttpConnector, Full<Bytes>>);

impl PlainHttp {
    pub fn new() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(Duration::from_secs(5)));
        Self(Client::builder(TokioExecutor::new()).build(connector))
    }

    /// The whole answer. The fault is for the log: it holds nothing of what was asked.
    pub async fn ask(&self, request: Request<Full<Bytes>>) -> Result<Response<Bytes>, String> {
        let answer = async {
            let (parts, body) = self.0.request(request).await.map_err(|error| error.to_string())?.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.map_err(|error| error.to_string())?;
            Ok::<_, String>(Response::from_parts(parts, body.to_bytes()))
        };
        tokio::time::timeout(ANSWER_TIME, answer).await.map_err(|_| "no answer in time".to_owned())?
    }

    /// `POST` of JSON with a bearer key.
    pub async fn post_json(&self, url: &str, key: &str, body: &serde_json::Value) -> Result<Response<Bytes>, String> {
        let request = Request::post(url)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("authorization", format!("Bearer {key}"))
            .body(Full::new(Bytes::from(body.to_string())))
            .map_err(|error| error.to_string())?;
        self.ask(request).await
    }
}
