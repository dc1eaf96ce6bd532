//! The first page, and what this service is.

mod about_page;
pub mod api;
mod home_page;

pub use about_page::AboutPage;
pub use home_page::HomePage;
