//! What the pages of one's data read.

use domain::data::DataView;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "data/view")]
pub async fn fetch_data() -> Result<DataView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::data::view(&request.service, &request.visitor).await)
}
