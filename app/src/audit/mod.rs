//! The auditor's pages: who did or saw what, what is unusual, what residents ask about it.

pub mod api;
mod found_page;
mod home_page;
mod lines;
mod looks_page;

pub use found_page::AuditFoundPage;
pub use home_page::AuditHomePage;
pub use looks_page::AuditLooksPage;
