//! The people of my household, entered once.

pub mod api;
mod household_page;

pub use household_page::HouseholdPage;
