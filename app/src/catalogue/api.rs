//! What the pages of the catalogue read.

use domain::cases::CheckView;
use domain::catalogue::{CertificateList, ItemGuide, ItemListing};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// How the list of items was asked for; empty texts ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemQuery {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub category: String,
    #[serde(default)]
    pub audience: String,
    #[serde(default)]
    pub event: String,
}

#[server(endpoint = "catalogue/list")]
pub async fn list_items(query: ItemQuery) -> Result<ItemListing, AppError> {
    let request = crate::request::current()?;
    let ItemQuery { q, category, audience, event } = query;
    Ok(request.service.catalogue.list(&q, &category, &audience, &event))
}

/// The items of one category, by everyday name alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// Key of [`domain::catalogue::CATEGORIES`].
    pub category: String,
    /// Code, everyday name, and whether it can be applied for online.
    pub items: Vec<(String, String, bool)>,
}

/// All items, for a page that only names them.
#[server(endpoint = "catalogue/shelves")]
pub async fn list_shelves() -> Result<Vec<Shelf>, AppError> {
    let catalogue = &crate::request::current()?.service.catalogue;
    let categories = domain::catalogue::CATEGORIES.iter().map(|facet| facet.key.to_owned());
    let shelves = categories.map(|category| {
        let listed = catalogue.list("", &category, "", "").items.into_iter();
        Shelf { category, items: listed.map(|item| (item.code, item.everyday, item.has_form)).collect() }
    });
    Ok(shelves.collect())
}

/// What communities must not be asked for.
#[server(endpoint = "catalogue/certificates")]
pub async fn list_certificates() -> Result<CertificateList, AppError> {
    Ok(crate::request::current()?.service.catalogue.certificates().clone())
}

#[server(endpoint = "catalogue/item")]
pub async fn fetch_item(code: String) -> Result<ItemGuide, AppError> {
    let request = crate::request::current()?;
    request.answer(request.service.catalogue.guide(&code))
}

/// `answers`: the query of the page's address, as it stands.
#[server(endpoint = "catalogue/check")]
pub async fn check_item(
    code: String,
    // Without any the encoding leaves the name out.
    #[server(default)] answers: Vec<(String, String)>,
) -> Result<CheckView, AppError> {
    let request = crate::request::current()?;
    request.answer(request.service.catalogue.check(&code, &answers, request.service.today()))
}
