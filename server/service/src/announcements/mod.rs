//! Announcements (公示): what is shown, for how long, and what is said against it.

mod board;
mod desk;
mod follow;
mod object;
mod settle;
mod store;

pub use board::{announcement, board};
pub use object::object;
pub use settle::settle;

pub(crate) use desk::at_desk;
pub(crate) use follow::{end, objections, start, telling};
