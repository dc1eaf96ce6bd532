//! What `browser.rs` does, on the side where there is no browser: nothing.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Html;

pub fn send_form(_event: &SubmitEvent, _sent: Callback<String>, _failed: Callback<String>) {}

pub fn has_passkeys() -> bool {
    false
}

pub fn send_with_passkey(_event: &SubmitEvent, _ask: &str, _sent: Callback<String>, _failed: Callback<String>) {}

pub fn mark_hydrated() {}

pub async fn wait(_milliseconds: i32) {}

#[allow(dead_code, reason = "the browser alone asks")]
pub fn part() -> Option<String> {
    None
}

/// The server says it with the request.
pub fn kiosk() -> Option<String> {
    None
}

/// Writes into the document which part of the client its page needs.
pub fn name_part(part: &'static str) {
    // It stands in the tag `html`, not in the page: to the client it is nothing to take over.
    let _ = view! { <Html {..} data-part=part /> }.to_html();
}

pub async fn load_whole(_address: &str) {}

/// What the page carries for the browser.
pub fn to_json(data: &impl serde::Serialize) -> String {
    serde_json::to_string(data).unwrap_or_default()
}

pub fn after_press(_act: impl FnOnce() + 'static) {}

pub fn arrive(_first: bool, _new: bool) {}

pub fn focus(_id: &str) {}

pub fn fetch_areas(_code: &str, _done: impl Fn(Option<Vec<domain::areas::Area>>) + 'static) {}

pub fn on_uploaded(_arrived: impl Fn() + 'static) {}

pub fn watch_case(_number: String, _changed: Callback<u32>) {}
