//! What the pages of workers' accounts read.

use domain::cases::WorkerView;
use domain::staff::{
    AccountView, CodePage, ContractsView, DemoCode, InvitationView, NewCodePage, NewPasskeyPage, ProposalsView,
    RecoveryView, SetUpPage, WorkerPage, WorkersView,
};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "staff/code")]
pub async fn fetch_code_page() -> Result<CodePage, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::code_page(&request.service, &request.visitor).await)
}

#[server(endpoint = "staff/set-up")]
pub async fn fetch_set_up() -> Result<SetUpPage, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::set_up_page(&request.service, &request.visitor).await)
}

#[server(endpoint = "staff/account")]
pub async fn fetch_account() -> Result<AccountView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::account(&request.service, &request.visitor).await)
}

#[server(endpoint = "staff/worker")]
pub async fn fetch_worker() -> Result<WorkerView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::myself(&request.service, &request.visitor))
}

#[server(endpoint = "staff/new-code")]
pub async fn fetch_new_code() -> Result<NewCodePage, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::new_code(&request.service, &request.visitor).await)
}

#[server(endpoint = "staff/new-passkey")]
pub async fn fetch_new_passkey() -> Result<NewPasskeyPage, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::new_passkey(&request.service, &request.visitor).await)
}

#[server(endpoint = "staff/recovery")]
pub async fn fetch_recovery() -> Result<RecoveryView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::recovery(&request.service, &request.visitor).await)
}

#[server(endpoint = "staff/demo-codes")]
pub async fn fetch_demo_codes() -> Result<Vec<DemoCode>, AppError> {
    let request = crate::request::current()?;
    request.answer(service::staff::demo_codes(&request.service).await)
}

#[server(endpoint = "staff/invitation")]
pub async fn fetch_invitation(token: String) -> Result<InvitationView, AppError> {
    let request = crate::request::current()?;
    request.answer(service::staff::invitation(&request.service, &request.visitor, &token).await)
}

#[server(endpoint = "staff/workers")]
pub async fn fetch_workers(sought: String) -> Result<WorkersView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::workers(&request.service, &request.visitor, &sought).await)
}

#[server(endpoint = "staff/worker-page")]
pub async fn fetch_worker_page(id: String) -> Result<WorkerPage, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::staff::worker_page(&request.service, &request.visitor, &id).await)
}

#[server(endpoint = "staff/contracts")]
pub async fn fetch_contracts() -> Result<ContractsView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::grants::contracts(&request.service, &request.visitor).await)
}

#[server(endpoint = "staff/proposals")]
pub async fn fetch_proposals() -> Result<ProposalsView, AppError> {
    let request = crate::request::current()?;
    request.desk_answer(service::grants::proposals(&request.service, &request.visitor).await)
}
