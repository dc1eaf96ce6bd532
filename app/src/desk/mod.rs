//! The workers' side: signing in, the queue of the office, a case and the steps on it.

mod actions;
mod answers;
pub mod api;
mod case_page;
mod clock;
mod filters;
mod frame;
mod queue_page;
mod sign_in_page;
mod start_page;
mod steps;

pub use case_page::DeskCasePage;
pub use queue_page::QueuePage;
pub use sign_in_page::SignInPage;
pub use start_page::DeskStartPage;
