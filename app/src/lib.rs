//! What people see: pages and components, rendered on the server and hydrated in the browser.
//!
//! A page reads through a server function and writes through a plain HTML form: see [`post`].

// The only places that know on which side they run: this file and `request.rs`.
#[cfg(feature = "hydrate")]
#[path = "browser.rs"]
mod browser;
#[cfg(not(feature = "hydrate"))]
#[path = "no_browser.rs"]
mod browser;
#[cfg(feature = "ssr")]
pub mod request;
// And whether the client comes in parts.
#[cfg(not(feature = "split"))]
#[macro_use]
#[path = "no_split.rs"]
mod split;
#[cfg(feature = "split")]
#[macro_use]
mod split;

pub mod announcements;
pub mod audit;
pub mod bundles;
pub mod cases;
pub mod catalogue;
pub mod consents;
pub mod data;
pub mod desk;
pub mod documents;
pub mod error;
pub mod forms;
pub mod household;
pub mod layout;
mod load;
pub mod looks;
pub mod mandates;
mod messages;
pub mod notices;
mod parts;
pub mod post;
pub mod ratings;
pub mod residents;
mod routes;
pub mod sms;
pub mod staff;
pub mod ui;

pub use parts::arrived;
pub use routes::{App, shell};
