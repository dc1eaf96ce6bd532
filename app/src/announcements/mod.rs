//! What is announced in a community, and what neighbours say against it.

mod announcement_page;
pub mod api;
mod board_page;
mod shown;

pub use announcement_page::AnnouncementPage;
pub use board_page::BoardPage;

pub(crate) use shown::shown;
