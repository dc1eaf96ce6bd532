//! What the first page and the pages of an account read.

use domain::cases::Home;
use domain::residents::{CodeView, DevicesView, JoinView, Me, MergeView, MyCases, PhoneView, RealNameView, SignInView};
use leptos::prelude::*;

use crate::error::AppError;

#[server(endpoint = "residents/home")]
pub async fn fetch_home() -> Result<Home, AppError> {
    let request = crate::request::current()?;
    request.answer(service::forms::home(&request.service, &request.visitor).await)
}

/// `goal`: key of the page to go on with. `again`: the form has something to say.
#[server(endpoint = "residents/sign-in")]
pub async fn fetch_sign_in(goal: String, again: bool) -> Result<SignInView, AppError> {
    let request = crate::request::current()?;
    request.answer(service::residents::sign_in_page(&request.service, &request.visitor, &goal, again).await)
}

#[server(endpoint = "residents/code")]
pub async fn fetch_code() -> Result<CodeView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::residents::code_page(&request.service, &request.visitor).await)
}

#[server(endpoint = "residents/join")]
pub async fn fetch_join(goal: String) -> Result<JoinView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::residents::join_page(&request.service, &request.visitor, &goal).await)
}

#[server(endpoint = "residents/me")]
pub async fn fetch_me(said: bool) -> Result<Me, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::residents::me(&request.service, &request.visitor, said).await)
}

#[server(endpoint = "residents/devices")]
pub async fn fetch_devices() -> Result<DevicesView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::residents::devices(&request.service, &request.visitor).await)
}

#[server(endpoint = "residents/real-name")]
pub async fn fetch_real_name(again: bool) -> Result<RealNameView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::residents::real_name_page(&request.service, &request.visitor, again).await)
}

#[server(endpoint = "residents/phone")]
pub async fn fetch_phone(again: bool) -> Result<PhoneView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::residents::phone_page(&request.service, &request.visitor, again).await)
}

#[server(endpoint = "residents/merge")]
pub async fn fetch_merge(again: bool) -> Result<MergeView, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::residents::merge_page(&request.service, &request.visitor, again).await)
}

#[server(endpoint = "residents/cases")]
pub async fn fetch_my_cases() -> Result<MyCases, AppError> {
    let request = crate::request::current()?;
    request.resident_answer(service::residents::cases(&request.service, &request.visitor).await)
}
