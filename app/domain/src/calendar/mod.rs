//! The official working-day calendar and the counting of legal periods on it.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Days that differ from the plain week: public holidays, and weekend days that are worked (调休).
///
/// For a year that has not been announced yet, weekends are free and the rest is worked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workdays {
    pub holidays: BTreeSet<NaiveDate>,
    pub makeup_workdays: BTreeSet<NaiveDate>,
}

/// What a period is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    /// 工作日
    #[default]
    Working,
    /// 自然日
    Natural,
}

impl DayUnit {
    pub fn is_working(&self) -> bool {
        *self == Self::Working
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Working => "个工作日",
            Self::Natural => "天",
        }
    }
}

impl Workdays {
    /// The day on which a period of `days` of a unit ends; see [`Self::due`]. Natural days that end on a free day end
    /// on the next working day.
    pub fn end(&self, start: NaiveDate, days: u32, unit: DayUnit) -> NaiveDate {
        match unit {
            DayUnit::Working => self.due(start, days),
            DayUnit::Natural => self.on_or_after(start + Days::new(u64::from(days))),
        }
    }

    pub fn is_workday(&self, day: NaiveDate) -> bool {
        if self.makeup_workdays.contains(&day) {
            return true;
        }
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains(&day)
    }

    /// The day on which a period of `days` working days ends. The day of the start does not count
    /// (`domain.md` 1.4); a period of 0 days ends on the day itself.
    pub fn due(&self, start: NaiveDate, days: u32) -> NaiveDate {
        let mut day = start;
        let mut left = days;
        while left > 0 {
            day = next(day);
            if self.is_workday(day) {
                left -= 1;
            }
        }
        day
    }

    /// Working days after `from`, up to and with `to`; negative when `to` is earlier.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.between(to, from);
        }
        let mut day = from;
        let mut count = 0;
        while day < to {
            day = next(day);
            count += i64::from(self.is_workday(day));
        }
        count
    }

    /// The day itself when it is worked, else the next that is: what comes in on a free day counts from then.
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        while !self.is_workday(day) {
            day = next(day);
        }
        day
    }
}

fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn calendar_2026() -> Workdays {
        let days = |list: &[&str]| list.iter().map(|d| date(&format!("2026-{d}"))).collect();
        let holidays = [
            "01-01", "01-02", "01-03", "02-15", "02-16", "02-17", "02-18", "02-19", "02-20", "02-21", "02-22", "02-23",
            "04-04", "04-05", "04-06", "05-01", "05-02", "05-03", "05-04", "05-05", "06-19", "06-20", "06-21", "09-25",
            "09-26", "09-27", "10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07",
        ];
        Workdays {
            holidays: days(&holidays),
            makeup_workdays: days(&["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]),
        }
    }

    #[test]
    fn the_seven_vectors_of_the_official_calendar() {
        let calendar = calendar_2026();
        for (start, days, due) in [
            ("2026-09-18", 5, "2026-09-24"),
            ("2026-09-24", 5, "2026-10-09"),
            ("2026-09-28", 20, "2026-10-30"),
            ("2026-02-13", 5, "2026-02-27"),
            ("2026-04-30", 5, "2026-05-11"),
            ("2026-10-09", 1, "2026-10-10"),
            ("2026-11-20", 20, "2026-12-18"),
        ] {
            assert_eq!(calendar.due(date(start), days), date(due), "{days} days from {start}");
        }
    }

    proptest! {
        #[test]
        fn due_and_between_agree(offset in 0_u64..700, days in 0_u32..60) {
            let calendar = calendar_2026();
            let start = date("2026-01-01") + Days::new(offset);
            let due = calendar.due(start, days);
            prop_assert_eq!(calendar.between(start, due), i64::from(days));
            prop_assert!(days == 0 || calendar.is_workday(due));
        }
    }
}
