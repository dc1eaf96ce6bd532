//! Life events (一件事): choosing what to ask for in one form, and following what became of it.

pub mod api;
mod bundle_page;
mod event_page;
mod events;

pub use bundle_page::BundlePage;
pub use event_page::EventPage;

pub(crate) use event_page::choosing;
pub(crate) use events::{EventTiles, Together};
