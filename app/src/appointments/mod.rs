//! Appointments of residents: booking one, one's own; and the ways to help for who does not manage alone.

pub mod api;
mod book_page;
mod help;
mod mine_page;

pub use book_page::BookPage;
pub use help::HelpWays;
pub(crate) use help::{Topic, choose_office, topic_of};
pub use mine_page::{MovePage, VisitsPage};
