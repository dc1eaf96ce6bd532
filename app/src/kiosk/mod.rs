//! Kiosks (自助机): their first page, enrolling a device, taking something to or from a phone, and keeping all of them.

mod api;
mod enrol_page;
mod fetch_page;
mod kiosks_page;
mod start_page;

pub use enrol_page::EnrolPage;
pub use fetch_page::FetchPage;
pub use kiosks_page::KiosksPage;
pub use start_page::{PrintPage, StartPage};
