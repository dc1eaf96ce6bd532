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

/// What the form for a resume code or for tracking last said.
#[server(endpoint = "forms/flash")]
pub async fn fetch_flash() -> Result<Flash, AppError> {
    let request = crate::request::current()?;
    request.answer(service::identity::flash(&request.service, &request.visitor).await)
}
