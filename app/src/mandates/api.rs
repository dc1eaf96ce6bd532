//! What the pages of mandates read.

use domain::mandates::MandatesView;
use leptos::prelude::*;

use crate::error::AppError;

/// `item`: the code of an item that the form offers; `page`: `new`, `guardian` or nothing.
#[server(endpoint = "mandates/list")]
pub async fn fetch_mandates(item: String, page: String) -> Result<MandatesView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::mandates::list(&request.service, &request.visitor, &item, &page).await)
}

/// For whom the visitor may begin something, whatever it is: id of the mandate, and the name.
#[server(endpoint = "mandates/in-force")]
pub async fn fetch_held_in_force() -> Result<Vec<(String, String)>, AppError> {
    let request = crate::request::current()?;
    request.answer(service::mandates::held_in_force(&request.service, &request.visitor).await)
}

/// For whom the visitor may begin this item: id of the mandate, and the name.
#[server(endpoint = "mandates/held")]
pub async fn fetch_held(code: String) -> Result<Vec<(String, String)>, AppError> {
    let request = crate::request::current()?;
    request.answer(service::mandates::held_for(&request.service, &request.visitor, &code).await)
}
