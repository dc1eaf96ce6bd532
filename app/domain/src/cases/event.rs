//! What happened to a case: who, in which office, when, what and why. Never changed, only added to.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One event. The first of a case is always [`EventKind::Submitted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub at: DateTime<Utc>,
    pub by: Actor,
    #[serde(flatten)]
    pub kind: EventKind,
}

/// Who did it. A worker acts in an office, a deed of the system follows from a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Resident,
    /// `name` as it was then; the id stays when the person leaves.
    Worker {
        id: String,
        name: String,
        office: String,
    },
    System,
}

/// How an application came in (受理渠道).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Phone,
    Window,
    Kiosk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 准予
    Approved,
    /// 不予
    Denied,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum EventKind {
    Submitted {
        channel: Channel,
    },
    /// 收件. The period for a notice starts.
    Received,
    /// 补正: once, with everything that is missing. Only these fields and materials are open to the resident.
    CorrectionAsked {
        /// Paths of fields and of material fields.
        fields: Vec<String>,
        reason: String,
        due: NaiveDate,
    },
    CorrectionAnswered,
    /// 受理. The promised period starts; `due` is its end.
    Accepted {
        due: NaiveDate,
    },
    /// No notice within five working days of receipt: accepted by law from the day of receipt.
    DeemedAccepted {
        due: NaiveDate,
    },
    /// 不予受理
    NotAccepted {
        reason: String,
    },
    /// 审查
    ReviewStarted,
    Decided {
        outcome: Outcome,
        reason: String,
    },
    /// 办结
    Closed,
    /// By the resident, before a decision.
    Withdrawn {
        reason: String,
    },
}
