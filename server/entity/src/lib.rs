//! SeaORM rows, a module per table. What a column means stands with it; the schema itself is in `migration`.

pub mod access;
pub mod area;
pub mod case_event;
pub mod case_sequence;
pub mod cases;
pub mod draft;
pub mod file;
pub mod item;
pub mod meta;
pub mod office;
pub mod session;
pub mod workday;
pub mod worker;
