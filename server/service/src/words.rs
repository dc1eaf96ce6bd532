//! How times and days are said to people, and what people write in a few words.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use domain::text::clean;

use crate::error::Error;

/// `11月22日 15:04`, in Shenyang.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    let local = at + Duration::hours(8);
    format!("{}月{}日 {}", local.month(), local.day(), local.format("%H:%M"))
}

/// `15:04`, in Shenyang.
pub(crate) fn hour(at: DateTime<Utc>) -> String {
    (at + Duration::hours(8)).format("%H:%M").to_string()
}

/// `2026年11月22日 15:04:05`, in Shenyang: of a list that runs over years.
pub(crate) fn time_of_year(at: DateTime<Utc>) -> String {
    let local = at + Duration::hours(8);
    format!("{} {}", day(local.date_naive()), local.format("%H:%M:%S"))
}

/// `2026年11月22日`, in Shenyang.
pub(crate) fn local_day(at: DateTime<Utc>) -> String {
    day((at + Duration::hours(8)).date_naive())
}

/// `2026年11月22日`
pub(crate) fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// `12月1日`, with the year when it is not this one.
pub(crate) fn short_day(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { format!("{}月{}日", date.month(), date.day()) } else { day(date) }
}

/// What somebody wrote, cleaned.
///
/// # Errors
/// [`Error::Refused`] for nothing, and for more than `max` characters.
pub(crate) fn written(text: &str, max: usize) -> Result<String, Error> {
    let text = clean(text);
    match text.chars().count() {
        0 => Err(Error::Refused("请先写上要说的话。".to_owned())),
        count if count > max => Err(Error::Refused(format!("最多{max}个字，现在是{count}个字，请写短一些。"))),
        _ => Ok(text),
    }
}
