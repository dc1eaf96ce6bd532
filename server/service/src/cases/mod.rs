//! Cases: made of a draft, carried forward by events, tracked by their residents.

mod clock;
mod correct;
mod follow;
mod helper;
mod insert;
mod look_up;
mod moved;
mod qr;
mod record;
pub(crate) mod store;
mod tell;
mod track;
mod withdraw;

pub use clock::tick;
pub use correct::correct;
pub use look_up::{look_up, open_link};
pub use track::{live, track};
pub use withdraw::withdraw;

pub(crate) use correct::{answer_correction, open_correction, open_part, waits_for_correction, was_taken_at_window};
pub(crate) use helper::{helper, is_by_helper};
pub(crate) use insert::{NewCase, actor, applicant_value, insert_case, tail_value};
pub(crate) use look_up::{
    cases_of, is_part_of, number_of, of_applicant, path_after_submission, path_of, said_of, tail_is,
};
pub(crate) use moved::{follow_offices, recompute, reschedule};
pub(crate) use qr::qr;
pub(crate) use record::{IDENTITY, NEVER, Record, append, may_see, subject, worker_reads};
pub(crate) use tell::{days_left, labels, timeline, until};
pub(crate) use track::{headline, promise};
