//! What the page of kept papers reads.

use domain::documents::DocumentsView;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "documents/list")]
pub async fn fetch_documents() -> Result<DocumentsView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::documents::list(&request.service, &request.visitor).await)
}
