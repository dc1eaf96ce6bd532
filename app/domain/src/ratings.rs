//! Ratings (好差评): what may be rated when, and what a bad grade sets going.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::Workdays;
use crate::cases::{Event, EventKind, WorkerView};

/// Results are shown from so many ratings up: fewer would point at people.
pub const SHOWN_FROM: u64 = 5;

/// Working days from the rating until the resident was called, the matter was looked into, and it is settled.
const LIMITS: [u32; 3] = [1, 5, 15];

/// At most one rating at each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 受理
    Accepted,
    /// 办结
    Closed,
}

/// Where the answer to a bad grade stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rectification {
    /// The grade asks for none.
    None,
    Open,
    Contacted,
    Verified,
    Settled,
}

/// The five grades, the best first, with the codes of GB/T 39046—2020.
pub const GRADES: [(u8, &str); 5] = [(1, "非常满意"), (2, "满意"), (3, "基本满意"), (4, "不满意"), (5, "非常不满意")];

/// What can be ticked.
pub const TAGS: [(&str, &str); 7] = [
    ("speed", "办得快慢"),
    ("guide", "说明清不清楚"),
    ("easy", "方不方便"),
    ("use", "好不好用"),
    ("skill", "工作人员懂不懂行"),
    ("attitude", "工作人员的态度"),
    ("visits", "跑了几趟"),
];

impl Stage {
    pub const ALL: [Self; 2] = [Self::Accepted, Self::Closed];

    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Closed => "closed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "受理这一步",
            Self::Closed => "办结",
        }
    }

    /// The event that brought a case here.
    pub fn reached(self, events: &[Event]) -> Option<&Event> {
        events.iter().find(|event| match self {
            Self::Accepted => matches!(event.kind, EventKind::Accepted { .. }),
            Self::Closed => matches!(event.kind, EventKind::Closed),
        })
    }
}

impl Rectification {
    pub const ALL: [Self; 5] = [Self::None, Self::Open, Self::Contacted, Self::Verified, Self::Settled];

    /// What a grade sets going.
    pub fn of(grade: u8) -> Self {
        if grade >= 4 { Self::Open } else { Self::None }
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Open => "open",
            Self::Contacted => "contacted",
            Self::Verified => "verified",
            Self::Settled => "settled",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::None => "不用整改",
            Self::Open => "等联系居民",
            Self::Contacted => "已联系，等核实",
            Self::Verified => "已核实，等整改答复",
            Self::Settled => "已整改答复",
        }
    }

    /// The step that follows.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::None | Self::Settled => None,
            Self::Open => Some(Self::Contacted),
            Self::Contacted => Some(Self::Verified),
            Self::Verified => Some(Self::Settled),
        }
    }

    /// The last day for the next step of a rating of that day.
    pub fn due(self, rated: NaiveDate, calendar: &Workdays) -> Option<NaiveDate> {
        let step = match self {
            Self::None | Self::Settled => return None,
            Self::Open => 0,
            Self::Contacted => 1,
            Self::Verified => 2,
        };
        Some(calendar.due(calendar.on_or_after(rated), LIMITS[step]))
    }
}

/// What the resident can rate, or has rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingOffer {
    pub stage: Stage,
    pub given: Option<RatingGiven>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingGiven {
    pub grade: u8,
    pub words: String,
    pub state: Rectification,
    /// What the office answered to a bad grade.
    pub reply: String,
    /// What was said first, once it was rated again: then no more.
    pub before: Option<(u8, String)>,
}

/// A bad grade at the desk of the office that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingEntry {
    pub id: String,
    /// Of the case.
    pub number: String,
    pub item: String,
    pub office: String,
    pub grade: u8,
    pub tags: Vec<String>,
    pub words: String,
    /// Rated again; what was said first.
    pub before: String,
    pub at: String,
    pub state: Rectification,
    /// Working days left for the next step; negative: late.
    pub days_left: Option<i64>,
    pub findings: String,
    /// The worker's own office handles it; a supervisor only sees it.
    pub own: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingsDesk {
    pub worker: WorkerView,
    pub entries: Vec<RatingEntry>,
}

/// How an office or an item was rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingResult {
    pub name: String,
    pub count: u64,
    /// Of a hundred, how many were at least content enough (grades 1 to 3).
    pub content: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingResults {
    pub offices: Vec<RatingResult>,
    pub items: Vec<RatingResult>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_grade_is_answered_step_by_step_in_time() {
        let rated = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a Friday");
        let calendar = Workdays::default();
        let mut state = Rectification::of(4);
        let mut days = Vec::new();
        while let Some(next) = state.next() {
            days.push(state.due(rated, &calendar).expect("a day").to_string());
            state = next;
        }
        assert_eq!(days, ["2026-11-23", "2026-11-27", "2026-12-11"]);
        assert_eq!(state, Rectification::Settled);
        assert_eq!(state.due(rated, &calendar), None);
        assert_eq!(Rectification::of(3), Rectification::None);
    }

    #[test]
    fn keys_are_read_back() {
        assert!(Stage::ALL.into_iter().all(|stage| Stage::from_key(stage.key()) == Some(stage)));
        assert!(Rectification::ALL.into_iter().all(|state| Rectification::from_key(state.key()) == Some(state)));
    }
}
