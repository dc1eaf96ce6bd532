//! Papers that I keep, and what a page of a form offers of what is known.

pub mod api;
mod documents_page;
mod offers;

pub use documents_page::DocumentsPage;
pub(crate) use offers::{document_offers, known};
