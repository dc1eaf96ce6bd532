//! Appointments at an office: made by residents for themselves, at the window, outside office hours or at home; and by a
//! window that may not take an item, at the one office that may (属地): a referral instead of a refusal. What was filled
//! in at the wrong window is carried on at the right one.

mod book;
mod desk;
mod free;
mod hours;
mod mine;
mod refer;
mod store;
mod upkeep;

pub use book::{book, book_page};
pub use desk::{Settled, list, settle, slip};
pub(crate) use free::{Topic, choices};
pub use hours::{add_hours, drop_hours, hours_page};
pub use mine::{cancel, mine, move_page, reschedule};
pub use refer::refer;
pub(crate) use store::{forget_drafts, forget_resident};
pub(crate) use upkeep::forget;
pub use upkeep::remind;

use self::store::AppointmentRow;
use domain::appointments::{Manner, day_words, time_words};

/// `12月1日（周二）上午8:30—12:00`
fn when(row: &AppointmentRow) -> String {
    let minute = |minute: i32| u16::try_from(minute).unwrap_or_default();
    format!("{}{}", day_words(row.day), time_words(minute(row.starts), minute(row.ends)))
}

fn manner(row: &AppointmentRow) -> Manner {
    Manner::from_key(&row.manner).unwrap_or(Manner::Window)
}
