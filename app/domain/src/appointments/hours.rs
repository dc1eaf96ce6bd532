//! The times that an office keeps, and the days on which they are held.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::calendar::Workdays;
use crate::cases::local_day;

/// Appointments are made for today and the next so many days.
pub const DAYS_AHEAD: u64 = 14;
/// So many can be expected at one time at the most.
pub const PLACES_MAX: i64 = 100;

/// Where one meets, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    Window,
    /// 错时服务
    After,
    /// 家门口办
    Home,
}

impl Manner {
    pub const ALL: [Self; 3] = [Self::Window, Self::After, Self::Home];

    pub fn key(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::After => "after",
            Self::Home => "home",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|manner| manner.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Window => "到窗口办",
            Self::After => "下班后、周末到窗口办（错时服务）",
            Self::Home => "工作人员上门（家门口办）",
        }
    }
}

/// A time of a weekday at which so many are expected. Minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hours {
    /// 1 is Monday.
    pub weekday: u8,
    pub from: u16,
    pub until: u16,
    pub manner: Manner,
    pub places: u16,
    /// Also on public holidays.
    pub holidays: bool,
}

/// Those of an office that has set none of its own.
pub fn usual() -> Vec<Hours> {
    let halves = [(8 * 60 + 30, 12 * 60), (13 * 60, 17 * 60)];
    let one =
        |weekday, (from, until)| Hours { weekday, from, until, manner: Manner::Window, places: 10, holidays: false };
    (1..=5).flat_map(|weekday| halves.map(|half| one(weekday, half))).collect()
}

/// Whether these hours are held on a day. A weekend day that everybody works (调休) goes as a Friday; a public holiday is
/// free unless the hours say otherwise.
pub fn is_held(hours: &Hours, day: NaiveDate, calendar: &Workdays) -> bool {
    let weekday = if calendar.makeup_workdays.contains(&day) { Weekday::Fri } else { day.weekday() };
    weekday.number_from_monday() == u32::from(hours.weekday) && (hours.holidays || !calendar.holidays.contains(&day))
}

/// Hours on a certain day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    pub day: NaiveDate,
    pub hours: Hours,
}

impl Slot {
    /// As a form names it: `2026-12-01.510.window`.
    pub fn key(&self) -> String {
        format!("{}.{}.{}", self.day, self.hours.from, self.hours.manner.key())
    }

    pub fn begins(&self) -> DateTime<Utc> {
        begins(self.day, self.hours.from)
    }

    /// `12月1日（周二）上午8:30—12:00`
    pub fn words(&self) -> String {
        format!("{}{}", day_words(self.day), time_words(self.hours.from, self.hours.until))
    }
}

/// When a minute of a day in Shenyang is.
pub fn begins(day: NaiveDate, minute: u16) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + Duration::minutes(i64::from(minute)) - Duration::hours(8)
}

/// `12月1日（周二）`
pub fn day_words(day: NaiveDate) -> String {
    let names = ["一", "二", "三", "四", "五", "六", "日"];
    let name = names.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
    format!("{}月{}日（周{name}）", day.month(), day.day())
}

/// `上午8:30—12:00`
pub fn time_words(from: u16, until: u16) -> String {
    let part = match from {
        0..720 => "上午",
        720..1080 => "下午",
        _ => "晚上",
    };
    format!("{part}{}:{:02}—{}:{:02}", from / 60, from % 60, until / 60, until % 60)
}

/// What can be booked at a moment, the earliest first: not what has begun, and a visit at home not on the same day.
pub fn slots(hours: &[Hours], calendar: &Workdays, now: DateTime<Utc>) -> Vec<Slot> {
    let today = local_day(now);
    let mut found = Vec::new();
    for day in (0..=DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead))) {
        for one in hours.iter().filter(|one| is_held(one, day, calendar)) {
            let slot = Slot { day, hours: *one };
            if slot.begins() > now && (one.manner != Manner::Home || day > today) {
                found.push(slot);
            }
        }
    }
    found.sort_by_key(|slot| (slot.day, slot.hours.from, slot.hours.manner));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn calendar() -> Workdays {
        Workdays {
            holidays: ["2026-10-01", "2026-10-02", "2026-10-03"].map(date).into(),
            makeup_workdays: [date("2026-10-10")].into(),
        }
    }

    #[test]
    fn closed_on_holidays_unless_said_otherwise_and_open_on_a_worked_saturday() {
        let friday = Hours { weekday: 5, from: 510, until: 720, manner: Manner::Window, places: 2, holidays: false };
        let open = |hours: &Hours, day: &str| is_held(hours, date(day), &calendar());
        assert!(open(&friday, "2026-10-09") && open(&friday, "2026-10-10"));
        assert!(!open(&friday, "2026-10-02") && !open(&friday, "2026-10-08"));
        assert!(open(&Hours { holidays: true, ..friday }, "2026-10-02"));
        let saturday = Hours { weekday: 6, manner: Manner::After, ..friday };
        assert!(open(&saturday, "2026-10-17") && !open(&saturday, "2026-10-03") && !open(&saturday, "2026-10-10"));
    }

    #[test]
    fn a_slot_in_words() {
        let slot = slots(&usual(), &calendar(), "2026-11-30T23:00:00Z".parse().expect("a time")).remove(0);
        assert_eq!(slot.words(), "12月1日（周二）上午8:30—12:00");
        assert_eq!(slot.key(), "2026-12-01.510.window");
        assert_eq!(slot.begins().to_rfc3339(), "2026-12-01T00:30:00+00:00");
    }

    proptest! {
        #[test]
        fn only_what_is_to_come_and_held_can_be_booked(
            seconds in 1_780_000_000_i64..1_800_000_000,
            weekday in 1_u8..=7,
            from in 0_u16..1_380,
            holidays: bool,
            home: bool,
        ) {
            let now = DateTime::from_timestamp(seconds, 0).expect("a time");
            let manner = if home { Manner::Home } else { Manner::After };
            let own = Hours { weekday, from, until: from + 30, manner, places: 1, holidays };
            let all: Vec<Hours> = usual().into_iter().chain([own]).collect();
            let found = slots(&all, &calendar(), now);
            let last = local_day(now) + Days::new(DAYS_AHEAD);
            for slot in &found {
                prop_assert!(slot.begins() > now && slot.day <= last);
                prop_assert!(is_held(&slot.hours, slot.day, &calendar()));
                prop_assert!(slot.hours.manner != Manner::Home || slot.day > local_day(now));
            }
            prop_assert!(found.is_sorted_by_key(|slot| (slot.day, slot.hours.from)));
        }
    }
}
