//! A case as its resident sees it: looking it up, following it, the receipt.

pub mod api;
mod case_page;
mod notices;
mod receipt;
mod said;
mod todo;
mod track_page;
mod words;

pub use case_page::CasePage;
pub(crate) use case_page::{Asked, asked};
pub use track_page::TrackPage;

pub(crate) use notices::notices;
pub(crate) use receipt::{claim_row, receipt_number};
pub(crate) use said::{Said, wrong};
pub(crate) use words::{events, full_day, state_tag};
