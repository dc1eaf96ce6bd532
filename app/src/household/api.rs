//! What the page of the household reads.

use domain::household::HouseholdView;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "household/list")]
pub async fn fetch_household() -> Result<HouseholdView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::household::list(&request.service, &request.visitor).await)
}
