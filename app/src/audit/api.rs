//! What the auditor's pages read.

use chrono::NaiveDate;
use domain::audit::{AuditHome, AuditList, LooksOfDay, Unusual};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "audit/home")]
pub async fn fetch_audit() -> Result<AuditHome, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::audit::home(&request.service, &request.visitor).await)
}

#[server(endpoint = "audit/looks")]
pub async fn fetch_looks(
    day: Option<NaiveDate>,
    kind: Option<Unusual>,
    page: Option<usize>,
) -> Result<LooksOfDay, AppError> {
    let request = crate::request::current()?;
    let page = page.unwrap_or(1);
    request.desk_answer(service::audit::looks_of_day(&request.service, &request.visitor, day, kind, page).await)
}

#[server(endpoint = "audit/found")]
pub async fn fetch_found(id: String, after: String) -> Result<AuditList, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::audit::found(&request.service, &request.visitor, &id, &after).await)
}
