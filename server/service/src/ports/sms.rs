//! The gateway through which short messages leave.

use std::future::Future;
use std::pin::Pin;

use super::http::PlainHttp;

/// Why a message was not taken, for the log: it names no phone and no text.
pub type SmsOutcome<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

pub trait SmsGateway: Send + Sync {
    fn send<'a>(&'a self, phone: &'a str, text: &'a str) -> SmsOutcome<'a>;

    /// Nothing leaves the machine: the demo shows the messages in its inbox.
    fn simulated(&self) -> bool;
}

/// Takes every message and sends none.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimulatedSms;

impl SmsGateway for SimulatedSms {
    fn send<'a>(&'a self, _: &'a str, _: &'a str) -> SmsOutcome<'a> {
        Box::pin(async { Ok(()) })
    }

    fn simulated(&self) -> bool {
        true
    }
}

/// A gateway of the city's network: `POST` of `{"phone", "text"}` with a bearer key, any 2xx is taken. It is reached
/// over plain HTTP inside that network, or by a proxy of this machine that adds TLS.
pub struct HttpSms {
    http: PlainHttp,
    url: String,
    key: String,
}

impl HttpSms {
    pub fn new(url: String, key: String) -> Self {
        Self { http: PlainHttp::new(), url, key }
    }

    async fn post(&self, phone: &str, text: &str) -> Result<(), String> {
        let body = serde_json::json!({ "phone": phone, "text": text });
        let answer = self.http.post_json(&self.url, &self.key, &body).await?;
        if answer.status().is_success() { Ok(()) } else { Err(format!("status {}", answer.status().as_u16())) }
    }
}

impl SmsGateway for HttpSms {
    fn send<'a>(&'a self, phone: &'a str, text: &'a str) -> SmsOutcome<'a> {
        Box::pin(self.post(phone, text))
    }

    fn simulated(&self) -> bool {
        false
    }
}
