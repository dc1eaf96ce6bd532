//! Consents that were given, and taking them back.

pub mod api;
mod consents_page;

pub use consents_page::ConsentsPage;
