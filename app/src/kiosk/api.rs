//! What the pages of kiosks read.

use domain::kiosk::{FetchCode, KioskHome, KiosksView};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "kiosk/home")]
pub async fn fetch_kiosk() -> Result<KioskHome, AppError> {
    let request = crate::request::current()?;
    request.answer(service::kiosk::home(&request.service, &request.visitor).await)
}

#[server(endpoint = "kiosk/code")]
pub async fn read_code(number: String) -> Result<FetchCode, AppError> {
    let request = crate::request::current()?;
    request.answer(service::kiosk::fetch_code(&request.service, &request.visitor, &number).await)
}

#[server(endpoint = "kiosk/list")]
pub async fn fetch_kiosks() -> Result<KiosksView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::kiosk::kiosks(&request.service, &request.visitor).await)
}
