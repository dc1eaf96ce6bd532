//! What the first page reads.

use domain::cases::Home;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "residents/home")]
pub async fn fetch_home() -> Result<Home, AppError> {
    let request = crate::request::current()?;
    request.answer(service::forms::home(&request.service, &request.visitor).await)
}
