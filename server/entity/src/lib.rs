//! SeaORM rows, a module per table. What a column means stands with it; the schema itself is in `migration`.

#![forbid(unsafe_code)]

pub mod access;
pub mod announcement;
pub mod appointment;
pub mod area;
pub mod audit;
pub mod audit_head;
pub mod bundle;
pub mod case_event;
pub mod case_office;
pub mod case_sequence;
pub mod cases;
pub mod custody;
pub mod draft;
pub mod file;
pub mod item;
pub mod message;
pub mod message_file;
pub mod meta;
pub mod note;
pub mod notice;
pub mod notice_sequence;
pub mod objection;
pub mod office;
pub mod outbox;
pub mod rating;
pub mod session;
pub mod supervision;
pub mod workday;
pub mod worker;
