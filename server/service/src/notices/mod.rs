//! Notices: issued with the event that they announce, shown again for ever, checked by anybody.

mod issue;
mod store;
mod view;

pub(crate) use issue::{granted, issue};
pub(crate) use view::briefs;
pub use view::{notice, verify};
