//! Papers of a case: shown, printed, and checked by anybody.

pub mod api;
mod notice_page;
mod paper;
mod verify_page;

pub use notice_page::NoticePage;
pub use verify_page::VerifyPage;
