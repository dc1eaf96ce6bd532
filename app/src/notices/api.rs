//! What the pages of notices read.

use domain::notices::{IssuedNotice, Verification};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "notices/fetch")]
pub async fn fetch_notice(id: String) -> Result<IssuedNotice, AppError> {
    let request = crate::request::current()?;
    request.answer(service::notices::notice(&request.service, &request.visitor, &id).await)
}

#[server(endpoint = "notices/verify")]
pub async fn verify_notice(code: String) -> Result<Verification, AppError> {
    let request = crate::request::current()?;
    request.answer(service::notices::verify(&request.service, &request.visitor, &code).await)
}
