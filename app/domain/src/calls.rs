//! Residents who want to be called: what is asked, by when it is done, how often it is tried.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::areas::Area;
use crate::calendar::Workdays;
use crate::cases::{Flash, WorkerView, local_day};
use crate::forms::{Choice, Definition, Field, Kind};
use crate::residents::Allowance;

/// After so many calls that nobody answered a message is sent, and it is over.
pub const TRIES_MAX: i32 = 3;
/// For one phone.
pub const PHONE_CALLS: Allowance = Allowance { pause: 0, hour: 2, day: 3 };
/// From one network address: a hall has one for all its visitors.
pub const ADDRESS_CALLS: Allowance = Allowance { pause: 0, hour: 20, day: 60 };

const PARTS: [(&str, &str); 3] = [("morning", "上午"), ("afternoon", "下午"), ("evening", "晚上")];

/// `上午` of its key.
pub fn part_name(key: &str) -> &'static str {
    PARTS.iter().find(|(part, _)| *part == key).map_or("", |(_, name)| name)
}

/// Asks who wants to be called, and when. `item`: it is known what about.
pub fn call_form(item: bool) -> Definition {
    let parts = PARTS.iter().map(|(key, name)| Choice::new(key, name)).collect();
    let about = Field::new("about", "想问什么事？", "几个字就行。", Kind::ShortText { max: 60 });
    Definition::of_fields(
        "call",
        vec![
            Field::new("name", "您怎么称呼？", "", Kind::ShortText { max: 50 }),
            Field::new("phone", "打哪个手机号？", "家里人的也行。", Kind::Phone),
            Field::new("part", "什么时候接电话方便？", "", Kind::OneOf { options: parts }),
            if item {
                Field { label: "具体想问什么？".to_owned(), hint: String::new(), optional: true, ..about }
            } else {
                about
            },
        ],
    )
}

/// The last day on which the call is to be made: within one working day.
pub fn due(asked: DateTime<Utc>, calendar: &Workdays) -> NaiveDate {
    calendar.due(local_day(asked), 1)
}

/// After the last call that nobody answered.
pub fn missed_text(office: &str, home: &str) -> String {
    format!(
        "【通办】{office}给您打了{TRIES_MAX}次电话都没打通。还需要的话，请再约一次：{home}/calls/new 或者直接到窗口。"
    )
}

/// The page on which a call is asked for: areas to choose from, or the form for an office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CallView {
    pub chosen: Vec<Area>,
    pub below: Vec<Area>,
    /// Code and everyday name.
    pub item: Option<(String, String)>,
    /// Code and name, once it is chosen.
    pub office: Option<(String, String)>,
    /// By when it would be done.
    pub due: String,
    pub today: NaiveDate,
    pub flash: Flash,
}

/// A call as its resident and as workers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallEntry {
    pub id: String,
    pub name: String,
    pub phone: String,
    /// `上午`
    pub part: String,
    /// Everyday name, and what the resident wrote.
    pub about: String,
    pub office: String,
    /// `12月1日`
    pub due: String,
    pub late: bool,
    pub tries: i32,
    /// In words.
    pub state: String,
    /// Still to be called.
    pub open: bool,
}

/// Who waits to be called by a worker's office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallsView {
    pub worker: WorkerView,
    pub waiting: Vec<CallEntry>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_due_on_the_next_working_day() {
        let friday: DateTime<Utc> = "2026-11-27T09:00:00Z".parse().expect("a time");
        assert_eq!(due(friday, &Workdays::default()).to_string(), "2026-11-30");
        assert!(missed_text("沈河区滨河街道多福社区便民服务窗口", "https://tongban.example.cn").chars().count() <= 134);
    }
}
