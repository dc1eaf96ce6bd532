//! Filling in a form: its pages, the check before sending, and going on elsewhere.

pub mod api;
mod field;
mod form;
mod form_page;
mod news;
mod plain;
mod resume_code_page;
mod resume_page;
mod review_page;
mod uploads;
mod words;

pub(crate) use field::file_link;
pub use form_page::FormPage;
pub(crate) use plain::{Answers, plain_questions};
pub use resume_code_page::ResumeCodePage;
pub use resume_page::ResumePage;
pub use review_page::ReviewPage;
