//! Forms as data: a definition, the entries typed into it, and the one function that checks them on both sides.
//!
//! An *entry* is what a control holds: a path (`applicant_name`, `members.0.income`) and the text typed, kept as it
//! is until it is right. Entries survive every error; the answers of a case are entries that passed [`check`].

mod check;
mod condition;
mod definition;
mod entries;
mod lint;
mod offer;
mod outline;
mod slice;
mod value;

pub use check::{Finding, Given, Shown, check, check_page, normalise, shown};
pub use condition::{Condition, CountWhere, FieldTest, Formula, Scope, ValueTest};
pub use definition::{AreaDepth, Choice, Definition, Field, Kind, Page, Rule};
pub use entries::{Entries, path};
pub use lint::lint;
pub use offer::{may_offer, offers};
pub use outline::{Answered, AnsweredPage, outline};
pub(crate) use slice::references;
pub use slice::{REST, restrict, slice};
pub use value::{accepts, display, is_identity_number, parts};

/// The most entries that one draft may hold, counted over all groups.
pub const ENTRIES_MAX: usize = 2_000;
/// The longest text of one entry, in characters, whatever the field allows.
pub const ENTRY_LENGTH_MAX: usize = 4_000;
/// The most files of one case.
pub const FILES_MAX: usize = 20;
