//! Looks that an auditor should see. None is wrong by itself; each is worth a question.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::Workdays;
use crate::cases::local_day;

/// The hours of the halls, with the time before opening and after closing in which things are put in order.
const FROM_HOUR: u32 = 7;
const UNTIL_HOUR: u32 = 19;
/// So many cases by one worker on one day are more than a window has visitors.
pub const MANY_CASES: usize = 60;
/// A look leads to a step within so many working days.
const STEP_DAYS: i64 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unusual {
    OwnName,
    ManyCases,
    OtherOffice,
    DayOff,
    AfterHours,
    NoStep,
}

impl Unusual {
    /// What weighs most stands first.
    pub const ALL: [Self; 6] =
        [Self::OwnName, Self::ManyCases, Self::OtherOffice, Self::DayOff, Self::AfterHours, Self::NoStep];

    pub fn key(self) -> &'static str {
        match self {
            Self::OwnName => "own-name",
            Self::ManyCases => "many-cases",
            Self::OtherOffice => "other-office",
            Self::DayOff => "day-off",
            Self::AfterHours => "after-hours",
            Self::NoStep => "no-step",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::OwnName => "和申请人同姓",
            Self::ManyCases => "一天看了很多人",
            Self::OtherOffice => "不是经办单位",
            Self::DayOff => "休息日查看",
            Self::AfterHours => "下班时间查看",
            Self::NoStep => "看了没有办",
        }
    }

    /// For who has not heard the word before.
    pub fn meaning(self) -> String {
        match self {
            Self::OwnName => "查看的工作人员和申请人同一个姓，可能是亲属。".to_owned(),
            Self::ManyCases => format!("同一个人这一天查看的办件不少于{MANY_CASES}件。"),
            Self::OtherOffice => "所在单位不收件、不决定，也没有被征求意见。上级主管的查看也在这里。".to_owned(),
            Self::DayOff => "按国家公布的放假安排，这一天休息。".to_owned(),
            Self::AfterHours => format!("早上{FROM_HOUR}点前，或者晚上{UNTIL_HOUR}点后。"),
            Self::NoStep => format!("查看以后{STEP_DAYS}个工作日内，这个人没有办过这个办件的任何一步。"),
        }
    }
}

/// A worker looked at a case, and what is known of it.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    pub at: DateTime<Utc>,
    pub worker: &'a str,
    /// The applicant's name, or what its mask leaves of it.
    pub applicant: &'a str,
    /// The worker's office received the case, decides on it or is asked about it.
    pub own_office: bool,
    /// The worker did something on the case, then or later.
    pub acted: bool,
    /// Cases that the worker looked at on that day.
    pub cases_that_day: usize,
}

/// What is unusual about a look; mostly nothing.
pub fn unusual(look: &Look<'_>, calendar: &Workdays, now: DateTime<Utc>) -> Vec<Unusual> {
    let day = local_day(look.at);
    let hour = (look.at + TimeDelta::hours(8)).hour();
    let is = |kind: &Unusual| match kind {
        Unusual::OwnName => !surname(look.worker).is_empty() && surname(look.worker) == surname(look.applicant),
        Unusual::ManyCases => look.cases_that_day >= MANY_CASES,
        Unusual::OtherOffice => !look.own_office,
        Unusual::DayOff => !calendar.is_workday(day),
        Unusual::AfterHours => calendar.is_workday(day) && !(FROM_HOUR..UNTIL_HOUR).contains(&hour),
        Unusual::NoStep => !look.acted && calendar.between(day, local_day(now)) > STEP_DAYS,
    };
    Unusual::ALL.into_iter().filter(is).collect()
}

/// What a mask leaves of every family name: its first character, so that 欧 and 欧阳 count as one and are asked about.
/// A name with `·` has none.
pub fn surname(name: &str) -> &str {
    let first = name.chars().next().map_or(0, char::len_utf8);
    if name.contains('·') { "" } else { &name[..first] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("{time}:00+08:00").parse::<DateTime<chrono::FixedOffset>>().expect("a time").to_utc()
    }

    fn ordinary() -> Look<'static> {
        Look {
            at: at("2026-11-23T09:30"),
            worker: "李四",
            applicant: "张*三",
            own_office: true,
            acted: true,
            cases_that_day: 12,
        }
    }

    fn found(look: Look<'_>) -> Vec<Unusual> {
        let holiday = "2026-11-24".parse().expect("a day");
        let worked = "2026-11-22".parse().expect("a day");
        let calendar = Workdays { holidays: [holiday].into(), makeup_workdays: [worked].into() };
        unusual(&look, &calendar, at("2026-12-02T12:00"))
    }

    #[test]
    fn an_ordinary_look_is_not_listed() {
        assert_eq!(found(ordinary()), []);
    }

    #[test]
    fn each_kind_is_found_by_itself() {
        let look = ordinary();
        assert_eq!(found(Look { at: at("2026-11-23T06:59"), ..look.clone() }), [Unusual::AfterHours]);
        assert_eq!(found(Look { at: at("2026-11-23T19:00"), ..look.clone() }), [Unusual::AfterHours]);
        assert_eq!(found(Look { at: at("2026-11-21T09:30"), ..look.clone() }), [Unusual::DayOff], "a Saturday");
        assert_eq!(found(Look { at: at("2026-11-24T23:30"), ..look.clone() }), [Unusual::DayOff], "a holiday");
        assert_eq!(found(Look { at: at("2026-11-22T09:30"), ..look.clone() }), [], "a Sunday that is worked");
        assert_eq!(found(Look { applicant: "李*", ..look.clone() }), [Unusual::OwnName]);
        assert_eq!(found(Look { cases_that_day: MANY_CASES, ..look.clone() }), [Unusual::ManyCases]);
        assert_eq!(found(Look { own_office: false, ..look.clone() }), [Unusual::OtherOffice]);
        assert_eq!(found(Look { acted: false, ..look.clone() }), [Unusual::NoStep]);
        assert_eq!(found(Look { acted: false, at: at("2026-11-30T09:30"), ..look }), [], "there is still time");
    }

    #[test]
    fn surnames_are_compared_as_far_as_a_mask_leaves_them() {
        assert_eq!(surname("张小三"), "张");
        assert_eq!(surname("张*"), "张");
        assert_eq!((surname("欧阳小文"), surname("欧**文")), ("欧", "欧"));
        assert_eq!((surname("买买提·吐尔逊"), surname("买买提·*"), surname("")), ("", "", ""));
    }
}
