//! The frames around pages. `translate="no"` and the language are set by the shell.

mod brand;
mod desk;
mod kiosk;
mod resident;

pub use brand::BrandMark;
pub use desk::{DeskLayout, Way, ways};
pub use kiosk::{Frame, KioskLayout, at_kiosk};
pub use resident::ResidentLayout;
