//! What the auditor's pages show: who did or saw what, and nothing of what stands in a case.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Unusual;
use crate::cases::{Flash, WorkerView};

macro_rules! choices {
    ($(#[$doc:meta])* $kind:ident { $($name:ident $key:literal $words:literal)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $kind { $($name),* }

        impl $kind {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().find(|one| one.key() == key).copied()
            }
        }
    };
}

choices! {
    /// What the audit is searched by.
    SearchBy {
        Case "case" "办件编号"
        Worker "worker" "工作人员的姓名或用户名"
        Person "person" "居民的身份证号或手机号"
    }
}

choices! {
    /// Why it is searched. Chosen and not typed: the audit holds no words of people.
    Purpose {
        Question "question" "答复居民的疑问"
        Complaint "complaint" "处理投诉举报"
        Routine "routine" "例行检查"
        Order "order" "上级或纪检部门要求"
    }
}

/// The control of the reason on every form that asks for one.
pub const REASON: &str = "purpose";

/// A row in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// `11月22日 15:04`
    pub time: String,
    /// The worker's name, 居民 or 系统.
    pub who: String,
    /// Of the worker; else empty.
    pub office: String,
    pub deed: String,
    /// Number of the case, or nothing.
    pub case: String,
    pub why: String,
    pub unusual: Vec<Unusual>,
}

/// A resident asks about a look at the own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuestion {
    pub id: String,
    pub asked: String,
    pub words: String,
    /// What it is about.
    pub line: Option<AuditLine>,
    /// Empty: it waits.
    pub answer: String,
}

/// `/desk/audit`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHome {
    pub worker: WorkerView,
    pub questions: Vec<AuditQuestion>,
    /// Unusual looks of the last worked day.
    pub day: NaiveDate,
    pub counts: Vec<UnusualCount>,
    pub flash: Flash,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusualCount {
    pub kind: Unusual,
    pub looks: usize,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditList {
    pub worker: WorkerView,
    /// What was searched by and when; no number and no name of a resident.
    pub about: String,
    pub purpose: String,
    pub lines: Vec<AuditLine>,
    /// The key after which the next page begins; empty on the last.
    pub next: String,
}

/// Unusual looks of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooksOfDay {
    pub worker: WorkerView,
    pub day: NaiveDate,
    /// All kinds when there is none.
    pub kind: Option<Unusual>,
    pub counts: Vec<UnusualCount>,
    pub lines: Vec<AuditLine>,
    /// Of so many looks on that day at all.
    pub looks: usize,
    /// More were made than are judged at once.
    pub cut: bool,
    /// How many pages of lines there are.
    pub page: usize,
    pub pages: usize,
}
