//! The inbox of the demo: what residents would get as short messages.

pub mod api;
mod inbox_page;

pub use inbox_page::InboxPage;
