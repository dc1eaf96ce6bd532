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

pub fn upload(_to: UploadTo, _control: &str, _state: impl Fn(UploadState) + 'static) {}

pub fn upload_again(_to: UploadTo, _state: impl Fn(UploadState) + 'static) {}

pub fn watch_case(_number: String, _changed: Callback<u32>) {}

/// Where files go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadTo {
    /// The address of the form.
    pub url: String,
    /// The question's path.
    pub path: String,
    /// The key of its page.
    pub page: String,
}

/// How far an upload is.
#[allow(dead_code, reason = "files go up in the browser alone")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// The n-th of m files is under way.
    Sending { name: String, number: usize, count: usize },
    /// This file cannot be used; the text says what to do. The others go on.
    Refused { name: String, message: String },
    /// The network is broken: so many files, this one first, wait to be sent again.
    Lost { name: String, left: usize },
    /// All were tried; `stored`: the page has one more.
    Done { stored: bool },
}
