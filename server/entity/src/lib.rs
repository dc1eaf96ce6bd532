//! SeaORM rows, a module per table. What a column means stands with it; the schema itself is in `migration`.

#![forbid(unsafe_code)]

pub mod access;
pub mod allowance;
pub mod announcement;
pub mod appointment;
pub mod area;
pub mod audit;
pub mod audit_head;
pub mod audit_search;
pub mod bundle;
pub mod case_event;
pub mod case_office;
pub mod case_person;
pub mod case_sequence;
pub mod cases;
pub mod city_visit;
pub mod consent;
pub mod contract;
pub mod custody;
pub mod desk_device;
pub mod disclosure;
pub mod draft;
pub mod file;
pub mod holding;
pub mod invitation;
pub mod item;
pub mod known_device;
pub mod merge_offer;
pub mod message;
pub mod message_file;
pub mod meta;
pub mod note;
pub mod notice;
pub mod notice_sequence;
pub mod objection;
pub mod office;
pub mod one_time_code;
pub mod outbox;
pub mod proposal;
pub mod rating;
pub mod recovery_code;
pub mod resident;
mod sealed;
pub mod session;
pub mod sign_in;
pub mod supervision;
pub mod tries;
pub mod workday;
pub mod worker;
pub mod worker_factor;
pub mod worker_grant;
pub mod worker_tie;

pub use sealed::Sealed;
