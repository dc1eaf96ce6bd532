//! What happened to a case: who, in which office, when, what and why. Never changed, only added to.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::DayUnit;
use crate::catalogue::{Delivery, SuspensionKind};
use crate::forms::Entries;

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

/// What a correction asks for: all of it at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionAsk {
    /// Paths of fields and of material fields.
    pub fields: Vec<String>,
    /// Why, for those that have a reason of their own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
    /// What holds for all of them.
    #[serde(default)]
    pub reason: String,
}

/// A decision as it is laid down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    pub outcome: Outcome,
    #[serde(default)]
    pub reason: String,
    /// Answers to the item's decision form; empty for a refusal.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub data: Entries,
}

/// The periods that run from acceptance, as the item had them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub promised: u32,
    #[serde(default)]
    pub promised_unit: DayUnit,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal: Option<u32>,
    #[serde(default)]
    pub legal_unit: DayUnit,
}

/// 容缺: materials that may follow, promised in writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferral {
    /// Paths of material fields.
    pub fields: Vec<String>,
    pub due: NaiveDate,
}

/// What needs the approval of the head of the office (负责人).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// A second round of corrections.
    Correction(CorrectionAsk),
    /// More days for the decision.
    Extension {
        days: u32,
        reason: String,
    },
    Decision(Ruling),
}

/// Why a case ended without a decision (终止).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndCause {
    /// 补正逾期，视为撤回
    CorrectionLapsed,
    /// 容缺材料逾期
    DeferralLapsed,
    /// 材料虚假
    FalseMaterials,
    /// 申请人死亡
    Died,
    /// 重复申请
    Duplicate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum EventKind {
    Submitted {
        channel: Channel,
    },
    /// 收件. The period for a notice starts.
    Received,
    /// 移交: from the window that received it to the office that decides.
    HandedOver,
    /// 补正: once, with everything that is missing. Only these fields and materials are open to the resident.
    CorrectionAsked {
        #[serde(flatten)]
        ask: CorrectionAsk,
        due: NaiveDate,
    },
    CorrectionAnswered,
    /// 受理. The promised period starts; `due` is its end as it was told.
    Accepted {
        due: NaiveDate,
        terms: Terms,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deferral: Option<Deferral>,
    },
    /// No notice within five working days of receipt: accepted by law from the day of receipt.
    DeemedAccepted {
        due: NaiveDate,
        terms: Terms,
        /// The day of receipt.
        from: NaiveDate,
    },
    /// 不予受理
    NotAccepted {
        reason: String,
        /// The office that is competent instead; empty when there is none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        apply_to: String,
    },
    /// 审查
    ReviewStarted,
    /// 特别程序: the clock stands still; `days` is how long it should take, as it was told.
    Suspended {
        why: SuspensionKind,
        days: u32,
        reason: String,
    },
    Resumed {
        result: String,
    },
    /// 延长期限
    Extended {
        days: u32,
        reason: String,
        due: NaiveDate,
    },
    /// 入户调查
    VisitRecorded {
        day: NaiveDate,
        visitors: String,
        findings: String,
        agrees: bool,
    },
    /// 征求意见
    OpinionAsked {
        office: String,
        question: String,
        due: NaiveDate,
    },
    OpinionGiven {
        office: String,
        text: String,
        agrees: bool,
    },
    /// 公示
    AnnouncementStarted {
        until: NaiveDate,
        text: String,
        /// The clock stands still meanwhile.
        stops_clock: bool,
    },
    AnnouncementEnded {
        objections: u32,
        /// Those that were right: what was announced cannot be granted, it must be announced anew.
        #[serde(default)]
        upheld: u32,
    },
    /// A reviewer's opinion.
    Reviewed {
        agrees: bool,
        opinion: String,
    },
    ApprovalAsked {
        request: Request,
    },
    ApprovalGiven,
    ApprovalRefused {
        reason: String,
    },
    Decided(Ruling),
    /// 办结
    Closed,
    /// 送达
    Delivered {
        way: Delivery,
        /// Who took it, or the number of the parcel.
        note: String,
    },
    /// Materials that were to follow have come.
    DeferralAnswered,
    /// 告知承诺: what was promised has been checked after the decision.
    PromiseChecked {
        kept: bool,
        findings: String,
    },
    /// 转办: another office is the right one.
    Rerouted {
        from: String,
        to: String,
        reason: String,
        /// It went in circles: the supervisor of the lowest common area has it now.
        #[serde(default)]
        escalated: bool,
    },
    /// The calendar was changed and the end of the promised period with it.
    DueMoved {
        from: NaiveDate,
        to: NaiveDate,
        why: String,
    },
    /// By the resident, before a decision.
    Withdrawn {
        reason: String,
    },
    /// 终止
    Ended {
        cause: EndCause,
        reason: String,
    },
}

/// Why it was not accepted and where to apply instead, in words.
pub fn why_not_accepted(reason: &str, apply_to: &str) -> String {
    if apply_to.is_empty() { reason.to_owned() } else { format!("{reason}\n这件事请向{apply_to}申请。") }
}

impl EndCause {
    pub const ALL: [Self; 5] =
        [Self::CorrectionLapsed, Self::DeferralLapsed, Self::FalseMaterials, Self::Died, Self::Duplicate];

    pub fn key(self) -> &'static str {
        match self {
            Self::CorrectionLapsed => "correction_lapsed",
            Self::DeferralLapsed => "deferral_lapsed",
            Self::FalseMaterials => "false_materials",
            Self::Died => "died",
            Self::Duplicate => "duplicate",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::CorrectionLapsed => "没有按时补正",
            Self::DeferralLapsed => "承诺后补的材料没有按时交",
            Self::FalseMaterials => "材料不真实",
            Self::Died => "申请人去世",
            Self::Duplicate => "同一件事已经申请过",
        }
    }
}
