//! What the inbox of the demo reads.

use domain::sms::SmsView;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "sms/inbox")]
pub async fn fetch_inbox() -> Result<Vec<SmsView>, AppError> {
    let request = crate::request::current()?;
    request.answer(service::sms::inbox(&request.service).await)
}
