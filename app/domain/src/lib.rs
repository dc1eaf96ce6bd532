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
pub mod desk;
pub mod forms;
pub mod identity;
pub mod messages;
pub mod notices;
pub mod plain;
pub mod ratings;
pub mod sms;
pub mod text;
