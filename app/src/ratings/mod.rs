//! Ratings: given on the case's page, answered at the desk, shown to everybody.

pub mod api;
mod desk_page;
mod offer;
mod results_page;

pub use desk_page::RatingsDeskPage;
pub use results_page::RatingsPage;

pub(crate) use offer::offers;
