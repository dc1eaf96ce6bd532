//! How times and days are said to people.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

/// `11月22日 15:04`, in Shenyang.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    let local = at + Duration::hours(8);
    format!("{}月{}日 {}", local.month(), local.day(), local.format("%H:%M"))
}

/// `2026年11月22日`
pub(crate) fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// `12月1日`, with the year when it is not this one.
pub(crate) fn short_day(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { format!("{}月{}日", date.month(), date.day()) } else { day(date) }
}
