//! The use cases: authorise, load, apply the rule, store, in one transaction.
//!
//! Each feature is a folder; its `store.rs` is the only code in it that names database rows.

#![forbid(unsafe_code)]

pub mod announcements;
pub mod appointments;
pub mod areas;
pub mod audit;
pub mod bundles;
pub mod cases;
pub mod catalogue;
pub mod consents;
pub mod custody;
pub mod data;
pub mod db;
pub mod desk;
pub mod documents;
pub mod error;
pub mod forms;
pub mod grants;
pub mod household;
pub mod identity;
pub mod live;
pub mod looks;
pub mod mandates;
pub mod messages;
pub mod notices;
pub mod ports;
pub mod ratings;
pub mod recusal;
pub mod residents;
pub mod retention;
mod said;
pub mod seed;
mod service;
pub mod sms;
pub mod staff;
pub mod supervision;
pub mod turns;
mod upkeep;
pub mod vault;
pub mod words;

pub use error::Error;
pub use service::{Service, Settings};
pub use upkeep::upkeep;
