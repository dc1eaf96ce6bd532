//! The workers' side: the queue of the office, a case and the steps on it.

mod actions;
mod announcement;
mod answers;
pub mod api;
mod appointments_page;
mod case_page;
mod clock;
mod custody_page;
mod event_page;
mod filters;
mod frame;
mod hidden;
mod queue_page;
mod recusal_page;
mod start_page;
mod steps;
mod supervision;

pub use appointments_page::{AppointmentPage, AppointmentsPage};
pub use case_page::DeskCasePage;
pub(crate) use clock::Clock;
pub use custody_page::CustodyPage;
pub use event_page::DeskEventPage;
pub(crate) use frame::{Framed, frame, problem};
pub use queue_page::QueuePage;
pub use recusal_page::RecusalPage;
pub use start_page::DeskStartPage;
