//! What the pages about looks read.

use domain::looks::LooksView;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "looks/list")]
pub async fn fetch_looks(before: String) -> Result<LooksView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::looks::list(&request.service, &request.visitor, &before).await)
}

#[server(endpoint = "looks/one")]
pub async fn fetch_look(chain: i32, seq: i64) -> Result<LooksView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::looks::one(&request.service, &request.visitor, chain, seq).await)
}
