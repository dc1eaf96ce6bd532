//! What the pages of workers read.

use domain::cases::{
    AppointmentSlip, AppointmentsView, CaseDesk, CustodyView, DeskEvent, DeskStart, QueueQuery, QueueView,
};
use domain::desk::RecusalView;
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "desk/queue")]
pub async fn list_cases(query: QueueQuery) -> Result<QueueView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::desk::queue(&request.service, &request.visitor, query).await)
}

#[server(endpoint = "desk/case")]
pub async fn fetch_desk_case(number: String) -> Result<CaseDesk, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::desk::case(&request.service, &request.visitor, &number).await)
}

#[server(endpoint = "desk/start")]
pub async fn fetch_desk_start(query: String) -> Result<DeskStart, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::desk::start(&request.service, &request.visitor, &query).await)
}

/// `items`: as for a resident's page of the event.
#[server(endpoint = "desk/event")]
pub async fn fetch_desk_event(key: String, items: Option<String>) -> Result<DeskEvent, AppError> {
    let request = crate::request::current()?;
    let chosen = items.as_deref().map(crate::bundles::api::codes);
    request.desk_answer(service::desk::event(&request.service, &request.visitor, &key, chosen.as_deref()).await)
}

#[server(endpoint = "desk/custody")]
pub async fn fetch_custody() -> Result<CustodyView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::custody::list(&request.service, &request.visitor).await)
}

#[server(endpoint = "desk/appointments")]
pub async fn fetch_appointments() -> Result<AppointmentsView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::appointments::list(&request.service, &request.visitor).await)
}

#[server(endpoint = "desk/appointment")]
pub async fn fetch_appointment(code: String) -> Result<AppointmentSlip, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::appointments::slip(&request.service, &request.visitor, &code).await)
}

#[server(endpoint = "desk/recusal")]
pub async fn fetch_recusal() -> Result<RecusalView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::recusal::view(&request.service, &request.visitor).await)
}
