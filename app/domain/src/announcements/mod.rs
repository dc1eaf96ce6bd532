//! Announcements (公示): what neighbours may see of a case, for some days, and what they may say against it.

mod name;
mod objection;
mod shown;
mod telling;
mod view;

pub use name::public_name;
pub use objection::{contact_fault, objection_form, settlement_form};
pub use shown::{Announced, announced, place};
pub use telling::telling;
pub use view::{Announcement, Board, BoardEntry, DeskAnnouncement, Objection};
