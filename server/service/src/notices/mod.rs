//! Notices: issued with the event that they announce, shown again for ever, checked by anybody.

mod issue;
mod paper;
mod store;
mod view;

pub(crate) use issue::{granted, issue};
pub use paper::{Paper, paper};
pub(crate) use view::briefs;
pub use view::{notice, verify};
