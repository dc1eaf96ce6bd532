//! What the pages of a draft read.

use domain::cases::{DraftPage, DraftReview, Flash, ResumeCode};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "forms/page")]
pub async fn fetch_draft_page(id: String, page: String) -> Result<DraftPage, AppError> {
    let request = crate::request::current()?;
    request.answer(service::forms::page(&request.service, &request.visitor, &id, &page).await)
}

#[server(endpoint = "forms/review")]
pub async fn fetch_draft_review(id: String) -> Result<DraftReview, AppError> {
    let request = crate::request::current()?;
    request.answer(service::forms::review(&request.service, &request.visitor, &id).await)
}

#[server(endpoint = "forms/resume")]
pub async fn fetch_resume_code(id: String) -> Result<ResumeCode, AppError> {
    let request = crate::request::current()?;
    request.answer(service::forms::resume_code(&request.service, &request.visitor, &id).await)
}

/// The same for a page that a form sent back to (`?again=1`); nothing for who comes by another way.
pub async fn last_try(again: bool) -> Result<Flash, AppError> {
    if again { fetch_flash().await } else { Ok(Flash::default()) }
}

/// What the last form of this session said that is shown again: look-ups, codes, signing in.
#[server(endpoint = "forms/flash")]
pub async fn fetch_flash() -> Result<Flash, AppError> {
    let request = crate::request::current()?;
    request.answer(service::identity::flash(&request.service, &request.visitor).await)
}
