//! One item as its author writes it and as every revision of it is kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::department::Department;
use super::eligibility::Eligibility;
use super::material::Material;
use super::procedure::{CorrectionTemplate, DecisionForm, Procedure};
use super::routing::Routing;
use crate::calendar::DayUnit;
use crate::forms::{Definition, Page};

/// An item of the admission list. Terms follow GB/T 39046—2020.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// `MZ07`: two letters of the department, two digits.
    pub code: String,
    /// The first day on which this revision is in force; none: from the moment it is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<NaiveDate>,
    /// Official name.
    pub name: String,
    /// Everyday name (大白话): what a resident would call it.
    pub everyday: String,
    /// One or two plain sentences: what it is and for whom.
    pub summary: String,
    pub department: Department,
    pub item_type: ItemType,
    pub case_kind: CaseKind,
    /// Days from acceptance to decision as promised; 0: while you wait.
    pub promised_days: u32,
    #[serde(default, skip_serializing_if = "DayUnit::is_working")]
    pub promised_unit: DayUnit,
    /// Days at most by law, where a law sets them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_days: Option<u32>,
    #[serde(default, skip_serializing_if = "DayUnit::is_working")]
    pub legal_unit: DayUnit,
    /// What must be said about the times, in words (an extension, a publication period).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub time_note: String,
    pub mode: Mode,
    /// `W` wholly online, `K` at a kiosk, `H` home visit, `P` announcement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub flags: String,
    /// Key of [`super::CATEGORIES`].
    pub category: String,
    /// Keys of [`super::AUDIENCES`].
    #[serde(default)]
    pub audience: Vec<String>,
    /// Keys of [`super::LIFE_EVENTS`].
    #[serde(default)]
    pub life_events: Vec<String>,
    /// Everyday words that people search with and that stand in no name.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Who can apply, a plain sentence each.
    pub conditions: Vec<String>,
    /// 设定依据: the law or the rule that the item rests on, with its article where it is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<String>,
    /// What it costs, in words.
    pub fee: String,
    /// What is paid for; empty: nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pay_online: bool,
    /// What one gets in the end.
    pub result: String,
    /// 到办事现场次数: how often one must come in person.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub visits: u32,
    /// Why, when it is not never.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub visits_reason: String,
    /// Where to go in person, in words.
    pub where_to_go: String,
    pub routing: Routing,
    pub steps: Vec<Step>,
    #[serde(default)]
    pub materials: Vec<Material>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faq: Vec<FAQ>,
    #[serde(default, skip_serializing_if = "Procedure::is_plain")]
    pub procedure: Procedure,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionForm>,
    /// Texts that a worker may start a correction from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionTemplate>,
    /// How many years the data of a case is kept after its end, where it is not as usual for the category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_years: Option<u32>,
    /// Facts that no official source confirms yet: they carry the mark 示例数据.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sample: Vec<SampleFact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<Eligibility>,
    /// The form; none: the guide says where to apply instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
}

/// 事项类型, with the codes of GB/T 39046—2020.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ItemType {
    行政许可,
    行政给付,
    行政确认,
    其他行政权力,
    公共服务,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    pub name: String,
    /// How much, in words: 每次10元.
    pub amount: String,
    /// The rule that sets it.
    pub basis: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// 即办件: done while you wait.
    Instant,
    /// 承诺件: done within the promised time.
    Promised,
}

/// 通办 mode (README, decisions): who may receive, accept and decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Any window receives, accepts and closes at once.
    D,
    /// Any window accepts, the competent office decides.
    Z,
    /// Any window receives and hands over; the competent office accepts and decides.
    F,
    /// Only the resident's own community.
    L,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// 收件 受理 审查 决定 送达, or another name in the field's words.
    pub name: String,
    /// Who does what, in plain words.
    pub text: String,
    /// Days in the unit of the promise; the sum over the steps is at most `promised_days`.
    #[serde(default)]
    pub days: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FAQ {
    pub question: String,
    pub answer: String,
}

/// What the mark 示例数据，以主管部门公布为准 is set beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SampleFact {
    Times,
    Conditions,
    Materials,
    Amounts,
    Fee,
    Decider,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl ItemType {
    pub fn name(self) -> &'static str {
        match self {
            Self::行政许可 => "行政许可",
            Self::行政给付 => "行政给付",
            Self::行政确认 => "行政确认",
            Self::其他行政权力 => "其他行政权力",
            Self::公共服务 => "公共服务",
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::行政许可 => "01",
            Self::行政给付 => "05",
            Self::行政确认 => "07",
            Self::其他行政权力 => "10",
            Self::公共服务 => "20",
        }
    }
}

impl Item {
    /// 基本编码, made in the manner of GB/T 39554.1: province, type, department, main item, sub-item. The city's own
    /// until the official list gives one.
    pub fn catalog_code(&self) -> String {
        let department = Department::ALL.iter().position(|department| *department == self.department).unwrap_or(0) + 1;
        format!("21{}{department:02}{:0>3}000", self.item_type.code(), self.code.get(2..).unwrap_or_default())
    }

    /// All that the guide page says, for judging its language.
    pub fn guide_text(&self) -> String {
        let mut lines = vec![&self.summary, &self.time_note, &self.fee, &self.result, &self.where_to_go];
        lines.extend(&self.conditions);
        lines.extend(self.steps.iter().map(|step| &step.text));
        lines.extend(self.materials.iter().map(|material| &material.note));
        lines.extend(self.faq.iter().flat_map(|faq| [&faq.question, &faq.answer]));
        lines.into_iter().map(|line| format!("{line}\n")).collect()
    }

    pub fn has_form(&self) -> bool {
        !self.pages.is_empty()
    }

    /// The form of this item: its pages, then one for the consents that it needs, one that asks how the
    /// result is wanted, and one for the materials.
    pub fn definition(&self) -> Definition {
        let mut pages = self.pages.clone();
        if self.has_form() {
            let materials = super::pages::materials_page(self);
            pages.extend(super::consents::consents_page(self.pages.iter().chain(&materials)));
            pages.extend(super::pages::delivery_page(self));
            pages.extend(materials);
        }
        Definition { pages }
    }

    pub fn flag(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}
