//! How a case of an item runs beside the usual steps, and what its decision says.

use serde::{Deserialize, Serialize};

use super::department::Department;
use super::item::{Item, Mode};
use crate::calendar::DayUnit;
use crate::forms::{Definition, Field, Page};

/// What every decision says under these keys: no field of an item's own may be called so.
pub const RULING_KEYS: [&str; 3] = ["outcome", "usual_reason", "reason"];

/// Review steps and the periods that the item sets itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Procedure {
    /// 入户调查: a visit with findings comes before the decision. The item carries the flag `H`.
    pub home_visit: bool,
    /// 公示 before the decision. The item carries the flag `P`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announcement: Option<AnnouncementPeriod>,
    /// 征求意见: departments whose opinion is asked beside the case.
    pub opinions: Vec<Department>,
    /// How many reviewers must agree before the decision.
    pub reviewers: u32,
    /// The head of the office approves the decision.
    pub head_approval: bool,
    /// When a decision needs a second person; none: as the mode says, see [`Item::second_person`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_person: Option<SecondPerson>,
    /// Working days that a resident has to answer a correction.
    pub correction_days: u32,
    /// What becomes of a case whose correction was not answered in time.
    pub unanswered: Unanswered,
    /// 特别程序: what may stop the clock of this item, with the most days it may take.
    pub suspensions: Vec<SuspensionKind>,
}

/// 双人把关: when a decision is not one person's alone. What is about the worker or the family is another's altogether,
/// whatever the item says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondPerson {
    /// Every decision waits for the head of the office.
    Always,
    /// That of somebody who had the case alone, from receipt on.
    Alone,
    /// Never: what is done at once, at the window.
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementPeriod {
    pub days: u32,
    /// Whether the days count into the promised period: they do unless the item says that they stop the clock.
    #[serde(default)]
    pub unit: DayUnit,
    #[serde(default)]
    pub stops_clock: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unanswered {
    /// 视为撤回
    #[default]
    Withdrawn,
    /// 不予受理
    NotAccepted,
}

/// 特别程序 (GB/T 39046—2020): time that does not count into the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionKind {
    /// 听证
    Hearing,
    /// 实地核查, 入户调查
    Inspection,
    /// 检验, 检测, 鉴定, 能力评估
    Appraisal,
    /// 专家评审, 民主评议
    Expert,
    /// 家庭经济状况核对, 数据核查
    Verification,
    /// 公示
    Announcement,
}

/// What a decision of this item lays down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionForm {
    pub kind: ResultKind,
    /// What the resident gets: 高龄津贴, 残疾人证.
    pub name: String,
    /// Ways in which it can reach the resident; the first is the usual one.
    pub delivery: Vec<Delivery>,
    /// What the decider writes into a decision that grants: amounts, dates, the certificate's number.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Usual reasons for a refusal, to start from.
    #[serde(default)]
    pub refusals: Vec<String>,
}

/// 审批结果类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// 证照
    Certificate,
    /// 批文, 证明, 认定书
    Document,
    /// Money or things, once or regularly.
    Benefit,
    /// Something is entered, changed or cancelled in a register.
    Record,
    /// Something is done for the resident: a visit, a course, a mediation.
    Service,
}

/// 送达方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// 电子送达
    Electronic,
    /// 窗口自取
    Hand,
    /// 邮寄
    Post,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionTemplate {
    /// The field, or `file_` and the material's key.
    pub field: String,
    pub text: String,
}

impl Default for Procedure {
    fn default() -> Self {
        Self {
            home_visit: false,
            announcement: None,
            opinions: Vec::new(),
            reviewers: 1,
            head_approval: false,
            second_person: None,
            correction_days: 15,
            unanswered: Unanswered::default(),
            suspensions: Vec::new(),
        }
    }
}

impl Item {
    /// What is not laid down follows from the mode: what any window does at once is done by one.
    pub fn second_person(&self) -> SecondPerson {
        let usual = if self.mode == Mode::D { SecondPerson::Never } else { SecondPerson::Alone };
        self.procedure.second_person.unwrap_or(usual)
    }
}

impl Procedure {
    pub(super) fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

impl DecisionForm {
    /// The fields as a form of one page, so that they are shown and checked like any other.
    pub fn definition(&self) -> Definition {
        let (key, title) = ("decision".to_owned(), self.name.clone());
        let page = Page { key, title, intro: String::new(), when: None, fields: self.fields.clone() };
        Definition { pages: if self.fields.is_empty() { Vec::new() } else { vec![page] } }
    }
}

impl Delivery {
    pub const ALL: [Self; 3] = [Self::Electronic, Self::Hand, Self::Post];

    pub fn key(self) -> &'static str {
        match self {
            Self::Electronic => "electronic",
            Self::Hand => "hand",
            Self::Post => "post",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == key)
    }

    /// As the resident chooses it.
    pub(super) fn wish(self) -> &'static str {
        match self {
            Self::Electronic => "在手机上看电子文书",
            Self::Hand => "自己到窗口取",
            Self::Post => "寄到家里",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Electronic => "电子送达",
            Self::Hand => "窗口自取",
            Self::Post => "邮寄",
        }
    }
}

impl SuspensionKind {
    pub const ALL: [Self; 6] =
        [Self::Hearing, Self::Inspection, Self::Appraisal, Self::Expert, Self::Verification, Self::Announcement];

    pub fn key(self) -> &'static str {
        match self {
            Self::Hearing => "hearing",
            Self::Inspection => "inspection",
            Self::Appraisal => "appraisal",
            Self::Expert => "expert",
            Self::Verification => "verification",
            Self::Announcement => "announcement",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The field's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hearing => "听证",
            Self::Inspection => "实地核查（入户调查）",
            Self::Appraisal => "检验、检测、鉴定或能力评估",
            Self::Expert => "专家评审或民主评议",
            Self::Verification => "家庭经济状况等信息核对",
            Self::Announcement => "公示",
        }
    }
}
