//! Notices (文书): the papers of a case, their numbers and their words.

mod compose;
mod kind;
mod view;

pub use compose::{Facts, compose};
pub use kind::{NoticeKind, notice_number};
pub use view::{Notice, NoticeBrief, Verification};
