//! The frames around pages. `translate="no"` and the language are set by the shell.

mod brand;
mod desk;
mod resident;

pub use brand::BrandMark;
pub use desk::{DeskLayout, Way, ways};
pub use resident::ResidentLayout;
