//! What pages show of notices.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kind::NoticeKind;
use super::table::{is_contact, is_private};
use crate::identity::mask_name;

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
    /// What the applicant promises with it (承诺书), on a page of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promise: Vec<String>,
    /// Who signs on paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<String>,
    pub office: String,
    pub day: NaiveDate,
    /// Copies and where they go.
    pub copies: String,
    /// What anybody can check it by.
    pub code: String,
}

/// A notice with what its page needs besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedNotice {
    pub id: String,
    pub notice: Notice,
    /// Where a code can be typed in to check a paper.
    pub check: String,
    /// The address that checks this one, as an SVG.
    pub qr: String,
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
        let private: Vec<(String, String)>;
        (private, self.facts) = self.facts.into_iter().partition(|(label, _)| is_private(label));
        // What a worker wrote can name them too. The longest first: a name can be the beginning of another.
        let contact = private.into_iter().filter(|(label, _)| is_contact(label)).map(|(_, value)| value);
        let mut words: Vec<String> = contact.chain([self.to.clone()]).collect();
        words.retain(|word| word.chars().count() > 1);
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let values = self.facts.iter_mut().map(|(_, value)| value);
        for text in self.paragraphs.iter_mut().chain(&mut self.promise).chain(values) {
            for word in &words {
                *text = text.replace(word.as_str(), &mask_name(word));
            }
        }
        self.to = mask_name(&self.to);
        self
    }
}
