//! Who may act for me, for whom I may act, and taking over what a helper filed.

pub mod api;
mod claim_page;
mod give_page;
mod mandates_page;

pub use claim_page::ClaimPage;
pub use give_page::{GivePage, GuardianPage};
pub use mandates_page::MandatesPage;
