//! What the pages about calls read.

use domain::calls::{CallView, CallsView};
use leptos::prelude::*;

use crate::error::AppError;

/// All are codes; empty where nothing is chosen yet.
#[server(endpoint = "calls/page")]
pub async fn fetch_call(area: String, office: String, item: String) -> Result<CallView, AppError> {
    let request = crate::request::current()?;
    let place = (area.as_str(), office.as_str());
    request.answer(service::calls::page(&request.service, &request.visitor, place, &item).await)
}

#[server(endpoint = "calls/list")]
pub async fn fetch_calls() -> Result<CallsView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::calls::list(&request.service, &request.visitor).await)
}
