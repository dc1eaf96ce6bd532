//! Submissions of life events (一件事): one number and one receipt, and a case for each item that goes its own way.

mod insert;
mod link;
mod store;
mod track;

pub use link::open_link;
pub use track::track;

pub(crate) use insert::insert_bundle;
pub(crate) use link::{bundle_of_tail, bundles_of, path_after_submission, path_of, said_of};
pub(crate) use track::{desk_link, event_names, resident_link};
