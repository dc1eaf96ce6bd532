//! What the pages about appointments read.

use domain::appointments::{BookView, HoursView, MoveView, MyVisits};
use leptos::prelude::*;

use crate::error::AppError;

/// All are codes and keys; empty where nothing is chosen yet.
#[server(endpoint = "appointments/book")]
pub async fn fetch_book(area: String, office: String, item: String, manner: String) -> Result<BookView, AppError> {
    let request = crate::request::current()?;
    let place = (area.as_str(), office.as_str());
    request.answer(service::appointments::book_page(&request.service, &request.visitor, place, &item, &manner).await)
}

#[server(endpoint = "appointments/mine")]
pub async fn fetch_visits() -> Result<MyVisits, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::appointments::mine(&request.service, &request.visitor).await)
}

#[server(endpoint = "appointments/move")]
pub async fn fetch_move(code: String) -> Result<MoveView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::appointments::move_page(&request.service, &request.visitor, &code).await)
}

/// `office`: a code; empty: the worker's own.
#[server(endpoint = "appointments/hours")]
pub async fn fetch_hours(office: String) -> Result<HoursView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::appointments::hours_page(&request.service, &request.visitor, &office).await)
}
