//! One item as its author writes it and as every revision of it is kept.

use serde::{Deserialize, Serialize};

use super::eligibility::Eligibility;
use crate::forms::{Condition, Definition, Page};

/// An item of the admission list. Terms follow GB/T 39046—2020.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// `MZ07`: two letters of the department, two digits.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Everyday name (大白话): what a resident would call it.
    pub everyday: String,
    /// One or two plain sentences: what it is and for whom.
    pub summary: String,
    pub department: Department,
    /// 事项类型: 行政给付, 行政确认, 公共服务 …
    pub item_type: String,
    pub case_kind: CaseKind,
    /// Working days from acceptance to decision as promised; 0: while you wait.
    pub promised_days: u32,
    /// Working days at most by law, where a law sets them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_days: Option<u32>,
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
    /// What it costs.
    pub fee: String,
    /// What one gets in the end.
    pub result: String,
    /// Where to go in person, in words.
    pub where_to_go: String,
    pub routing: Routing,
    pub steps: Vec<Step>,
    #[serde(default)]
    pub materials: Vec<Material>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faq: Vec<FAQ>,
    /// Facts that no official source confirms yet: they carry the mark 示例数据.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sample: Vec<SampleFact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<Eligibility>,
    /// The form; none: the guide says where to apply instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Department {
    民政,
    人社,
    医保,
    卫健,
    残联,
    退役军人,
    #[serde(rename = "房产/住建")]
    房产,
    #[serde(rename = "公安(协办)")]
    公安,
    司法,
    教育,
    工会,
    #[serde(rename = "社区(居委会)")]
    社区,
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

/// Which area's office decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// 户籍地
    Household,
    /// 居住地
    Residence,
    /// 参保地
    Insured,
    /// 就业地
    Work,
    /// 房屋所在地
    House,
    /// 事发地
    Incident,
    /// 任选: any of them, the resident chooses
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    City,
    District,
    Street,
    Community,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    pub basis: Basis,
    pub level: Level,
    /// The path in the form whose area counts: `household_area`, `residence.area`. Required with a form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub area_field: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// 收件 受理 审查 决定 送达, or another name in the field's words.
    pub name: String,
    /// Who does what, in plain words.
    pub text: String,
    /// Working days; the sum over the steps is at most `promised_days`.
    #[serde(default)]
    pub days: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    pub key: String,
    pub name: String,
    pub necessity: Necessity,
    pub source: Source,
    /// How it is photographed, what is checked, where it is got.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Asked for only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Why the form does not ask for it (the form itself replaces it, the registers are asked …).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub not_asked_because: String,
    #[serde(default = "max_files")]
    pub max_files: usize,
}

fn max_files() -> usize {
    4
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Necessity {
    /// 必要
    Required,
    /// 非必要
    Optional,
    /// 容缺后补
    Deferrable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// 申请人自备
    #[serde(rename = "self")]
    Own,
    /// 政府部门核发
    #[serde(rename = "government")]
    Government,
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

impl Item {
    pub fn has_form(&self) -> bool {
        !self.pages.is_empty()
    }

    /// The form of this item: its pages, then one page that asks for the materials.
    pub fn definition(&self) -> Definition {
        let mut pages = self.pages.clone();
        if self.has_form() {
            pages.extend(super::lint::materials_page(self));
        }
        Definition { pages }
    }

    pub fn flag(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}

impl Department {
    /// Two letters that begin the codes of its items and name its bureaus.
    pub fn letters(self) -> &'static str {
        match self {
            Self::民政 => "MZ",
            Self::人社 => "RS",
            Self::医保 => "YB",
            Self::卫健 => "WJ",
            Self::残联 => "CL",
            Self::退役军人 => "TY",
            Self::房产 => "FC",
            Self::公安 => "GA",
            Self::司法 => "SF",
            Self::教育 => "JY",
            Self::工会 => "GH",
            Self::社区 => "SQ",
        }
    }

    /// The bureau's name after its area: 沈河区 + 民政局.
    pub fn bureau(self) -> &'static str {
        match self {
            Self::民政 => "民政局",
            Self::人社 => "人力资源和社会保障局",
            Self::医保 => "医疗保障局",
            Self::卫健 => "卫生健康局",
            Self::残联 => "残疾人联合会",
            Self::退役军人 => "退役军人事务局",
            Self::房产 => "房产局",
            Self::公安 => "公安分局",
            Self::司法 => "司法局",
            Self::教育 => "教育局",
            Self::工会 => "总工会",
            Self::社区 => "社区工作部",
        }
    }

    pub const ALL: [Self; 12] = [
        Self::民政,
        Self::人社,
        Self::医保,
        Self::卫健,
        Self::残联,
        Self::退役军人,
        Self::房产,
        Self::公安,
        Self::司法,
        Self::教育,
        Self::工会,
        Self::社区,
    ];
}
