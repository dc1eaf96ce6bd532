//! Notices (文书): the papers of a case, their numbers and their words.

mod compose;
mod kind;
mod table;
mod view;

pub use compose::{Facts, Handed, Named, Wording, compose};
pub use kind::{NoticeKind, notice_number};
pub use table::sign_line;
pub use view::{IssuedNotice, Notice, NoticeBrief, Verification};
