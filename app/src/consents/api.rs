//! What the page of consents reads.

use domain::consents::ConsentsView;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "consents/list")]
pub async fn fetch_consents() -> Result<ConsentsView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::consents::list(&request.service, &request.visitor).await)
}
