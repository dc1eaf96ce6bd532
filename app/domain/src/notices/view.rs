//! What pages show of notices.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kind::NoticeKind;

/// A notice as it was issued; reissued from this for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub kind: NoticeKind,
    pub number: String,
    pub case_number: String,
    /// To whom; the whole name.
    pub to: String,
    pub item: String,
    /// The text, a paragraph each.
    pub paragraphs: Vec<String>,
    /// Facts in a table: label and value.
    pub facts: Vec<(String, String)>,
    pub office: String,
    pub day: NaiveDate,
    /// Copies and where they go.
    pub copies: String,
    /// What anybody can check it by.
    pub code: String,
}

/// A notice in the list of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeBrief {
    pub id: String,
    pub kind: NoticeKind,
    pub number: String,
    pub day: NaiveDate,
}

/// What `/verify` says of a code: what the paper should say, with names masked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// As it was typed.
    pub code: String,
    /// None: nothing of that code was issued.
    pub found: Option<Notice>,
    /// Whether a code was asked for at all.
    pub asked: bool,
}

impl Notice {
    /// For the eyes of anybody: who it is about is only hinted at.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.to = crate::identity::mask_name(&self.to);
        self.facts.retain(|(label, _)| !label.starts_with("签收") && !label.starts_with("电话"));
        self
    }
}
