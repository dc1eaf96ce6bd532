//! What pages show of items: made on the server, sent to the browser.

use serde::{Deserialize, Serialize};

use super::bundle::EventBrief;
use super::certificate::Certificate;
use super::item::CaseKind;
use super::material::{Necessity, Source};
use crate::calendar::DayUnit;

/// An item in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemBrief {
    pub code: String,
    pub name: String,
    pub everyday: String,
    pub summary: String,
    pub has_form: bool,
    pub case_kind: CaseKind,
    pub promised_days: u32,
    pub promised_unit: DayUnit,
}

/// A list of items with what it was asked by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemListing {
    /// What the list shows: 搜索“老年补贴”, 老人 …
    pub title: String,
    pub query: String,
    pub items: Vec<ItemBrief>,
    /// How many items there are in all.
    pub total: usize,
    /// Life events in which several of the items can be asked for in one form.
    #[serde(default)]
    pub events: Vec<EventBrief>,
    /// Certificates that a community must not issue and that the search asks for.
    #[serde(default)]
    pub certificates: Vec<Certificate>,
}

/// The guide page of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemGuide {
    pub brief: ItemBrief,
    pub department: String,
    pub item_type: String,
    pub legal_days: Option<u32>,
    pub legal_unit: DayUnit,
    pub time_note: String,
    /// Where it can be applied for, as sentences (通办 mode and flags in plain words).
    pub where_to_apply: Vec<String>,
    pub where_to_go: String,
    pub conditions: Vec<String>,
    pub fee: String,
    pub result: String,
    pub decider: String,
    /// Name, text and days of each step.
    pub steps: Vec<(String, String, u32)>,
    pub materials: Vec<GuideMaterial>,
    /// Question and answer.
    pub faq: Vec<(String, String)>,
    /// Facts without an official source: headings of the page that carry the sample mark.
    pub sample: Vec<super::item::SampleFact>,
    pub has_check: bool,
    /// 设定依据
    pub laws: Vec<String>,
    /// 基本编码
    pub catalog_code: String,
    /// How often one must come in person, and why.
    pub visits: String,
    /// What happens beside the usual steps, a sentence each: a visit at home, an announcement, opinions.
    pub beside: Vec<String>,
    /// How the result reaches the resident.
    pub delivery: String,
    pub ask_phone: String,
    pub complain_phone: String,
    pub hours: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideMaterial {
    pub name: String,
    pub necessity: Necessity,
    pub source: Source,
    pub note: String,
    pub conditional: bool,
    pub not_asked_because: String,
    /// A written promise may replace it (告知承诺).
    pub promise: bool,
}
