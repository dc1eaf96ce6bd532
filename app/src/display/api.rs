//! What the page of settings reads.

use domain::display::Display;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "display/current")]
pub async fn fetch_display() -> Result<Display, AppError> {
    Ok(crate::request::current()?.display)
}
