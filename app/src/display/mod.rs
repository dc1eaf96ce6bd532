//! How pages look: larger, stronger, light or dark, and the simple mode for elderly people.

mod api;
mod display_page;
mod read_aloud;
mod switch;

pub use display_page::DisplayPage;
pub use read_aloud::ReadAloud;
pub use switch::{DisplaySwitch, ElderExplained, ElderOffer};
