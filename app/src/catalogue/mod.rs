//! Finding an item, reading its guide, checking whether one may apply, and starting.

pub mod api;
mod certificates_page;
mod check_page;
mod facets;
mod guide_page;
mod guide_parts;
mod item_list;
mod items_page;
mod outlook;
mod start_page;
mod words;

pub use certificates_page::CertificatesPage;
pub use check_page::CheckPage;
pub use facets::FacetChips;
pub use guide_page::GuidePage;
pub use items_page::{CategoryTiles, ItemsPage};
pub use start_page::StartPage;

pub(crate) use words::duration;
