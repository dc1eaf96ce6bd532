//! The rules of the service: pure, without I/O, the same in the browser and on the server.
//!
//! A feature is one word: `forms` here is `forms` in the pages, the use cases, the tests and the style sheets.

#![forbid(unsafe_code)]

pub mod announcements;
pub mod areas;
pub mod audit;
pub mod calendar;
pub mod cases;
pub mod catalogue;
pub mod consents;
pub mod data;
pub mod desk;
pub mod documents;
pub mod forms;
pub mod household;
pub mod identity;
pub mod looks;
pub mod mandates;
pub mod messages;
pub mod notices;
pub mod plain;
pub mod ratings;
pub mod residents;
pub mod retention;
pub mod scan;
pub mod sms;
pub mod staff;
pub mod text;
