//! The register of identities, which says whether a name and an identity number belong together.

use std::future::Future;
use std::pin::Pin;

use hyper::StatusCode;
use serde::Deserialize;

use super::http::PlainHttp;

/// What the register is asked. With the phone, a register of three facts can say no to somebody who only knows the
/// other two.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    pub name: &'a str,
    pub id_number: &'a str,
    pub phone: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They belong together.
    Same,
    /// They do not, or there is no such number.
    Differs,
}

/// Why there is no verdict, for the log: it names nobody.
pub type RegisterAnswer<'a> = Pin<Box<dyn Future<Output = Result<Verdict, String>> + Send + 'a>>;

pub trait IdentityRegister: Send + Sync {
    fn check<'a>(&'a self, claim: Claim<'a>) -> RegisterAnswer<'a>;
}

/// Takes every name for right, but for two kinds of numbers by which a demo can show the rest: those of order 998
/// belong to another name, and at those of order 999 the register is away.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimulatedRegister;

impl IdentityRegister for SimulatedRegister {
    fn check<'a>(&'a self, claim: Claim<'a>) -> RegisterAnswer<'a> {
        Box::pin(async move {
            match claim.id_number.get(14..17) {
                Some("998") => Ok(Verdict::Differs),
                Some("999") => Err("simulated".to_owned()),
                _ => Ok(Verdict::Same),
            }
        })
    }
}

/// A register in the city's network: `POST` of `{"name", "id_number", "phone"}` with a bearer key, answered by
/// `{"verdict": "same"}` or `{"verdict": "differs"}`.
pub struct HttpRegister {
    http: PlainHttp,
    url: String,
    key: String,
}

#[derive(Deserialize)]
struct Answer {
    verdict: Verdict,
}

impl HttpRegister {
    pub fn new(url: String, key: String) -> Self {
        Self { http: PlainHttp::new(), url, key }
    }

    async fn ask(&self, claim: Claim<'_>) -> Result<Verdict, String> {
        let body = serde_json::json!({ "name": claim.name, "id_number": claim.id_number, "phone": claim.phone });
        let answer = self.http.post_json(&self.url, &self.key, &body).await?;
        if answer.status() != StatusCode::OK {
            return Err(format!("status {}", answer.status().as_u16()));
        }
        let answer: Answer =
            serde_json::from_slice(answer.body()).map_err(|_| "an answer of another form".to_owned())?;
        Ok(answer.verdict)
    }
}

impl IdentityRegister for HttpRegister {
    fn check<'a>(&'a self, claim: Claim<'a>) -> RegisterAnswer<'a> {
        Box::pin(self.ask(claim))
    }
}
