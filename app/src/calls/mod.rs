//! Residents who want to be called: asking for it, and the list at the desk.

pub mod api;
mod ask_page;
mod desk_page;

pub use ask_page::CallPage;
pub use desk_page::CallsPage;
