//! What the pages of one's data read.

use domain::data::{DataCopy, DataHome};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "data/home")]
pub async fn fetch_data_home() -> Result<DataHome, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::data::home(&request.service, &request.visitor).await)
}

#[server(endpoint = "data/view")]
pub async fn fetch_data() -> Result<DataCopy, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::data::view(&request.service, &request.visitor).await)
}
