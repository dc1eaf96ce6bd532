//! All that is held about me: to read, to take along, to correct, to delete.

pub mod api;
mod copy_page;
mod data_page;

pub use copy_page::CopyPage;
pub use data_page::DataPage;
