//! Announcements (公示): what is shown, for how long, and what is said against it.

mod store;

pub(crate) use store::open_objections;
