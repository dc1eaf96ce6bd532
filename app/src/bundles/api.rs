//! What the pages of life events read.

use domain::cases::BundleTrack;
use domain::catalogue::EventGuide;
use leptos::prelude::*;

use crate::error::AppError;

/// `items`: codes of the chosen items, joined by points, as the page's address has them; none: the usual ones.
#[server(endpoint = "bundles/event")]
pub async fn fetch_event(key: String, items: Option<String>) -> Result<EventGuide, AppError> {
    let request = crate::request::current()?;
    let chosen = items.as_deref().map(codes);
    request.answer(request.service.catalogue.event_guide(&key, chosen.as_deref()))
}

#[server(endpoint = "bundles/track")]
pub async fn fetch_bundle(number: String) -> Result<BundleTrack, AppError> {
    let request = crate::request::current()?;
    request.answer(service::bundles::track(&request.service, &request.visitor, &number).await)
}

/// The codes in an address.
pub fn codes(items: &str) -> Vec<String> {
    items.split('.').filter(|code| !code.is_empty()).take(50).map(str::to_owned).collect()
}
