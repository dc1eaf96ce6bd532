//! The eleven forms of the one-window standard, and how they are numbered.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 接收回执
    Receipt,
    /// 物料流转凭证
    Transfer,
    /// 受理通知书
    Acceptance,
    /// 容缺受理通知书, with the promise of the applicant
    DeferredAcceptance,
    /// 一次性补正告知书
    Correction,
    /// 不予受理通知书
    NonAcceptance,
    /// 特殊程序告知书
    Suspension,
    /// 延长期限通知书
    Extension,
    /// 准予决定书
    Grant,
    /// 不予决定书
    Denial,
    /// 送达回执
    Delivery,
}

impl NoticeKind {
    pub const ALL: [Self; 11] = [
        Self::Receipt,
        Self::Transfer,
        Self::Acceptance,
        Self::DeferredAcceptance,
        Self::Correction,
        Self::NonAcceptance,
        Self::Suspension,
        Self::Extension,
        Self::Grant,
        Self::Denial,
        Self::Delivery,
    ];

    /// The key under which it is stored and addressed.
    pub fn key(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Transfer => "transfer",
            Self::Acceptance => "acceptance",
            Self::DeferredAcceptance => "deferred_acceptance",
            Self::Correction => "correction",
            Self::NonAcceptance => "non_acceptance",
            Self::Suspension => "suspension",
            Self::Extension => "extension",
            Self::Grant => "grant",
            Self::Denial => "denial",
            Self::Delivery => "delivery",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The title on the paper.
    pub fn title(self) -> &'static str {
        match self {
            Self::Receipt => "接收回执",
            Self::Transfer => "物料流转凭证",
            Self::Acceptance => "受理通知书",
            Self::DeferredAcceptance => "容缺受理通知书",
            Self::Correction => "一次性补正告知书",
            Self::NonAcceptance => "不予受理通知书",
            Self::Suspension => "特殊程序告知书",
            Self::Extension => "延长期限通知书",
            Self::Grant => "准予决定书",
            Self::Denial => "不予决定书",
            Self::Delivery => "送达回执",
        }
    }

    /// The nature (性质) in the number.
    fn nature(self) -> &'static str {
        match self {
            Self::Receipt => "收",
            Self::Transfer => "转",
            Self::Acceptance => "受",
            Self::DeferredAcceptance => "容受",
            Self::Correction => "补",
            Self::NonAcceptance => "不受",
            Self::Suspension => "特",
            Self::Extension => "延",
            Self::Grant => "准",
            Self::Denial => "不准",
            Self::Delivery => "送",
        }
    }
}

/// `沈河民受字〔2026〕第00123号`. `place`: the short name of the office's district, `department` its one character.
pub fn notice_number(kind: NoticeKind, place: &str, department: &str, year: i32, serial: u32) -> String {
    format!("{place}{department}{}字〔{year}〕第{serial:05}号", kind.nature())
}
