//! What the public pages of announcements read.

use domain::announcements::{Announcement, Board};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "announcements/board")]
pub async fn fetch_board(area: String, after: String) -> Result<Board, AppError> {
    let request = crate::request::current()?;
    request.answer(service::announcements::board(&request.service, &request.visitor, &area, &after).await)
}

#[server(endpoint = "announcements/one")]
pub async fn fetch_announcement(id: String) -> Result<Announcement, AppError> {
    let request = crate::request::current()?;
    request.answer(service::announcements::announcement(&request.service, &request.visitor, &id).await)
}
