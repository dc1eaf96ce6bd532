//! Who has looked at my data, and a question about it.

pub mod api;
mod looks_page;
mod question_page;

pub use looks_page::LooksPage;
pub use question_page::QuestionPage;
