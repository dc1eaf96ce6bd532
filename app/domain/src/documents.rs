//! Papers that a resident keeps for the next time, and what a page of a form offers of what is known already.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cases::{FileView, Flash};
use crate::forms::{Definition, Field, Kind};

/// So many can be kept.
pub const DOCUMENTS_MAX: usize = 60;

/// Whether a paper is good on a day.
pub fn is_valid(until: Option<NaiveDate>, today: NaiveDate) -> bool {
    until.is_none_or(|until| until >= today)
}

/// Asks until when a paper is good.
pub fn validity_form() -> Definition {
    let hint = "照证件上写的填。长期有效的，空着。";
    let until = Field::new("until", "有效期到哪天？", hint, Kind::Date { past: false, future: false });
    Definition::of_fields("validity", vec![Field { optional: true, ..until }])
}

/// One paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentView {
    pub id: String,
    /// What the paper is called.
    pub label: String,
    pub file: FileView,
    /// `2026-11-23`, or empty.
    pub until: String,
    /// In words: 长期有效, 有效期到…, 已经过期.
    pub validity: String,
    pub kept: String,
    /// Where it was used, in words.
    pub used: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentsView {
    pub documents: Vec<DocumentView>,
    pub today: NaiveDate,
    pub flash: Flash,
}

/// What a page of a form offers of what is known already. Nothing is taken over without a tap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offers {
    /// Answers given before: label and text.
    pub answers: Vec<(String, String)>,
    /// Where and when they were given: `高龄津贴，2026年11月2日`.
    pub source: String,
    /// Of the household: what the button says, and what it sends.
    pub members: Vec<(String, String)>,
    /// Papers by the path of their question: what the button sends, and the paper in words.
    pub documents: Vec<DocumentOffer>,
    /// Files of the draft that can be kept for the next time.
    pub keepable: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentOffer {
    pub path: String,
    pub what: String,
    pub words: String,
}
