//! What the pages of ratings read.

use domain::ratings::{RatingResults, RatingsDesk};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "ratings/desk")]
pub async fn fetch_ratings_desk() -> Result<RatingsDesk, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::ratings::desk(&request.service, &request.visitor).await)
}

#[server(endpoint = "ratings/results")]
pub async fn fetch_ratings() -> Result<RatingResults, AppError> {
    let request = crate::request::current()?;
    request.answer(service::ratings::results(&request.service).await)
}
