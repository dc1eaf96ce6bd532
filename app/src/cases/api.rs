//! What the pages of a case read.

use domain::cases::CaseTrack;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "cases/track")]
pub async fn fetch_case(number: String) -> Result<CaseTrack, AppError> {
    let request = crate::request::current()?;
    request.answer(service::cases::track(&request.service, &request.visitor, &number).await)
}
